"""Help me choose: every way through the questions leads to a list with something in it, and back."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisaties.models import Stadsdeel
from organisaties.views.kiezen import STAPPEN, WANNEER
from tests import factories
from tests.conftest import vraag
from tests.lezen import Element, lees
from tests.paginas import TALEN, Pagina

pytestmark = pytest.mark.django_db

IN_ELKE_TAAL = pytest.mark.parametrize("taal", TALEN)


def stap(query: str = "", taal: str = "nl") -> Element:
    response = vraag(Pagina("kiezen", query=query).adres(taal))
    assert response.status_code == 200
    return lees(response.content).one("main")


def antwoorden(page: Element) -> list[Element]:
    return page.all("a", class_="antwoord")


def gekozen(page: Element) -> list[str]:
    return [li.text for li in page.all("li", class_="gekozen")]


def naar(url: str) -> tuple[str, dict[str, list[str]]]:
    """The path and the query of an address."""
    return urlsplit(url).path, parse_qs(urlsplit(url).query, keep_blank_values=True)


def wegen(url: str) -> Iterator[tuple[str, int]]:
    """Every end that can be reached from a question, with the number that its last link promised."""
    for link in antwoorden(lees(vraag(url).content)):
        promised = int(link.one("small").children[0])
        end = link.get("href")
        if (response := vraag(end)).status_code == 302:
            end = response.headers["Location"]
        if "activiteiten" in end or "activities" in end:
            yield end, promised
        else:
            yield from wegen(end)


@IN_ELKE_TAAL
def test_every_end_has_what_it_promised(wereld, taal):
    ends = list(wegen(Pagina("kiezen").adres(taal)))
    found = {end: len(_shown(end)) for end, _ in ends}
    assert [end for end, promised in ends if found[end] != promised] == []
    assert (len(ends) > 20, min(found.values())) == (True, 1)


def _shown(url: str) -> list[Element]:
    page = lees(vraag(url).content)
    more = [link.get("href") for link in page.all("a", rel="next")]
    return page.all("article", class_="kaartje") + [card for href in more for card in _shown(urlsplit(url).path + href)]


def test_an_empty_end_would_be_found(wereld):
    assert _shown("/nl/activiteiten/?thema=wonen") == []


def test_three_questions_in_a_row(wereld):
    first = stap()
    assert (first.one("p", class_="stippen").text, first.one("h1").text) == ("Vraag 1 van 3", "Wat wil je doen?")
    taal = next(link for link in antwoorden(first) if link.get("data-thema") == "taal")
    assert naar(taal.get("href")) == ("/nl/kiezen/", {"thema": ["taal"]})
    second = stap("?thema=taal")
    assert (second.one("p", class_="stippen").text, second.one("h1").text) == ("Vraag 2 van 3", "Waar?")
    third = stap("?thema=taal&stadsdeel=west")
    assert (third.one("p", class_="stippen").text, third.one("h1").text) == ("Vraag 3 van 3", "Wanneer?")
    assert gekozen(third) == ["Taal oefenen", "West"]
    evening = next(link for link in antwoorden(third) if link.text.startswith("Avond"))
    assert naar(evening.get("href")) == (
        "/nl/activiteiten/",
        {"thema": ["taal"], "stadsdeel": ["west"], "dagdeel": ["avond"]},
    )


def test_what_does_not_matter_chooses_nothing(wereld):
    assert gekozen(stap("?thema=&stadsdeel=")) == []
    assert antwoorden(stap("?thema=&stadsdeel="))[-1].get("href") == "/nl/activiteiten/"
    assert naar(antwoorden(stap("?thema="))[-1].get("href")) == ("/nl/kiezen/", {"thema": [""], "stadsdeel": [""]})


def test_days_from_today_are_those_of_the_list(wereld):
    links = [urlsplit(link.get("href")).query for link in antwoorden(stap("?thema=&stadsdeel="))]
    assert links[:2] == ["wanneer=vandaag", "wanneer=week"]
    assert links[-1] == ""


def test_online_is_a_place(wereld):
    online = next(link for link in antwoorden(stap("?thema=")) if link.text.startswith("Online"))
    assert naar(online.get("href"))[1] == {"thema": [""], "online": ["ja"]}


@pytest.mark.parametrize(
    ("query", "back"),
    [
        ("", "/nl/"),
        ("?thema=taal", "/nl/kiezen/"),
        ("?thema=taal&stadsdeel=west", "/nl/kiezen/?thema=taal"),
        ("?thema=&stadsdeel=west", "/nl/kiezen/?thema="),
    ],
)
def test_back_leads_to_the_question_before(wereld, query, back):
    links = [link.get("href") for link in stap(query).one("nav").all("a")]
    assert links == [back, *(["/nl/kiezen/"] if query else [])]


@pytest.mark.parametrize(
    "query",
    [
        "?thema=draak",
        "?thema=wonen",
        "?wat=x",
        "?thema=%00",
        "?dag=za",
        "?dagdeel=nacht",
        "?wanneer=gisteren",
        "?thema=taal%27--",
        "?thema=TAAL",
    ],
)
def test_what_does_not_exist_or_leads_nowhere_is_no_answer(wereld, query):
    page = stap(query)
    assert (page.one("h1").text, gekozen(page)) == ("Wat wil je doen?", [])


def test_answers_that_exclude_each_other_never_lead_to_nothing(wereld):
    page = stap("?thema=taal&online=ja")
    assert (page.one("h1").text, gekozen(page)) == ("Waar?", ["Taal oefenen"])


@pytest.mark.parametrize(
    ("query", "end"),
    [
        ("?thema=werk", "/nl/activiteiten/?thema=werk"),
        ("?thema=&online=ja", "/nl/activiteiten/?online=ja"),
        ("?thema=taal&stadsdeel=west&dagdeel=avond", "/nl/activiteiten/?thema=taal&stadsdeel=west&dagdeel=avond"),
        ("?thema=&stadsdeel=&wanneer=", "/nl/activiteiten/"),
    ],
)
def test_when_nothing_is_left_to_ask_the_list_comes(wereld, query, end):
    response = vraag(f"/nl/kiezen/{query}")
    assert (response.status_code, response.headers["Location"]) == (302, end)


@IN_ELKE_TAAL
def test_without_any_activity_the_list_comes_and_says_so(klok, taal):
    response = vraag(Pagina("kiezen", query="?thema=").adres(taal))
    assert (response.status_code, response.headers["Location"]) == (302, Pagina("activiteit-list").adres(taal))


def test_hidden_place_is_in_no_district(wereld):
    assert vraag("/nl/kiezen/?thema=recht").headers["Location"] == "/nl/activiteiten/?thema=recht"


def test_a_coordinator_may_add_a_theme(wereld):
    new = factories.thema("zwemmen", naam_nl="Zwemmen")
    factories.activiteit(thema=new)
    link = next(link for link in antwoorden(stap()) if link.get("data-thema") == "zwemmen")
    assert [link.one("small").text, link.one("span", class_="vv").text] == ["1", "1 activiteit"]


def _queries(query: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert len(antwoorden(stap(query))) > 2
    return len(captured)


@pytest.mark.parametrize("aantal", [30, 300])
def test_a_question_costs_one_query_however_many_activities(klok, aantal):
    call_command("generate_activiteiten", aantal=aantal, seed=7, force=True, verbosity=0)
    stap()  # a process reads the index once
    assert _queries("?thema=") == 1
    days_left = 6  # the first to ask for the days of this week finds them out for everybody
    assert [_queries("?thema=&stadsdeel=") for _ in range(2)] == [1 + 4 * days_left, 1]


# --- pictures


def _ids(path: str) -> set[str]:
    drawing = lees(Path(finders.find(path)).read_text(encoding="utf-8"))
    return {symbol.get("id") for symbol in drawing.all("symbol")}


def test_every_answer_has_its_picture(db):
    assert {optie.icoon for optie in WANNEER} | {stap.om_het_even.icoon for stap in STAPPEN} <= _ids("img/iconen.svg")
    assert set(Stadsdeel.objects.values_list("slug", flat=True)) == _ids("img/stadsdelen.svg")


@IN_ELKE_TAAL
def test_ways_in(wereld, taal):
    address = Pagina("kiezen").adres(taal)
    for pagina in (Pagina("home"), Pagina("activiteit-list", query="?q=zzzz")):
        links = lees(vraag(pagina.adres(taal)).content).one("main").all("a", href=address)
        assert (str(pagina), len(links)) == (str(pagina), 1)
