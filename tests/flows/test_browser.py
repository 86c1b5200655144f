"""Journeys in a real browser, without JavaScript, and the canary of the accessibility check."""

import contextvars
import os
import shutil
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import sync_playwright

from tests.conftest import ROOT, vraag
from tests.paginas import TALEN

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
SITE = "http://localhost"
AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (tags) => (await axe.run(document, {runOnly: tags, rules: {"target-size": {enabled: true}}}))
    .violations.map(v => v.id + ": " + v.nodes.map(n => n.target.join(" ")).slice(0, 3).join(" | "))"""
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


@pytest.fixture(scope="module")
def browser():
    chromium = shutil.which("chromium")
    if not chromium and not os.environ.get("REQUIRE_BROWSER"):
        pytest.skip("no Chromium: apt-get install chromium fonts-noto-core")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright runs a loop in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def _answer(here: contextvars.Context, route) -> None:
    """The site itself answers, through Django's test client: the same headers, no server to wait for.

    `here` is the context of the test: playwright calls from another one, which has no connection to the test database.
    """
    url = urlsplit(route.request.url)
    if url.path.startswith("/static/"):
        route.fulfill(path=finders.find(url.path.removeprefix("/static/")))
        return
    response = here.run(vraag, url.path + (f"?{url.query}" if url.query else ""))
    content = b"".join(response.streaming_content) if response.streaming else response.content
    route.fulfill(status=response.status_code, headers=dict(response.headers), body=content)


@pytest.fixture
def open_page(browser, wereld, settings):
    settings.ROOT_URLCONF = "tests.paginas"
    contexts, here = [], contextvars.copy_context()

    def make(**options):
        context = browser.new_context(viewport={"width": 360, "height": 740}, base_url=SITE, **options)
        context.set_default_timeout(5000)
        context.route(f"{SITE}/**", partial(_answer, here))
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


def _faults(page) -> list[str]:
    """What axe and a ruler say of the page, on a phone and on a desk, by day and by night."""
    page.evaluate(AXE)
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 740})
            found += [f"{width} {scheme} {fault}" for fault in page.evaluate(RUN, TAGS)]
    page.set_viewport_size({"width": 320, "height": 640})
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append("320 scrolls sideways")
    return found


def test_canary_is_caught(browser):
    page = browser.new_page()
    page.set_content((ROOT / "tests" / "kanaries" / "toegankelijk.html").read_text())
    assert {fault.split(" ")[2] for fault in _faults(page)} >= {"image-alt:", "label:", "color-contrast:"}


def test_skip_link_comes_first_and_leads_to_the_content(open_page):
    page = open_page()
    page.goto("/nl/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"


@pytest.mark.parametrize("taal", TALEN)
def test_journey_from_home_to_organisation_without_javascript(open_page, taal):
    page = open_page(java_script_enabled=False)
    page.goto(f"/{taal}/")
    page.locator(".tegel[data-thema=taal]").click()
    page.locator(".kaartje h3 a").first.click()
    assert page.locator(".feiten--groot > div").count() >= 11
    page.locator(".feiten--groot a").first.click()
    assert page.locator("h1").count() == 1
    assert f"/{taal}/organisati" in page.url


@pytest.mark.parametrize("taal", TALEN)
def test_journey_through_search_and_filters_without_javascript(open_page, taal):
    page = open_page(java_script_enabled=False)
    page.goto(f"/{taal}/")
    page.locator("#q").fill("a")
    page.locator(".zoek button").click()
    page.locator(".filterblad > summary").click()
    page.locator("input[name=thema][value=taal]").check()
    page.locator(".filters button").click()
    assert ("q=a" in page.url, "thema=taal" in page.url) == (True, True)
    other = next(code for code in TALEN if code != taal)
    page.locator(f".talen a[lang={other}]").click()
    assert page.url.endswith("?q=a&thema=taal")
    page.locator(".chip").last.click()
    assert page.url.endswith("?q=a")


def test_print_button_needs_javascript(open_page):
    for enabled in (True, False):
        page = open_page(java_script_enabled=enabled)
        page.goto("/nl/activiteiten/taalcafe/", wait_until="networkidle")
        assert page.locator("[data-print]").is_visible() is enabled
