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
from organisaties.choices import AanvraagStatus, AfwijsReden, BerichtSoort, BerichtStatus
from organisaties.forms.oordelen import suggested
from organisaties.models import Aanvraag, Beheerder, Bericht, Gebruiker, Organisatie, Uitnodiging
from tests import factories

pytestmark = pytest.mark.django_db

LIJST = "/admin/organisaties/aanvraag/"
VERANDERD = "Intussen is er iets veranderd"
JS_URL = "javascript:alert(document.domain)"


@pytest.fixture
def noor():
    return Gebruiker.objects.create_superuser("noor@netwerk.example", naam="Noor")


@pytest.fixture
def sam():
    return Gebruiker.objects.create_superuser("sam@netwerk.example", naam="Sam")


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


def doe(desk, aanvraag, naam, **values):
    """Press the button of a deed on a screen that was opened now."""
    seen = {"versie": aanvraag.versie, "gezien": max([each.pk for each in aanvraag.gebeurtenissen.all()], default=0)}
    response = desk.post(adres(aanvraag, naam), seen | values)
    aanvraag.refresh_from_db()
    return response


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


# --- the deeds

KAN = {
    "oppakken": ({}, {}, "behandeling"),
    "geen-spam": ({"status": "onbevestigd", "is_verdacht": True}, {}, "onbevestigd"),
    "goedkeuren": ({}, {}, "goedgekeurd"),
    "gesprek": ({"soort": "samenwerking"}, {"tekst": "Wij bellen."}, "gesprek"),
    "afronden": ({"soort": "samenwerking", "status": "gesprek"}, {"uitkomst": "samen"}, "afgesproken"),
    "vraag": ({}, {"tekst": "Waar?"}, "wacht"),
    "afwijzen": ({}, {"reden": "anders", "tekst": "Nee."}, "afgewezen"),
    "terughalen": ({"status": "afgewezen", "afwijsreden": "anders"}, {}, "behandeling"),
    "notitie": ({}, {"tekst": "Ken ik."}, "nieuw"),
}


@pytest.mark.parametrize("naam", DADEN)
def test_every_deed_acts_once_and_stands_in_the_history(desk, noor, naam):
    values, typed, status = KAN[naam]
    aanvraag = factories.aanvraag(**values)
    assert doe(desk, aanvraag, naam, **typed).headers["Location"] == adres(aanvraag)
    assert aanvraag.status == status
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id, str(DADEN[naam].knop)) == (noor, str(aanvraag.pk), entry.change_message)


@pytest.mark.parametrize("naam", [naam for naam in DADEN if naam != "notitie"])
def test_a_deed_on_an_old_screen_does_nothing_and_tells_what_changed(desk, sam, naam):
    values, typed, _status = KAN[naam]
    aanvraag = factories.aanvraag(**values)
    old = {"versie": aanvraag.versie, "gezien": 0}
    actions.note_aanvraag(aanvraag, door=sam, tekst="Bel eerst met Piet.")
    before = Aanvraag.objects.values().get()
    page = text(desk.post(adres(aanvraag, naam), old | typed))
    assert VERANDERD in page
    assert "Bel eerst met Piet." in page
    assert "Sam" in page
    assert typed.get("tekst", "") in page
    assert (Aanvraag.objects.values().get(), Bericht.objects.count(), LogEntry.objects.count()) == (before, 0, 0)


def test_after_reading_what_changed_the_same_button_works(desk, sam):
    aanvraag = factories.aanvraag()
    actions.note_aanvraag(aanvraag, door=sam, tekst="Let op.")
    response = desk.post(adres(aanvraag, "vraag"), {"versie": 1, "gezien": 0, "tekst": "Waar?"})
    again = {name: response.context["form"][name].value() for name in ("versie", "gezien", "tekst")}
    assert again["tekst"] == "Waar?"
    assert desk.post(adres(aanvraag, "vraag"), again).status_code == 302
    assert Bericht.objects.get().soort == BerichtSoort.VRAAG


def test_pressing_twice_asks_once(desk):
    aanvraag = factories.aanvraag()
    sent = {"versie": 1, "gezien": 0, "tekst": "Waar?"}
    answers = [desk.post(adres(aanvraag, "vraag"), sent).status_code for _ in range(2)]
    assert (answers, Bericht.objects.count()) == ([302, 200], 1)


def test_pressing_twice_keeps_one_note(desk):
    aanvraag = factories.aanvraag()
    for _ in range(2):
        desk.post(adres(aanvraag, "notitie"), {"versie": 1, "tekst": "Ken ik."})
    assert aanvraag.gebeurtenissen.count() == 1


def test_a_page_that_is_opened_from_an_old_screen_tells_it_at_once(desk, sam):
    aanvraag = factories.aanvraag()
    address = f"{adres(aanvraag, 'goedkeuren')}?versie=1&gezien=0"
    assert VERANDERD not in text(desk.get(address))
    actions.take_aanvraag(aanvraag, door=sam, versie=1)
    page = text(desk.get(address))
    assert VERANDERD in page
    assert "Ik pak dit op." in page


def test_what_is_no_longer_possible_says_so_and_keeps_the_text(desk, sam):
    aanvraag = factories.aanvraag()
    actions.reject_aanvraag(aanvraag, door=sam, versie=1, reden="spam", tekst="")
    page = text(desk.post(adres(aanvraag, "vraag"), {"versie": 1, "tekst": "Mijn lange vraag"}))
    assert "Mijn lange vraag" in page
    assert "Dit kan niet meer: de aanvraag is nu “Afgewezen”." in page


@pytest.mark.parametrize("versie", [None, "", "x", "-1", "0", "99999999999999999999"])
@pytest.mark.parametrize("gezien", [None, "x", "-1", "99999999999999999999"])
def test_a_form_that_does_not_say_what_it_saw_does_nothing(desk, versie, gezien):
    aanvraag = factories.aanvraag()
    sent = {name: value for name, value in (("versie", versie), ("gezien", gezien)) if value is not None}
    page = text(desk.post(adres(aanvraag, "goedkeuren"), sent))
    assert VERANDERD in page
    assert Organisatie.objects.count() == 0


@pytest.mark.parametrize("naam", ["vraag", "gesprek", "notitie", "afwijzen"])
@pytest.mark.parametrize("tekst", ["\0", "a\u202eb", "x" * 3001])
def test_a_text_that_cannot_be_stored_comes_back_with_a_sentence(desk, naam, tekst):
    values, typed, _ = KAN[naam]
    aanvraag = factories.aanvraag(**values)
    response = doe(desk, aanvraag, naam, **typed | {"tekst": tekst})
    assert response.context["form"].errors.keys() == {"tekst"}
    assert response.context["form"]["tekst"].value() == tekst


def test_an_empty_question_is_not_sent(desk):
    response = doe(desk, factories.aanvraag(), "vraag", tekst="  \n ")
    assert "tekst" in response.context["form"].errors
    assert Bericht.objects.count() == 0


# --- rejecting


def test_a_rejection_asks_for_its_reason_first(desk):
    response = desk.get(adres(factories.aanvraag(), "afwijzen"))
    assert [name for name in response.context["form"].fields if name not in ("versie", "gezien")] == ["reden"]
    assert response.context["asks_reason"]


@pytest.mark.parametrize("taal", ["nl", "en"])
@pytest.mark.parametrize("reden", [reden for reden in AfwijsReden if reden != AfwijsReden.SPAM])
def test_a_reason_gives_a_text_in_the_language_of_the_applicant(desk, taal, reden):
    response = desk.get(adres(factories.aanvraag(taal=taal), "afwijzen"), {"reden": reden})
    start = {"nl": "Bedankt voor je aanvraag.", "en": "Thank you for your request."}[taal]
    assert response.context["form"]["tekst"].value().startswith(start)


def test_spam_gets_no_text(desk):
    response = desk.get(adres(factories.aanvraag(), "afwijzen"), {"reden": "spam"})
    assert response.context["form"]["tekst"].value() == ""


@pytest.mark.parametrize(
    ("typed", "kept"), [("", ""), (suggested("dubbel", "nl"), ""), ("Mijn eigen zin.", "Mijn eigen zin.\n\n")]
)
def test_the_text_of_another_reason_never_takes_away_what_was_typed(desk, typed, kept):
    aanvraag = factories.aanvraag()
    response = doe(desk, aanvraag, "afwijzen", reden="niet-amsterdam", tekst=typed, voorstel="1")
    assert response.context["form"]["tekst"].value() == kept + suggested("niet-amsterdam", "nl")
    assert aanvraag.status == AanvraagStatus.NIEUW


def test_a_rejection_says_to_whom_the_mail_goes_or_that_there_is_none(desk):
    proved, unproved = factories.aanvraag(email="hanan@tafel.example"), factories.aanvraag(status="onbevestigd")
    page = text(desk.get(adres(proved, "afwijzen"), {"reden": "anders"}))
    assert 'Er gaat een mail naar <span dir="ltr">hanan@tafel.example</span>.' in page
    assert "Er gaat geen mail" in text(desk.get(adres(unproved, "afwijzen"), {"reden": "anders"}))


def test_an_empty_text_rejects_without_mail(desk):
    aanvraag = factories.aanvraag()
    doe(desk, aanvraag, "afwijzen", reden="anders", tekst="")
    assert (aanvraag.status, Bericht.objects.count()) == (AanvraagStatus.AFGEWEZEN, 0)


# --- approving


def test_the_page_of_an_approval_says_what_will_be_made(desk):
    aanvraag = factories.aanvraag(organisatie_naam="Zomerkoor", taal="en", naam="Hanan", email="hanan@koor.example")
    factories.organisatie(naam="Zomer Koor")
    page = re.sub(r"\s+", " ", text(desk.get(adres(aanvraag, "goedkeuren"))))
    assert "Er komt een pagina van <bdi>Zomerkoor</bdi>, als concept." in page
    assert '<bdi>Hanan</bdi> krijgt een account met <span dir="ltr">hanan@koor.example</span>' in page
    assert "De taal is Engels." in page
    assert "Let op: dit lijkt op iets dat er al is" in page


@pytest.mark.parametrize(
    ("account", "sentence"),
    [({}, "heeft al een account"), ({"is_staff": True}, "Dit is een collega."), ({"is_active": False}, "staat uit")],
)
def test_the_page_of_an_approval_knows_the_account(desk, account, sentence):
    aanvraag = factories.aanvraag(email="Hanan@tafel.example")
    factories.gebruiker(email="hanan@tafel.example", **account)
    assert sentence in text(desk.get(adres(aanvraag, "goedkeuren")))


def test_an_account_that_is_off_stops_the_approval_with_a_sentence(desk):
    aanvraag = factories.aanvraag(email="hanan@tafel.example")
    factories.gebruiker(email="hanan@tafel.example", is_active=False)
    assert "Het account van hanan@tafel.example staat uit." in text(doe(desk, aanvraag, "goedkeuren"))
    assert (aanvraag.status, Organisatie.objects.count()) == (AanvraagStatus.NIEUW, 0)


def test_an_approved_request_shows_its_organisation_its_editor_and_the_mail(desk):
    aanvraag = factories.aanvraag(naam="Hanan")
    doe(desk, aanvraag, "goedkeuren")
    page = text(desk.get(adres(aanvraag)))
    assert reverse("admin:organisaties_organisatie_change", args=[aanvraag.organisatie_id]) in page
    assert "Verstuurd, geldig tot" in page
    assert Bericht.objects.get().onderwerp in page
    assert "Stuur een nieuwe uitnodiging" in page


def renew(desk, aanvraag, **values):
    sent = {"beheerder": Beheerder.objects.get().pk, "na": Uitnodiging.objects.first().pk, **values}
    return desk.post(adres(aanvraag, "uitnodiging"), sent, follow=True)


def test_a_new_invitation_replaces_the_old_one_and_pressing_twice_mails_once(desk):
    aanvraag = factories.aanvraag(taal="en")
    doe(desk, aanvraag, "goedkeuren")
    first = Uitnodiging.objects.get()
    assert "De nieuwe uitnodiging is onderweg." in text(renew(desk, aanvraag, na=first.pk))
    assert "Er is net al een nieuwe uitnodiging gestuurd." in text(renew(desk, aanvraag, na=first.pk))
    first.refresh_from_db()
    assert (first.is_valid, Uitnodiging.objects.count()) == (False, 2)
    assert list(Bericht.objects.values_list("soort", "taal")) == [("uitnodiging", "en")] * 2


def test_an_editor_of_another_organisation_gets_no_invitation_here(desk):
    aanvraag, other = factories.aanvraag(), factories.beheerder()
    doe(desk, aanvraag, "goedkeuren")
    response = desk.post(adres(aanvraag, "uitnodiging"), {"beheerder": other.pk, "na": ""})
    assert (response.status_code, Uitnodiging.objects.count()) == (404, 1)


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
