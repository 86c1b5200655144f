"""A place of an organisation: an address, one that stays off the website, or online."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from organisaties.choices import LocatieSoort
from organisaties.forms.bewerken import box_for, typed_data
from organisaties.forms.paren import MetParen, Vraag
from organisaties.forms.velden import Foutregels, RegelField
from organisaties.models import Locatie, Stadsdeel
from organisaties.plaatsen import postcode_in, postcodes, tidy_postcode
from organisaties.validators import validate_postcode

_SOORTEN = (
    (LocatieSoort.ADRES, _("Een adres dat iedereen mag weten")),
    (LocatieSoort.VERBORGEN, _("Een plek die niet op de website mag: mensen vragen het jullie")),
    (LocatieSoort.ONLINE, _("Online")),
)
_WORDS = {
    "soort": _("Wat voor plek is het?"),
    "naam": _("Naam van de plek"),
    "uitleg_nl": _("Hoe kom je er? (Nederlands)"),
    "uitleg_en": _("Hoe kom je er? (Engels)"),
}
_ADRES = ("straat", "postcode", "plaats")


class PostcodeField(RegelField):
    """A postcode, written as people do."""

    default_error_messages = dict.fromkeys(("invalid", "max_length"), validate_postcode.message)

    def to_python(self, value: Any) -> str:
        return tidy_postcode(super().to_python(value))


def _box(field: models.Field, **kwargs: Any) -> forms.Field:
    if field.name == "postcode":
        return field.formfield(form_class=PostcodeField, widget=forms.TextInput({"class": "invoer", "dir": "ltr"}))
    return box_for(field, **kwargs)


class PlekForm(Foutregels, MetParen):
    """A place. Its district follows from the postcode; a point on the map is for coordinators."""

    class Meta:
        model = Locatie
        fields = ("soort", "naam", *_ADRES, "uitleg_nl", "uitleg_en")
        formfield_callback = _box

    def __init__(self, data: QueryDict | None = None, *, instance: Locatie) -> None:
        super().__init__(typed_data(data) if data is not None else None, instance=instance)
        for name, words in _WORDS.items():
            self.fields[name].label = words
        self.fields["soort"].choices = _SOORTEN
        self.fields["soort"].error_messages["invalid_choice"] = _("Kies alleen uit de lijst.")

    @property
    def vragen_lijst(self) -> Iterator[Vraag]:
        """The questions in the order of the page."""
        yield Vraag([self["soort"]], "keuze")
        yield from (Vraag([self[name]], "vak") for name in ("naam", *_ADRES))
        yield self.paarvraag("uitleg", _("Hoe kom je er?"))

    def clean(self) -> dict[str, Any]:
        super().clean()
        address = {name: self.cleaned_data.get(name, "") for name in _ADRES}
        soort = self.cleaned_data.get("soort")
        if soort == LocatieSoort.ONLINE and (address["straat"] or address["postcode"]):
            self.add_error("soort", _("Online heeft geen adres. Maak straat en postcode leeg, of kies iets anders."))
        if soort == LocatieSoort.ADRES and not (address["straat"] or self.cleaned_data.get("naam") or self.errors):
            self.add_error("straat", _("Schrijf de straat en het nummer, of de naam van de plek."))
        self._set_district(address)
        return self.cleaned_data

    def _set_district(self, address: dict[str, str]) -> None:
        """Of another postcode the district is another; a point that somebody set was that of the former address."""
        place = self.instance
        if address["postcode"] != place.postcode:
            known = postcodes().get(postcode_in(address["postcode"]))
            place.stadsdeel = Stadsdeel.objects.filter(code=known[1]).first() if known else None
        if any(value != getattr(place, name) for name, value in address.items()):
            place.breedtegraad = place.lengtegraad = None
        if self.cleaned_data.get("soort") == LocatieSoort.ONLINE:
            place.stadsdeel = None
            place.breedtegraad = place.lengtegraad = None
