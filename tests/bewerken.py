"""An organisation, its activity and its editor, and what a browser sends, for tests of editing."""

from io import BytesIO
from tempfile import TemporaryDirectory

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse
from django.utils.translation import override
from PIL import Image

from organisaties import actions
from organisaties.models import Stadsdeel
from tests import factories
from tests.lezen import lees


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


def goedgekeurd():
    """A draft, as it is after the approval of a request."""
    west = Stadsdeel.objects.get(slug="west")
    aanvraag = factories.aanvraag(
        organisatie_naam="Buurttafel", email="hanan@tafel.example", themas=[factories.thema()], stadsdelen=[west]
    )
    return actions.approve_aanvraag(aanvraag, door=factories.gebruiker(is_staff=True), versie=1)


def profiel(kade, deel, taal="nl"):
    with override(taal):
        return reverse("mijn-profiel", args=[kade.slug, deel])


def van(cafe, naam="mijn-activiteit", *args):
    return reverse(naam, args=[cafe.organisatie.slug, cafe.slug, *args])


def van_plek(plek, naam="mijn-plek"):
    return reverse(naam, args=[plek.organisatie.slug, plek.pk])


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


def fouten(response):
    """What the list above a form says is wrong."""
    assert response.status_code == 200
    return [li.text for li in lees(response.content).one("ul", class_="fouten__lijst").all("li")]


def beeldbladen(client, organisatie, taal):
    """The pages for a logo and a photo: as they open, with a fault, with a photo, and with one that waits."""
    picture = BytesIO()
    Image.new("RGB", (600, 400)).save(picture, "PNG")
    with override(taal), TemporaryDirectory() as media, override_settings(MEDIA_ROOT=media):
        logo, foto = (reverse(f"mijn-{naam}", args=[organisatie.slug]) for naam in ("logo", "foto"))
        found = {
            "logo": client.get(logo),
            "geen-logo": client.post(logo),
            "geen-foto": client.post(foto),
            "foto-wacht": client.post(foto, {"foto": SimpleUploadedFile("deur.png", picture.getvalue())}),
        }
        picture.seek(0)
        client.post(foto, {"foto": picture, "alt_nl": "De deur.", "akkoord": "on"})
        found["foto"] = client.get(foto)
        client.post(foto, {"daad": "weg"})
    return {f"{naam}-{taal}": response for naam, response in found.items()}
