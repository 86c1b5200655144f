"""The door of editors: what was typed while somebody was logged out, or logged in elsewhere, is not lost."""

import pytest
from django.test import Client
from django.urls import reverse

from organisaties.models import Activiteit, Bericht, Melding, Uitzondering
from tests import bewerken, factories
from tests.bewerken import profiel, van
from tests.lezen import lees
from tests.momenten import DINSDAG, dag_adres

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("klok")]

kade, cafe, sara = bewerken.kade, bewerken.cafe, bewerken.sara

HIER = {"Sec-Fetch-Site": "same-origin"}
"""What a browser says of a form on our own page."""


def uit_en_in(client, gebruiker, address, sent):
    """Send a form after the session ended, log in, and give the page that opens."""
    client.logout()
    assert client.post(address, sent).status_code == 302
    client.force_login(gebruiker)
    return lees(client.get(address).content).one("main")


def test_an_answer_to_a_reader_comes_back_at_its_report(client, sara, cafe):
    _first, melding = (factories.melding(activiteit=cafe, email=f"{n}@voorbeeld.example") for n in range(2))
    address = reverse("mijn-meldingen", args=[cafe.organisatie.slug])
    sent = {"melding": melding.pk, "daad": "beantwoord", "antwoord": "De deur is weer open."}
    page = uit_en_in(client, sara, address, sent)
    assert "Je was uitgelogd" in page.text
    assert page.one("article", aria_labelledby=f"melding-{melding.pk}").one("textarea").text == "De deur is weer open."
    assert Melding.objects.open().count() == 2
    client.logout()
    client.post(address, sent)
    melding.delete()
    client.force_login(sara)
    assert "De deur is weer open." in lees(client.get(address).content).one("div", role="alert").text


def test_the_day_of_a_pause_comes_back(client, sara, cafe):
    page = uit_en_in(client, sara, van(cafe), {"daad": "pauze", "pauze_tot": "5 januari 2027"})
    assert ("Je was uitgelogd" in page.text, page.one("input", id="pauze_tot").get("value")) == (True, "5 januari 2027")
    assert Activiteit.objects.get(pk=cafe.pk).pauze_tot is None


def test_an_invitation_comes_back(client, sara, kade):
    address = reverse("mijn-collegas", args=[kade.slug])
    page = uit_en_in(client, sara, address, {"naam": "Yonas", "email": "yonas@kade.example"})
    assert "Je was uitgelogd" in page.text
    assert page.one("input", id="id_email").get("value") == "yonas@kade.example"
    assert not Bericht.objects.exists()
    assert "Je was uitgelogd" not in lees(client.get(address).content).one("main").text
    assert "Je was uitgelogd" not in lees(client.post(address, {"naam": "Yonas"}).content).one("main").text


def test_a_mere_button_does_not_come_back_as_a_form_with_faults(client, sara, cafe):
    moment = factories.moment(activiteit=cafe)
    factories.uitzondering(moment=moment, datum_on=DINSDAG)
    page = uit_en_in(client, sara, dag_adres(moment), {"terug": "ja", "afdruk": "x"})
    assert (page.all("div", role="alert"), "Je was uitgelogd" in page.text) == ([], False)
    assert Uitzondering.objects.count() == 1


@pytest.fixture
def streng(sara):
    """A browser of Sara that looks at where a form comes from."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(sara)
    return client


def kaartje(client, address):
    return lees(client.get(address).content).one("main").all("input", name="csrfmiddlewaretoken")[0].get("value")


def test_a_page_that_was_open_while_somebody_logged_in_again_keeps_what_was_typed(streng, sara, kade):
    address = profiel(kade, "naam")
    sent = {"samenvatting_nl": "Lang over gedaan.", "csrfmiddlewaretoken": kaartje(streng, address)}
    streng.logout()
    streng.cookies.clear()
    streng.force_login(sara)
    streng.get(address)
    response = streng.post(address, sent, headers=HIER)
    assert (response.status_code, response.headers["Location"]) == (303, address)
    page = lees(streng.get(address).content).one("main")
    assert page.one("textarea", id="id_samenvatting_nl").text == "Lang over gedaan."
    assert "Je was uitgelogd" in page.text
    kade.refresh_from_db()
    assert kade.samenvatting_nl != "Lang over gedaan."


def test_who_is_logged_out_in_another_window_logs_in_first(streng, sara, kade):
    address = profiel(kade, "naam")
    sent = {"samenvatting_nl": "Lang over gedaan.", "csrfmiddlewaretoken": kaartje(streng, address)}
    streng.logout()
    streng.cookies.clear()
    response = streng.post(address, sent, headers=HIER)
    assert (response.status_code, address in response.headers["Location"]) == (302, True)
    streng.force_login(sara)
    assert "Lang over gedaan." in streng.get(address).content.decode()


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}])
def test_what_another_website_sends_is_refused_and_kept_nowhere(streng, kade, headers):
    address = profiel(kade, "naam")
    assert streng.post(address, {"samenvatting_nl": "Van elders."}, headers=headers).status_code == 403
    assert "Van elders." not in streng.get(address).content.decode()
