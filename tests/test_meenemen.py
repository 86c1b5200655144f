"""While a short list is in the address it goes along: in links, questions, buttons and the bar of every page."""

import re

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from organisaties.bewaarlijst import pak
from organisaties.views.meenemen import neem_lijst_mee
from tests import factories
from tests.conftest import vraag
from tests.lezen import lees
from tests.paginas import NUMMERS, TALEN, Pagina

IN_ELKE_TAAL = pytest.mark.parametrize("taal", TALEN)
CAFE, VOL = NUMMERS["taalcafe"], NUMMERS["vol"]

WAAR = {"home": "", "activiteit-list": "", "activiteit-detail": "vol", "agenda": "", "thema-detail": "taal"}


@IN_ELKE_TAAL
@pytest.mark.parametrize("naam", WAAR)
def test_every_link_and_question_takes_the_list_along(wereld, naam, taal):
    token = pak([CAFE, VOL])
    page = lees(vraag(Pagina(naam, slug=WAAR[naam], query=f"?lijst={token}").adres(taal)).content)
    links = [a.get("href") for a in page.all("a") if re.match(r"(/nl/|/en/|\?)(?!.*\.(ics|atom|pdf))", a.get("href"))]
    assert [link for link in links if link.count(f"lijst={token}") != 1] == []
    questions = [form for form in page.all("form") if form.get("method") != "post"]
    assert [form.one("input", name="lijst").get("value") for form in questions] == [token] * len(questions)
    assert page.one("form", id="bewaar").one("input", name="lijst").get("value") == token
    assert [link.get("href") for link in page.all("link") if "lijst=" in link.get("href")] == []
    assert "2" in page.one("div", class_="lijstbalk").one("a").text


def test_buttons_say_what_is_saved(wereld):
    page = lees(vraag(Pagina("activiteit-list", query=f"?q=les&lijst={pak([VOL])}").adres("nl")).content)
    states = {button.get("value"): button.get("name") for button in page.all("button", form="bewaar")}
    assert (states.pop(str(VOL)), set(states.values())) == ("weg", {"erbij"})


@pytest.mark.django_db
def test_every_card_and_page_can_be_saved(documenten):
    for name in ("activiteit-list", "thema-detail", "organisatie-detail", "activiteit-detail", "bewaarlijst:met twee"):
        page = documenten[name, "nl"]
        cards = [card for card in page.all("article", class_="kaartje") if card.get("data-thema")]
        assert len(cards) > 0
        assert [len(card.all("button", form="bewaar")) for card in cards] == [1] * len(cards)
    assert len(documenten["activiteit-detail", "nl"].all("button", form="bewaar", value=str(CAFE))) == 1


@pytest.mark.parametrize("query", ["", "?lijst=", "?lijst=kapot1", "?q=lijst"])
def test_without_a_list_a_page_is_as_it_was(klok, db, query):
    page = lees(vraag(Pagina("agenda", query=query).adres("nl")).content)
    assert "hidden" in page.one("div", class_="lijstbalk").one("a").attrs
    assert [a.get("href") for a in page.one("main").all("a") if "lijst=1" in a.get("href")] == []
    assert page.one("form", id="bewaar").one("input", name="lijst").get("value") == ""


@pytest.mark.parametrize(
    ("link", "wanted"),
    [
        ('<a href="/nl/agenda/">', '<a href="/nl/agenda/?lijst=T">'),
        ('<a class="x" href="/en/">', '<a class="x" href="/en/?lijst=T">'),
        ('<a href="/nl/x/?q=a&amp;b=c#d">', '<a href="/nl/x/?q=a&amp;b=c&amp;lijst=T#d">'),
        ('<a href="?">', '<a href="?lijst=T">'),
        ('<a href="?week=2">', '<a href="?week=2&amp;lijst=T">'),
        (
            '<form class="zoek" method="get">',
            '<form class="zoek" method="get"><input type="hidden" name="lijst" value="T">',
        ),
        *(
            (same, same)
            for same in (
                '<a href="#inhoud">',
                '<a href="https://elders.example/nl/">',
                '<a href="//elders.example/nl/">',
                '<a href="/static/x/">',
                '<a href="/nl/x/agenda.ics">',
                '<a href="/nl/x/?lijst=oud">',
                '<a href="mailto:x@y.example">',
                '<link rel="canonical" href="/nl/">',
                '<use href="/nl/">',
                '<article href="/nl/">',
                '<form id="bewaar" method="post" action="/nl/">',
            )
        ),
    ],
)
def test_links(link, wanted):
    token = pak([CAFE])
    answer = neem_lijst_mee(lambda _: HttpResponse(link))(RequestFactory().get(f"/nl/?lijst={token}"))
    assert answer.content.decode() == wanted.replace("=T", f"={token}").replace('"T"', f'"{token}"')


def test_a_former_address_leads_on_with_the_list(klok, db):
    entry = factories.activiteit(slug="eerste")
    entry.slug = "tweede"
    entry.save()
    response = vraag(Pagina("activiteit-detail", slug="eerste", query=f"?lijst={pak([CAFE])}").adres("nl"))
    assert response.headers["Location"] == f"/nl/activiteiten/tweede/?lijst={pak([CAFE])}"


def test_what_is_no_page_is_left_alone(db):
    static = vraag(f"/static/css/stijl.css?lijst={pak([CAFE])}")
    assert b"lijst=" not in b"".join(static.streaming_content)


def test_an_error_page_has_the_list_too(db):
    page = lees(vraag(f"/en/bestaat-niet/?lijst={pak([CAFE])}").content)
    assert page.one("div", class_="lijstbalk").one("a").get("href") == f"/en/saved/?lijst={pak([CAFE])}"


def test_a_page_with_a_list_may_be_kept(klok, db):
    url = Pagina("activiteit-list", query=f"?lijst={pak([CAFE])}").adres("nl")
    first = vraag(url)
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert vraag(url, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


@IN_ELKE_TAAL
def test_privacy_page_says_where_a_list_is(klok, db, taal):
    page = lees(vraag(Pagina("privacy").adres(taal)).content).one("main").text
    assert {"nl": "Bewaar je activiteiten?", "en": "Do you save activities?"}[taal] in page
