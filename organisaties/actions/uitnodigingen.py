"""Letting somebody edit an organisation."""

from __future__ import annotations

from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisaties import berichten, sessies
from organisaties.choices import BerichtSoort
from organisaties.models import Aanvraag, Beheerder, Bericht, Gebruiker, Organisatie, Uitnodiging


def invite(
    organisatie: Organisatie, *, email: str, naam: str, taal: str, aanvraag: Aanvraag | None = None
) -> Beheerder:
    """Make somebody an editor, with an account when there is none, and mail the invitation.

    A coordinator gets no link that logs in: that would be a way around the password of the desk. Raises
    ValidationError when the account of this address is switched off.
    """
    with transaction.atomic():
        gebruiker, _is_new = Gebruiker.objects.get_or_create(
            email=email.strip().lower(), defaults={"naam": naam, "password": make_password(None)}
        )
        if not gebruiker.is_active:
            raise ValidationError(
                _("Het account van %(email)s staat uit. Zet het weer aan, of vraag een ander adres.") % {"email": email}
            )
        beheerder, _is_new = Beheerder.objects.get_or_create(
            gebruiker=gebruiker, organisatie=organisatie, defaults={"genoemd": naam}
        )
        _mail(beheerder, taal=taal, aanvraag=aanvraag)
    return beheerder


def invite_collega(organisatie: Organisatie, *, door: Gebruiker, email: str, naam: str, taal: str) -> Beheerder:
    """Have an editor let a colleague in. Raises ValidationError for who is one already, and when no mail may go.

    An account that is switched off gets the answer of a full mailbox: that is for nobody to find out.
    """
    with transaction.atomic():
        Organisatie.objects.select_for_update().get(pk=organisatie.pk)  # two presses come one after the other
        if organisatie.beheerders.filter(gebruiker__email__iexact=email).exists():
            raise ValidationError(_("Deze collega staat er al bij."))
        is_off = Gebruiker.objects.filter(email__iexact=email, is_active=False).exists()
        if is_off or not berichten.may_mail(email):
            raise ValidationError(
                _("Wij kunnen dit adres nu geen uitnodiging sturen. Probeer het over een uur nog eens, of mail ons.")
            )
        beheerder = invite(organisatie, email=email, naam=naam, taal=taal)
        LogEntry.objects.log_actions(door.pk, [beheerder], ADDITION, gettext("Uitgenodigd door een collega."))
    return beheerder


def remove_beheerder(beheerder: Beheerder, *, door: Gebruiker) -> None:
    """Take somebody off an organisation. An editor who came in is logged out everywhere at once.

    Raises ValidationError when nobody would be left who came in: an invitation alone may be to a mistyped address.
    """
    with transaction.atomic():
        organisatie = Organisatie.objects.select_for_update().get(pk=beheerder.organisatie_id)
        others = organisatie.beheerders.exclude(pk=beheerder.pk)
        if not (others.filter(gebruiker=door).exists() or others.present().exists()):
            raise ValidationError(
                _("Er moet iemand overblijven. Nodig een collega uit, en wacht tot die heeft ingelogd.")
            )
        LogEntry.objects.log_actions(door.pk, [beheerder], DELETION, gettext("Weggehaald door een collega."))
        beheerder.delete()
        if beheerder.is_binnen and not beheerder.gebruiker.is_staff:
            sessies.end(beheerder.gebruiker)


def renew_uitnodiging(beheerder: Beheerder, *, taal: str, na: int | None = None) -> Bericht | None:
    """Mail a new invitation; the former ones stop working. Nothing when this address has had enough mail for now.

    `na` is the id of the last invitation on the screen, 0 for none: raises ValidationError when there is a newer one.
    """
    with transaction.atomic():
        held = Beheerder.objects.select_for_update(of=("self",)).select_related("gebruiker").get(pk=beheerder.pk)
        last = held.uitnodigingen.values_list("pk", flat=True).first() or 0
        if na is not None and last != na:
            raise ValidationError(_("Er is net al een nieuwe uitnodiging gestuurd."))
        if not held.gebruiker.is_active or not berichten.may_mail(held.gebruiker.email):
            return None
        return _mail(held, taal=taal)


def _mail(beheerder: Beheerder, *, taal: str, aanvraag: Aanvraag | None = None) -> Bericht:
    gebruiker, words = beheerder.gebruiker, {"organisatie": beheerder.organisatie.naam}
    if gebruiker.is_staff:
        return berichten.queue(BerichtSoort.WELKOM, aan=gebruiker.email, taal=taal, **words)
    beheerder.uitnodigingen.filter(gebruikt_at=None, ingetrokken_at=None).update(ingetrokken_at=timezone.now())
    uitnodiging = Uitnodiging.objects.create(beheerder=beheerder)
    return berichten.queue(
        BerichtSoort.UITNODIGING,
        aan=gebruiker.email,
        taal=taal,
        aanvraag=aanvraag,
        uitnodiging=uitnodiging,
        **words,
    )


def accept_uitnodiging(uitnodiging: Uitnodiging) -> Gebruiker:
    """Use an invitation: who has it may log in as its reader. Works once. Raises ValidationError when it cannot be."""
    with transaction.atomic():
        held = Uitnodiging.objects.select_for_update(of=("self",)).get(pk=uitnodiging.pk)
        tie, gebruiker = held.beheerder, held.beheerder.gebruiker
        if not held.is_valid or not gebruiker.is_active or gebruiker.is_staff:
            raise ValidationError(_("Deze uitnodiging werkt niet meer."))
        held.gebruikt_at = timezone.now()
        held.save(update_fields=("gebruikt_at",))
        Beheerder.objects.filter(pk=tie.pk, binnen_at=None).update(binnen_at=held.gebruikt_at)
    return gebruiker


def come_in(gebruiker: Gebruiker, *, slug: str) -> None:
    """Write down the first time that somebody opens a page of the organisation with this slug as its editor.

    A session of elsewhere does that without the invitation. The ties are fetched with their person: the pages ask how
    many there are, so that later visits cost no query more.
    """
    prefetch_related_objects([gebruiker], "beheert")
    waiting = [tie.pk for tie in gebruiker.beheert.all() if tie.binnen_at is None]
    if not waiting:
        return
    here = Organisatie.objects.filter(Q(slug=slug) | Q(oude_slugs__slug=slug))
    for tie in Beheerder.objects.filter(pk__in=waiting, organisatie__in=here):
        Beheerder.objects.filter(pk=tie.pk, binnen_at=None).update(binnen_at=timezone.now())
