"""Whatever stands in an address or is sent along: a helpful page, the first page or a refusal, and never a 500."""

import time

import pytest
from django.test import Client, RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netwerk.middleware import MAX_QUERY
from organisaties.filters import ActiviteitFilter
from organisaties.models import Activiteit
from tests import factories
from tests.conftest import vraag
from tests.lezen import Element, lees
from tests.paginas import TALEN, Pagina

pytestmark = pytest.mark.django_db

IN_ELKE_TAAL = pytest.mark.parametrize("taal", TALEN)
ONZIN = ("0", "-1", "1000000000", "1" * 5000, "abc", "1.5", "٢", "%00", "%FF%FE", "%F0%9F%98%80", "'", "%25", "_", "")
GEEN_WEEK = ("2026-W54", "0000-W01", "9999-W52", "10000-W01", "2026-w48")
GEEN_DAG = ("2026-02-30", "0000-01-01", "9999-12-31", "10000-01-01", "2026-11-24T10")


def _hoofd(naam: str, query: str, taal: str = "nl") -> Element | None:
    """The main part of a page, or nothing when the address is so long that it is refused."""
    response = vraag(Pagina(naam, query=query).adres(taal))
    assert response.status_code == (414 if len(query) > MAX_QUERY else 200), query
    return lees(response.content).one("main") if response.status_code == 200 else None


@pytest.mark.parametrize("naam", ["activiteit-list", "organisatie-list"])
def test_page_number_that_does_not_exist_is_the_first_page(wereld, naam):
    first = _hoofd(naam, "").text
    found = {nummer: main.text for nummer in ONZIN if (main := _hoofd(naam, f"?pagina={nummer}"))}
    assert found == dict.fromkeys(found, first)


@IN_ELKE_TAAL
@pytest.mark.parametrize("naam", ["thema", "stadsdeel"])
def test_filter_value_that_does_not_exist_is_no_choice(wereld, naam, taal):
    mains = [_hoofd("activiteit-list", f"?{naam}={waarde}", taal) for waarde in ONZIN]
    assert [main.all(class_="chip") for main in mains if main] == [[]] * (len(ONZIN) - 1)


@pytest.mark.parametrize("query", ["week={}", "dag={}", "dag={}&vanaf=60"])
def test_week_or_day_that_does_not_exist_is_this_week(wereld, query):
    for waarde in (*ONZIN, *GEEN_WEEK, *GEEN_DAG):
        if main := _hoofd("agenda", f"?{query.format(waarde)}"):
            assert (waarde, main.all("time")[0].get("datetime")) == (waarde, "2026-11-23")


@pytest.mark.parametrize("vanaf", ["-1", "9999999", "abc", "65"])
def test_day_beyond_its_end_is_still_a_page(wereld, vanaf):
    assert vraag(Pagina("agenda", query=f"?datum=2026-12-01&vanaf={vanaf}").adres("nl")).status_code == 200


@IN_ELKE_TAAL
@pytest.mark.parametrize("soort", ["activiteit-detail", "organisatie-detail", "thema-detail"])
@pytest.mark.parametrize("slug", ["bestaat-niet", "1", "x" * 3000, "-"])
def test_slug_that_does_not_exist_gets_the_page_for_that(soort, slug, taal):
    assert vraag(Pagina(soort, slug=slug).adres(taal)).status_code == 404


@pytest.mark.parametrize("path", ["/xx/", "/nl", "/fr/activiteiten/", "/nl/activities/", "/%00/", "/nl/%FF/", "/../"])
def test_address_that_does_not_exist_is_a_404_or_leads_on(path):
    response = vraag(path)
    assert response.status_code in (301, 404)


def test_long_prefixes_of_a_language_cost_nothing():
    # CVE-2026-15337: many very long language codes
    began = time.process_time()
    answers = {vraag(f"/{'nl-' * 3000}{n}/").status_code for n in range(50)}
    assert (answers, time.process_time() - began < 5) == ({404}, True)


@pytest.mark.parametrize(
    "words", ["", " ", "a" * 200, "%25%25", "_", "'\"<script>", "%00", "%F0%9F%98%80 " * 20, "a " * 100]
)
def test_words_of_any_kind_give_a_list(wereld, words):
    response = vraag(Pagina("activiteit-list", query=f"?q={words}").adres("nl"))
    assert response.status_code == 200
    assert b"<script>" not in response.content


def test_a_long_address_is_refused_fast():
    began = time.process_time()
    answers = [
        vraag(f"/nl/activiteiten/?q={'x' * 1_000_000}"),
        vraag("/nl/activiteiten/?" + "&".join(f"thema={n}" for n in range(10_000))),
    ]
    assert [answer.status_code for answer in answers] == [414, 414]
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "body",
    [{"username": "x" * 2_000_000, "password": "y"}, {f"f{n}": "x" for n in range(10_000)}],
    ids=["2 MB", "10,000 parameters"],
)
def test_a_large_form_is_refused_fast(body):
    client = Client(raise_request_exception=False)
    client.get("/nl/inloggen/beheer/")
    began = time.process_time()
    assert client.post("/nl/inloggen/beheer/", body).status_code in (400, 413)
    assert time.process_time() - began < 2


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_pages_answer_only_to_reading(method):
    for naam in ("home", "activiteit-list", "agenda", "over-ons"):
        assert getattr(Client(), method)(Pagina(naam).adres("nl")).status_code == 405


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(st.dictionaries(st.sampled_from(["q", "thema", "stadsdeel", "pagina", "x"]), st.text(max_size=40), max_size=5))
def test_filter_takes_any_question(query):
    request = RequestFactory().get("/", query)
    list(ActiviteitFilter(request.GET, queryset=Activiteit.objects.all()).qs[:1])


@IN_ELKE_TAAL
@pytest.mark.parametrize(
    ("soort", "make"), [("activiteit-detail", "activiteit"), ("organisatie-detail", "organisatie")]
)
def test_former_slug_leads_to_the_entry_for_ever(soort, make, taal):
    entry = getattr(factories, make)(slug="eerste")
    entry.slug = "tweede"
    entry.save()
    response = vraag(Pagina(soort, slug="eerste").adres(taal))
    assert (response.status_code, response.headers["Location"]) == (301, Pagina(soort, slug="tweede").adres(taal))
