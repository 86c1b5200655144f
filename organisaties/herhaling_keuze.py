"""How somebody says that it comes back, both ways: the choices of a form to a rule, and a rule to those choices."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from organisaties import herhaling
from organisaties.choices import Ritme

_KNOWN = {"FREQ", "INTERVAL", "BYDAY", "UNTIL", "WKST"}
_UNTIL = re.compile(r"(\d{4})(\d{2})(\d{2})(T\d{6}Z?)?")
_EVERY_DAY = tuple(range(7))


@dataclass(frozen=True, slots=True)
class Keuze:
    """What a form asks. `dagen` are weekdays from Monday 0, in order; `hoeveelste` is of the month, -1 the last."""

    ritme: str
    dagen: tuple[int, ...] = ()
    hoeveelste: int = 0
    tot: date | None = None


def to_rule(keuze: Keuze) -> str:
    """The rule that these choices mean; once is an empty rule."""
    if keuze.ritme == Ritme.LOS:
        return ""
    days = ",".join(herhaling.DAYS[day] for day in keuze.dagen)
    rule = {
        Ritme.WEEK: f"FREQ=WEEKLY;BYDAY={days}",
        Ritme.TWEE_WEKEN: f"FREQ=WEEKLY;INTERVAL=2;BYDAY={days}",
        Ritme.MAAND: f"FREQ=MONTHLY;BYDAY={keuze.hoeveelste}{days}",
    }[Ritme(keuze.ritme)]
    return f"{rule};UNTIL={keuze.tot:%Y%m%d}" if keuze.tot else rule


def from_rule(rule: str, start_on: date) -> Keuze | None:
    """The choices that mean this rule, or None when a form cannot show it: then it is kept as it is."""
    if not rule:
        return Keuze(Ritme.LOS)
    found = herhaling.parts(rule)
    if set(found) - _KNOWN or found.get("WKST", "MO") != "MO":
        return None
    try:
        until = _until(found.get("UNTIL", ""))
    except ValueError:
        return None
    kind = (found.get("FREQ"), found.get("INTERVAL", "1"))
    if kind == ("MONTHLY", "1"):
        return _monthly(found.get("BYDAY", ""), until)
    ritme = {("WEEKLY", "1"): Ritme.WEEK, ("DAILY", "1"): Ritme.WEEK, ("WEEKLY", "2"): Ritme.TWEE_WEKEN}.get(kind)
    days = _days(found.get("BYDAY"), _EVERY_DAY if kind[0] == "DAILY" else (start_on.weekday(),))
    return Keuze(ritme, days, tot=until) if ritme and days else None


def first_day(keuze: Keuze, start_on: date) -> date:
    """The day from which these choices count. Every other week begins with the first day that is asked for."""
    if keuze.ritme != Ritme.TWEE_WEKEN:
        return start_on
    weekly = to_rule(Keuze(Ritme.WEEK, keuze.dagen))
    return herhaling.first_date(weekly, start_on) or start_on


def _until(text: str) -> date | None:
    """The last day of a rule. Raises ValueError for what is no day."""
    if not text:
        return None
    if not (match := _UNTIL.fullmatch(text)):
        raise ValueError(text)
    return date(int(match[1]), int(match[2]), int(match[3]))


def _days(text: str | None, default: tuple[int, ...]) -> tuple[int, ...]:
    """Weekdays in order; none for days that have a number, such as 1TU."""
    if text is None:
        return default
    codes = text.split(",")
    return tuple(sorted({herhaling.DAYS.index(code) for code in codes})) if set(codes) <= set(herhaling.DAYS) else ()


def _monthly(text: str, until: date | None) -> Keuze | None:
    match = re.fullmatch(r"\+?(-?\d)([A-Z]{2})", text)
    if not match or int(match[1]) not in herhaling.ORDINALS or match[2] not in herhaling.DAYS:
        return None
    return Keuze(Ritme.MAAND, (herhaling.DAYS.index(match[2]),), int(match[1]), until)
