"""Days in an address, the days that the list knows as sets, and what is open now."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from organisaties import agenda, herhaling
from organisaties.choices import ActiviteitStatus, Meedoen, Periode, Planning, Soort
from organisaties.models import Activiteit
from organisaties.views.wanneer import dagen_van, lees_datum, lees_wanneer
from organisaties.zoeken import lijst, zoek
from organisaties.zoeken.dagen import op_dagen
from tests import factories
from tests.conftest import NU, stille_klok
from tests.test_herhaling import ends, rules

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 11, 24)


def days(*numbers: int) -> tuple[date, ...]:
    return tuple(date(2026, 11, number) for number in numbers)


@pytest.mark.parametrize(
    ("periode", "today", "expected"),
    [
        (Periode.VANDAAG, 24, days(24)),
        (Periode.WEEK, 24, days(24, 25, 26, 27, 28, 29)),
        (Periode.WEEK, 29, days(29)),
        (Periode.WEEKEND, 24, days(28, 29)),
        (Periode.WEEKEND, 28, days(28, 29)),
        (Periode.WEEKEND, 29, days(29)),
    ],
)
def test_days_of_a_period(periode, today, expected):
    assert dagen_van(periode, date(2026, 11, today)) == expected


@pytest.mark.parametrize(
    "text", ["2026-12-05", "5-12-2026", "05/12/2026", "5.12.2026", "5 december", "5 dec 2026", "5-12", " 5 DECEMBER "]
)
def test_a_date_is_read_as_people_write_it(text):
    assert lees_datum(text, TUESDAY) == date(2026, 12, 5)


def test_a_date_without_a_year_is_the_next_one():
    assert lees_datum("5 januari", TUESDAY) == date(2027, 1, 5)
    with override("en"):
        assert lees_datum("5 January", TUESDAY) == date(2027, 1, 5)


NONSENSE = ["", "x", "0000-01-01", "10000-01-01", "9999-12-31", "2026-02-30", "31-11-2026", "2020-01-01", "5 foo"]


@pytest.mark.parametrize("text", NONSENSE)
def test_nonsense_is_no_date(text):
    assert lees_datum(text, TUESDAY) is None


def test_a_date_counts_more_than_a_period():
    assert lees_wanneer("week", "2026-12-05", TUESDAY).dagen == (date(2026, 12, 5),)
    assert lees_wanneer("week", "x", TUESDAY).waarde == "week"
    assert lees_wanneer("altijd", "", TUESDAY) is None


# --- the sets of days and the agenda say the same


def _one_by_one(day: date) -> set[int]:
    activiteiten = Activiteit.objects.listed().prefetch_related("momenten__uitzonderingen")
    return {a.pk for a in activiteiten for k in _times(a, day) if not k.is_cancelled}


def _times(activiteit: Activiteit, day: date) -> list[agenda.Keer]:
    moments = activiteit.momenten.all()
    for moment in moments:
        moment.activiteit = activiteit
    return [keer for moment in moments for keer in agenda.keren(moment, day, day)]


def _as_set(day: date) -> set[int]:
    return set(op_dagen(lijst(Soort.ACTIVITEIT), [day], vandaag=date(2000, 1, 1), na=time()))


def test_days_as_sets_are_those_of_the_agenda(wereld):
    for number in range(30):
        day = TUESDAY + timedelta(days=number)
        assert (day, _as_set(day)) == (day, _one_by_one(day))


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_rule_falls_on_the_same_days_as_a_set(db, data):
    regel, start_on = data.draw(rules), data.draw(st.dates(date(2024, 1, 1), date(2027, 1, 1)))
    regel += data.draw(ends) if regel else ""
    moment = factories.moment(regel="", start_on=start_on)
    try:
        herhaling.last_date(regel, start_on)
    except ValidationError:
        reject()
    moment.regel = regel
    moment.save()
    first = max(start_on, TUESDAY)
    for day in (first + timedelta(days=number) for number in (0, 1, 2, 6, 7, 14, 28, 31, 61)):
        assert (day, _as_set(day)) == (day, _one_by_one(day))
    moment.activiteit.delete()


def test_today_leaves_out_what_is_over(klok):
    over = factories.moment(begin=time(8), eind=time(9, 30))
    still = factories.moment(begin=time(9), eind=time(11))
    later = factories.moment(begin=time(20), eind=None)
    assert {over.weekdagen, still.weekdagen, later.weekdagen} == {2}
    found = zoek(lijst(Soort.ACTIVITEIT), dagen=[TUESDAY]).bits
    assert set(found) == {still.activiteit_id, later.activiteit_id}


# --- open, closed, by appointment, unknown


def _opening(activiteit: Activiteit, now: datetime) -> agenda.Opening | None:
    with stille_klok(now):
        return agenda.opening(activiteit, agenda.next_times(activiteit), now)


@pytest.mark.parametrize(
    ("hour", "is_open", "words", "until"),
    [
        (8, False, "Nu dicht. Vandaag van 10:00 tot 17:00", 9),
        (10, True, "Nu open, tot 17:00", 16),
        (17, False, "Nu dicht. Morgen van 10:00 tot 17:00", 23),
    ],
)
def test_a_drop_in_is_open_or_closed(hour, is_open, words, until):
    moment = factories.moment(
        activiteit=factories.activiteit(meedoen=Meedoen.INLOOP),
        regel="FREQ=WEEKLY;BYDAY=TU,WE",
        begin=time(10),
        eind=time(17),
    )
    found = _opening(moment.activiteit, datetime(2026, 11, 24, hour, tzinfo=UTC))
    assert (found.is_open, found.woorden, found.tot) == (is_open, words, datetime(2026, 11, 24, until, tzinfo=UTC))


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ({"begin": time(14), "eind": None}, "Vandaag om 14:00"),
        ({"begin": time(9), "eind": time(11)}, "Nu bezig, tot 11:00"),
        ({"begin": None, "eind": None, "dagdeel": "avond"}, "Vandaag, in de avond"),
        ({"begin": None, "eind": None}, "Vandaag"),
        ({"begin": time(8), "eind": time(9)}, "Dinsdag 1 december van 08:00 tot 09:00"),
        ({"begin": time(14), "eind": time(15), "regel": "FREQ=WEEKLY;BYDAY=FR"}, "Vrijdag van 14:00 tot 15:00"),
    ],
)
def test_a_course_says_when_it_is_next(moment, words):
    activiteit = factories.activiteit(meedoen=Meedoen.AANMELDEN)
    factories.moment(activiteit=activiteit, **moment)
    assert _opening(activiteit, NU).woorden == words


@pytest.mark.parametrize("planning", [Planning.AFSPRAAK, Planning.ONBEKEND])
def test_by_appointment_and_unknown_are_not_closed(planning):
    activiteit = factories.activiteit(planning=planning, wanneer_nl="", wanneer_en="")
    assert _opening(activiteit, NU) is None
    with override("nl"):
        assert activiteit.tijden == ([] if planning == Planning.ONBEKEND else ["Op afspraak"])


def test_a_date_that_is_called_off_is_not_the_next():
    moment = factories.moment(begin=time(14), eind=time(15))
    factories.uitzondering(moment=moment, datum_on=TUESDAY)
    assert _opening(moment.activiteit, NU).woorden == "Nu dicht. Dinsdag 1 december van 14:00 tot 15:00"


@pytest.mark.parametrize(("status", "count"), [(ActiviteitStatus.VOL, 1), (ActiviteitStatus.GESTOPT, 0)])
def test_what_has_stopped_is_not_open_today(klok, status, count):
    moment = factories.moment(activiteit=factories.activiteit(status=status), begin=time(9), eind=time(17))
    assert len(agenda.times_today(moment.activiteit, NU)) == count


def test_pauses_ahead_are_said_once():
    activiteit = factories.activiteit()
    for _ in range(2):
        moment = factories.moment(activiteit=activiteit)
        for first in (date(2026, 10, 1), date(2026, 12, 21)):
            last = first + timedelta(days=13)
            factories.uitzondering(moment=moment, soort="pauze", datum_on=first, tot_en_met_on=last)
    with stille_klok():
        assert [(p.datum_on, p.tot_en_met_on) for p in agenda.pauses(activiteit)] == [
            (date(2026, 12, 21), date(2027, 1, 3))
        ]
