"""The deeds of a coordinator: each acts once, on what was on the screen, and loses nothing that was typed."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from organisaties import actions
from organisaties.admin.oordelen import DADEN
from organisaties.choices import AanvraagStatus, AfwijsReden, BerichtSoort
from organisaties.forms.oordelen import suggested
from organisaties.models import Aanvraag, Beheerder, Bericht, Gebruiker, Organisatie, Uitnodiging
from tests import factories
from tests.test_admin_aanvragen import adres, text

pytestmark = pytest.mark.django_db

VERANDERD = "Intussen is er iets veranderd"


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


def doe(desk, aanvraag, naam, **values):
    """Press the button of a deed on a screen that was opened now."""
    seen = {"versie": aanvraag.versie, "gezien": max([each.pk for each in aanvraag.gebeurtenissen.all()], default=0)}
    response = desk.post(adres(aanvraag, naam), seen | values)
    aanvraag.refresh_from_db()
    return response


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
