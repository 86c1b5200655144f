"""An organisation, its activity and its editor, and what a browser sends, for tests of editing."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests import factories


@pytest.fixture
def kade():
    """An organisation with everything."""
    return factories.organisatie(themas=[factories.thema()])


@pytest.fixture
def cafe(kade):
    return factories.activiteit(organisatie=kade, naam_nl="Taalcafé", naam_en="Language café")


@pytest.fixture
def sara(client, kade):
    """Its editor, logged in by `client`."""
    gebruiker = factories.beheerder(organisatie=kade).gebruiker
    client.force_login(gebruiker)
    return gebruiker


def profiel(kade, deel, taal="nl"):
    with override(taal):
        return reverse("mijn-profiel", args=[kade.slug, deel])


def van(cafe, naam="mijn-activiteit", *args):
    return reverse(naam, args=[cafe.organisatie.slug, cafe.slug, *args])


def getypt(client, adres):
    """What a browser would send when nothing is changed."""
    return waarden(client.get(adres).context["form"])


def waarden(bound):
    sent = {}
    for field in bound:
        value = field.value()
        if isinstance(value, list):
            sent[field.name] = [str(getattr(each, "pk", each)) for each in value]
        elif value is not None and value is not False:
            sent[field.name] = "on" if value is True else str(value)
    return sent


def bewaar(client, adres, **changes):
    return client.post(adres, getypt(client, adres) | changes)
