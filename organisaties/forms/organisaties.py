"""The form of an organisation, with its logo."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisaties.afbeeldingen import maak_logo
from organisaties.forms.beelden import BeeldField
from organisaties.forms.stand import MetStand
from organisaties.models import Organisatie


class OrganisatieAdminForm(MetStand):
    logo_bestand = BeeldField(
        maak=maak_logo,
        label=_("Nieuw logo"),
        help_text=_("JPEG, PNG of WebP, hooguit 5 MB. De website maakt het logo zelf klein."),
        required=False,
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
