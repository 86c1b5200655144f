"""Dates and hours as people write them."""

from datetime import date, time

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from organisaties.forms.datum import DatumField, DatumLijstField, TijdField, read_clock, read_date

VAK = DatumField(label="Tot wanneer?")


@pytest.mark.parametrize(
    "typed",
    ["1", "01", "1 ", "١"],
)
@pytest.mark.parametrize("month", ["12", "december", "December", "dec", "dec.", "DECE"])
@pytest.mark.parametrize("year", ["2026", "26", " 2026"])
def test_a_date_in_three_boxes(typed, month, year):
    assert VAK.clean([typed, month, year]) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("names", "month"),
    [
        (("januari", "january", "jan"), 1),
        (("maart", "march", "mrt", "mar", "maa"), 3),
        (("mei", "may"), 5),
        (("juni", "june", "jun"), 6),
        (("juli", "july", "jul"), 7),
        (("augustus", "august", "aug"), 8),
        (("september", "sept", "sep"), 9),
        (("oktober", "october", "okt", "oct"), 10),
    ],
)
def test_months_by_name_in_each_language(names, month):
    assert {VAK.clean(["2", name, "2027"]) for name in names} == {date(2027, month, 2)}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (["", "", ""], "required"),
        (None, "required"),
        (["1", "", "2026"], "part"),
        (["30", "februari", "2027"], "exists"),
        (["0", "1", "2027"], "exists"),
        (["1", "13", "2027"], "exists"),
        (["1", "ju", "2027"], "month"),
        (["1", "brumaire", "2027"], "month"),
        (["1", "1", "99999"], "year"),
        (["1", "1", "0"], "year"),
        (["1", "1", "0000"], "exists"),
        (["1", "1", "1999"], "range"),
        (["9" * 10_000, "1", "2027"], "exists"),
        (["-1", "1", "2027"], "exists"),
    ],
)
def test_a_date_that_cannot_be_is_said_with_its_own_words(typed, code):
    with pytest.raises(forms.ValidationError) as caught:
        VAK.clean(typed)
    assert caught.value.error_list[0].code == code


@pytest.mark.parametrize(
    "line",
    [
        *("1 december 2026", "di 1 dec 2026", "dinsdag 1 december 2026", "1 december", "1.12.2026"),
        *("1-12-2026", "1/12/26", "2026-12-01", "Tue 1 Dec", "December 1, 2026"),
    ],
)
def test_a_date_on_a_line(klok, line):
    assert read_date(line) == date(2026, 12, 1)


def test_a_date_without_a_year_is_the_first_to_come(klok):
    assert read_date("3 maart") == date(2027, 3, 3)


def test_lines_become_dates_in_order_and_each_once(klok):
    field = DatumLijstField(most=3, required=False)
    assert field.clean("4 jan 2027\n\n 1-12-2026 \n1 december 2026") == [date(2026, 12, 1), date(2027, 1, 4)]
    assert field.clean("") == []


@pytest.mark.parametrize(
    ("typed", "code"), [("1 dec\nsoms", "line"), ("1-1-2026", "range"), ("1 dec\n" * 4, "many"), ("30 feb", "line")]
)
def test_a_line_that_is_wrong_is_named(klok, typed, code):
    with pytest.raises(forms.ValidationError) as caught:
        DatumLijstField(most=3).clean(typed)
    assert caught.value.error_list[0].code == code


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        *((text, time(10)) for text in ("10", "10:00", "10.00", "10u", "10 uur", "10:00 uur", "1000", "10h", "10 am")),
        *((text, time(9, 30)) for text in ("9:30", "09.30", "9u30", "930", "9 u 30", "9:30 a.m.", "٩:٣٠")),
        *((text, time(19)) for text in ("7 pm", "7pm", "19", "19 : 00")),
        ("24:00", time(0)),
        ("12 am", time(0)),
    ],
)
def test_an_hour_as_people_write_it(typed, hour):
    assert read_clock(typed) == hour


@pytest.mark.parametrize("typed", ["25", "10:60", "tien", "10:0", "-1", "13 pm", "1" * 10_000, "10" + " " * 99 + "x"])
def test_what_is_no_hour_is_said(typed):
    with pytest.raises(forms.ValidationError, match="Vanaf"):
        TijdField(label="Vanaf").clean(typed)


@given(st.text(), st.text(), st.text())
def test_no_text_breaks_a_date(day, month, year):
    for read in (lambda: VAK.clean([day, month, year]), lambda: read_date(day), lambda: read_clock(day)):
        try:
            read()
        except (ValueError, OverflowError, forms.ValidationError):
            continue
