"""Rules that repeat: what is allowed, on which dates they fall, and how they are said."""

from datetime import date, datetime, time, timedelta
from itertools import takewhile

import pytest
from dateutil.rrule import rrulestr
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from organisaties import herhaling

TUESDAY = date(2026, 9, 1)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

GOOD = [
    "",
    "FREQ=DAILY",
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;BYDAY=TU",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
    "FREQ=WEEKLY;WKST=SU;INTERVAL=2;BYDAY=MO",
    "FREQ=MONTHLY;BYDAY=1TU",
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=MONTHLY;BYMONTHDAY=15",
    "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1",
    "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5",
    "FREQ=WEEKLY;UNTIL=20261231",
    "FREQ=WEEKLY;UNTIL=20261231T235959Z",
    "FREQ=WEEKLY;COUNT=1000",
    "FREQ=WEEKLY;INTERVAL=99",
]
UNKNOWN = "Deze herhaling kent de website niet. Gebruik een regel zoals FREQ=WEEKLY;BYDAY=TU"
HOW_OFTEN = "Kies hoe vaak: FREQ=DAILY, WEEKLY, MONTHLY of YEARLY."
ONLY_MONTHLY = "BYMONTH, BYMONTHDAY en BYSETPOS kunnen alleen bij FREQ=MONTHLY of YEARLY."
DAY_NAMES = "Schrijf dagen als MO, TU, WE, TH, FR, SA of SU, met een komma ertussen."
NUMBERS = "INTERVAL is een getal van 1 tot 99, COUNT een getal van 1 tot 1000."
WRONG = "Deze herhaling klopt niet. Gebruik een regel zoals FREQ=WEEKLY;BYDAY=TU"
BAD = [
    ("dinsdag", UNKNOWN),
    ("RRULE:FREQ=WEEKLY", UNKNOWN),
    ("FREQ=WEEKLY;", UNKNOWN),
    ("FREQ=WEEKLY;FREQ=DAILY", UNKNOWN),
    ("FREQ=DAILY;BYHOUR=1,2,3", UNKNOWN),
    ("FREQ=YEARLY;BYYEARDAY=100", UNKNOWN),
    ("FREQ=YEARLY;BYEASTER=0", UNKNOWN),
    ("BYDAY=TU", HOW_OFTEN),
    ("FREQ=HOURLY", HOW_OFTEN),
    ("FREQ=SECONDLY", HOW_OFTEN),
    ("FREQ=weekly", HOW_OFTEN),
    ("FREQ=DAILY;BYMONTH=2", ONLY_MONTHLY),
    ("FREQ=WEEKLY;BYSETPOS=1", ONLY_MONTHLY),
    ("FREQ=WEEKLY;BYDAY=DI", DAY_NAMES),
    ("FREQ=WEEKLY;BYDAY=", DAY_NAMES),
    ("FREQ=MONTHLY;BYDAY=6TU", DAY_NAMES),
    ("FREQ=MONTHLY;BYDAY=0TU", DAY_NAMES),
    ("FREQ=WEEKLY;INTERVAL=0", NUMBERS),
    ("FREQ=WEEKLY;INTERVAL=100", NUMBERS),
    ("FREQ=WEEKLY;INTERVAL=-1", NUMBERS),
    ("FREQ=WEEKLY;INTERVAL=²", NUMBERS),
    ("FREQ=DAILY;COUNT=1001", NUMBERS),
    ("FREQ=DAILY;COUNT=", NUMBERS),
    ("FREQ=DAILY;UNTIL=morgen", WRONG),
    ("FREQ=YEARLY;BYMONTH=x", WRONG),
    ("FREQ=DAILY;WKST=XX", WRONG),
    ("FREQ=YEARLY;BYMONTH=13,5", WRONG),
    ("FREQ=YEARLY;BYMONTH=-1,5", WRONG),
    ("FREQ=MONTHLY;BYMONTHDAY=0,5", WRONG),
    ("FREQ=MONTHLY;BYMONTHDAY=5,32", WRONG),
    ("FREQ=MONTHLY;BYMONTHDAY=٥", WRONG),
    ("FREQ=MONTHLY;BYSETPOS=1", WRONG),
]


@pytest.mark.parametrize("rule", GOOD)
def test_validate_rule_accepts(rule):
    assert herhaling.validate_rule(rule) is None


@pytest.mark.parametrize(("rule", "reason"), BAD)
def test_validate_rule_refuses_with_a_reason(rule, reason):
    with pytest.raises(ValidationError) as caught:
        herhaling.validate_rule(rule)
    assert caught.value.messages == [reason]


@pytest.mark.parametrize(
    ("rule", "window", "days"),
    [
        ("FREQ=WEEKLY;INTERVAL=2", ("09-01", "09-30"), ["09-01", "09-15", "09-29"]),
        ("FREQ=WEEKLY;INTERVAL=2", ("09-02", "09-20"), ["09-15"]),
        ("FREQ=MONTHLY;BYDAY=1TU", ("09-01", "11-30"), ["09-01", "10-06", "11-03"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", ("09-01", "11-30"), ["09-25", "10-30", "11-27"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", ("09-01", "12-31"), ["10-31", "12-31"]),
        ("FREQ=WEEKLY;COUNT=2", ("09-01", "12-31"), ["09-01", "09-08"]),
        ("FREQ=WEEKLY;UNTIL=20260908", ("09-01", "12-31"), ["09-01", "09-08"]),
        ("FREQ=WEEKLY;UNTIL=20260908T000000Z", ("09-01", "12-31"), ["09-01", "09-08"]),
        ("FREQ=WEEKLY;BYDAY=MO", ("09-01", "09-14"), ["09-07", "09-14"]),
        ("FREQ=DAILY", ("08-01", "08-31"), []),
        ("", ("09-01", "12-31"), ["09-01"]),
        ("", ("09-02", "12-31"), []),
    ],
)
def test_dates_are_those_of_the_rule(rule, window, days):
    assert dates(rule, TUESDAY, window) == days


@pytest.mark.parametrize(
    ("rule", "window", "days"),
    [
        ("FREQ=WEEKLY;BYDAY=SU", ("03-20", "04-06"), ["03-22", "03-29", "04-05"]),
        ("FREQ=DAILY", ("03-28", "03-30"), ["03-28", "03-29", "03-30"]),
        ("FREQ=WEEKLY;BYDAY=SU", ("10-18", "11-01"), ["10-18", "10-25", "11-01"]),
        ("FREQ=DAILY", ("10-24", "10-26"), ["10-24", "10-25", "10-26"]),
    ],
)
def test_dates_do_not_notice_that_the_clock_changes(rule, window, days):
    assert dates(rule, date(2026, 3, 1), window) == days


def dates(rule, start_on, window):
    first, last = (date.fromisoformat(f"2026-{day}") for day in window)
    return [f"{day:%m-%d}" for day in herhaling.dates(rule, start_on, first, last)]


def test_dates_looks_at_most_400_days_ahead():
    assert len(herhaling.dates("FREQ=DAILY", TUESDAY, TUESDAY, TUESDAY + timedelta(400))) == 401
    with pytest.raises(ValueError, match="at most 400 days"):
        herhaling.dates("FREQ=DAILY", TUESDAY, TUESDAY, TUESDAY + timedelta(401))


@pytest.mark.parametrize(
    ("rule", "last"),
    [
        ("", TUESDAY),
        ("FREQ=WEEKLY", None),
        ("FREQ=WEEKLY;COUNT=3", date(2026, 9, 15)),
        ("FREQ=WEEKLY;UNTIL=20260930", date(2026, 9, 29)),
        ("FREQ=WEEKLY;UNTIL=20260929T000000Z", date(2026, 9, 29)),
        ("FREQ=DAILY;COUNT=1000", date(2029, 5, 27)),
    ],
)
def test_last_date_is_the_end_of_the_rule(rule, last):
    assert herhaling.last_date(rule, TUESDAY) == last


@pytest.mark.parametrize("rule", ["FREQ=WEEKLY;UNTIL=20260801", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"])
def test_last_date_refuses_a_rule_without_dates(rule):
    with pytest.raises(ValidationError) as caught:
        herhaling.last_date(rule, TUESDAY)
    assert caught.value.messages == ["Deze herhaling heeft geen enkele datum. Kijk naar de dag en de maand."]


@pytest.mark.parametrize(
    ("rule", "mask"),
    [
        ("", 2),
        ("FREQ=WEEKLY", 2),
        ("FREQ=WEEKLY;BYDAY=MO,SU", 65),
        ("FREQ=MONTHLY;BYDAY=-1FR", 16),
        ("FREQ=MONTHLY;BYDAY=1TU,3TU", 2),
        ("FREQ=DAILY", 127),
        ("FREQ=MONTHLY", 127),
    ],
)
def test_weekday_mask_has_a_bit_per_weekday(rule, mask):
    assert herhaling.weekday_mask(rule, TUESDAY) == mask


weekdays = st.lists(st.sampled_from(DAYS), min_size=1, max_size=4, unique=True).map(",".join)
ordinals = st.sampled_from(["", "1", "2", "3", "4", "5", "-1", "-2"])
ends = st.sampled_from(["", ";COUNT=7", ";UNTIL=20270301", ";UNTIL=20270301T120000Z"])
rules = st.one_of(
    st.just(""),
    st.builds("FREQ=DAILY;INTERVAL={}".format, st.integers(1, 9)),
    st.builds("FREQ=DAILY;BYDAY={}".format, weekdays),
    st.builds("FREQ=WEEKLY;INTERVAL={}".format, st.integers(1, 9)),
    st.builds("FREQ=WEEKLY;INTERVAL={};BYDAY={}".format, st.integers(1, 9), weekdays),
    st.builds("FREQ=MONTHLY;BYDAY={}{}".format, ordinals, st.sampled_from(DAYS)),
    st.builds("FREQ=MONTHLY;BYMONTHDAY={}".format, st.integers(1, 31)),
    st.builds("FREQ=YEARLY;BYMONTH={};BYDAY={}".format, st.integers(1, 12), weekdays),
    st.just("FREQ=YEARLY"),
)


@given(
    rule=rules.filter(bool),
    end=st.sampled_from(["", ";COUNT=7", ";UNTIL=20270301", ";WKST=SU", ";WKST=TH"]),
    start_on=st.dates(date(2025, 1, 1), date(2027, 1, 1)),
    later=st.integers(-30, 700),
)
def test_dates_long_after_the_start_are_those_that_counting_on_from_it_gives(rule, end, start_on, later):
    first = start_on + timedelta(later)
    last = first + timedelta(60)
    all_of_it = rrulestr(rule + end, dtstart=datetime.combine(start_on, time()))
    counted = takewhile(lambda day: day <= last, (moment.date() for moment in all_of_it))
    assert herhaling.dates(rule + end, start_on, first, last) == [day for day in counted if day >= first]


@given(rule=rules, end=ends, start_on=st.dates(date(2025, 1, 1), date(2027, 1, 1)))
def test_weekday_mask_is_never_too_narrow(rule, end, start_on):
    rule = rule and rule + end
    herhaling.validate_rule(rule)
    mask = herhaling.weekday_mask(rule, start_on)
    days = herhaling.dates(rule, start_on, start_on, start_on + timedelta(400))
    assert [day for day in days if not mask & (1 << day.weekday())] == []


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("", "Dinsdag 1 september 2026"),
        ("FREQ=WEEKLY", "Elke dinsdag"),
        ("FREQ=WEEKLY;BYDAY=FR,MO", "Elke maandag en vrijdag"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "Elke maandag, woensdag en vrijdag"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "Elke dag"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "Om de week op donderdag"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=TH", "Elke 3 weken op donderdag"),
        ("FREQ=DAILY", "Elke dag"),
        ("FREQ=DAILY;INTERVAL=2", "Op wisselende dagen"),
        ("FREQ=MONTHLY;BYDAY=1TU", "Elke maand op de eerste dinsdag"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "Elke maand op de laatste vrijdag"),
        ("FREQ=MONTHLY;BYDAY=5FR", "Op wisselende dagen"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "Elke maand op dag 15"),
        ("FREQ=MONTHLY", "Elke maand op dag 1"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU", "Op wisselende dagen"),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5", "Op wisselende dagen"),
    ],
)
def test_in_words_says_a_rule_in_dutch(rule, words):
    assert herhaling.in_words(rule, TUESDAY) == words


@pytest.mark.parametrize(
    ("words", "phrase"),
    [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")],
)
def test_enumeration_joins_words(words, phrase):
    assert herhaling.enumeration(words) == phrase
