"""The whole way on a phone: search, save two, share, read it in English, on paper, in an agenda, and on the map."""

import re
from urllib.parse import urlsplit

import pypdfium2
import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.flows.test_kaart import _open, _tab_to
from tests.flows.test_toegankelijk import luister

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

ENGELS = ["Full class", "Quiet class"]
NEDERLANDS = ["Rustige les", "Volle les"]


def _search_and_save_two(page: Page) -> str:
    """From the first page to the list of two; gives the link to share."""
    page.goto("/nl/")
    page.locator("#q").fill("les")
    page.locator(".zoek .knop--lamp").click()
    for naam in NEDERLANDS:
        button = page.locator(".kaartje", has_text=naam).locator(".bewaar")
        button.click()
        expect(button).to_have_attribute("name", "weg")
    page.locator(".lijstbalk a").click()
    expect(page.locator(".kaartje__titel")).to_have_text(NEDERLANDS)
    return page.locator("a.adres").get_attribute("href")


def _pdf_text(data: bytes) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)).split())


@pytest.mark.parametrize("script", [True, False])
def test_from_a_question_to_the_right_door(openen, site, script):
    telefoon = openen(java_script_enabled=script)
    heard = luister(telefoon, site)
    link = urlsplit(_search_and_save_two(telefoon))

    vriendin = openen()  # another phone, with nothing on it
    vriendin.goto(f"{link.path}?{link.query}")
    vriendin.locator(".talen a[lang=en]").click()
    expect(vriendin.locator("html")).to_have_attribute("lang", "en")
    expect(vriendin.locator(".kaartje__titel")).to_have_text(ENGELS[::-1])

    vriendin.get_by_role("link", name="On paper, in two languages").click()
    expect(vriendin).to_have_url(re.compile("/paper/"))
    sheet = _pdf_text(vriendin.pdf(format="A4"))
    wanted = (*NEDERLANDS, *ENGELS, "020 012 3456", "10:00 – 12:00", "localhost:8000/b/")
    assert [words for words in wanted if words not in sheet] == []
    vriendin.go_back()

    address = vriendin.get_by_role("link", name="Add to my calendar").get_attribute("href")
    events = Calendar.from_ical(vriendin.request.get(address).body()).walk("VEVENT")
    assert sorted(str(event["SUMMARY"]) for event in events) == ENGELS
    assert heard == []


def test_the_map_leads_to_the_door_by_keyboard(openen, site):
    page = openen()
    _open(page, taal="en")
    _tab_to(page, page.locator(".kaartknop").first.get_attribute("aria-label"))
    page.keyboard.press("Enter")
    door = page.locator(".leaflet-popup a").first
    expect(door).to_be_focused()
    naam = door.inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(naam)
