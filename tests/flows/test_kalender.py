"""Subscribing to a list: the box that offers it follows the filters."""

import pytest

from tests.flows.test_toegankelijk import fouten
from tests.paginas import TALEN, Pagina

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

GEFILTERD = Pagina("activiteit-list", query="?thema=taal&stadsdeel=west")
BOX = "#resultaten details"


@pytest.mark.parametrize("taal", TALEN)
def test_open_box_has_no_faults(openen, taal):
    page = openen()
    page.goto(GEFILTERD.adres(taal))
    page.locator(f"{BOX} summary").click()
    assert page.locator(f"{BOX} a").count() == 2
    assert fouten(page) == []


def test_box_follows_a_filter_that_goes(openen, site):
    page = openen()
    page.goto(GEFILTERD.adres("nl"))
    webcal = page.locator(f"{BOX} a").first
    assert webcal.get_attribute("href").endswith("/nl/activiteiten/agenda.ics?thema=taal&stadsdeel=west")
    page.locator("#resultaten a.chip", has_text="West").click()
    page.wait_for_url("**/nl/activiteiten/?thema=taal")
    assert webcal.get_attribute("href").endswith("/nl/activiteiten/agenda.ics?thema=taal")
