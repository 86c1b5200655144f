"""Days in an address: `?wanneer=weekend`, `?datum=28-11-2026`; and which days the site looks at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.dates import MONTHS, MONTHS_3
from django.utils.formats import date_format

from organisaties.choices import Periode

WEEKS_BACK, WEEKS_AHEAD = 4, 53

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_SPOKEN = re.compile(r"([0-9]{1,2})(?:[-/. ]+|$)([^\W_]+)[.]?(?:[-/. ]+([0-9]{4}))?")


@dataclass(frozen=True, slots=True)
class Wanneer:
    """The days that were chosen: how the address says it, how a reader does, and which days they are."""

    param: str
    waarde: str
    naam: str
    dagen: tuple[date, ...]


def lees_wanneer(wanneer: str, datum: str, today: date) -> Wanneer | None:
    """The days that an address asks for; a date counts more than a period. Nonsense is nothing."""
    if day := lees_datum(datum, today):
        return Wanneer("datum", datum, date_format(day, "l j F"), (day,))
    if wanneer in Periode.values:
        return Wanneer("wanneer", wanneer, str(Periode(wanneer).label), dagen_van(Periode(wanneer), today))
    return None


def dagen_van(periode: Periode, today: date) -> tuple[date, ...]:
    """The days of a period that are still to come: this week ends on Sunday, the weekend is Saturday and Sunday."""
    sunday = today + timedelta(days=6 - today.weekday())
    first = {Periode.VANDAAG: today, Periode.WEEK: today, Periode.WEEKEND: max(today, sunday - timedelta(days=1))}
    last = today if periode == Periode.VANDAAG else sunday
    return tuple(first[periode] + timedelta(days=n) for n in range((last - first[periode]).days + 1))


def lees_datum(text: str, today: date) -> date | None:
    """A date as people write it: "2026-11-28", "28-11-2026", "28-11", "28 november". Nothing when we have no such day.

    Without a year it is the next such day.
    """
    text = text.strip().lower()
    if match := _ISO.fullmatch(text):
        return within(_date(*match.groups()), today)
    if not (match := _SPOKEN.fullmatch(text)):
        return None
    day, month, year = match[1], _month(match[2]), match[3]
    years = [year] if year else [str(today.year), str(today.year + 1)]
    found = [found for year in years if (found := within(_date(year, month, day), today))]
    return next((day for day in found if year or day >= today), None)


def within(day: date | None, today: date) -> date | None:
    """The day itself when the site looks at its week, else nothing."""
    first = today - timedelta(days=today.weekday(), weeks=WEEKS_BACK)
    return day if day and first <= day < first + timedelta(weeks=WEEKS_BACK + WEEKS_AHEAD) else None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _month(text: str) -> str:
    """The number of a month by its name in the language of the page; what is no name stays as it is."""
    for names in (MONTHS, MONTHS_3):
        for number, name in names.items():
            if text.startswith(str(name).lower().rstrip(".")):
                return str(number)
    return text
