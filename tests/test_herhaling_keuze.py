"""What a form says and the rule that is stored mean the same, both ways; what a form cannot say stays as it is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisaties import herhaling
from organisaties.choices import Ritme
from organisaties.herhaling_keuze import Keuze, first_day, from_rule, to_rule

DAGEN = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
TOT = st.none() | st.dates(date(2000, 1, 1), date(2199, 12, 31))
START = st.dates(date(2026, 1, 1), date(2026, 12, 31))
KEUZES = st.one_of(
    st.just(Keuze(Ritme.LOS)),
    st.builds(Keuze, st.sampled_from([Ritme.WEEK, Ritme.TWEE_WEKEN]), DAGEN, st.just(0), TOT),
    st.builds(
        Keuze,
        st.just(Ritme.MAAND),
        st.integers(0, 6).map(lambda day: (day,)),
        st.sampled_from([1, 2, 3, 4, -1]),
        TOT,
    ),
)


@given(KEUZES, START)
def test_choices_come_back_as_they_were(keuze, start):
    rule = to_rule(keuze)
    herhaling.validate_rule(rule)
    assert from_rule(rule, start) == keuze


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY",
        "FREQ=DAILY;BYDAY=SA,SU",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;BYDAY=TH,MO;WKST=MO",
        "FREQ=WEEKLY;INTERVAL=2;UNTIL=20270201T120000Z",
        "FREQ=MONTHLY;BYDAY=+2WE",
        "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20270601",
    ],
)
@given(start=START)
def test_a_rule_that_a_form_shows_keeps_its_dates(rule, start):
    shown = to_rule(from_rule(rule, start))
    last = start + timedelta(days=300)
    assert herhaling.dates(shown, start, start, last) == herhaling.dates(rule, start, start, last)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU",
        "FREQ=WEEKLY;BYDAY=TU;COUNT=5",
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU",
        "FREQ=WEEKLY;BYDAY=1TU",
        "FREQ=DAILY;INTERVAL=2",
        "FREQ=MONTHLY;BYMONTHDAY=15",
        "FREQ=MONTHLY;BYDAY=1TU,3TU",
        "FREQ=MONTHLY;BYDAY=5TU",
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU",
        "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5",
        "FREQ=WEEKLY;UNTIL=morgen",
        "FREQ=WEEKLY;UNTIL=20260230",
        "kapot",
    ],
)
def test_a_rule_that_a_form_cannot_show_is_said_to_be_so(rule):
    assert from_rule(rule, date(2026, 9, 1)) is None


@given(DAGEN, START)
def test_every_other_week_begins_with_the_first_day_asked_for(days, start):
    keuze = Keuze(Ritme.TWEE_WEKEN, days)
    first = first_day(keuze, start)
    assert 0 <= (first - start).days < 7
    assert herhaling.first_date(to_rule(keuze), first) == first
