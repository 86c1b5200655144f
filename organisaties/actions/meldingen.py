"""Reports of readers: from "this is not right" to an answer. The address of the reader goes when it is closed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisaties import berichten
from organisaties.choices import MELDING_TRANSITIONS, BerichtSoort, MeldingStatus, Verdenking
from organisaties.models import Activiteit, Gebruiker, Melding, Organisatie

_MAILS = {MeldingStatus.BEANTWOORD: BerichtSoort.BEANTWOORD, MeldingStatus.HERSTELD: BerichtSoort.HERSTELD}
"""What a reader who left an address gets; closing without an answer mails nobody."""


@contextmanager
def _held(melding: Melding) -> Iterator[Melding]:
    """The report as the database has it, locked until the deed is done."""
    with transaction.atomic():
        rows = Melding.objects.select_related("organisatie", "activiteit").select_for_update(of=("self",))
        yield rows.get(pk=melding.pk)
    melding.refresh_from_db()


def submit_melding(
    over: Activiteit | Organisatie,
    *,
    velden: Mapping[str, str],
    taal: str,
    sleutel: str,
    verdenkingen: Collection[str] = (),
) -> tuple[Melding, bool]:
    """Store a report, and mail it to who edits the organisation. Tells whether it is new: a form counts once.

    What looks suspicious is held: no editor sees it until a coordinator has looked.
    """
    organisatie, activiteit = (over.organisatie, over) if isinstance(over, Activiteit) else (over, None)
    found = set(verdenkingen)
    with transaction.atomic():
        if velden["email"] and _is_asked_too_often(velden["email"]):
            found.add(Verdenking.POSTBUS)
        about = {"organisatie": organisatie, "activiteit": activiteit}
        melding, is_new = Melding.objects.get_or_create(
            sleutel=sleutel,
            defaults={**velden, **about, "taal": taal, "is_verdacht": bool(found), "verdenkingen": sorted(found)},
        )
        if is_new and not found:
            _tell_editors(melding)
    return melding, is_new


def _is_asked_too_often(email: str) -> bool:
    """Whether so many reports ask to mail this address that somebody else may have filled it in."""
    asked = Melding.objects.filter(email__iexact=email, created_at__gt=timezone.now() - timedelta(days=1))
    return asked.count() >= berichten.MOST_PER_HOUR or not berichten.may_mail(email)


def _tell_editors(melding: Melding) -> None:
    """Mail a report to everybody who edits the organisation and came in: only those addresses are proved (M2)."""
    for tie in melding.organisatie.beheerders.present().select_related("gebruiker"):
        aan = tie.gebruiker.email
        if berichten.may_mail_melding(aan):
            about = {"melding": melding, "tekst": melding.tekst}
            berichten.queue_melding(BerichtSoort.MELDING, aan=aan, taal=berichten.taal_of(aan), **about)


def release_melding(melding: Melding, *, door: Gebruiker) -> bool:
    """What looked like spam is not: the organisation gets it after all. Tells whether it was held."""
    with _held(melding) as held:
        if not (held.is_open and held.is_verdacht):
            return False
        held.is_verdacht = False
        held.save(update_fields=("is_verdacht",))
        _log(held, door, gettext("Nagekeken: het is geen spam."))
        _tell_editors(held)
    return True


def close_melding(melding: Melding, *, door: Gebruiker, status: str, antwoord: str = "") -> bool:
    """Close a report, mail the reader who left an address, and forget that address. Tells whether it was open.

    Raises ValidationError for an answer that nobody would get, and for an answer to what is held.
    """
    with _held(melding) as held:
        if status not in MELDING_TRANSITIONS[held.status]:
            return False
        if status == MeldingStatus.BEANTWOORD and not held.wants_answer:
            raise ValidationError(_("Deze lezer liet geen adres achter. Je kunt dus geen antwoord sturen."))
        if held.is_verdacht and status in _MAILS:
            raise ValidationError(_("Deze melding lijkt op spam. Kijk haar eerst na."))
        email, held.email = held.email, ""
        held.status, held.antwoord, held.closed_at, held.closed_by = status, antwoord, timezone.now(), door
        held.save()
        _log(held, door, gettext("Melding afgesloten: %(status)s") % {"status": held.get_status_display()})
        if email and status in _MAILS and berichten.may_mail(email):
            berichten.queue_melding(
                _MAILS[MeldingStatus(status)], aan=email, taal=held.taal, melding=held, tekst=antwoord
            )
    return True


def _log(melding: Melding, door: Gebruiker, words: str) -> None:
    LogEntry.objects.log_actions(door.pk, [melding], CHANGE, words)
