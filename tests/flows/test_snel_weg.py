"""Leaving quickly in a real browser. The other site is played by the test: nothing leaves this machine."""

import pytest
from playwright.sync_api import Page, expect

from tests.flows.test_toegankelijk import axe, luister
from tests.paginas import TALEN, Pagina

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

IN_ELKE_TAAL = pytest.mark.parametrize("taal", TALEN)
ELDERS = "https://www.knmi.nl/"
BALK_EN_FOCUS = """() => new Promise((give) => requestAnimationFrame(() => requestAnimationFrame(() => {
    const [bar, focused] = [document.querySelector(".snel-weg"), document.activeElement];
    give([bar.getBoundingClientRect(), focused.getBoundingClientRect(), bar.contains(focused)]);
})))"""
"""Where the bar is and where the focus is, after the page has scrolled."""

LIJST, RECHT = Pagina("thema-list").adres("nl"), Pagina("thema-detail", slug="recht").adres("nl")


@pytest.fixture
def gaan(openen):
    """Opens a theme from the page of all themes, and plays the weather. Gives what was asked there too."""

    def opened(**options) -> tuple[Page, list]:
        page, asked = openen(**options), []

        def weather(route) -> None:
            asked.append(route.request)
            route.fulfill(body="<title>Weer</title><h1>Het weer</h1>", content_type="text/html")

        page.context.route(f"{ELDERS}**", weather)
        page.goto(LIJST)
        page.goto(RECHT)
        return page, asked

    return opened


def knop(page: Page):
    return page.locator(".snel-weg a")


def test_one_tap_leaves_and_back_does_not_return(gaan):
    page, asked = gaan()
    knop(page).click()
    page.wait_for_url(ELDERS)
    assert "referer" not in asked[0].headers
    page.go_back()
    assert page.url.endswith(LIJST)


def test_the_page_is_gone_before_the_other_comes(gaan):
    page, _ = gaan()
    page.evaluate("""() => {
        document.querySelector(".snel-weg a").addEventListener("click", () => {
            console.log(`${document.querySelector("main").getClientRects().length} ${document.title}`);
        });
    }""")
    with page.expect_console_message() as seen:
        knop(page).click()
    assert seen.value.text == "0 www.knmi.nl"


def test_without_script_it_is_a_link_and_back_returns(gaan):
    page, _ = gaan(java_script_enabled=False)
    page.locator(".snel-weg summary").click()
    expect(page.locator("[data-zonder-script]")).to_be_visible()
    expect(page.locator("[data-met-script]")).to_be_hidden()
    knop(page).click()
    page.wait_for_url(ELDERS)
    page.go_back()
    assert page.url.endswith(RECHT)


def test_with_script_the_text_is_that_of_script(gaan):
    page, _ = gaan()
    page.locator(".snel-weg summary").click()
    expect(page.locator("[data-met-script]")).to_be_visible()
    expect(page.locator("[data-zonder-script]")).to_be_hidden()


def test_three_times_shift_leaves(gaan):
    page, _ = gaan()
    for _n in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(ELDERS)


@pytest.mark.parametrize(
    "keys", ["Shift Shift", "Shift Shift a Shift", "Escape Escape Escape", "Shift+Tab Shift+Tab Shift+Tab", "A B C"]
)
def test_other_keys_leave_nothing(gaan, keys):
    page, asked = gaan()
    for key in keys.split():
        page.keyboard.press(key)
    page.wait_for_timeout(200)
    assert (asked, page.url.endswith(RECHT)) == ([], True)


def test_shift_now_and_then_is_no_wish_to_leave(gaan):
    page, asked = gaan()
    for _n in range(3):
        page.keyboard.press("Shift")
        page.wait_for_timeout(2600)
    assert asked == []


def test_nobody_is_asked_before_the_tap(openen, site):
    page = openen()
    heard = luister(page, site)
    page.goto(RECHT, wait_until="networkidle")
    assert heard == []


@IN_ELKE_TAAL
def test_button_stays_in_sight_and_covers_no_focus(openen, taal):
    page = openen()
    page.goto(Pagina("activiteit-detail", slug="verborgen-plek").adres(taal))
    page.keyboard.press("End")
    page.locator("main a").last.focus()
    for _n in range(12):
        page.keyboard.press("Shift+Tab")
        bar, focus, is_inside = page.evaluate(BALK_EN_FOCUS)
        assert bar["top"] >= 0
        assert is_inside or focus["top"] >= bar["bottom"] or focus["bottom"] <= bar["top"]


@IN_ELKE_TAAL
def test_open_explanation_has_no_faults(openen, taal):
    page = openen()
    page.goto(Pagina("activiteit-detail", slug="verborgen-plek").adres(taal))
    page.locator(".snel-weg summary").click()
    found = []
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found += [(width, scheme, *fault) for fault in axe(page)]
        found += [(width, "scrolls")] * page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert found == []
