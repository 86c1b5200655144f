"""Sending a report as a reader, and closing it as an editor."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from organisaties.models import Bericht
from tests import factories
from tests.paginas import formulier_van

LEZER = "qvzlezer@tafel.example"
GOED = {"wat": "tijd", "tekst": "De deur was dicht.", "formulier": formulier_van(2026, 11, 24, 8, 55)}


def adres(over, taal="nl", naam="melding-activiteit"):
    with override(taal):
        return reverse(naam, args=[over.slug])


def stuur(over, taal="nl", naam="melding-activiteit", headers=None, **changes):
    data = {name: value for name, value in {**GOED, **changes}.items() if value is not None}
    return Client(raise_request_exception=False, headers=headers).post(adres(over, taal, naam), data)


def beheer(cafe, taal="nl"):
    return adres(cafe.organisatie, taal, "mijn-meldingen")


def sluit(client, cafe, melding, daad="hersteld", **more):
    return client.post(beheer(cafe), {"melding": melding.pk, "daad": daad, **more})


def mails():
    return sorted(Bericht.objects.values_list("soort", "aan", "taal"))


@pytest.fixture
def cafe():
    return factories.activiteit(
        slug="eetcafe", naam_nl="Eetcafé", naam_en="Food café", organisatie=factories.organisatie(naam="Buurttafel")
    )


@pytest.fixture
def hanan(client, cafe):
    """An editor who has come in, logged in by `client`."""
    hanan = factories.gebruiker(naam="Hanan")
    tie = factories.beheerder(organisatie=cafe.organisatie, gebruiker=hanan, binnen_at=timezone.now())
    client.force_login(tie.gebruiker)
    return tie.gebruiker
