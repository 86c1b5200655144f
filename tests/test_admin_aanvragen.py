"""Judging requests in the administration: the list, the page of one request, and the deeds."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisaties import aandacht, actions
from organisaties.admin.aanvragen import TABS
from organisaties.admin.oordelen import DADEN
from organisaties.choices import AanvraagStatus, BerichtStatus
from organisaties.models import Aanvraag, Bericht, Gebruiker
from tests import factories

pytestmark = pytest.mark.django_db

LIJST = "/admin/organisaties/aanvraag/"
JS_URL = "javascript:alert(document.domain)"


@pytest.fixture
def noor():
    return Gebruiker.objects.create_superuser("noor@netwerk.example", naam="Noor")


@pytest.fixture
def desk(noor):
    client = Client()
    client.force_login(noor)
    return client


def adres(aanvraag, naam="change"):
    return f"{LIJST}{aanvraag.pk}/{naam}/"


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def rows(desk, **asked):
    return list(desk.get(LIJST, asked).context["cl"].result_list)


# --- the list


def test_the_list_opens_with_what_is_to_be_judged_longest_waiting_first(desk):
    new, taken = factories.aanvraag(), factories.aanvraag(status="behandeling")
    factories.aanvraag(status="wacht")
    Aanvraag.objects.filter(pk=taken.pk).update(wacht_sinds_at="2026-01-01T00:00Z")
    assert rows(desk) == [taken, new]


@pytest.mark.parametrize(
    ("tab", "values"),
    [
        ("beoordelen", {"status": "nieuw"}),
        ("wacht", {"status": "wacht"}),
        ("gesprek", {"status": "gesprek", "soort": "samenwerking"}),
        ("onbevestigd", {"status": "onbevestigd"}),
        ("nakijken", {"status": "onbevestigd", "is_verdacht": True}),
        ("klaar", {"status": "ingetrokken"}),
    ],
)
def test_each_tab_holds_its_requests_and_counts_them(desk, tab, values):
    for kind in ("nieuw", "wacht", "onbevestigd"):
        factories.aanvraag(status=kind)
    mine = factories.aanvraag(**values)
    response = desk.get(LIJST, {"lijst": tab})
    counts = {each["naam"]: each["aantal"] for each in response.context["tabs"]}
    assert mine in response.context["cl"].result_list
    assert counts[tab] == len(response.context["cl"].result_list)
    assert [each["naam"] for each in response.context["tabs"] if each["is_open"]] == [tab]


def test_every_request_is_in_one_tab():
    for status in AanvraagStatus:
        soort = "samenwerking" if status in ("gesprek", "afgesproken") else "lidmaatschap"
        factories.aanvraag(status=status, soort=soort)
    factories.aanvraag(status="onbevestigd", is_verdacht=True)
    counts = [Aanvraag.objects.filter(found).count() for _, found in TABS.values()]
    assert sum(counts[:-1]) == counts[-1] == len(AanvraagStatus) + 1


@pytest.mark.parametrize("q", ["tafel van hanan", "hanan@oven.example", "oven.example", "kenmerk"])
def test_searching_looks_in_every_tab(desk, q):
    factories.aanvraag()
    there = {"organisatie_naam": "Tafel van Hanan", "website": "https://oven.example", "email": "hanan@oven.example"}
    closed = factories.aanvraag(status="ingetrokken", **there)
    assert rows(desk, q=closed.kenmerk if q == "kenmerk" else q) == [closed]


@pytest.mark.parametrize("asked", [{"lijst": "x"}, {"o": "99.-1.x"}, {"q": "\0"}, {"p": "999"}, {"all": ""}])
def test_nonsense_in_the_address_of_the_list_breaks_nothing(desk, asked):
    factories.aanvraag()
    assert desk.get(LIJST, asked).status_code in (200, 302)


def test_a_list_of_fifty_costs_as_many_queries_as_one_of_five(desk):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            desk.get(LIJST)
        return len(queries)

    for _ in range(5):
        factories.aanvraag(behandelaar=factories.gebruiker())
    few = cost()
    for _ in range(45):
        factories.organisatie()
        factories.aanvraag(behandelaar=factories.gebruiker())
    assert cost() == few <= 14


def test_the_list_marks_what_is_known_already(desk):
    factories.organisatie(naam="Zomerkoor")
    factories.aanvraag(organisatie_naam="Stichting Zomerkoor")
    assert text(desk.get(LIJST)).count("Kijk na: lijkt op iets dat er al is") == 1


# --- one request


def test_a_page_shows_what_was_written_and_what_happened(desk, noor):
    aanvraag = factories.aanvraag(taal="en", bericht="Tot ziens", themas=[factories.thema()])
    actions.ask_aanvraag(aanvraag, door=noor, versie=1, tekst="Waar eten jullie?")
    actions.note_aanvraag(aanvraag, door=noor, tekst="Ken ik.")
    page = text(desk.get(adres(aanvraag)))
    written = (
        aanvraag.kenmerk,
        aanvraag.omschrijving,
        "Tot ziens",
        aanvraag.email,
        factories.thema().naam_nl,
        "Engels",
    )
    happened = ("Waar eten jullie?", "Ken ik.", "alleen voor collega's", "Behandelaar: <bdi>Noor</bdi>")
    mailed = (Bericht.objects.get().onderwerp,)
    assert [words for words in (*written, *happened, *mailed) if words not in page] == []


def test_a_page_costs_a_fixed_number_of_queries(desk, noor):
    def cost(aanvraag):
        with CaptureQueriesContext(connection) as queries:
            desk.get(adres(aanvraag))
        return len(queries)

    aanvraag = factories.aanvraag()
    few = cost(aanvraag)
    for number in range(20):
        factories.beheerder()
        actions.note_aanvraag(aanvraag, door=noor, tekst=f"Notitie {number}")
    assert cost(aanvraag) == few <= 20


def test_a_page_warns_of_what_is_known_already(desk):
    known = factories.organisatie(naam="Zomerkoor")
    page = text(desk.get(adres(factories.aanvraag(organisatie_naam="Stichting Zomerkoor"))))
    assert reverse("admin:organisaties_organisatie_change", args=[known.pk]) in page
    assert "Een naam die erop lijkt" in page


def test_what_was_typed_stays_text(desk):
    evil = '<img src=x onerror="alert(1)">'
    names = ("organisatie_naam", "omschrijving", "werkwijze", "bericht", "naam", "telefoon")
    aanvraag = factories.aanvraag(**{**dict.fromkeys(names, evil), "telefoon": evil[:25], "website": JS_URL})
    for address in (LIJST, adres(aanvraag), *(adres(aanvraag, naam) for naam in DADEN)):
        page = text(desk.get(address))
        assert "<img src=x" not in page
        assert 'href="javascript:' not in page
    assert "javascript:alert" in text(desk.get(adres(aanvraag)))


def test_a_web_address_of_http_is_a_link(desk):
    page = text(desk.get(adres(factories.aanvraag(website="https://tafel.example/"))))
    assert '<a href="https://tafel.example/" rel="noopener noreferrer">' in page


def test_the_reasons_of_suspicion_are_said_in_words(desk):
    aanvraag = factories.aanvraag(status="onbevestigd", is_verdacht=True, verdenkingen=["lokveld", "onbekend"])
    page = text(desk.get(adres(aanvraag)))
    assert "Een veld dat mensen niet zien, was ingevuld" in page
    assert "Geen spam: stuur de link" in page


@pytest.mark.parametrize("pk", ["0", "999999999999999999999999", "x", "1/add"])
def test_a_request_that_is_not_there_is_no_error(desk, pk):
    assert desk.get(f"{LIJST}{pk}/change/").status_code in (302, 404)
    assert desk.get(f"{LIJST}{pk}/vraag/").status_code in (302, 404)


def test_a_request_cannot_be_edited_added_or_deleted(desk):
    aanvraag = factories.aanvraag()
    assert desk.post(adres(aanvraag), {"status": "goedgekeurd"}).status_code == 405
    assert desk.post(adres(aanvraag, "delete"), {"post": "yes"}).status_code == 403
    assert desk.post(f"{LIJST}add/", {}).status_code == 403
    assert Aanvraag.objects.get().status == AanvraagStatus.NIEUW


def test_reading_changes_nothing(desk):
    aanvraag = factories.aanvraag()
    before = (Aanvraag.objects.values().get(), LogEntry.objects.count())
    for naam in ("change", "history", *DADEN):
        text(desk.get(adres(aanvraag, naam)))
    assert desk.get(adres(aanvraag, "uitnodiging")).status_code == 405
    assert (Aanvraag.objects.values().get(), LogEntry.objects.count()) == before
    assert Bericht.objects.count() == 0


# --- which deeds are offered

OPEN = {"oppakken", "vraag", "goedkeuren", "afwijzen", "notitie"}


@pytest.mark.parametrize(
    ("values", "deeds"),
    [
        ({"status": "nieuw"}, OPEN),
        ({"status": "behandeling"}, OPEN),
        ({"status": "wacht"}, OPEN),
        ({"status": "nieuw", "soort": "samenwerking"}, OPEN - {"goedkeuren"} | {"gesprek"}),
        ({"status": "gesprek", "soort": "samenwerking"}, OPEN - {"goedkeuren"} | {"afronden"}),
        ({"status": "onbevestigd"}, {"afwijzen", "notitie"}),
        ({"status": "onbevestigd", "is_verdacht": True}, {"geen-spam", "afwijzen", "notitie"}),
        ({"status": "afgewezen"}, {"terughalen", "notitie"}),
        ({"status": "afgewezen", "bevestigd_at": None}, {"notitie"}),
        ({"status": "ingetrokken"}, {"notitie"}),
        ({"status": "goedgekeurd"}, {"notitie"}),
    ],
)
def test_only_the_deeds_that_are_possible_have_a_button(desk, values, deeds):
    response = desk.get(adres(factories.aanvraag(**values)))
    assert {daad.naam for daad in response.context["daden"]} == deeds


# --- what asks for attention


def attention(desk):
    page = text(desk.get("/admin/"))
    part = page[page.index("Dit vraagt aandacht") :]
    return [" ".join(line.split()) for line in re.findall(r"<li[^>]*>(.*?)</li>", part[: part.index("</ul>")], re.S)]


def test_the_first_page_says_in_words_that_nothing_is_to_be_done(desk):
    assert attention(desk) == ["Niets. Alles is gedaan."]


def test_the_first_page_counts_what_is_to_be_done_and_since_when(desk, klok):
    mail = {"aan": "a@b.example", "taal": "nl", "onderwerp": "Dag", "tekst": "Dag"}
    Bericht.objects.create(soort="vraag", status=BerichtStatus.MISLUKT, message_id="<1>", **mail)
    Bericht.objects.create(soort="vraag", message_id="<2>", created_at=klok - 2 * aandacht.TOO_LONG, **mail)
    Bericht.objects.create(soort="vraag", message_id="<3>", **mail)
    factories.aanvraag(wacht_sinds_at=klok - aandacht.TOO_LONG * 72)
    factories.aanvraag(status="behandeling")
    factories.aanvraag(status="onbevestigd", is_verdacht=True)
    factories.aanvraag(status="onbevestigd")
    factories.aanvraag(status="wacht")
    found = [(each.zorg.value, each.aantal) for each in aandacht.of_berichten() + aandacht.of_aanvragen()]
    assert found == [("mislukt", 1), ("blijft-liggen", 1), ("beoordelen", 2), ("nakijken", 1), ("onbevestigd", 1)]
    lines = attention(desk)
    assert len(lines) == 5
    assert f'<a href="{LIJST}?lijst=beoordelen">2 aanvragen wachten op jullie</a>' in lines[2]
    assert "De oudste wacht 3 dagen." in lines[2].replace("\xa0", " ")


def test_what_asks_for_attention_costs_two_queries():
    with CaptureQueriesContext(connection) as queries:
        aandacht.of_aanvragen()
        aandacht.of_berichten()
    assert len(queries) == 2
