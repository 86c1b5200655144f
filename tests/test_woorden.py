"""What entries say of themselves in words, on cards and in the doorstep block."""

from datetime import time
from decimal import Decimal

import pytest
from django.utils import translation

from organisaties.choices import Planning
from organisaties.models import Organisatie
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kosten", "bedrag", "words"),
    [
        ("gratis", None, "Gratis"),
        ("onbekend", None, "Onbekend: vraag het"),
        ("bedrag", None, "Kost geld: vraag hoeveel"),
        ("bedrag", "3.00", "3 euro"),
        ("bedrag", "2.50", "2,50 euro"),
        ("bedrag", "1250", "1.250 euro"),
    ],
)
def test_kosten_in_woorden(kosten, bedrag, words):
    entry = factories.activiteit(kosten=kosten, bedrag=bedrag and Decimal(bedrag))
    assert entry.kosten_in_woorden == words


@pytest.mark.parametrize(
    ("van", "tot", "words"),
    [
        (None, None, ""),
        (16, None, "vanaf 16 jaar"),
        (None, 27, "tot en met 27 jaar"),
        (4, 12, "van 4 tot en met 12 jaar"),
        (0, 4, "van 0 tot en met 4 jaar"),
    ],
)
def test_leeftijd_in_woorden(van, tot, words):
    assert factories.activiteit(leeftijd_van=van, leeftijd_tot=tot).leeftijd_in_woorden == words


@pytest.mark.parametrize(
    ("slugs", "van", "words"),
    [
        ([], None, "Iedereen"),
        ([], 18, "Iedereen, vanaf 18 jaar"),
        (["a"], None, "A"),
        (["a", "b", "c"], 55, "A, B en C, vanaf 55 jaar"),
    ],
)
def test_voor_wie(slugs, van, words):
    groups = [factories.doelgroep(slug, volgorde=1) for slug in slugs]
    assert factories.activiteit(doelgroepen=groups, leeftijd_van=van).voor_wie == words


def test_voor_wie_names_groups_in_the_language_of_the_reader():
    group = factories.doelgroep("ouders-x", naam_nl="Ouders", naam_en="Parents")
    entry = factories.activiteit(doelgroepen=[group])
    with translation.override("en"):
        assert entry.voor_wie == "Parents"


@pytest.mark.parametrize(
    ("naam", "monogram"),
    [("Stichting De Kade", "K"), ("Huis van de Wijk", "HW"), ("/ /", "?"), ("De", "D"), ("بيت الجيران", "با")],
)
def test_monogram_takes_the_first_letters_of_words_that_matter(naam, monogram):
    assert Organisatie(naam=naam).monogram == monogram


@pytest.mark.parametrize(
    ("telefoon", "link"), [("020 000 12 34", "+31200001234"), ("+31 (20) 000-12-34", "+31200001234")]
)
def test_telefoon_link_is_international(telefoon, link):
    assert Organisatie(telefoon=telefoon).telefoon_link == link


def test_tijden_join_the_hours_of_equal_days():
    entry = factories.activiteit()
    for begin, eind in ((time(10), time(12)), (time(19), None)):
        factories.moment(activiteit=entry, begin=begin, eind=eind)
    factories.moment(activiteit=entry, regel="FREQ=DAILY", begin=None, eind=None)
    assert entry.tijden == ["Elke dinsdag, 10:00\u00a0–\u00a012:00 en 19:00", "Elke dag"]


@pytest.mark.parametrize(
    ("planning", "wanneer", "tijden"),
    [
        (Planning.ONBEKEND, "", []),
        (Planning.AFSPRAAK, "", ["Op afspraak"]),
        (Planning.ONBEKEND, "Niet in de zomer.", ["Niet in de zomer."]),
    ],
)
def test_tijden_without_moments_are_what_is_known(planning, wanneer, tijden):
    assert factories.activiteit(planning=planning, wanneer_nl=wanneer).tijden == tijden


def test_onbekend_in_woorden_names_what_is_not_known():
    nothing = factories.activiteit(planning="onbekend", locatie=None, kosten="onbekend", niveau="onbekend")
    assert nothing.onbekend_in_woorden == "wanneer, waar, kosten en hoeveel Nederlands"
    assert factories.activiteit(locatie=None).onbekend_in_woorden == "waar"
    assert factories.activiteit().onbekend_in_woorden == ""
