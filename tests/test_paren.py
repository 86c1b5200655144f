"""Texts in two languages that editors write: what a machine made is said of that text alone, until somebody read it."""

import pytest

from organisaties.choices import Vertaalstaat
from organisaties.models import Activiteit
from tests import bewerken
from tests.bewerken import bewaar, getypt, van
from tests.lezen import lees

pytestmark = pytest.mark.django_db

kade, cafe, sara = bewerken.kade, bewerken.cafe, bewerken.sara


@pytest.fixture
def tekst(cafe):
    """The part of an activity with its name and its story."""
    return van(cafe, "mijn-activiteit-deel", "tekst")


def gemaakt(cafe):
    """By the name of a text the language in which a machine made it."""
    made = {name: Activiteit.objects.get(pk=cafe.pk).machine_van(name) for name in cafe.teksten()}
    return {name: code for name, code in made.items() if code}


def maak(cafe, **made):
    """A machine made these texts, each in this language."""
    for name, code in made.items():
        cafe.zet_machine(name, code)
    cafe.save()


# --- what a machine made


def test_a_text_of_a_machine_is_marked_until_somebody_read_it(client, sara, cafe, tekst):
    bewaar(client, tekst, machine_omschrijving_en="on")
    assert gemaakt(cafe) == {"omschrijving": "en"}
    sent = getypt(client, tekst)
    assert sent.pop("machine_omschrijving_en") == "on"
    client.post(tekst, sent)
    assert gemaakt(cafe) == {}


def test_storing_another_text_leaves_the_marks_as_they_are(client, sara, cafe, tekst):
    maak(cafe, omschrijving="en")
    bewaar(client, tekst, samenvatting_nl="Praat mee.")
    assert gemaakt(cafe) == {"omschrijving": "en"}


def test_who_read_one_text_did_not_read_the_others(client, sara, cafe, tekst):
    maak(cafe, naam="en", omschrijving="en")
    sent = getypt(client, tekst)
    del sent["machine_naam_en"]
    client.post(tekst, sent)
    assert gemaakt(cafe) == {"omschrijving": "en"}


def test_the_tick_stands_beside_the_text_that_a_machine_made(client, sara, cafe, tekst):
    maak(cafe, naam="nl", omschrijving="en")
    page = lees(client.get(tekst).content)
    ticks = [box for box in page.all("input", type="checkbox") if box.get("name").startswith("machine_")]
    assert {box.get("name"): "checked" in box.attrs for box in ticks} == {
        "machine_naam_nl": True,
        "machine_samenvatting_en": False,
        "machine_omschrijving_en": True,
    }


def test_dutch_of_a_machine_stays_so_until_somebody_read_it(client, sara, cafe, tekst):
    maak(cafe, naam="nl")
    bewaar(client, tekst, samenvatting_nl="Praat mee.")
    assert gemaakt(cafe) == {"naam": "nl"}
    sent = getypt(client, tekst)
    del sent["machine_naam_nl"]
    client.post(tekst, sent)
    assert gemaakt(cafe) == {}


def test_a_text_that_is_not_there_was_made_by_nobody(client, sara, cafe, tekst):
    bewaar(client, tekst, omschrijving_en="", machine_omschrijving_en="on")
    assert gemaakt(cafe) == {}


# --- a small correction


KLEIN = {"is_kleine_verbetering": "on"}


def verouderd(cafe):
    """The texts that are older in English."""
    return [name for name, staat in Activiteit.objects.get(pk=cafe.pk).staten("en") if staat == Vertaalstaat.VEROUDERD]


@pytest.mark.parametrize("anders", ["omschrijving", "ontvangst"])
def test_a_small_correction_says_nothing_of_a_text_that_did_not_change(client, sara, cafe, tekst, *, anders):
    cafe.ontvangst_nl, cafe.ontvangst_en = "Sara aan de deur", "Sara at the door"
    cafe.save()
    setattr(cafe, f"{anders}_nl", "Iets heel anders.")
    cafe.save()
    bewaar(client, tekst, naam_nl="Taal-café", **KLEIN)
    assert verouderd(cafe) == [anders]


def test_a_small_correction_can_be_said_afterwards(client, sara, cafe, tekst):
    bewaar(client, tekst, naam_nl="Taal-café")
    assert verouderd(cafe) == ["naam"]
    bewaar(client, tekst, **KLEIN)
    assert verouderd(cafe) == []


# --- two people at once


@pytest.mark.parametrize(("eerst", "daarna"), [("en", None), (None, "en"), ("nl", None)])
def test_what_another_said_of_a_machine_meanwhile_stays(client, sara, cafe, tekst, *, eerst, daarna):
    maak(cafe, omschrijving=eerst)
    mine = getypt(client, tekst)
    maak(cafe, omschrijving=daarna)
    client.post(tekst, mine | {"samenvatting_nl": "Praat mee."})
    assert gemaakt(cafe) == ({"omschrijving": daarna} if daarna else {})
    assert Activiteit.objects.get(pk=cafe.pk).samenvatting_nl == "Praat mee."


def test_a_choice_between_two_texts_brings_no_mark_back(client, sara, cafe, tekst):
    maak(cafe, omschrijving="en")
    mine = getypt(client, tekst) | {"samenvatting_nl": "Van mij."}
    maak(cafe, omschrijving=None)
    Activiteit.objects.filter(pk=cafe.pk).update(samenvatting_nl="Van een collega.")
    stand = client.post(tekst, mine).context["form"]["stand"].value()
    client.post(tekst, mine | {"stand": stand, "botst": "samenvatting_nl", "kies_samenvatting_nl": "mij"})
    assert (gemaakt(cafe), Activiteit.objects.get(pk=cafe.pk).samenvatting_nl) == ({}, "Van mij.")


@pytest.mark.usefixtures("sara")
@pytest.mark.parametrize("klein", [False, True])
@pytest.mark.parametrize("mine", [{"samenvatting_en": "Mended."}, {}], ids=["changed", "nothing"])
def test_nobody_vouches_for_a_text_that_was_not_on_the_screen(client, cafe, mine, klein):
    """A colleague changed the day in the Dutch while this form was open: the English stays behind."""
    adres = van(cafe, "mijn-activiteit-deel", "tekst")
    sent = getypt(client, adres) | mine | ({"is_kleine_verbetering": "on"} if klein else {})
    bewaar(client, adres, samenvatting_nl="Nu op vrijdag.")
    assert client.post(adres, sent).status_code == 303
    cafe.refresh_from_db()
    assert (cafe.samenvatting_nl, cafe.staat("samenvatting", "en")) == ("Nu op vrijdag.", "verouderd")


@pytest.mark.usefixtures("sara")
def test_a_small_correction_of_one_language_does_not_vouch_for_the_other_that_a_colleague_rewrote(client, cafe):
    adres = van(cafe, "mijn-activiteit-deel", "tekst")
    sent = getypt(client, adres) | {"samenvatting_nl": "Een komma, erbij.", "is_kleine_verbetering": "on"}
    bewaar(client, adres, samenvatting_en="Now on Friday.")
    assert client.post(adres, sent).status_code == 303
    cafe.refresh_from_db()
    assert "verouderd" in {cafe.staat("samenvatting", code) for code in ("nl", "en")}
