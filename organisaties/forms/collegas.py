"""Who else may edit an organisation."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from organisaties.forms.velden import Bewaard, MailField, RegelField
from organisaties.models import Gebruiker

_NODIG = {"class": "invoer", "aria-required": "true"}


class CollegaForm(Bewaard):
    """The name and the address of a colleague who gets an invitation."""

    naam = RegelField(
        label=_("Naam van je collega"),
        help_text=_("Zo weten wij hoe wij je collega noemen. Alleen jullie en de coördinatoren zien dit."),
        max_length=Gebruiker._meta.get_field("naam").max_length,
        widget=forms.TextInput({**_NODIG, "dir": "auto", "autocomplete": "off"}),
        error_messages={
            "required": _("Schrijf de naam van je collega."),
            "max_length": _("Maak de naam korter: hooguit %(limit_value)d tekens."),
            "line": _("Schrijf de naam op één regel."),
        },
    )
    email = MailField(
        label=_("E-mailadres van je collega"),
        help_text=_("Hiermee logt je collega in. Alleen jullie en de coördinatoren zien dit."),
        max_length=Gebruiker._meta.get_field("email").max_length,
        widget=forms.EmailInput({**_NODIG, "dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Schrijf het e-mailadres van je collega."),
            "invalid": _("Schrijf een e-mailadres met een @. Bijvoorbeeld: naam@voorbeeld.nl"),
            "max_length": _("Maak het e-mailadres korter: hooguit %(limit_value)d tekens."),
        },
    )
