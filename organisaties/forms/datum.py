"""A date in three boxes, a date on one line, and a clock: whatever way people write them (F5, F12)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, time
from functools import lru_cache
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from organisaties.validators import validate_date_in_range

_PIECES = re.compile(r"\d+|[^\W\d_]+")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.uh ]?(\d{2}))?(?:uur|u|h)?(am|pm)?")
_LONGEST = 60
"""More than this is no date and no hour."""


def _plain(text: str) -> str:
    """Small letters, and digits of any script as plain ones."""
    folded = unicodedata.normalize("NFKC", text[:_LONGEST]).casefold()
    return "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in folded).strip()


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Every name and short name of a month, in each language of the site."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            for names in (MONTHS, MONTHS_3):
                found |= {str(name).casefold().rstrip("."): number for number, name in names.items()}
    return found


@lru_cache(maxsize=1)
def _weekdays() -> tuple[str, ...]:
    names = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            names += [str(name).casefold() for name in WEEKDAYS.values()]
    return tuple(names)


def _month(text: str) -> int:
    """The number of a month by its number or the beginning of its name. Raises ValueError when it is none or two."""
    if text.isdigit():
        return int(text)
    if text in _months():
        return _months()[text]
    found = {number for name, number in _months().items() if len(text) > 2 and name.startswith(text)}
    if len(found) != 1:
        raise ValueError("no month")
    return found.pop()


def _year(text: str) -> int:
    if not text.isdigit() or len(text) not in (2, 4):
        raise ValueError("no year")
    return int(text) + (2000 if len(text) == 2 else 0)


def read_date(text: str) -> date:
    """The date on a line: "1 december 2026", "di 1 dec", "1-12-26", "2026-12-01". Without a year the first to come.

    Raises ValueError for what is no date.
    """
    words = _PIECES.findall(_plain(text))
    if words and not words[0].isdigit() and len(words[0]) > 1:
        is_weekday = any(name.startswith(words[0]) for name in _weekdays())
        words = words[1:] if is_weekday else [words[1], words[0], *words[2:]] if len(words) > 1 else words
    if len(words) == 3 and len(words[0]) == 4:
        words.reverse()
    if len(words) == 2:
        return _coming(int(words[0]), _month(words[1]))
    if len(words) != 3:
        raise ValueError("no date")
    return date(_year(words[2]), _month(words[1]), int(words[0]))


def _coming(day: int, month: int) -> date:
    today = timezone.localdate()
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)


class DatumVak(forms.MultiWidget):
    """Three boxes: the day and the year in digits, the month as a number or a word."""

    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        digits = {"class": "invoer", "inputmode": "numeric", "autocomplete": "off", "size": 4}
        month = {"class": "invoer", "autocomplete": "off", "size": 10}
        boxes = {"dag": digits, "maand": month, "jaar": digits}
        super().__init__({name: forms.TextInput(own) for name, own in boxes.items()}, attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for label, box in zip((_("Dag"), _("Maand"), _("Jaar")), context["widget"]["subwidgets"], strict=True):
            box["label"] = label
        return context

    def subwidgets(self, name: str, value: Any, attrs: dict[str, Any] | None = None) -> Iterator[dict[str, Any]]:
        """Each box by itself, so that a template can label it."""
        yield from self.get_context(name, value, attrs)["widget"]["subwidgets"]

    def decompress(self, value: date | None) -> list[Any]:
        return [value.day, value.month, value.year] if value else [None, None, None]


class DatumField(forms.Field):
    """A date in three boxes. What is wrong is said with the name of the question."""

    widget = DatumVak
    default_validators = [validate_date_in_range]
    default_error_messages = {
        "required": _("%(vraag)s Schrijf de dag, de maand en het jaar."),
        "part": _("%(vraag)s Schrijf de dag, de maand en het jaar, alle drie."),
        "month": _("%(vraag)s Schrijf de maand als getal of als woord. Bijvoorbeeld: 12 of december."),
        "year": _("%(vraag)s Schrijf het jaar met vier cijfers. Bijvoorbeeld: 2027."),
        "exists": _("%(vraag)s Deze dag bestaat niet. Kijk naar de dag en de maand."),
    }

    def _wrong(self, code: str) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[code], code=code, params={"vraag": self.label})

    def to_python(self, value: Any) -> date | None:
        parts = [_plain(str(part or "")).rstrip(".") for part in value or ()]
        if not any(parts):
            return None
        if not all(parts):
            raise self._wrong("part")
        try:
            month = _month(parts[1])
        except ValueError as error:
            raise self._wrong("month") from error
        try:
            year = _year(parts[2])
        except ValueError as error:
            raise self._wrong("year") from error
        try:
            return date(year, month, int(parts[0]))
        except (ValueError, OverflowError) as error:
            raise self._wrong("exists") from error

    def validate(self, value: Any) -> None:
        if value is None and self.required:
            raise self._wrong("required")


class DatumLijstField(forms.CharField):
    """A date on each line. Gives them in order, each once."""

    widget = forms.Textarea
    default_error_messages = {
        "line": _("Regel %(regel)d is geen datum. Schrijf een datum zoals: 1 december 2026"),
        "range": _("Regel %(regel)d: kies een dag die nog komt, voor het jaar 2200."),
        "many": _("Schrijf hooguit %(most)d data tegelijk."),
    }

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def clean(self, value: Any) -> list[date]:
        text = super().clean(value)
        lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
        if len(lines) > self.most:
            raise forms.ValidationError(self.error_messages["many"], code="many", params={"most": self.most})
        return sorted({self._date(number, line) for number, line in lines})

    def _date(self, number: int, line: str) -> date:
        try:
            found = read_date(line)
        except (ValueError, OverflowError) as error:
            raise forms.ValidationError(self.error_messages["line"], code="line", params={"regel": number}) from error
        if not timezone.localdate() <= found < date(2200, 1, 1):
            raise forms.ValidationError(self.error_messages["range"], code="range", params={"regel": number})
        return found


class TijdField(forms.CharField):
    """An hour: "10", "10:00", "10.30", "10u30", "1030", "7 pm". 24:00 is midnight."""

    default_error_messages = {"clock": _("%(vraag)s Schrijf een tijd zoals 10:00 of 14:30.")}

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"class": "invoer", "inputmode": "numeric", "autocomplete": "off", "size": 6, "dir": "ltr"}
        super().__init__(required=False, widget=forms.TextInput(attrs), **kwargs)

    def to_python(self, value: Any) -> time | None:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return read_clock(text)
        except ValueError as error:
            raise forms.ValidationError(
                self.error_messages["clock"], code="clock", params={"vraag": self.label}
            ) from error

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value


def read_clock(text: str) -> time:
    """The hour in a text. Raises ValueError for what is none."""
    plain = re.sub(r"\s*([:.])\s*", r"\1", _plain(text).replace("a.m", "am").replace("p.m", "pm").rstrip("."))
    joined = re.sub(r"\s+(?=uur|u|h|am|pm)|(?<=[uh])\s+", "", plain)
    match = _CLOCK.fullmatch(joined)
    if not match or len(text) > _LONGEST:
        raise ValueError("no hour")
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half:
        if not 1 <= hour <= 12:
            raise ValueError("no hour")
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(0 if (hour, minute) == (24, 0) else hour, minute)
