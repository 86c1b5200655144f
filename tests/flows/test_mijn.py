"""From the invitation in the mail to the own organisation and out again, in a real browser."""

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import expect

from organisaties.berichten import link_of
from organisaties.models import Bericht, Organisatie, Uitnodiging
from tests import factories
from tests.flows.test_toegankelijk import SCROLLS, fouten, luister
from tests.paginas import TALEN

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def uitnodiging(wereld):
    draft = factories.organisatie(naam="Buurttafel", status="concept", themas=[factories.thema()], samenvatting_en="")
    tie = factories.beheerder(organisatie=draft, gebruiker=factories.gebruiker(naam="Hanan El Amrani"))
    factories.beheerder(organisatie=draft)
    return Uitnodiging.objects.create(beheerder=tie)


def adres(uitnodiging, taal):
    with override(taal):
        return reverse("uitnodiging", args=[uitnodiging.token])


@pytest.mark.parametrize("taal", TALEN)
def test_pages_of_editors_have_no_faults(openen, site, uitnodiging, taal):
    page = openen()
    heard = luister(page, site)
    page.goto(adres(uitnodiging, taal))
    found = fouten(page)
    for opens in ("main form:not(#bewaar) button", ".beheer__knop"):
        page.locator(opens).first.click()
        found += fouten(page)
    page.goto(adres(uitnodiging, taal))
    found += fouten(page)
    assert (found, heard) == ([], [])


@pytest.mark.parametrize("taal", TALEN)
def test_logging_in_with_a_code_has_no_faults(openen, site, uitnodiging, taal):
    editor = uitnodiging.beheerder.gebruiker
    page = openen()
    heard = luister(page, site)
    with override(taal):
        page.goto(reverse("account_login"))
        found = fouten(page)
        for typed in ("hanan", editor.email):
            page.locator("#id_email").fill(typed)
            page.locator("main form:not(#bewaar) button").first.click()
            found += fouten(page)
        page.locator("#id_code").fill("12")
        page.keyboard.press("Enter")
        expect(page.locator(".melding--fout")).to_be_visible()
        found += fouten(page)
        page.locator("#id_code").fill(link_of(Bericht.objects.get()))
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text("Hanan El Amrani")
        page.goto(reverse("account"))
    found += fouten(page)
    assert (found, heard) == ([], [])


@pytest.mark.parametrize("taal", TALEN)
def test_letting_a_colleague_in_and_out_has_no_faults(openen, site, uitnodiging, taal):
    page = openen()
    heard = luister(page, site)
    page.goto(adres(uitnodiging, taal))
    page.locator("main form:not(#bewaar) button").first.click()
    page.locator("main a[href$='/collegas/'], main a[href$='/colleagues/']").click()
    found = fouten(page)
    for name, email in (("", ""), ("Yonas ዮናስ", "yonas@tafel.example")):
        page.locator("#id_naam").fill(name)
        page.locator("#id_email").fill(email)
        page.locator("form.formulier button").click()
        found += fouten(page)
    page.locator(".taken a").last.click()
    expect(page.locator(".melding--let-op")).to_be_visible()
    found += fouten(page)
    page.locator(".melding--let-op button").click()
    expect(page.locator(".taken > li")).to_have_count(2)
    assert (found, heard) == ([], [])


def test_a_code_lets_in_without_javascript(openen, site, uitnodiging):
    page = openen(java_script_enabled=False)
    page.goto("/nl/mijn/")
    assert page.context.cookies() == []
    page.get_by_role("link", name="Inloggen").click()
    page.get_by_label("E-mailadres").fill(uitnodiging.beheerder.gebruiker.email)
    page.get_by_role("button", name="Stuur mij een code").click()
    page.get_by_label("Code").fill(link_of(Bericht.objects.get()))
    page.get_by_role("button", name="Log nu in").click()
    expect(page.locator("h1")).to_have_text("Welkom, Hanan El Amrani")
    page.get_by_role("link", name="Jouw account").click()
    expect(page.locator("h1")).to_have_text("Jouw account")


def test_an_editor_comes_in_without_javascript_and_leaves_nothing_behind(openen, site, uitnodiging):
    page = openen(java_script_enabled=False)
    page.goto(adres(uitnodiging, "nl"))
    assert page.context.cookies() == []
    page.get_by_role("button", name="Open mijn organisatie").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Welkom, Hanan El Amrani"
    page.goto("/nl/mijn/")
    assert page.url.endswith(f"/nl/mijn/{Organisatie.objects.get(naam='Buurttafel').slug}/")
    page.get_by_role("button", name="Log uit").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Je bent uitgelogd"
    assert page.context.cookies() == []
    page.go_back()
    assert "Hanan" not in page.content()


def test_a_very_long_name_stays_on_the_page(openen, site, uitnodiging):
    Organisatie.objects.filter(naam="Buurttafel").update(naam="Vrijwilligersorganisatie" * 8)
    page = openen()
    page.goto(adres(uitnodiging, "nl"))
    assert not page.evaluate(SCROLLS)
    page.get_by_role("button", name="Open mijn organisatie").click()
    page.wait_for_load_state()
    assert not page.evaluate(SCROLLS)


@pytest.mark.parametrize("taal", TALEN)
def test_saying_when_it_is_has_no_faults(openen, site, uitnodiging, taal):
    organisatie = uitnodiging.beheerder.organisatie
    activiteit = factories.activiteit(organisatie=organisatie, status="concept", planning="onbekend")
    page = openen()
    heard = luister(page, site)
    page.goto(adres(uitnodiging, taal))
    page.locator("main form:not(#bewaar) button").first.click()
    with override(taal):
        page.goto(reverse("mijn-wanneer", args=[organisatie.slug, activiteit.slug]))
    found = fouten(page)
    page.locator("#tijden ~ p .knop").click()
    expect(page.locator("#id_dagen_4")).not_to_be_visible()
    found += fouten(page)
    page.locator("#id_ritme_0").check()
    page.locator("#id_dagen_4").check()
    page.locator("#id_begin").fill("x")
    page.locator("[name=toon]").click()
    expect(page.locator(".melding--fout")).to_be_visible()
    found += fouten(page)
    page.locator("#id_begin").fill("10")
    page.locator("[name=toon]").click()
    expect(page.locator("#voorbeeld ~ ul li")).to_have_count(5)
    found += fouten(page)
    page.locator("form.formulier .knop").first.click()
    page.locator("[name=soort]").nth(1).click()
    expect(page.locator("main button[name=terug]")).to_have_count(1)
    found += fouten(page)
    page.locator("a[href$='?soort=verplaatst']").first.click()
    expect(page.locator("#id_naar_0")).to_be_visible()
    found += fouten(page)
    assert (found, heard) == ([], [])
