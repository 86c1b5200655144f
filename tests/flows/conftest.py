"""A browser, and the site on a real address for it."""

import os
import shutil
from collections.abc import Callable, Iterator
from threading import Thread

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test.testcases import QuietWSGIRequestHandler
from playwright.sync_api import Browser, Page, expect, sync_playwright

ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TELEFOON = {"width": 360, "height": 740}
PATIENCE = 60_000
"""How long, in milliseconds, something may take to appear: a slow machine is no fault."""

Openen = Callable[..., Page]
expect.set_options(timeout=PATIENCE)


def _chromium() -> str | None:
    """Chromium without a window takes a third of the time of the whole one, and draws the same pages."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = _chromium()
    if chromium is None:
        message = "no Chromium: apt-get install chromium-headless-shell fonts-noto-core"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(message)
        pytest.skip(message)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright runs a loop in this thread, and Django then refuses to use the database
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield playwright.chromium.launch(executable_path=chromium, args=ARGS)


@pytest.fixture
def grote_letters(browser) -> Iterator[Browser]:
    """The same browser, as somebody sets it who wants text of twice the size."""
    args = [*ARGS, "--blink-settings=defaultFontSize=32"]
    large = browser.browser_type.launch(executable_path=_chromium(), args=args)
    yield large
    large.close()


class Server(ThreadedWSGIServer):
    """Answers on the connection of the test, inside its transaction: what a visitor does is undone like all else."""

    def _close_connections(self) -> None:
        """The connection is the test's; it stays open."""


@pytest.fixture
def site(wereld, settings) -> Iterator[str]:
    """The address of the site, in a world with rows and with addresses that fail on purpose."""
    settings.ROOT_URLCONF = "tests.paginas"
    shared = connections["default"]
    shared.inc_thread_sharing()
    override = {"default": shared}
    with Server(("127.0.0.1", 0), QuietWSGIRequestHandler, connections_override=override) as server:
        server.set_app(get_wsgi_application())
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
    shared.dec_thread_sharing()


@pytest.fixture
def openen(browser, site) -> Iterator[Openen]:
    """Makes a page on a phone."""
    contexts = []

    def make(**options) -> Page:
        context = browser.new_context(viewport=TELEFOON, base_url=site, reduced_motion="reduce", **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
