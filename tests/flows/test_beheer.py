"""The administration in a real browser, as a coordinator sees it: axe finds nothing, and the policy stops nothing."""

import pytest
from playwright.sync_api import Page

from organisaties import berichten
from organisaties.models import Activiteit, Bericht, Organisatie
from tests import factories
from tests.flows.test_toegankelijk import axe, luister

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

WACHTWOORD = "een-lange-zin-voor-sara"
SCHERMEN = (
    "",
    "organisaties/organisatie/",
    "organisaties/organisatie/add/",
    "organisaties/organisatie/{organisatie}/change/",
    "organisaties/organisatie/{organisatie}/history/",
    "organisaties/organisatie/{organisatie}/delete/",
    "organisaties/activiteit/?thema__id__exact=1&q=les",
    "organisaties/activiteit/{activiteit}/change/",
    "organisaties/moment/",
    "organisaties/thema/",
    "organisaties/pagina/",
    "organisaties/gebruiker/",
    "organisaties/bericht/",
    "organisaties/bericht/{bericht}/change/",
    "password_change/",
)


@pytest.fixture
def beheer(openen) -> Page:
    """The administration, after logging in."""
    sara = factories.gebruiker(password=WACHTWOORD, is_staff=True, is_superuser=True)
    page = openen()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/admin/")
    page.get_by_label("E-mailadres").fill(sara.email)
    page.get_by_label("Wachtwoord").fill(WACHTWOORD)
    page.get_by_role("button").last.click()
    page.wait_for_url("**/admin/")
    return page


def test_screens_have_no_faults(beheer, site, settings):
    settings.DEMONSTRATIE = True  # the outbox then shows a link, and says why
    heard = luister(beheer, site)
    mail = berichten.queue("bevestigen", aan="hanan@tafel.example", taal="en", aanvraag=factories.aanvraag())
    Bericht.objects.update(status="mislukt", fout="550 5.1.1 no such user")
    ids = {
        "organisatie": Organisatie.objects.get(slug="de-sluis").pk,
        "activiteit": Activiteit.objects.get(slug="taalcafe").pk,
        "bericht": mail.pk,
    }
    found = []
    for scherm in SCHERMEN:
        for scheme in ("light", "dark"):
            beheer.emulate_media(color_scheme=scheme)  # before the page opens: Django's links fade to another colour
            beheer.goto("/admin/" + scherm.format(**ids), wait_until="networkidle")
            found += [(scherm, scheme, *fault) for fault in axe(beheer)]
    assert (found, heard) == ([], [])


def test_login_screen_has_no_faults(openen):
    page = openen()
    page.goto("/admin/")
    assert axe(page) == []


def test_a_coordinator_publishes_a_draft(beheer):
    factories.organisatie(naam="Zonnestraal", status="concept")
    beheer.goto("/admin/organisaties/organisatie/?q=zonnestraal")
    beheer.get_by_role("checkbox").nth(1).check()
    beheer.locator("select[name=action]").select_option("publish")
    beheer.get_by_role("button", name="Uitvoeren").click()
    beheer.goto("/nl/organisaties/?q=zonnestraal")
    assert beheer.locator(".kaartje__titel").all_inner_texts() == ["Zonnestraal"]
