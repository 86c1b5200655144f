"""Sending the form: it counts once; what is suspicious is held; nothing is lost."""

from datetime import timedelta

import pytest
from django.test import Client

from organisaties.drukte import MEEST, drukte
from organisaties.forms.velden import LOKVELD
from organisaties.models import Aanvraag, Bericht
from organisaties.spam import open_formulier
from tests.aanvragen import ADRES, stuur, typed_in, verstuur
from tests.conftest import NU, stille_klok, vraag
from tests.lezen import lees
from tests.paginas import ANTWOORDEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("klok")]


# --- sending


@pytest.fixture
def gestuurd(klok):
    return verstuur()


def test_sending_stores_the_request_and_mails_its_address(gestuurd):
    aanvraag = Aanvraag.objects.get()
    assert (gestuurd.status_code, gestuurd.headers["Location"]) == (303, f"{ADRES}verstuurd/{aanvraag.kenmerk}/")
    assert (aanvraag.taal, aanvraag.verdenkingen, aanvraag.naam) == ("nl", [], ANTWOORDEN["naam"])
    assert [thema.slug for thema in aanvraag.themas.all()] == ANTWOORDEN["themas"]
    assert [bericht.aan for bericht in Bericht.objects.all()] == [ANTWOORDEN["email"]]
    assert gestuurd.cookies == {}


def test_the_language_of_the_page_is_that_of_the_mail(klok):
    Client().post("/en/join/", {**ANTWOORDEN, "verstuur": "ja"})
    assert [bericht.taal for bericht in Bericht.objects.all()] == ["en"]


def test_sending_the_same_twice_is_one_request_and_one_answer(gestuurd):
    assert verstuur().headers["Location"] == gestuurd.headers["Location"]
    assert (Aanvraag.objects.count(), Bericht.objects.count()) == (1, 1)


@pytest.mark.parametrize("changes", [{"naam": "Sara"}, {"themas": ["taal"]}, {"themas": None}])
def test_other_answers_on_a_sent_form_ask_whether_it_is_another_request(gestuurd, changes):
    page = stuur(verstuur="ja", **changes)
    notice = page.one("div", role="alert").text
    assert (Aanvraag.objects.get().kenmerk in notice, "nog een aanvraag" in notice) == (True, True)
    fresh = page.one("input", name="formulier").get("value")
    assert fresh != ANTWOORDEN["formulier"]
    assert verstuur(formulier=fresh, **changes).status_code == 303
    assert Aanvraag.objects.count() == 2


@pytest.mark.parametrize("ago", [timedelta(days=3), timedelta(hours=24, seconds=1)])
def test_a_form_that_was_open_too_long_comes_back_whole(klok, ago):
    with stille_klok(NU - ago):
        old = open_formulier()
    page = stuur(verstuur="ja", formulier=old)
    assert "stonden lang open" in page.one("div", role="alert").text
    fresh = page.one("input", name="formulier").get("value")
    assert (typed_in(page, "naam"), Aanvraag.objects.count()) == ([ANTWOORDEN["naam"]], 0)
    assert verstuur(formulier=fresh).status_code == 303


FORGED = {
    "none": None,
    "empty": "",
    "nul": "\0",
    "short": "a.b",
    "long": "x" * 10_000,
    "cut off": ANTWOORDEN["formulier"][:-2],
}


@pytest.mark.parametrize("token", FORGED.values(), ids=FORGED)
def test_a_form_without_a_token_of_ours_comes_back_too(klok, token):
    page = stuur(verstuur="ja", formulier=token)
    assert ("stonden lang open" in page.one("div", role="alert").text, Aanvraag.objects.count()) == (True, 0)


def test_a_form_may_stay_open_for_nineteen_hours(klok):
    with stille_klok(NU - timedelta(hours=19)):
        token = open_formulier()
    assert verstuur(formulier=token).status_code == 303


# --- what is suspicious


@pytest.mark.parametrize(
    ("changes", "headers", "why"),
    [
        ({LOKVELD: "blauw"}, {}, "lokveld"),
        ({"bericht": "<a href=http://evil.example>"}, {}, "inhoud"),
        ({}, {"Sec-Fetch-Site": "cross-site"}, "elders"),
    ],
)
def test_what_is_suspicious_is_held_and_the_confirmation_says_so(klok, changes, headers, why):
    response = verstuur(headers=headers, **changes)
    aanvraag = Aanvraag.objects.get()
    assert (aanvraag.is_verdacht, aanvraag.verdenkingen, Bericht.objects.count()) == (True, [why], 0)
    assert (
        "Wij kijken zelf eerst naar je aanvraag." in lees(vraag(response.headers["Location"]).content).one("main").text
    )


def test_who_is_done_in_three_seconds_is_held(klok):
    token = open_formulier()
    with stille_klok(NU + timedelta(seconds=2)):
        verstuur(formulier=token)
    assert Aanvraag.objects.get().verdenkingen == ["snel"]


def test_the_decoy_goes_along_to_the_end(klok):
    page = stuur(**{LOKVELD: "blauw"})
    assert typed_in(page, LOKVELD) == ["blauw"]
    decoy = lees(vraag(ADRES).content).one(name=LOKVELD)
    assert (decoy.get("tabindex"), decoy.get("autocomplete"), decoy.parent.get("aria-hidden")) == ("-1", "off", "true")


def test_twenty_five_people_behind_one_address_all_get_through(klok):
    people = [verstuur(formulier=open_formulier(), email=f"p{n}@tafel.example") for n in range(25)]
    assert [answer.status_code for answer in people] == [303] * 25
    assert {tuple(aanvraag.verdenkingen) for aanvraag in Aanvraag.objects.all()} == {("snel",)}


def test_many_forms_from_one_network_are_held_and_very_many_have_to_wait(klok):
    for _ in range(30):
        drukte.tel("127.0.0.1")
    verstuur()
    assert Aanvraag.objects.get().verdenkingen == ["druk"]
    for _ in range(MEEST):
        drukte.tel("127.0.0.1")
    response = verstuur(formulier=open_formulier(), naam="Sara")
    page = lees(response.content)
    assert (response.status_code, typed_in(page, "naam"), Aanvraag.objects.count()) == (429, ["Sara"], 1)
    assert "Wacht een uur" in page.one("div", role="alert").text


def test_a_forwarded_address_of_a_visitor_changes_nothing(klok):
    for _ in range(31):
        drukte.tel("127.0.0.1")
    verstuur(headers={"X-Forwarded-For": "203.0.113.9"})
    assert Aanvraag.objects.get().verdenkingen == ["druk"]


def test_two_forms_are_two_requests(klok):
    verstuur()
    verstuur(formulier=open_formulier())
    assert Aanvraag.objects.count() == 2
