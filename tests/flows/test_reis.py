"""What a visitor does, on a phone and without JavaScript."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.paginas import TALEN, Pagina

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

IN_ELKE_TAAL = pytest.mark.parametrize("taal", TALEN)
TAALCAFE = {"nl": "Taalcafé De Sluis", "en": "Language café De Sluis"}
WOORDEN = {"nl": "taalcafé sluis", "en": "language café"}
LAAT_ZIEN = {"nl": "Laat zien", "en": "Show results"}
ANDERE = {"nl": "en", "en": "nl"}


def vraag_in_adres(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


@pytest.fixture
def telefoon(openen) -> Page:
    return openen(java_script_enabled=False)


@IN_ELKE_TAAL
def test_from_home_to_theme_to_activity_to_organisation(telefoon, taal):
    telefoon.goto(f"/{taal}/")
    telefoon.locator(".tegel[data-thema=taal]").click()
    expect(telefoon.locator("h1")).to_have_count(1)
    assert urlsplit(telefoon.url).path == Pagina("thema-detail", slug="taal").adres(taal)
    telefoon.locator(".kaartje__titel a", has_text=TAALCAFE[taal]).click()
    expect(telefoon.locator("h1")).to_have_text(TAALCAFE[taal])
    telefoon.locator(".feiten--groot a", has_text="Stichting De Sluis").click()
    expect(telefoon.locator("h1")).to_have_text("Stichting De Sluis")


@IN_ELKE_TAAL
def test_search_then_filter_then_take_the_choice_away(telefoon, taal):
    telefoon.goto(f"/{taal}/")
    telefoon.locator("#q").fill(WOORDEN[taal])
    telefoon.locator(".zoek .knop--lamp").click()
    expect(telefoon.locator(".kaartje__titel").first).to_have_text(TAALCAFE[taal])
    show = telefoon.locator(".filters").get_by_role("button", name=LAAT_ZIEN[taal])
    expect(show).to_be_hidden()
    telefoon.locator(".filterblad > summary").click()
    telefoon.locator("input[name=rolstoel]").check()
    show.click()
    assert vraag_in_adres(telefoon) == {"q": [WOORDEN[taal]], "rolstoel": ["ja"]}
    expect(telefoon.locator(".kaartje__titel")).to_have_text([TAALCAFE[taal]])
    chips = telefoon.locator("a.chip:not(.chip--kies)")
    expect(chips).to_have_count(2)
    chips.last.click()
    assert vraag_in_adres(telefoon) == {"q": [WOORDEN[taal]]}
    expect(chips).to_have_count(1)


@IN_ELKE_TAAL
def test_other_language_keeps_the_question(telefoon, taal):
    telefoon.goto(Pagina("activiteit-list", query="?q=sluis&thema=taal").adres(taal))
    telefoon.locator(f".talen a[lang={ANDERE[taal]}]").click()
    assert urlsplit(telefoon.url).path == Pagina("activiteit-list").adres(ANDERE[taal])
    assert vraag_in_adres(telefoon) == {"q": ["sluis"], "thema": ["taal"]}
    expect(telefoon.locator("#q")).to_have_value("sluis")
    expect(telefoon.locator("html")).to_have_attribute("lang", ANDERE[taal])


@IN_ELKE_TAAL
def test_agenda_of_next_week(telefoon, taal):
    telefoon.goto(Pagina("agenda").adres(taal))
    telefoon.locator(".weken a[rel~=next]").click()
    assert vraag_in_adres(telefoon) == {"week": ["2026-W49"]}
    expect(telefoon.locator(".dag__kop time").first).to_have_attribute("datetime", "2026-11-30")
    expect(telefoon.locator(".dag")).to_have_count(7)


@IN_ELKE_TAAL
@pytest.mark.parametrize("script", [True, False])
def test_print_button_is_there_when_it_works(openen, taal, script):
    page = openen(java_script_enabled=script)
    page.goto(Pagina("activiteit-detail", slug="taalcafe").adres(taal))
    expect(page.locator("[data-print]")).to_be_visible(visible=script)


def _pages(page: Page) -> int:
    return len(re.findall(rb"/Type /Page\b", page.pdf(format="A4")))


@IN_ELKE_TAAL
def test_an_activity_prints_on_one_page(openen, taal):
    page = openen()
    page.goto(Pagina("activiteit-detail", slug="taalcafe").adres(taal))
    assert _pages(page) == 1
    page.evaluate("document.querySelector('main').innerHTML += '<br>'.repeat(90)")
    assert _pages(page) > 1


@IN_ELKE_TAAL
def test_with_script_the_list_changes_in_place(openen, taal):
    page = openen()
    page.goto(Pagina("activiteit-list").adres(taal))
    page.evaluate("window.zelfde = true")
    page.locator(".filterblad > summary").click()
    page.locator("input[name=rolstoel]").check()
    page.locator(".filters button").click()
    expect(page.locator(".kaartje__titel")).to_have_text([TAALCAFE[taal]])
    expect(page.locator("#melding")).to_have_text(page.locator("#gevonden").inner_text())
    assert vraag_in_adres(page) == {"rolstoel": ["ja"]}
    page.locator("a.chip:not(.chip--kies)").first.click()
    expect(page.locator("a.chip:not(.chip--kies)")).to_have_count(0)
    page.go_back()
    expect(page.locator("a.chip:not(.chip--kies)")).to_have_count(1)
    assert page.evaluate("[window.zelfde, document.querySelector('.filterblad').open]") == [True, True]
    assert page.locator(f".talen a[lang={ANDERE[taal]}]").get_attribute("href").endswith("?rolstoel=ja")


SLOW = """
    const fetched = window.fetch;
    window.fetch = (url, options) => new Promise((give, refuse) => {
        options.signal.addEventListener("abort", () => refuse(options.signal.reason));
        setTimeout(() => give(fetched(url)), String(url).includes("trompet") ? 700 : 0);
    });
"""


def test_with_script_the_last_of_two_quick_questions_counts(openen):
    page = openen()
    page.add_init_script(SLOW)
    page.goto(Pagina("activiteit-list").adres("nl"))
    for words in ("trompet", "taalcafé sluis"):
        page.locator("#q").fill(words)
        page.locator(".zoek .knop--lamp").click()
    expect(page.locator(".kaartje__titel").first).to_have_text(TAALCAFE["nl"])
    page.wait_for_timeout(1000)
    assert vraag_in_adres(page) == {"q": ["taalcafé sluis"]}
    expect(page.locator(".kaartje__titel").first).to_have_text(TAALCAFE["nl"])


@IN_ELKE_TAAL
def test_with_script_the_skip_link_still_leads_to_the_content(openen, taal):
    page = openen()
    page.goto(Pagina("activiteit-list").adres(taal))
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/static/" not in request.url else None)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert (page.evaluate("document.activeElement.localName"), asked) == ("main", [])


@IN_ELKE_TAAL
def test_nothing_found_is_no_dead_end(telefoon, taal):
    telefoon.goto(Pagina("activiteit-list", query="?q=zzzz&rolstoel=ja").adres(taal))
    expect(telefoon.locator(".leeg")).to_contain_text("zzzz")
    telefoon.locator(".leeg a[data-thema=taal]").click()
    expect(telefoon.locator(".kaartje__titel").first).to_be_visible()
