"""Every page in a real browser: axe finds nothing, nothing scrolls sideways, nothing comes from elsewhere."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path
from threading import Thread
from time import sleep

import axe_playwright_python
import pytest
from playwright.sync_api import Page, Response

from tests import pseudo
from tests.conftest import ROOT
from tests.flows.conftest import TELEFOON
from tests.paginas import ALLE, TALEN, Pagina, kernpaginas

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

IN_ELKE_TAAL = pytest.mark.parametrize("taal", TALEN)
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# without preload: axe would write imported style sheets into the page, and the policy of the site refuses that;
# every rule runs, but of what is right no selectors are made, which takes a quarter of the time
RUN = """async only => {
    const rules = {"target-size": {enabled: true}};
    const options = {runOnly: only, rules, preload: false, resultTypes: ["violations"]};
    const {violations} = await axe.run(document, options);
    return violations.flatMap(({id, nodes}) => nodes.map(({target}) => [id, target.join(" ")]));
}"""
ALLES = {"type": "tag", "values": TAGS}
KLEUREN = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""What can be wrong by night only: style sheets change colours then, and nothing else."""

PARTS = 6
"""In how many parts all pages are walked over, see test_alles_en.py and test_alles_nl.py."""

SEND = """([address, pairs]) => {
    const form = Object.assign(document.createElement("form"), {method: "post", action: address});
    const boxes = pairs.map(([name, value]) => Object.assign(document.createElement("input"), {name, value}));
    form.append(...boxes);
    document.body.append(form);
    form.submit();
}"""
SCROLLS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def axe(page: Page, only: dict = ALLES) -> list[tuple[str, str]]:
    """The rule and the selector of everything that axe finds."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    # axe takes what lies under the bar at the end of the screen for too small; at the end of the page nothing does
    page.evaluate("document.querySelector('.lijstbalk a:not([hidden])') && scrollTo(0, document.body.scrollHeight)")
    return [(rule, target) for rule, target in page.evaluate(RUN, only)]


LOOKS = tuple(product((360, 1280), ("light", "dark")))
"""On a phone and on a desk, by day and by night."""


def fouten(page: Page) -> list[tuple]:
    """What is wrong with the page as it stands, once it is here as a whole: a click waits for its first byte only."""
    page.wait_for_load_state()
    found: list[tuple] = []
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 740})
        page.emulate_media(color_scheme=scheme)
        found += [(width, scheme, *fault) for fault in axe(page, ALLES if scheme == "light" else KLEUREN)]
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        if page.evaluate(SCROLLS):
            found.append((width, "scrolls sideways"))
    return found


def luister(page: Page, origin: str) -> list[tuple[str, str]]:
    """A list that fills with what the page complains of and what it asks elsewhere."""
    found: list[tuple[str, str]] = []

    def console(message) -> None:
        # Chromium reports the status of a page that fails on purpose; the walk checks that status itself
        if message.type == "error" and message.location["url"] != page.url:
            found.append(("console", message.text))

    def request(request) -> None:
        if not request.url.startswith(f"{origin}/"):
            found.append(("elsewhere", request.url))

    page.on("console", console)
    page.on("pageerror", lambda error: found.append(("script", str(error))))
    page.on("request", request)
    return found


def _each(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def ga(page: Page, pagina: Pagina, taal: str) -> Response:
    """Open a page; one that comes after sending something is sent for from its own address."""
    response = page.goto(pagina.adres(taal))
    if pagina.post is None:
        return response
    pairs = [(name, one) for name, value in pagina.post.items() for one in _each(value)]
    with page.expect_navigation() as navigation:
        page.evaluate(SEND, [page.url, pairs])
    return navigation.value


def bezoek(page: Page, pagina: Pagina, taal: str) -> list[tuple]:
    response = ga(page, pagina, taal)
    found = fouten(page)
    if response.status != pagina.status:
        found.append(("status", response.status))
    if cookies := page.context.cookies():
        found.append(("cookies", [cookie["name"] for cookie in cookies]))
    return found


def rondgang(page: Page, origin: str, taal: str, first: int) -> list[tuple]:
    """What is wrong with all pages in a language, from the first one in steps of PARTS."""
    heard = luister(page, origin)
    found = [(str(pagina), *fault) for pagina in ALLE[first::PARTS] for fault in bezoek(page, pagina, taal)]
    return found + heard


def test_core_pages_read_from_right_to_left(openen, tmp_path):
    page = openen()
    with pseudo.pseudotaal(tmp_path):
        found = [(str(pagina), *fault) for pagina in kernpaginas() for fault in bezoek(page, pagina, pseudo.TAAL)]
        assert found == []
        page.goto(Pagina("activiteit-list").adres(pseudo.TAAL))
        logo, button = (page.locator(selector).first.bounding_box()["x"] for selector in (".merk", ".zoek .knop--lamp"))
        assert button < logo


@IN_ELKE_TAAL
@pytest.mark.parametrize("width", [640, 1280])
def test_text_of_twice_the_size_stays_on_the_page(grote_letters, site, taal, width):
    page = grote_letters.new_page(base_url=site, viewport={"width": width, "height": 740})
    found = []
    for pagina in kernpaginas():
        page.goto(pagina.adres(taal))
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        if page.evaluate(SCROLLS):
            found.append(str(pagina))
    assert found == []


def test_canary_is_caught(browser):
    with browser.new_context(viewport=TELEFOON) as context:
        page = context.new_page()
        page.set_content((ROOT / "tests" / "kanaries" / "toegankelijk.html").read_text(encoding="utf-8"))
        assert {rule for rule, _target in axe(page)} >= {"label", "color-contrast", "image-alt"}


def test_canaries_of_the_walk_are_caught(openen, site):
    page = openen()
    heard = luister(page, site)
    page.goto("/nl/")
    page.evaluate("document.cookie = 'kanarie=1'; document.body.style.inlineSize = '2000px'")
    page.evaluate("document.querySelector('h1').style.color = 'light-dark(#fff, #222)'")
    page.evaluate("fetch('http://127.0.0.1:1/').catch(() => console.error('kanarie'))")
    found = fouten(page)
    assert (1280, "scrolls sideways") in found
    assert {fault[:3] for fault in found if fault[2:3] == ("color-contrast",)} == {
        (width, "dark", "color-contrast") for width in (360, 1280)
    }
    assert [cookie["name"] for cookie in page.context.cookies()] == ["kanarie"]
    assert ("console", "kanarie") in heard


class Traag(BaseHTTPRequestHandler):
    """A page with a link to one whose first words come half a second after the browser has begun with it."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        if self.path == "/traag":
            self.wfile.flush()
            sleep(0.5)
            self.wfile.write(b"<!doctype html><html lang=nl><title>Traag</title><main><h1>Traag</h1><input></main>")
        else:
            self.wfile.write(b"<!doctype html><a href=/traag>Verder</a>")

    def log_message(self, *args) -> None:
        """Says nothing."""


def test_a_page_that_comes_slowly_is_looked_at_once_it_is_whole(browser):
    with ThreadingHTTPServer(("127.0.0.1", 0), Traag) as server, browser.new_context() as context:
        Thread(target=server.serve_forever, daemon=True).start()
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        page.get_by_role("link").click()
        assert "label" in {fault[2] for fault in fouten(page)}
        server.shutdown()


@IN_ELKE_TAAL
@pytest.mark.parametrize("naam", ["activiteit-list", "organisatie-list"])
def test_open_filters_on_a_phone_have_no_faults(openen, taal, naam):
    page = openen()
    page.goto(Pagina(naam).adres(taal))
    page.locator(".filterblad > summary").click()
    assert page.locator(".filters button").is_visible()
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found += [(scheme, *fault) for fault in axe(page)]
    assert (found, page.evaluate(SCROLLS)) == ([], False)


@IN_ELKE_TAAL
def test_skip_link_comes_first_and_leads_to_the_content(openen, taal):
    page = openen()
    page.goto(f"/{taal}/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "overslaan"
    assert page.locator(".overslaan").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.localName") == "main"
