"""Near me in a browser: a postcode on a phone without script, and the place of the phone after a tap."""

import pytest
from playwright.sync_api import Page, expect

from tests.flows.test_reis import vraag_in_adres
from tests.paginas import TALEN, Pagina

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

IN_ELKE_TAAL = pytest.mark.parametrize("taal", TALEN)
HIER = {"latitude": 52.3731234, "longitude": 4.8926789}
KNOP = "[data-plek]"


def _asked(page: Page) -> list[str]:
    return vraag_in_adres(page).get("bij", [])


@IN_ELKE_TAAL
def test_a_postcode_orders_the_list_and_stays_with_other_choices(openen, taal):
    page = openen(java_script_enabled=False)
    page.goto(Pagina("activiteit-list", query="?thema=taal").adres(taal))
    page.locator("#bij").fill("1018 dp")
    page.locator(".zoek .knop--lamp").click()
    assert (_asked(page), vraag_in_adres(page)["thema"]) == (["1018 dp"], ["taal"])
    expect(page.locator(".kaartje").first).to_contain_text("500 met")
    page.locator(".chiprij a").first.click()
    assert vraag_in_adres(page)["wanneer"] == ["vandaag"]
    assert _asked(page) == ["1018 dp"]
    expect(page.locator(KNOP)).to_be_hidden()


@IN_ELKE_TAAL
def test_the_place_of_the_phone_is_asked_after_a_tap_and_rounded(openen, taal):
    page = openen(geolocation=HIER, permissions=["geolocation"])
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    page.goto(Pagina("activiteit-list").adres(taal))
    assert page.evaluate("document.querySelector('[data-plek]').hidden") is False
    page.locator(KNOP).click()
    expect(page.locator(".kaartje").first).to_contain_text("km")
    assert _asked(page) == ["52.373,4.893"]
    assert [url for url in sent if "52.3731" in url or "4.8926" in url] == []
    expect(page.locator("#bij")).to_have_value("")
    expect(page.locator(KNOP)).to_be_visible()  # the form was shown anew in place


def test_a_postcode_takes_the_place_of_the_phone(openen):
    page = openen()
    page.goto(Pagina("activiteit-list", query="?bij=52.373,4.893").adres("nl"))
    page.locator("#bij").fill("1091")
    page.locator(".zoek .knop--lamp").click()
    expect(page.locator("a.chip", has_text="dichtbij 1091")).to_be_visible()


def test_who_does_not_want_to_be_found_still_has_the_box(openen):
    page = openen(permissions=[])
    page.goto(Pagina("activiteit-list").adres("nl"))
    page.locator(KNOP).click()
    expect(page.locator("#bij")).to_be_focused()
    expect(page.locator(KNOP)).to_be_hidden()
    assert _asked(page) == []


def test_no_other_page_may_ask_the_phone(openen):
    page = openen(geolocation=HIER, permissions=["geolocation"])
    page.goto(Pagina("home").adres("nl"))
    asked = "new Promise((y) => navigator.geolocation.getCurrentPosition(() => y('found'), (e) => y(e.code)))"
    assert page.evaluate(asked) == 1
