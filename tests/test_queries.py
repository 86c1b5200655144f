"""A page asks the database as often with 5,000 activities as with 10, and weighs little."""

import gzip

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisaties.bewaarlijst import MOST, pak
from organisaties.choices import Soort
from organisaties.models import Activiteit, Organisatie
from organisaties.zoeken import geheugen
from tests import factories
from tests.conftest import ROOT, vraag

CEILINGS = {
    "home": 17,
    "activiteit-list": 5,
    "activiteit-detail": 12,
    "activiteit-papier": 9,
    "activiteit-poster": 9,
    "activiteit-pdf": 9,
    "bewaarlijst-papier": 9,
    "organisatie-list": 4,
    "organisatie-detail": 11,
    "thema-list": 2,
    "thema-detail": 7,
    "kiezen": 1,
    "agenda": 21,
    "bewaarlijst": 7,
    "kaart": 9,
    "kaart-plekken": 3,
    "over-ons": 3,
    "aansluiten": 4,
    "aanvraag-verstuurd": 1,
    "aanvraag-detail": 2,
    "melding-activiteit": 3,
    "melding-organisatie": 2,
    "privacy": 1,
}
FEEDS = {"kalender-list": 6, "kalender-detail": 5, "kalender-bewaard": 6, "nieuws-list": 7}
HTML_LIMIT, COLD_LIMIT = 14 * 1024, 100 * 1024
"""Bytes on the wire: the first window of a TCP connection, and everything of a first visit."""

LIST_LIMIT = 15 * 1000
SHARED = (
    "css/stijl.css",
    "css/blad.css",
    "img/iconen.svg",
    "img/merk.svg",
    "js/print.js",
    "js/begin.js",
    "js/bewaarlijst.js",
    "js/kopieer.js",
    "js/voorlezen.js",
    "js/snel-weg.js",
)


def _addresses() -> dict[str, str]:
    aanvraag = factories.aanvraag(status="wacht")
    for _ in range(20):
        aanvraag.gebeurtenissen.create(soort="vraag", tekst="Waar eten jullie?")
    activiteit = Activiteit.objects.listed().filter(momenten__isnull=False).order_by("pk").first()
    args = {
        **{f"activiteit-{kind}": [activiteit.slug] for kind in ("detail", "papier", "poster", "pdf")},
        "organisatie-detail": [Organisatie.objects.get(pk=activiteit.organisatie_id).slug],
        "melding-activiteit": [activiteit.slug],
        "melding-organisatie": [activiteit.organisatie.slug],
        "thema-detail": ["taal"],
        "kalender-detail": [activiteit.slug],
        "aanvraag-verstuurd": [aanvraag.kenmerk],
        "aanvraag-detail": [aanvraag.token],
    }
    names = CEILINGS | FEEDS
    saved = f"?lijst={pak(Activiteit.objects.listed().order_by('pk').values_list('pk', flat=True)[:MOST])}"
    query = {name: saved if name.startswith("bewaarlijst") or name == "kalender-bewaard" else "" for name in names}
    return {name: reverse(name, args=args.get(name, [])) + query[name] for name in names}


def _queries(addresses: dict[str, str]) -> dict[str, int]:
    counted = {}
    for soort in Soort.values:
        geheugen.lijst(soort)  # what a process reads once after it has started
    for name, url in addresses.items():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert vraag(url).status_code == 200
        counted[name] = len(captured)
    return counted


def _too_many(counted: dict[str, int]) -> dict[str, int]:
    return {name: count for name, count in counted.items() if count > (CEILINGS | FEEDS)[name]}


@pytest.fixture
def vijfduizend(db, klok):
    call_command("generate_activiteiten", aantal=5000, seed=7, force=True, verbosity=0)


def test_queries_stay_under_the_ceiling_at_ten_activities(db, klok):
    call_command("generate_activiteiten", aantal=10, seed=7, force=True, verbosity=0)
    assert _too_many(_queries(_addresses())) == {}


def test_pages_at_5000_activities_stay_under_the_ceiling_and_light(vijfduizend):
    addresses = _addresses()
    assert _too_many(_queries(addresses)) == {}
    pages = {name: url for name, url in addresses.items() if name in CEILINGS and not name.endswith("-pdf")}
    weights = {name: len(gzip.compress(vraag(url).content, 6)) for name, url in pages.items()}
    assert {name: weight for name, weight in weights.items() if weight > HTML_LIMIT} == {}
    shared = [ROOT / "static" / name for name in SHARED]
    own = [ROOT / "static" / name for name in ("css/stijl.css", "js/begin.js")]
    assert weights["activiteit-list"] + sum(len(gzip.compress(path.read_bytes(), 6)) for path in own) <= LIST_LIMIT
    assert max(weights.values()) + sum(len(gzip.compress(path.read_bytes(), 6)) for path in shared) < COLD_LIMIT


def test_a_page_that_asks_per_row_is_caught():
    assert _too_many({"activiteit-list": 27, "kaart": 2}) == {"activiteit-list": 27}
