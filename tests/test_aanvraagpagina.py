"""The confirmation of a request, its page behind the link in a mail, and the texts about joining."""

import hashlib
import importlib
import re

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from organisaties.choices import AanvraagStatus, PaginaSleutel
from organisaties.models import Aanvraag, Pagina
from tests import factories
from tests.aanvragen import ADRES, said, typed_in
from tests.conftest import vraag
from tests.lezen import Element, lees

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("klok")]

GELADEN = importlib.import_module("organisaties.migrations.0010_teksten_aansluiten")


# --- the confirmation


@pytest.mark.parametrize("kenmerk", ["QVQV-2222", "qvqv-2222", "%00", "x" * 500, "QVQV2222", "QVQV-222%0A"])
def test_an_unknown_reference_is_a_404(kenmerk):
    assert vraag(f"{ADRES}verstuurd/{kenmerk}/").status_code == 404


def test_the_confirmation_shows_nothing_of_the_applicant():
    aanvraag = factories.aanvraag(status="onbevestigd", bericht="geheim")
    response = vraag(aanvraag.get_absolute_url())
    html = response.content.decode()
    typed_values = (aanvraag.naam, aanvraag.email, aanvraag.organisatie_naam, aanvraag.omschrijving, "geheim")
    assert [value for value in typed_values if value in html] == []
    assert aanvraag.kenmerk in lees(html).one("main").text
    assert response.headers["Cache-Control"] == "no-store"


# --- the page of a request


def _pagina(aanvraag: Aanvraag, **data: str):
    url = reverse("aanvraag-detail", args=[aanvraag.token])
    return Client().post(url, data) if data else vraag(url)


def _main(aanvraag: Aanvraag) -> Element:
    return lees(_pagina(aanvraag).content).one("main")


@pytest.fixture
def onbevestigd():
    return factories.aanvraag(status="onbevestigd")


def test_opening_the_link_proves_nothing_and_the_button_does(onbevestigd):
    assert [vraag(reverse("aanvraag-detail", args=[onbevestigd.token])).status_code for _ in range(2)] == [200, 200]
    onbevestigd.refresh_from_db()
    assert onbevestigd.status == AanvraagStatus.ONBEVESTIGD
    assert _pagina(onbevestigd, bevestig="ja").status_code == 303
    onbevestigd.refresh_from_db()
    assert onbevestigd.status == AanvraagStatus.NIEUW


def test_who_did_not_send_it_can_say_so(onbevestigd):
    assert _pagina(onbevestigd, intrekken="ja").status_code == 303
    assert "Wij doen niets meer met de aanvraag." in _main(onbevestigd).text


def test_an_unproved_page_shows_nothing_that_was_typed(onbevestigd):
    onbevestigd.gebeurtenissen.create(soort="vraag", tekst="Waar eten jullie?")
    shown = _pagina(onbevestigd).content.decode()
    hidden = (onbevestigd.organisatie_naam, onbevestigd.naam, onbevestigd.email, "Waar eten jullie?")
    assert [text for text in hidden if text in shown] == []


@pytest.mark.parametrize("status", [status for status in AanvraagStatus if status != AanvraagStatus.ONBEVESTIGD])
def test_no_state_shows_the_applicant_or_the_notes(status):
    samen = status in (AanvraagStatus.GESPREK, AanvraagStatus.AFGESPROKEN)
    aanvraag = factories.aanvraag(status=status, soort="samenwerking" if samen else "lidmaatschap", telefoon="020 555")
    aanvraag.gebeurtenissen.create(soort="notitie", tekst="Ken ik niet.")
    aanvraag.gebeurtenissen.create(soort="status", status=status, tekst="Intern.")
    response = _pagina(aanvraag)
    html = response.content.decode()
    assert [t for t in (aanvraag.naam, aanvraag.email, "020 555", "Ken ik niet.", "Intern.") if t in html] == []
    assert (response.headers["Cache-Control"], len(lees(html).one("main").text) > 100) == ("no-store", True)
    assert ("textarea" in html) == aanvraag.is_open


def test_a_question_can_be_answered_once_and_the_words_come_back_after_a_mistake():
    aanvraag = factories.aanvraag(status="wacht")
    aanvraag.gebeurtenissen.create(soort="vraag", tekst="Waar eten jullie?")
    assert "Waar eten jullie?" in _main(aanvraag).text
    too_long = lees(_pagina(aanvraag, tekst="x" * 3001).content)
    assert (said(too_long), typed_in(too_long, "tekst")) == (
        ["Maak je antwoord korter: hooguit 3000 tekens."],
        ["x" * 3001],
    )
    answers = [_pagina(aanvraag, tekst="In\0 Noord.\r\nElke week.").status_code for _ in range(2)]
    assert (answers, aanvraag.gebeurtenissen.filter(soort="antwoord").count()) == ([303, 303], 1)
    assert "In Noord.\nElke week." in _pagina(aanvraag).content.decode()


def test_an_answer_to_a_closed_request_is_not_lost():
    page = lees(_pagina(factories.aanvraag(status="afgewezen"), tekst="Toch nog iets.").content)
    assert (said(page), typed_in(page, "tekst")) == (
        ["Deze aanvraag is afgesloten. Mail ons als je nog iets wilt zeggen."],
        ["Toch nog iets."],
    )


def test_withdrawing_takes_a_second_step():
    aanvraag = factories.aanvraag()
    link = next(a for a in _main(aanvraag).all("a") if "intrekken" in a.get("href"))
    step = lees(vraag(link.get("href").partition("#")[0]).content)
    aanvraag.refresh_from_db()
    assert (aanvraag.status, step.one("button", name="intrekken").text) == ("nieuw", "Ja, trek mijn aanvraag in")
    _pagina(aanvraag, intrekken="ja")
    assert "Je aanvraag is ingetrokken" in _main(aanvraag).text


def test_approved_says_where_the_invitation_is():
    assert "mail gekregen met een uitnodiging" in _main(factories.aanvraag(status="goedgekeurd")).text


@pytest.mark.parametrize("token", ["x", "QVQV-2222.forged", "%00", "é", "x" * 2000])
def test_a_forged_link_gets_a_friendly_404(token):
    response = vraag(f"{ADRES}aanvraag/{token}/")
    assert (response.status_code, lees(response.content).one("h1").text) == (404, "Deze aanvraag is er niet")


def test_no_link_leads_away_with_the_address_of_the_page(onbevestigd):
    response = _pagina(onbevestigd)
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert [
        a.get("href") for a in lees(response.content).all("a") if re.match("https?://(?!testserver)", a.get("href"))
    ] == []


# --- the texts


@pytest.mark.parametrize("sleutel", [PaginaSleutel.AANSLUITEN, PaginaSleutel.PRIVACY])
def test_a_text_that_coordinators_changed_stays(sleutel):
    factories.pagina(sleutel, tekst_nl="Van ons.")
    GELADEN.renew_pages(_Apps, connection.schema_editor())
    assert Pagina.objects.get(sleutel=sleutel).tekst_nl == "Van ons."


def test_a_former_text_is_renewed(monkeypatch):
    page = factories.pagina(PaginaSleutel.AANSLUITEN, tekst_nl="Oud.")
    former = hashlib.sha256(f"{page.titel_nl}\n\n{page.inleiding_nl}\n\nOud.".encode()).hexdigest()
    monkeypatch.setitem(GELADEN.VROEGER, ("aansluiten", "nl"), {former})
    GELADEN.renew_pages(_Apps, connection.schema_editor())
    page.refresh_from_db()
    assert ("Je vult het formulier in." in page.tekst_nl, page.tekst_en) == (True, "We are a network.")


class _Apps:
    """The tables as they are now, for a migration that only changes rows."""

    @staticmethod
    def get_model(_label: str, _name: str) -> type[Pagina]:
        return Pagina
