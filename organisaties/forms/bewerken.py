"""Small forms with which editors change one part of their profile or of an activity, both languages side by side.

What was stored by somebody else meanwhile is never overwritten unseen: `stand` says how.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from organisaties.fields import LineField, ProseField, WebAddressField
from organisaties.forms.paren import MetParen, Vraag
from organisaties.forms.velden import Foutregels, MailField, RegelField, TelefoonField, WebField, typed
from organisaties.models import Activiteit, Locatie, Organisatie
from organisaties.models.vertalingen import TALEN

LANG = 4000
"""The longest story, in characters: some four pages."""


_WORDS = {
    "required": _("Vul dit in."),
    "max_length": _("Maak deze tekst korter: hooguit %(limit_value)d tekens."),
    "scheme": _("Schrijf een adres dat begint met https:// of met www."),
}
_WORDS_OF = {
    "email": _("Schrijf een e-mailadres met een @. Bijvoorbeeld: naam@voorbeeld.nl"),
    "website": _("Schrijf het adres van een website, of laat dit leeg. Bijvoorbeeld: www.voorbeeld.nl"),
}


def box_for(field: models.Field, **kwargs: Any) -> forms.Field:
    """The box for a field of a model: with our own widgets and words, and room for what may be stored."""
    box = _bare_box(field)
    box.error_messages |= _WORDS
    box.error_messages["invalid"] = _WORDS_OF.get(field.name, _("Schrijf hier een getal, of laat het leeg."))
    return box


def _bare_box(field: models.Field) -> forms.Field:
    classes = {models.EmailField: MailField, WebAddressField: WebField}
    attrs = {"class": "invoer", "dir": "auto"}
    if field.name == "telefoon":
        return field.formfield(form_class=TelefoonField, widget=forms.TextInput({**attrs, "type": "tel", "dir": "ltr"}))
    if kind := classes.get(type(field)):
        return field.formfield(form_class=kind, widget=kind.widget({**attrs, "dir": "ltr"}))
    if isinstance(field, ProseField):
        return field.formfield(max_length=LANG, widget=forms.Textarea({**attrs, "rows": 7}))
    if isinstance(field, LineField):
        rows = {"rows": 3} if field.max_length > 200 else None
        widget = forms.Textarea({**attrs, **rows}) if rows else forms.TextInput(attrs)
        return field.formfield(form_class=_Regel, widget=widget)
    if isinstance(field, (models.ManyToManyField, models.ForeignKey)):
        return _choice_box(field)
    if field.choices:
        return field.formfield(widget=forms.RadioSelect)
    if isinstance(field, models.DecimalField):
        return field.formfield(form_class=BedragField, widget=forms.TextInput({**attrs, "inputmode": "decimal"}))
    return field.formfield(widget=forms.TextInput({**attrs, "inputmode": "decimal"}))


def _choice_box(field: models.Field) -> forms.Field:
    wrong = _("Kies alleen uit de lijst.")
    messages = {"invalid_choice": wrong, "invalid_pk_value": wrong, "invalid_list": wrong}
    if isinstance(field, models.ManyToManyField):
        return field.formfield(widget=forms.CheckboxSelectMultiple, error_messages=messages)
    return field.formfield(widget=forms.RadioSelect, error_messages=messages, empty_label=_("Onbekend"))


class BedragField(forms.DecimalField):
    """An amount in euros as people write it, in either language: "2,50", "€ 2.50" and "2,-" too."""

    def to_python(self, value: Any) -> Decimal | None:
        text = str(value if value is not None else "").replace("\u00a0", " ").strip().removeprefix("€").strip()
        return super().to_python(re.sub(r",(-|–)?$", "", text).replace(",", "."))

    def prepare_value(self, value: Any) -> Any:
        return number_format(value, 2) if isinstance(value, Decimal) else value


class _Regel(RegelField):
    """One line, in a box that may show more of them."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value.replace("\n", " ") if isinstance(value, str) else value)


class Deel(Foutregels, MetParen):
    """One part of an entry: `vragen` are its questions in the order of the page."""

    kop: Any = ""
    uitleg: Any = ""
    icoon = "wijzig"
    vragen: tuple[str, ...] = ()
    legendas: dict[str, Any] = {}

    class Meta:
        formfield_callback = box_for

    def __init__(self, data: QueryDict | None = None, *, instance: Organisatie | Activiteit) -> None:
        super().__init__(typed_data(data) if data is not None else None, instance=instance)

    @property
    def vragen_lijst(self) -> Iterator[Vraag]:
        """The questions in the order of the page."""
        for name in self.vragen:
            if name in self.paren:
                yield self.paarvraag(name, self.legendas.get(name))
            else:
                yield Vraag([self[name]], _kind(self.fields[name]))


def typed_data(data: QueryDict) -> QueryDict:
    """What was typed, without what nobody can see."""
    kept = data.copy()
    for name, values in data.lists():
        kept.setlist(name, [typed(value) for value in values])
    return kept


def _kind(field: forms.Field) -> str:
    if isinstance(field, forms.ModelMultipleChoiceField):
        return "vinkjes"
    return "keuze" if isinstance(field.widget, forms.RadioSelect) else "vak"


def _deel(
    model: type[Organisatie | Activiteit], kop: Any, vragen: tuple[str, ...], *, uitleg: Any = "", icoon: str = "wijzig"
) -> type[Deel]:
    """A part of an entry: its heading, its questions in order, and what helps to answer them."""
    pairs = set(model.teksten())
    names = [f"{name}_{code}" if code else name for name in vragen for code in (TALEN if name in pairs else ("",))]
    meta = type("Meta", (Deel.Meta,), {"model": model, "fields": names})
    own = {"kop": kop, "uitleg": uitleg, "icoon": icoon, "vragen": vragen, "legendas": _LEGENDAS, "Meta": meta}
    return type(f"{model.__name__}Deel", (Deel,), own)


_KORT = _("Schrijf korte zinnen. Vertel alleen wat iemand moet weten om te komen.")
_PLEKKEN = _("Staat de plek er niet bij? Zet haar dan eerst bij jullie profiel.")
_LEGENDAS = {
    "naam": _("Naam van de activiteit"),
    "samenvatting": _("In één zin"),
    "omschrijving": _("Het verhaal"),
    "vrijwilligers": _("Over vrijwilligers"),
    "wanneer": _("Over de tijd"),
    "waar": _("Over de plek"),
    "kosten_uitleg": _("Over de kosten"),
    "stappen": _("Zo doe je mee: één stap per regel"),
    "taal_uitleg": _("Over de taal"),
    "ontvangst": _("Wie ontvangt je?"),
    "wachtlijst_uitleg": _("Over de wachtlijst"),
}

PROFIEL: dict[str, type[Deel]] = {
    "naam": _deel(Organisatie, _("Naam, en in één zin"), ("naam", "samenvatting"), uitleg=_KORT, icoon="gebouw"),
    "verhaal": _deel(Organisatie, _("Wie zijn jullie?"), ("omschrijving",), uitleg=_KORT, icoon="bericht"),
    "onderwerpen": _deel(
        Organisatie, _("Thema’s, voor wie, talen"), ("themas", "doelgroepen", "talen", "bereik"), icoon="lijst"
    ),
    "contact": _deel(
        Organisatie,
        _("Contact"),
        ("website", "email", "telefoon"),
        uitleg=_("Iedereen kan dit lezen. Gebruik een adres en nummer van de organisatie, niet van jezelf."),
        icoon="mail",
    ),
    "vrijwilligers": _deel(
        Organisatie, _("Vrijwilligers"), ("zoekt_vrijwilligers", "vrijwilligers"), icoon="vrijwilligerswerk"
    ),
}
"""The parts of a profile, by the word in their address."""

ACTIVITEIT: dict[str, type[Deel]] = {
    "tekst": _deel(
        Activiteit, _("Naam en tekst"), ("naam", "samenvatting", "omschrijving"), uitleg=_KORT, icoon="bericht"
    ),
    "wat": _deel(Activiteit, _("Thema en vorm"), ("thema", "andere_themas", "vorm"), icoon="lijst"),
    "tijd": _deel(Activiteit, _("Over de tijd"), ("wanneer",), icoon="klok"),
    "waar": _deel(Activiteit, _("Waar"), ("locatie", "waar"), uitleg=_PLEKKEN, icoon="plaats"),
    "kosten": _deel(Activiteit, _("Kosten"), ("kosten", "bedrag", "stadspas", "kosten_uitleg"), icoon="euro"),
    "meedoen": _deel(
        Activiteit,
        _("Papieren en meedoen"),
        ("papieren", "meedoen", "stappen", "wachtlijst", "wachtlijst_uitleg"),
        icoon="hand",
    ),
    "taal": _deel(Activiteit, _("Taal"), ("niveau", "taal_uitleg", "talen"), icoon="taal"),
    "wie": _deel(
        Activiteit,
        _("Voor wie, en wie ontvangt je"),
        ("doelgroepen", "leeftijd_van", "leeftijd_tot", "ontvangst", "kinderen", "toegang", "zoekt_vrijwilligers"),
        icoon="mensen",
    ),
}
"""The parts of an activity, by the word in their address; when it is has pages of its own."""


def open_deel(delen: dict[str, type[Deel]], naam: str, entry: Any, data: QueryDict | None = None) -> Deel:
    """The form of a part. An activity chooses only from the places of its own organisation."""
    form = delen[naam](data, instance=entry)
    if "locatie" in form.fields:
        form.fields["locatie"].queryset = Locatie.objects.filter(organisatie=entry.organisatie_id)
    return form


class NieuweActiviteitForm(Foutregels, forms.ModelForm):
    """What a new activity needs before it can be a draft."""

    class Meta:
        model = Activiteit
        fields = ("naam_nl", "thema")
        formfield_callback = box_for

    def __init__(self, data: QueryDict | None = None, *, instance: Activiteit) -> None:
        super().__init__(typed_data(data) if data is not None else None, instance=instance)
        self.fields["naam_nl"].label = _("Naam van de activiteit, in het Nederlands")
        self.fields["naam_nl"].error_messages["required"] = _("Schrijf hoe de activiteit heet.")
        self.fields["thema"].label = _("Waar gaat het over?")
        self.fields["thema"].empty_label = None
        self.fields["thema"].error_messages["required"] = _("Kies waar de activiteit over gaat.")
