"""What makes a request suspicious, how many forms a network may send, and which network that is."""

from datetime import timedelta
from unittest import mock

import pytest
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from organisaties import drukte as druk
from organisaties.drukte import GEWOON, MEEST, Drukte, network_of
from organisaties.spam import GELDIG, TE_SNEL, is_reclame, lees_formulier, open_formulier, signs_of_reclame
from organisaties.views.afzender import adres_van, is_van_elders
from tests.conftest import NU, stille_klok

EERLIJK = {
    "organisatie_naam": "Buurttafel.nl",
    "naam": "Hanan El Amrani",
    "omschrijving": "Wij eten samen. Kijk op https://tafel.example of op https://instagram.com/tafel.",
    "werkwijze": "Nieuwkomers koken om de beurt.",
    "bericht": "",
}


# --- the token of a form


def test_a_form_is_the_same_one_until_it_is_too_old(klok):
    token = open_formulier()
    first = lees_formulier(token)
    with stille_klok(NU + timedelta(hours=19)):
        assert lees_formulier(token) == first
    with stille_klok(NU + GELDIG + timedelta(seconds=1)):
        assert lees_formulier(token) is None


def test_a_form_is_fast_for_three_seconds(klok):
    formulier = lees_formulier(open_formulier())
    assert formulier.is_snel
    with stille_klok(NU + TE_SNEL):
        assert not formulier.is_snel


def test_every_form_has_a_key_of_its_own_that_is_not_in_its_token(klok):
    tokens = [open_formulier() for _ in range(3)]
    keys = {lees_formulier(token).sleutel for token in tokens}
    assert len(keys) == 3
    assert [key for key in keys for token in tokens if key in token] == []


def test_a_changed_token_is_none_of_ours(klok):
    token = open_formulier()
    other = open_formulier()
    forged = [token[:-1] + ("A" if token[-1] != "A" else "B"), token.partition(":")[0] + ":" + other.partition(":")[2]]
    assert [lees_formulier(text) for text in (*forged, "", ".", "a:1.b", "\0", "é" * 99)] == [None] * 7


@given(st.text(max_size=80))
def test_any_text_is_no_token(text):
    assert lees_formulier(text) is None


# --- what a request says


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"omschrijving": "نأكل معًا كل أسبوع، ونطبخ بالتناوب في الحي."},
        {"naam": "ሰላም ተስፋይ", "omschrijving": "ብሓባር ንበልዕ።", "werkwijze": "ብሓባር ንበልዕ።"},
        {"omschrijving": "Готуємо разом щотижня!!! " * 20},
        {"werkwijze": "Ja", "bericht": "ja"},
        {"omschrijving": "Wij helpen jongeren die schulden hebben door bitcoin."},
    ],
)
def test_an_honest_request_is_no_advertising(said):
    assert not is_reclame({**EERLIJK, **said})


@pytest.mark.parametrize(
    ("said", "sign"),
    [
        ({"naam": "Win http://evil.example"}, "a link in a name"),
        ({"organisatie_naam": "WWW.EVIL.EXAMPLE"}, "a link in a name"),
        ({"bericht": "[url=x]kijk[/url]"}, "markup"),
        ({"bericht": "<a href=x>kijk</a>"}, "markup"),
        ({"bericht": "http://a.example http://b.example http://c.example"}, "links"),
        ({"omschrijving": "SEO services: backlinks for your site"}, "phrases"),
        ({"omschrijving": "Een lening zonder BKR, of een online casino"}, "phrases"),
        ({"bericht": EERLIJK["werkwijze"]}, "the same text everywhere"),
    ],
)
def test_advertising_is_found_and_says_why(said, sign):
    whole = {**EERLIJK, **said}
    assert (sign in signs_of_reclame(whole), is_reclame(whole)) == (True, True)


# --- how many forms a network sends


def _sent(drukte, adres, times):
    return [drukte.tel(adres) for _ in range(times)]


def test_a_network_is_counted_for_an_hour(klok):
    drukte = Drukte()
    assert _sent(drukte, "192.0.2.1", 3) == [1, 2, 3]
    assert drukte.tel("192.0.2.2") == 1
    with stille_klok(NU + timedelta(hours=1)):
        assert (drukte.tel("192.0.2.1"), len(drukte)) == (1, 1)


def test_counting_stops_above_the_most(klok):
    assert _sent(Drukte(), "192.0.2.1", MEEST + 5)[-3:] == [MEEST + 1] * 3
    assert GEWOON >= 30


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("", "no address", True),
    ],
)
def test_which_addresses_are_one_network(one, other, is_same):
    assert (network_of(one) == network_of(other)) == is_same


def test_nothing_of_an_address_is_kept(klok):
    drukte = Drukte()
    drukte.tel("198.51.100.77")
    drukte.tel("2001:db8:77::77")
    kept = repr(vars(drukte))
    assert [part for part in ("198", "198.51.100.77", "db8", repr(network_of("198.51.100.77"))) if part in kept] == []


def test_the_key_is_another_one_every_day_and_in_every_process(klok):
    one, two = Drukte(), Drukte()
    one.tel("192.0.2.1")
    two.tel("192.0.2.1")
    yesterday = set(one._keren)
    assert yesterday != set(two._keren)
    with stille_klok(NU + timedelta(days=1)):
        one.tel("192.0.2.1")
    assert yesterday.isdisjoint(one._keren)


def test_memory_has_a_bound(klok, monkeypatch):
    monkeypatch.setattr(druk, "MOST_NETWORKS", 10)
    drukte = Drukte()
    for number in range(30):
        drukte.tel(f"192.0.2.{number}")
    assert (len(drukte), drukte.tel("192.0.2.29")) == (10, 2)


# --- where a form comes from


def _asked(**headers):
    return RequestFactory(REMOTE_ADDR="192.0.2.1", **headers).post("/")


@pytest.mark.parametrize(
    ("hops", "told", "adres"),
    [
        (0, None, "192.0.2.1"),
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.66, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.66, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, None, "192.0.2.1"),
        (1, " , ", "192.0.2.1"),
    ],
)
def test_the_address_comes_only_from_our_own_proxies(settings, hops, told, adres):
    settings.PROXY_HOPS = hops
    assert adres_van(_asked(**({} if told is None else {"HTTP_X_FORWARDED_FOR": told}))) == adres


@pytest.mark.parametrize(
    ("headers", "is_elsewhere"),
    [
        ({}, False),
        ({"HTTP_SEC_FETCH_SITE": "same-origin"}, False),
        ({"HTTP_SEC_FETCH_SITE": "none"}, False),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, True),
        ({"HTTP_ORIGIN": "null"}, False),
        ({"HTTP_ORIGIN": "http://testserver"}, False),
        ({"HTTP_ORIGIN": "https://evil.example"}, True),
    ],
)
def test_a_form_on_another_site_is_seen(headers, is_elsewhere):
    assert is_van_elders(_asked(**headers)) == is_elsewhere


def test_the_clock_of_another_server_may_be_a_little_ahead():
    with mock.patch.object(timezone, "now", return_value=NU + timedelta(minutes=1)):
        token = open_formulier()
    with stille_klok():
        assert lees_formulier(token) is not None
