"""Help me choose, on a phone, by somebody who reads little: by tap, by keyboard, and with the browser's own back."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests import pseudo
from tests.flows.test_toegankelijk import SCROLLS
from tests.paginas import TALEN, Pagina

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

IN_ELKE_TAAL = pytest.mark.parametrize("taal", TALEN)
TAALCAFE = {"nl": "Taalcafé De Sluis", "en": "Language café De Sluis"}
STAPPEN = [Pagina("kiezen", query=query) for query in ("", "?thema=taal", "?thema=taal&stadsdeel=west")]


def keuzes(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def kies(page: Page, address: str) -> None:
    page.locator(f".antwoord[href*='{address}']").first.click()


@pytest.fixture
def telefoon(openen) -> Page:
    return openen(java_script_enabled=False)


@IN_ELKE_TAAL
def test_three_taps_from_the_first_page_to_a_list(telefoon, taal):
    telefoon.goto(f"/{taal}/")
    telefoon.locator(f"main a[href='{STAPPEN[0].adres(taal)}']").click()
    for pagina, answer in zip(STAPPEN, ("thema=taal", "stadsdeel=west", "dagdeel=avond"), strict=True):
        assert telefoon.url.endswith(pagina.adres(taal))
        kies(telefoon, answer)
    assert urlsplit(telefoon.url).path == Pagina("activiteit-list").adres(taal)
    assert keuzes(telefoon) == {"thema": ["taal"], "stadsdeel": ["west"], "dagdeel": ["avond"]}
    expect(telefoon.locator(".kaartje__titel").first).to_be_visible()


@IN_ELKE_TAAL
def test_by_keyboard_alone(telefoon, taal):
    telefoon.goto(STAPPEN[0].adres(taal))
    for answer in ("thema=taal", "stadsdeel=west", "dagdeel=avond"):
        telefoon.keyboard.press("Tab")
        while answer not in telefoon.evaluate("document.activeElement.href ?? ''"):
            telefoon.keyboard.press("Tab")
        telefoon.keyboard.press("Enter")
        telefoon.wait_for_url(f"**{answer}*")
    expect(telefoon.locator(".kaartje__titel", has_text=TAALCAFE[taal])).to_be_visible()


def test_back_of_the_browser_and_back_on_the_page(telefoon):
    telefoon.goto(STAPPEN[0].adres("nl"))
    kies(telefoon, "thema=taal")
    kies(telefoon, "stadsdeel=west")
    kies(telefoon, "dagdeel=avond")
    telefoon.go_back()
    expect(telefoon.locator(".gekozen")).to_have_text(["Taal oefenen", "West"])
    telefoon.get_by_role("link", name="Terug").click()
    expect(telefoon.locator(".gekozen")).to_have_text(["Taal oefenen"])
    telefoon.get_by_role("link", name="Terug").click()
    expect(telefoon.locator(".gekozen")).to_have_count(0)
    telefoon.get_by_role("link", name="Terug").click()
    assert urlsplit(telefoon.url).path == "/nl/"


def test_begin_again(telefoon):
    telefoon.goto(STAPPEN[2].adres("nl"))
    telefoon.get_by_role("link", name="Opnieuw beginnen").click()
    assert telefoon.url.endswith("/nl/kiezen/")


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_every_answer_is_large_and_has_a_picture_and_a_word(telefoon, width):
    telefoon.set_viewport_size({"width": width, "height": 740})
    for pagina in STAPPEN:
        telefoon.goto(pagina.adres("nl"))
        answers = telefoon.locator(".antwoord").all()
        boxes = [answer.bounding_box() for answer in answers]
        assert min(min(box["height"], box["width"]) for box in boxes) >= 64
        assert [answer.locator("svg").count() for answer in answers] == [1] * len(answers)
        assert all(answer.inner_text().split()[0].isalpha() or "-" in answer.inner_text() for answer in answers)


def test_from_right_to_left(openen, tmp_path):
    page = openen()
    page.set_viewport_size({"width": 320, "height": 740})
    with pseudo.pseudotaal(tmp_path):
        for pagina in STAPPEN:
            page.goto(pagina.adres(pseudo.TAAL))
            assert (pagina, page.evaluate(SCROLLS)) == (pagina, False)
        page.set_viewport_size({"width": 1280, "height": 740})
        back, again = (link.bounding_box()["x"] for link in page.locator("main nav a").all())
        assert again < back


@IN_ELKE_TAAL
@pytest.mark.parametrize("width", [640, 1280])
def test_with_text_of_twice_the_size(grote_letters, site, taal, width):
    page = grote_letters.new_page(base_url=site, viewport={"width": width, "height": 740})
    for pagina in STAPPEN:
        page.goto(pagina.adres(taal))
        assert (pagina, page.evaluate(SCROLLS)) == (pagina, False)


def test_first_screen_of_the_first_page_still_has_six_themes(telefoon):
    telefoon.goto("/nl/")
    sixth = telefoon.locator(".tegel").nth(5).bounding_box()
    assert sixth["y"] + sixth["height"] <= 740
