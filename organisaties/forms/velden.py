"""Kinds of boxes, and how a form says what is wrong. What was typed is cleaned before it is checked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from organisaties.register import REGISTER
from organisaties.validators import without_controls

LOKVELD = "kleur_van_de_brug"
"""The name of a box that people do not see. No browser fills it in by itself: it is nobody's address or name."""

GEEN_MENSEN = _("Schrijf niets over mensen die bij jullie komen: geen namen, en niets over hun verblijf of gezondheid.")
NODIG = {"aria-required": "true"}
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)


def typed(value: str) -> str:
    """What somebody typed, as it can be checked and shown again: one kind of line ends, no invisible controls, NFC."""
    return unicodedata.normalize("NFC", without_controls(re.sub("\r\n?", "\n", value)))


def waarom(name: str, *more: Any) -> str:
    """Why a question is asked and who sees the answer, in the words of the register; then what else there is to say.

    `name` is that of its row in the register, such as "aanvraag.email".
    """
    sentences = (REGISTER[name].waarom, REGISTER[name].wie, *more)
    return format_lazy(" ".join(["{}"] * len(sentences)), *sentences)


class RegelField(forms.CharField):
    """One line: spaces around and between words do not matter, a line break is said back."""

    default_error_messages = {"line": _("Schrijf dit op één regel.")}

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if "\n" in text:
            raise forms.ValidationError(self.error_messages["line"], code="line")
        return " ".join(text.split())


class MailField(forms.EmailField):
    """An e-mail address: spaces are left out, and the domain is written small."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if "\n" in text:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        local, at, domain = "".join(text.split()).rpartition("@")
        return f"{local}{at}{domain.lower()}"


class WebVak(forms.URLInput):
    """A box for a web address. HTML allows only whole addresses in it: "www.voorbeeld.nl" stands in a box for text."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if value and not str(value).lower().startswith(("http://", "https://")):
            context["widget"]["type"] = "text"
        return context


class WebField(forms.URLField):
    """A web address: "www.voorbeeld.nl" gets https, and what is not http or https is said back."""

    widget = WebVak
    default_validators = [URLValidator(schemes=["http", "https"])]

    def to_python(self, value: Any) -> str:
        text = "".join(str(value or "").split())
        if _SCHEME.match(text) and not text.lower().startswith(("http:", "https:")):
            raise forms.ValidationError(self.error_messages["scheme"], code="scheme")
        return super().to_python(text)


class TelefoonField(RegelField):
    """A phone number as it was typed, with digits of any script; points, slashes and brackets do not matter."""

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFKC", super().to_python(value))
        plain = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in text)
        plain = re.sub(r"[‐-―−]", "-", re.sub(r"[./]", " ", plain.removeprefix("tel:")))
        if plain.startswith("("):
            plain = plain.replace("(", "", 1).replace(")", " ", 1)
        return " ".join(plain.split())


class Foutregels(forms.Form):
    """A form that lists its faults above itself, and lets the browser check nothing (F1, F3)."""

    use_required_attribute = False

    @property
    def foutregels(self) -> list[tuple[str, str]]:
        """The id of the first box of each field that is wrong, and what is wrong."""
        return [(first_box(field), field.errors[0]) for field in self if field.errors]

    @property
    def is_vuil(self) -> bool:
        """Whether it holds something that somebody typed and that is not stored: leaving the page would lose it."""
        return self.is_bound and self.has_changed()


def first_box(field: forms.BoundField) -> str:
    """The id of the box that a link to a question leads to: of several, the first."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.auto_id


class Bewaard(Foutregels):
    """A form that gives back what was typed, without what nobody can see."""

    ook_bewaard: tuple[str, ...] = ()
    """Names that are no field of the form, and come back too."""

    def __init__(self, data: MultiValueDict[str, str] | None = None) -> None:
        super().__init__(None if data is None else self._kept(data))

    def _kept(self, data: MultiValueDict[str, str]) -> QueryDict:
        kept = QueryDict(mutable=True)
        for name in (*self.base_fields, *self.ook_bewaard):
            if name in data:
                kept.setlist(name, [typed(value) for value in data.getlist(name)])
        return kept

    @property
    def paren(self) -> Iterator[tuple[str, str]]:
        """What was typed, as names and values that can go along hidden."""
        return ((name, value) for name, values in self.data.lists() for value in values)


class Openbaar(Bewaard):
    """A form that anybody can send, with a box that only programs fill in."""

    ook_bewaard = (LOKVELD,)

    @property
    def lokveld(self) -> str:
        return str(self.data.get(LOKVELD, ""))
