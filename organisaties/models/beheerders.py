"""Who may edit which organisation, and the invitations to do so."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from organisaties.fields import LineField
from organisaties.models.gebruikers import Gebruiker
from organisaties.models.organisaties import Organisatie

GELDIG = timedelta(days=7)
"""How long an invitation can be used (S11: at most seven days)."""


class BeheerderQuerySet(models.QuerySet["Beheerder"]):
    def present(self) -> BeheerderQuerySet:
        """Who may log in and came in, as `is_binnen` says: then the address is proved, and the person knows of it."""
        return self.filter(gebruiker__is_active=True, binnen_at__isnull=False)


class Beheerder(models.Model):
    """The tie between a person and an organisation that he or she may edit."""

    gebruiker = models.ForeignKey(Gebruiker, models.CASCADE, related_name="beheert", verbose_name=_("gebruiker"))
    organisatie = models.ForeignKey(
        Organisatie, models.CASCADE, related_name="beheerders", verbose_name=_("organisatie")
    )
    genoemd = LineField(_("naam in de uitnodiging"), max_length=200, blank=True, editable=False)
    created_at = models.DateTimeField(_("sinds"), default=timezone.now, editable=False)
    binnen_at = models.DateTimeField(_("binnen sinds"), null=True, blank=True, editable=False)

    objects = BeheerderQuerySet.as_manager()

    class Meta:
        verbose_name = _("beheerder")
        verbose_name_plural = _("beheerders")
        ordering = ("organisatie", "gebruiker")
        constraints = (models.UniqueConstraint("gebruiker", "organisatie", name="beheerder_uniek"),)

    def __str__(self) -> str:
        return f"{self.gebruiker} – {self.organisatie}"

    @property
    def is_binnen(self) -> bool:
        """Whether this person used the invitation, or opened a page of the organisation as its editor."""
        return self.binnen_at is not None

    @property
    def naam(self) -> str:
        """What colleagues call this person; before coming in, what the inviter wrote and nothing of the account."""
        return (self.gebruiker.naam if self.is_binnen else self.genoemd) or self.gebruiker.email


class UitnodigingQuerySet(models.QuerySet["Uitnodiging"]):
    def with_token(self, token: str) -> UitnodigingQuerySet:
        """The invitation that this token opens, used or not, expired or not."""
        return self.filter(token_hash=_hash(token))


class Uitnodiging(models.Model):
    """An invitation to edit an organisation: a link that works once, for seven days.

    The row holds a seed and the hash of the token. The token itself is nowhere: it is made of the seed and the secret
    key when the mail is sent, so whoever reads the database or the outbox cannot use it.
    """

    beheerder = models.ForeignKey(Beheerder, models.CASCADE, related_name="uitnodigingen", verbose_name=_("beheerder"))
    zaad = models.CharField(max_length=43, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("gemaakt op"), default=timezone.now, editable=False)
    verloopt_at = models.DateTimeField(_("geldig tot"), editable=False)
    gebruikt_at = models.DateTimeField(_("gebruikt op"), null=True, blank=True, editable=False)
    ingetrokken_at = models.DateTimeField(_("vervangen op"), null=True, blank=True, editable=False)

    objects = UitnodigingQuerySet.as_manager()

    class Meta:
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return str(self.beheerder)

    def save(self, *args: object, **kwargs: object) -> None:
        if not self.zaad:
            self.zaad = secrets.token_urlsafe(32)
            self.token_hash = _hash(_token(self.zaad, settings.SECRET_KEY))
            self.verloopt_at = self.created_at + GELDIG
        super().save(*args, **kwargs)

    @property
    def token(self) -> str:
        """What stands in the link. Empty when the secret key with which it was made is no longer known."""
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
            if constant_time_compare(_hash(token := _token(self.zaad, key)), self.token_hash):
                return token
        return ""

    @property
    def is_used(self) -> bool:
        return self.gebruikt_at is not None

    @property
    def is_valid(self) -> bool:
        return self.gebruikt_at is None and self.ingetrokken_at is None and timezone.now() < self.verloopt_at


def _token(zaad: str, key: str) -> str:
    return salted_hmac("organisaties.uitnodiging", zaad, secret=key, algorithm="sha256").hexdigest()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
