"""Where a reader is: postcodes, points, distances and how those are said."""

from math import asin, cos, radians, sin, sqrt

import pytest
from django.utils.translation import override

from organisaties import plaatsen
from organisaties.plaatsen import Punt

DAM = Punt(52.373, 4.893)


@pytest.mark.parametrize("text", ["1018", " 1018 ", "1018DP", "1018 dp", "1018\tDP"])
def test_a_postcode_is_read_as_people_write_it(text):
    assert plaatsen.postcode_in(text) == "1018"


@pytest.mark.parametrize("text", ["", "101", "10181", "0018", "1018 D", "1018 DPX", "x1018", "१०१८", "1018\0"])
def test_what_is_no_postcode_is_nothing(text):
    assert (plaatsen.postcode_in(text), plaatsen.lees_punt(text)) == ("", None)


def test_every_postcode_has_a_point_in_its_city():
    known = plaatsen.postcodes()
    assert len(known) == 85
    assert {code for _, code in known.values()} == set("ABEFKMNST")
    assert all(52.27 < punt.breedte < 52.44 and 4.72 < punt.lengte < 5.11 for punt, _ in known.values())


def test_a_postcode_of_another_city_has_no_point():
    assert plaatsen.lees_punt("3511 AA") is None


@pytest.mark.parametrize(
    ("text", "punt"),
    [
        ("52.3731,4.8926", Punt(52.373, 4.893)),
        ("52,5", Punt(52, 5)),
        ("40.7,-74.0", None),
        ("nan,nan", None),
        ("1e5,4", None),
        ("52.37,4.89,1", None),
        ("99999999999999999999,4", None),
    ],
)
def test_a_point_is_rounded_and_in_the_country(text, punt):
    assert plaatsen.lees_punt(text) == punt


def _great_circle(here: Punt, there: Punt) -> float:
    """Metres along a ball with the mean radius of the earth (the haversine formula)."""
    north, east = radians(there.breedte - here.breedte), radians(there.lengte - here.lengte)
    part = sin(north / 2) ** 2 + cos(radians(here.breedte)) * cos(radians(there.breedte)) * sin(east / 2) ** 2
    return 2 * 6_371_009 * asin(sqrt(part))


def test_distances_in_the_city_are_right_to_half_a_percent():
    for punt, _ in plaatsen.postcodes().values():
        assert DAM.afstand(punt.breedte, punt.lengte) == pytest.approx(_great_circle(DAM, punt), rel=0.005, abs=10)


def test_from_a_postcode_nothing_is_nearer_than_its_size():
    punt = plaatsen.lees_punt("1012")
    assert punt.afstand(punt.breedte, punt.lengte) == plaatsen.POSTCODE_RADIUS


@pytest.mark.parametrize(
    ("meters", "nl", "en"),
    [
        (20, "minder dan 100 meter, 1 of 2 minuten lopen", "less than 100 metres, a 1 or 2 minute walk"),
        (480, "500 meter, ongeveer 6 minuten lopen", "500 metres, about a 6 minute walk"),
        (949, "900 meter, ongeveer 10 minuten lopen", "900 metres, about a 10 minute walk"),
        (1200, "1,2 km, ongeveer 15 minuten lopen", "1.2 km, about a 15 minute walk"),
        (2500, "2,5 km, ongeveer 30 minuten lopen", "2.5 km, about a 30 minute walk"),
        (5000, "5,0 km, ongeveer 20 minuten fietsen", "5.0 km, about 20 minutes by bicycle"),
        (12_340, "12,3 km, ongeveer 50 minuten fietsen", "12.3 km, about 50 minutes by bicycle"),
    ],
)
def test_a_distance_in_words(meters, nl, en):
    with override("nl"):
        assert plaatsen.in_woorden(meters) == nl
    with override("en"):
        assert plaatsen.in_woorden(meters) == en
