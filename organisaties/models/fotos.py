"""Photos of places: one of an organisation, one of an activity."""

from __future__ import annotations

import secrets

from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisaties.beeldwerk import SMAL
from organisaties.fields import LineField, Vertaling, reader_language
from organisaties.models.activiteiten import Activiteit
from organisaties.models.organisaties import Organisatie
from organisaties.models.vertalingen import TALEN


def foto_path(foto: Foto, filename: str) -> str:
    """A random name for a stored photo. What the uploader called the file is never used."""
    return f"fotos/{secrets.token_hex(16)}.webp"


class Foto(models.Model):
    """One photo in two sizes, of an organisation or of an activity, with what can be seen on it."""

    organisatie = models.OneToOneField(
        Organisatie, models.CASCADE, null=True, blank=True, related_name="foto", verbose_name=_("organisatie")
    )
    activiteit = models.OneToOneField(
        Activiteit, models.CASCADE, null=True, blank=True, related_name="foto", verbose_name=_("activiteit")
    )
    bestand = models.FileField(
        _("foto"), upload_to=foto_path, validators=[FileExtensionValidator(["webp"])], editable=False
    )
    klein = models.FileField(upload_to=foto_path, editable=False)
    breedte = models.PositiveSmallIntegerField(editable=False)
    hoogte = models.PositiveSmallIntegerField(editable=False)
    alt_nl = LineField(_("wat zie je op de foto? (Nederlands)"), max_length=200, blank=True)
    alt_en = LineField(_("wat zie je op de foto? (Engels)"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("foto")
        verbose_name_plural = _("foto’s")
        constraints = (
            models.CheckConstraint(
                condition=Q(organisatie__isnull=False, activiteit__isnull=True)
                | Q(organisatie__isnull=True, activiteit__isnull=False),
                name="foto_van_een",
            ),
            models.CheckConstraint(
                condition=~Q(bestand="") & ~Q(klein="") & Q(breedte__gt=0, hoogte__gt=0), name="foto_heel"
            ),
            models.CheckConstraint(condition=~Q(alt_nl="", alt_en=""), name="foto_heeft_alt"),
        )

    def __str__(self) -> str:
        return self.alt

    @property
    def alt(self) -> Vertaling:
        """What can be seen on it, in the reader's language or else in the other; one of the two is always there."""
        codes = sorted(TALEN, key=lambda code: code != reader_language())
        found = next((code for code in codes if getattr(self, f"alt_{code}")), codes[0])
        return Vertaling(getattr(self, f"alt_{found}"), found)

    @property
    def breedte_klein(self) -> int:
        return min(SMAL, self.breedte)
