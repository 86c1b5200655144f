"""Former versions of what editors wrote, and how much their pages ask of the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import bewerken, factories
from tests.bewerken import bewaar, profiel, van

pytestmark = pytest.mark.django_db

kade, cafe, sara = bewerken.kade, bewerken.cafe, bewerken.sara


# --- former versions


def test_every_version_is_kept_and_can_be_put_back(client, sara, cafe):
    tekst = van(cafe, "mijn-activiteit-deel", "tekst")
    bewaar(client, tekst, naam_nl="Praatcafé")
    bewaar(client, van(cafe, "mijn-activiteit-deel", "taal"), talen=[str(factories.taal("ar").pk)])
    page = client.get(van(cafe, "mijn-activiteit-versies"))
    found = page.context["versies"]
    assert [versie.door for versie in found] == [sara, sara, None]
    client.post(van(cafe, "mijn-activiteit-versies"), {"versie": found[-1].nummer})
    cafe.refresh_from_db()
    assert (cafe.naam_nl, cafe.talen.count(), cafe.history.count()) == ("Taalcafé", 0, 4)
    assert list(cafe.staten("en")) == []


@pytest.mark.parametrize("nummer", ["", "x", "٣", "9" * 30, "0"])
def test_a_version_that_is_not_there_is_a_404(client, sara, cafe, nummer):
    assert client.post(van(cafe, "mijn-activiteit-versies"), {"versie": nummer}).status_code == 404


def test_a_version_of_another_activity_cannot_be_put_here(client, sara, cafe):
    other = factories.activiteit()
    assert (
        client.post(van(cafe, "mijn-activiteit-versies"), {"versie": other.history.first().history_id}).status_code
        == 404
    )


# --- how much it asks of the database


def _queries(client, adres):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(adres).status_code == 200
    return len(asked)


@pytest.mark.usefixtures("sara")
def test_the_pages_ask_a_fixed_number_of_queries(client, kade, cafe):
    """However many activities, moments and versions there are."""
    pages = {
        reverse("mijn-organisatie", args=[kade.slug]): 14,
        van(cafe): 6,
        van(cafe, "mijn-activiteit-deel", "wie"): 9,
        van(cafe, "mijn-activiteit-versies"): 18,
        van(cafe, "mijn-voorbeeld"): 16,
        profiel(kade, "onderwerpen"): 10,
    }
    few = {adres: _queries(client, adres) for adres in pages}
    for _n in range(3):
        factories.moment(activiteit=factories.activiteit(organisatie=kade))
        cafe.save()
    many = {adres: _queries(client, adres) for adres in pages}
    assert {adres: n for adres, n in many.items() if n > pages[adres]} == {}
    assert {adres: n - few[adres] for adres, n in many.items() if n > few[adres] + 1} == {}
