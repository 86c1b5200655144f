"""The map in a browser: without script a drawing of links, with script a map that a keyboard can use."""

import re
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from organisaties.models import Stadsdeel
from tests import factories, pseudo
from tests.flows.test_reis import vraag_in_adres
from tests.flows.test_toegankelijk import SCROLLS, fouten, luister
from tests.paginas import TALEN, Pagina

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

IN_ELKE_TAAL = pytest.mark.parametrize("taal", TALEN)
TEGELS = "https://tegels.example/{z}/{x}/{y}.png"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000"
    "000049454e44ae426082"
)


@pytest.fixture
def buren(wereld) -> None:
    """Two places in Zuidoost near each other; the one of the world is further off."""
    district = Stadsdeel.objects.get(slug="zuidoost")
    for n, name in enumerate(("Fietsles", "Naailes")):
        point = {"breedtegraad": Decimal(52305 + 2 * n).scaleb(-3), "lengtegraad": Decimal(4966 + 3 * n).scaleb(-3)}
        place = factories.locatie(naam=f"Zaal {n}", stadsdeel=district, **point)
        factories.activiteit(slug=name.lower(), naam_nl=name, naam_en=name, locatie=place)


@pytest.fixture
def kaart(buren, openen, site) -> Page:
    page = openen()
    page.gehoord = luister(page, site)
    _open(page)
    return page


def _open(page: Page, query: str = "", taal: str = "nl") -> None:
    page.goto(Pagina("kaart", query=query).adres(taal))
    expect(page.locator(".kaartvlak")).to_have_class(re.compile("is-levend"))


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until the element with this name has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("(document.activeElement.ariaLabel || document.activeElement.textContent).trim()") == name:
            return
    pytest.fail(f"Tab does not come to {name}")


# --- without script


@IN_ELKE_TAAL
@pytest.mark.parametrize("width", [360, 1280])
def test_district_on_the_drawing_leads_to_its_activities(openen, taal, width):
    page = openen(java_script_enabled=False)
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(Pagina("kaart", query="?thema=taal").adres(taal))
    page.locator("svg.stadsdelen a[aria-label^=West]").click(position={"x": 20, "y": 15})
    assert vraag_in_adres(page) == {"thema": ["taal"], "stadsdeel": ["west"]}
    expect(page.locator("#gevonden")).to_contain_text("West")
    page.locator("main .knop--twee[href*=stadsdeel]").click()
    assert urlsplit(page.url).path == Pagina("activiteit-list").adres(taal)
    assert vraag_in_adres(page) == {"thema": ["taal"], "stadsdeel": ["west"]}


def test_without_script_nothing_waits_for_it(openen):
    page = openen(java_script_enabled=False)
    page.goto(Pagina("kaart").adres("nl"))
    expect(page.locator("svg.stadsdelen")).to_be_visible()
    assert [page.locator(part).is_visible() for part in (".kaartdoos", "#kaartuitleg", "#straten")] == [False] * 3


def test_names_on_the_drawing_are_large_enough_on_a_phone(openen):
    page = openen(java_script_enabled=False)
    page.goto(Pagina("kaart").adres("nl"))
    size = page.locator("svg.stadsdelen text").first.evaluate(
        "el => parseFloat(getComputedStyle(el).fontSize) * el.getScreenCTM().a"
    )
    assert size >= 12


@IN_ELKE_TAAL
def test_filters_of_the_list_are_on_the_map(openen, taal):
    page = openen(java_script_enabled=False)
    page.goto(Pagina("kaart", query="?stadsdeel=west").adres(taal))
    page.locator(".filterblad > summary").click()
    page.locator("input[name=gratis]").check()
    page.locator(".filters button").click()
    assert urlsplit(page.url).path == Pagina("kaart").adres(taal)
    assert vraag_in_adres(page) == {"stadsdeel": ["west"], "gratis": ["ja"]}


# --- with script


@IN_ELKE_TAAL
def test_map_that_moves_has_no_faults(buren, openen, site, taal):
    page = openen()
    heard = luister(page, site)
    _open(page, taal=taal)
    page.locator(".kaartknop").first.focus()
    assert fouten(page) + heard == []


def test_keyboard_goes_to_a_place_and_its_activity(kaart):
    _tab_to(kaart, "2 plekken, zoom in")
    kaart.keyboard.press("Enter")
    expect(kaart.locator(".kaartdoos")).to_be_focused()
    expect(kaart.get_by_role("button", name="Zaal 1: Naailes")).to_be_visible()
    _tab_to(kaart, "Zaal 1: Naailes")
    kaart.keyboard.press("Enter")
    expect(kaart.locator(".leaflet-popup a", has_text="Naailes")).to_be_focused()
    kaart.keyboard.press("Enter")
    expect(kaart.locator("h1")).to_have_text("Naailes")
    assert kaart.gehoord == []


def test_escape_closes_and_goes_back_to_the_button(kaart):
    _tab_to(kaart, "Buurtzaal De Sluis: 5 activiteiten")
    kaart.keyboard.press("Space")
    expect(kaart.locator(".kaartlijst a")).to_have_count(5)
    expect(kaart.locator(".leaflet-popup-close-button")).to_have_attribute("aria-label", "Sluit")
    kaart.keyboard.press("Escape")
    expect(kaart.locator(".leaflet-popup")).to_have_count(0)
    expect(kaart.get_by_role("button", name="Buurtzaal De Sluis: 5 activiteiten")).to_be_focused()


MIDDLE = "document.querySelector('.leaflet-map-pane').getBoundingClientRect().x"


def test_arrows_move_the_map_and_plus_comes_nearer(kaart):
    _tab_to(kaart, "Kaart met plekken")
    before = kaart.evaluate(MIDDLE)
    with kaart.expect_response("**/plekken.json*"):
        kaart.keyboard.press("ArrowRight")
    assert kaart.evaluate(MIDDLE) < before
    with kaart.expect_response("**/plekken.json*") as answer:
        kaart.keyboard.press("+")
    assert float(vraag_in_adres(answer.value)["zoom"][0]) > 10.5


def test_a_tap_opens_a_place_and_a_drag_does_not(kaart):
    knop = kaart.get_by_role("button", name="Buurtzaal De Sluis: 5 activiteiten")
    box = knop.bounding_box()
    x, y = box["x"] + 22, box["y"] + 22
    kaart.mouse.move(x, y)
    kaart.mouse.down()
    kaart.mouse.move(x + 40, y, steps=5)
    kaart.mouse.up()
    expect(kaart.locator(".leaflet-popup")).to_have_count(0)
    knop.click()
    expect(kaart.locator(".kaartlijst a")).to_have_count(5)


def test_places_are_told_to_who_cannot_see_them(kaart):
    expect(kaart.locator("#kaartmelding")).to_have_text("7 activiteiten op dit stuk kaart.")


def test_map_shows_what_the_filters_leave(buren, openen):
    page = openen()
    _open(page, "?stadsdeel=zuidoost")
    expect(page.locator(".kaartknop")).to_have_count(1)
    expect(page.locator(".kaartknop")).to_have_attribute("aria-label", "2 plekken, zoom in")
    expect(page.locator("path.nu")).to_have_count(1)


def test_district_on_the_moving_map_can_be_tapped(kaart):
    kaart.locator(".kaartdoos path.leaflet-interactive").first.dispatch_event("click")
    kaart.wait_for_url("**stadsdeel=*")


def test_drawing_stays_when_the_places_do_not_come(buren, openen):
    page = openen()
    page.route("**/plekken.json*", lambda route: route.abort())
    page.goto(Pagina("kaart").adres("nl"))
    expect(page.locator(".kaartdoos")).to_have_count(0)
    expect(page.locator("svg.stadsdelen")).to_be_visible()


def test_drawing_stays_when_no_place_is_known(openen):
    page = openen()
    with page.expect_response("**/plekken.json*"):
        page.goto(Pagina("kaart", query="?thema=werk").adres("nl"))
    expect(page.locator(".kaartdoos")).to_have_count(0)
    expect(page.locator("svg.stadsdelen")).to_be_visible()


def test_map_that_is_turned_while_it_waits_goes_quietly(openen, site):
    page = openen()
    heard, waiting = luister(page, site), []
    page.route("**/plekken.json*", lambda route: waiting.append(route))  # noqa: PLW0108 - a route wants a function
    page.goto(Pagina("kaart").adres("nl"))
    page.set_viewport_size({"width": 740, "height": 360})
    page.wait_for_timeout(60)  # Leaflet tells of a new size after a fifth of a second
    waiting[0].fulfill(json={"plekken": [], "groepen": [], "melding": ""})
    page.wait_for_timeout(400)
    assert (heard, page.locator(".kaartdoos").count()) == ([], 0)


def test_map_reads_from_right_to_left(buren, openen, tmp_path):
    page = openen()
    with pseudo.pseudotaal(tmp_path):
        _open(page, taal=pseudo.TAAL)
        page.locator(".kaartknop").last.click()
        assert (fouten(page), page.evaluate(SCROLLS)) == ([], False)


def test_map_prints_as_the_drawing(kaart):
    kaart.emulate_media(media="print")
    assert [kaart.locator(part).is_visible() for part in ("svg.stadsdelen", ".kaartdoos")] == [True, False]


# --- streets


@pytest.fixture
def tegelkaart(buren, openen, site, settings) -> Page:
    settings.KAART_TEGELS, settings.KAART_TEGELS_BRON = TEGELS, "Tegelbakkers"
    page = openen()
    page.gevraagd = []

    def tile(route):
        page.gevraagd.append(route.request.headers)
        route.fulfill(body=PIXEL, content_type="image/png", headers={"Access-Control-Allow-Origin": "*"})

    page.route("https://tegels.example/**", tile)
    page.gehoord = luister(page, site)
    _open(page)
    return page


def test_streets_come_after_a_tap_and_go_again(tegelkaart):
    tegelkaart.wait_for_timeout(300)
    assert (tegelkaart.gevraagd, tegelkaart.gehoord) == ([], [])
    tegelkaart.locator("#straten a").click()
    expect(tegelkaart.locator("img.leaflet-tile-loaded").first).to_be_visible()
    tegelkaart.locator(".leaflet-control-zoom-in").click()
    tegelkaart.wait_for_timeout(300)
    assert {kind for kind, _ in tegelkaart.gehoord} == {"elsewhere"}
    assert all(url.startswith("https://tegels.example/") for _, url in tegelkaart.gehoord)
    assert [headers for headers in tegelkaart.gevraagd if "referer" in headers or "cookie" in headers] == []
    asked = len(tegelkaart.gevraagd)
    tegelkaart.locator("#straten a").click()
    expect(tegelkaart.locator(".kaartvlak")).to_have_class(re.compile("is-levend"))
    assert (len(tegelkaart.gevraagd), tegelkaart.locator(".leaflet-tile").count()) == (asked, 0)
