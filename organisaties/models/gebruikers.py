"""People who log in."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisaties.fields import LineField


class GebruikerManager(BaseUserManager["Gebruiker"]):
    """Makes users; looks them up by e-mail address, whatever its case."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "Gebruiker":
        """Make and store a user. Without a password, nobody can log in with one. Raises ValueError without address."""
        if not email:
            raise ValueError("a user needs an e-mail address")
        gebruiker = self.model(email=email.strip().lower(), **extra)
        gebruiker.set_password(password)
        gebruiker.save(using=self._db)
        return gebruiker

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "Gebruiker":
        """Make and store a user with every right."""
        return self.create_user(email, password, **{**extra, "is_staff": True, "is_superuser": True})

    def get_by_natural_key(self, username: str) -> "Gebruiker":
        return self.get(email__iexact=username)


class Gebruiker(AbstractBaseUser, PermissionsMixin):
    """A person who logs in with an e-mail address: an editor of an organisation or a coordinator."""

    email = models.EmailField(_("e-mailadres"), max_length=254, unique=True)
    naam = LineField(_("naam"), max_length=200, blank=True)
    is_staff = models.BooleanField(
        _("mag in het beheer"), default=False, help_text=_("Voor coördinatoren van het netwerk.")
    )
    is_active = models.BooleanField(
        _("actief"),
        default=True,
        help_text=_("Zet dit uit om iemand de toegang te ontnemen. Verwijder de gebruiker niet."),
    )
    created_at = models.DateTimeField(_("gemaakt op"), default=timezone.now, editable=False)

    objects = GebruikerManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ()

    class Meta:
        verbose_name = _("gebruiker")
        verbose_name_plural = _("gebruikers")
        ordering = ("email",)
        constraints = (models.UniqueConstraint(Lower("email"), name="gebruiker_email_uniek"),)

    def __str__(self) -> str:
        return self.naam or self.email

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().lower()
