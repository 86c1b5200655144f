"""Rules that repeat: RFC 5545 recurrence rules in wall-clock time, checked, expanded and said in words.

A rule is the value of an RRULE line without its name, such as `FREQ=WEEKLY;BYDAY=TU`. The library expands; here
stands only what this site allows, so that no rule can take long.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice

from dateutil.rrule import rrule, rrulestr
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

MAX_DAYS = 400
"""The longest stretch of days that is expanded at once."""

MAX_COUNT = 1000
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PARTS = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "UNTIL", "COUNT", "WKST"}
_FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
_STEPS = {"DAILY": 1, "WEEKLY": 7}
"""Days between two turns of a rule, where that is always the same."""

_BYDAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBERS = {
    "BYMONTH": re.compile(r"0?[1-9]|1[0-2]"),
    "BYMONTHDAY": re.compile(r"[+-]?(0?[1-9]|[12][0-9]|3[01])"),
    "BYSETPOS": re.compile(r"[+-]?[1-5]"),
}
_MONTH_DAYS = dict(enumerate((31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), start=1))
ORDINALS = {
    1: gettext_lazy("de eerste"),
    2: gettext_lazy("de tweede"),
    3: gettext_lazy("de derde"),
    4: gettext_lazy("de vierde"),
    -1: gettext_lazy("de laatste"),
}


def parts(rule: str) -> dict[str, str]:
    """The parts of a rule by name: `{"FREQ": "WEEKLY", "BYDAY": "TU"}`. An empty rule has none."""
    return dict(part.split("=", 1) for part in rule.split(";") if "=" in part)


def validate_rule(rule: str) -> None:
    """Refuse a rule that this site cannot expand within bounds, with a sentence that says what to change."""
    if rule and (problem := _problem(rule)):
        raise ValidationError(problem, code="rule")


def _problem(rule: str) -> str:
    found = parts(rule)
    if len(found) != rule.count(";") + 1 or set(found) - _PARTS:
        return _("Deze herhaling kent de website niet. Gebruik een regel zoals FREQ=WEEKLY;BYDAY=TU")
    if found.get("FREQ") not in _FREQUENCIES:
        return _("Kies hoe vaak: FREQ=DAILY, WEEKLY, MONTHLY of YEARLY.")
    if found["FREQ"] in ("DAILY", "WEEKLY") and {"BYMONTH", "BYMONTHDAY", "BYSETPOS"} & set(found):
        return _("BYMONTH, BYMONTHDAY en BYSETPOS kunnen alleen bij FREQ=MONTHLY of YEARLY.")
    if not all(_BYDAY.fullmatch(day) for day in found.get("BYDAY", "MO").split(",")):
        return _("Schrijf dagen als MO, TU, WE, TH, FR, SA of SU, met een komma ertussen.")
    if not _is_number(found.get("INTERVAL", "1"), 99) or not _is_number(found.get("COUNT", "1"), MAX_COUNT):
        return _("INTERVAL is een getal van 1 tot 99, COUNT een getal van 1 tot 1000.")
    if not _can_happen(found):
        return _("Deze herhaling heeft geen enkele datum. Kijk naar de dag en de maand.")
    try:
        _check_numbers(found)
        _expander(rule, datetime(2024, 1, 1))
    except (ValueError, KeyError, TypeError):
        return _("Deze herhaling klopt niet. Gebruik een regel zoals FREQ=WEEKLY;BYDAY=TU")
    return ""


def _can_happen(found: dict[str, str]) -> bool:
    """Whether the days exist in the months: the library would look for the 30th of February until the year 9999."""
    numbers = {name: re.findall(r"\d+", found.get(name, "")) for name in ("BYMONTH", "BYMONTHDAY", "BYSETPOS")}
    longest = max((_MONTH_DAYS.get(int(month), 0) for month in numbers["BYMONTH"]), default=31)
    fits = not numbers["BYMONTHDAY"] or any(int(day) <= longest for day in numbers["BYMONTHDAY"])
    return longest > 0 and fits and all(int(position) <= 5 for position in numbers["BYSETPOS"])


def _check_numbers(found: dict[str, str]) -> None:
    """Raise ValueError for a number that RFC 5545 does not know: a calendar that gets it may refuse the rule."""
    for name, pattern in _NUMBERS.items():
        if not all(pattern.fullmatch(number) for number in found.get(name, "1").split(",")):
            raise ValueError(name)
    if "BYSETPOS" in found and not {"BYDAY", "BYMONTHDAY", "BYMONTH"} & set(found):
        raise ValueError("BYSETPOS of what?")


def _is_number(text: str, limit: int) -> bool:
    return text.isascii() and text.isdigit() and 1 <= int(text) <= limit


@lru_cache(maxsize=4096)
def _expander(rule: str, start: datetime) -> rrule:
    # UNTIL is wall-clock time here; a rule from another calendar may carry a Z, and then means the same day
    return rrulestr(re.sub(r"(UNTIL=\d{8}T\d{6})Z", r"\1", rule), dtstart=start, ignoretz=True)


def dates(rule: str, start_on: date, first: date, last: date) -> list[date]:
    """The dates on which a rule takes place.

    Takes the rule ("" is once), the date it starts on, and the first and last date to look at (both count).
    Gives the dates in order. Raises ValueError for a stretch of more than `MAX_DAYS` days.
    """
    if (last - first).days > MAX_DAYS:
        raise ValueError(f"at most {MAX_DAYS} days at once")
    if last < start_on:
        return []
    if not rule:
        return [start_on] if first <= start_on <= last else []
    start = datetime.combine(_nearer(rule, start_on, first), time())
    found = _expander(rule, start).between(datetime.combine(first, time()), datetime.combine(last, time()), inc=True)
    return [moment.date() for moment in found]


def _nearer(rule: str, start_on: date, first: date) -> date:
    """A start just before `first` from which a rule falls on the same days; the library counts on from its start.

    It also lets rules that began on different days share one expander.
    """
    found = parts(rule)
    if first <= start_on or "COUNT" in found or found["FREQ"] not in _STEPS:
        return start_on
    step = _STEPS[found["FREQ"]] * int(found.get("INTERVAL", 1))
    return start_on + timedelta(days=(first - start_on).days // step * step)


def first_date(rule: str, start_on: date, since: date | None = None) -> date | None:
    """The first date of a rule, or the first from `since` on. None when it has none (any more)."""
    first = max(start_on, since or start_on)
    if not rule:
        return start_on if first == start_on else None
    start = datetime.combine(_nearer(rule, start_on, first), time())
    found = _expander(rule, start).after(datetime.combine(first, time()), inc=True)
    return found.date() if found else None


def last_date(rule: str, start_on: date) -> date | None:
    """The last date of a rule, or None when it has no end. Raises ValidationError when it has no date at all."""
    if not rule:
        return start_on
    expander = _expander(rule, datetime.combine(start_on, time()))
    if next(iter(expander), None) is None:
        raise ValidationError(_("Deze herhaling heeft geen enkele datum. Kijk naar de dag en de maand."), code="rule")
    if not {"UNTIL", "COUNT"} & set(parts(rule)):
        return None
    return list(islice(expander, 12 * MAX_COUNT))[-1].date()


def weekday_mask(rule: str, start_on: date) -> int:
    """The weekdays on which a rule can fall, as bits: Monday 1, Tuesday 2 ... Sunday 64.

    A bit that is set means "perhaps", a bit that is not set means "never": it narrows a search, the expansion decides.
    """
    found = parts(rule)
    if days := found.get("BYDAY"):
        return sum({1 << DAYS.index(day[-2:]) for day in days.split(",")})
    if not rule or found["FREQ"] == "WEEKLY":
        return 1 << start_on.weekday()
    return 127


@lru_cache(maxsize=4096)
def is_regular(rule: str) -> bool:
    """Whether a rule falls on every day that `weekday_mask` and its first and last date allow: nothing to expand."""
    found = parts(rule)
    return not rule or (found["FREQ"] in _STEPS and found.get("INTERVAL", "1") == "1")


def in_words(rule: str, start_on: date) -> str:
    """A rule in the reader's language: "Elke dinsdag". A rule without plain words gives "Op wisselende dagen"."""
    if not rule:
        return date_format(start_on, "l j F Y").capitalize()
    found = parts(rule)
    days = found.get("BYDAY") or DAYS[start_on.weekday()]
    interval = int(found.get("INTERVAL", 1))
    if {"BYMONTH", "BYSETPOS"} & set(found):
        return _("Op wisselende dagen")
    if found["FREQ"] == "DAILY":
        return _("Elke dag") if interval == 1 else _("Op wisselende dagen")
    if found["FREQ"] == "WEEKLY":
        return _weekly(days, interval)
    if found["FREQ"] == "MONTHLY" and interval == 1:
        return _monthly(found, start_on)
    return _("Op wisselende dagen")


def _weekly(days: str, interval: int) -> str:
    codes = [day[-2:] for day in days.split(",")]
    if interval == 1 and len(set(codes)) == 7:
        return _("Elke dag")
    numbers = sorted({DAYS.index(code) for code in codes})
    if interval == 1 and len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return _("Van %(eerste)s tot en met %(laatste)s") % {
            "eerste": WEEKDAYS[numbers[0]],
            "laatste": WEEKDAYS[numbers[-1]],
        }
    names = enumeration([str(WEEKDAYS[number]) for number in numbers])
    if interval == 1:
        return _("Elke %(dagen)s") % {"dagen": names}
    if interval == 2:
        return _("Om de week op %(dagen)s") % {"dagen": names}
    return _("Elke %(aantal)s weken op %(dagen)s") % {"aantal": interval, "dagen": names}


def _monthly(found: dict[str, str], start_on: date) -> str:
    match = re.fullmatch(r"([+-]?\d)([A-Z]{2})", found.get("BYDAY", ""))
    if match and int(match[1]) in ORDINALS:
        day = WEEKDAYS[DAYS.index(match[2])]
        return _("Elke maand op %(hoeveelste)s %(dag)s") % {
            "hoeveelste": ORDINALS[int(match[1])],
            "dag": day,
        }
    number = found.get("BYMONTHDAY", str(start_on.day))
    if "BYDAY" not in found and number.isdigit():
        return _("Elke maand op dag %(dag)s") % {"dag": number}
    return _("Op wisselende dagen")


def with_hours(days: str, hours: list[str]) -> str:
    """Days with their hours, which may be empty: "Elke dinsdag, 10:00 – 12:00 en in de avond"."""
    known = [text[:1].lower() + text[1:] for text in hours if text]
    return f"{days}, {enumeration(known)}" if known else days


def enumeration(words: list[str]) -> str:
    """Words as one phrase in the reader's language: "maandag, dinsdag en vrijdag"."""
    if len(words) < 2:
        return "".join(words)
    return pgettext("opsomming", "%(eerste)s en %(laatste)s") % {
        "eerste": ", ".join(words[:-1]),
        "laatste": words[-1],
    }
