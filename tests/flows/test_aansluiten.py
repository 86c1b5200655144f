"""Joining, from the public form to the own page of an organisation: a phone, a desk, and the mails between them."""

import re
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Group
from django.urls import resolve, reverse
from django.utils.translation import gettext, override
from playwright.sync_api import Page

from organisaties.choices import BerichtSoort
from organisaties.forms.aanvragen import AanvraagForm
from organisaties.models import Aanvraag, Organisatie
from tests import factories
from tests.conftest import NU, stille_klok
from tests.flows.test_toegankelijk import SCROLLS, axe, luister

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

WACHTWOORD = "een lang en geheim woord"
BUREAU = {"width": 1280, "height": 900}
SCRIPTS = "matchMedia('(scripting: enabled)').matches"
NAAM = "Zomerkoor جيران"
"""Of the organisation: invented, in two directions."""

VRAAG, ANTWOORD = "Waar zingen jullie?", "In the park, on Sundays.\nCome and listen."
VELDEN = {
    "organisatie_naam": NAAM,
    "omschrijving": "We sing with newcomers.",
    "werkwijze": "Newcomers choose the songs.",
    "website": "www.zomerkoor.example",
    "naam": "Hanan El Amrani",
    "email": "hanan@zomerkoor.example",
}


# --- the words of the screens: on the phone those of the English catalogue, at the desk Dutch


def woord(dutch: str) -> str:
    with override("en"):
        return gettext(dutch)


def adres(name: str, *args: str) -> str:
    with override("en"):
        return reverse(name, args=args)


def knop(page: Page, dutch: str) -> None:
    page.get_by_role("button", name=woord(dutch)).click()


def vul_in(page: Page) -> None:
    """What the form asks, by the labels that are read aloud."""
    for name, value in VELDEN.items():
        with override("en"):
            label = str(AanvraagForm.base_fields[name].label)
        page.get_by_role("textbox", name=re.compile("^" + re.escape(label))).fill(value)
    page.locator("[name=soort][value=lidmaatschap]").check()
    page.get_by_role("checkbox", name=woord("West"), exact=True).check()


def link_uit_mail(desk: Page, soort: BerichtSoort) -> str:
    """The link in the newest mail of a kind, as a coordinator of the demonstration reads it in the outbox."""
    desk.goto(f"/admin/organisaties/bericht/?soort__exact={soort}")
    desk.locator("#result_list tbody th a").first.click()
    desk.wait_for_url("**/bericht/*/change/**")
    assert gebreken(desk) == []
    return desk.locator(".mail a").get_attribute("href")


def log_in(desk: Page, email: str) -> None:
    desk.goto("/admin/")
    desk.get_by_label("E-mailadres").fill(email)
    desk.get_by_label("Wachtwoord").fill(WACHTWOORD)
    desk.get_by_role("button", name="Log nu in").click()
    desk.wait_for_url("**/admin/")


def open_aanvraag(desk: Page) -> None:
    """From the start page, by the list of what is to be judged."""
    desk.goto("/admin/")
    desk.get_by_role("link", name=re.compile("wacht(en)? op jullie")).click()
    assert desk.locator("nav.tabs [aria-current]").inner_text().startswith("Te beoordelen")
    assert gebreken(desk) == []
    desk.get_by_role("link", name=NAAM).click()
    desk.get_by_role("heading", level=1, name=NAAM).wait_for()
    assert gebreken(desk) == []


def doe(desk: Page, daad: str, tekst: str = "") -> None:
    """A deed with a page of its own: a link to it, something to write perhaps, and a button of the same name."""
    desk.get_by_role("link", name=daad, exact=True).click()
    assert gebreken(desk) == []
    if tekst:
        desk.locator("#content-main").get_by_role("textbox").fill(tekst)
    desk.get_by_role("button", name=daad, exact=True).click()
    desk.locator(".messagelist").wait_for()
    assert gebreken(desk) == []


def van_ons():
    return Aanvraag.objects.filter(organisatie_naam=NAAM)


# --- what holds on every screen


def gebreken(page: Page) -> list:
    """What axe says, and whether it scrolls sideways; without scripts axe cannot look, and the other run does."""
    page.wait_for_load_state("networkidle")
    found = axe(page) if page.evaluate(SCRIPTS) else []
    return [*found, *(["scrolls sideways"] if page.viewport_size != BUREAU and page.evaluate(SCROLLS) else [])]


def op(page: Page, name: str) -> None:
    """The page of the site by its URL name, without a fault and, before somebody logs in, without a cookie."""
    page.wait_for_url(lambda url: _naam(url) == name)
    assert gebreken(page) == []
    if name != "mijn-organisatie":
        assert page.context.cookies() == []


def _naam(url: str) -> str:
    with override("en"):
        return resolve(urlsplit(url).path).url_name


@contextmanager
def later(minuten: int):
    """The clock stands still at some minutes after the beginning: nobody fills in a form in no time."""
    with stille_klok(NU + timedelta(minutes=minuten)):
        yield


# --- the journey, in parts


def meld_aan(phone: Page) -> None:
    phone.goto(adres("aansluiten"))
    op(phone, "aansluiten")
    vul_in(phone)
    with later(5):
        knop(phone, "Verder")
        phone.get_by_role("heading", level=1, name=woord("Controleer je antwoorden")).wait_for()
        op(phone, "aansluiten")
        assert list(van_ons()) == []
        knop(phone, "Verstuur de aanvraag")
        op(phone, "aanvraag-verstuurd")
    assert van_ons().get().is_verdacht is False


def bevestig(phone: Page, link: str) -> None:
    phone.goto(link)
    op(phone, "aanvraag-detail")
    assert van_ons().get().status == "onbevestigd"
    knop(phone, "Ja, dit is mijn adres")
    phone.get_by_role("heading", level=1, name=woord("Je aanvraag is binnen")).wait_for()
    op(phone, "aanvraag-detail")
    assert van_ons().get().status == "nieuw"


def antwoord(phone: Page, link: str) -> None:
    phone.goto(link)
    op(phone, "aanvraag-detail")
    assert VRAAG in phone.locator("main").inner_text()
    phone.get_by_role("textbox").fill(ANTWOORD)
    knop(phone, "Verstuur")
    phone.get_by_text("Come and listen.").wait_for()
    op(phone, "aanvraag-detail")
    assert van_ons().get().status == "behandeling"


def neem_aan(phone: Page, link: str) -> None:
    phone.goto(link)
    op(phone, "uitnodiging")
    knop(phone, "Open mijn organisatie")
    op(phone, "mijn-organisatie")


@pytest.fixture
def coordinator(site, settings):
    """A colleague in the group of the migration; the site is a demonstration, so mails are read at the desk."""
    settings.SITE_URL, settings.DEMONSTRATIE = site, True
    noor = factories.gebruiker(naam="Noor", password=WACHTWOORD, is_staff=True)
    noor.groups.add(Group.objects.get(name="Coördinatoren"))
    return noor


@pytest.mark.parametrize("script", [True, False], ids=["met script", "zonder script"])
def test_from_the_form_to_the_own_page(openen, site, coordinator, script):
    phone, desk = openen(java_script_enabled=script), openen(java_script_enabled=script)
    desk.set_viewport_size(BUREAU)
    heard = luister(phone, site), luister(desk, site)
    log_in(desk, coordinator.email)
    meld_aan(phone)
    bevestig(phone, link_uit_mail(desk, BerichtSoort.BEVESTIGEN))
    open_aanvraag(desk)
    doe(desk, "Stel een vraag", VRAAG)
    antwoord(phone, link_uit_mail(desk, BerichtSoort.VRAAG))
    open_aanvraag(desk)
    assert "Come and listen." in desk.locator("#content-main").inner_text()
    doe(desk, "Keur goed")
    neem_aan(phone, link_uit_mail(desk, BerichtSoort.UITNODIGING))
    organisatie = Organisatie.objects.get(naam=NAAM)
    assert phone.url == site + adres("mijn-organisatie", organisatie.slug)
    assert "session" in {cookie["name"] for cookie in phone.context.cookies()}
    assert list(organisatie.beheerders.values_list("gebruiker__email", flat=True)) == [VELDEN["email"]]
    assert heard == ([], [])
