"""What editors do with what they offer: store it as one version, put it online, pause, stop, copy, take away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisaties.choices import ActiviteitStatus
from organisaties.models import Activiteit, Gebruiker, Organisatie
from organisaties.zoeken import index

Entry = Organisatie | Activiteit

_GEARCHIVEERD = _("Deze activiteit is gearchiveerd. Wil je haar terug? Mail ons.")


def store_entry(entry: Entry, *, door: Gebruiker | None, keuzes: Callable[[], None] | None = None) -> None:
    """Store an entry of which fields were set, as one version by `door` in its history.

    `keuzes` stores what was chosen from lists (a form's `save_m2m`); it becomes part of the same version.
    """
    with transaction.atomic(), index.together():
        _begin_history(entry)
        if keuzes:
            entry.skip_history_when_saving = True
            keuzes()
            del entry.skip_history_when_saving
        entry._history_user = door
        entry.save()


def _begin_history(entry: Entry) -> None:
    """What stood here before the first version that somebody wrote is a version too, by nobody."""
    if entry.pk is None or entry.history.exists():
        return
    stored = type(entry).objects.get(pk=entry.pk)
    stored._history_date, stored._history_user = stored.updated_at, None
    stored.save(update_fields=["created_at"])


def change_activiteit(
    activiteit: Activiteit, *, door: Gebruiker, status: str, pauze_tot: date | None = None
) -> Activiteit:
    """Give an activity another status: online, paused until a date, full, stopped, a draft again.

    Raises ValidationError, by field, when that cannot be; what is archived stays so until it is brought back. Gives
    the activity as it is stored.
    """
    with transaction.atomic():
        held = Activiteit.objects.select_for_update(of=("self",)).get(pk=activiteit.pk)
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


def confirm_activiteit(activiteit: Activiteit, *, door: Gebruiker) -> None:
    """Somebody of the organisation looked today, and all of it is right."""
    with transaction.atomic():
        held = Activiteit.objects.select_for_update(of=("self",)).get(pk=activiteit.pk)
        if held.bevestigd_op != timezone.localdate():
            held.bevestigd_op = timezone.localdate()
            store_entry(held, door=door)


def take_away(activiteit: Activiteit, *, door: Gebruiker) -> None:
    """Take an activity off the site. It can come back for as long as the term `weggehaald` lasts; then it is gone."""
    with transaction.atomic():
        held = Activiteit.objects.select_for_update(of=("self",)).get(pk=activiteit.pk)
        if held.weggehaald_at is None:
            held.status, held.pauze_tot, held.weggehaald_at = ActiviteitStatus.GEARCHIVEERD, None, timezone.now()
            store_entry(held, door=door)


def bring_back(activiteit: Activiteit, *, door: Gebruiker) -> None:
    """Bring an activity back that an editor took off, as a draft; a second press changes nothing.

    Raises ValidationError for what the network archived: that is not for an editor to undo.
    """
    with transaction.atomic():
        held = Activiteit.objects.select_for_update(of=("self",)).get(pk=activiteit.pk)
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
        copy.skip_history_when_saving = True
        copy.save()
        for name, terms in chosen.items():
            getattr(copy, name).set(terms)
        del copy.skip_history_when_saving
        for moment in moments:
            moment.pk, moment._state.adding, moment.activiteit = None, True, copy
            moment.save()
        store_entry(copy, door=door)
    return copy


def _call_a_copy(activiteit: Activiteit, language: str) -> None:
    if name := getattr(activiteit, f"naam_{language}"):
        with translation.override(language):
            longest = Activiteit._meta.get_field(f"naam_{language}").max_length
            words = gettext("%(naam)s (kopie)")
            room = longest - len(words % {"naam": ""})
            setattr(activiteit, f"naam_{language}", words % {"naam": name[:room].strip()})


def put_version_back(entry: Entry, *, versie: int, door: Gebruiker) -> None:
    """Bring the texts, answers and choices of a former version back; its status stays as it is now.

    Raises DoesNotExist (of the history) when this entry has no such version.
    """
    with transaction.atomic():
        held = type(entry).objects.select_for_update(of=("self",)).get(pk=entry.pk)
        former = held.history.get(history_id=versie)
        kept = {"id", "slug", "status", "pauze_tot", "organisatie", "bevestigd_op", "vertaald"}
        for field in former.tracked_fields:
            if field.name not in kept:
                setattr(held, field.attname, getattr(former, field.attname))
        held.zet_terug(former.vertaald)
        _drop_what_is_gone(held)
        store_entry(held, door=door, keuzes=lambda: _choose_again(held, former))


def _drop_what_is_gone(entry: Entry) -> None:
    """A place, a theme or a form that is no longer there cannot come back: that of now stays."""
    now = type(entry).objects.get(pk=entry.pk)
    for field in entry._meta.concrete_fields:
        if field.is_relation and (key := getattr(entry, field.attname)):
            rows = field.related_model._default_manager.filter(pk=key)
            if field.name == "locatie":
                rows = rows.filter(organisatie=entry.organisatie_id)
            if not rows.exists():
                setattr(entry, field.attname, getattr(now, field.attname))


def _choose_again(entry: Entry, former: object) -> None:
    for field in former._history_m2m_fields:
        target = field.related_model
        keys = getattr(former, field.name).values_list(f"{target._meta.model_name}_id", flat=True)
        getattr(entry, field.name).set(target.objects.filter(pk__in=list(keys)))
