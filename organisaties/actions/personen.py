"""What is kept about one person, by e-mail address: giving it, and erasing it (AVG articles 15 and 17, P10)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from organisaties.choices import BerichtSoort
from organisaties.models import (
    Aanvraag,
    Beheerder,
    Bericht,
    Gebeurtenis,
    Gebruiker,
    Melding,
    Organisatie,
    Sessie,
    Uitnodiging,
)
from organisaties.register import described_models

_SECRET = {"password", "zaad", "token_hash", "sleutel", "message_id"}
"""Fields that say nothing about a person, and could open something."""

_GONE = "(weggehaald)"
VRIJE_TEKST = (
    "Teksten van anderen waarin iemand bij naam staat, kan een computer niet vinden. Zoek zelf nog op de naam "
    "in aanvragen, notities, activiteiten en pagina’s."
)


@dataclass(frozen=True)
class Persoon:
    """Somebody as the site knows an e-mail address: everything that is kept, and where."""

    email: str

    @cached_property
    def gebruiker(self) -> Gebruiker | None:
        return Gebruiker.objects.filter(email__iexact=self.email).first()

    @property
    def aanvragen(self) -> models.QuerySet[Aanvraag]:
        return Aanvraag.objects.filter(email__iexact=self.email)

    @property
    def meldingen(self) -> models.QuerySet[Melding]:
        """Reports of this person; of a closed one only the mail about it still knows the address."""
        told = Bericht.objects.filter(
            aan__iexact=self.email, soort__in=(BerichtSoort.BEANTWOORD, BerichtSoort.HERSTELD)
        )
        return Melding.objects.filter(Q(email__iexact=self.email) | Q(pk__in=told.values("melding")))

    @property
    def berichten(self) -> models.QuerySet[Bericht]:
        return Bericht.objects.filter(aan__iexact=self.email)

    @property
    def berichten_over(self) -> models.QuerySet[Bericht]:
        """Mail to this person, and mail to others about what he or she asked."""
        about = Q(aanvraag__in=self.aanvragen) | Q(melding__in=self.meldingen)
        return Bericht.objects.filter(Q(aan__iexact=self.email) | about)

    @property
    def beheert(self) -> models.QuerySet[Beheerder]:
        return Beheerder.objects.filter(gebruiker=self.gebruiker).exclude(gebruiker=None)

    @property
    def uitnodigingen(self) -> models.QuerySet[Uitnodiging]:
        return Uitnodiging.objects.filter(beheerder__in=self.beheert)

    @property
    def bereikbaar_via(self) -> models.QuerySet[Organisatie]:
        """Organisations that have this address on their page."""
        return Organisatie.objects.filter(email__iexact=self.email)

    @property
    def vroegere_versies(self) -> models.QuerySet:
        """Former versions of an organisation that hold this address."""
        return Organisatie.history.filter(email__iexact=self.email)

    @property
    def sessies(self) -> list[Sessie]:
        return [session for session in Sessie.objects.iterator() if self._is_in(session.get_decoded())]

    @property
    def sleutels(self) -> models.QuerySet[Authenticator]:
        """Passkeys and codes to log in with."""
        return Authenticator.objects.filter(user=self.gebruiker).exclude(user=None)

    def _is_in(self, data: dict[str, Any]) -> bool:
        is_own = self.gebruiker is not None and str(data.get("_auth_user_id")) == str(self.gebruiker.pk)
        return is_own or self.email.lower() in json.dumps(data, default=str, ensure_ascii=False).lower()

    @property
    def logboek_door(self) -> models.QuerySet[LogEntry]:
        return LogEntry.objects.filter(user=self.gebruiker).exclude(user=None)

    @property
    def logboek_over(self) -> models.QuerySet[LogEntry]:
        """What the admin wrote down about this person, also about what is gone by now."""
        found = self._mentioned("object_repr") | self._mentioned("change_message") | self._named
        account = Gebruiker.objects.filter(email__iexact=self.email)
        events = Gebeurtenis.objects.filter(aanvraag__in=self.aanvragen)
        asked = (self.aanvragen, self.meldingen, events)
        for rows in (account, *asked, self.berichten_over, self.beheert, self.uitnodigingen):
            keys = [str(key) for key in rows.values_list("pk", flat=True)]
            found |= Q(content_type=ContentType.objects.get_for_model(rows.model), object_id__in=keys)
        return LogEntry.objects.filter(found)

    def _mentioned(self, field: str) -> Q:
        """Rows of which a text holds this address, and not one that only ends or begins like it."""
        whole = rf"(^|[^a-z0-9._%+-]){re.escape(self.email)}\.?($|[^a-z0-9.-])"
        return Q(**{f"{field}__icontains": self.email}) & Q(**{f"{field}__iregex": whole})

    @property
    def _named(self) -> Q:
        """Lines of the admin's log with this person's name as their title, unless they are about a namesake."""
        names = set(self.aanvragen.values_list("naam", flat=True)) | {self.gebruiker.naam if self.gebruiker else ""}
        names.discard("")
        namesakes = Gebruiker.objects.filter(naam__in=names).exclude(email__iexact=self.email)
        keys = [str(key) for key in namesakes.values_list("pk", flat=True)]
        kind = ContentType.objects.get_for_model(Gebruiker)
        return Q(object_repr__in=names) & ~Q(content_type=kind, object_id__in=keys)

    @property
    def has_history(self) -> bool:
        """Whether the admin or a request tells what this person did: then somebody must have done it."""
        return self.gebruiker is not None and (
            self.logboek_door.exists()
            or self.gebruiker.aanvragen.exists()
            or Gebeurtenis.objects.filter(door=self.gebruiker).exists()
        )

    @property
    def is_known(self) -> bool:
        own = (self.gebruiker, self.aanvragen, self.meldingen, self.berichten, self.bereikbaar_via, self.sessies)
        return any(own) or self.logboek_over.exists() or bool(self.vermeldingen())

    @property
    def alleen(self) -> list[Organisatie]:
        """Organisations that nobody else edits."""
        tied = Organisatie.objects.filter(beheerders__in=self.beheert)
        return [organisatie for organisatie in tied if organisatie.beheerders.count() == 1]

    def vermeldingen(self) -> list[str]:
        """Texts of others in which the address stands, such as "organisatie 12: omschrijving"."""
        found = (self.aanvragen, self.meldingen, self.berichten_over, self.bereikbaar_via, self.vroegere_versies)
        own = {rows.model: rows for rows in found}
        own[Gebeurtenis] = Gebeurtenis.objects.filter(aanvraag__in=self.aanvragen)
        own[Gebruiker] = Gebruiker.objects.filter(email__iexact=self.email)
        own[LogEntry] = self.logboek_over
        own[Authenticator] = self.sleutels
        return [text for model in described_models() for text in self._mentions(model, own.get(model))]

    def _mentions(self, model: type[models.Model], own: models.QuerySet | None) -> Iterator[str]:
        others = model._default_manager.all()
        if own is not None:
            others = others.exclude(pk__in=own.values("pk"))
        for field in model._meta.concrete_fields:
            if isinstance(field, (models.CharField, models.TextField, models.JSONField)):
                for key in others.filter(self._mentioned(field.name)).order_by("pk").values_list("pk", flat=True):
                    yield f"{model._meta.verbose_name} {key}: {field.verbose_name}"


def find_persoon(email: str) -> Persoon | None:
    """Somebody by e-mail address, whatever its case; None when nothing is kept about it, or it is no address."""
    persoon = Persoon(email.strip())
    return persoon if "@" in persoon.email and persoon.is_known else None


# --- giving it


def export_persoon(persoon: Persoon) -> dict[str, Any]:
    """Everything that is kept about somebody, as plain values. Of others it says only that it was somebody else."""
    account = persoon.gebruiker
    return {
        "e-mailadres": persoon.email,
        "account": _values(persoon, account) if account else None,
        "rechten": sorted(account.groups.values_list("name", flat=True)) if account else [],
        "beheert": _all(persoon, persoon.beheert),
        "uitnodigingen": _all(persoon, persoon.uitnodigingen),
        "aanvragen": [
            {**_values(persoon, aanvraag), "gebeurtenissen": _all(persoon, aanvraag.gebeurtenissen.all())}
            for aanvraag in persoon.aanvragen
        ],
        "meldingen": _all(persoon, persoon.meldingen),
        "behandelt aanvragen": [str(aanvraag) for aanvraag in account.aanvragen.all()] if account else [],
        "schreef bij aanvragen": _all(persoon, Gebeurtenis.objects.filter(door=account)) if account else [],
        "berichten": _all(persoon, persoon.berichten),
        "staat op de pagina van": [str(organisatie) for organisatie in persoon.bereikbaar_via],
        "stond op de pagina van": sorted({former.naam for former in persoon.vroegere_versies}),
        "sleutels om in te loggen": [
            {"soort": key.type, "sinds": key.created_at.isoformat()} for key in persoon.sleutels
        ],
        "sessies": [{"verloopt": session.expire_date.isoformat()} for session in persoon.sessies],
        "logboek over deze persoon": [_log(entry) for entry in persoon.logboek_over],
        "logboek door deze persoon": [_log(entry) for entry in persoon.logboek_door],
        "adres staat in andere teksten": persoon.vermeldingen(),
        "let op": VRIJE_TEKST,
    }


def _all(persoon: Persoon, rows: Iterable[models.Model]) -> list[dict[str, Any]]:
    return [_values(persoon, row) for row in rows]


def _values(persoon: Persoon, row: models.Model) -> dict[str, Any]:
    fields = [field for field in row._meta.concrete_fields if field.name not in _SECRET]
    values = {field.name: _value(persoon, row, field) for field in fields}
    terms = row._meta.local_many_to_many
    return values | {field.name: [str(term) for term in getattr(row, field.name).all()] for field in terms}


def _value(persoon: Persoon, row: models.Model, field: Any) -> Any:
    value = getattr(row, field.name)
    if isinstance(value, Gebruiker):
        return "deze persoon" if value == persoon.gebruiker else "iemand van het netwerk"
    if isinstance(value, models.Model):
        return str(value)
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    return value.isoformat() if hasattr(value, "isoformat") else value


def _log(entry: LogEntry) -> dict[str, str]:
    what = entry.content_type.name if entry.content_type else ""
    return {"wanneer": entry.action_time.isoformat(), "wat": what, "deed": entry.get_action_flag_display()}


# --- erasing it


def steps_to_erase(persoon: Persoon) -> list[str]:
    """What erasing somebody will do, a sentence per step."""
    counted = {
        "aanvragen verdwijnen, met alles wat erbij hoort": persoon.aanvragen.count(),
        "meldingen verdwijnen": persoon.meldingen.count(),
        "berichten verdwijnen, ook wat nog niet verstuurd is": persoon.berichten_over.count(),
        "sessies eindigen": len(persoon.sessies),
        "vorige versies van een organisatie verliezen het adres": persoon.vroegere_versies.count(),
        "regels in het logboek verliezen naam en tekst": persoon.logboek_over.count(),
    }
    steps = [f"{what}: {count}" for what, count in counted.items() if count]
    if persoon.gebruiker:
        steps.append(
            "het account blijft, zonder naam en adres: er staat nog in wie wat deed"
            if persoon.has_history
            else "het account verdwijnt"
        )
    steps += [f"geen beheerder meer van: {tie.organisatie}" for tie in persoon.beheert]
    steps += [f"LET OP, niemand anders beheert: {organisatie}" for organisatie in persoon.alleen]
    steps += [f"het adres verdwijnt van de pagina van: {organisatie}" for organisatie in persoon.bereikbaar_via]
    return steps or ["er is niets van deze persoon zelf"]


@transaction.atomic
def erase_persoon(persoon: Persoon) -> None:
    """Erase somebody: requests, mail, sessions, ties and the account. What an organisation wrote about itself stays.

    An account that did something in the admin is emptied instead, so that what was done keeps somebody who did it.
    Raises ValidationError for the last account that may do everything.
    """
    gebruiker = persoon.gebruiker
    if gebruiker and _is_last_superuser(gebruiker):
        raise ValidationError("Dit is het laatste account dat alles mag. Maak eerst een ander.")
    persoon.logboek_over.update(object_repr=_GONE, change_message="")
    for session in persoon.sessies:
        session.delete()
    for organisatie in persoon.bereikbaar_via:
        organisatie.email = ""
        organisatie.save(update_fields=("email", "updated_at"))
    persoon.vroegere_versies.update(email="")
    persoon.meldingen.delete()
    persoon.berichten_over.delete()
    persoon.aanvragen.delete()
    if gebruiker:
        persoon.sleutels.delete()
        _erase_account(gebruiker, is_kept=persoon.has_history)


def _is_last_superuser(gebruiker: Gebruiker) -> bool:
    others = Gebruiker.objects.filter(is_superuser=True, is_active=True).exclude(pk=gebruiker.pk)
    return gebruiker.is_superuser and gebruiker.is_active and not others.exists()


def _erase_account(gebruiker: Gebruiker, *, is_kept: bool) -> None:
    gebruiker.beheert.all().delete()
    if not is_kept:
        gebruiker.delete()
        return
    gebruiker.groups.clear()
    gebruiker.user_permissions.clear()
    gebruiker.naam, gebruiker.email = "", f"weg-{gebruiker.pk}@weg.invalid"
    gebruiker.is_active = gebruiker.is_staff = gebruiker.is_superuser = False
    gebruiker.set_unusable_password()
    gebruiker.save()
