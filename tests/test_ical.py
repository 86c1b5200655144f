"""The calendar of a moment is on the same dates as the site, for every rule that the site accepts."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from organisaties import herhaling
from organisaties.choices import ActiviteitStatus, UitzonderingSoort
from organisaties.models import Moment, Uitzondering
from tests import factories
from tests.conftest import NU, stille_klok
from tests.kalender import (
    AMSTERDAM,
    EERSTE,
    gebeurtenissen,
    gelijk,
    kalender_van,
    klachten,
    uit_de_kalender,
    van_de_site,
)

pytestmark = pytest.mark.django_db

TUESDAY = date(2026, 11, 24)
SKIPPED, MOVED, PAUSE = UitzonderingSoort.OVERGESLAGEN, UitzonderingSoort.VERPLAATST, UitzonderingSoort.PAUZE
ZOMERTIJD, WINTERTIJD = date(2026, 3, 29), date(2026, 10, 25)

HARD = [
    # rule, start, begin, end, how often in three years
    ("", TUESDAY, time(10), time(12), 1),
    ("", TUESDAY, None, None, 1),
    ("", ZOMERTIJD, time(2, 30), time(4), 1),
    ("", WINTERTIJD, time(2, 30), time(3, 30), 1),
    ("FREQ=WEEKLY;BYDAY=TU", date(2026, 9, 2), time(10), time(12), 121),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", date(2026, 9, 4), time(10), None, 60),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU", date(2026, 9, 4), time(10), time(12), 121),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=MO", date(2026, 9, 4), time(10), time(12), 121),
    ("FREQ=WEEKLY;BYDAY=1TU,-1TH", date(2026, 9, 1), time(10), time(12), 244),
    ("FREQ=DAILY", date(2026, 3, 1), time(2, 30), time(3, 30), 1037),
    ("FREQ=DAILY;INTERVAL=3;BYDAY=SA,SU", date(2026, 3, 2), time(22), time(1), 99),
    ("FREQ=WEEKLY;BYDAY=SA", date(2026, 1, 3), time(23), time(5), 157),
    ("FREQ=MONTHLY", date(2026, 1, 31), time(10), time(12), 21),
    ("FREQ=MONTHLY;BYDAY=1TU", date(2026, 9, 2), time(10), time(12), 27),
    ("FREQ=MONTHLY;BYDAY=5FR", date(2026, 9, 2), time(10), time(12), 10),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", date(2026, 1, 31), time(10), time(12), 35),
    ("FREQ=MONTHLY;BYDAY=SU;BYSETPOS=2;COUNT=3", date(2026, 1, 12), None, None, 3),
    ("FREQ=MONTHLY;BYMONTHDAY=-1;INTERVAL=2", date(2026, 1, 1), time(10), time(12), 18),
    ("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", date(2026, 1, 1), time(10), time(12), 5),
    ("FREQ=YEARLY", date(2024, 2, 29), time(10), time(12), 1),
    ("FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", date(2026, 1, 1), time(2, 30), time(2, 45), 3),
    ("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", date(2026, 1, 1), time(2, 30), time(4), 3),
    ("FREQ=WEEKLY;UNTIL=20270105", date(2026, 9, 1), time(10), time(12), 19),
    ("FREQ=WEEKLY;UNTIL=20270105T000000Z", date(2026, 9, 1), time(23, 30), time(1), 19),
    ("FREQ=WEEKLY;UNTIL=20270105T235959", date(2026, 9, 1), None, None, 19),
    ("FREQ=DAILY;UNTIL=20260329", date(2026, 3, 27), time(2, 30), time(4), 3),
    ("FREQ=DAILY;UNTIL=20261025", date(2026, 10, 23), time(2, 30), None, 3),
    ("FREQ=WEEKLY;COUNT=4;BYDAY=TU,TH", date(2026, 9, 2), time(10), time(12), 4),
    ("FREQ=WEEKLY;COUNT=4;UNTIL=20260915;BYDAY=TU", date(2026, 9, 2), time(10), time(12), 2),
]


@pytest.mark.parametrize("case", HARD, ids=lambda case: case[0])
@pytest.mark.filterwarnings("ignore:Using both 'count' and 'until':DeprecationWarning")
def test_site_and_calendar_agree(klok, case):
    rule, start_on, begin, eind, total = case
    moment = factories.moment(regel=rule, start_on=start_on, begin=begin, eind=eind)
    assert len(gelijk(moment.activiteit)) == total


def test_a_wrong_date_is_found(klok):
    moment = factories.moment()
    data = kalender_van(moment.activiteit)
    assert uit_de_kalender(data) == van_de_site(moment)
    for right, wrong in ((b"BYDAY=TU", b"BYDAY=WE"), (b"T100000", b"T100001"), (b"T120000", b"T113000")):
        assert uit_de_kalender(data.replace(right, wrong)) != van_de_site(moment)


@pytest.mark.parametrize(
    ("right", "wrong", "complaint"),
    [
        (b"VERSION:2.0\r\n", b"", "missing: VERSION"),
        (b"VERSION:2.0\r\n", b"VERSION:2.0\n", "break"),
        (b"SUMMARY:", b"SUMMARY:" + b"x" * 80, "long"),
        (b"T120000", b"T090000", "ends before it starts"),
        (b"BYDAY=TU", b"BYDAY=TU;UNTIL=20261231", "UNTIL of another kind"),
        (b"DTSTART;TZID=Europe/Amsterdam:2", b"DTSTART;TZID=Europe/Amsterdam:x", "DTSTART"),
    ],
)
def test_a_fault_in_a_calendar_is_found(klok, right, wrong, complaint):
    data = kalender_van(factories.moment().activiteit)
    try:
        found = klachten(data.replace(right, wrong))
    except (KeyError, ValueError, AttributeError):
        found = [complaint]
    assert any(complaint in problem for problem in found), found


# --- exceptions and pauses


def _except(moment, soort, datum_on, **values):
    return factories.uitzondering(moment=moment, soort=soort, datum_on=datum_on, **values)


def test_skipped_date_is_cancelled_with_its_reason(klok):
    moment = factories.moment()
    _except(moment, SKIPPED, TUESDAY)
    assert [t for t in gelijk(moment.activiteit) if t[2]] == [
        ("2026-11-24T10:00:00+01:00", "2026-11-24T12:00:00+01:00", True)
    ]
    _series, skipped = gebeurtenissen(kalender_van(moment.activiteit))
    assert (skipped["STATUS"], skipped["SUMMARY"]) == ("CANCELLED", f"Gaat niet door: {moment.activiteit.naam_nl}")
    assert skipped["DESCRIPTION"].startswith("Gaat niet door\nHet is een feestdag.\n\n")


def test_moved_date_is_at_its_new_time(klok):
    moment = factories.moment()
    _except(moment, MOVED, TUESDAY, nieuw_on=TUESDAY + timedelta(days=3), nieuw_begin=time(19))
    times = gelijk(moment.activiteit)
    assert ("2026-11-27T19:00:00+01:00", "", False) in times
    assert "2026-11-24T10:00:00+01:00" not in [start for start, _, _ in times]
    _series, moved = gebeurtenissen(kalender_van(moment.activiteit))
    assert moved["RECURRENCE-ID"].dt == datetime(2026, 11, 24, 10, tzinfo=AMSTERDAM)


def test_moved_date_outside_the_rule_stands_by_itself(klok):
    moment = factories.moment()
    exception = _except(moment, MOVED, TUESDAY + timedelta(days=1), nieuw_on=TUESDAY + timedelta(days=3))
    assert ("2026-11-27T10:00:00+01:00", "2026-11-27T12:00:00+01:00", False) in gelijk(moment.activiteit)
    _series, loose = gebeurtenissen(kalender_van(moment.activiteit))
    assert (loose["UID"], "RECURRENCE-ID" in loose) == (f"uitzondering-{exception.pk}@nieuwkomers.example", False)


def test_moved_date_in_a_pause_still_takes_place(klok):
    moment = factories.moment()
    _except(moment, PAUSE, TUESDAY - timedelta(days=1), tot_en_met_on=TUESDAY + timedelta(days=30))
    _except(moment, MOVED, TUESDAY, nieuw_on=TUESDAY, nieuw_begin=time(14), nieuw_eind=time(15))
    assert ("2026-11-24T14:00:00+01:00", "2026-11-24T15:00:00+01:00", False) in gelijk(moment.activiteit)


def test_pause_is_left_out(klok):
    moment = factories.moment()
    _except(moment, PAUSE, TUESDAY, tot_en_met_on=date(2027, 11, 1))
    assert len(gelijk(moment.activiteit)) == 122 - 49
    (series,) = gebeurtenissen(kalender_van(moment.activiteit))
    assert len(series["EXDATE"].dts) == 49


def test_pause_without_an_end_stays_short(klok):
    moment = factories.moment(regel="FREQ=DAILY", start_on=TUESDAY)
    _except(moment, PAUSE, TUESDAY + timedelta(days=1), tot_en_met_on=date(2199, 12, 31))
    assert len(gelijk(moment.activiteit)) == 1
    assert len(kalender_van(moment.activiteit)) < 30_000


@pytest.mark.parametrize("soort", [SKIPPED, MOVED, PAUSE])
@pytest.mark.parametrize("begin", [time(10), None])
def test_exception_of_a_single_date(klok, soort, begin):
    moment = factories.moment(regel="", start_on=TUESDAY, begin=begin, eind=None)
    values = {MOVED: {"nieuw_on": date(2026, 12, 3)}, PAUSE: {"tot_en_met_on": date(2026, 12, 3)}}
    _except(moment, soort, TUESDAY, **values.get(soort, {}))
    assert len(gelijk(moment.activiteit)) == (soort != PAUSE)
    found = gebeurtenissen(kalender_van(moment.activiteit))
    assert [(event["UID"], "RECURRENCE-ID" in event) for event in found] == [
        (f"moment-{moment.pk}@nieuwkomers.example", False)
    ] * (soort != PAUSE)


@pytest.mark.parametrize("rule", ["FREQ=WEEKLY;INTERVAL=3", "FREQ=WEEKLY;COUNT=20", "FREQ=MONTHLY", ""])
def test_nothing_before_the_end_of_the_pause_of_the_activity(klok, rule):
    pause = {"status": ActiviteitStatus.GEPAUZEERD, "pauze_tot": date(2026, 12, 24)}
    moment = factories.moment(activiteit=factories.activiteit(**pause), regel=rule, start_on=date(2026, 9, 30))
    _except(moment, MOVED, date(2026, 12, 30), nieuw_on=date(2026, 12, 23))
    _except(moment, MOVED, date(2026, 11, 11), nieuw_on=date(2026, 12, 25))
    _except(moment, SKIPPED, date(2026, 11, 4))
    assert {start for start, _, _ in gelijk(moment.activiteit)} >= {"2026-12-25T10:00:00+01:00"}


def test_stopped_activity_leaves_the_agenda(klok):
    moment = factories.moment(activiteit=factories.activiteit(status=ActiviteitStatus.GESTOPT))
    assert gebeurtenissen(kalender_van(moment.activiteit)) == []


# --- any rule, any exception

TIMES = [(None, None)] + [
    (time(*begin), end and time(*end))
    for begin, end in [
        ((10, 0), (12, 0)),
        ((10, 0), None),
        ((22, 0), (1, 30)),
        ((0, 0), (23, 59)),
        ((2, 0), (3, 0)),
        ((2, 30), (4, 0)),
        ((2, 59), None),
        ((23, 30), (0, 0)),
        ((1, 30), (2, 30)),
    ]
]
DAYS = st.sampled_from(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))
START = st.one_of(st.dates(date(2024, 1, 1), date(2027, 6, 1)), st.sampled_from([ZOMERTIJD, WINTERTIJD]))


@st.composite
def regels(draw, start_on):
    """Any rule that the site accepts and that has a date."""
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "WEEKLY", "MONTHLY", "MONTHLY", "YEARLY"]))
    is_long = freq in ("MONTHLY", "YEARLY")
    found = {"FREQ": freq}
    if draw(st.booleans()):
        found["INTERVAL"] = str(draw(st.integers(1, 5)))
    if draw(st.booleans()):
        ordinal = st.sampled_from(["", "", "1", "+2", "-1", "5"])
        days = draw(st.lists(st.tuples(ordinal, DAYS).map("".join), min_size=1, max_size=3, unique=True))
        found["BYDAY"] = ",".join(days)
    if is_long and draw(st.booleans()):
        found["BYMONTHDAY"] = ",".join(draw(st.lists(st.sampled_from(["1", "13", "29", "31", "-1"]), min_size=1)))
    if is_long and draw(st.booleans()):
        found["BYMONTH"] = ",".join(map(str, draw(st.lists(st.integers(1, 12), min_size=1, max_size=3))))
    if is_long and {"BYDAY", "BYMONTHDAY"} & set(found) and draw(st.booleans()):
        found["BYSETPOS"] = draw(st.sampled_from(["1", "2", "-1", "1,-1"]))
    if draw(st.booleans()):
        found["WKST"] = draw(DAYS)
    until = start_on + timedelta(days=draw(st.integers(0, 900)))
    end = draw(
        st.sampled_from(["", "", f"{until:%Y%m%d}", f"{until:%Y%m%d}T235959", f"{until:%Y%m%d}T000000Z", "COUNT"])
    )
    if end:
        found |= {"COUNT": str(draw(st.integers(1, 40)))} if end == "COUNT" else {"UNTIL": end}
    return ";".join(f"{name}={value}" for name, value in found.items())


@st.composite
def momenten(draw):
    start_on = draw(START)
    begin, eind = draw(st.sampled_from(TIMES))
    rule = draw(st.one_of(st.just(""), regels(start_on), regels(start_on), regels(start_on)))
    pauze_tot = draw(st.one_of(st.none(), st.none(), st.dates(date(2026, 1, 1), date(2027, 12, 1))))
    moment = Moment(regel=rule, start_on=start_on, begin=begin, eind=eind)
    try:
        herhaling.validate_rule(rule)
        moment.clean()
    except ValidationError:
        assume(False)
    days = herhaling.dates(rule, start_on, EERSTE, EERSTE + timedelta(days=400)) or [start_on]
    day = st.one_of(st.sampled_from(days), st.sampled_from(days), st.dates(EERSTE, date(2027, 3, 1)))
    return moment, pauze_tot, draw(st.lists(uitzonderingen(day), max_size=4))


@st.composite
def uitzonderingen(draw, day):
    first, soort = draw(day), draw(st.sampled_from([SKIPPED, MOVED, PAUSE]))
    exception = Uitzondering(soort=soort, datum_on=first)
    if soort == PAUSE:
        exception.tot_en_met_on = first + timedelta(days=draw(st.sampled_from([0, 6, 40, 500])))
    if soort == MOVED:
        exception.nieuw_on = draw(day)
        exception.nieuw_begin, exception.nieuw_eind = draw(st.sampled_from([*TIMES, (None, None)]))
    return exception


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(momenten())
def test_site_and_calendar_agree_on_any_rule(made):
    moment, pauze_tot, exceptions = made
    pause = {"status": ActiviteitStatus.GEPAUZEERD, "pauze_tot": pauze_tot} if pauze_tot else {}
    with stille_klok(NU):
        moment.activiteit = factories.activiteit(**pause)
        moment.save()
        taken = set()
        for exception in exceptions:
            if exception.soort == PAUSE or exception.datum_on not in taken:
                exception.moment = moment
                exception.save()
                taken |= set() if exception.soort == PAUSE else {exception.datum_on}
        gelijk(moment.activiteit)
