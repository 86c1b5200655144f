"""Near me: the list ordered by distance, in words, on both kinds of lists."""

from decimal import Decimal

import pytest

from organisaties.choices import LocatieSoort, Soort
from organisaties.models import Activiteit, Begrip, Stadsdeel
from organisaties.plaatsen import Punt, lees_punt
from organisaties.zoeken import lijst, zoek
from tests import factories
from tests.conftest import vraag
from tests.lezen import lees
from tests.paginas import Pagina

pytestmark = pytest.mark.django_db
DAM = Punt(52.373, 4.893)


def _at(naam: str, place: tuple[float, float] | None = None, **overrides) -> int:
    breedte, lengte = map(Decimal, map(str, place)) if place else (None, None)
    point = {"breedtegraad": breedte, "lengtegraad": lengte}
    locatie = factories.locatie(**{"postcode": "", "stadsdeel": None, **point, **overrides})
    activiteit = factories.activiteit(naam_nl=naam, naam_en=naam, organisatie=locatie.organisatie, locatie=locatie)
    return activiteit.pk


def _order(bij: Punt, woorden: str = "") -> list[int]:
    return zoek(lijst(Soort.ACTIVITEIT), woorden=woorden, bij=bij).nummers(0, 20)


@pytest.fixture
def stad(klok) -> dict[str, int]:
    """Activities in the order of their distance to the Dam, stored in another order."""
    west = Stadsdeel.objects.get(slug="west")
    found = {
        "nergens": _at("Alles"),
        "ver": _at("Bijles", (52.300, 4.980)),
        "naast": _at("Zang", (52.374, 4.893)),
        "postcode": _at("Dans", postcode="1017 AB"),
        "stadsdeel": _at("Eten", stadsdeel=west),
    }
    return {name: found[name] for name in ("naast", "postcode", "stadsdeel", "ver", "nergens")}


def test_the_nearest_comes_first(stad):
    assert _order(DAM) == list(stad.values())


def test_pages_of_a_list_by_distance_fit_together(stad):
    found = zoek(lijst(Soort.ACTIVITEIT), bij=DAM)
    assert [found.nummers(n, 1)[0] for n in range(5)] == list(stad.values())
    assert set(found.afstanden) == {stad["naast"], stad["postcode"], stad["ver"]}


def test_what_has_the_words_comes_before_what_is_near(klok):
    near = _at("Samen eten", (52.374, 4.893))
    far = _at("Zwemles", (52.300, 4.980))
    Begrip.objects.create(slug="baden", naam_nl="baden", woorden_nl="zwemles, baden", zie_ook="eten")
    assert _order(DAM, "baden") == [far, near]


def test_an_activity_with_two_places_counts_by_the_nearest(klok):
    one = _at("Koor", (52.300, 4.980))
    second = factories.locatie(breedtegraad=Decimal("52.374"), lengtegraad=Decimal("4.893"))
    factories.moment(activiteit=Activiteit.objects.get(pk=one), locatie=second)
    found = zoek(lijst(Soort.ACTIVITEIT), bij=DAM)
    assert found.nummers(0, 5) == [one]
    assert found.afstanden[one] < 150


def test_a_hidden_place_has_no_distance(klok):
    hidden = _at("Opvang", (52.374, 4.893), postcode="1012 AB", soort=LocatieSoort.VERBORGEN)
    found = zoek(lijst(Soort.ACTIVITEIT), bij=DAM)
    assert (found.nummers(0, 5), found.afstanden) == ([hidden], {})
    assert lijst(Soort.ACTIVITEIT).cellen == lijst(Soort.ACTIVITEIT).postcodes == {}


def test_a_place_that_moves_is_near_somewhere_else(klok):
    locatie = factories.locatie(breedtegraad=Decimal("52.374"), lengtegraad=Decimal("4.893"))
    pk = factories.activiteit(organisatie=locatie.organisatie, locatie=locatie).pk
    lijst(Soort.ACTIVITEIT)
    locatie.breedtegraad = Decimal("52.300")
    locatie.save()
    found = zoek(lijst(Soort.ACTIVITEIT), bij=DAM)
    assert found.nummers(0, 5) == [pk]
    assert found.afstanden[pk] > 8000


@pytest.mark.parametrize("taal", ["nl", "en"])
def test_cards_say_how_far_it_is(stad, taal):
    page = lees(vraag(Pagina("activiteit-list", query="?bij=1012").adres(taal)).content)
    facts = [card.one("dl").all("div")[0].text for card in page.all("article")]
    words = {"nl": "Hoe ver500 meter, ongeveer 6 minuten lopen", "en": "How far500 metres, about a 6 minute walk"}
    assert facts[0] == words[taal]
    assert sum("lopen" in fact or "walk" in fact for fact in facts) == 2


@pytest.mark.parametrize("bij", ["3511", "9999 XX", "abc", "52.1", "%00", "1e400,4", "<b>"])
def test_an_unknown_postcode_says_so_and_keeps_what_was_typed(stad, bij):
    response = vraag(Pagina("activiteit-list", query=f"?bij={bij}").adres("nl"))
    page = lees(response.content)
    assert (response.status_code, len(page.all("article"))) == (200, 5)
    if bij != "%00":
        assert "is geen afstand bekend" in page.one("main").text
        assert page.one("input", id="bij").get("value") == bij


def test_the_place_of_a_phone_stays_out_of_the_box_and_in_the_question(stad):
    page = lees(vraag(Pagina("activiteit-list", query="?bij=52.3741,4.8932").adres("nl")).content)
    assert page.one("input", id="bij").get("value") == ""
    assert page.one("a", class_="chip").text.startswith("dicht bij mij")
    fields = [(e.get("type"), e.get("value")) for e in page.one("form", class_="zoek").all("input", name="bij")]
    assert fields == [("hidden", "52.3741,4.8932"), ("", "")]


def test_organisations_are_near_too(stad):
    page = lees(vraag(Pagina("organisatie-list", query="?bij=1012").adres("nl")).content)
    assert "500 meter" in page.all("article")[0].text


def test_every_postcode_orders_the_whole_list(stad):
    for number in range(1000, 1120):
        if punt := lees_punt(str(number)):
            assert sorted(_order(punt)) == sorted(stad.values())
