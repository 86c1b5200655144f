"""Activities as a calendar to subscribe to (RFC 5545 and 7986): each moment is one event that repeats by its own rule.

The dates are those of `organisaties.agenda`; a test expands both and compares. Where the two think differently:

- For the site `start_on` is the day from which a rule counts, for a calendar DTSTART is a date of it. So DTSTART is
  the first date of the rule.
- The last date of a rule is wall-clock time here and UTC in a calendar. It becomes the very last time that it is on.
- A date that is off or elsewhere is an event of its own with the RECURRENCE-ID of that date. A date in a pause is an
  EXDATE. A moved date that is no date of the rule cannot point at one, and becomes an event beside it.
- An hour that the clock skips in March is written as on the wall; RFC 5545 then means the hour after it, as we do.

The same facts give the same bytes, so whoever asks again hears that nothing changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone
from icalendar.prop import vDuration, vRecur

from organisaties import herhaling
from organisaties.choices import JaNee, UitzonderingSoort
from organisaties.formats.tekst import losstaand
from organisaties.models import Activiteit, Moment, Plek, Uitzondering

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
JAREN = 4
"""How many years ahead the dates of a long pause are left out one by one; asked again next year, they move on."""

VERVERS = "PT6H"
"""How long a calendar program may wait before it asks again."""

_ZONE = Timezone.from_ical(
    "BEGIN:VTIMEZONE\r\nTZID:Europe/Amsterdam\r\n"
    "BEGIN:DAYLIGHT\r\nDTSTART:19960331T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
    "TZNAME:CEST\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:DAYLIGHT\r\n"
    "BEGIN:STANDARD\r\nDTSTART:19961027T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
    "TZNAME:CET\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\n"
    "END:VTIMEZONE\r\n"
)
"""The clock of Amsterdam since the European Union agreed on the last Sundays of March and October."""

Uren = tuple[time | None, time | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kalender:
    """What a calendar says of itself: its name, where it comes from, on which site, and what one should know."""

    naam: str
    bron: str
    site: str
    uitleg: str = ""


def write(kalender: Kalender, activiteiten: Iterable[Activiteit]) -> bytes:
    """The calendar of activities, in the reader's language.

    Takes activities of `with_cards().with_versie()`. Of one that has stopped nothing is left: it goes from the agenda
    of whoever subscribed. There is no METHOD: RFC 5546 would then want an ORGANIZER to answer to.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{urlsplit(kalender.site).hostname}//Netwerk Nieuwkomers Amsterdam//NL")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    says = {("name", "x-wr-calname"): losstaand(kalender.naam), ("description", "x-wr-caldesc"): kalender.uitleg}
    for names, value in says.items():
        for name in names if value else ():  # as RFC 7986 calls it, and as programs did before that
            calendar.add(name, value)
    calendar.add("x-wr-timezone", AMSTERDAM.key)
    calendar.add("refresh-interval", vDuration.from_ical(VERVERS), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", VERVERS)
    calendar.add("source", kalender.bron, parameters={"VALUE": "URI"})
    calendar.add_component(_ZONE)
    for activiteit in activiteiten:
        for event in _events(activiteit, kalender.site):
            calendar.add_component(event)
    return calendar.to_ical()


def _events(activiteit: Activiteit, site: str) -> Iterator[Event]:
    if not activiteit.is_stopped:
        for moment in activiteit.momenten.all():
            yield from _Reeks(activiteit, moment, site).events()


@dataclass(frozen=True)
class _Reeks:
    """The events of one moment: the one that repeats, and those of the dates that are off or elsewhere."""

    activiteit: Activiteit
    moment: Moment
    site: str

    def events(self) -> Iterator[Event]:
        moment, afwijkend = self.moment, self.afwijkend
        uid = f"moment-{moment.pk}"
        if self.start and (moment.regel or self.start not in afwijkend):
            yield self._repeating(uid)
        for day, exception in sorted(afwijkend.items()):
            if self._is_shown(exception):
                yield self._instead(uid, day, exception)
        for exception in moment.uitzonderingen.all():
            is_moved = exception.soort == UitzonderingSoort.VERPLAATST
            if is_moved and self._is_shown(exception) and afwijkend.get(exception.datum_on) is not exception:
                yield self._instead(f"uitzondering-{exception.pk}", None, exception)

    @cached_property
    def start(self) -> date | None:
        """The first date that is shown: that of the rule, or the first after a pause of the activity."""
        return herhaling.first_date(self.moment.regel, self.moment.start_on, self.activiteit.pauze_tot)

    @cached_property
    def afwijkend(self) -> dict[date, Uitzondering]:
        """The dates of the rule that are not as usual, each with the exception that decides: the first one."""
        found: dict[date, Uitzondering] = {}
        horizon = date(timezone.localdate().year + JAREN, 12, 31)
        for exception in self.moment.uitzonderingen.all() if self.start else ():
            last = min(exception.tot_en_met_on, horizon) if exception.tot_en_met_on else exception.datum_on
            for day in self._dates(max(self.start, exception.datum_on), last):
                found.setdefault(day, exception)
        return found

    def _dates(self, first: date, last: date) -> Iterator[date]:
        while first <= last:
            end = min(last, first + timedelta(days=herhaling.MAX_DAYS))
            yield from herhaling.dates(self.moment.regel, self.moment.start_on, first, end)
            first = end + timedelta(days=1)

    def _is_shown(self, exception: Uitzondering) -> bool:
        """Whether an exception is to be seen in the agenda: as called off, or at its new time."""
        pauze_tot = self.activiteit.pauze_tot
        if exception.soort == UitzonderingSoort.VERPLAATST:
            return pauze_tot is None or exception.nieuw_on >= pauze_tot
        return exception.soort == UitzonderingSoort.OVERGESLAGEN

    # --- one event

    def _repeating(self, uid: str) -> Event:
        event = self._event(uid, self.start, (self.moment.begin, self.moment.eind))
        if self.moment.regel:
            event.add("rrule", self._rule())
            off = (day for day, exception in sorted(self.afwijkend.items()) if not self._is_shown(exception))
            if gone := [_at(day, self.moment.begin) for day in off]:
                event.add("exdate", gone)
        return event

    def _instead(self, uid: str, day: date | None, exception: Uitzondering) -> Event:
        """What a date became; without `day` it is no date of the rule, and stands by itself."""
        moment = self.moment
        if exception.soort == UitzonderingSoort.VERPLAATST:
            event = self._event(uid, exception.nieuw_on, exception.uren, exception)
        else:
            event = self._event(uid, day, (moment.begin, moment.eind), exception)
            event.add("status", "CANCELLED")
        if day and moment.regel:
            event.add("recurrence-id", _at(day, moment.begin))
        return event

    def _event(self, uid: str, day: date, hours: Uren, why: Uitzondering | None = None) -> Event:
        activiteit, (begin, eind) = self.activiteit, hours
        event = Event()
        event.add("uid", f"{uid}@{urlsplit(self.site).hostname}")
        event.add("sequence", activiteit.versie)
        event.add("dtstamp", activiteit.updated_at)
        event.add("last-modified", activiteit.updated_at)
        event.add("dtstart", _at(day, begin))
        if begin and eind and begin != eind:
            event.add("dtend", _at(day + timedelta(days=eind < begin), eind))
        if begin is None:
            event.add("transp", "TRANSPARENT")  # it is some time on this day, not the whole day
        event.add("summary", _summary(activiteit, why), parameters=_language(activiteit))
        event.add("description", self._description(begin, why))
        event.add("url", self.site + activiteit.get_absolute_url())
        event.add("categories", [activiteit.thema.naam])
        plek = self.moment.plek or activiteit.plek
        if where := _where(plek) or losstaand(activiteit.waar):
            event.add("location", where)
        if plek and plek.punt:
            event.add("geo", tuple(float(degrees) for degrees in plek.punt))
        return event

    def _description(self, begin: time | None, why: Uitzondering | None) -> str:
        hour = "" if begin else self.moment.tijd_in_woorden or _("Vraag hoe laat")
        now = [line for line in (*_reason(why), hour, _state(self.activiteit)) if line]
        return "\n\n".join(part for part in ("\n".join(now), *self._in_short) if part)

    @cached_property
    def _in_short(self) -> list[str]:
        """The activity in a few lines: what, what it takes, of whom, and where one reads more."""
        activiteit, organisatie = self.activiteit, self.activiteit.organisatie
        doorstep = (
            (_("Kosten"), activiteit.kosten, activiteit.kosten_in_woorden),
            (_("Meedoen"), activiteit.meedoen, activiteit.get_meedoen_display()),
            (_("Papieren"), activiteit.papieren, activiteit.get_papieren_display()),
            (_("Voor wie"), "", losstaand(activiteit.voor_wie)),
        )
        facts = [f"{label}: {words}" for label, value, words in doorstep if value != JaNee.ONBEKEND]
        if unknown := [label.lower() for label, value, _words in doorstep if value == JaNee.ONBEKEND]:
            facts.append(_("Onbekend: %(onbekend)s. Vraag het.") % {"onbekend": herhaling.enumeration(unknown)})
        contact = (losstaand(organisatie.naam), losstaand(organisatie.telefoon))
        return [
            losstaand(activiteit.samenvatting),
            "\n".join(facts),
            "\n".join(line for line in (*contact, self.site + activiteit.get_absolute_url()) if line),
        ]

    def _rule(self) -> vRecur:
        """The rule of the moment as a calendar reads it."""
        found, begin = herhaling.parts(self.moment.regel), self.moment.begin
        if found["FREQ"] in ("DAILY", "WEEKLY") and "BYDAY" in found:
            found["BYDAY"] = re.sub(r"[+-]?\d", "", found["BYDAY"])  # an ordinal says nothing here, and is not allowed
        # a count would begin anew at the end of a pause
        has_last = "UNTIL" in found or ("COUNT" in found and self.activiteit.pauze_tot is not None)
        kept = {name: value for name, value in found.items() if not (has_last and name in ("UNTIL", "COUNT"))}
        rule = vRecur.from_ical(";".join(f"{name}={value}" for name, value in kept.items()))
        if has_last:
            last = _at(self.moment.laatste_on, begin)
            rule["UNTIL"] = last.astimezone(UTC) if begin else last
        return rule


# --- small parts


def _at(day: date, clock: time | None) -> date | datetime:
    """A day, or an hour on the wall in Amsterdam on that day."""
    return day if clock is None else datetime.combine(day, clock, AMSTERDAM)


def _summary(activiteit: Activiteit, why: Uitzondering | None) -> str:
    naam = losstaand(activiteit.naam)
    if why and why.soort == UitzonderingSoort.OVERGESLAGEN:
        return _("Gaat niet door: %(naam)s") % {"naam": naam}
    return naam


def _language(activiteit: Activiteit) -> dict[str, str]:
    return {"LANGUAGE": activiteit.naam.taal} if activiteit.naam.is_fallback else {}


def _reason(why: Uitzondering | None) -> list[str]:
    if why is None:
        return []
    return [str(UitzonderingSoort(why.soort).label), losstaand(why.reden)]


def _state(activiteit: Activiteit) -> str:
    """What one should know today: it is full, or there is a pause."""
    if activiteit.is_paused:
        datum = date_format(activiteit.pauze_tot, "j F Y")
        return _("Nu is er pauze. Op %(datum)s begint het weer.") % {"datum": datum}
    if not activiteit.is_full:
        return ""
    has_list = activiteit.wachtlijst == JaNee.JA
    ask = _("Vraag of je op de wachtlijst kunt.") if has_list else _("Vraag wanneer er weer plek is.")
    return f"{_('Nu is het vol.')} {ask}"


def _where(plek: Plek | None) -> str:
    """The address on one line, as a map looks it up. Of a hidden place only that one may ask."""
    if plek is None:
        return ""
    city = f"{plek.postcode} {plek.plaats}".strip()
    address = ", ".join(word for word in (plek.naam, plek.straat, city) if word)
    return losstaand(address) or plek.kort
