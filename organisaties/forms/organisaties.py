"""The form of an organisation, with its logo."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from organisaties.afbeeldingen import AfbeeldingFout, Logo, maak_logo
from organisaties.forms.stand import MetStand
from organisaties.models import Organisatie


class LogoField(forms.FileField):
    """A file that becomes a logo: the cleaned value is a `Logo`, or None when no file was sent."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def __init__(self, **kwargs: Any) -> None:
        # an empty file gets our own sentence, from the same place as the others
        super().__init__(**{"required": False, "allow_empty_file": True, **kwargs})

    def to_python(self, data: Any) -> Logo | None:
        bestand = super().to_python(data)
        if bestand is None:
            return None
        try:
            return maak_logo(bestand)
        except AfbeeldingFout as error:
            raise ValidationError(error.sentence, code=error.code) from error


class OrganisatieAdminForm(MetStand):
    logo_bestand = LogoField(
        label=_("Nieuw logo"),
        help_text=_("JPEG, PNG of WebP, hooguit 5 MB. De website maakt het logo zelf klein."),
    )
    logo_weg = forms.BooleanField(label=_("Haal het logo weg"), required=False)

    class Meta:
        model = Organisatie
        fields = "__all__"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("logo_bestand") and cleaned.get("logo_weg"):
            self.add_error("logo_weg", _("Kies een nieuw logo, of haal het logo weg. Allebei kan niet."))
        return cleaned
