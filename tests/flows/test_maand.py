"""The ten minutes a month of a volunteer, whole: logging in, a weekly activity, a date that is off, two languages."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from organisaties.berichten import link_of
from organisaties.choices import BerichtSoort
from organisaties.models import Bericht
from tests import factories
from tests.flows.conftest import TELEFOON
from tests.flows.test_bewerken import bewaar

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

NAAM = "Soep op vrijdag"
VEROUDERD = "Het Engels is ouder dan het Nederlands"
BUREAU = {"width": 1280, "height": 900}


@pytest.fixture
def hanan(wereld):
    tafel = factories.organisatie(naam="Buurttafel", themas=[factories.thema("ontmoeten")])
    return factories.beheerder(
        organisatie=tafel, gebruiker=factories.gebruiker(email="hanan@tafel.example", naam="Hanan")
    ).gebruiker


def log_in(page, email):
    page.goto("/nl/mijn/")
    page.get_by_role("link", name="Inloggen").click()
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_role("button", name="Stuur mij een code").click()
    page.get_by_label("Code").fill(link_of(Bericht.objects.get(soort=BerichtSoort.INLOGCODE)))
    page.get_by_role("button", name="Log nu in").click()
    expect(page.locator("h1")).to_have_text("Welkom, Hanan")


def schrijf(page, **texts):
    page.locator("main a[href$='/tekst/']").last.click()
    for box, words in texts.items():
        page.locator(f"#id_{box}").fill(words)
    bewaar(page)


def elke_vrijdag(page):
    page.locator("main a[href$='/wanneer/']").last.click()
    page.get_by_role("link", name="Zet er een tijd bij").click()
    page.get_by_label("Elke week", exact=True).check()
    page.get_by_label("vrijdag").check()
    page.locator("#id_begin").fill("18")
    page.locator("form.formulier .knop").first.click()
    expect(page.get_by_text("Elke vrijdag").first).to_be_visible()


def gaat_door(page, datum):
    """Whether it goes on, by the public agenda of a day."""
    page.goto(f"/nl/agenda/?datum={datum}")
    row = page.get_by_role("listitem").filter(has_text=NAAM).last
    return "gaat niet door" not in row.inner_text().lower()


@pytest.mark.parametrize("scherm", [TELEFOON, BUREAU], ids=["telefoon", "bureau"])
@pytest.mark.parametrize("script", [True, False], ids=["met script", "zonder script"])
def test_ten_minutes_of_a_volunteer(openen, hanan, scherm, script):
    page = openen(java_script_enabled=script)
    page.set_viewport_size(scherm)
    log_in(page, hanan.email)
    page.get_by_role("link", name="Nieuwe activiteit").click()
    page.locator("#id_naam_nl").fill(NAAM)
    page.get_by_label("Ontmoeten").check()
    page.get_by_role("button", name="Maak de activiteit").click()
    elke_vrijdag(page)
    page.get_by_role("button", name="Sla over vrijdag 27 november").click()
    expect(page.get_by_role("button", name="Gaat toch door vrijdag 27 november")).to_be_visible()
    page.get_by_role("link", name=NAAM).first.click()
    schrijf(page, naam_en="Friday soup", samenvatting_nl="Wij koken samen.", samenvatting_en="We cook together.")
    page.get_by_role("button", name="Zet online").click()
    own = page.url.partition("?")[0]
    assert (gaat_door(page, "2026-11-27"), gaat_door(page, "2026-12-04")) == (False, True)
    page.goto(own)
    schrijf(page, samenvatting_nl="Wij koken en eten samen.")
    expect(page.get_by_text(VEROUDERD, exact=True)).to_be_visible()
    page.goto(reverse("activiteit-detail", args=["soep-op-vrijdag"]).replace("/nl/activiteiten/", "/en/activities/"))
    expect(page.get_by_text("This text is older")).to_be_visible()
    page.goto(own)
    schrijf(page, samenvatting_en="We cook and eat together.")
    expect(page.get_by_text(VEROUDERD, exact=True)).to_have_count(0)
