"""What the database refuses even when no form checked it, and how `full_clean` says it first."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from organisaties.choices import ActiviteitStatus
from organisaties.models import (
    Aanvraag,
    Activiteit,
    Bericht,
    Foto,
    Gebeurtenis,
    Locatie,
    Melding,
    Moment,
    Organisatie,
    OudeSlug,
    Uitzondering,
)
from tests import factories

pytestmark = pytest.mark.django_db

MODELS = (
    Organisatie,
    Locatie,
    Activiteit,
    OudeSlug,
    Moment,
    Uitzondering,
    Aanvraag,
    Gebeurtenis,
    Bericht,
    Melding,
    Foto,
)
NU = datetime(2026, 11, 24, 9, tzinfo=UTC)


def oude_slug(**overrides):
    return OudeSlug.objects.create(slug="oud", **{"organisatie": factories.organisatie(), **overrides})


def gebeurtenis(**overrides):
    return Gebeurtenis.objects.create(aanvraag=factories.aanvraag(), soort="notitie", tekst="Gebeld.", **overrides)


def bericht(**overrides):
    return Bericht.objects.create(
        soort="vraag", aan="sara@tafel.example", taal="nl", onderwerp="Een vraag", **overrides
    )


BROKEN = [
    (factories.organisatie, {"naam": ""}, "organisatie_heeft_naam"),
    (factories.organisatie, {"status": "weg"}, "organisatie_status_bestaat"),
    (factories.organisatie, {"logo": "logos/a.webp"}, "organisatie_logo_heel"),
    (factories.organisatie, {"logo": "a.webp", "logo_klein": "b.webp"}, "organisatie_logo_heel"),
    (factories.organisatie, {"logo_breedte": 10, "logo_hoogte": 10}, "organisatie_logo_heel"),
    (factories.locatie, {"soort": "weg"}, "locatie_soort_bestaat"),
    (factories.locatie, {"breedtegraad": None}, "locatie_punt_in_nederland"),
    (factories.locatie, {"lengtegraad": None}, "locatie_punt_in_nederland"),
    (factories.locatie, {"breedtegraad": Decimal(49)}, "locatie_punt_in_nederland"),
    (factories.locatie, {"lengtegraad": Decimal(9)}, "locatie_punt_in_nederland"),
    (factories.locatie_online, {"straat": "Lindenkade 1"}, "locatie_online_zonder_adres"),
    (factories.locatie_online, {"postcode": "1018 DP"}, "locatie_online_zonder_adres"),
    (factories.activiteit, {"naam_nl": ""}, "activiteit_heeft_naam"),
    (factories.activiteit, {"status": "weg"}, "activiteit_status_bestaat"),
    (factories.activiteit, {"status": "gepauzeerd"}, "activiteit_pauze_met_datum"),
    (factories.activiteit, {"pauze_tot": date(2027, 1, 1)}, "activiteit_pauze_met_datum"),
    (factories.activiteit, {"bedrag": Decimal(3)}, "activiteit_bedrag_bij_kosten"),
    (factories.activiteit, {"kosten": "bedrag", "bedrag": Decimal(-1)}, "activiteit_bedrag_bij_kosten"),
    (factories.activiteit, {"leeftijd_van": 18, "leeftijd_tot": 12}, "activiteit_leeftijd_klopt"),
    (oude_slug, {"organisatie": None}, "oude_slug_van_een"),
    (factories.moment, {"begin": None}, "moment_eind_na_begin"),
    (factories.moment, {"dagdeel": "avond"}, "moment_dagdeel_of_tijd"),
    (factories.moment, {"laatste_on": date(2026, 8, 1)}, "moment_einde_na_begin"),
    (factories.uitzondering, {"soort": "weg"}, "uitzondering_klopt_met_soort"),
    (factories.uitzondering, {"soort": "verplaatst"}, "uitzondering_klopt_met_soort"),
    (factories.uitzondering, {"nieuw_on": date(2026, 12, 2)}, "uitzondering_klopt_met_soort"),
    (factories.uitzondering, {"tot_en_met_on": date(2026, 12, 8)}, "uitzondering_klopt_met_soort"),
    (factories.uitzondering, {"soort": "pauze"}, "uitzondering_klopt_met_soort"),
    (
        factories.uitzondering,
        {"soort": "pauze", "tot_en_met_on": date(2026, 11, 30)},
        "uitzondering_klopt_met_soort",
    ),
    (factories.aanvraag, {"soort": "weg"}, "aanvraag_soort_bestaat"),
    (factories.aanvraag, {"status": "weg"}, "aanvraag_status_bestaat"),
    (factories.aanvraag, {"status": "afgewezen"}, "aanvraag_afgerond_met_tijd"),
    (factories.aanvraag, {"afgerond_at": NU}, "aanvraag_afgerond_met_tijd"),
    (factories.aanvraag, {"status": "gesprek"}, "aanvraag_gesprek_na_samenwerking"),
    (
        factories.aanvraag,
        {"soort": "samenwerking", "status": "goedgekeurd", "afgerond_at": NU},
        "aanvraag_lid_na_lidmaatschap",
    ),
    (gebeurtenis, {"soort": "weg"}, "gebeurtenis_soort_bestaat"),
    (gebeurtenis, {"tekst": ""}, "gebeurtenis_zegt_iets"),
    (gebeurtenis, {"soort": "status"}, "gebeurtenis_zegt_iets"),
    (bericht, {"soort": "weg"}, "bericht_soort_bestaat"),
    (bericht, {"status": "weg"}, "bericht_status_klopt"),
    (bericht, {"status": "verzonden"}, "bericht_status_klopt"),
    (bericht, {"status": "bezig"}, "bericht_status_klopt"),
    (bericht, {"bezig_tot": NU}, "bericht_status_klopt"),
    (factories.activiteit, {"weggehaald_at": NU}, "activiteit_weg_is_niet_te_zien"),
    (factories.foto, {"activiteit": None}, "foto_van_een"),
    (factories.foto, {"klein": ""}, "foto_heel"),
    (factories.foto, {"hoogte": 0}, "foto_heel"),
    (factories.foto, {"alt_nl": "", "alt_en": ""}, "foto_heeft_alt"),
    (factories.melding, {"wat": "weg"}, "melding_wat_bestaat"),
    (factories.melding, {"status": "weg"}, "melding_dicht_met_tijd_zonder_adres"),
    (factories.melding, {"wat": "anders", "tekst": ""}, "melding_anders_met_uitleg"),
    (factories.melding, {"status": "hersteld"}, "melding_dicht_met_tijd_zonder_adres"),
    (
        factories.melding,
        {"status": "hersteld", "closed_at": NU, "email": "lezer@voorbeeld.example"},
        "melding_dicht_met_tijd_zonder_adres",
    ),
    (factories.melding, {"antwoord": "Dank je."}, "melding_beantwoord_met_antwoord"),
    (
        factories.melding,
        {"status": "hersteld", "closed_at": NU, "is_verdacht": True},
        "melding_verdacht_zonder_antwoord",
    ),
]


@pytest.mark.parametrize(("make", "changes", "name"), BROKEN)
def test_constraint_refuses_a_broken_row(make, changes, name):
    entry = make()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        type(entry).objects.filter(pk=entry.pk).update(**changes)


def test_constraint_that_checks_is_in_the_list_above():
    checks = {
        constraint.name
        for model in MODELS
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
    }
    assert {name for _, _, name in BROKEN} == checks


def test_oude_slug_belongs_to_one_entry_only():
    entry = oude_slug()
    with pytest.raises(IntegrityError, match="oude_slug_van_een"), transaction.atomic():
        OudeSlug.objects.filter(pk=entry.pk).update(activiteit=factories.activiteit())


def test_uitzondering_is_one_per_date_but_a_pause_may_begin_that_day():
    first = factories.uitzondering()
    factories.uitzondering(moment=first.moment, soort="pauze", tot_en_met_on=date(2026, 12, 31))
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.uitzondering(moment=first.moment)


@pytest.mark.parametrize(
    ("make", "changes", "field"),
    [
        (factories.organisatie, {"naam": ""}, "naam"),
        (factories.organisatie, {"status": "weg"}, "status"),
        (factories.organisatie, {"telefoon": "bel ons"}, "telefoon"),
        (factories.organisatie, {"opgericht_in": 12}, "opgericht_in"),
        (factories.organisatie, {"bevestigd_op": date(202, 1, 1)}, "bevestigd_op"),
        (factories.locatie, {"soort": "weg"}, "soort"),
        (factories.locatie, {"postcode": "1018dp"}, "postcode"),
        (factories.locatie, {"breedtegraad": None}, "__all__"),
        (factories.locatie, {"breedtegraad": Decimal(49)}, "__all__"),
        (factories.locatie_online, {"straat": "Lindenkade 1"}, "__all__"),
        (factories.activiteit, {"naam_nl": ""}, "naam_nl"),
        (factories.activiteit, {"status": "weg"}, "status"),
        (factories.activiteit, {"status": "gepauzeerd"}, "pauze_tot"),
        (factories.activiteit, {"bedrag": Decimal(3)}, "bedrag"),
        (factories.activiteit, {"kosten": "bedrag", "bedrag": Decimal(-1)}, "bedrag"),
        (factories.activiteit, {"leeftijd_van": 18, "leeftijd_tot": 12}, "leeftijd_tot"),
        (factories.activiteit, {"leeftijd_van": 121}, "leeftijd_van"),
        (factories.moment, {"begin": None}, "begin"),
        (factories.moment, {"eind": time(10)}, "eind"),
        (factories.moment, {"regel": "FREQ=HOURLY"}, "regel"),
        (factories.moment, {"regel": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "regel"),
        (factories.moment, {"start_on": date(1999, 1, 1)}, "start_on"),
        (factories.uitzondering, {"soort": "weg"}, "soort"),
        (factories.uitzondering, {"soort": "verplaatst"}, "nieuw_on"),
        (factories.uitzondering, {"soort": "pauze"}, "tot_en_met_on"),
    ],
)
def test_full_clean_says_which_field_is_wrong(make, changes, field):
    entry = make()
    for name, value in changes.items():
        setattr(entry, name, value)
    with pytest.raises(ValidationError) as caught:
        entry.full_clean()
    assert list(caught.value.message_dict) == [field]


def test_activiteit_refuses_a_place_of_another_organisation():
    entry = factories.activiteit()
    entry.locatie = factories.locatie()
    with pytest.raises(ValidationError) as caught:
        entry.full_clean()
    assert list(caught.value.message_dict) == ["locatie"]


def test_clean_empties_what_the_status_makes_pointless():
    entry = factories.activiteit(status="gepauzeerd", pauze_tot=date(2027, 1, 1))
    entry.status = ActiviteitStatus.GEPUBLICEERD
    entry.full_clean()
    assert entry.pauze_tot is None
