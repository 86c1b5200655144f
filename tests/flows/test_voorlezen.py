"""Reading aloud. A browser without a screen has no voices, so the tests give it some that say nothing."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.flows.test_toegankelijk import axe, luister
from tests.paginas import TALEN, Pagina

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

NEDERLANDS = {"lang": "nl-NL", "localService": True, "name": "Dutch on this phone"}
ENGELS = {"lang": "en_GB", "localService": True, "name": "English on this phone"}
ELDERS = {"lang": "nl-NL", "localService": False, "name": "Dutch of a company"}
WOORDEN = {"nl": ("Lees voor", "Pauze", "Ga verder"), "en": ("Read aloud", "Pause", "Continue")}

STEM = """
    window.gezegd = [];
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
    const stem = {
        voices: VOICES,
        bezig: null,
        getVoices() { return this.voices; },
        speak(uiting) { this.bezig = uiting; gezegd.push([uiting.lang, uiting.text]); },
        cancel() {
            if (this.bezig) sessionStorage.afgebroken = this.bezig.text;
            const uiting = this.bezig;
            this.bezig = null;
            uiting?.onerror({ error: "interrupted" });
        },
        klaar() { const uiting = this.bezig; this.bezig = null; uiting.onend(); },
        komen(voices) { this.voices = voices; this.onvoiceschanged(); },
    };
    Object.defineProperty(window, "speechSynthesis", { value: stem });
"""


@pytest.fixture
def horen(openen):
    """Opens an activity in a browser with these voices."""

    def opened(*voices: dict, taal: str = "nl", slug: str = "taalcafe") -> Page:
        page = openen()
        page.add_init_script(STEM.replace("VOICES", json.dumps(voices)))
        page.goto(Pagina("activiteit-detail", slug=slug).adres(taal))
        return page

    return opened


def gezegd(page: Page) -> list[list[str]]:
    return page.evaluate("gezegd")


def zinnen(page: Page) -> list[list[str]]:
    """Everything that is said, from the first sentence to the last."""
    page.locator("[data-voorlezen=door]").click()
    while page.evaluate("speechSynthesis.bezig !== null"):
        page.evaluate("speechSynthesis.klaar()")
    return gezegd(page)


@pytest.mark.parametrize("taal", TALEN)
def test_button_is_there_with_a_voice_and_says_nothing_by_itself(horen, site, taal):
    page = horen(NEDERLANDS, ENGELS, taal=taal)
    heard = luister(page, site)
    expect(page.locator("[data-voorlezen=door]")).to_have_accessible_name(WOORDEN[taal][0])
    assert page.locator("[data-voorlezen=door]").bounding_box()["height"] >= 44
    page.wait_for_timeout(300)
    assert (gezegd(page), axe(page), heard) == ([], [], [])


@pytest.mark.parametrize(
    ("voices", "taal", "slug"),
    [
        ((), "nl", "taalcafe"),
        ((ENGELS,), "nl", "taalcafe"),
        ((ELDERS,), "nl", "taalcafe"),
        ((NEDERLANDS,), "en", "taalcafe"),
        ((ENGELS,), "en", "alleen-nederlands"),
    ],
)
def test_button_stays_away_without_a_voice_for_the_text(horen, voices, taal, slug):
    expect(horen(*voices, taal=taal, slug=slug).locator(".voorlezen")).to_be_hidden()


def test_button_stays_away_without_script_and_where_nothing_can_speak(openen):
    for options in ({"java_script_enabled": False}, {}):
        page = openen(**options)
        page.add_init_script("Object.defineProperty(window, 'speechSynthesis', { value: undefined })")
        page.goto(Pagina("activiteit-detail", slug="taalcafe").adres("nl"))
        expect(page.locator(".voorlezen")).to_be_hidden()


def test_voices_may_come_late(horen):
    page = horen()
    expect(page.locator(".voorlezen")).to_be_hidden()
    page.evaluate("voices => speechSynthesis.komen(voices)", [NEDERLANDS])
    expect(page.locator(".voorlezen")).to_be_visible()


def test_it_reads_what_it_is_when_and_where_and_no_more(horen):
    said = zinnen(horen(NEDERLANDS))
    assert said[0] == ["nl-NL", "Taalcafé De Sluis"]
    texts = [text for _, text in said]
    assert "Kosten: Gratis" in texts
    assert {"Zo doe je mee", "Kom binnen.", "Wat gaan we doen?", "We drinken koffie.", "Praten", "Kom kijken."} <= {
        *texts
    }
    assert [text for text in texts if text.startswith(("Wanneer: ", "Elke dinsdag"))][1:] == [
        "Elke dinsdag, 10:00 – 12:00"
    ]
    assert texts[-1] == "Bel aan."
    heard = " ".join(texts)
    assert [word for word in ("Activiteiten", "WhatsApp", "@", "http", "Klopt dit") if word in heard] == []


def test_each_piece_is_read_in_a_voice_of_its_own_language(horen):
    said = zinnen(horen(NEDERLANDS, ENGELS, taal="en", slug="alleen-nederlands"))
    assert said[:2] == [["nl-NL", "Naaien met elkaar"], ["nl-NL", "Maak zelf je kleren."]]
    assert {tuple(pair) for pair in said} >= {("en_GB", "How to join"), ("nl-NL", "Bel eerst met Sara.")}


def test_pieces_without_a_voice_are_left_out(horen):
    said = zinnen(horen(NEDERLANDS, taal="en", slug="alleen-nederlands"))
    assert {taal for taal, _ in said} == {"nl-NL"}
    assert "Bel eerst met Sara." in [text for _, text in said]


def test_pause_and_continue_with_the_same_sentence(horen):
    page = horen(NEDERLANDS)
    door, stop = page.locator("[data-voorlezen=door]"), page.locator("[data-voorlezen=stop]")
    expect(stop).to_be_hidden()
    door.press("Enter")
    page.evaluate("speechSynthesis.klaar()")
    second = gezegd(page)[1]
    for words in WOORDEN["nl"][1:]:
        expect(door).to_have_accessible_name(words)
        assert axe(page) == []
        door.press("Enter")
    assert gezegd(page)[2:] == [second]
    expect(door).to_have_accessible_name("Pauze")


def test_stop_and_begin_again(horen):
    page = horen(NEDERLANDS)
    door, stop = page.locator("[data-voorlezen=door]"), page.locator("[data-voorlezen=stop]")
    door.click()
    page.evaluate("speechSynthesis.klaar()")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(stop).to_be_hidden()
    expect(door).to_be_focused()
    assert page.evaluate("speechSynthesis.bezig") is None
    door.click()
    assert gezegd(page)[-1] == gezegd(page)[0]


def test_after_the_last_sentence_it_is_as_before(horen):
    page = horen(NEDERLANDS)
    zinnen(page)
    expect(page.locator("[data-voorlezen=door]")).to_have_accessible_name("Lees voor")
    expect(page.locator("[data-voorlezen=stop]")).to_be_hidden()


def test_leaving_the_page_stops_the_voice(horen):
    page = horen(NEDERLANDS)
    page.locator("[data-voorlezen=door]").click()
    page.locator(".hoofdmenu a").first.click()
    page.wait_for_url("**/activiteiten/")
    assert page.evaluate("sessionStorage.afgebroken") == "Taalcafé De Sluis"


def test_looking_at_something_else_pauses_the_voice(horen):
    page = horen(NEDERLANDS)
    page.locator("[data-voorlezen=door]").click()
    page.evaluate("""() => {
        Object.defineProperty(document, "hidden", { value: true });
        document.dispatchEvent(new Event("visibilitychange"));
    }""")
    expect(page.locator("[data-voorlezen=door]")).to_have_accessible_name("Ga verder")
    assert page.evaluate("speechSynthesis.bezig") is None


def test_when_the_voice_fails_it_is_as_before(horen):
    page = horen(NEDERLANDS)
    page.locator("[data-voorlezen=door]").click()
    page.evaluate("speechSynthesis.bezig.onerror({ error: 'synthesis-failed' })")
    expect(page.locator("[data-voorlezen=door]")).to_have_accessible_name("Lees voor")
