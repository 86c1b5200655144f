"""Every page in every language keeps the promises that all pages make."""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.utils.functional import cached_property

from organisaties.choices import PaginaSleutel
from organisaties.views import home
from tests import factories
from tests.conftest import vraag
from tests.lezen import Element, lees, zichtbaar
from tests.paginas import ALLE, FOUTEN, LEEG, PAGINAS, TALEN, ZONDER_RIJ, Pagina, is_eigen, url_names

pytestmark = pytest.mark.django_db

IN_ELKE_TAAL = pytest.mark.parametrize("taal", TALEN)
OVERAL = [(pagina, taal) for pagina in ALLE for taal in TALEN]
INHOUD = [(pagina, taal) for pagina in PAGINAS for taal in TALEN]
OPENBAAR = [(pagina, taal) for pagina, taal in INHOUD if not pagina.besloten]
AUTONIEMEN = {"nl": "Nederlands", "en": "English"}
RESOURCES = {"img": "src", "script": "src", "source": "srcset", "iframe": "src", "use": "href", "form": "action"}


def test_every_url_name_has_a_row():
    assert {pagina.naam for pagina in PAGINAS} == url_names() - set(ZONDER_RIJ)


def test_a_url_name_without_a_row_is_found():
    assert "thema-list" not in {p.naam for p in PAGINAS if p.naam != "thema-list"} & url_names()


# --- what each page promises; a test gathers every page that breaks it


def test_page_has_its_status(antwoorden):
    wrong = {key: r.status_code for key, r in antwoorden.items() if r.status_code != _page(key).status}
    assert wrong == {}


def _page(key: tuple[str, str]) -> Pagina:
    return next(pagina for pagina in ALLE if str(pagina) == key[0])


def test_page_says_its_language(antwoorden, documenten):
    for (name, taal), page in documenten.items():
        html = page.one("html")
        assert (name, html.get("lang"), html.get("dir")) == (name, taal, "ltr")
        assert antwoorden[name, taal].headers["Content-Language"] == taal


def test_page_has_headings_in_order(documenten):
    for key, page in documenten.items():
        levels = [int(e.tag[1]) for e in page if re.fullmatch("h[1-6]", e.tag)]
        assert (key, levels.count(1)) == (key, 1)
        assert all(level <= before + 1 for before, level in pairwise([0, *levels])), (key, levels)


def test_page_has_landmarks_with_names(documenten):
    for key, page in documenten.items():
        outer = [e.tag for e in page.one("body").children if isinstance(e, Element)]
        assert (key, outer) == (key, ["a", "header", "main", "footer"])
        names = [n.get("aria-label") or page.one(id=n.get("aria-labelledby")).text for n in page.all("nav")]
        assert (key, sorted(names)) == (key, sorted(set(names) - {""}))


def test_page_has_no_leftovers(documenten):
    signs = re.compile(r"\bNone\b|\{\{|\{%|%\(|\bTrue\b|\bFalse\b|&amp;|&#|<bdi")
    found = [(key, text) for key, page in documenten.items() for _, text in zichtbaar(page) if signs.search(text)]
    assert found == []


def test_page_gives_every_id_once(documenten):
    for key, page in documenten.items():
        ids = [element.get("id") for element in page if element.get("id")]
        assert (key, sorted(ids)) == (key, sorted(set(ids)))


def test_page_loads_nothing_from_elsewhere(documenten):
    for key, page in documenten.items():
        assert (key, _foreign(page)) == (key, [])


def _foreign(page: Element) -> list[str]:
    loaded = [e.get(RESOURCES[e.tag]) for e in page.all(*RESOURCES)]
    loaded += [e.get("href") for e in page.all("link") if e.get("rel") not in ("canonical", "alternate")]
    inline = [f"<{e.tag}>" for e in page.all("style", "iframe")]
    return [url for url in loaded if not is_eigen(url)] + inline


def test_something_from_elsewhere_is_found():
    assert _foreign(lees('<img src="//evil.example/a.png"><style></style>')) == ["//evil.example/a.png", "<style>"]


def test_page_loads_the_style_of_all_it_shows(documenten):
    for key, page in documenten.items():
        assert (key, _unstyled(page)) == (key, set())


def _unstyled(page: Element) -> set[str]:
    """The classes on a page that only a style sheet has which the page does not load."""
    sheets = {
        f"css/{name}.css": _classes(f"css/{name}.css") for name in ("stijl", "blad", "kaart", "papier", "formulier")
    }
    loaded = {e.get("href").removeprefix(settings.STATIC_URL) for e in page.all("link", rel="stylesheet")}
    used = {name for element in page for name in element.get("class").split()}
    return (used & set().union(*sheets.values())).difference(*(sheets[path] for path in loaded & sheets.keys()))


@cache
def _classes(path: str) -> set[str]:
    return set(re.findall(r"\.([a-z][\w-]*)", Path(finders.find(path)).read_text()))


def test_a_class_without_its_style_sheet_is_found():
    head = '<link rel="stylesheet" href="/static/css/stijl.css">'
    assert _unstyled(lees(f'{head}<p class="knop opening made-up"></p>')) == {"opening"}


def test_page_sets_no_cookie(antwoorden):
    assert [key for key, response in antwoorden.items() if response.cookies] == []
    assert [key for key, r in antwoorden.items() if "cookie" in r.headers.get("Vary", "").lower()] == []


@IN_ELKE_TAAL
def test_titles_are_unique(documenten, taal):
    titles = [documenten[str(pagina), taal].one("title").text for pagina in ALLE]
    assert sorted(titles) == sorted(set(titles))


# --- languages


def test_switcher_is_a_list_of_plain_links(documenten):
    for (name, taal), page in documenten.items():
        nav = page.all("nav")[0]
        links = nav.all("a")
        assert {link.get("lang"): link.text for link in links} == AUTONIEMEN
        assert [link.get("hreflang") for link in links] == [link.get("lang") for link in links]
        assert (name, [link.get("lang") for link in links if link.get("aria-current")]) == (name, [taal])
        assert nav.get("aria-label")


def test_switcher_leads_to_the_same_page(documenten):
    for pagina, taal in INHOUD:
        for link in documenten[str(pagina), taal].all("nav")[0].all("a"):
            found, wanted = urlsplit(link.get("href")), urlsplit(pagina.adres(link.get("lang")))
            assert found.path == wanted.path
            assert parse_qsl(found.query) == parse_qsl(wanted.query)


def _languages(page: Element) -> dict[str, str]:
    links = page.all("link", rel="alternate")
    return {link.get("hreflang"): link.get("href") for link in links if link.get("hreflang")}


def test_canonical_is_absolute_and_its_own(documenten):
    for pagina, taal in OPENBAAR:
        own = pagina.adres("nl" if pagina.alleen_nl else taal)
        path = own if "pagina=" in own else own.partition("?")[0]
        canonical = documenten[str(pagina), taal].one("link", rel="canonical").get("href")
        assert (str(pagina), canonical) == (str(pagina), settings.SITE_URL + path)


def test_alternates_are_complete_and_include_the_page(documenten):
    for pagina, taal in OPENBAAR:
        page = documenten[str(pagina), taal]
        if pagina.alleen_nl:
            assert set(_languages(page)) == ({"nl", "x-default"} if taal == "nl" else set())
        else:
            assert set(_languages(page)) == {*TALEN, "x-default"}
            own = page.one("link", rel="canonical").get("href")
            assert (str(pagina), _languages(page)[taal]) == (str(pagina), own)


def test_alternates_are_reciprocal(documenten):
    for pagina in dict.fromkeys(pagina for pagina, _ in OPENBAAR):
        by_language = [_languages(documenten[str(pagina), taal]) for taal in TALEN]
        assert all(found == by_language[0] for found in by_language if found)
        assert by_language[0]["x-default"] == by_language[0]["nl"]


def test_error_page_and_page_for_one_person_are_not_for_search_engines(documenten):
    for pagina in (*FOUTEN, *(pagina for pagina in PAGINAS if pagina.besloten)):
        page = documenten[str(pagina), "nl"]
        assert page.one("meta", name="robots").get("content") == "noindex"
        assert page.all("link", rel="canonical") == page.all("link", rel="alternate") == []


def test_links_on_all_pages_lead_somewhere(documenten, wereld, settings):
    settings.ROOT_URLCONF = "tests.paginas"
    links = _own_links(documenten)
    static = {url for url in links if url.startswith(settings.STATIC_URL)}
    broken = {url: status for url in links - static if (status := vraag(url).status_code) != 200}
    assert broken == {}
    assert [url for url in static if not finders.find(url.removeprefix(settings.STATIC_URL))] == []
    assert len(links) > 100


def _own_links(documents: dict[tuple[str, str], Element]) -> set[str]:
    """One of each: an address without parameters, and with each set of parameters. Pages we have are left out."""
    found = {}
    for page in documents.values():
        urls = (e.get(name) for e in page for name in ("href", "src", "action") if e.get(name))
        for url in filter(is_eigen, urls):
            parts = urlsplit(url)
            asked = tuple(sorted(name for name, _ in parse_qsl(parts.query)))
            if parts.path and not parts.path.startswith("/media/"):  # made anew, see test_koppen.py
                found.setdefault((parts.path, asked), url.partition("#")[0])
    return set(found.values()) - {pagina.adres(taal) for pagina, taal in OVERAL}


def test_anchors_on_the_page_exist(documenten):
    for key, page in documenten.items():
        wanted = {e.get("href")[1:] for e in page.all("a") if e.get("href").startswith("#")}
        for name in ("aria-labelledby", "aria-describedby", "for"):
            wanted |= {word for e in page for word in e.get(name).split()}
        assert (key, wanted - {e.get("id") for e in page}) == (key, set())


def test_dutch_text_on_an_english_page_says_so(documenten):
    texts = (*factories.NEDERLANDS.values(), factories.REDEN)
    for pagina in PAGINAS:
        body = documenten[str(pagina), "en"].one("body")
        silent = [text for e, text in body.texts() if e.language != "nl" and any(t in text for t in texts)]
        assert (str(pagina), silent) == (str(pagina), [])


def test_notice_of_dutch_text_is_where_it_belongs(documenten):
    for pagina, taal in OVERAL:
        notices = len(documenten[str(pagina), taal].all(class_="taalmelding"))
        assert (str(pagina), notices) == (str(pagina), int(pagina.alleen_nl and taal == "en"))


def test_dutch_only_page_marks_its_heading(documenten):
    heading = documenten["activiteit-detail:alleen Nederlands", "en"].one("h1")
    assert [(e.tag, e.get("lang"), e.get("dir")) for e in heading.all("bdi")] == [("bdi", "nl", "ltr")]


def test_page_of_text_in_dutch_only_says_so(klok):
    factories.pagina(PaginaSleutel.PRIVACY, titel_en="", inleiding_en="", tekst_en="")
    page = lees(vraag("/en/privacy/").content)
    assert page.one("h1").children[0].get("lang") == "nl"
    assert len(page.all(class_="taalmelding")) == 1
    assert [e.language for e, text in page.one("main").texts() if text == "Wij zijn een netwerk."] == ["nl"]


@IN_ELKE_TAAL
@pytest.mark.parametrize("pagina", LEEG, ids=str)
def test_page_without_any_entry_is_whole(pagina, taal, klok):
    response = vraag(pagina.adres(taal))
    page = lees(response.content)
    assert (response.status_code, len(page.all("h1"))) == (200, 1)
    assert page.one("main").text


@IN_ELKE_TAAL
def test_error_page_needs_no_database(monkeypatch, taal):
    def broken(self, *args, **kwargs):
        raise OperationalError("the database is gone")

    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", broken)
    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", broken)
    response = vraag(f"/{taal}/")
    assert (response.status_code, lees(response.content).one("html").get("lang")) == (500, taal)
    assert vraag(f"/{taal}/bestaat-niet/").status_code == 404


def test_csrf_failure_has_its_page(client):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/nl/inloggen/beheer/", {"username": "x"})
    assert response.status_code == 403
    assert len(lees(response.content).all("h1")) == 1


# --- numbers: as people write them in text, as machines write them everywhere else


@pytest.mark.parametrize(("taal", "written"), [("nl", "1.234"), ("en", "1,234")])
def test_numbers_are_written_the_way_of_the_language(taal, written, klok, monkeypatch):
    counts = {"organisaties": 1234, "activiteiten": 1234, "talen": 1234}
    monkeypatch.setattr(home, "totalen", lambda activiteiten, organisaties: counts)
    page = lees(vraag(f"/{taal}/").content)
    assert [dd.text for dd in page.one("dl", class_="telraam").all("dd")] == [written] * 3
    assert _written_numbers(page) == []


@IN_ELKE_TAAL
def test_numbers_of_pages_are_plain_in_addresses(taal, wereld, monkeypatch):
    count = cached_property(lambda self: 24680)
    count.__set_name__(Paginator, "count")
    monkeypatch.setattr(Paginator, "count", count)
    page = lees(vraag(Pagina("activiteit-list").adres(taal)).content)
    assert "?pagina=1234" in [link.get("href") for link in page.one("nav", class_="bladeren rij").all("a")]
    assert _written_numbers(page) == []


def test_attributes_hold_no_written_numbers(documenten):
    for key, page in documenten.items():
        assert (key, _written_numbers(page)) == (key, [])


def _written_numbers(page: Element) -> list[tuple[str, str, str]]:
    """Attributes with a number such as 1.234 or 1,234; drawings hold decimals and are left out.

    The seal of a form is no number, also when chance gives it three digits: the moment before it has thirteen.
    """
    return [
        (element.tag, name, value)
        for element in page
        for name, value in element.attrs.items()
        if element.tag not in ("path", "circle", "svg") and re.search(r"(?<!\d)\d{1,3}[.,]\d{3}(?!\d)", value)
    ]


@pytest.mark.parametrize("value", ["n-1.234", "?pagina=12,345", "1.234.567"])
def test_a_written_number_in_an_attribute_is_found(value):
    assert _written_numbers(lees(f'<p id="{value}"></p>')) == [("p", "id", value)]


def test_a_seal_is_no_written_number():
    assert _written_numbers(lees('<input value="kqn1Sco:1795510800000.571A0POezP4N">')) == []
