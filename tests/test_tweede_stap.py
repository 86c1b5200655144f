"""The desk's password and second step, passkeys, and how soon a session is over."""

import json
import time
from datetime import UTC, datetime, timedelta
from io import StringIO
from unittest import mock

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organisaties import tweede_stap
from organisaties.choices import BerichtSoort
from organisaties.forms.tweede_stap import ONBEKEND
from organisaties.models import Bericht
from organisaties.views.inloggen import TE_VAAK
from tests import factories
from tests.conftest import stille_klok
from tests.sleutels import GEZIEN, Passkey, code

pytestmark = pytest.mark.django_db

WACHTWOORD = "negen-fietsen-in-de-gracht"


@pytest.fixture(autouse=True)
def echt(settings):
    """As in production."""
    settings.TWEEDE_STAP = True
    settings.SITE_URL = "https://netwerk.example"
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False


@pytest.fixture
def noor():
    """A coordinator."""
    return factories.gebruiker(email="noor@netwerk.example", password=WACHTWOORD, is_staff=True, is_superuser=True)


@pytest.fixture
def hanan():
    """An editor."""
    return factories.beheerder(gebruiker=factories.gebruiker(email="hanan@tafel.example")).gebruiker


def log_in(client, email="noor@netwerk.example", password=WACHTWOORD, **more):
    return client.post(reverse("beheer-inloggen"), {"email": email, "password": password, **more})


def zet_app_aan(client):
    """Gives the secret of the app and the recovery codes."""
    secret = client.get(reverse("account-app")).context["form"].secret
    response = client.post(reverse("account-app"), {"code": code(secret)})
    assert response.headers["Location"] == reverse("account-codes")
    return secret, client.get(reverse("account-codes")).context["codes"]


def maak_passkey(client, **how):
    passkey = Passkey(**how)
    made = passkey.maak(client.get(reverse("account-passkey")).context["opties"])
    return passkey, client.post(reverse("account-passkey"), {"name": "Telefoon", "credential": made})


def toon_passkey(client, passkey, **how):
    options = client.get(reverse("mfa_login_webauthn")).json()
    return client.post(reverse("mfa_login_webauthn"), {"credential": passkey.toon(options, **how)})


def is_open(client):
    return client.get(reverse("admin:index")).status_code == 200


# --- the desk


def test_the_desk_opens_after_a_second_step_is_set_up(client, noor):
    response = client.get(reverse("admin:index"), follow=True)
    assert response.redirect_chain[-1][0].startswith(reverse("beheer-inloggen"))
    assert not log_in(client).headers["Location"].startswith("//")
    assert client.get(reverse("admin:index"), follow=True).redirect_chain[-1][0] == reverse("account-app")
    _, codes = zet_app_aan(client)
    assert (len(codes), is_open(client)) == (10, True)
    assert client.get(reverse("account-codes")).context["codes"] == codes
    assert client.post(reverse("account-codes"), {"bewaard": "ja"}).headers["Location"] == reverse("admin:index")
    assert client.get(reverse("account-codes")).context["codes"] == []


def test_the_demonstration_does_without(client, noor, settings):
    settings.TWEEDE_STAP = False
    assert log_in(client).headers["Location"] == reverse("admin:index")
    assert is_open(client)


def test_later_the_password_is_half_of_it_and_a_code_works_once(client, noor):
    log_in(client)
    secret, codes = zet_app_aan(client)
    later = time.time() + 30
    tries = ((time.time(), code(secret), False), (later, code(secret, 1), True), (later, code(secret, 1), False))
    for now, given, opens in (*tries, (later, codes[0], True), (later, codes[0], False)):
        cache.clear()  # as another process of the site, which remembers nothing
        visitor = Client()
        with mock.patch("time.time", return_value=now), stille_klok(datetime.fromtimestamp(now, UTC)):
            assert log_in(visitor).headers["Location"] == reverse("mfa_authenticate")
            assert not is_open(visitor)
            visitor.post(reverse("mfa_authenticate"), {"code": f"{given[:3]} {given[3:]}"})
            assert is_open(visitor) == opens
    assert visitor.post(reverse("mfa_authenticate"), {"anders": "ja"}).headers["Location"] == reverse("beheer-inloggen")


@pytest.mark.usefixtures("noor")
def test_whatever_is_wrong_the_sentence_is_the_same(client, hanan):
    hanan.set_password(WACHTWOORD)
    hanan.save()
    for email, password in (
        ("noor@netwerk.example", "mis"),
        ("wie@tafel.example", WACHTWOORD),
        (hanan.email, WACHTWOORD),
    ):
        response = log_in(client, email, password)
        assert (response.status_code, response.context["form"].errors) == (200, {"password": [ONBEKEND]})


def test_guessing_is_slowed_down_and_locks_nobody_out(client, noor):
    log_in(client)
    passkey, _ = maak_passkey(client)
    thief = Client()
    for _ in range(5):
        log_in(thief, password="mis")
    assert str(TE_VAAK) in log_in(thief).content.decode()
    toon_passkey(other := Client(), passkey)
    assert is_open(other)


def test_the_way_leads_to_no_other_site(client, noor, settings):
    settings.TWEEDE_STAP = False
    assert log_in(client, next="//evil.example").headers["Location"] == reverse("admin:index")


def test_a_first_key_ends_sessions_that_know_only_the_password(client, noor):
    thief = Client()
    log_in(thief)
    log_in(client)
    zet_app_aan(client)
    assert thief.get(reverse("account")).status_code == 302


def test_without_keys_the_desk_is_closed_again_and_codes_are_gone(client, noor):
    log_in(client)
    zet_app_aan(client)
    key = tweede_stap.keys_of(noor, Authenticator.Type.TOTP)[0]
    assert client.get(reverse("account-sleutel", args=[key.pk])).status_code == 200
    client.post(reverse("account-sleutel", args=[key.pk]))
    assert tweede_stap.keys_of(noor) == []
    log_in(other := Client())
    assert not is_open(other)


def test_new_recovery_codes_replace_the_old(client, noor):
    log_in(client)
    _, old = zet_app_aan(client)
    client.post(reverse("account-codes"))
    new = client.get(reverse("account-codes")).context["codes"]
    assert len(new) == 10
    assert not set(new) & set(old)


def test_a_colleague_or_the_command_takes_lost_keys_away(client, noor):
    log_in(client)
    zet_app_aan(client)
    lost = factories.gebruiker(email="lost@netwerk.example", is_staff=True)
    for reset in (
        lambda: client.post(
            reverse("admin:organisaties_gebruiker_changelist"),
            {"action": "forget_keys", "_selected_action": [lost.pk]},
        ),
        lambda: call_command("reset_tweede_stap", "Lost@netwerk.example", stdout=StringIO()),
    ):
        Authenticator.objects.create(user=lost, type=Authenticator.Type.TOTP, data={})
        reset()
        assert tweede_stap.keys_of(lost) == []
    assert Bericht.objects.filter(aan=lost.email, soort=BerichtSoort.INLOGMANIER).count() == 2


# --- passkeys


def test_an_editor_logs_in_with_a_passkey_and_still_with_a_code(client, hanan):
    client.force_login(hanan)
    passkey, response = maak_passkey(client)
    assert response.headers["Location"] == f"{reverse('account')}?klaar=erbij"
    assert "Telefoon" in client.get(reverse("account")).content.decode()
    assert toon_passkey(Client(), passkey).headers["Location"] == reverse("mijn")
    assert not tweede_stap.Adapter().is_mfa_enabled(hanan)
    assert Bericht.objects.get().soort == BerichtSoort.INLOGMANIER


def test_a_passkey_opens_the_desk_alone_and_after_a_password(client, noor):
    log_in(client)
    passkey, response = maak_passkey(client)
    assert response.headers["Location"] == reverse("account-codes")
    toon_passkey(alone := Client(), passkey)
    assert is_open(alone)
    log_in(after := Client())
    options = after.get(reverse("mfa_authenticate")).context["js_data"]["request_options"]
    after.post(reverse("mfa_authenticate"), {"credential": passkey.toon(options)})
    assert is_open(after)


@pytest.mark.parametrize("wrong", ["another site", "another key", "nobody looked", "switched off"])
def test_a_passkey_that_is_not_right_opens_nothing(client, hanan, wrong):
    client.force_login(hanan)
    passkey, _ = maak_passkey(client)
    if wrong == "another key":
        passkey = Passkey(nummer=passkey.nummer, van=passkey.van)
    elif wrong == "nobody looked":
        passkey.gezien &= ~(GEZIEN & 4)
    elif wrong == "switched off":
        hanan.is_active = False
        hanan.save()
    site = "https://evil.example" if wrong == "another site" else ""
    response = toon_passkey(thief := Client(), passkey, site=site)
    assert response.headers["Location"].startswith(reverse("account_login"))
    assert str(tweede_stap.FOUTE_PASSKEY) in thief.get(reverse("account_login")).content.decode()
    assert "_auth_user_id" not in thief.session


def test_a_passkey_that_looked_at_nobody_is_not_kept(client, hanan):
    client.force_login(hanan)
    _, response = maak_passkey(client, gezien=GEZIEN & 1)
    assert (response.status_code, tweede_stap.keys_of(hanan)) == (200, [])
    assert str(tweede_stap.FOUTE_PASSKEY) in response.content.decode()


ONZIN = [
    "",
    "null",
    "[]",
    "{",
    "[" * 100_000,
    '{"response": 3}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "AA", "attestationObject": "A"}}',
    '{"response": {"userHandle": "MQ", "clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AA"}}',
    '{"response": {"userHandle": ["x"]}}',
    '{"id": "\\u0000", "rawId": {}, "response": {"userHandle": "__"}}',
]


@pytest.mark.parametrize(
    ("goal", "door"), [("", "account_login"), ("/admin/", "beheer-inloggen"), ("//evil.example", "account_login")]
)
def test_who_fails_with_a_passkey_is_back_at_the_own_door(client, goal, door):
    response = client.post(reverse("mfa_login_webauthn"), {"credential": "", "next": goal}, follow=True)
    wanted = goal if door == "beheer-inloggen" else reverse("mijn")
    assert response.redirect_chain == [(f"{reverse(door)}?next={wanted}", 302)]
    assert str(tweede_stap.FOUTE_PASSKEY) in response.content.decode()


def test_what_no_browser_says_is_no_error(client, hanan):
    client.force_login(hanan)
    stranger = Client()
    for nonsense in ONZIN:
        client.get(reverse("account-passkey"))
        stranger.get(reverse("mfa_login_webauthn"))
        data = {"name": "x", "credential": nonsense}
        assert client.post(reverse("account-passkey"), data).status_code == 200
        assert stranger.post(reverse("mfa_login_webauthn"), data).status_code == 302
    assert tweede_stap.keys_of(hanan) == []


def test_each_part_of_an_answer_that_is_broken_is_no_error(client, hanan):
    client.force_login(hanan)
    passkey, _ = maak_passkey(client)
    stranger = Client()
    options = stranger.get(reverse("mfa_login_webauthn")).json()
    good = json.loads(passkey.toon(options))
    for broken in ("", "AA", "!", 3, None, [], {}, "A" * 5000):
        answers = [good | {name: broken} for name in good]
        answers += [good | {"response": good["response"] | {name: broken}} for name in good["response"]]
        for answer in answers:
            response = stranger.post(reverse("mfa_login_webauthn"), {"credential": json.dumps(answer)})
            assert response.status_code == 302


# --- for whom, and when


@pytest.mark.parametrize("name", ["account-app", "account-codes"])
def test_codes_are_for_the_desk(client, hanan, name):
    client.force_login(hanan)
    assert client.get(reverse(name)).status_code == 404


def test_another_persons_key_is_not_there(client, hanan, noor):
    key = Authenticator.objects.create(user=noor, type=Authenticator.Type.TOTP, data={})
    client.force_login(hanan)
    assert client.post(reverse("account-sleutel", args=[key.pk])).status_code == 404
    assert tweede_stap.keys_of(noor) == [key]


@pytest.mark.parametrize("name", ["account-passkey", "account-app", "account-codes"])
def test_changing_how_to_log_in_asks_to_log_in_again(client, noor, name):
    client.force_login(noor)
    with mock.patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(minutes=16)):
        assert "Log eerst opnieuw in" in client.get(reverse(name)).content.decode()
        response = client.post(reverse(name), {"credential": "{}"})
        assert response.headers["Location"].startswith(reverse("beheer-inloggen"))
    assert "_auth_user_id" not in client.session


def test_secrets_in_the_database_are_unreadable_and_outlive_a_new_key(settings):
    adapter = tweede_stap.Adapter()
    closed = adapter.encrypt("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DP" not in closed
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 10
    assert adapter.decrypt(closed) == "JBSWY3DPEHPK3PXP"


def test_the_desk_closes_after_two_hours_of_nothing_and_twelve_of_anything(client, noor, settings):
    settings.TWEEDE_STAP = False
    begin = timezone.now()
    client.force_login(noor)
    for minutes, is_in in ((110, True), (225, True), (340, True), (455, True), (570, True), (685, True), (725, False)):
        with mock.patch("django.utils.timezone.now", return_value=begin + timedelta(minutes=minutes)):
            assert is_open(client) == is_in
    client.force_login(noor)
    with mock.patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(minutes=121)):
        assert not is_open(client)
