"""A form that holds what is not stored says so, for the script that asks before somebody leaves it."""

import pytest
from django.urls import reverse

from tests import bewerken, factories
from tests.bewerken import getypt, profiel, van, van_plek
from tests.lezen import lees
from tests.rechten import PAUZE, WEKELIJKS

pytestmark = pytest.mark.django_db

kade, cafe, sara = bewerken.kade, bewerken.cafe, bewerken.sara

NAAM = {"naam": "", "samenvatting_nl": "Wij koken samen."}


@pytest.fixture
def blok(cafe):
    return factories.moment(activiteit=cafe)


@pytest.fixture
def melding(cafe):
    return factories.melding(activiteit=cafe, email="lezer@x.example")


def bewaakt(response):
    """What each guarded form of a page says: whether it holds what is not stored."""
    assert response.status_code == 200
    forms = lees(response.content).one("main").all("form")
    return [form.get("data-bewaak") for form in forms if "data-bewaak" in form.attrs]


def _pages(kade, cafe, blok):
    """Every page with a guarded form, and a post of it that is refused."""
    day = reverse("mijn-datum", args=[kade.slug, cafe.slug, blok.pk, "2026-12-01"])
    return {
        profiel(kade, "naam"): NAAM,
        van(cafe, "mijn-activiteit-deel", "tekst"): {"naam_nl": ""},
        van_plek(cafe.locatie): {"soort": "adres", "postcode": "x"},
        reverse("mijn-foto", args=[kade.slug]): {"alt_nl": "De deur."},
        reverse("mijn-nieuw", args=[kade.slug]): {"naam_nl": "Soep"},
        reverse("mijn-collegas", args=[kade.slug]): {"naam": "Yonas", "email": "yonas"},
        van(cafe, "mijn-moment-nieuw"): {**WEKELIJKS, "locatie": "", "begin": "x"},
        van(cafe, "mijn-moment", blok.pk): {"ritme": "week", "begin": "x"},
        day: {"soort": "verplaatst", "reden_nl": "Feest", "begin": "x"},
        van(cafe, "mijn-pauze"): {**PAUZE, "laatste_dag": "99"},
        van(cafe, "mijn-wanneer"): {"planning": "afspraak"},
        van(cafe): {"daad": "pauze", "pauze_tot": "morgen"},
    }


@pytest.mark.usefixtures("sara")
def test_what_is_refused_is_marked_and_what_is_opened_is_not(client, kade, cafe, blok):
    for adres, refused in _pages(kade, cafe, blok).items():
        assert (adres, bewaakt(client.get(adres))) == (adres, [""])
        assert (adres, bewaakt(client.post(adres, refused))) == (adres, ["vuil"])


def test_an_answer_that_is_refused_is_marked(client, sara, kade, melding):
    adres = reverse("mijn-meldingen", args=[kade.slug])
    refused = {"melding": melding.pk, "daad": "beantwoord", "antwoord": "x" * 9000}
    assert (bewaakt(client.get(adres)), bewaakt(client.post(adres, refused))) == ([""], ["vuil"])


def test_a_logo_that_is_refused_is_gone_and_not_marked(client, sara, kade):
    assert bewaakt(client.post(reverse("mijn-logo", args=[kade.slug]))) == [""]


def test_looking_how_it_reads_marks_only_what_changed(client, sara, kade):
    adres = profiel(kade, "verhaal")
    as_it_is = getypt(client, adres) | {"lees": "ja"}
    assert bewaakt(client.post(adres, as_it_is)) == [""]
    assert bewaakt(client.post(adres, as_it_is | {"omschrijving_nl": "Wij koken."})) == ["vuil"]


def test_what_was_kept_after_an_ended_session_is_marked(client, sara, kade):
    adres = profiel(kade, "naam")
    mine = getypt(client, adres) | {"samenvatting_nl": "Lang over gedaan."}
    sara.sessies.all().delete()
    client.post(adres, mine)
    client.force_login(sara)
    assert [bewaakt(client.get(adres)) for _look in range(2)] == [["vuil"], [""]]
