"""The administration in a real browser, as a coordinator sees it: axe finds nothing, and the policy stops nothing."""

import pytest
from playwright.sync_api import Page

from organisaties import actions, berichten
from organisaties.models import Aanvraag, Activiteit, Beheerder, Bericht, Gebruiker, Organisatie
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
    "organisaties/aanvraag/?lijst=alles",
    "organisaties/aanvraag/?q=tafel",
    "organisaties/aanvraag/{aanvraag}/change/",
    "organisaties/aanvraag/{klaar}/change/",
    "organisaties/aanvraag/{aanvraag}/goedkeuren/?versie=0",
    "organisaties/aanvraag/{aanvraag}/vraag/",
    "organisaties/aanvraag/{aanvraag}/afwijzen/",
    "organisaties/aanvraag/{aanvraag}/afwijzen/?reden=dubbel",
    "organisaties/melding/",
    "organisaties/melding/?lijst=nakijken",
    "organisaties/melding/{melding}/change/",
    "organisaties/melding/{vraag}/antwoord/",
    "organisaties/beheerder/",
    "organisaties/beheerder/add/",
    "organisaties/beheerder/{beheerder}/change/",
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
    page.get_by_role("button", name="Log nu in").click()
    page.wait_for_url("**/admin/")
    return page


def test_screens_have_no_faults(beheer, site, settings):
    settings.DEMONSTRATIE = True  # the outbox then shows a link, and says why
    heard = luister(beheer, site)
    mail = berichten.queue("bevestigen", aan="hanan@tafel.example", taal="en", aanvraag=factories.aanvraag())
    Bericht.objects.update(status="mislukt", fout="550 5.1.1 no such user")
    sara = Gebruiker.objects.get()
    klaar, aanvraag = (factories.aanvraag(organisatie_naam=naam, verdenkingen=["snel"]) for naam in ("Tafel", "Tafels"))
    actions.approve_aanvraag(klaar, door=sara, versie=1)
    actions.note_aanvraag(aanvraag, door=sara, tekst="Ken ik.")
    ids = {
        "aanvraag": aanvraag.pk,
        "klaar": klaar.pk,
        "beheerder": Beheerder.objects.get().pk,
        "organisatie": Organisatie.objects.get(slug="de-sluis").pk,
        "activiteit": Activiteit.objects.get(slug="taalcafe").pk,
        "bericht": mail.pk,
        "vraag": factories.melding(email="lezer@x.example").pk,
        "melding": factories.melding(is_verdacht=True, verdenkingen=["snel"], email="lezer@x.example").pk,
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


def test_a_coordinator_judges_a_request(beheer):
    aanvraag = factories.aanvraag(organisatie_naam="Zomerkoor")
    beheer.goto("/admin/")
    beheer.get_by_role("link", name="op jullie").click()
    beheer.get_by_role("link", name="Zomerkoor").click()
    beheer.get_by_role("button", name="Ik pak dit op").click()
    beheer.get_by_role("link", name="Keur goed").click()
    beheer.get_by_role("button", name="Keur goed").click()
    beheer.get_by_role("link", name="Zomerkoor", exact=True).first.wait_for()
    assert Aanvraag.objects.get(pk=aanvraag.pk).organisatie.naam == "Zomerkoor"
    assert beheer.locator(".messagelist").inner_text().startswith("Goedgekeurd.")


def test_a_coordinator_turns_a_request_down_in_the_language_of_the_applicant(beheer):
    aanvraag = factories.aanvraag(organisatie_naam="Winterkoor", taal="en")
    beheer.goto(f"/admin/organisaties/aanvraag/{aanvraag.pk}/change/")
    beheer.get_by_role("link", name="Wijs af").click()
    beheer.get_by_label("Werkt niet in Amsterdam").check()
    beheer.get_by_role("button", name="Verder").click()
    tekst = beheer.get_by_role("textbox", name="Wat schrijf je aan de aanvrager?")
    tekst.fill(f"{tekst.input_value()} Good luck.")
    beheer.get_by_role("button", name="Wijs af").click()
    beheer.locator(".messagelist").wait_for()
    assert Aanvraag.objects.get(pk=aanvraag.pk).status == "afgewezen"
    (mail,) = Bericht.objects.filter(aanvraag=aanvraag)
    assert ("Amsterdam" in mail.tekst, "Good luck." in mail.tekst, mail.taal) == (True, True, "en")


def test_a_coordinator_talks_about_working_together_and_writes_down_how_it_ended(beheer):
    aanvraag = factories.aanvraag(organisatie_naam="Zaal", soort="samenwerking")
    beheer.goto(f"/admin/organisaties/aanvraag/{aanvraag.pk}/change/")
    beheer.get_by_role("link", name="Begin een gesprek").click()
    beheer.get_by_role("button", name="Begin een gesprek").click()
    beheer.get_by_role("link", name="Rond het gesprek af").click()
    beheer.get_by_label("Wij gaan samenwerken").check()
    beheer.get_by_role("button", name="Rond het gesprek af").click()
    beheer.get_by_text("Het gesprek is afgerond.").wait_for()
    aanvraag.refresh_from_db()
    assert (aanvraag.status, aanvraag.uitkomst, aanvraag.behandelaar.is_staff) == ("afgesproken", "samen", True)
