"""Paper as a browser prints it: the pages are counted, the codes are read, nothing is cut off."""

import io

import pypdfium2
import pytest
import zxingcpp
from django.conf import settings
from PIL import Image
from playwright.sync_api import Page, expect

from organisaties import bewaarlijst
from organisaties.models import Activiteit
from tests import factories, pseudo
from tests.flows.test_toegankelijk import SCROLLS, fouten, luister
from tests.paginas import TALEN, Pagina

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

IN_ELKE_TAAL = pytest.mark.parametrize("taal", TALEN)
TAALCAFE = "http://localhost:8000/a/taalcafe/"
CLIPPED = "[...document.querySelectorAll('.poster, .poster__tekst')].some(e => e.scrollHeight > e.clientHeight + 2)"


def _printed(page: Page) -> list[str]:
    """The text of every printed page."""
    pdf = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
    return [pdf[number].get_textpage().get_text_bounded() for number in range(len(pdf))]


def _code(page: Page) -> list[str]:
    picture = Image.open(io.BytesIO(page.locator(".qr__code").screenshot()))
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def _lijst(count: int) -> str:
    ids = Activiteit.objects.readable().order_by("pk").values_list("pk", flat=True)[:count]
    return f"?lijst={bewaarlijst.pak(ids)}"


@IN_ELKE_TAAL
@pytest.mark.parametrize("slug", ["taalcafe", "alles-onbekend", "alleen-nederlands", "verborgen-plek", "gestopt"])
def test_sheet_and_poster_print_on_one_page(openen, taal, slug):
    page = openen()
    for naam in ("activiteit-papier", "activiteit-poster", "activiteit-detail"):
        page.goto(Pagina(naam, slug=slug).adres(taal))
        (text,) = _printed(page)
        assert f"localhost:8000/a/{slug}" in text


@pytest.mark.parametrize("naam", ["W" * 160, "Lange naam " * 14, "Vrijwilligerswerkcoördinatiebijeenkomst " * 4])
def test_poster_with_a_long_name_prints_on_one_page(openen, naam):
    factories.moment(activiteit=factories.activiteit(slug="lang", naam_nl=naam[:160].strip(), naam_en=naam[:159]))
    page = openen()
    page.goto(Pagina("activiteit-poster", slug="lang").adres("nl"))
    (text,) = _printed(page)
    assert "localhost:8000/a/lang" in text


@IN_ELKE_TAAL
def test_poster_shows_all_that_it_has(openen, taal):
    page = openen()
    for slug in ("taalcafe", "verborgen-plek", "alleen-nederlands", "vol"):
        page.goto(Pagina("activiteit-poster", slug=slug).adres(taal))
        page.set_viewport_size({"width": 695, "height": 1032})  # A4 without its margins
        page.emulate_media(media="print")
        assert (slug, page.evaluate(CLIPPED)) == (slug, False)
        page.emulate_media(media="screen")


@IN_ELKE_TAAL
@pytest.mark.parametrize("naam", ["activiteit-papier", "activiteit-poster", "activiteit-detail"])
def test_code_on_a_page_is_read_by_day_and_by_night(openen, taal, naam):
    page = openen()
    page.goto(Pagina(naam, slug="taalcafe").adres(taal))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert _code(page) == [TAALCAFE]


@IN_ELKE_TAAL
def test_list_breaks_between_its_activities(openen, taal):
    page = openen()
    page.goto(Pagina("bewaarlijst-papier", query=_lijst(12)).adres(taal))
    printed = _printed(page)
    assert 4 <= len(printed) <= 7
    assert all(text.count("Wanneer") == text.count("Bel of mail") == text.count("When") for text in printed)
    assert sum(text.count("Wanneer") for text in printed) == 12
    assert printed[0].count("1 / ") == 1


def test_list_has_no_faults_and_its_code_leads_to_it(openen, site):
    page = openen()
    heard = luister(page, site)
    query = _lijst(5)
    page.goto(Pagina("bewaarlijst-papier", query=query).adres("en"))
    assert (fouten(page), heard) == ([], [])
    assert _code(page) == [f"{settings.SITE_URL}/b/{query.removeprefix('?lijst=')}/"]


def test_columns_stand_side_by_side_on_a_desk_and_below_each_other_on_a_phone(openen):
    page = openen()
    page.goto(Pagina("activiteit-papier", slug="taalcafe").adres("nl"))
    left, right = (page.locator(".paar--wanneer .rijtje").first.locator(".kant").nth(n) for n in (0, 1))
    assert left.bounding_box()["x"] == right.bounding_box()["x"]
    page.set_viewport_size({"width": 1280, "height": 740})
    assert left.bounding_box()["y"] == right.bounding_box()["y"]
    assert left.bounding_box()["x"] < right.bounding_box()["x"]


def test_language_from_right_to_left_has_its_headings_on_the_right(openen, tmp_path):
    page = openen()
    with pseudo.pseudotaal(tmp_path):
        page.goto(Pagina("activiteit-papier", slug="taalcafe", query=f"?taal={pseudo.TAAL}").adres("nl"))
        side = page.locator(".paar--wanneer .kant[dir=rtl]").first
        heading, text = (side.locator(selector).bounding_box()["x"] for selector in (".kant__kop", "div"))
        assert text < heading
        assert (fouten(page), page.evaluate(SCROLLS), len(_printed(page))) == ([], False, 1)


def test_buttons_lead_to_the_same_two_languages(openen):
    page = openen(java_script_enabled=False)
    page.goto(Pagina("activiteit-papier", slug="taalcafe").adres("en"))
    expect(page.locator("[data-print]")).to_be_hidden()
    with page.expect_download(timeout=30_000) as download:  # the first makes the letters
        page.get_by_role("link", name="Download as PDF, A4").click()
    assert download.value.suggested_filename == "taalcafe.pdf"
    page.get_by_role("link", name="Poster").click()
    expect(page.locator(".poster h1")).to_contain_text("Taalcafé De Sluis")
