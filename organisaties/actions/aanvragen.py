"""From "we want to join" to a decision: each deed locks the request, checks it, writes what happened, and mails."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisaties import berichten
from organisaties.actions.uitnodigingen import invite
from organisaties.choices import (
    AANVRAAG_TRANSITIONS,
    CLOSED_AANVRAAG,
    AanvraagStatus,
    BerichtSoort,
    GebeurtenisSoort,
    Verdenking,
)
from organisaties.models import Aanvraag, Gebeurtenis, Gebruiker, Locatie, Organisatie
from organisaties.zoeken import index

MOST_ANSWERS = 20
"""How many answers somebody can send in a day: each mails a coordinator."""

_CHOICES = ("themas", "stadsdelen", "doelgroepen")
MOST_AT_ONCE = 10
"""How many organisations of one name may be let in in the same moment."""


class Veranderd(ValidationError):  # noqa: N818 - in the words of the site
    """The request is no longer what the coordinator saw."""


@contextmanager
def _held(aanvraag: Aanvraag, versie: int | None = None) -> Iterator[Aanvraag]:
    """The request as the database has it, locked until the deed is done. Raises Veranderd for another version."""
    with transaction.atomic():
        held = Aanvraag.objects.select_for_update(of=("self",)).get(pk=aanvraag.pk)
        if versie is not None and held.versie != versie:
            raise Veranderd(_("Deze aanvraag is net veranderd. Kijk wat er veranderd is, en beslis dan."))
        yield held
    aanvraag.refresh_from_db()


def _tell(held: Aanvraag, soort: GebeurtenisSoort, door: Gebruiker | None, **said: str) -> None:
    Gebeurtenis.objects.create(aanvraag=held, soort=soort, door=door, **said)


def _become(held: Aanvraag, status: str, *, door: Gebruiker | None = None, tekst: str = "") -> None:
    """Give a locked request another status, and store it. Raises ValidationError when the table does not allow it."""
    now = timezone.now()
    if status not in AANVRAAG_TRANSITIONS[held.status]:
        raise _not_now(held)
    held.status, held.wacht_sinds_at = status, now
    held.afgerond_at = now if status in CLOSED_AANVRAAG else None
    held.clean()
    _tell(held, GebeurtenisSoort.STATUS, door, tekst=tekst, status=status)
    _store(held, door)


def _become_from(before: Collection[str], held: Aanvraag, status: str, *, door: Gebruiker | None = None) -> None:
    """Give a locked request another status when it has one of `before`; else only store it."""
    if held.status in before:
        _become(held, status, door=door)
    else:
        _store(held, door)


def _not_now(held: Aanvraag) -> ValidationError:
    return ValidationError(_("Dit kan niet: de aanvraag is nu “%(status)s”.") % {"status": held.get_status_display()})


def _store(held: Aanvraag, door: Gebruiker | None) -> None:
    """Store a locked request as a new version; whoever does something with it first, handles it."""
    held.behandelaar = held.behandelaar or door
    held.versie += 1
    held.save()


# --- what the applicant does


def submit_aanvraag(
    *, velden: Mapping[str, Any], taal: str, sleutel: str, verdenkingen: Collection[str] = ()
) -> tuple[Aanvraag, bool]:
    """Store a request, and mail its address a link to prove it. Tells whether it is new: the same form counts once.

    `velden` are checked values of the form, `sleutel` belongs to one form that somebody opened. What looks suspicious
    is held: no mail leaves until a coordinator has looked.
    """
    found, values = set(verdenkingen), {name: value for name, value in velden.items() if name not in _CHOICES}
    with transaction.atomic():
        if not berichten.may_mail(values["email"]):
            found.add(Verdenking.POSTBUS)
        aanvraag, is_new = Aanvraag.objects.get_or_create(
            sleutel=sleutel,
            defaults={**values, "taal": taal, "is_verdacht": bool(found), "verdenkingen": sorted(found)},
        )
        if is_new:
            for name in _CHOICES:
                getattr(aanvraag, name).set(velden.get(name, ()))
            _tell(aanvraag, GebeurtenisSoort.STATUS, None, status=aanvraag.status)
            if not found:
                _ask_for_proof(aanvraag)
    return aanvraag, is_new


def _ask_for_proof(aanvraag: Aanvraag) -> None:
    berichten.queue(BerichtSoort.BEVESTIGEN, aan=aanvraag.email, taal=aanvraag.taal, aanvraag=aanvraag)


def confirm_aanvraag(aanvraag: Aanvraag) -> bool:
    """The applicant has opened the link in the mail: the address is proved. Tells whether that is news."""
    with _held(aanvraag) as held:
        if held.status != AanvraagStatus.ONBEVESTIGD:
            return False
        held.bevestigd_at = timezone.now()
        _become(held, AanvraagStatus.NIEUW)
        _tell_coordinators(held, BerichtSoort.ONTVANGEN)
    return True


def answer_aanvraag(aanvraag: Aanvraag, *, tekst: str) -> bool:
    """The applicant writes to the network. Sending the same twice counts once.

    Raises ValidationError when the request is closed, and after MOST_ANSWERS in a day.
    """
    with _held(aanvraag) as held:
        if not held.is_open:
            raise ValidationError(_("Deze aanvraag is afgesloten. Mail ons als je nog iets wilt zeggen."))
        said = held.gebeurtenissen.exclude(soort=GebeurtenisSoort.NOTITIE).last()
        if said and (said.soort, said.tekst) == (GebeurtenisSoort.ANTWOORD, tekst):
            return False
        answers = held.gebeurtenissen.filter(soort=GebeurtenisSoort.ANTWOORD)
        if answers.filter(created_at__gt=timezone.now() - timedelta(days=1)).count() >= MOST_ANSWERS:
            raise ValidationError(_("Je hebt vandaag al veel geschreven. Mail ons als het haast heeft."))
        _become_from({AanvraagStatus.WACHT}, held, AanvraagStatus.BEHANDELING)
        _tell(held, GebeurtenisSoort.ANTWOORD, None, tekst=tekst)
        _tell_coordinators(held, BerichtSoort.GEANTWOORD)
    return True


def withdraw_aanvraag(aanvraag: Aanvraag) -> bool:
    """The applicant does not want it any more. Tells whether it was still open."""
    with _held(aanvraag) as held:
        if held.is_closed:
            return False
        _become(held, AanvraagStatus.INGETROKKEN)
    return True


def _tell_coordinators(held: Aanvraag, soort: BerichtSoort) -> None:
    handler = held.behandelaar
    aan = handler.email if handler and handler.is_active else settings.CONTACT_EMAIL
    berichten.queue(soort, aan=aan, taal=settings.LANGUAGE_CODE, aanvraag=held)


# --- what a coordinator does; `versie` is that of the request on the screen


def take_aanvraag(aanvraag: Aanvraag, *, door: Gebruiker, versie: int) -> None:
    """A coordinator takes a request on, also from a colleague."""
    with _held(aanvraag, versie) as held:
        if held.is_closed:
            raise ValidationError(_("Deze aanvraag is al afgesloten."))
        held.behandelaar = door
        _tell(held, GebeurtenisSoort.NOTITIE, door, tekst=gettext("Ik pak dit op."))
        _become_from({AanvraagStatus.NIEUW}, held, AanvraagStatus.BEHANDELING, door=door)


def clear_aanvraag(aanvraag: Aanvraag, *, door: Gebruiker, versie: int) -> None:
    """What looked like spam is not: the applicant gets the link after all."""
    with _held(aanvraag, versie) as held:
        if not (held.is_verdacht and held.status == AanvraagStatus.ONBEVESTIGD):
            raise ValidationError(_("Deze aanvraag hoeft niet meer nagekeken te worden."))
        held.is_verdacht, held.wacht_sinds_at = False, timezone.now()
        _tell(held, GebeurtenisSoort.NOTITIE, door, tekst=gettext("Nagekeken: het is geen spam."))
        _store(held, door)
        _ask_for_proof(held)


def ask_aanvraag(aanvraag: Aanvraag, *, door: Gebruiker, versie: int, tekst: str) -> None:
    """Mail the applicant a question; the request then waits for the answer."""
    with _held(aanvraag, versie) as held:
        if not held.is_open:
            raise _not_now(held)
        _tell(held, GebeurtenisSoort.VRAAG, door, tekst=tekst)
        _become_from({AanvraagStatus.NIEUW, AanvraagStatus.BEHANDELING}, held, AanvraagStatus.WACHT, door=door)
        _write(held, BerichtSoort.VRAAG, tekst)


def note_aanvraag(aanvraag: Aanvraag, *, door: Gebruiker, tekst: str) -> None:
    """Write something for colleagues only. It counts as a change: they should have read it before they decide.

    Sending the same twice counts once.
    """
    with _held(aanvraag) as held:
        said = held.gebeurtenissen.last()
        if said and (said.soort, said.tekst, said.door_id) == (GebeurtenisSoort.NOTITIE, tekst, door.pk):
            return
        _tell(held, GebeurtenisSoort.NOTITIE, door, tekst=tekst)
        held.versie += 1
        held.save(update_fields=("versie",))


def reject_aanvraag(aanvraag: Aanvraag, *, door: Gebruiker, versie: int, reden: str, tekst: str) -> None:
    """Turn a request down. The text goes to the applicant, unless it is empty or the address was never proved."""
    with _held(aanvraag, versie) as held:
        held.afwijsreden = reden
        _become(held, AanvraagStatus.AFGEWEZEN, door=door, tekst=tekst)
        if tekst and held.bevestigd_at:
            _write(held, BerichtSoort.AFGEWEZEN, tekst)


def reopen_aanvraag(aanvraag: Aanvraag, *, door: Gebruiker, versie: int) -> None:
    """Take a rejection back; nothing is mailed."""
    with _held(aanvraag, versie) as held:
        if held.bevestigd_at is None:
            raise ValidationError(_("Het adres is nooit bevestigd. Daarom kan deze aanvraag niet weer open."))
        held.afwijsreden = ""
        _become(held, AanvraagStatus.BEHANDELING, door=door)


def start_gesprek(aanvraag: Aanvraag, *, door: Gebruiker, versie: int, tekst: str) -> None:
    """Begin the conversation about working together; the coordinator is its owner."""
    with _held(aanvraag, versie) as held:
        held.behandelaar = door
        _become(held, AanvraagStatus.GESPREK, door=door)
        _tell(held, GebeurtenisSoort.VRAAG, door, tekst=tekst)
        _write(held, BerichtSoort.GESPREK, tekst)


def close_gesprek(aanvraag: Aanvraag, *, door: Gebruiker, versie: int, uitkomst: str, tekst: str = "") -> None:
    """Write down how the conversation ended. Only colleagues read it."""
    with _held(aanvraag, versie) as held:
        held.uitkomst = uitkomst
        _become(held, AanvraagStatus.AFGESPROKEN, door=door, tekst=tekst)


def approve_aanvraag(aanvraag: Aanvraag, *, door: Gebruiker, versie: int) -> Organisatie:
    """Let an organisation in: a draft of its page, its first editor, and the mail with the invitation.

    Raises Veranderd when the request is no longer what was seen, ValidationError when it cannot be approved.
    """
    with _held(aanvraag, versie) as held, index.together():
        _become(held, AanvraagStatus.GOEDGEKEURD, door=door)
        held.organisatie = organisatie = _draft(held)
        held.save(update_fields=("organisatie",))
        invite(organisatie, email=held.email, naam=held.naam, taal=held.taal, aanvraag=held)
    return organisatie


def _draft(held: Aanvraag) -> Organisatie:
    """A draft of an organisation with what the request tells. The address of a person does not go onto a page."""
    omschrijving = {f"omschrijving_{held.taal}": held.omschrijving}
    organisatie = _create(naam=held.organisatie_naam, website=held.website, **omschrijving)
    organisatie.themas.set(held.themas.all())
    organisatie.doelgroepen.set(held.doelgroepen.all())
    for stadsdeel in held.stadsdelen.all():
        Locatie.objects.create(organisatie=organisatie, stadsdeel=stadsdeel)
    return organisatie


def _create(**values: str) -> Organisatie:
    """Store an organisation; when another of that name got its address in the same moment, with the next address."""
    for _attempt in range(MOST_AT_ONCE):
        with suppress(IntegrityError), transaction.atomic():
            return Organisatie.objects.create(**values)
    raise ValidationError(_("Het is druk. Probeer het nog een keer."))


def _write(held: Aanvraag, soort: BerichtSoort, tekst: str) -> None:
    berichten.queue(soort, aan=held.email, taal=held.taal, aanvraag=held, tekst=tekst)
