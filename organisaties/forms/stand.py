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
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.widgets import DateTimeBaseInput
from django.utils.text import capfirst
from django.utils.translation import gettext

from organisaties.models.vertalingen import merk

VAN_MIJ, VAN_ANDER = "mij", "ander"


@dataclass(frozen=True, slots=True)
class Botsing:
    """What somebody else stored in a box while this form was open, and what was typed here, in words.

    `veld` is what the box is called in the form that is sent.
    """

    veld: str
    vraag: str
    staat_er: str
    getypt: str
    gekozen: str = ""


class StandField(forms.CharField):
    """Travels along hidden, and is no answer: whatever it holds, nothing was changed by it."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class MetStand(forms.ModelForm):
    """A form of a row. `stand` travels along hidden: of each box the mark of what it held.

    What somebody else changed in the meantime is in `ongezien`. For each of the `botsingen` the page asks which version
    stays (`kies_<veld>`), and says so (`botst`). A row that is to go, but that somebody changed, says what it holds now
    and goes the next time.
    """

    stand = StandField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.botsingen: dict[str, Botsing] = {}
        self.ongezien: list[str] = []
        self.data = self.data.copy()
        self.nu: dict[str, str] = {}
        self.remember(name for name in self.fields if name in self._of_model())

    def remember(self, names: Iterable[str]) -> None:
        """Let the marks of what these boxes hold now travel along; of a row that is not stored yet there are none."""
        if self.instance.pk is not None:
            self.nu |= {name: _mark(self.initial.get(name)) for name in names}
        self.initial["stand"] = _pairs(self.nu)

    def _of_model(self) -> set[str]:
        meta = self._meta.model._meta
        return {field.name for field in (*meta.concrete_fields, *meta.many_to_many)}

    def clean(self) -> dict[str, Any]:
        super().clean()
        opened = self._opened()
        self.ongezien = [name for name, mark in self.nu.items() if opened.get(name, mark) != mark]
        if self.cleaned_data.get(DELETION_FIELD_NAME):
            self._check_seen(opened)
            return self.cleaned_data
        asked = self.data.getlist("botst")
        for name in self.nu:
            if name in self.cleaned_data:
                self._merge(name, opened.get(name, self.nu[name]), is_asked=self.add_prefix(name) in asked)
        if self.botsingen:
            # only what is shown of the other counts as seen
            seen = opened | {name: self.nu[name] for name in self.botsingen}
            self.data[self.add_prefix("stand")] = _pairs(seen)
        return self.cleaned_data

    @property
    def is_typed_in(self) -> bool:
        """Whether a box holds something else than when the form was opened; one with a fault does."""
        self.full_clean()
        opened, names = self._opened(), self.fields.keys() & self._of_model()
        return any(name in self.errors or _mark(self.cleaned_data[name]) != opened.get(name) for name in names)

    def _opened(self) -> dict[str, str]:
        """Of each box the mark of what it held when the form was opened."""
        return dict(pair.split(":", 1) for pair in self.cleaned_data.get("stand", "").split() if ":" in pair)

    def _check_seen(self, opened: dict[str, str]) -> None:
        """Keep a row that is to go when somebody changed it: that it goes as it is now, is asked first."""
        now = merk(_pairs(self.nu))
        if not self.ongezien or opened.get(DELETION_FIELD_NAME) == now:
            return
        words = {"naam": self.instance}
        sentences = [gettext("Iemand anders veranderde dit net: %(naam)s. Kijk wat er nu staat.") % words]
        for name in filter(self.fields.__contains__, self.ongezien):
            text = shown(self.fields[name], self.initial.get(name)) or gettext("niets")
            sentences.append(f"{capfirst(self.fields[name].label)}: {text}")
            self._leave(name)
        sentences.append(gettext("Wil je het toch verwijderen? Bewaar dan nog een keer."))
        self.data[self.add_prefix("stand")] = _pairs(opened | {DELETION_FIELD_NAME: now})
        del self.cleaned_data[DELETION_FIELD_NAME]
        self.add_error(None, [ValidationError(sentence, code="botsing") for sentence in sentences])

    def _merge(self, name: str, opened: str, *, is_asked: bool) -> None:
        mine, now = _mark(self.cleaned_data[name]), self.nu[name]
        if mine == now or (opened == now and not is_asked):
            return
        if mine == opened != now:
            self._leave(name)
            return
        chosen = self.data.get(f"kies_{self.add_prefix(name)}", "") if opened == now else ""
        self.botsingen[name] = botsing = self._botsing(name, chosen)
        if chosen == VAN_ANDER:
            self._leave(name)
        elif chosen != VAN_MIJ:
            words = {"vraag": botsing.vraag.lower()}
            sentence = gettext("Iemand anders veranderde dit ook: %(vraag)s. Kies welke tekst blijft.") % words
            self.add_error(name, ValidationError(sentence, code="botsing"))

    def _botsing(self, name: str, chosen: str) -> Botsing:
        field, typed = self.fields[name], self.cleaned_data[name]
        return Botsing(
            self.add_prefix(name), str(field.label), shown(field, self.initial.get(name)), shown(field, typed), chosen
        )

    def _leave(self, name: str) -> None:
        """A box keeps what somebody else stored: a form begins with the number of a row, and stores the row."""
        field, value = self.fields[name], self.initial.get(name)
        is_row = isinstance(field, forms.ModelChoiceField) and not isinstance(field, forms.ModelMultipleChoiceField)
        self.cleaned_data[name] = field.to_python(value) if is_row else value
        if name in self.changed_data:
            self.changed_data.remove(name)


def _pairs(marks: dict[str, str]) -> str:
    return " ".join(f"{name}:{mark}" for name, mark in marks.items())


def _mark(value: Any) -> str:
    """The mark of what a box holds, however it is held: a text, a number, a row, rows, or nothing."""
    if isinstance(value, (list, tuple, models.QuerySet)):
        return merk(",".join(sorted(str(getattr(each, "pk", each)) for each in value)))
    if value is None or value == "":
        return merk("")
    return merk(str(getattr(value, "pk", value)))


def shown(field: forms.Field, value: Any) -> str:
    """What a box holds, in words: of a choice its label, an hour or a date as the box writes it, "" of nothing."""
    if value is None or value == "":
        return ""
    if (choices := getattr(field, "choices", None)) is None:
        return str(field.widget.format_value(value) if isinstance(field.widget, DateTimeBaseInput) else value)
    values: Iterable[Any] = value if isinstance(value, (list, tuple, models.QuerySet)) else [value]
    wanted = {str(getattr(each, "pk", each)) for each in values}
    return ", ".join(str(label) for key, label in choices if str(key) in wanted)
