"""Every page of editors and of logging in without a fault in a browser; and a photo that waits for its words."""

from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from organisaties.forms.bewerken import ACTIVITEIT, PROFIEL
from organisaties.models import Foto
from tests import factories
from tests.flows.test_toegankelijk import SCROLLS, fouten, luister
from tests.sleutels import code

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def cafe(wereld):
    return factories.moment(activiteit=factories.activiteit(organisatie=factories.organisatie())).activiteit


@pytest.fixture
def binnen(openen, site, client, cafe):
    """Opens a window in which the editor of the café is logged in."""
    client.force_login(factories.beheerder(organisatie=cafe.organisatie).gebruiker)

    def make(**options):
        page = openen(**options)
        page.context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": site}])
        return page

    return make


def adressen(cafe):
    """Every page of an editor that other journeys do not look at."""
    own, both = [cafe.organisatie.slug], [cafe.organisatie.slug, cafe.slug]
    yield from (reverse("mijn-profiel", args=[*own, deel]) for deel in PROFIEL)
    yield from (reverse("mijn-activiteit-deel", args=[*both, deel]) for deel in ACTIVITEIT)
    yield from (reverse(f"mijn-{name}", args=own) for name in ("organisatie", "versies", "logo", "foto", "meldingen"))
    place = [*own, cafe.locatie_id]
    yield from (reverse(f"mijn-plek{name}", args=place) for name in ("", "-versies"))
    yield from (reverse("mijn-plek-nieuw", args=own), f"{reverse('mijn-plek', args=place)}?weg=ja")
    names = ("activiteit", "voorbeeld", "activiteit-versies", "activiteit-foto", "pauze")
    yield from (reverse(f"mijn-{name}", args=both) for name in names)
    yield from (reverse(name) for name in ("account", "account-passkey"))


def test_pages_of_editors_have_no_faults(binnen, site, cafe):
    page = binnen()
    heard = luister(page, site)
    found = []
    for address in adressen(cafe):
        assert page.goto(address).status == 200
        found += [(address, *fault) for fault in fouten(page)]
    assert (found, heard) == ([], [])


def log_in(page, **typed):
    """What somebody types at the door of the desk, by the name of the box."""
    page.goto("/admin/")
    druk(page, "Log nu in", **typed)


def druk(page, knop, **typed):
    for name, value in typed.items():
        page.locator(f"#id_{name}").fill(value)
    page.get_by_role("button", name=knop).click()


def test_the_second_step_of_the_desk_has_no_faults(openen, site, settings):
    settings.TWEEDE_STAP, settings.MFA_TOTP_TOLERANCE = True, 2  # a slow machine types slowly
    noor = factories.gebruiker(email="noor@netwerk.example", password="negen-fietsen", is_staff=True)
    own = {"email": noor.email, "password": "negen-fietsen"}
    page = openen()
    heard, found = luister(page, site), []
    log_in(page, email="noor")
    found += fouten(page)
    log_in(page, **own)
    expect(page.locator("h1")).to_have_text("Zet een app met codes aan")
    found += fouten(page)
    druk(page, "Zet de app aan", code=code(page.locator("code").inner_text()))
    expect(page.locator("h1")).to_have_text("Herstelcodes")
    found += fouten(page)
    spare = page.locator(".herstelcodes code").first.inner_text()
    druk(page, "Ik heb ze bewaard")
    page.wait_for_url("**/admin/")
    page.goto("/nl/account/")
    page.get_by_role("link", name="Haal weg").click()
    found += fouten(page)
    page.context.clear_cookies()
    log_in(page, **own)
    druk(page, "Log nu in", code="12")
    expect(page.locator(".melding--fout")).to_be_visible()
    found += fouten(page)
    druk(page, "Log nu in", code=spare)
    page.wait_for_url("**/admin/")
    assert (found, heard) == ([], [])


@pytest.mark.parametrize("script", [True, False], ids=["met script", "zonder script"])
def test_a_photo_waits_for_its_words_and_is_then_seen(binnen, site, cafe, script):
    page = binnen(java_script_enabled=script)
    heard = luister(page, site)
    door = BytesIO()
    Image.new("RGB", (1600, 900), "#0b5b4f").save(door, "JPEG")
    page.goto(reverse("mijn-activiteit-foto", args=[cafe.organisatie.slug, cafe.slug]))
    page.locator("input[type=file]").set_input_files(
        {"name": "deur.jpg", "mimeType": "image/jpeg", "buffer": door.getvalue()}
    )
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Schrijf wat je op de foto ziet.").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.locator("main img").evaluate("img => img.naturalWidth") > 0
    found = fouten(page) if script else []
    page.get_by_label("Er staan geen mensen op de foto").check()
    page.get_by_label("Nederlands").fill("De groene deur.")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Bewaard.")).to_be_visible()
    page.goto(cafe.get_absolute_url())
    photo = page.get_by_role("img", name="De groene deur.")
    photo.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert photo.evaluate("img => img.naturalWidth") > 0
    found += [*fouten(page)] if script else []
    assert (found, heard, Foto.objects.count() > 0, page.evaluate(SCROLLS)) == ([], [], True, False)


@pytest.mark.parametrize("script", [True, False], ids=["met script", "zonder script"])
def test_an_editor_moves_an_activity_to_a_new_place(binnen, site, cafe, script):
    page = binnen(java_script_enabled=script)
    heard = luister(page, site)
    page.goto(reverse("mijn-organisatie", args=[cafe.organisatie.slug]))
    page.get_by_role("link", name="Voeg een plek toe").click()
    page.get_by_label("Naam van de plek").fill("De Bron")
    page.get_by_label("Postcode").fill("1094")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Schrijf de postcode als vier cijfers en twee letters.").first).to_be_visible()
    found = fouten(page) if script else []
    page.get_by_label("Straat en nummer").fill("Javastraat 1")
    page.get_by_label("Postcode").fill("1094aa")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Plek: De Bron")).to_be_visible()
    page.goto(reverse("mijn-activiteit-deel", args=[cafe.organisatie.slug, cafe.slug, "waar"]))
    page.get_by_label("De Bron").check()
    page.get_by_role("button", name="Bewaar").click()
    page.goto(cafe.get_absolute_url())
    expect(page.get_by_text("Javastraat 1").first).to_be_visible()
    assert (found, heard, page.get_by_text("1094 AA").count() > 0) == ([], [], True)
