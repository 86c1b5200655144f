"""A report, from the page of an activity to the mail that says what came of it, in a real browser."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import gettext, override
from playwright.sync_api import expect

from organisaties.models import Activiteit, Bericht, Melding, Uitnodiging
from tests import factories
from tests.conftest import NU, stille_klok
from tests.flows.test_toegankelijk import fouten, luister
from tests.paginas import TALEN

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def cafe(wereld):
    return Activiteit.objects.get(slug="taalcafe")


def woord(taal, dutch):
    with override(taal):
        return gettext(dutch)


def knop(page, taal, dutch):
    page.get_by_role("button", name=woord(taal, dutch)).first.click()
    page.wait_for_load_state()


def meld(page, cafe, taal):
    """Report it, first with a mistake; what axe says of the pages."""
    with override(taal):
        page.goto(cafe.get_absolute_url())
    page.get_by_role("link", name=woord(taal, "Klopt hier iets niet? Laat het weten")).click()
    found = fouten(page)
    page.get_by_label(woord(taal, "Er klopt iets anders niet")).check()
    with stille_klok(NU + timedelta(minutes=5)):
        knop(page, taal, "Verstuur de melding")
        found += fouten(page)
        page.locator("#id_tekst").fill("الباب مغلق")
        page.locator("#id_email").fill("lezer@tafel.example")
        knop(page, taal, "Verstuur de melding")
    expect(page.locator("h1")).to_have_text(woord(taal, "Dank je wel"))
    return found + fouten(page)


@pytest.mark.parametrize("taal", TALEN)
def test_a_report_goes_to_the_editor_and_its_answer_back(openen, site, cafe, taal):
    tie = factories.beheerder(organisatie=cafe.organisatie, gebruiker=factories.gebruiker(), binnen_at=NU)
    own = Uitnodiging.objects.create(beheerder=tie)
    reader, editor = openen(), openen()
    heard = luister(reader, site), luister(editor, site)
    found = meld(reader, cafe, taal)
    assert ([mail.soort for mail in Bericht.objects.all()], reader.context.cookies()) == (["melding"], [])
    with override(taal):
        editor.goto(reverse("uitnodiging", args=[own.token]))
    editor.locator("main form:not(#bewaar) button").first.click()
    editor.get_by_role("link", name=woord(taal, "Bekijk de meldingen")).click()
    expect(editor.locator("article")).to_contain_text("الباب مغلق")
    found += fouten(editor)
    editor.get_by_label(woord(taal, "Schrijf een antwoord")).fill("Bel aan bij de buren.")
    knop(editor, taal, "Stuur het antwoord")
    expect(editor.locator(".melding[role=status]")).to_be_visible()
    found += fouten(editor)
    assert [mail.aan for mail in Bericht.objects.filter(soort="beantwoord")] == ["lezer@tafel.example"]
    assert (Melding.objects.get().status, found, heard) == ("beantwoord", [], ([], []))


def test_reporting_works_without_javascript(openen, site, cafe):
    page = openen(java_script_enabled=False)
    page.goto("/nl/organisaties/de-sluis/")
    page.get_by_role("link", name="Klopt hier iets niet? Laat het weten").click()
    page.get_by_label("Dit is er niet meer").check()
    knop(page, "nl", "Verstuur de melding")
    expect(page.locator("h1")).to_have_text("Dank je wel")
    page.get_by_role("link", name="Terug naar Stichting De Sluis").click()
    assert page.url.endswith("/nl/organisaties/de-sluis/")
    assert Melding.objects.get().organisatie == cafe.organisatie
