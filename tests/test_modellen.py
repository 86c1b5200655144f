"""The rules that the models and the database keep, whoever writes a row."""

from contextlib import nullcontext
from datetime import date, time
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import timezone, translation

from organisaties.choices import (
    ACTIVITEIT_TRANSITIONS,
    ORGANISATIE_TRANSITIONS,
    ActiviteitStatus,
    OrganisatieStatus,
)
from organisaties.filters import ActiviteitFilter
from organisaties.models import (
    Activiteit,
    Gebruiker,
    Plek,
)
from tests import factories

pytestmark = pytest.mark.django_db


def today(monkeypatch, day):
    monkeypatch.setattr(timezone, "localdate", lambda: day)


def pairs(statuses):
    return [(before, after) for before in statuses.values for after in statuses.values]


@pytest.mark.parametrize(
    "make",
    [
        factories.gebruiker,
        factories.thema,
        factories.vorm,
        factories.doelgroep,
        factories.taal,
        factories.stadsdeel,
        factories.organisatie,
        factories.locatie,
        factories.locatie_online,
        factories.activiteit,
        factories.moment,
        factories.uitzondering,
        factories.foto,
        factories.pagina,
    ],
)
def test_factory_makes_a_valid_row(make):
    entry = make()
    entry.full_clean(exclude=["password"])
    assert type(entry).objects.get(pk=entry.pk) == entry


# --- users


def test_gebruiker_email_is_stored_in_lower_case():
    assert factories.gebruiker(email=" Sara@Voorbeeld.EXAMPLE ").email == "sara@voorbeeld.example"


def test_gebruiker_email_is_unique_whatever_its_case():
    entry = factories.gebruiker(email="sara@voorbeeld.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        Gebruiker.objects.bulk_create([Gebruiker(email="SARA@voorbeeld.example")])
    assert Gebruiker.objects.get_by_natural_key("SARA@VOORBEELD.example") == entry


def test_gebruiker_with_a_used_email_is_refused_by_name():
    factories.gebruiker(email="sara@voorbeeld.example")
    with pytest.raises(ValidationError) as caught:
        Gebruiker(email="SARA@voorbeeld.example", password="x").full_clean()
    assert "email" in caught.value.message_dict


def test_gebruiker_without_email_is_refused():
    with pytest.raises(ValueError, match="needs an e-mail address"):
        Gebruiker.objects.create_user("")


# --- status


@pytest.mark.parametrize(("before", "after"), pairs(ActiviteitStatus))
def test_activiteit_changes_status_by_the_table(before, after):
    pauze_tot = date(2027, 1, 1)
    entry = factories.activiteit(status=before, pauze_tot=pauze_tot if before == "gepauzeerd" else None)
    entry.status, entry.pauze_tot = after, pauze_tot
    with expectation(before == after or after in ACTIVITEIT_TRANSITIONS[before]):
        entry.full_clean()


@pytest.mark.parametrize(("before", "after"), pairs(OrganisatieStatus))
def test_organisatie_changes_status_by_the_table(before, after):
    entry = factories.organisatie(status=before)
    entry.status = after
    with expectation(before == after or after in ORGANISATIE_TRANSITIONS[before]):
        entry.full_clean()


def expectation(is_allowed):
    return nullcontext() if is_allowed else pytest.raises(ValidationError, match="kun je niet naar")


def test_activiteit_stands_in_lists_by_its_status_and_that_of_its_organisation():
    shown = factories.activiteit()
    stopped = factories.activiteit(status="gestopt")
    factories.activiteit(status="concept")
    factories.activiteit(organisatie=factories.organisatie(status="gearchiveerd"))
    assert list(Activiteit.objects.listed()) == [shown]
    assert set(Activiteit.objects.readable()) == {shown, stopped}


# --- places


def test_locatie_that_is_hidden_gives_a_place_that_holds_its_kind_only():
    hidden = factories.locatie(soort="verborgen", uitleg_nl="Bel aan bij nummer 12.")
    assert hidden.plek == Plek("verborgen")
    assert hidden.plek.is_hidden


def test_locatie_online_gives_a_place_without_address():
    online = factories.locatie_online(uitleg_nl="Je krijgt een link.")
    assert online.plek == Plek("online", uitleg="Je krijgt een link.")
    assert online.plek.is_online


def test_locatie_with_an_address_gives_all_of_it():
    entry = factories.locatie(naam="De Kade", plaats="Amsterdam")
    punt = (Decimal("52.367790"), Decimal("4.918940"))
    assert entry.plek == Plek("adres", "De Kade", "Lindenkade 12", "1018 DP", "Amsterdam", entry.stadsdeel, punt, "")


def test_activiteit_in_a_district_is_never_found_by_a_hidden_place():
    district = factories.stadsdeel()
    shown = factories.activiteit(locatie=None)
    factories.moment(activiteit=shown, locatie=factories.locatie(organisatie=shown.organisatie, stadsdeel=district))
    organisatie = factories.organisatie()
    hidden = factories.locatie(organisatie=organisatie, soort="verborgen", stadsdeel=district)
    factories.activiteit(organisatie=organisatie, locatie=hidden)
    assert list(ActiviteitFilter(QueryDict(f"stadsdeel={district.slug}")).qs) == [shown]


def test_activiteit_about_a_theme_has_it_first_or_beside():
    taal, sport = factories.thema("taal"), factories.thema("sport")
    first = factories.activiteit(thema=sport)
    beside = factories.activiteit(thema=taal, andere_themas=[sport])
    factories.activiteit(thema=taal)
    assert set(ActiviteitFilter(QueryDict("thema=sport")).qs) == {first, beside}


def test_activiteit_without_a_place_has_that_of_its_first_moment():
    entry = factories.activiteit(locatie=None)
    assert entry.plek is None
    factories.moment(activiteit=entry, locatie=factories.locatie_online(organisatie=entry.organisatie))
    assert entry.plek == Plek("online")


# --- translated texts


def test_vertaald_gives_the_language_of_the_reader():
    entry = factories.activiteit(naam_nl="Taalcafé", naam_en="Language café")
    with translation.override("en"):
        assert (entry.naam, entry.naam.taal, entry.naam.is_fallback) == ("Language café", "en", False)


def test_vertaald_falls_back_to_dutch_and_says_so():
    entry = factories.activiteit(naam_nl="Taalcafé", naam_en="")
    with translation.override("en"):
        assert (entry.naam, entry.naam.taal, entry.naam.is_fallback) == ("Taalcafé", "nl", True)


def test_vertaald_without_any_text_is_no_fallback():
    entry = factories.activiteit(waar_nl="", waar_en="")
    with translation.override("en"):
        assert (entry.waar, entry.waar.is_fallback) == ("", False)


def test_vertaalbaar_is_translated_when_every_dutch_text_is():
    entry = factories.activiteit()
    assert (entry.is_translated("nl"), entry.is_translated("en")) == (True, True)
    entry.stappen_nl = "Bel ons."
    assert (entry.is_translated("nl"), entry.is_translated("en")) == (True, False)


# --- what people type


@pytest.mark.parametrize(
    "text", ["Taal\u202ecafé", "Taal\u2066café", "Taal\x00café", "Taal\u200bcafé", "Taal\ufeffcafé"]
)
@pytest.mark.parametrize("field", ["naam_nl", "omschrijving_nl"])
def test_text_with_invisible_controls_is_refused(text, field):
    entry = factories.activiteit()
    setattr(entry, field, text)
    with pytest.raises(ValidationError) as caught:
        entry.full_clean()
    assert field in caught.value.message_dict


@pytest.mark.parametrize("text", ["می\u200cخواهم", "क्\u200dष", "Тиждень", "قهوة"])
def test_text_in_any_script_is_accepted(text):
    entry = factories.activiteit(naam_nl=text, omschrijving_nl=f"{text}\n\n{text}")
    entry.full_clean()
    assert Activiteit.objects.get().naam_nl == text


def test_line_with_a_line_break_is_refused():
    entry = factories.activiteit()
    entry.naam_nl = "Taalcafé\nBcc: iedereen"
    with pytest.raises(ValidationError) as caught:
        entry.full_clean()
    assert list(caught.value.message_dict) == ["naam_nl"]


def test_line_is_stored_as_nfc_without_space_around_it():
    entry = factories.activiteit(naam_nl="  Taalcafe\u0301 ")
    entry.refresh_from_db()
    assert entry.naam_nl == "Taalcaf\u00e9"


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "ftp://kade.example", "data:text/html,x", "//kade.example", "mailto:a@b.example"],
)
def test_web_address_that_is_not_http_is_refused(address):
    entry = factories.organisatie()
    entry.website = address
    with pytest.raises(ValidationError) as caught:
        entry.full_clean()
    assert list(caught.value.message_dict) == ["website"]


# --- times


@pytest.mark.parametrize(
    ("values", "derived"),
    [
        ({}, (None, 2, 600)),
        ({"regel": ""}, (date(2026, 9, 1), 2, 600)),
        ({"regel": "FREQ=WEEKLY;BYDAY=MO,SU"}, (None, 65, 600)),
        ({"regel": "FREQ=WEEKLY;COUNT=3"}, (date(2026, 9, 15), 2, 600)),
        ({"regel": "FREQ=DAILY;UNTIL=20260905T235959Z"}, (date(2026, 9, 5), 127, 600)),
        ({"begin": None, "eind": None, "dagdeel": "middag"}, (None, 2, 780)),
        ({"begin": None, "eind": None}, (None, 2, 1440)),
        ({"begin": time(0, 5), "eind": None}, (None, 2, 5)),
    ],
)
def test_moment_derives_its_last_date_weekdays_and_minute(values, derived):
    entry = factories.moment(**values)
    assert (entry.laatste_on, entry.weekdagen, entry.minuut) == derived


def test_moment_has_no_part_of_the_day_beside_its_hour():
    entry = factories.moment()
    entry.dagdeel = "avond"
    entry.full_clean()
    assert entry.dagdeel == ""


@pytest.mark.parametrize(
    ("values", "days"),
    [
        ({}, [1]),
        ({"soort": "verplaatst", "nieuw_on": date(2026, 12, 3)}, [1]),
        ({"soort": "pauze", "tot_en_met_on": date(2026, 12, 3)}, [1, 2, 3]),
    ],
)
def test_uitzondering_covers_its_dates(values, days):
    entry = factories.uitzondering(**values)
    assert [day for day in range(1, 8) if entry.covers(date(2026, 12, day))] == days


@pytest.mark.parametrize(("day", "is_paused"), [(30, True), (31, True), (1, False), (2, False)])
def test_activiteit_is_paused_until_its_date(monkeypatch, day, is_paused):
    entry = factories.activiteit(status="gepauzeerd", pauze_tot=date(2027, 1, 1))
    today(monkeypatch, date(2026, 12, day) if day > 2 else date(2027, 1, day))
    assert entry.is_paused == is_paused
