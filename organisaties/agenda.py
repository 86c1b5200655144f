"""When activities take place: moments, their exceptions and holidays turned into dates.

Rules are in wall-clock time of Europe/Amsterdam, so ten o'clock stays ten o'clock when the clock changes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from organisaties import herhaling
from organisaties.choices import LISTED_STATUSES, UNKNOWN_LENGTH, Meedoen, UitzonderingSoort
from organisaties.feestdagen import feestdag
from organisaties.models import Activiteit, Moment, Plek, Uitzondering
from organisaties.models.momenten import MomentQuerySet

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
PER_DAY = 8
"""How many times a day of the week shows; the page of that day shows the rest."""

CANDIDATES = 60
"""How many moments one page of a day looks at. Not every one takes place: a rule may skip a week."""

SPARE = 4
"""Where only some times of a day show, how many moments are looked at for each."""

FEW = 1000
"""Of so many activities or fewer the moments are asked by their ids; of more they come up soon along the hours."""

_HORIZONS = (35, 366)


@dataclass(frozen=True, slots=True)
class Keer:
    """One time that an activity takes place, or that it is called off. `begin` and `eind` know their time zone."""

    moment: Moment
    datum: date
    begin: datetime | None = None
    eind: datetime | None = None
    uitzondering: Uitzondering | None = None

    @property
    def activiteit(self) -> Activiteit:
        return self.moment.activiteit

    @property
    def plek(self) -> Plek | None:
        return self.moment.plek or self.activiteit.plek

    @property
    def feestdag(self) -> str:
        return feestdag(self.datum)

    @property
    def gepland_on(self) -> date:
        """The date that its rule gives, from which it may have been moved."""
        return self.uitzondering.datum_on if self.uitzondering else self.datum

    @property
    def is_cancelled(self) -> bool:
        return bool(self.uitzondering) and self.uitzondering.soort == UitzonderingSoort.OVERGESLAGEN

    @property
    def is_moved(self) -> bool:
        return bool(self.uitzondering) and self.uitzondering.soort == UitzonderingSoort.VERPLAATST

    @property
    def sort_key(self) -> tuple[date, int, int]:
        minute = self.begin.hour * 60 + self.begin.minute if self.begin else self.moment.minuut
        return (self.datum, minute, self.moment.pk)

    @property
    def ends_at(self) -> datetime | None:
        """When it has ended, if its hours are known."""
        return self.eind or (self.begin and self.begin + timedelta(minutes=UNKNOWN_LENGTH))

    def is_over(self, now: datetime) -> bool:
        """Whether it has ended. Without an hour it lasts until the end of its day."""
        if (end := self.ends_at) is None:
            return self.datum < timezone.localdate(now, AMSTERDAM)
        return end <= now


@dataclass(frozen=True, slots=True)
class Dag:
    """A day of the agenda. `verder` is where the rest of a long day begins, or None when this is all."""

    datum: date
    keren: list[Keer]
    verder: int | None = None

    @property
    def feestdag(self) -> str:
        return feestdag(self.datum)


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether one can go there now, in words, and until when those words are right."""

    is_open: bool
    woorden: str
    tot: datetime


def keren(moment: Moment, first: date, last: date) -> list[Keer]:
    """Every time of a moment from `first` up to and including `last`, in order.

    Takes a moment with its activity; reads its exceptions. Skipped dates are given as called off, pauses leave no
    trace. Raises ValueError for more than `herhaling.MAX_DAYS` days.
    """
    exceptions = list(moment.uitzonderingen.all())
    start = max(first, moment.activiteit.pauze_tot or first)
    found = []
    for day in herhaling.dates(moment.regel, moment.start_on, first, last):
        exception = next((e for e in exceptions if e.covers(day)), None)
        if exception is None or exception.soort == UitzonderingSoort.OVERGESLAGEN:
            found.append(_keer(moment, day, (moment.begin, moment.eind), exception))
    moved = (e for e in exceptions if e.soort == UitzonderingSoort.VERPLAATST and first <= e.nieuw_on <= last)
    found += [_keer(moment, exception.nieuw_on, exception.uren, exception) for exception in moved]
    return sorted((keer for keer in found if keer.datum >= start), key=lambda keer: keer.sort_key)


def next_times(activiteit: Activiteit, count: int = 5) -> list[Keer]:
    """The next times of an activity from now on, at most `count`, within a year. Called-off ones count too."""
    return planned_times(activiteit, count) if activiteit.status in LISTED_STATUSES else []


def planned_times(activiteit: Activiteit, count: int) -> list[Keer]:
    """The next times as its editors see them: of a draft or a stopped activity too."""
    now = timezone.now()
    today = timezone.localdate(now, AMSTERDAM)
    found: list[Keer] = []
    for days in _HORIZONS:
        moments = _with_activity(activiteit)
        found = [k for m in moments for k in keren(m, today, today + timedelta(days=days)) if not k.is_over(now)]
        if len(found) >= count:
            break
    return sorted(found, key=lambda keer: keer.sort_key)[:count]


def plain_times(moments: Iterable[Moment], count: int = 5) -> list[Keer]:
    """The next times that moments give by themselves, without exceptions and whether they are stored or not."""
    today = timezone.localdate(timezone.now(), AMSTERDAM)
    found = []
    for moment in moments:
        first = max(today, moment.start_on)
        days = herhaling.dates(moment.regel, moment.start_on, first, first + timedelta(days=herhaling.MAX_DAYS))
        found += [_keer(moment, day, (moment.begin, moment.eind), None) for day in days[:count]]
    return sorted(found, key=lambda keer: (keer.datum, keer.moment.minuut))[:count]


def pauses(activiteit: Activiteit) -> list[Uitzondering]:
    """The pauses of an activity that are not over, each once however many moments have it."""
    today = timezone.localdate(timezone.now(), AMSTERDAM)
    found = (exception for moment in activiteit.momenten.all() for exception in moment.uitzonderingen.all())
    ahead = [e for e in found if e.soort == UitzonderingSoort.PAUZE and e.tot_en_met_on >= today]
    by_days = {(pause.datum_on, pause.tot_en_met_on, pause.reden): pause for pause in ahead}
    return sorted(by_days.values(), key=lambda pause: (pause.datum_on, pause.pk))


def times_today(activiteit: Activiteit, now: datetime) -> list[Keer]:
    """What is still to come or going on today. Reads the moments of the activity and their exceptions."""
    if activiteit.status not in LISTED_STATUSES:
        return []
    today = timezone.localdate(now, AMSTERDAM)
    found = (keer for moment in _with_activity(activiteit) for keer in keren(moment, today, today))
    return sorted((keer for keer in found if not keer.is_over(now)), key=lambda keer: keer.sort_key)


def opening(activiteit: Activiteit, times: list[Keer], now: datetime) -> Opening | None:
    """Open until five, closed until tomorrow at ten, or nothing when no time is known.

    Takes the next times of an activity and the moment it is. By appointment and unknown are no times: the activity
    itself says those in words.
    """
    keer = next((keer for keer in times if not keer.is_cancelled), None)
    if keer is None:
        return None
    walks_in = activiteit.meedoen == Meedoen.INLOOP
    days = (keer.datum - timezone.localdate(now, AMSTERDAM)).days
    if keer.begin and keer.begin <= now:
        open_now = _("Nu open") if walks_in else _("Nu bezig")
        until = _("%(nu)s, tot %(tijd)s") % {"nu": open_now, "tijd": _clock(keer.eind)} if keer.eind else open_now
        return Opening(True, until, keer.ends_at)
    words = _on_day(keer, days)
    if keer.begin is None:
        return Opening(days == 0, words, _midnight(now))
    if walks_in:
        words = _("Nu dicht. %(dag)s") % {"dag": words}
    return Opening(False, words, min(keer.begin, _midnight(now)))


def _on_day(keer: Keer, days: int) -> str:
    """The day and hour of a time to come: "Vandaag van 14:00 tot 16:00", "Morgen om 10:00", "Vrijdag in de avond"."""
    day = {0: _("Vandaag"), 1: _("Morgen")}.get(days)
    if day is None:
        day = date_format(keer.datum, "l" if days < 7 else "l j F").capitalize()
    if keer.begin is None:
        part = keer.moment.tijd_in_woorden
        return f"{day}, {part[:1].lower()}{part[1:]}" if part else day
    if keer.eind:
        return _("%(dag)s van %(begin)s tot %(eind)s") % {
            "dag": day,
            "begin": _clock(keer.begin),
            "eind": _clock(keer.eind),
        }
    return _("%(dag)s om %(begin)s") % {"dag": day, "begin": _clock(keer.begin)}


def _clock(moment: datetime) -> str:
    return time_format(moment.time(), "H:i")


def _midnight(now: datetime) -> datetime:
    return _at(timezone.localdate(now, AMSTERDAM) + timedelta(days=1), time())


def week(monday: date, only: Collection[int] | None = None) -> list[Dag]:
    """The days of a week from `monday`, each with its first times: of these activities (by id), or of all."""
    days = _days([monday + timedelta(days=n) for n in range(7)], only, most=PER_DAY * SPARE)
    return [_shortened(dag, PER_DAY) for dag in days]


def rest_of_week(days: int, per_day: int) -> list[Dag]:
    """What is still to come this week: the first `days` days that have something, with at most `per_day` times each."""
    now = timezone.now()
    today = timezone.localdate(now, AMSTERDAM)
    ahead = _days([today + timedelta(days=n) for n in range(7 - today.weekday())], most=per_day * SPARE, now=now)
    still = (replace(dag, keren=[keer for keer in dag.keren if not keer.is_over(now)]) for dag in ahead)
    return [_shortened(dag, per_day) for dag in still if dag.keren][:days]


def day(datum: date, only: Collection[int] | None = None, offset: int = 0) -> Dag:
    """One day, from the `offset`-th moment of these activities (or all) that may fall on it."""
    return next(_days([datum], only, most=CANDIDATES, offset=offset))


def _days(
    dates: list[date],
    only: Collection[int] | None = None,
    *,
    most: int,
    offset: int = 0,
    now: datetime | None = None,
) -> Iterator[Dag]:
    """Days, each with the times of at most so many moments. With `now`, the first day leaves out what is over."""
    base = Moment.objects.listed()
    if only is not None and len(only) <= FEW:
        base, only = base.of(only), None
    falling = {datum: base.on_day(datum) for datum in dates}
    if now:
        falling[dates[0]] = falling[dates[0]].not_over(now.astimezone(AMSTERDAM).time())
    ids = {datum: _first(rows, only, offset, most) for datum, rows in falling.items()}
    moved = base.moved_to(dates[0], dates[-1]) if offset == 0 else []
    moments = Moment.objects.with_rows().in_bulk({*moved, *(pk for day_ids in ids.values() for pk in day_ids)})
    for datum in dates:
        full = len(ids[datum]) == most
        wanted = (moments[pk] for pk in {*ids[datum], *moved} if pk in moments)
        found = _on(datum, (moment for moment in wanted if only is None or moment.activiteit_id in only))
        yield Dag(datum, found, offset + most if full else None)


def _first(rows: MomentQuerySet, only: Collection[int] | None, offset: int, most: int) -> list[int]:
    """The ids of the first moments after `offset`, of these activities or of all."""
    if only is None:
        return list(rows.values_list("pk", flat=True)[offset : offset + most])
    pairs = rows.values_list("pk", "activiteit").iterator(chunk_size=500)
    return list(islice((pk for pk, activiteit in pairs if activiteit in only), offset, offset + most))


def _on(datum: date, moments: Iterable[Moment]) -> list[Keer]:
    return sorted((k for m in moments for k in keren(m, datum, datum)), key=lambda keer: keer.sort_key)


def _shortened(dag: Dag, count: int) -> Dag:
    if len(dag.keren) <= count and dag.verder is None:
        return dag
    return replace(dag, keren=dag.keren[:count], verder=0)


def _with_activity(activiteit: Activiteit) -> Iterator[Moment]:
    for moment in activiteit.momenten.all():
        moment.activiteit = activiteit
        yield moment


def _keer(moment: Moment, day: date, hours: tuple[time | None, time | None], why: Uitzondering | None) -> Keer:
    begin, eind = hours
    if begin is None:
        return Keer(moment, day, uitzondering=why)
    last_day = day + timedelta(days=1) if eind and eind < begin else day
    return Keer(moment, day, _at(day, begin), _at(last_day, eind) if eind else None, why)


def _at(day: date, clock: time) -> datetime:
    # through UTC and back: an hour that the clock skips in March becomes the hour after it
    return datetime.combine(day, clock, AMSTERDAM).astimezone(UTC).astimezone(AMSTERDAM)
