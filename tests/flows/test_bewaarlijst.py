"""Saving and sharing on a phone: without JavaScript the list lives in the address, with it on the device."""

import io

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from organisaties.bewaarlijst import MOST, lees, pak
from tests.flows.test_reis import vraag_in_adres
from tests.flows.test_toegankelijk import axe, luister
from tests.paginas import NUMMERS, Pagina

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

CAFE, VOL = NUMMERS["taalcafe"], NUMMERS["vol"]
BALK = ".lijstbalk a"
WEG = {"nl": "Bewaard – haal weg", "en": "Saved – remove"}


@pytest.fixture
def telefoon(openen) -> Page:
    return openen(java_script_enabled=False)


@pytest.fixture
def slim(openen) -> Page:
    return openen()


def lijst(*nummers: int) -> str:
    return f"?lijst={pak(nummers)}"


def ga(page: Page, naam: str, query: str = "", *, slug: str = "", taal: str = "nl") -> None:
    page.goto(Pagina(naam, slug=slug, query=query).adres(taal))


def knop(page: Page, nummer: int):
    return page.locator(f"#b{nummer}")


def bewaar(page: Page, *nummers: int) -> None:
    for nummer in nummers:
        knop(page, nummer).click()
        expect(knop(page, nummer)).to_have_attribute("name", "weg")
    expect(page.locator(".lijstbalk")).not_to_have_attribute("aria-busy", "true")


def wacht_op(page: Page, *nummers: int) -> None:
    """Until the page with this list is there."""
    page.wait_for_url(lambda url: url.endswith(lijst(*nummers)))


def opgeslagen(page: Page) -> list[int]:
    """What is kept on the device."""
    return page.evaluate("JSON.parse(localStorage.bewaarlijst ?? '{}').nummers ?? []")


def titels(page: Page) -> list[str]:
    return page.locator("#inhoud .kaartje__titel").all_inner_texts()


# --- without JavaScript


def test_search_save_two_and_open_the_link_elsewhere_in_english(telefoon, openen):
    telefoon.goto("/nl/")
    telefoon.locator("#q").fill("sluis")
    telefoon.locator(".zoek .knop--lamp").click()
    expect(telefoon.locator(BALK)).to_be_hidden()
    bewaar(telefoon, CAFE, VOL)
    assert vraag_in_adres(telefoon) == {"q": ["sluis"], "lijst": [pak([CAFE, VOL])]}
    expect(telefoon.locator(BALK)).to_have_text("2 bewaard – bekijk je lijst")
    telefoon.locator(BALK).click()
    assert titels(telefoon) == ["Taalcafé De Sluis", "Volle les"]
    link = telefoon.locator("a.adres").inner_text()
    path = link.removeprefix("http://localhost:8000")
    fresh = openen(java_script_enabled=False, locale="en-GB")
    fresh.goto(path)
    fresh.locator(".talen a[lang=en]").click()
    assert titels(fresh) == ["Language café De Sluis", "Full class"]
    expect(fresh.locator("h1")).to_have_text("Saved activities")
    assert fresh.context.cookies() == telefoon.context.cookies() == []


def test_the_list_stays_while_somebody_walks_on(telefoon):
    ga(telefoon, "activiteit-detail", slug="taalcafe")
    bewaar(telefoon, CAFE)
    for link in (".merk", ".tegel[data-thema=taal]", ".hoofdmenu li:nth-child(3) a", ".weken a[rel~=next]"):
        telefoon.locator(link).first.click()
        assert vraag_in_adres(telefoon)["lijst"] == [pak([CAFE])], link
    telefoon.locator(".hoofdmenu li:first-child a").click()
    telefoon.locator("#q").fill("volle les")
    telefoon.locator(".zoek .knop--lamp").click()
    bewaar(telefoon, VOL)
    expect(telefoon.locator(BALK)).to_contain_text("2")


def test_taking_one_away_and_emptying(telefoon):
    ga(telefoon, "bewaarlijst", lijst(CAFE, VOL))
    expect(knop(telefoon, CAFE)).to_contain_text(WEG["nl"])
    knop(telefoon, CAFE).click()
    assert (titels(telefoon), vraag_in_adres(telefoon)) == (["Volle les"], {"lijst": [pak([VOL])]})
    telefoon.locator("button[name=leeg]").click()
    expect(telefoon.locator("#bewaarde")).to_have_text("Je lijst is nog leeg")
    assert vraag_in_adres(telefoon) == {}


def test_after_saving_the_reader_is_back_at_the_card(telefoon):
    ga(telefoon, "thema-detail", slug="ontmoeten")
    last = telefoon.locator(".bewaar").last
    nummer = last.get_attribute("value")
    last.click()
    expect(telefoon.locator(f"#b{nummer}")).to_be_in_viewport()
    assert telefoon.evaluate("scrollY") > 1000


def test_the_button_is_above_the_link_of_its_card(telefoon):
    ga(telefoon, "activiteit-list", "?q=sluis")
    box = knop(telefoon, CAFE).bounding_box()
    assert box["height"] >= 44
    knop(telefoon, CAFE).click(position={"x": 2, "y": 20})
    assert vraag_in_adres(telefoon)["lijst"] == [pak([CAFE])]


def test_the_code_on_the_page_is_its_link(telefoon):
    long = (CAFE, VOL, *range(2_000_000, 1_999_998 + MOST))
    for nummers in ((CAFE, VOL), long):
        ga(telefoon, "bewaarlijst", lijst(*nummers), taal="en")
        for scheme in ("light", "dark"):
            telefoon.emulate_media(color_scheme=scheme)
            picture = Image.open(io.BytesIO(telefoon.locator(".qr svg").screenshot()))
            (found,) = zxingcpp.read_barcodes(picture)
            assert found.text == telefoon.locator("a.adres").inner_text()
        assert min(telefoon.locator(".qr svg").bounding_box()[side] for side in ("width", "height")) >= 76  # 2 cm


def test_the_code_on_paper_is_the_same_link(telefoon):
    ga(telefoon, "bewaarlijst", lijst(CAFE, VOL))
    link = telefoon.locator("a.adres").inner_text()
    pages = pypdfium2.PdfDocument(telefoon.pdf(format="A4"))
    found = [code for page in pages for code in zxingcpp.read_barcodes(page.render(scale=2).to_pil())]
    assert [code.text for code in found] == [link]
    corners = found[0].position
    assert (corners.top_right.x - corners.top_left.x) / 2 / 72 * 25.4 >= 20  # millimetres


# --- with JavaScript


def test_saving_happens_in_place_and_on_the_device(slim):
    ga(slim, "activiteit-list", "?q=sluis")
    slim.evaluate("window.zelfde = true")
    bewaar(slim, CAFE, VOL)
    expect(slim.locator(BALK)).to_have_text("2 bewaard – bekijk je lijst")
    assert (slim.evaluate("window.zelfde"), vraag_in_adres(slim)) == (True, {"q": ["sluis"]})
    ga(slim, "thema-detail", slug="taal", taal="en")
    expect(knop(slim, CAFE)).to_contain_text(WEG["en"])
    knop(slim, CAFE).click()
    expect(knop(slim, CAFE)).to_have_attribute("name", "erbij")
    slim.locator(BALK).click()
    assert (titels(slim), opgeslagen(slim), slim.context.cookies()) == (["Full class"], [VOL], [])


def test_two_quick_clicks_are_both_kept(slim):
    ga(slim, "activiteit-list", "?q=sluis")
    slim.evaluate(f"document.querySelector('#b{CAFE}').click(); document.querySelector('#b{VOL}').click()")
    expect(slim.locator(BALK)).to_contain_text("2")
    assert sorted(opgeslagen(slim)) == [VOL, CAFE]


def test_new_cards_of_a_filtered_list_know_what_is_saved(slim):
    ga(slim, "activiteit-list", "?q=sluis")
    bewaar(slim, CAFE)
    slim.locator(".filterblad > summary").click()
    slim.locator("input[name=rolstoel]").check()
    slim.locator(".filters button").click()
    expect(slim.locator(".kaartje__titel")).to_have_count(1)
    expect(knop(slim, CAFE)).to_have_attribute("name", "weg")
    knop(slim, CAFE).click()
    expect(slim.locator(BALK)).to_be_hidden()
    assert vraag_in_adres(slim) == {"q": ["sluis"], "rolstoel": ["ja"]}


def test_two_tabs_and_the_way_back_show_the_same_list(slim):
    ga(slim, "activiteit-list", "?q=sluis")
    other = slim.context.new_page()
    ga(other, "activiteit-detail", slug="vol")
    bewaar(slim, CAFE)
    expect(other.locator(BALK)).to_contain_text("1")
    bewaar(other, VOL)
    expect(knop(slim, VOL)).to_have_attribute("name", "weg")
    slim.locator(".kaartje__titel a", has_text="Volle les").click()
    knop(slim, VOL).click()
    expect(slim.locator(BALK)).to_contain_text("1")
    slim.go_back()
    expect(knop(slim, VOL)).to_have_attribute("name", "erbij")
    expect(knop(slim, CAFE)).to_have_attribute("name", "weg")


def test_own_list_follows_on_its_page(slim):
    ga(slim, "activiteit-list", "?q=sluis")
    bewaar(slim, CAFE, VOL)
    slim.locator(BALK).click()
    expect(slim.locator("#houden")).to_be_hidden()
    expect(slim.locator(BALK)).to_be_hidden()
    knop(slim, CAFE).click()
    wacht_op(slim, VOL)
    assert (titels(slim), opgeslagen(slim)) == (["Volle les"], [VOL])
    slim.goto("/nl/bewaard/")
    wacht_op(slim, VOL)
    slim.locator("button[name=leeg]").click()
    expect(slim.locator("#bewaarde")).to_have_text("Je lijst is nog leeg")
    assert opgeslagen(slim) == []


def test_an_own_list_does_not_go_along_in_addresses(slim):
    ga(slim, "activiteit-list", "?q=sluis")
    bewaar(slim, CAFE)
    slim.locator(BALK).click()
    slim.locator(".kaartje__titel a").click()
    slim.wait_for_url(lambda url: url.endswith("/nl/activiteiten/taalcafe/"))
    ga(slim, "activiteit-list", f"?q=sluis&lijst={pak([VOL])}")
    slim.wait_for_url(lambda url: url.endswith("?q=sluis"))
    expect(knop(slim, VOL)).to_have_attribute("name", "erbij")


def test_somebody_elses_list_is_shown_and_changes_nothing_here(slim):
    ga(slim, "activiteit-list", "?q=sluis")
    bewaar(slim, CAFE)
    ga(slim, "bewaarlijst", lijst(VOL))
    assert (titels(slim), opgeslagen(slim)) == (["Volle les"], [CAFE])
    expect(slim.locator(BALK)).to_have_text("1 bewaard – bekijk je lijst")
    expect(slim.locator("#houden")).to_contain_text("Op je telefoon staat een andere lijst.")
    knop(slim, VOL).click()  # from the list in the address
    wacht_op(slim, CAFE)  # nothing is left of theirs, so the page of the list is that of the own one
    assert (titels(slim), opgeslagen(slim)) == (["Taalcafé De Sluis"], [CAFE])


def test_somebody_elses_list_can_be_put_on_the_device(slim):
    ga(slim, "bewaarlijst", lijst(VOL, CAFE))
    expect(slim.locator("#houden")).to_contain_text("Wil je deze lijst houden?")
    assert slim.evaluate("localStorage.length") == 0
    slim.get_by_role("button", name="Zet deze lijst op mijn telefoon").click()
    expect(slim.locator("#gehouden")).to_have_text("Deze lijst staat nu op je telefoon.")
    expect(slim.locator("#houden")).to_be_hidden()
    assert opgeslagen(slim) == [VOL, CAFE]


def test_a_list_in_the_address_goes_on_until_something_is_saved(slim):
    ga(slim, "activiteit-list", "?q=sluis&lijst=" + pak([VOL]))
    expect(knop(slim, VOL)).to_have_attribute("name", "weg")
    assert slim.evaluate("localStorage.length") == 0
    bewaar(slim, CAFE)
    assert opgeslagen(slim) == [VOL, CAFE]


BLOCKED = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})"


def test_without_storage_the_address_keeps_the_list(slim, site):
    slim.add_init_script(BLOCKED)
    heard = luister(slim, site)
    ga(slim, "activiteit-list", "?q=sluis")
    bewaar(slim, CAFE)
    slim.wait_for_url(lambda url: "lijst=" in url)
    assert vraag_in_adres(slim) == {"q": ["sluis"], "lijst": [pak([CAFE])]}
    slim.locator(".filterblad > summary").click()
    slim.locator("input[name=rolstoel]").check()
    slim.locator(".filters button").click()
    expect(slim.locator(".kaartje__titel")).to_have_count(1)
    knop(slim, CAFE).click()
    slim.wait_for_url(lambda url: "lijst=" not in url)
    assert (vraag_in_adres(slim), heard) == ({"q": ["sluis"], "rolstoel": ["ja"]}, [])


@pytest.mark.parametrize("rubbish", ["", "{", "null", "[]", '"x"', '{"lijst": 5, "nummers": "x"}', "{}"])
def test_rubbish_on_the_device_is_an_empty_list(slim, rubbish):
    ga(slim, "activiteit-list", "?q=sluis")
    slim.evaluate("text => localStorage.setItem('bewaarlijst', text)", rubbish)
    slim.reload()
    bewaar(slim, CAFE)
    assert opgeslagen(slim) == [CAFE]


def test_a_list_made_with_a_former_key_is_made_anew(slim, settings):
    ga(slim, "activiteit-list", "?q=sluis")
    bewaar(slim, CAFE, VOL)
    settings.SECRET_KEY = "another" * 10
    slim.locator(BALK).click()
    wacht_op(slim, CAFE, VOL)
    assert titels(slim) == ["Taalcafé De Sluis", "Volle les"]
    settings.SECRET_KEY = "third" * 15
    ga(slim, "activiteit-list", "?q=sluis")
    knop(slim, CAFE).click()
    expect(slim.locator(BALK)).to_contain_text("1")
    assert lees(slim.evaluate("JSON.parse(localStorage.bewaarlijst).lijst")) == [VOL]


def test_a_full_list_leads_to_the_page_that_says_so(slim):
    full = [*range(1_000, 999 + MOST), VOL]
    ga(slim, "activiteit-list", "?q=sluis")
    stand = {"lijst": pak(full), "nummers": full}
    slim.evaluate("stand => localStorage.setItem('bewaarlijst', JSON.stringify(stand))", stand)
    slim.reload()
    knop(slim, CAFE).click()
    expect(slim.locator(".melding--let-op").first).to_contain_text("De lijst is vol.")


def test_what_cannot_be_saved_gets_the_page_that_says_why(slim):
    ga(slim, "activiteit-list", "?q=sluis")
    slim.evaluate(f"document.querySelector('#b{CAFE}').value = 999999")
    slim.locator(".bewaar[value='999999']").click()
    expect(slim.locator("h1")).to_have_text("Deze activiteit is er niet meer")


@pytest.mark.parametrize(("naam", "slug"), [("activiteit-detail", "taalcafe"), ("bewaarlijst", "")])
def test_link_is_copied(slim, naam, slug):
    slim.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ga(slim, naam, lijst(CAFE) if naam == "bewaarlijst" else "", slug=slug)
    slim.get_by_role("button", name="Kopieer de link").click()
    expect(slim.locator("[data-kopieer] + [role=status]")).to_have_text("De link is gekopieerd.")
    own = Pagina(naam, slug=slug, query=lijst(CAFE) if naam == "bewaarlijst" else "").adres("nl")
    assert slim.evaluate("navigator.clipboard.readText()") == f"http://localhost:8000{own}"


def test_link_that_cannot_be_copied_is_shown(slim):
    slim.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
    ga(slim, "activiteit-detail", slug="taalcafe")
    slim.get_by_role("button", name="Kopieer de link").click()
    expect(slim.locator("[data-kopieer] + [role=status]")).to_contain_text("/nl/activiteiten/taalcafe/")


# --- for everybody


def test_states_have_no_faults(slim, site):
    heard, found = luister(slim, site), []

    def kijk(state: str) -> None:
        for scheme in ("light", "dark"):
            slim.emulate_media(color_scheme=scheme)
            found.extend((state, scheme, *fault) for fault in axe(slim))

    ga(slim, "activiteit-list", "?q=sluis")
    bewaar(slim, CAFE)
    kijk("saved, with the bar")
    slim.locator(".filterblad > summary").click()
    kijk("filters open above the bar")
    ga(slim, "bewaarlijst", lijst(VOL))
    kijk("somebody else's list")
    slim.get_by_role("button", name="Zet deze lijst op mijn telefoon").click()
    expect(slim.locator("#gehouden")).to_have_class("melding")
    kijk("put on the device")
    ga(slim, "bewaarlijst", lijst(*range(1_000, 1_000 + MOST)))
    kijk("full, all vanished")
    assert (found, heard) == ([], [])


def test_keyboard_never_ends_up_behind_the_bar(telefoon):
    ga(telefoon, "activiteit-list", f"?q=sluis&lijst={pak([VOL])}")
    top = telefoon.locator(BALK).bounding_box()["y"]
    for link in telefoon.locator("#resultaten .bewaar").all():
        link.focus()
        telefoon.keyboard.press("Shift+Tab")
        telefoon.keyboard.press("Tab")
        box = link.bounding_box()
        assert box["y"] + box["height"] <= top
