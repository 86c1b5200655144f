"""What tests of times share: a café, its editor, its block of every Tuesday, and what a form sends."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override

from organisaties.choices import Planning
from tests import factories
from tests.lezen import lees
from tests.paginas import TALEN

IN_ELKE_TAAL = pytest.mark.parametrize("taal", TALEN)
DINSDAG = date(2026, 12, 1)


def vak(naam, dag):
    """A date as the three boxes of a form send it."""
    return {f"{naam}_dag": str(dag.day), f"{naam}_maand": str(dag.month), f"{naam}_jaar": str(dag.year)}


WEKELIJKS = {"ritme": "week", "dagen": ["1"], "begin": "10", "eind": "12.00", **vak("start", DINSDAG)}


@pytest.fixture
def cafe(klok):
    """A draft without any times."""
    return factories.activiteit(slug="cafe", status="concept", planning=Planning.ONBEKEND)


@pytest.fixture
def hanan(client, cafe):
    gebruiker = factories.beheerder(organisatie=cafe.organisatie).gebruiker
    client.force_login(gebruiker)
    return gebruiker


@pytest.fixture
def blok(hanan, cafe):
    """Every Tuesday from ten to twelve."""
    return factories.moment(activiteit=cafe)


def adres(cafe, naam="mijn-wanneer", *args, taal="nl"):
    with override(taal):
        return reverse(naam, args=[cafe.organisatie.slug, cafe.slug, *args])


def dag_adres(blok, dag=DINSDAG, taal="nl"):
    with override(taal):
        slugs = {"slug": blok.activiteit.organisatie.slug, "activiteit": blok.activiteit.slug}
        return reverse("mijn-datum", kwargs={**slugs, "moment": blok.pk, "datum": dag.isoformat()})


def geschreven(client, blok):
    """What the form of a block would send when nothing is touched."""
    form = lees(client.get(adres(blok.activiteit, "mijn-moment", blok.pk)).content).one(
        "form", class_="stapel-l formulier"
    )
    found = {}
    for box in form.all("input", "select"):
        kind, value = box.get("type"), box.get("value")
        if box.tag == "select":
            value = next((option.get("value") for option in box.all("option") if "selected" in option.attrs), "")
        if kind not in ("radio", "checkbox") or "checked" in box.attrs:
            found.setdefault(box.get("name"), []).append(value)
    return found


def fouten(response):
    return {a.get("href"): a.text for a in lees(response.content).one("div", role="alert").all("a")}


def data(response):
    section = lees(response.content).one("section", aria_labelledby="voorbeeld")
    return [stamp.get("datetime")[:10] for stamp in section.all("time")]
