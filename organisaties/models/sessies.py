"""Who is logged in, on what and since when, so that a person can see it and end it."""

from __future__ import annotations

import hashlib

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisaties.models.gebruikers import Gebruiker


class SessieQuerySet(models.QuerySet["Sessie"]):
    def valid(self) -> SessieQuerySet:
        """Not over yet."""
        return self.filter(expire_date__gt=timezone.now())


class Sessie(AbstractBaseSession):
    """A session of Django that knows whose it is. No address of a network is kept, and of the browser only its name."""

    gebruiker = models.ForeignKey(
        Gebruiker, models.CASCADE, null=True, related_name="sessies", verbose_name=_("gebruiker")
    )
    apparaat = models.CharField(_("apparaat"), max_length=60, blank=True)
    begonnen_at = models.DateTimeField(_("ingelogd op"), default=timezone.now)
    gezien_at = models.DateTimeField(_("laatst gezien op"), default=timezone.now)

    objects = BaseSessionManager.from_queryset(SessieQuerySet)()

    class Meta(AbstractBaseSession.Meta):
        verbose_name = _("sessie")
        verbose_name_plural = _("sessies")
        ordering = ("-gezien_at", "session_key")

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        """What can read the data of a row; `organisaties.sessies` writes them."""
        return SessionStore

    @property
    def kenmerk(self) -> str:
        """Tells sessions apart on a page, without their key: whoever has that is logged in."""
        return hashlib.sha256(self.session_key.encode()).hexdigest()[:16]
