"""What a coordinator fills in to judge a request. Every form knows which version of the request was on the screen."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisaties.choices import AfwijsReden, Uitkomst
from organisaties.models import Beheerder, Gebruiker, Organisatie
from organisaties.models.aanvragen import MAX_TEKST
from organisaties.validators import validate_no_controls, validate_one_line

_SUGGESTIONS: dict[str, Promise] = {
    AfwijsReden.GEEN_NIEUWKOMERS: _(
        "Bedankt voor je aanvraag. Ons netwerk is voor organisaties die werken voor of met mensen die nieuw zijn in "
        "Amsterdam. Dat lezen wij niet in je aanvraag. Daarom hebben wij nu geen plek voor jullie. Doen jullie dit "
        "wel? Vertel ons er meer over in een nieuwe aanvraag."
    ),
    AfwijsReden.NIET_AMSTERDAM: _(
        "Bedankt voor je aanvraag. Ons netwerk is voor organisaties in Amsterdam. Jullie werken in een andere plaats. "
        "Daarom hebben wij nu geen plek voor jullie. Beginnen jullie ook in Amsterdam? Dan horen wij het graag."
    ),
    AfwijsReden.DUBBEL: _(
        "Bedankt voor je aanvraag. Jullie organisatie staat al op onze website. Daarom maken wij geen tweede pagina. "
        "Wil jij de pagina bijwerken? Mail ons, dan regelen wij het samen."
    ),
    AfwijsReden.COMMERCIEEL: _(
        "Bedankt voor je aanvraag. Op onze website staan activiteiten voor nieuwkomers, geen producten en diensten "
        "die je verkoopt. Daarom hebben wij geen plek voor jullie."
    ),
    AfwijsReden.ONDUIDELIJK: _(
        "Bedankt voor je aanvraag. Wij weten nog te weinig van jullie om te beslissen. Daarom sluiten wij deze "
        "aanvraag. Wil je nog meedoen? Vertel in een nieuwe aanvraag wat jullie doen, waar en voor wie."
    ),
    AfwijsReden.ANDERS: _("Bedankt voor je aanvraag. Wij hebben nu geen plek voor jullie in het netwerk."),
}
"""A text to begin with, per reason. Spam gets no mail: that would tell the sender that somebody reads it."""

_GESPREK = _(
    "Leuk dat je met ons wilt samenwerken. Wij praten graag met je. Wanneer kun je, en op welk telefoonnummer bellen "
    "wij je?"
)


def suggested(reden: str, taal: str) -> str:
    """The text to begin a rejection with, in the language of the applicant; empty when there is none."""
    with translation.override(taal):
        return str(_SUGGESTIONS.get(reden, ""))


class TekstField(forms.CharField):
    """A longer text as it is stored: NFC, lines that end as they do everywhere else, no invisible controls."""

    default_validators = [validate_no_controls]

    def __init__(self, **kwargs: Any) -> None:
        box = forms.Textarea(attrs={"rows": 9, "class": "vLargeTextField", "dir": "auto"})
        super().__init__(**{"max_length": MAX_TEKST, "widget": box, **kwargs})

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


class VersieForm(forms.Form):
    """`versie` is that of the request on the screen, `gezien` the number of the last thing that stood there."""

    versie = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    gezien = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    @classmethod
    def begin(cls, taal: str, chosen: QueryDict) -> dict[str, Any]:
        """What the form holds when it opens, for an applicant with this language."""
        return {}

    @property
    def deed(self) -> dict[str, Any]:
        """What was filled in, as the arguments of the action."""
        return {name: value for name, value in self.cleaned_data.items() if name != "gezien"}


class VraagForm(VersieForm):
    tekst = TekstField(label=_("Je vraag"), help_text=_("De mail begint met een groet en eindigt met onze naam."))


class GesprekForm(VersieForm):
    tekst = TekstField(label=_("Je bericht"), help_text=_("De mail begint met een groet en eindigt met onze naam."))

    @classmethod
    def begin(cls, taal: str, chosen: QueryDict) -> dict[str, Any]:
        with translation.override(taal):
            return {"tekst": str(_GESPREK)}


class NotitieForm(VersieForm):
    tekst = TekstField(label=_("Notitie"), help_text=_("Alleen collega's lezen dit."))

    @property
    def deed(self) -> dict[str, Any]:
        """A note may always be added, whatever changed meanwhile."""
        return {"tekst": self.cleaned_data["tekst"]}


class UitkomstForm(VersieForm):
    uitkomst = forms.ChoiceField(label=_("Hoe liep het af?"), choices=Uitkomst.choices, widget=forms.RadioSelect)
    tekst = TekstField(label=_("Wat is er afgesproken?"), required=False, help_text=_("Alleen collega's lezen dit."))


class RedenForm(VersieForm):
    """The first half of a rejection: why. The text follows from it."""

    reden = forms.ChoiceField(label=_("Waarom?"), choices=AfwijsReden.choices, widget=forms.RadioSelect)


class AfwijsForm(VersieForm):
    reden = forms.ChoiceField(label=_("Waarom?"), choices=AfwijsReden.choices)
    tekst = TekstField(label=_("Wat schrijf je aan de aanvrager?"), required=False)

    @classmethod
    def begin(cls, taal: str, chosen: QueryDict) -> dict[str, Any]:
        reden = chosen.get("reden", "")
        return {"reden": reden, "tekst": suggested(reden, taal)}


def with_suggestion(data: QueryDict, taal: str) -> QueryDict:
    """The same form with the text of its reason. What somebody typed stays; the text of another reason goes."""
    changed = data.copy()
    text, new = data.get("tekst", "").replace("\r\n", "\n").strip(), suggested(data.get("reden", ""), taal)
    untouched = text in {"", *(suggested(reden, taal) for reden in AfwijsReden.values)}
    changed["tekst"] = new if untouched or not new else f"{text}\n\n{new}"
    return changed


class NieuweUitnodigingForm(forms.Form):
    """Which editor gets a new invitation. `na` is the one that was on the screen: pressing twice mails once."""

    beheerder = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    na = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)


class BeheerderForm(forms.ModelForm):
    """Let somebody edit an organisation. With an account or without: the invitation does the rest."""

    email = forms.EmailField(label=_("E-mailadres"), max_length=254, widget=forms.EmailInput(attrs={"dir": "ltr"}))
    naam = forms.CharField(
        label=_("Naam"), max_length=200, required=False, validators=[validate_no_controls, validate_one_line]
    )
    taal = forms.ChoiceField(label=_("Taal van de mail"), choices=settings.LANGUAGES)

    door: Gebruiker

    class Meta:
        model = Beheerder
        fields = ("organisatie",)

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].strip().lower()
        if email == self.door.email:
            raise ValidationError(_("Je kunt jezelf niet toevoegen. Vraag een collega."))
        if Gebruiker.objects.filter(email=email, is_active=False).exists():
            raise ValidationError(_("Het account van dit adres staat uit. Zet het weer aan, of vraag een ander adres."))
        return email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        organisatie: Organisatie | None = cleaned.get("organisatie")
        who = Beheerder.objects.filter(gebruiker__email=cleaned.get("email", ""), organisatie=organisatie)
        if organisatie and who.exists():
            self.add_error("email", _("Deze persoon is al beheerder van deze organisatie."))
        return cleaned
