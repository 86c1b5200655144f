"""A browser, and the site on a real address for it."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TELEFOON = {"width": 360, "height": 740}
Openen = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        message = "no Chromium: apt-get install chromium fonts-noto-core"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(message)
        pytest.skip(message)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright runs a loop in this thread, and Django then refuses to use the database
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def openen(browser, live_server, wereld, settings) -> Iterator[Openen]:
    """Makes a page on a phone, in a world with rows and with addresses that fail on purpose."""
    settings.ROOT_URLCONF = "tests.paginas"
    contexts = []

    def make(**options) -> Page:
        context = browser.new_context(viewport=TELEFOON, base_url=live_server.url, reduced_motion="reduce", **options)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
