"""A passkey in a real browser: made on the account page, then enough to log in; not offered without a script."""

import pytest

from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def hanan(site, settings):
    """An editor. A passkey needs the name of a host, and a number is none."""
    settings.SITE_URL = site.replace("127.0.0.1", "localhost")
    return factories.beheerder(gebruiker=factories.gebruiker(email="hanan@tafel.example")).gebruiker


def sleutelbos(page):
    """A phone that has looked at a finger, as far as the browser knows."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = {**kind, "isUserVerified": True, "automaticPresenceSimulation": True}
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_made_and_logs_in(openen, hanan, client, settings):
    client.force_login(hanan)
    cookie = {"name": "session", "value": client.cookies["session"].value, "url": settings.SITE_URL}
    page = openen()
    page.context.add_cookies([cookie])
    sleutelbos(page)
    page.goto(f"{settings.SITE_URL}/nl/account/")
    page.get_by_role("link", name="Maak een passkey").click()
    page.get_by_label("Hoe noem je deze passkey?").fill("Mijn telefoon")
    page.get_by_role("button", name="Maak een passkey").click()
    page.get_by_text("Je kunt er nu mee inloggen.").wait_for()
    assert page.get_by_text("Mijn telefoon").first.is_visible()
    page.get_by_role("button", name="Log uit").first.click()
    page.goto(f"{settings.SITE_URL}/nl/inloggen/")
    page.get_by_role("button", name="Log in met een passkey").click()
    page.wait_for_url("**/nl/mijn/**")


def test_without_a_script_there_is_only_what_works(openen, hanan, settings):
    page = openen(java_script_enabled=False)
    page.goto(f"{settings.SITE_URL}/nl/inloggen/")
    assert not page.get_by_role("button", name="Log in met een passkey").is_visible()
    assert page.get_by_role("button", name="Stuur mij een code").is_visible()
