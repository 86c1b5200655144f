"""Two people at once: a form knows what its boxes held when it was opened, and overwrites nothing unseen (B6).

What only the other changed stays as the other stored it. Where both changed something, both versions are shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext

from organisaties.models.vertalingen import merk

VAN_MIJ, VAN_ANDER = "mij", "ander"


@dataclass(frozen=True, slots=True)
class Botsing:
    """What somebody else stored in a box while this form was open, in words."""

    naam: str
    staat_er: str


class MetStand(forms.ModelForm):
    """A form of a row. `stand` travels along hidden: of each box the mark of what it held."""

    stand = forms.CharField(widget=forms.HiddenInput, required=False)
    keuze_per_veld = False
    """Whether the page asks which version stays (`kies_<name>`); if not, storing once more keeps what was typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.botsingen: dict[str, Botsing] = {}
        self.data = self.data.copy()
        is_stored = self.instance.pk is not None
        names = [name for name in self.fields if is_stored and name in self._of_model()]
        self.nu = {name: _mark(self.initial.get(name)) for name in names}
        self.initial["stand"] = " ".join(f"{name}:{mark}" for name, mark in self.nu.items())

    def _of_model(self) -> set[str]:
        meta = self._meta.model._meta
        return {field.name for field in (*meta.concrete_fields, *meta.many_to_many)}

    def clean(self) -> dict[str, Any]:
        super().clean()
        opened = dict(pair.split(":", 1) for pair in self.cleaned_data.get("stand", "").split() if ":" in pair)
        asked = self.data.getlist("botst") if self.keuze_per_veld else ()
        for name in self.nu:
            if name in self.cleaned_data:
                self._merge(name, opened.get(name, self.nu[name]), is_asked=name in asked)
        if self.botsingen:
            self.data[self.add_prefix("stand")] = self.initial["stand"]
        return self.cleaned_data

    def _merge(self, name: str, opened: str, *, is_asked: bool) -> None:
        mine, now = _mark(self.cleaned_data[name]), self.nu[name]
        chosen = self.data.get(f"kies_{name}") if is_asked else None
        if mine == now or (opened == now and (chosen == VAN_MIJ or not is_asked)):
            return
        if (opened != now and mine == opened) or (opened == now and chosen == VAN_ANDER):
            self.cleaned_data[name] = self.initial.get(name)
            return
        self.botsingen[name] = Botsing(name, shown(self.fields[name], self.initial.get(name)))
        self.add_error(name, ValidationError(self._sentence(name), code="botsing"))

    def _sentence(self, name: str) -> str:
        words = {"vraag": str(self.fields[name].label).lower(), "tekst": self.botsingen[name].staat_er or "–"}
        if self.keuze_per_veld:
            return gettext("Iemand anders veranderde dit ook: %(vraag)s. Kies welke tekst blijft.") % words
        return gettext("Iemand anders bewaarde hier: %(tekst)s. Bewaar je nog eens, dan blijft wat jij typte.") % words


def _mark(value: Any) -> str:
    """The mark of what a box holds, however it is held: a text, a number, a row, rows, or nothing."""
    if isinstance(value, (list, tuple, models.QuerySet)):
        return merk(",".join(sorted(str(getattr(each, "pk", each)) for each in value)))
    if value is None or value == "":
        return merk("")
    return merk(str(getattr(value, "pk", value)))


def shown(field: forms.Field, value: Any) -> str:
    """What a box holds, in words: of a choice its label."""
    if (choices := getattr(field, "choices", None)) is None:
        return "" if value is None else str(value)
    values: Iterable[Any] = value if isinstance(value, (list, tuple, models.QuerySet)) else [value]
    wanted = {str(getattr(each, "pk", each)) for each in values}
    return ", ".join(str(label) for key, label in choices if str(key) in wanted)
