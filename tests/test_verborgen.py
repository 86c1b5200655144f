"""A hidden place leaks nowhere: no name, address, point or district of it is on any page."""

from decimal import Decimal

import pytest
from django.urls import reverse

from organisaties.models import Activiteit, Locatie, Organisatie
from tests import factories
from tests.conftest import open_pagina, vraag
from tests.kalender import adres, gebeurtenissen
from tests.lezen import lees
from tests.paginas import PAGINAS, TALEN, Pagina

pytestmark = pytest.mark.django_db

MERK = "Zonnepitlaan"
POSTCODE = "1099 ZZ"
MARKS = (MERK, POSTCODE, "52.3711", "4.9022", "52,3711", "4,9022")


@pytest.fixture
def schuilplaats(wereld) -> Locatie:
    """Every field of a hidden place holds a mark; an activity and one of its moments are there."""
    sluis = Organisatie.objects.get(slug="de-sluis")
    texts = {"naam": f"{MERK} huis", "straat": f"{MERK} 1", "uitleg_nl": f"Bel {MERK}", "uitleg_en": f"Ring {MERK}"}
    point = {"breedtegraad": Decimal("52.371133"), "lengtegraad": Decimal("4.902244")}
    district = factories.stadsdeel("B", slug="westpoort")
    place = factories.locatie(
        organisatie=sluis, soort="verborgen", postcode=POSTCODE, plaats=MERK, stadsdeel=district, **texts, **point
    )
    Activiteit.objects.filter(slug="verborgen-plek").update(locatie=place)
    elsewhere = Activiteit.objects.get(slug="online")
    factories.moment(activiteit=elsewhere, locatie=place, regel="FREQ=DAILY")
    return place


def _leaks(content: str) -> list[str]:
    return [mark for mark in MARKS if mark.lower() in content.lower()]


def test_hidden_place_is_on_no_page(schuilplaats):
    found = {(str(p), taal): _leaks(open_pagina(p, taal).content.decode()) for p in PAGINAS for taal in TALEN}
    assert {key: leaks for key, leaks in found.items() if leaks} == {}


@pytest.mark.parametrize("soort", ["activiteit", "organisatie"])
def test_hidden_place_is_not_found_by_its_words(schuilplaats, soort):
    page = lees(vraag(Pagina(f"{soort}-list", query=f"?q={MERK}").adres("nl")).content)
    assert page.all(class_="kaartje__titel") == []


def test_hidden_place_counts_in_no_district(schuilplaats):
    assert lees(vraag(reverse("kaart")).content).all(class_="stadslijst__leeg")
    page = lees(vraag(Pagina("activiteit-list", query="?stadsdeel=westpoort").adres("nl")).content)
    assert page.all(class_="kaartje__titel") == []
    page = lees(vraag(Pagina("organisatie-list", query="?stadsdeel=westpoort").adres("nl")).content)
    assert page.all(class_="kaartje__titel") == []


@pytest.mark.parametrize("taal", TALEN)
def test_hidden_place_is_in_no_feed(schuilplaats, taal):
    urls = [adres("kalender-list", taal=taal), adres("nieuws-list", taal=taal)]
    urls += [adres("kalender-detail", slug, taal=taal) for slug in ("verborgen-plek", "online")]
    assert [url for url in urls if _leaks(vraag(url).content.decode())] == []
    (event,) = gebeurtenissen(vraag(urls[2]).content)
    assert (event["LOCATION"], "GEO" in event) == ({"nl": "Vraag het ons", "en": "Ask us"}[taal], False)


def test_the_same_place_in_the_open_is_found(schuilplaats):
    Locatie.objects.filter(pk=schuilplaats.pk).update(soort="adres")
    for url in ("/nl/activiteiten/verborgen-plek/", "/nl/activiteiten/verborgen-plek/agenda.ics"):
        assert set(_leaks(vraag(url).content.decode())) >= {MERK, POSTCODE}
