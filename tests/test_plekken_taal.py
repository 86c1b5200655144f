"""Directions to a place in two languages: editors and readers are told when one of the two is behind."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from organisaties.choices import Vertaalstaat
from organisaties.models import Locatie
from tests import bewerken
from tests.bewerken import bewaar, getypt, van_plek
from tests.lezen import lees

pytestmark = pytest.mark.django_db

kade, cafe, sara = bewerken.kade, bewerken.cafe, bewerken.sara
OUDER = "This text is older than the text in the other language."


@pytest.fixture
def plek(cafe):
    """The place of the activity, with directions in both languages."""
    place = cafe.locatie
    place.uitleg_nl, place.uitleg_en = "Bel aan bij de groene deur.", "Ring at the green door."
    place.save()
    return place


def staten(plek):
    """How the directions are in Dutch and in English."""
    stored = Locatie.objects.get(pk=plek.pk)
    return stored.staat("uitleg", "nl"), stored.staat("uitleg", "en")


def taken_van(client, plek):
    """What the page of the organisation asks to do for this place."""
    page = lees(client.get(reverse("mijn-organisatie", args=[plek.organisatie.slug])).content)
    found = [li for todo in page.all("ul", class_="taken") for li in todo.all("li")]
    return [li.one("b").text for li in found if li.all("a", href=van_plek(plek))]


def bij_de_plek(cafe, taal="en"):
    """What a reader finds under "Here it is"."""
    with override(taal):
        address = cafe.get_absolute_url()
    page = lees(Client().get(address).content)
    return page.one("section", **{"aria-labelledby": "plek"}).text


def test_directions_that_changed_in_dutch_are_behind_in_english_until_mended(client, sara, cafe, plek):
    bewaar(client, van_plek(plek), uitleg_nl="Bel aan bij de rode deur.")
    assert staten(plek) == (Vertaalstaat.GOED, Vertaalstaat.VEROUDERD)
    page = lees(client.get(van_plek(plek)).content)
    assert ([each.text for each in page.all("del")], [each.text for each in page.all("ins")]) == (["groene"], ["rode"])
    assert taken_van(client, plek) == ["Het Engels is ouder dan het Nederlands"]
    assert (OUDER in bij_de_plek(cafe), "ouder dan" in bij_de_plek(cafe, "nl")) == (True, False)
    bewaar(client, van_plek(plek), uitleg_en="Ring at the red door.")
    assert staten(plek) == (Vertaalstaat.GOED, Vertaalstaat.GOED)
    assert (taken_van(client, plek), OUDER in bij_de_plek(cafe)) == ([], False)


def test_a_small_correction_keeps_the_english_directions_right(client, sara, plek):
    bewaar(client, van_plek(plek), uitleg_nl="Bel aan, bij de groene deur.", is_kleine_verbetering="on")
    assert staten(plek) == (Vertaalstaat.GOED, Vertaalstaat.GOED)


def test_directions_of_a_machine_are_marked_until_somebody_read_them(client, sara, cafe, plek):
    bewaar(client, van_plek(plek), machine_uitleg_en="on")
    assert staten(plek) == (Vertaalstaat.GOED, Vertaalstaat.MACHINE)
    assert taken_van(client, plek) == ["Een computer vertaalde het Engels: lees het na"]
    assert "A computer translated this text." in bij_de_plek(cafe)
    sent = getypt(client, van_plek(plek))
    del sent["machine_uitleg_en"]
    client.post(van_plek(plek), sent)
    assert staten(plek) == (Vertaalstaat.GOED, Vertaalstaat.GOED)


@pytest.mark.parametrize(
    ("mist", "gevraagd"), [("en", "De tekst in het Engels ontbreekt"), ("nl", "De tekst in het Nederlands ontbreekt")]
)
def test_directions_in_one_language_ask_for_the_other(client, sara, plek, *, mist, gevraagd):
    bewaar(client, van_plek(plek), **{f"uitleg_{mist}": ""})
    assert taken_van(client, plek) == [gevraagd]
    assert "Ontbreekt" in lees(client.get(van_plek(plek)).content).one("main").text


def test_of_a_hidden_place_nothing_is_asked(client, sara, cafe, plek):
    bewaar(client, van_plek(plek), soort="verborgen", uitleg_nl="Bel aan bij de rode deur.")
    assert (taken_van(client, plek), OUDER in bij_de_plek(cafe)) == ([], False)


def test_directions_in_dutch_only_are_explained_once(client, sara, cafe, plek):
    bewaar(client, van_plek(plek), uitleg_en="")
    assert "This text is only in Dutch." in bij_de_plek(cafe)
    cafe.naam_en = ""
    cafe.save()
    with override("en"):
        page = Client().get(cafe.get_absolute_url()).content.decode()
    assert page.count("This text is only in Dutch.") == 1


def test_directions_without_marks_match_until_one_of_them_changes(client, sara, plek):
    """As all places were stored once, and as those are that come in great numbers."""
    Locatie.objects.filter(pk=plek.pk).update(vertaald={})
    assert staten(plek) == (Vertaalstaat.GOED, Vertaalstaat.GOED)
    bewaar(client, van_plek(plek), uitleg_nl="Bel aan bij de rode deur.")
    assert staten(plek) == (Vertaalstaat.GOED, Vertaalstaat.VEROUDERD)
    assert [each.text for each in lees(client.get(van_plek(plek)).content).all("del")] == ["groene"]


def test_a_former_version_brings_back_what_was_known_then(client, sara, plek):
    bewaar(client, van_plek(plek), uitleg_nl="Bel aan bij de rode deur.")
    behind = plek.history.first()
    bewaar(client, van_plek(plek), uitleg_en="Ring at the red door.")
    client.post(van_plek(plek, "mijn-plek-versies"), {"versie": behind.history_id})
    assert staten(plek) == (Vertaalstaat.GOED, Vertaalstaat.VEROUDERD)


def test_a_new_place_knows_of_both_languages(client, sara, kade):
    new = {"soort": "adres", "naam": "De Bron", "uitleg_nl": "Bel aan.", "uitleg_en": "Ring."}
    new["machine_uitleg_en"] = "on"
    assert client.post(reverse("mijn-plek-nieuw", args=[kade.slug]), new).status_code == 303
    assert staten(Locatie.objects.get(naam="De Bron")) == (Vertaalstaat.GOED, Vertaalstaat.MACHINE)


def test_who_reads_in_a_language_without_texts_hears_nothing_of_their_age(cafe):
    with override("ar"):
        assert (cafe.vertaalmelding, cafe.plek.vertaalmelding) == ("", "")
