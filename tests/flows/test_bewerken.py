"""An editor changes texts in a real browser: a new activity, both languages, two windows at once; with axe in it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from organisaties.models import Activiteit, Organisatie
from tests import factories
from tests.flows.test_mijn import adres, uitnodiging  # noqa: F401 - a fixture
from tests.flows.test_toegankelijk import fouten, luister

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def binnen(openen, site, uitnodiging):  # noqa: F811 - asks for the fixture
    """A window in which an editor is logged in, and what it says that is wrong."""
    page = openen()
    heard = luister(page, site)
    page.goto(adres(uitnodiging, "nl"))
    page.locator("main form:not(#bewaar) button").first.click()
    page.wait_for_load_state()
    yield page
    assert heard == []


def bewaar(page):
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Bewaard.")).to_be_visible()


def test_a_new_activity_in_dutch_then_in_english(binnen):
    thema = factories.thema()
    binnen.get_by_role("link", name="Nieuwe activiteit").click()
    found = fouten(binnen)
    binnen.get_by_role("button", name="Maak de activiteit").click()
    expect(binnen.locator(".melding__kop")).to_be_focused()
    found += fouten(binnen)
    binnen.locator("#id_naam_nl").fill("Soep op vrijdag")
    binnen.locator(f"input[name=thema][value='{thema.pk}']").check()
    binnen.get_by_role("button", name="Maak de activiteit").click()
    expect(binnen.locator("h1")).to_have_text("Soep op vrijdag")
    found += fouten(binnen)
    for text in ({"#id_naam_en": "Friday soup"}, {"#id_naam_nl": "Soep op donderdag"}, {"#id_naam_en": "Soup"}):
        binnen.locator("main a[href$='/tekst/']").last.click()
        found += fouten(binnen)
        for box, words in text.items():
            binnen.locator(box).fill(words)
        bewaar(binnen)
    soep = Activiteit.objects.get(naam_nl="Soep op donderdag")
    assert (found, list(soep.staten("en")), soep.history.count()) == ([], [], 4)


def test_two_windows_at_once_lose_nothing(binnen):
    """The second to store sees both texts, and chooses."""
    kade = Organisatie.objects.get(naam="Buurttafel")
    first, second = binnen, binnen.context.new_page()
    for page in (first, second):
        page.goto(reverse("mijn-profiel", args=[kade.slug, "naam"]))
    first.locator("#id_samenvatting_nl").fill("Wij koken samen.")
    bewaar(first)
    second.locator("#id_samenvatting_nl").fill("Wij eten samen.")
    second.get_by_role("button", name="Bewaar").click()
    expect(second.get_by_text("Wij koken samen.")).to_be_visible()
    found = fouten(second)
    second.get_by_label("Wat ik typte").check()
    bewaar(second)
    kade.refresh_from_db()
    assert (found, kade.samenvatting_nl) == ([], "Wij eten samen.")


def test_without_scripts_an_english_text_becomes_outdated_and_is_mended(openen, site, uitnodiging):  # noqa: F811
    entry = factories.activiteit(organisatie=uitnodiging.beheerder.organisatie)
    page = openen(java_script_enabled=False)
    page.goto(adres(uitnodiging, "nl"))
    page.locator("main form:not(#bewaar) button").first.click()
    tekst = reverse("mijn-activiteit-deel", args=[entry.organisatie.slug, entry.slug, "tekst"])
    for box, words, outdated in (("nl", "Iets nieuws.", 1), ("en", "Something new.", 0)):
        page.goto(tekst)
        page.locator(f"#id_omschrijving_{box}").fill(words)
        bewaar(page)
        page.goto(tekst)
        expect(page.get_by_text("Verouderd")).to_have_count(outdated)


@pytest.fixture
def asked(binnen):
    """What the browser asks before it leaves a page; it is told to leave."""
    found = []
    binnen.on("dialog", lambda dialog: (found.append(dialog.type), dialog.accept()))
    return found


def test_leaving_a_form_that_was_refused_asks_too(binnen, asked):
    kade = Organisatie.objects.get(naam="Buurttafel")
    binnen.goto(reverse("mijn-profiel", args=[kade.slug, "naam"]))
    binnen.locator("#id_samenvatting_nl").fill("Wij koken samen.")
    binnen.locator("#id_naam").fill("")
    binnen.get_by_role("button", name="Bewaar").click()
    expect(binnen.locator(".melding__kop")).to_be_focused()
    assert asked == []
    binnen.get_by_role("link", name="Stop zonder bewaren").click()
    expect(binnen.locator("h1")).to_contain_text("Hanan")
    assert asked == ["beforeunload"]


def test_leaving_a_changed_form_asks_and_storing_it_does_not(binnen, asked):
    kade = Organisatie.objects.get(naam="Buurttafel")
    binnen.goto(reverse("mijn-profiel", args=[kade.slug, "naam"]))
    binnen.locator("#id_samenvatting_nl").fill("Wij koken samen.")
    bewaar(binnen)
    assert asked == []
    binnen.goto(reverse("mijn-profiel", args=[kade.slug, "naam"]))
    binnen.locator("#id_samenvatting_nl").press_sequentially("!")
    binnen.get_by_role("link", name="Stop zonder bewaren").click()
    expect(binnen.locator("h1")).to_contain_text("Hanan")
    assert asked == ["beforeunload"]
