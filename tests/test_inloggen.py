"""Logging in with a code by e-mail: who has an account gets in, and nobody can find out who has one."""

from datetime import timedelta
from unittest import mock

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from organisaties import berichten
from organisaties.choices import BerichtSoort
from organisaties.models import Bericht, Sessie
from tests import factories
from tests.lezen import lees
from tests.paginas import TALEN

pytestmark = pytest.mark.django_db

IN_ELKE_TAAL = pytest.mark.parametrize("taal", TALEN)
EMAIL = "hanan@tafel.example"


def adres(naam, taal="nl"):
    with override(taal):
        return reverse(naam)


@pytest.fixture
def hanan():
    return factories.beheerder(gebruiker=factories.gebruiker(email=EMAIL, naam="Hanan")).gebruiker


def vraag(client, email=EMAIL, taal="nl", **more):
    return client.post(adres("account_login", taal), {"email": email, **more})


def code():
    return berichten.link_of(Bericht.objects.filter(soort=BerichtSoort.INLOGCODE).first())


def geef(client, given, taal="nl", **more):
    return client.post(adres("account_confirm_login_code", taal), {"code": given, **more})


def is_binnen(client):
    return "_auth_user_id" in client.session


def koppen(response):
    return [text.text for text in lees(response.content).all("a") if text.get("href", "").startswith("#id_")]


# --- the way in


@IN_ELKE_TAAL
def test_the_code_of_the_mail_logs_in_and_leads_home(client, hanan, taal):
    response = vraag(client, " Hanan@TAFEL.example ", taal)
    assert (response.status_code, response.headers["Location"]) == (302, adres("account_confirm_login_code", taal))
    mail = Bericht.objects.get()
    assert (mail.soort, mail.aan.lower(), mail.taal) == (BerichtSoort.INLOGCODE, EMAIL, taal)
    assert EMAIL in client.get(response.headers["Location"]).content.decode().lower()
    response = geef(client, code(), taal)
    assert (response.status_code, response.headers["Location"], is_binnen(client)) == (302, adres("mijn", taal), True)


def test_the_outbox_holds_no_code(client, hanan):
    vraag(client)
    mail = Bericht.objects.get()
    assert code() not in (mail.tekst, mail.onderwerp)
    assert code() in berichten.text_of(mail)
    assert len(code()) == 6


@pytest.mark.parametrize("write", ["{0}{1}{2} {3}{4}{5}", " {0}{1}-{2}{3}-{4}{5} ", "code: {0}{1}{2}{3}{4}{5}."])
def test_spaces_and_dashes_in_a_code_do_not_matter(client, hanan, write):
    vraag(client)
    geef(client, write.format(*code()))
    assert is_binnen(client)


def test_digits_of_another_script_are_digits(client, hanan):
    vraag(client)
    geef(client, "".join(chr(ord("٠") + int(digit)) for digit in code()))
    assert is_binnen(client)


def test_logging_in_begins_a_new_session_of_fourteen_days(client, hanan):
    vraag(client)
    before = client.session.session_key
    geef(client, code())
    sessie = Sessie.objects.get(gebruiker=hanan)
    assert sessie.session_key != before
    assert timedelta(days=13) < sessie.expire_date - timezone.now() <= timedelta(days=14)


def test_who_is_on_the_way_to_a_page_gets_there(client, hanan):
    goal = reverse("mijn-organisatie", args=[hanan.beheert.get().organisatie.slug])
    response = client.post(f"{adres('account_login')}?next={goal}", {"email": EMAIL})
    response = client.post(response.headers["Location"], {"code": code()})
    assert response.headers["Location"] == goal


@pytest.mark.parametrize("goal", ["//evil.example", "https://evil.example", r"/\evil.example", "javascript:alert(1)"])
def test_the_way_leads_to_no_other_site(client, hanan, goal):
    response = vraag(client, next=goal)
    response = client.post(response.headers["Location"], {"code": code(), "next": goal})
    assert response.headers["Location"] == adres("mijn")


def test_who_is_in_already_asks_no_code(client, hanan):
    client.force_login(hanan)
    assert client.get(adres("account_login")).headers["Location"] == adres("mijn")


@IN_ELKE_TAAL
def test_asking_for_the_address_takes_no_query_that_looks_somebody_up(client, hanan, taal):
    with CaptureQueriesContext(connection) as captured:
        client.get(adres("account_login", taal))
    assert len(captured) == 0


def test_each_step_takes_few_queries(client, hanan):
    with CaptureQueriesContext(connection) as captured:
        client.get(vraag(client).headers["Location"])
    assert len(captured) <= 14
    with CaptureQueriesContext(connection) as captured:
        geef(client, code())
    assert len(captured) <= 16


# --- what does not work


def test_page_and_mail_agree_how_long_a_code_works(settings):
    assert timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT) == berichten.CODE_GELDIG
    assert settings.ACCOUNT_LOGIN_TIMEOUT == settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT


def test_a_code_works_once(client, hanan):
    vraag(client)
    geef(client, code())
    client.logout()
    geef(client, code())
    assert not is_binnen(client)


def test_a_code_works_only_where_it_was_asked(client, hanan):
    vraag(client)
    thief = Client()
    vraag(thief)
    first = berichten.link_of(Bericht.objects.order_by("pk").first())
    geef(thief, first)
    assert not is_binnen(thief)


def test_after_a_quarter_of_an_hour_a_new_code_is_needed(client, hanan):
    vraag(client)
    with mock.patch("time.time", return_value=timezone.now().timestamp() + 15 * 60 + 1):
        response = geef(client, code())
    assert (response.headers["Location"], is_binnen(client)) == (adres("account_login"), False)


@IN_ELKE_TAAL
def test_three_wrong_codes_end_it_and_that_is_said(client, hanan, taal):
    vraag(client, taal=taal)
    wrong = "000000" if code() != "000000" else "111111"
    for _ in range(2):
        response = geef(client, wrong, taal)
        assert (response.status_code, len(koppen(response))) == (200, 1)
    response = client.get(geef(client, wrong, taal).headers["Location"])
    assert len(lees(response.content).all("div", role="alert")) == 1
    geef(client, code(), taal)
    assert not is_binnen(client)


def test_after_a_typing_error_another_address_can_be_taken(client, hanan):
    vraag(client, "typfout@tafel.example")
    assert client.get(adres("account_login")).headers["Location"] == adres("account_confirm_login_code")
    geef(client, "", anders="ja")
    vraag(client)
    geef(client, code())
    assert is_binnen(client)


def test_nothing_can_be_sent_from_the_page_of_the_code(client, hanan):
    """An address without an account would get no second mail, and that could be counted."""
    vraag(client)
    geef(client, "", action="resend")
    assert Bericht.objects.count() == 1


@pytest.mark.parametrize("email", ["", "hanan", "hanan@", "a\nb@c.nl", "x" * 250 + "@c.nl", "\x00@c.nl", "a@b@c"])
def test_what_is_no_address_comes_back_with_a_sentence(client, email):
    response = vraag(client, email)
    assert (response.status_code, len(koppen(response)), Bericht.objects.count()) == (200, 1, 0)


@pytest.mark.parametrize("given", ["", " ", "abc", "12345", "1" * 41, "\x00" * 6, "½½½½½½"])
def test_what_is_no_code_comes_back_with_a_sentence(client, hanan, given):
    vraag(client)
    response = geef(client, given)
    assert (response.status_code, len(koppen(response)), is_binnen(client)) == (200, 1, False)


def test_a_form_of_another_site_is_refused(hanan):
    client = Client(enforce_csrf_checks=True)
    assert vraag(client).status_code == 403
    assert Bericht.objects.count() == 0


# --- nobody finds out who has an account (S10)


def _uit():
    return factories.gebruiker(email=EMAIL, is_active=False)


def _coordinator():
    return factories.gebruiker(email=EMAIL, is_staff=True)


def _beheerder():
    return factories.beheerder(gebruiker=factories.gebruiker(email=EMAIL)).gebruiker


MENSEN = {"onbekend": str, "uit": _uit, "coordinator": _coordinator, "beheerder": _beheerder}


def _answers(client):
    asked = vraag(client)
    page = client.get(asked.headers["Location"])
    heads = sorted(name for name in page.headers if name != "Set-Cookie")
    main = lees(page.content).one("main").text
    return asked.status_code, asked.headers["Location"], page.status_code, heads, main, geef(client, "12").status_code


def test_the_answers_are_the_same_for_everybody(db):
    answers = []
    for make in MENSEN.values():
        person = make()
        answers.append(_answers(Client()))
        cache.clear()
        if person:
            person.delete()
    assert len(set(map(repr, answers))) == 1


@pytest.mark.parametrize("who", MENSEN)
def test_everybody_gets_one_mail_and_only_an_editor_a_code(client, who):
    MENSEN[who]()
    vraag(client)
    wanted = BerichtSoort.INLOGCODE if who == "beheerder" else BerichtSoort.GEEN_ACCOUNT
    assert [mail.soort for mail in Bericht.objects.all()] == [wanted]


def test_the_mail_without_a_code_repeats_nothing_and_leads_to_joining(client):
    vraag(client, "evil+http-win@x.example")
    text = berichten.text_of(Bericht.objects.get())
    assert "evil" not in text
    assert reverse("aansluiten") in text


@IN_ELKE_TAAL
def test_there_is_no_signing_up(client, taal):
    vraag(client, "nieuw@x.example", taal)
    assert client.get(adres("account_signup", taal)).status_code == 200
    assert adres("account_signup", taal) == adres("aansluiten", taal)


# --- guessing, and filling a mailbox


@pytest.mark.parametrize("who", MENSEN)
def test_a_mailbox_gets_five_mails_an_hour_and_no_page_tells(who):
    MENSEN[who]()
    answers = []
    for _ in range(7):
        cache.clear()  # as after a restart: what was sent is counted in the outbox
        visitor = Client()
        answers.append((vraag(visitor).status_code, visitor.get(adres("account_confirm_login_code")).status_code))
    assert (set(answers), Bericht.objects.count()) == ({(302, 200)}, 5)


def test_asking_too_often_for_one_address_is_said(client):
    for _ in range(5):
        vraag(Client())
    assert len(koppen(vraag(client))) == 1


def test_sixty_people_behind_one_address_all_get_a_code(client):
    for number in range(60):
        assert vraag(Client(), f"mens{number}@x.example").status_code == 302
    assert vraag(client, "mens60@x.example").status_code == 200


# --- where somebody is logged in

FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0"


@pytest.fixture
def twee(client, hanan):
    """Two devices on which she is logged in: here and elsewhere."""
    elsewhere = Client(headers={"user-agent": EDGE})
    for one in (client, elsewhere):
        vraag(one)
        one.post(adres("account_confirm_login_code"), {"code": code()}, headers={"user-agent": EDGE})
    return client, elsewhere


@pytest.mark.parametrize(("agent", "words"), [(FIREFOX, "Firefox, Android"), (EDGE, "Edge, Windows"), ("", "")])
def test_a_session_tells_the_device_without_versions(client, hanan, agent, words):
    vraag(client)
    client.post(adres("account_confirm_login_code"), {"code": code()}, headers={"user-agent": agent})
    assert Sessie.objects.get(gebruiker=hanan).apparaat == (words or "Onbekend apparaat")


def test_the_account_shows_both_and_ends_the_other(twee):
    here, elsewhere = twee
    page = lees(here.get(adres("account")).content).one("main")
    (button,) = page.all("button", name="kenmerk")
    here.post(adres("account"), {"kenmerk": button.get("value")})
    assert elsewhere.get(adres("account")).status_code == 302
    assert here.get(adres("account")).status_code == 200


def test_all_others_end_at_once(twee):
    here, elsewhere = twee
    assert here.post(adres("account"), {"anders": "ja"}).status_code == 303
    assert elsewhere.get(adres("mijn")).status_code == 200  # the public text
    assert not is_binnen(elsewhere)
    assert is_binnen(here)


def test_nobody_ends_a_session_of_somebody_else(client, twee):
    stranger = Client()
    stranger.force_login(factories.gebruiker())
    marks = [sessie.kenmerk for sessie in Sessie.objects.all()]
    for mark in (*marks, "", "x", "\x00"):
        stranger.post(adres("account"), {"kenmerk": mark})
    assert all(map(is_binnen, twee))


def test_the_page_holds_no_key_of_a_session(twee):
    page = twee[0].get(adres("account")).content.decode()
    assert [key for key in Sessie.objects.values_list("session_key", flat=True) if key in page] == []


def test_who_does_something_stays_and_who_does_nothing_does_not(client, hanan):
    client.force_login(hanan)
    begin = timezone.now()
    for days in (13, 26):
        with mock.patch("django.utils.timezone.now", return_value=begin + timedelta(days=days)):
            assert client.get(adres("account")).status_code == 200
    with mock.patch("django.utils.timezone.now", return_value=begin + timedelta(days=41)):
        assert client.get(adres("account")).status_code == 302


def test_who_becomes_a_coordinator_logs_in_anew(client, hanan):
    vraag(client)
    geef(client, code())
    hanan.is_staff = True
    hanan.save()
    assert client.get(reverse("admin:index")).status_code == 302
    client.force_login(hanan)
    hanan.save()
    assert client.get(reverse("admin:index")).status_code == 200
