"""What editors do with what they offer: put it online, pause, stop, copy, take away."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisaties.actions.versies import hold, store_entry
from organisaties.choices import ActiviteitStatus
from organisaties.models import Activiteit, Gebruiker, Moment, Organisatie
from organisaties.zoeken import index

_GEARCHIVEERD = _("Deze activiteit is gearchiveerd. Wil je haar terug? Mail ons.")


def change_activiteit(
    activiteit: Activiteit, *, door: Gebruiker, status: str, pauze_tot: date | None = None
) -> Activiteit:
    """Give an activity another status: online, paused until a date, full, stopped, a draft again.

    Raises ValidationError, by field, when that cannot be; what is archived stays so until it is brought back. Gives
    the activity as it is stored.
    """
    with transaction.atomic():
        held = hold(activiteit)
        if held.status == ActiviteitStatus.GEARCHIVEERD:
            raise ValidationError(_GEARCHIVEERD)
        if (held.status, held.pauze_tot) == (status, pauze_tot):
            return held
        held.status, held.pauze_tot = status, pauze_tot
        if pauze_tot and pauze_tot <= timezone.localdate():
            raise ValidationError({"pauze_tot": gettext("Kies een dag die nog komt.")})
        held.clean()
        store_entry(held, door=door)
    return held


def confirm_entry(entry: Activiteit | Organisatie, *, door: Gebruiker) -> None:
    """Somebody of the organisation looked today, and all of it is right."""
    with transaction.atomic():
        held = hold(entry)
        if held.bevestigd_op != timezone.localdate():
            held.bevestigd_op = timezone.localdate()
            store_entry(held, door=door)


def take_away(activiteit: Activiteit, *, door: Gebruiker) -> None:
    """Take an activity off the site. It can come back for as long as the term `weggehaald` lasts; then it is gone.

    Raises ValidationError for what the network archived: from there an editor could bring it back.
    """
    with transaction.atomic():
        held = hold(activiteit)
        if held.weggehaald_at is None:
            if held.status == ActiviteitStatus.GEARCHIVEERD:
                raise ValidationError(_GEARCHIVEERD)
            held.status, held.pauze_tot, held.weggehaald_at = ActiviteitStatus.GEARCHIVEERD, None, timezone.now()
            store_entry(held, door=door)


def bring_back(activiteit: Activiteit, *, door: Gebruiker) -> None:
    """Bring an activity back that an editor took off, as a draft; a second press changes nothing.

    Raises ValidationError for what the network archived: that is not for an editor to undo.
    """
    with transaction.atomic():
        held = hold(activiteit)
        if held.weggehaald_at:
            held.status, held.weggehaald_at = ActiviteitStatus.CONCEPT, None
            store_entry(held, door=door)
        elif held.status == ActiviteitStatus.GEARCHIVEERD:
            raise ValidationError(_GEARCHIVEERD)


def copy_activiteit(activiteit: Activiteit, *, door: Gebruiker) -> Activiteit:
    """A draft with the same texts, answers and moments. Dates that were skipped or moved are not copied."""
    with transaction.atomic(), index.together():
        chosen = {field.name: list(getattr(activiteit, field.name).all()) for field in Activiteit._meta.many_to_many}
        moments = list(activiteit.momenten.all())
        copy = Activiteit.objects.get(pk=activiteit.pk)
        copy.pk, copy.slug, copy._slug_before, copy.bevestigd_op = None, "", "", None
        copy.status, copy.pauze_tot, copy.weggehaald_at = ActiviteitStatus.CONCEPT, None, None
        copy._state.adding = True
        for language in ("nl", "en"):
            _call_a_copy(copy, language)
        store_entry(copy, door=door, keuzes=lambda: _copy_along(copy, chosen, moments))
    return copy


def _copy_along(copy: Activiteit, chosen: dict[str, list[models.Model]], moments: list[Moment]) -> None:
    for name, terms in chosen.items():
        getattr(copy, name).set(terms)
    for moment in moments:
        moment.pk, moment._state.adding, moment.activiteit = None, True, copy
        moment.save()


def _call_a_copy(activiteit: Activiteit, language: str) -> None:
    if name := getattr(activiteit, f"naam_{language}"):
        with translation.override(language):
            longest = Activiteit._meta.get_field(f"naam_{language}").max_length
            words = gettext("%(naam)s (kopie)")
            room = longest - len(words % {"naam": ""})
            setattr(activiteit, f"naam_{language}", words % {"naam": name[:room].strip()})
