"""The drawing of the city, its tints, and the small maps on pages."""

import gzip
import math
from decimal import Decimal
from itertools import pairwise

import pytest
from django.template import engines

from organisaties import kaartbeeld
from organisaties.models import Plek, Stadsdeel
from organisaties.views.kaart import Klasse, verdeel
from tests.conftest import vraag
from tests.lezen import Element, lees

db = pytest.mark.django_db
KM2 = {"A": 8.0, "B": 29.0, "E": 10.6, "F": 38.0, "K": 17.3, "M": 29.9, "N": 48.9, "S": 26.0, "T": 20.0}
"""How large the districts are, from the same source as their borders."""


# --- the drawing


def _randen(hoeken):
    return {frozenset(rand) for rand in pairwise([*hoeken, hoeken[0]])}


def _oppervlakte(hoeken):
    unit = (kaartbeeld.NOORD - kaartbeeld.ZUID) * 111.2 / kaartbeeld.HOOGTE
    return abs(sum(x * b - a * y for (x, y), (a, b) in pairwise([*hoeken, hoeken[0]]))) / 2 * unit**2


def test_districts_are_as_large_as_they_are():
    found = {code: _oppervlakte(vlak.hoeken) for code, vlak in kaartbeeld.vlakken().items()}
    assert found == {code: pytest.approx(km2, rel=0.02) for code, km2 in KM2.items()}


def test_neighbours_share_their_border():
    """Only a strip of the IJ, where the borders of Oost and Noord part in the source too, is between two districts."""
    vlakken = kaartbeeld.vlakken().values()
    apart = [
        (one.naam, other.naam)
        for one in vlakken
        for other in vlakken
        for rand in _randen(one.hoeken) - _randen(other.hoeken)
        if rand <= set(other.hoeken)
    ]
    assert apart == [("Oost", "Noord")]
    assert len(_randen(kaartbeeld.vlakken()["K"].hoeken) & _randen(kaartbeeld.vlakken()["E"].hoeken)) > 3


def _ligt_in(plaats, hoeken):
    x, y = plaats
    crossed = [
        ax + (y - ay) / (by - ay) * (bx - ax) > x
        for (ax, ay), (bx, by) in pairwise([*hoeken, hoeken[0]])
        if (ay > y) != (by > y)
    ]
    return sum(crossed) % 2 == 1


def test_names_stand_in_their_district():
    assert [v.naam for v in kaartbeeld.vlakken().values() if not _ligt_in((v.x, v.y), v.hoeken)] == []


def test_paths_are_whole_numbers_and_light():
    paths = [vlak.d for vlak in kaartbeeld.vlakken().values()]
    assert all(set(d) <= set("Mlz -0123456789") for d in paths)
    assert len(gzip.compress("".join(paths).encode())) < 1300


def test_drawing_fits_on_the_maps_of_the_web():
    def mercator(lat):
        return math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))

    south, north = mercator(kaartbeeld.ZUID), mercator(kaartbeeld.NOORD)
    lats = [kaartbeeld.ZUID + n / 100 * (kaartbeeld.NOORD - kaartbeeld.ZUID) for n in range(101)]
    off = [abs((mercator(lat) - south) / (north - south) - n / 100) * 17_000 for n, lat in enumerate(lats)]
    assert max(off) < 10


def test_part_of_the_map_is_never_less_than_a_neighbourhood():
    dam = kaartbeeld.plaats((52.3731, 4.8926))
    kader = kaartbeeld.uitsnede([dam])
    assert (kader.breedte, kader.hoogte) == (kaartbeeld.BUURT_BREEDTE, kaartbeeld.BUURT_HOOGTE)
    assert (dam[0] - kader.x, dam[1] - kader.y) == (kader.breedte // 2, kader.hoogte // 2)
    assert kaartbeeld.uitsnede([]) == kaartbeeld.STAD
    assert kaartbeeld.uitsnede([(0, 0), (kaartbeeld.BREEDTE, kaartbeeld.HOOGTE)]) == kaartbeeld.STAD


def test_part_of_the_map_stays_on_the_map():
    corner = kaartbeeld.uitsnede([(0, 0)])
    assert (corner.x, corner.y) == (kaartbeeld.STAD.x, kaartbeeld.STAD.y)


# --- tints


@pytest.mark.parametrize(
    ("counts", "klassen"),
    [
        ([], []),
        ([0, 0], []),
        ([8, 8, 8], [Klasse(8, 8)]),
        ([0, 1, 5], [Klasse(1, 1), Klasse(5, 5)]),
        ([41, 41, 63, 46, 76, 32, 66, 8, 0], [Klasse(8, 32), Klasse(41, 46), Klasse(63, 76)]),
    ],
)
def test_tints_follow_from_the_counts(counts, klassen):
    assert verdeel(counts) == klassen


# --- small maps


def _kaartje(*places: Plek) -> Element:
    template = engines["django"].from_string("{% plattegrond plekken %}")
    return lees(template.render({"plekken": list(places)}))


DAM = (Decimal("52.3731"), Decimal("4.8926"))


def test_point_is_a_pin():
    drawing = _kaartje(Plek("adres", "De Kade", punt=DAM)).one("svg")
    (pin,) = drawing.all("path", class_="speld")
    assert pin.get("transform") == "translate({} {}) scale(1)".format(*kaartbeeld.plaats(DAM))
    assert (drawing.get("role"), drawing.get("aria-label")) == ("img", "Kaart van Amsterdam met de plek erop.")


@db
def test_district_without_a_point_says_to_ask():
    oost = Stadsdeel.objects.get(slug="oost")
    figure = _kaartje(Plek("adres", stadsdeel=oost))
    assert figure.one("figcaption").text.startswith("Ergens in Oost. Vraag het precieze adres.")
    assert [len(figure.all("path", class_=name)) for name in ("hier", "speld")] == [1, 0]
    assert figure.one("svg").get("aria-label") == "Kaart van Amsterdam. Dit is in Oost."


@db
def test_address_without_a_point_does_not_say_to_ask():
    oost = Stadsdeel.objects.get(slug="oost")
    assert _kaartje(Plek("adres", straat="Kade 1", stadsdeel=oost)).one("figcaption").text.startswith("Grenzen:")


@pytest.mark.parametrize(
    "plek",
    [Plek("verborgen"), Plek("online", uitleg="Link."), Plek("adres", "De Kade"), Plek("adres", punt=(51.9, 4.5))],
    ids=["hidden", "online", "unknown", "elsewhere"],
)
def test_place_that_is_not_on_the_map_has_none(plek):
    assert _kaartje(plek).all("svg") == []


@db
def test_small_map_is_light():
    points = [(Decimal("52.42"), Decimal("4.75")), (Decimal("52.29"), Decimal("5.05"))]
    whole = (
        engines["django"]
        .from_string("{% plattegrond plekken %}")
        .render(
            {"plekken": [Plek("adres", punt=point, stadsdeel=Stadsdeel.objects.get(slug="oost")) for point in points]}
        )
    )
    assert whole.count("<path") == 11
    assert len(gzip.compress(whole.encode())) < 1.7 * 1024


def test_activity_has_a_map_and_a_way_there(wereld):
    page = lees(vraag("/nl/activiteiten/taalcafe/").content)
    figure = page.one("figure", class_="plattegrond stapel-s niet-print")
    assert len(figure.all("path", class_="speld")) == 1
    (way,) = [e.get("href") for e in page.all("a") if "openstreetmap" in e.get("href")]
    assert way == "https://www.openstreetmap.org/?mlat=52.367790&mlon=4.918940#map=17/52.367790/4.918940"


@pytest.mark.parametrize("slug", ["verborgen-plek", "online", "alles-onbekend"])
def test_activity_without_a_place_to_show_has_no_map(wereld, slug):
    page = lees(vraag(f"/nl/activiteiten/{slug}/").content)
    assert page.all("figure") == []
    assert [e for e in page.all("a") if "openstreetmap" in e.get("href")] == []


def test_organisation_has_a_map_of_its_public_places(wereld):
    page = lees(vraag("/nl/organisaties/de-sluis/").content)
    assert len(page.one("figure").all("path", class_="speld")) == 1
