"""Texts in two languages in a form: side by side, each with what is known of its translation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisaties.choices import Vertaalstaat
from organisaties.forms.stand import MetStand
from organisaties.leesbaar import Advies, advies
from organisaties.models.vertalingen import TALEN, Tweetalig


@dataclass(frozen=True, slots=True)
class Vraag:
    """One question of a form: its boxes (two for a text in two languages), and how they are shown.

    Of a text in two languages `staten`, `adviezen` and `machine` (the tick that a machine made it) are by language.
    """

    velden: list[forms.BoundField]
    soort: str
    legenda: Any = ""
    staten: dict[str, Vertaalstaat | None] = field(default_factory=dict)
    adviezen: dict[str, list[Advies]] = field(default_factory=dict)
    machine: dict[str, forms.BoundField] = field(default_factory=dict)

    @property
    def veld(self) -> forms.BoundField:
        return self.velden[0]


class MetParen(MetStand):
    """A form of a row with texts in two languages; `paren` are the names of those that are in this form.

    Each of them has one tick that a machine made it, beside the text that is or may be so. A tick travels along as the
    boxes do: one that is as it was when the form was opened changes nothing. A small correction is one of the texts
    that changed; when none did, it says that those of this form are still right.
    """

    is_kleine_verbetering = forms.BooleanField(
        required=False,
        label=_("Dit is een kleine verbetering. De tekst in de andere taal klopt nog."),
    )

    def __init__(self, *args: Any, instance: Tweetalig, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.paren = [name for name in instance.teksten() if f"{name}_{TALEN[0]}" in self.fields]
        self.machines = {name: instance.machine_van(name) or "en" for name in self.paren}
        for name, made in self.machines.items():
            for code in TALEN:
                self.fields[f"{name}_{code}"].widget.attrs["lang"] = code
            self.fields[_tick(name, made)] = forms.BooleanField(
                required=False, label=_("Een computer heeft deze tekst vertaald. Niemand heeft hem nog nagelezen.")
            )
            self.initial[_tick(name, made)] = instance.machine_van(name) is not None
        self.remember(_tick(*pair) for pair in self.machines.items())
        if not self.paren:
            del self.fields["is_kleine_verbetering"]

    def paarvraag(self, name: str, legenda: Any = None) -> Vraag:
        """A text in both languages, as one question."""
        boxes = {code: self[f"{name}_{code}"] for code in TALEN}
        made = self.machines[name]
        return Vraag(
            list(boxes.values()),
            "paar",
            legenda or boxes[TALEN[0]].label,
            {code: self.instance.staat(name, code) for code in TALEN},
            {code: advies(box.value() or "", code) for code, box in boxes.items()},
            {made: self[_tick(name, made)]},
        )

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.paren or self.errors:
            return
        self.instance.ongezien = [
            name for name in self.paren if any(f"{name}_{code}" in self.ongezien for code in TALEN)
        ]
        if self.cleaned_data["is_kleine_verbetering"]:
            changed = [name for name in self.paren if self.instance.is_changed(name)]
            self.instance.kleine_verbeteringen = changed or self.paren
        for name, made in self.machines.items():
            said = made if self.cleaned_data[_tick(name, made)] else None
            if said != self.instance.machine_van(name):
                self.instance.zet_machine(name, said)


def _tick(name: str, code: str) -> str:
    return f"machine_{name}_{code}"
