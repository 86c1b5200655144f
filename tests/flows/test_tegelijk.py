"""Somebody else was there meanwhile: what a browser shows then, with and without JavaScript; axe looks at each page."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from organisaties.models import Locatie, Moment
from tests import factories
from tests.conftest import NU
from tests.flows import test_beheer, test_mijn_alles
from tests.flows.test_toegankelijk import fouten
from tests.momenten import DINSDAG, adres, dag_adres

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

cafe, binnen, beheer = test_mijn_alles.cafe, test_mijn_alles.binnen, test_beheer.beheer

MET_EN_ZONDER = pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])


def bewaar(page, knop):
    page.get_by_role("button", name=knop, exact=True).click()


def kijk(page, script):
    """axe needs scripts of its own."""
    return fouten(page) if script else []


@MET_EN_ZONDER
def test_a_date_that_a_colleague_moved_is_shown_before_it_is_overwritten(binnen, cafe, script):
    page, blok = binnen(java_script_enabled=script), cafe.momenten.get()
    page.goto(dag_adres(blok))
    page.locator("#id_soort_0").check()
    page.locator("#id_reden_nl").fill("Ziek.")
    factories.uitzondering(moment=blok, datum_on=DINSDAG, soort="verplaatst", nieuw_on=date(2026, 12, 2))
    bewaar(page, "Bewaar deze dag")
    expect(page.get_by_role("alert")).to_contain_text("Iemand anders heeft deze dag net veranderd")
    expect(page.locator("#id_reden_nl")).to_have_value("Ziek.")
    found = kijk(page, script)
    bewaar(page, "Bewaar deze dag")
    expect(page.get_by_text("Die dag gaat het niet door.")).to_be_visible()
    assert (found, blok.uitzonderingen.get().reden_nl) == ([], "Ziek.")


@MET_EN_ZONDER
def test_a_time_that_a_colleague_took_away_comes_back_as_a_new_one(binnen, cafe, script):
    page, blok = binnen(java_script_enabled=script), cafe.momenten.get()
    page.goto(adres(cafe, "mijn-moment", blok.pk))
    page.locator("#id_begin").fill("13:00")
    page.locator("#id_eind").fill("15:00")
    blok.delete()
    bewaar(page, "Bewaar deze tijd")
    expect(page.get_by_role("alert")).to_contain_text("Iemand anders heeft deze tijd net weggehaald")
    found = kijk(page, script)
    bewaar(page, "Bewaar deze tijd")
    expect(page.get_by_text("De tijd staat erbij.")).to_be_visible()
    assert (found, Moment.objects.get(activiteit=cafe).begin.hour) == ([], 13)


@MET_EN_ZONDER
def test_a_place_that_a_colleague_took_away_comes_back_as_a_new_one(binnen, cafe, script):
    page, plek = binnen(java_script_enabled=script), factories.locatie(organisatie=cafe.organisatie)
    page.goto(reverse("mijn-plek", args=[cafe.organisatie.slug, plek.pk]))
    page.locator("#id_naam").fill("De Bron")
    plek.delete()
    bewaar(page, "Bewaar")
    expect(page.get_by_role("alert")).to_contain_text("Iemand anders heeft deze plek net weggehaald")
    found = kijk(page, script)
    bewaar(page, "Bewaar")
    expect(page.get_by_text("Bewaard.")).to_be_visible()
    assert (found, Locatie.objects.filter(naam="De Bron").count()) == ([], 1)


@MET_EN_ZONDER
def test_a_former_place_is_put_back_and_a_place_goes_after_a_question(binnen, cafe, script):
    page, plek = binnen(java_script_enabled=script), factories.locatie(organisatie=cafe.organisatie, straat="Kade 1")
    page.goto(reverse("mijn-plek", args=[cafe.organisatie.slug, plek.pk]))
    page.locator("#id_straat").fill("Gracht 2")
    bewaar(page, "Bewaar")
    page.goto(reverse("mijn-plek-versies", args=[cafe.organisatie.slug, plek.pk]))
    page.get_by_role("button", name="Zet deze versie terug").last.click()
    expect(page.locator("#id_straat")).to_have_value("Kade 1")
    page.get_by_role("link", name="Haal deze plek weg").click()
    bewaar(page, "Ja, haal weg")
    expect(page.locator("h1")).to_contain_text("Welkom")
    assert not Locatie.objects.filter(pk=plek.pk).exists()


@MET_EN_ZONDER
def test_an_editor_says_that_the_profile_is_right(binnen, cafe, script):
    page = binnen(java_script_enabled=script)
    page.goto(reverse("mijn-organisatie", args=[cafe.organisatie.slug]))
    bewaar(page, "Alles klopt nog")
    expect(page.get_by_text("Fijn.")).to_be_visible()
    expect(page.get_by_text("Gecontroleerd op 24 november 2026")).to_be_visible()
    cafe.organisatie.refresh_from_db()
    assert cafe.organisatie.bevestigd_op == NU.date()


@MET_EN_ZONDER
def test_a_window_that_was_open_during_another_login_keeps_what_was_typed(binnen, client, cafe, *, site, script):
    page, profiel = binnen(java_script_enabled=script), reverse("mijn-profiel", args=[cafe.organisatie.slug, "naam"])
    page.goto(profiel)
    page.locator("#id_samenvatting_nl").fill("Lang over gedaan.")
    client.logout()
    client.force_login(cafe.organisatie.beheerders.get().gebruiker)
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": site}])
    bewaar(page, "Bewaar")
    expect(page.get_by_text("Je was uitgelogd, en dit is nog niet bewaard.")).to_be_visible()
    expect(page.locator("#id_samenvatting_nl")).to_have_value("Lang over gedaan.")
    found = kijk(page, script)
    bewaar(page, "Bewaar")
    expect(page.get_by_text("Bewaard.")).to_be_visible()
    cafe.organisatie.refresh_from_db()
    assert (found, cafe.organisatie.samenvatting_nl) == ([], "Lang over gedaan.")


def test_the_desk_chooses_what_stays_of_a_place_and_what_an_editor_hid_stays_hidden(beheer):
    plek = factories.locatie(naam="De zaal")
    beheer.goto(reverse("admin:organisaties_organisatie_change", args=[plek.organisatie_id]))
    beheer.locator("#id_locaties-0-naam").fill("Mijn zaal")
    Locatie.objects.filter(pk=plek.pk).update(naam="Hun zaal", soort="verborgen")
    beheer.locator("[name=_save]").first.click()
    expect(beheer.locator(".botsingen")).to_contain_text("Hun zaal")
    found = test_beheer.axe(beheer)
    beheer.locator("#kies_locaties-0-naam_mij").check()
    beheer.locator("[name=_save]").first.click()
    beheer.wait_for_url("**/organisatie/")
    plek.refresh_from_db()
    assert (found, plek.naam, plek.soort) == ([], "Mijn zaal", "verborgen")
