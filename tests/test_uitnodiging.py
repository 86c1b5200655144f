"""The invitation: looking changes nothing, the button logs in once; after that a code by e-mail does."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from organisaties.models import Sessie, Uitnodiging
from tests import factories
from tests.lezen import lees
from tests.paginas import TALEN

pytestmark = pytest.mark.django_db

IN_ELKE_TAAL = pytest.mark.parametrize("taal", TALEN)


@pytest.fixture
def uitnodiging():
    return Uitnodiging.objects.create(beheerder=factories.beheerder())


def adres(uitnodiging, taal="nl"):
    with override(taal):
        return reverse("uitnodiging", args=[uitnodiging.token])


def mijn_adres(uitnodiging, taal="nl"):
    with override(taal):
        return reverse("mijn-organisatie", args=[uitnodiging.beheerder.organisatie.slug])


def used(row):
    Uitnodiging.objects.filter(pk=row.pk).update(gebruikt_at=timezone.now())


def replaced(row):
    Uitnodiging.objects.filter(pk=row.pk).update(ingetrokken_at=timezone.now())


def expired(row):
    Uitnodiging.objects.filter(pk=row.pk).update(verloopt_at=timezone.now() - timedelta(seconds=1))


def switched_off(row):
    row.beheerder.gebruiker.is_active = False
    row.beheerder.gebruiker.save()


def coordinator(row):
    row.beheerder.gebruiker.is_staff = True
    row.beheerder.gebruiker.save()


OVER = {"gebruikt": used, "vervangen": replaced, "verlopen": expired}
NIET = {**OVER, "uit": switched_off, "beheer": coordinator}


# --- looking


@IN_ELKE_TAAL
def test_looking_twice_changes_nothing_and_sets_no_cookie(client, uitnodiging, taal):
    for ask in (client.get, client.head, client.get):
        response = ask(adres(uitnodiging, taal))
        assert (response.status_code, response.cookies.output()) == (200, "")
        assert "cookie" not in response.headers.get("Vary", "").lower()
    uitnodiging.refresh_from_db()
    assert (uitnodiging.is_valid, Sessie.objects.count()) == (True, 0)


def test_the_page_names_the_organisation_and_has_one_button(client, uitnodiging):
    main = lees(client.get(adres(uitnodiging)).content).one("main")
    form = main.all("form")[0]
    assert uitnodiging.beheerder.organisatie.naam in main.text
    assert ([button.text for button in main.all("button")], form.get("method")) == (["Open mijn organisatie"], "post")


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("state", [None, *NIET])
def test_no_answer_is_kept_or_tells_where_somebody_came_from(client, uitnodiging, state, method):
    NIET.get(state, str)(uitnodiging)
    response = getattr(client, method)(adres(uitnodiging))
    assert (response.headers["Cache-Control"], response.headers["Referrer-Policy"]) == ("no-store", "no-referrer")


@pytest.mark.parametrize("token", ["x", "0" * 64, "a%00b", "%ED%A0%80", "x" * 5000])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_forged_token_is_no_page(client, uitnodiging, token, method):
    response = getattr(client, method)(f"/nl/uitnodiging/{token}/")
    assert (response.status_code, response.headers["Cache-Control"]) == (404, "no-store")
    assert lees(response.content).one("meta", name="robots").get("content") == "noindex"


# --- accepting


@IN_ELKE_TAAL
def test_the_button_logs_in_and_leads_to_the_organisation(client, uitnodiging, taal):
    response = client.post(adres(uitnodiging, taal))
    assert (response.status_code, response.headers["Location"]) == (303, mijn_adres(uitnodiging, taal))
    assert client.session["_auth_user_id"] == str(uitnodiging.beheerder.gebruiker.pk)
    assert client.get(response.headers["Location"]).status_code == 200


def test_it_works_without_any_cookie_of_a_form(uitnodiging):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(adres(uitnodiging), headers={"origin": "null"}).status_code == 303


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_website_can_log_nobody_in(client, uitnodiging, site):
    response = client.post(adres(uitnodiging), headers={"sec-fetch-site": site})
    uitnodiging.refresh_from_db()
    assert (response.status_code, uitnodiging.is_used, "session" in client.cookies) == (200, False, False)


def test_the_second_time_says_that_it_was_used(client, uitnodiging):
    client.post(adres(uitnodiging))
    other = Client()
    response = other.post(adres(uitnodiging), follow=True)
    assert (response.status_code, "_auth_user_id" in other.session) == (410, False)
    assert "al gebruikt" in lees(response.content).one("main").text


def test_logging_in_begins_a_new_session(client, uitnodiging):
    client.force_login(factories.gebruiker())
    before = client.session.session_key
    client.post(adres(uitnodiging))
    assert client.session.session_key != before
    assert not Sessie.objects.filter(session_key=before).exists()


@pytest.mark.parametrize("state", NIET)
def test_what_does_not_work_any_more_logs_nobody_in(client, uitnodiging, state):
    NIET[state](uitnodiging)
    response = client.post(adres(uitnodiging), follow=True)
    assert (response.status_code, "_auth_user_id" in client.session) == (410, False)


@IN_ELKE_TAAL
def test_every_state_has_its_own_page(client, taal):
    texts = []
    for state in NIET.values():
        row = Uitnodiging.objects.create(beheerder=factories.beheerder())
        state(row)
        page = lees(client.get(adres(row, taal)).content)
        assert page.one("title").text.startswith(page.one("h1").text)
        texts.append(page.one("main").text)
    assert len(set(texts)) == len(NIET)


@IN_ELKE_TAAL
@pytest.mark.parametrize("state", OVER)
def test_who_has_an_old_invitation_is_shown_where_to_log_in(client, uitnodiging, state, taal):
    OVER[state](uitnodiging)
    main = lees(client.get(adres(uitnodiging, taal)).content).one("main")
    with override(taal):
        assert main.one("a", class_="knop").get("href") == reverse("account_login")
    assert [form.get("id") for form in main.all("form")] == ["bewaar"]
