"""The map: its page, its data, and the streets that a visitor may ask for."""

from decimal import Decimal
from itertools import combinations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from netwerk import env
from organisaties.choices import LocatieSoort
from organisaties.models import Activiteit, Organisatie, Stadsdeel
from organisaties.views import plekken
from organisaties.zoeken import lijst, raster
from organisaties.zoeken.raster import Vak
from tests import factories
from tests.conftest import vraag
from tests.lezen import Element, lees
from tests.paginas import TALEN, Pagina
from tests.test_koppen import CSP, policy, weak_spots

IN_ELKE_TAAL = pytest.mark.parametrize("taal", TALEN)
TEGELS = "https://tegels.example/{z}/{x}/{y}.png"


# --- the page


def _pagina(query: str = "", taal: str = "nl") -> Element:
    response = vraag(Pagina("kaart", query=query).adres(taal))
    assert response.status_code == 200
    return lees(response.content)


def _links(page: Element) -> list[str]:
    return [link.get("href") for link in page.one("nav", aria_label="Stadsdelen").all("a")]


@pytest.fixture
def drie(db, klok):
    """Two language classes in West, of which one is free, and sport in Oost."""
    west, oost = (factories.locatie(stadsdeel=Stadsdeel.objects.get(slug=slug)) for slug in ("west", "oost"))
    factories.activiteit(locatie=west, naam_nl="Taal een")
    factories.activiteit(locatie=west, naam_nl="Taal twee", kosten="bedrag", bedrag="2.00")
    factories.activiteit(locatie=oost, naam_nl="Sport", thema=factories.thema("sport"))


def test_map_and_list_are_equals(drie):
    page = _pagina()
    drawn = page.one("svg", class_="stadsdelen").all("a")
    assert [link.get("href") for link in drawn] == _links(page)
    assert {link.get("aria-label") for link in drawn} == {"Oost: 1 activiteit", "West: 2 activiteiten"}
    assert len(page.one("svg", class_="stadsdelen").all("path")) == 9
    assert page.one("svg", class_="stadsdelen").one("g").get("aria-hidden") == "true"


def test_borders_name_their_source(drie):
    assert "Grenzen: Kadaster / CBS 2022 en gemeente Amsterdam, bewerkt." in _pagina().one("figcaption").text


def test_counts_are_those_of_the_question_without_its_district(drie):
    page = _pagina("?gratis=ja&stadsdeel=oost")
    labels = [link.get("aria-label") for link in page.one("svg", class_="stadsdelen").all("a")]
    assert labels == ["Oost: 1 activiteit", "West: 1 activiteit"]
    assert page.one(id="gevonden").text == "1 activiteit in Oost"
    assert [title.text for title in page.all(class_="kaartje__titel")] == ["Sport"]


def test_links_keep_the_other_choices(drie):
    page = _pagina("?q=taal&gratis=ja&stadsdeel=oost&stadsdeel=west&straten=ja")
    assert _links(page)[-1] == "/nl/kaart/?q=taal&gratis=ja&stadsdeel=west"
    everything = "/nl/activiteiten/?q=taal&stadsdeel=oost&stadsdeel=west&gratis=ja"
    assert everything in [link.get("href") for link in page.one("main").all("a")]


def test_chosen_district_is_marked_in_both(drie):
    page = _pagina("?stadsdeel=west")
    current = [e.get("href") for e in page.one("main").all("a") if e.get("aria-current")]
    assert current == ["/nl/kaart/?stadsdeel=west"] * 2
    assert [text.text for text in page.all("text", class_="nu")] == ["West2"]


def test_choices_can_be_taken_off(drie):
    chips = [chip.get("href") for chip in _pagina("?gratis=ja&stadsdeel=west").all("a", class_="chip")]
    assert sorted(chips) == ["/nl/kaart/?gratis=ja", "/nl/kaart/?stadsdeel=west"]


@pytest.mark.parametrize("naam", ["kaart", "activiteit-list"])
def test_filters_stay_on_their_own_page(drie, naam):
    for first in ("kaart", "activiteit-list"):
        vraag(Pagina(first).adres("nl"))
    page = lees(vraag(Pagina(naam).adres("nl")).content)
    assert page.one("form", class_="filters").get("action") == Pagina(naam).adres("nl")


def test_map_without_activities_has_no_link_and_no_key(db, klok):
    page = _pagina()
    assert (_links(page), page.one("svg", class_="stadsdelen").all("a")) == ([], [])
    assert page.one("figcaption").all("i") == []


def test_district_without_a_shape_is_in_the_list(drie):
    elsewhere = factories.stadsdeel("X", slug="elders", naam="Elders")
    factories.activiteit(locatie=factories.locatie(stadsdeel=elsewhere))
    page = _pagina()
    assert "/nl/kaart/?stadsdeel=elders" in _links(page)
    assert len(page.one("svg", class_="stadsdelen").all("a")) == 2


@pytest.mark.parametrize("query", ["?stadsdeel=x", "?stadsdeel=", "?straten=nee", "?straten=ja", "?vak=1", "?q=%00"])
def test_what_does_not_exist_is_no_choice(drie, query):
    assert len(_links(_pagina(query))) == 2


# --- the data


def _plekken(taal: str = "nl", **asked: str):
    response = vraag(Pagina("kaart-plekken").adres(taal), query_params=asked)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/json")
    return response.json()


def test_few_places_are_exact(drie):
    found = _plekken(thema="sport")
    (plek,) = found["plekken"]
    assert plek["punt"] == [52.36779, 4.91894]
    assert [link["naam"] for link in plek["activiteiten"]] == ["Sport"]
    assert vraag(plek["activiteiten"][0]["url"]).status_code == 200
    assert (plek["naam"], found["melding"]) == (f"{plek['plek']}: Sport", "1 activiteit op dit stuk kaart.")


def test_places_follow_the_filters(drie):
    assert [len(_plekken(**asked)["plekken"]) for asked in ({}, {"stadsdeel": "zuid"}, {"gratis": "ja"})] == [1, 0, 1]
    names = {link["naam"] for plek in _plekken(gratis="ja")["plekken"] for link in plek["activiteiten"]}
    assert names == {"Taal een", "Sport"}


def test_place_outside_the_box_is_not_there(drie):
    assert len(_plekken(vak="4.9,52.3,4.95,52.4")["plekken"]) == 1
    found = _plekken(vak="4.7,52.3,4.8,52.4")
    assert (found["plekken"], found["melding"]) == ([], "Hier kennen wij geen plekken.")


def test_moments_elsewhere_are_places_too(drie):
    entry = Activiteit.objects.get(naam_nl="Sport")
    point = {"breedtegraad": Decimal("52.35"), "lengtegraad": Decimal("4.85")}
    factories.moment(activiteit=entry, locatie=factories.locatie(**point))
    assert len(_plekken(thema="sport")["plekken"]) == 2


def test_text_in_dutch_only_says_so(drie):
    Activiteit.objects.filter(naam_nl="Sport").update(naam_en="")
    (plek,) = _plekken("en", thema="sport")["plekken"]
    assert plek["activiteiten"][0]["lang"] == "nl"
    assert "lang" not in _plekken("nl", thema="sport")["plekken"][0]["activiteiten"][0]


def test_hidden_and_online_places_are_not_there(wereld):
    sluis = Organisatie.objects.get(slug="de-sluis")
    point = {"breedtegraad": Decimal("52.371133"), "lengtegraad": Decimal("4.902244")}
    hidden = factories.locatie(organisatie=sluis, naam="Zonnepit", soort=LocatieSoort.VERBORGEN, **point)
    secret = factories.activiteit(naam_nl="Geheim", organisatie=sluis, locatie=hidden)
    factories.moment(activiteit=secret, locatie=hidden)
    marks = ("Zonnepit", "Geheim", "52.37", "internet")
    assert [mark for mark in marks if mark in vraag("/nl/kaart/plekken.json").content.decode()] == []
    hidden.soort = LocatieSoort.ADRES
    hidden.save()
    assert [m for m in marks if m in vraag("/nl/kaart/plekken.json").content.decode()] == list(marks[:3])


def test_hidden_place_counts_in_no_group(wereld, monkeypatch):
    monkeypatch.setattr(plekken, "PRECIES", 0)
    _raster(3)
    before = _plekken()
    sluis = Organisatie.objects.get(slug="de-sluis")
    point = {"breedtegraad": Decimal("52.371133"), "lengtegraad": Decimal("4.902244")}
    hidden = factories.locatie(organisatie=sluis, soort=LocatieSoort.VERBORGEN, **point)
    factories.activiteit(organisatie=sluis, locatie=hidden)
    assert (_plekken(), sum(groep["aantal"] for groep in before["groepen"])) == (before, 8)


def _raster(count: int) -> None:
    """So many activities, each a block further than the one before."""
    for n in range(count):
        point = {
            "breedtegraad": Decimal(52300 + n // 10 * 4).scaleb(-3),
            "lengtegraad": Decimal(4800 + n % 10 * 8).scaleb(-3),
        }
        factories.activiteit(locatie=factories.locatie(**point))


def test_many_places_come_as_groups(db, klok, monkeypatch):
    monkeypatch.setattr(plekken, "PRECIES", 5)
    _raster(30)
    found = _plekken(zoom="11")
    assert found["plekken"] == []
    assert sum(groep["aantal"] for groep in found["groepen"]) == 30
    assert {groep["naam"] for groep in found["groepen"]} == {
        f"{g['aantal']} activiteiten, zoom in" for g in found["groepen"]
    }
    for one, other in combinations([groep["punt"] for groep in found["groepen"]], 2):
        assert max(abs(one[0] - other[0]), abs(one[1] - other[1]) / 2) > 0.6 * 0.032


def test_groups_are_never_too_many(db, klok, monkeypatch):
    monkeypatch.setattr(plekken, "PRECIES", 2)
    monkeypatch.setattr(raster, "MEEST", 9)
    _raster(40)
    found = _plekken(vak="4.79,52.29,4.89,52.32", zoom="18")
    assert 1 < len(found["groepen"]) <= 9
    assert sum(groep["aantal"] for groep in found["groepen"]) == 40


def test_square_that_no_zoom_takes_apart_gives_its_first_places(drie, monkeypatch):
    monkeypatch.setattr(plekken, "PRECIES", 2)
    (groep,) = raster.in_beeld(lijst("activiteit"), Vak(4.9185, 52.3678, 4.9186, 52.3679), 18)
    found = _plekken(vak=f"{groep.vak.west},{groep.vak.zuid},{groep.vak.oost},{groep.vak.noord}", zoom="18")
    assert len(found["plekken"][0]["activiteiten"]) == 2
    assert found["rest"] == "En nog 1. Kies een filter."


VERKEERD = (
    "",
    "1,2,3",
    "nan,nan,nan,nan",
    "inf,0,1,2",
    "5,52,4,53",
    "4,53,5,52",
    "4,52,4,53",
    "a,b,c,d",
    "٤,52,5,53",
    "1e1,2,3,4",
)


@IN_ELKE_TAAL
@pytest.mark.parametrize("vak", VERKEERD)
def test_box_that_is_none_is_refused_in_words(db, taal, vak):
    response = vraag(Pagina("kaart-plekken").adres(taal), query_params={"vak": vak})
    assert (response.status_code, list(response.json())) == (400, ["fout"])


@pytest.mark.parametrize("zoom", ["", "x", "-1", "nan", "1e3", "100", "٣"])
def test_zoom_that_is_none_is_refused(db, zoom):
    assert vraag(Pagina("kaart-plekken").adres("nl"), query_params={"zoom": zoom}).status_code == 400


@pytest.mark.parametrize("vak", ["-180,-90,180,90", "0,0,1,1", "100,10,120,20", "4.9,52.36,4.90001,52.36001"])
@pytest.mark.parametrize("zoom", ["0", "18.75", "99"])
def test_box_of_any_size_has_an_answer(drie, vak, zoom):
    assert set(_plekken(vak=vak, zoom=zoom)) >= {"plekken", "groepen", "melding"}


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(vak=st.text(max_size=40), zoom=st.text(max_size=6))
def test_data_never_breaks(db, vak, zoom):
    query = {"vak": vak, "zoom": zoom}
    assert vraag(reverse("kaart-plekken"), query_params=query).status_code in (200, 400)


# --- streets, from elsewhere, when a visitor asks


def _policy(query: str) -> dict[str, list[str]]:
    return policy(vraag(Pagina("kaart", query=query).adres("nl")).headers["Content-Security-Policy"])


def test_streets_are_allowed_on_the_page_that_was_asked_for_and_nowhere_else(drie, settings):
    settings.KAART_TEGELS, settings.KAART_TEGELS_BRON = TEGELS, "Tegelbakkers"
    ours = policy(CSP)
    assert _policy("?straten=ja") == ours | {"img-src": ["'self'", "https://tegels.example"]}
    assert [_policy(query) for query in ("", "?straten=nee", "?straten=")] == [ours] * 3
    assert _policy("") == ours  # what one answer may do is not kept for the next


def test_streets_are_offered_with_what_that_means(drie, settings):
    settings.KAART_TEGELS, settings.KAART_TEGELS_BRON = TEGELS, "Tegelbakkers"
    page = _pagina("?gratis=ja&stadsdeel=west")
    offer = page.one(id="straten")
    assert offer.one("a").get("href") == "/nl/kaart/?stadsdeel=west&gratis=ja&straten=ja"
    assert "op bij Tegelbakkers. Zij zien dan je internetadres." in offer.text
    assert ("hidden" in offer.attrs, page.one(class_="kaartvlak").get("data-tegels")) == (True, "")


def test_streets_can_be_put_out_again(drie, settings):
    settings.KAART_TEGELS, settings.KAART_TEGELS_BRON = TEGELS, "Tegelbakkers"
    page = _pagina("?stadsdeel=west&straten=ja")
    assert page.one(id="straten").one("a").get("href") == "/nl/kaart/?stadsdeel=west"
    assert page.one(class_="kaartvlak").get("data-tegels") == TEGELS
    assert "Straten: Tegelbakkers." in page.one("figcaption").text


def test_without_the_setting_there_are_no_streets(drie):
    assert _pagina("?straten=ja").all(id="straten") == []
    assert _policy("?straten=ja") == policy(CSP)


def test_a_policy_with_a_tile_server_is_one_weak_spot_and_that_is_known():
    assert weak_spots(CSP.replace("img-src 'self'", "img-src 'self' https://tegels.example")) == [
        "img-src https://tegels.example"
    ]


@pytest.mark.parametrize(
    "value",
    [
        "http://tegels.example/{z}/{x}/{y}.png",
        "https://tegels.example/{z}/{x}.png",
        "https://{s}.tegels.example/{z}/{x}/{y}.png",
        "https://tegels.example",
        "https://tegels.example; script-src *//{z}/{x}/{y}",
        "//tegels.example/{z}/{x}/{y}.png",
        "tegels",
    ],
)
def test_tile_server_that_is_none_stops_with_one_clear_line(monkeypatch, value):
    monkeypatch.setenv("KAART_TEGELS", value)
    with pytest.raises(ImproperlyConfigured, match=r"^KAART_TEGELS is like https://\S+, not .*[.]$"):
        env.tiles("KAART_TEGELS")


@pytest.mark.parametrize(
    "value", ["", TEGELS, "https://service.pdok.nl/brt/achtergrondkaart/wmts/v2_0/standaard/EPSG:3857/{z}/{x}/{y}.png"]
)
def test_tile_server_may_be_one_or_none(monkeypatch, value):
    monkeypatch.setenv("KAART_TEGELS", value)
    assert env.tiles("KAART_TEGELS") == value
