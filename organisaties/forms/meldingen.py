"""What a reader says that is not right, and what an editor answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from organisaties.choices import ONLY_OF_ACTIVITEIT, MeldingWat
from organisaties.forms.velden import GEEN_MENSEN, NODIG, Bewaard, MailField, Openbaar, waarom
from organisaties.models import Activiteit, Melding, Organisatie
from organisaties.models.meldingen import MAX_MELDING

_KIES = _("Kies wat er niet klopt.")


class MeldingForm(Openbaar):
    """One question; the rest may stay empty."""

    wat = forms.ChoiceField(
        label=_("Wat klopt er niet?"),
        choices=MeldingWat.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _KIES, "invalid_choice": _("Kies wat er niet klopt: iets van de lijst.")},
    )
    tekst = forms.CharField(
        label=_("Wil je iets uitleggen?"),
        required=False,
        max_length=MAX_MELDING,
        help_text=waarom(
            "melding.tekst",
            _("Het mag in jouw taal."),
            _("Schrijf niets over mensen: geen namen, en niets over hun verblijf of gezondheid."),
        ),
        widget=forms.Textarea({"class": "invoer", "dir": "auto", "rows": 4}),
        error_messages={
            "required": _("Schrijf wat er niet klopt."),
            "max_length": _("Maak je uitleg korter: hooguit %(limit_value)d tekens."),
        },
    )
    email = MailField(
        label=_("Jouw e-mailadres, als je antwoord wilt"),
        required=False,
        max_length=Melding._meta.get_field("email").max_length,
        help_text=waarom("melding.email", _("De organisatie krijgt het niet.")),
        widget=forms.EmailInput({"class": "invoer", "dir": "ltr", "autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "invalid": _("Schrijf een e-mailadres met een @, of laat dit leeg. Bijvoorbeeld: naam@voorbeeld.nl"),
            "max_length": _("Maak je e-mailadres korter: hooguit %(limit_value)d tekens."),
        },
    )

    def __init__(self, data: QueryDict | None = None, *, over: Activiteit | Organisatie) -> None:
        super().__init__(data)
        self.over = over
        if isinstance(over, Organisatie):
            self.fields["wat"].choices = [pair for pair in MeldingWat.choices if pair[0] not in ONLY_OF_ACTIVITEIT]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("wat") == MeldingWat.ANDERS and not cleaned.get("tekst", "-"):
            self.add_error("tekst", self.fields["tekst"].error_messages["required"])
        return cleaned

    def is_same_as(self, melding: Melding) -> bool:
        """Whether a stored report says just this; the address is gone when it is closed."""
        said, kept = self.cleaned_data, (melding.over, melding.wat, melding.tekst)
        is_same_address = not melding.is_open or melding.email == said["email"]
        return (self.over, said["wat"], said["tekst"]) == kept and is_same_address


class AntwoordForm(Bewaard):
    """What an editor writes back to a reader."""

    antwoord = forms.CharField(
        label=_("Schrijf een antwoord"),
        max_length=MAX_MELDING,
        help_text=GEEN_MENSEN,
        widget=forms.Textarea({"class": "invoer", "dir": "auto", "rows": 3, **NODIG}),
        error_messages={
            "required": _("Schrijf eerst je antwoord."),
            "max_length": _("Maak je antwoord korter: hooguit %(limit_value)d tekens."),
        },
    )

    def __init__(self, data: QueryDict | None = None, *, melding: Melding) -> None:
        super().__init__(data)
        self.auto_id = f"id_{melding.pk}_%s"  # there is one for each report on the page
