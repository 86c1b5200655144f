"""Calendars, read strictly and expanded by a second library, beside the dates of the site."""

from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import recurring_ical_events
from django.urls import reverse
from django.utils.translation import override
from icalendar import Calendar

from organisaties import agenda, herhaling
from organisaties.formats import ical
from organisaties.models import Activiteit, Moment

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://nieuwkomers.example"
EERSTE, LAATSTE = date(2026, 1, 1), date(2028, 12, 31)
"""Three years with every change of the clock in them."""


def adres(naam: str, *args: str, taal: str = "nl", query: str = "") -> str:
    """The address of a feed or a page in a language."""
    with override(taal):
        return reverse(naam, args=args) + query


def kalender_van(activiteit) -> bytes:
    (found,) = Activiteit.objects.with_cards().with_versie().filter(pk=activiteit.pk)
    return ical.write(ical.Kalender(naam="Activiteiten", bron=f"{SITE}/nl/a.ics", site=SITE), [found])


def voeding(data: bytes) -> ET.Element:
    """A news feed as a tree. Raises ParseError when it is no XML."""
    return ET.fromstring(data)  # noqa: S314 - we made it ourselves


def gebeurtenissen(data: bytes) -> list:
    return strikt(data).walk("VEVENT")


def strikt(data: bytes) -> Calendar:
    """The calendar, when nothing in it is wrong."""
    assert klachten(data) == []
    return Calendar.from_ical(data)


def klachten(data: bytes) -> list[str]:
    """What a strict reader has to say about a calendar."""
    *lines, last = data.split(b"\r\n")
    found = [f"long: {line!r}" for line in lines if len(line) > 75]
    found += [f"break: {line!r}" for line in lines if b"\n" in line or b"\r" in line]
    found += ["end"] * (last != b"")
    calendar = Calendar.from_ical(data)
    found += [str(error) for component in calendar.walk() for error in component.errors]
    required = {"VCALENDAR": {"PRODID", "VERSION"}, "VEVENT": {"UID", "DTSTAMP", "DTSTART"}}
    found += [f"missing: {m}" for c in calendar.walk() for m in required.get(c.name, set()) - set(c)]
    events = calendar.walk("VEVENT")
    keys = [(str(e["UID"]), e.get("RECURRENCE-ID") and e["RECURRENCE-ID"].dt) for e in events]
    found += [f"twice: {key}" for key in set(keys) if keys.count(key) > 1]
    for event in events:
        start, end, rule = event["DTSTART"].dt, event.get("DTEND"), event.get("RRULE", {})
        found += [f"ends before it starts: {event['UID']}"] * bool(end and end.dt <= start)
        found += ["UNTIL and COUNT"] * ({"UNTIL", "COUNT"} <= set(rule))
        kinds = {str(getattr(until, "tzinfo", "a day")) for until in rule.get("UNTIL", [])}
        found += ["UNTIL of another kind"] * bool(kinds - {"UTC" if isinstance(start, datetime) else "a day"})
    return found


# --- the same dates, twice


def van_de_site(moment: Moment) -> list[tuple]:
    found, first = [], EERSTE
    while first <= LAATSTE:
        last = min(first + timedelta(days=herhaling.MAX_DAYS), LAATSTE)
        found += agenda.keren(moment, first, last)
        first = last + timedelta(days=1)
    return sorted(_tuple(k.begin or k.datum, k.eind, k.is_cancelled) for k in found)


def uit_de_kalender(data: bytes) -> list[tuple]:
    query = recurring_ical_events.of(Calendar.from_ical(data))
    found = []
    for event in query.between(EERSTE, LAATSTE + timedelta(days=1)):
        start, end = event["DTSTART"].dt, event["DTEND"].dt
        is_known = isinstance(start, datetime) and end != start
        if (start.date() if isinstance(start, datetime) else start) >= EERSTE:  # not one that began the day before
            found.append(_tuple(start, end if is_known else None, event.get("STATUS") == "CANCELLED"))
    return sorted(found)


def _tuple(start: date | datetime, end: datetime | None, is_cancelled: bool) -> tuple[str, str, bool]:
    """Compared in UTC and read in Amsterdam: what is on the wall then is the same too."""
    return _text(start), _text(end) if end else "", is_cancelled


def _text(value: date | datetime) -> str:
    return value.astimezone(UTC).astimezone(AMSTERDAM).isoformat() if isinstance(value, datetime) else value.isoformat()


def gelijk(activiteit) -> list[tuple]:
    """The times of its only moment, when site and calendar agree on them."""
    data = kalender_van(activiteit)
    strikt(data)
    times = uit_de_kalender(data)
    assert times == van_de_site(activiteit.momenten.get())
    return times
