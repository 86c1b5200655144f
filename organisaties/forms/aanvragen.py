"""The form to join or to collaborate, and the box to answer a question. What was typed always comes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisaties.choices import AanvraagSoort
from organisaties.forms.velden import (
    GEEN_MENSEN,
    NODIG,
    Bewaard,
    MailField,
    Openbaar,
    RegelField,
    TelefoonField,
    WebField,
    first_box,
    waarom,
)
from organisaties.models import Aanvraag, Doelgroep, Stadsdeel, Thema
from organisaties.validators import validate_phone


def _longest(name: str) -> int:
    return Aanvraag._meta.get_field(name).max_length


def _text(name: str, field: type[forms.CharField] = RegelField, *, rows: int = 0, **options: Any) -> forms.CharField:
    """A box for a text: it holds as much as the database does, and has its own words for what is wrong."""
    attrs = {"class": "invoer", "dir": "auto", **options.pop("attrs", {})}
    widget: forms.Widget = forms.Textarea({**attrs, "rows": rows}) if rows else field.widget(attrs)
    return field(max_length=_longest(name), widget=widget, **options)


def _waarom(name: str, *more: Any) -> str:
    return waarom(f"aanvraag.{name}", *more)


def _choices(model: type[Thema | Doelgroep | Stadsdeel], **options: Any) -> forms.ModelMultipleChoiceField:
    wrong = _("Kies alleen uit de lijst.")
    return forms.ModelMultipleChoiceField(
        model.objects.all(),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": wrong, "invalid_pk_value": wrong, "invalid_list": wrong},
        **options,
    )


_LTR = {"dir": "ltr"}


@dataclass(frozen=True, slots=True)
class Rij:
    """A row of "check your answers": what was asked, what was answered, and where to change it."""

    naam: str
    vraag: str
    antwoord: str
    id: str
    is_ltr: bool


class AanvraagForm(Openbaar):
    """What the network needs to decide, and nothing more (P7). Each question about a person says why it is asked."""

    organisatie_naam = _text(
        "organisatie_naam",
        label=_("Naam van je organisatie"),
        help_text=_waarom("organisatie_naam"),
        attrs={"autocomplete": "organization", **NODIG},
        error_messages={
            "required": _("Schrijf de naam van je organisatie."),
            "max_length": _("Maak de naam van je organisatie korter: hooguit %(limit_value)d tekens."),
            "line": _("Schrijf de naam van je organisatie op één regel."),
        },
    )
    soort = forms.ChoiceField(
        label=_("Hoe wil je meedoen?"),
        choices=(
            (AanvraagSoort.LIDMAATSCHAP, _("Wij werken met nieuwkomers en willen bij het netwerk horen")),
            (AanvraagSoort.SAMENWERKING, _("Wij willen samenwerken, bijvoorbeeld met ruimte, kennis of geld")),
        ),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies hoe je wilt meedoen."),
            "invalid_choice": _("Kies hoe je wilt meedoen: een van de twee."),
        },
    )
    omschrijving = _text(
        "omschrijving",
        forms.CharField,
        rows=4,
        label=_("Wat doen jullie?"),
        help_text=_waarom("omschrijving", _("Schrijf twee of drie zinnen, zonder vaktaal."), GEEN_MENSEN),
        attrs=NODIG,
        error_messages={
            "required": _("Vertel wat jullie doen."),
            "max_length": _("Maak je tekst over jullie werk korter: hooguit %(limit_value)d tekens."),
        },
    )
    themas = _choices(Thema, label=_("Welke thema’s passen bij jullie?"), help_text=_("Kies er één of meer."))
    stadsdelen = _choices(Stadsdeel, label=_("Waar in de stad werken jullie?"), help_text=_("Kies er één of meer."))
    doelgroepen = _choices(
        Doelgroep, label=_("Voor wie?"), help_text=_("Is het voor iedereen? Dan hoef je niets te kiezen.")
    )
    werkwijze = _text(
        "werkwijze",
        forms.CharField,
        rows=4,
        required=False,
        label=_("Hoe werken jullie met nieuwkomers?"),
        help_text=_waarom("werkwijze", _("Wil je alleen samenwerken? Dan hoeft dit niet."), GEEN_MENSEN),
        error_messages={
            "required": _("Vertel hoe jullie met nieuwkomers werken."),
            "max_length": _("Maak je tekst over nieuwkomers korter: hooguit %(limit_value)d tekens."),
        },
    )
    website = _text(
        "website",
        WebField,
        assume_scheme="https",
        required=False,
        label=_("Website"),
        help_text=_waarom("website"),
        attrs={"autocomplete": "url", "inputmode": "url", **_LTR},
        error_messages={
            "invalid": _("Schrijf het adres van een website, of laat dit leeg. Bijvoorbeeld: www.voorbeeld.nl"),
            "scheme": _("Schrijf een adres dat begint met https:// of met www."),
            "max_length": _("Maak het adres van de website korter: hooguit %(limit_value)d tekens."),
        },
    )
    naam = _text(
        "naam",
        label=_("Jouw naam"),
        help_text=_waarom("naam"),
        attrs={"autocomplete": "name", **NODIG},
        error_messages={
            "required": _("Schrijf je naam."),
            "max_length": _("Maak je naam korter: hooguit %(limit_value)d tekens."),
            "line": _("Schrijf je naam op één regel."),
        },
    )
    email = _text(
        "email",
        MailField,
        label=_("Jouw e-mailadres van je werk"),
        help_text=_waarom("email", _("Het komt niet op de website.")),
        attrs={"autocomplete": "email", "inputmode": "email", **_LTR, **NODIG},
        error_messages={
            "required": _("Schrijf je e-mailadres."),
            "invalid": _("Schrijf een e-mailadres met een @. Bijvoorbeeld: naam@voorbeeld.nl"),
            "max_length": _("Maak je e-mailadres korter: hooguit %(limit_value)d tekens."),
        },
    )
    telefoon = _text(
        "telefoon",
        TelefoonField,
        required=False,
        label=_("Telefoon"),
        help_text=_waarom("telefoon"),
        validators=[validate_phone],
        attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel", **_LTR},
        error_messages={
            "max_length": _("Maak het telefoonnummer korter: hooguit %(limit_value)d tekens."),
            "line": _("Schrijf je telefoonnummer op één regel."),
        },
    )
    bericht = _text(
        "bericht",
        forms.CharField,
        rows=3,
        required=False,
        label=_("Wil je nog iets zeggen?"),
        help_text=_waarom("bericht", GEEN_MENSEN),
        error_messages={"max_length": _("Maak je bericht korter: hooguit %(limit_value)d tekens.")},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        asked = cleaned.get("soort") == AanvraagSoort.LIDMAATSCHAP and "werkwijze" in cleaned
        if asked and not cleaned["werkwijze"]:
            self.add_error("werkwijze", self.fields["werkwijze"].error_messages["required"])
        return cleaned

    @property
    def overzicht(self) -> Iterator[Rij]:
        """The answers of a valid form, in the order of the questions."""
        for field in self:
            answer = self.cleaned_data[field.name]
            if field.name == "soort":
                answer = dict(self.fields["soort"].choices)[answer]
            elif isinstance(self.fields[field.name], forms.ModelMultipleChoiceField):
                answer = ", ".join(str(term.naam) for term in answer)
            is_ltr = field.field.widget.attrs.get("dir") == "ltr"
            yield Rij(field.name, str(field.label), str(answer), first_box(field), is_ltr)

    def is_same_as(self, aanvraag: Aanvraag) -> bool:
        """Whether a stored request holds just these answers."""
        for name, value in self.cleaned_data.items():
            stored = getattr(aanvraag, name)
            if set(value) != set(stored.all()) if hasattr(stored, "all") else value != stored:
                return False
        return True


class AntwoordForm(Bewaard):
    """What an applicant writes back."""

    tekst = forms.CharField(
        label=_("Jouw antwoord"),
        max_length=_longest("bericht"),
        help_text=GEEN_MENSEN,
        widget=forms.Textarea({"class": "invoer", "dir": "auto", "rows": 5, **NODIG}),
        error_messages={
            "required": _("Schrijf eerst je antwoord."),
            "max_length": _("Maak je antwoord korter: hooguit %(limit_value)d tekens."),
        },
    )
