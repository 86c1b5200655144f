"""The short list: its token, its page, and its changes. How it goes along: test_meenemen.py; journeys: flows/."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from organisaties import bewaarlijst
from organisaties.bewaarlijst import MOST, Bewaarlijst, OnleesbareLijst, lees, pak
from organisaties.formats import qr
from organisaties.models import Activiteit
from organisaties.views.bewaarlijst import MAX_TERUG
from tests import factories
from tests.conftest import vraag
from tests.lezen import Element
from tests.lezen import lees as lees_html
from tests.paginas import NUMMERS, TALEN, Pagina

IN_ELKE_TAAL = pytest.mark.parametrize("taal", TALEN)
NUMBERS = st.integers(min_value=1, max_value=2**63 - 1)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
TOKEN = pak([3, 5, 130, 70_000])
CAFE, VOL, GESTOPT = NUMMERS["taalcafe"], NUMMERS["vol"], NUMMERS["gestopt"]
KAPOT = ("AAAA1", "1", "x" * 900 + "1", "é1", "%001", "A B1", "\u0661", TOKEN[:-1], TOKEN + "1", TOKEN * 60)


# --- the token


@given(st.lists(NUMBERS, max_size=MOST, unique=True))
def test_a_list_is_read_as_it_was_written(nummers):
    assert lees(pak(nummers)) == nummers


@given(st.lists(NUMBERS, min_size=1, max_size=5))
def test_a_token_fits_in_an_address_and_ends_in_its_version(nummers):
    assert re.fullmatch(r"[\w-]+1", pak(nummers), re.ASCII)


def test_a_token_is_short():
    assert (len(pak([56_000, 99_000])), pak([]), lees("")) == (17, "", [])
    assert len(pak(range(2**31, 2**31 + MOST))) < 400


def test_an_activity_is_on_a_list_once():
    assert lees(pak([7, 3, 7])) == [7, 3]


@pytest.mark.parametrize("nummers", [range(1, MOST + 2), [0], [-1], [2**63]])
def test_what_is_no_list_is_not_written(nummers):
    with pytest.raises(ValueError, match=r"a list holds 40|no id"):
        pak(nummers)


def _is_read(token: str) -> bool:
    try:
        lees(token)
    except OnleesbareLijst:
        return False
    return True


def test_no_piece_of_a_token_is_a_list():
    pieces = [TOKEN[start:end] for start in range(len(TOKEN)) for end in range(start + 1, len(TOKEN) + 1)]
    assert [piece for piece in pieces if _is_read(piece)] == [TOKEN]


def test_no_changed_letter_is_a_list():
    changed = {TOKEN[:at] + letter + TOKEN[at + 1 :] for at in range(len(TOKEN)) for letter in ALPHABET + "= .%é"}
    assert {token for token in changed if _is_read(token)} == {TOKEN}


def test_a_broken_token_is_refused():
    assert [token for token in KAPOT if _is_read(token)] == []


@given(st.text(max_size=60))
def test_any_text_is_a_list_or_refused(text):
    assert _is_read(text) == (text == "")


def test_the_same_bytes_written_otherwise_are_refused():
    # base64 of Python reads over spaces, "=" and other signs, and over the spare bits of the last letter
    for other in (f"{TOKEN[:4]} {TOKEN[4:]}", f"{TOKEN[:-1]}=1", f"{TOKEN[:-1]}!1", f"={TOKEN}"):
        assert not _is_read(other)


def test_a_list_outlives_its_key(settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new" * 20, [django_settings.SECRET_KEY]
    assert (lees(TOKEN), pak(lees(TOKEN)) == TOKEN) == ([3, 5, 130, 70_000], False)
    settings.SECRET_KEY_FALLBACKS = []
    assert not _is_read(TOKEN)


def test_versions_are_told_apart(monkeypatch):
    monkeypatch.setattr(bewaarlijst, "_VERSION", "2")
    assert (_is_read(TOKEN), _is_read(pak([3]))) == (False, True)


def test_a_list_grows_to_its_end_and_shrinks():
    full = Bewaarlijst().met(range(1, MOST + 20))
    assert (len(full), full.is_vol, full.met([MOST + 99])) == (MOST, True, full)
    assert full.zonder(range(2, MOST + 20)).nummers == (1,)
    assert Bewaarlijst.uit(Bewaarlijst((4, 2)).met([2, 9]).token).nummers == (4, 2, 9)


# --- its code to scan


def test_a_code_has_white_around_it_and_dark_lines_inside():
    code = qr.matrix("https://nieuwkomers.example/nl/bewaard/?lijst=" + TOKEN)
    lines = qr.runs(code)
    assert min(x for x, _, _ in lines) == min(y for _, y, _ in lines) == qr.QUIET
    assert max(x + n for x, _, n in lines) == max(y + 1 for _, y, _ in lines) == len(code) - qr.QUIET
    assert sum(n for _, _, n in lines) == sum(map(sum, code))


def test_the_longest_list_fits_in_a_code():
    longest = pak(range(2**31, 2**31 + MOST))
    address = "https://a-long-name.netwerk-nieuwkomers.example/nl/bewaard/?lijst=" + longest
    assert len(qr.matrix(address)) < 110


# --- its page


def _page(nummers: list[int], taal: str = "nl") -> Element:
    response = vraag(Pagina("bewaarlijst", query=f"?lijst={pak(nummers)}").adres(taal))
    assert (response.status_code, response.cookies.output()) == (200, "")
    return lees_html(response.content)


def _titles(page: Element) -> list[str]:
    return [heading.text for heading in page.all("h3", class_="kaartje__titel")]


@IN_ELKE_TAAL
def test_page_shows_the_activities_in_the_order_of_saving(wereld, taal):
    titles = {
        CAFE: {"nl": "Taalcafé De Sluis", "en": "Language café De Sluis"},
        VOL: {"nl": "Volle les", "en": "Full class"},
    }
    for order in ([CAFE, VOL], [VOL, CAFE]):
        assert _titles(_page(order, taal)) == [titles[nummer][taal] for nummer in order]


def test_page_says_what_has_vanished_and_keeps_what_has_stopped(wereld):
    concept = factories.activiteit(status="concept")
    page = _page([GESTOPT, concept.pk, 999_999])
    assert _titles(page) == ["Oude les"]
    assert "Gestopt" in page.one("article").text
    assert "2 activiteiten van deze lijst staan niet meer op de website." in page.one("main").text
    assert page.one("button", name="opruimen").get("form") == "bewaar"


def test_empty_page_explains_how_to_save(wereld):
    page = _page([])
    assert page.one("h2", id="bewaarde").text == "Je lijst is nog leeg"
    assert page.all("button", name="leeg") == page.all("figure") == []


def test_full_page_says_so(wereld):
    assert "De lijst is vol." in _page([CAFE, *range(1, MOST)]).one("main").text


@IN_ELKE_TAAL
def test_page_is_shared_in_its_own_language_and_by_the_address_of_the_site(wereld, taal, settings):
    settings.SITE_URL = "https://nieuwkomers.example"
    page = _page([CAFE, VOL], taal)
    link = settings.SITE_URL + Pagina("bewaarlijst", query=f"?lijst={pak([CAFE, VOL])}").adres(taal)
    whatsapp, mail = (
        next(a for a in page.all("a") if a.get("href").startswith(s)) for s in ("https://wa.me/", "mailto:?")
    )
    assert parse_qs(urlsplit(whatsapp.get("href")).query)["text"][0].endswith(f": {link}")
    assert parse_qs(urlsplit(mail.get("href")).query)["body"][0].endswith(f":\r\n{link}")
    assert [page.one("a", class_="adres").text, page.one(data_kopieer=link).tag] == [link, "button"]


def test_page_is_not_for_search_engines(wereld):
    for nummers in ([], [CAFE]):
        assert _page(nummers).one("meta", name="robots").get("content") == "noindex"


@IN_ELKE_TAAL
def test_a_list_that_cannot_be_read_gets_its_page(db, taal):
    heading = {"nl": "Deze lijst kunnen we niet lezen", "en": "We cannot read this list"}[taal]
    for token in KAPOT:
        response = vraag(Pagina("bewaarlijst").adres(taal), query_params={"lijst": token})
        page = lees_html(response.content)
        assert (response.status_code, page.one("html").get("lang"), page.one("h1").text) == (400, taal, heading)


# --- changing it


@pytest.fixture
def twee(klok, db) -> None:
    """Two activities that can be saved, and one that has stopped."""
    for slug, status in (("taalcafe", "gepubliceerd"), ("vol", "vol"), ("gestopt", "gestopt")):
        factories.activiteit(pk=NUMMERS[slug], slug=slug, status=status)


def _post(fields: dict, taal: str = "nl", **extra):
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    response = client.post(Pagina("bewaarlijst").adres(taal), fields, **extra)
    assert response.cookies.output() == ""
    return response


def _after(fields: dict) -> tuple[str, list[int]]:
    """The path of the page after a change, and what is on the list then."""
    response = _post(fields)
    assert (response.status_code, response.headers["Cache-Control"]) == (303, "no-store")
    to = urlsplit(response.headers["Location"])
    assert (to.scheme, to.netloc) == ("", "")
    return to.path, lees(parse_qs(to.query).get("lijst", [""])[0])


def test_saving_comes_back_with_the_new_list_at_the_button(twee):
    terug = "/nl/activiteiten/?q=taalcaf%C3%A9&lijst=oud&thema=taal&thema=werk"
    to = urlsplit(_post({"erbij": VOL, "lijst": pak([CAFE]), "terug": terug}).headers["Location"])
    asked = {"q": ["taalcafé"], "thema": ["taal", "werk"], "lijst": [pak([CAFE, VOL])]}
    assert (to.path, parse_qs(to.query), to.fragment) == ("/nl/activiteiten/", asked, f"b{VOL}")


def test_changes(twee):
    both, page = pak([CAFE, VOL]), "/nl/bewaard/"
    assert _after({"erbij": CAFE, "lijst": both}) == (page, [CAFE, VOL])
    assert _after({"weg": CAFE, "lijst": both}) == (page, [VOL])
    assert _after({"weg": 5, "lijst": both}) == (page, [CAFE, VOL])
    assert _after({"leeg": "1", "lijst": both}) == (page, [])
    assert _after({"opruimen": "1", "lijst": pak([999_999, VOL, 12])}) == (page, [VOL])
    assert _after({"erbij": [VOL, GESTOPT], "weg": VOL, "lijst": both}) == (page, [CAFE, GESTOPT])
    assert _after({"lijst": both}) == (page, [CAFE, VOL])


def test_saving_asks_one_query_and_changes_no_row(twee):
    with CaptureQueriesContext(connection) as captured:
        _post({"erbij": [CAFE, VOL]})
    assert [query["sql"][:6] for query in captured] == ["SELECT"]


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_what_is_not_there_cannot_be_saved_and_nothing_is_lost(twee, accept):
    for erbij in ("999999", "0", "-1", "abc", "1.5", "", "9" * 30, "١", "\0", "<script>"):
        response = _post({"erbij": erbij, "lijst": pak([CAFE]), "terug": "/nl/"}, headers={"accept": accept})
        page = lees_html(response.content)
        assert (response.status_code, page.one("h1").text) == (404, "Deze activiteit is er niet meer")
        assert page.one("a", class_="knop knop--breed").get("href") == f"/nl/bewaard/?lijst={pak([CAFE])}"


def test_a_concept_cannot_be_saved(twee):
    assert _post({"erbij": factories.activiteit(status="concept").pk}).status_code == 404


def test_a_full_list_takes_no_more_and_says_so(twee):
    full = pak([*range(1, MOST), CAFE])
    assert _after({"erbij": VOL, "lijst": full, "terug": "/nl/agenda/"}) == ("/nl/bewaard/", lees(full))
    assert _after({"erbij": CAFE, "lijst": full, "terug": "/nl/agenda/"}) == ("/nl/agenda/", lees(full))


def test_a_thousand_at_once_is_a_full_list(twee):
    owner, thema = factories.organisatie(), factories.thema()
    rows = [
        Activiteit(slug=f"eten-{n}", naam_nl="Eten", status="gepubliceerd", organisatie=owner, thema=thema)
        for n in range(1000)
    ]
    meals = [meal.pk for meal in Activiteit.objects.bulk_create(rows)]
    assert _after({"erbij": meals, "terug": "/nl/agenda/"}) == ("/nl/bewaard/", meals[:MOST])
    assert _after({"erbij": [*range(1_000_000, 1_001_000), CAFE], "terug": "/nl/agenda/"}) == ("/nl/agenda/", [CAFE])
    assert _post({"erbij": range(3000)}).status_code == 400


def test_saving_on_a_list_that_cannot_be_read_offers_a_new_one(twee):
    for token in KAPOT:
        response = _post({"erbij": CAFE, "lijst": token, "terug": "/nl/agenda/"})
        form = lees_html(response.content).one("main").all("form", method="post")[0]
        fields = {field.get("name"): field.get("value") for field in form.all("input")}
        assert (response.status_code, fields) == (400, {"erbij": str(CAFE), "terug": "/nl/agenda/"})
        assert _after(fields) == ("/nl/agenda/", [CAFE])


ELDERS = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "/\t/evil.example/",
    "/\n/evil.example/",
    "\\/evil.example/",
    "javascript:alert(1)",
    "http:///evil.example",
    "//[",
    "nl/agenda/",
    "",
    "/" + "x" * MAX_TERUG,
)
ONZE = ("/[", "/nl/\r\nX: y", "/nl/\0", "/%0d%0aX: y", "/nl//evil.example/", "/é?%FF", "/nl/?" + "a&" * 900)


def test_saving_never_leads_to_another_site(twee):
    assert {terug: _after({"erbij": CAFE, "terug": terug}) for terug in ELDERS} == dict.fromkeys(
        ELDERS, ("/nl/bewaard/", [CAFE])
    )


def test_a_strange_path_of_ours_stays_ours(twee):
    for terug in ONZE:
        response = _post({"erbij": CAFE, "terug": terug})
        assert (response.status_code, response.headers.get("X")) == (303, None)
        assert re.match(r"/[^/\\\s]", response.headers["Location"])


def test_script_gets_the_list_itself(twee):
    response = _post({"erbij": VOL, "lijst": pak([CAFE])}, headers={"accept": "application/json"})
    assert response.json() == {"lijst": pak([CAFE, VOL]), "nummers": [CAFE, VOL], "aantal": 2}


def test_page_answers_to_reading_and_posting_only(db):
    for method in ("put", "patch", "delete", "trace"):
        assert getattr(Client(), method)("/nl/bewaard/").status_code == 405
