"""What the site starts with: the lists, the pages and the demonstration data."""

import json
import re
import unicodedata
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from organisaties import herhaling, imports
from organisaties.choices import ActiviteitStatus, PaginaSleutel
from organisaties.fields import Vertaalbaar
from organisaties.management.commands.load_demonstratie import BESTAND
from organisaties.models import Activiteit, Doelgroep, Moment, Organisatie, Pagina, Stadsdeel, Taal, Thema, Vorm
from tests.afdruk import Afdruk

pytestmark = pytest.mark.django_db

TEXT = BESTAND.read_text(encoding="utf-8")
TERMS = (Thema, Vorm, Doelgroep, Taal)


_afdrukken: list[Afdruk] = []
"""What loading the demonstration did, when this process has done it: that takes seconds, so it is done once."""


@pytest.fixture
def geladen():
    if _afdrukken:
        _afdrukken[0].schrijf()
    else:
        _afdrukken.append(Afdruk.neem(lambda: imports.load(BESTAND)))


def texts(value, key=""):
    """Every text in the demonstration data that a reader sees: no web addresses."""
    if isinstance(value, dict):
        return [text for name, item in value.items() for text in texts(item, name)]
    if isinstance(value, list):
        return [text for item in value for text in texts(item, key)]
    return [value] if isinstance(value, str) and key not in ("url", "website") else []


def lengths(text):
    """How many words each sentence of a page has. A heading and an item of a list are sentences too."""
    plain = re.sub(r"\[([^]]+)\]\([^)]+\)|\*\*", r"\1", text)
    lines = [re.sub(r"^(##|-|\d+\.) ", "", line) for line in plain.splitlines()]
    sentences = [sentence for line in lines for sentence in re.split(r"(?<=[.?!:;])\s+", line)]
    return [len(re.findall(r"[^\W_]+(?:['’.-]\w+)*", sentence)) for sentence in sentences if sentence.strip()]


# --- lists


def test_lists_are_complete_and_in_order():
    assert list(Thema.objects.values_list("slug", flat=True)) == [
        *("ontmoeten", "taal", "wegwijs", "werk", "leren", "gezondheid"),
        *("recht", "sport", "cultuur", "gezin", "wonen", "vrijwilligerswerk"),
    ]
    assert "".join(Stadsdeel.objects.values_list("code", flat=True)) == "ANFMEBKTS"
    assert list(Taal.objects.values_list("slug", flat=True)[:7]) == ["nl", "en", "ar", "uk", "ti", "tr", "fa"]
    assert (Vorm.objects.count(), Doelgroep.objects.count(), Taal.objects.count()) == (8, 11, 50)


@pytest.mark.parametrize("model", TERMS)
def test_every_term_has_english(model):
    assert [term.slug for term in model.objects.all() if not term.naam_en or not term.is_translated("en")] == []


def test_languages_after_the_first_seven_stand_by_their_dutch_name():
    names = list(Taal.objects.values_list("naam_nl", flat=True)[7:])
    assert names == sorted(names)


def test_themes_say_in_a_few_words_what_you_do_there():
    found = [text for thema in Thema.objects.all() for text in (thema.omschrijving_nl, thema.omschrijving_en)]
    assert len(found) == 24
    assert all(0 < len(text.split()) <= 15 for text in found)


def test_texts_of_lists_are_stored_as_the_fields_would_store_them():
    for term in (term for model in TERMS for term in model.objects.all()):
        term.full_clean()
    names = Taal.objects.values_list("eigen_naam", flat=True)
    assert all(unicodedata.is_normalized("NFC", name) for name in names)


def test_migration_puts_lists_right_and_leaves_pages_alone():
    migration = import_module("organisaties.migrations.0002_begrippenlijsten")
    Thema.objects.filter(slug="taal").update(naam_nl="Tall")
    Pagina.objects.filter(sleutel="privacy").update(titel_nl="Van ons")

    editor = SimpleNamespace(connection=connection)
    migration.fill_lists(apps, editor)
    migration.fill_pages(apps, editor)

    assert Thema.objects.get(slug="taal").naam_nl == "Taal oefenen"
    assert Pagina.objects.get(sleutel="privacy").titel_nl == "Van ons"
    assert (Thema.objects.count(), Pagina.objects.count()) == (12, 6)


# --- pages


def test_every_page_is_there_in_both_languages():
    assert set(Pagina.objects.values_list("sleutel", flat=True)) == set(PaginaSleutel.values)
    for pagina in Pagina.objects.all():
        pagina.full_clean()
        assert pagina.titel_en
        assert pagina.is_translated("en")
        assert pagina.tekst_nl.count("## ") == pagina.tekst_en.count("## ") > 2


@pytest.mark.parametrize("sleutel", PaginaSleutel.values)
def test_page_is_written_in_short_sentences(sleutel):
    pagina = Pagina.objects.get(sleutel=sleutel)
    found = lengths(f"{pagina.inleiding_nl}\n{pagina.tekst_nl}")

    assert sum(found) / len(found) <= 12
    assert max(found) <= 20


def test_pages_hold_no_year_of_founding_and_no_formal_you():
    found = " ".join(f"{p.inleiding_nl} {p.tekst_nl}" for p in Pagina.objects.all())
    assert re.findall(r"\b(?:u|uw|doelgroep|cliënt)\b|!", found.lower()) == []
    assert set(re.findall(r"\b(?:19|20)\d\d\b", found)) == {"2022", "2026"}


def test_colophon_credits_the_makers_of_the_map():
    colofon = Pagina.objects.get(sleutel="colofon")
    for text in (colofon.tekst_nl, colofon.tekst_en):
        assert "Kadaster / Centraal Bureau voor de Statistiek, Wijk- en Buurtkaart 2022, en Gemeente" in text
        assert "© Centraal Bureau voor de Statistiek, © Esri Nederland" in text


# --- demonstration data


def test_demonstration_holds_44_organisations_and_56_activities(geladen):
    assert (Organisatie.objects.count(), Activiteit.objects.count()) == (44, 56)
    assert len(TEXT.encode()) < 200_000


def test_demonstration_is_in_both_languages(geladen):
    entries: list[Vertaalbaar] = [*Organisatie.objects.all(), *Activiteit.objects.all()]
    assert [str(entry) for entry in entries if not entry.is_translated("en")] == []
    assert [str(entry) for entry in entries if not (entry.samenvatting_nl and entry.omschrijving_nl)] == []
    assert max(len(text) for entry in entries for text in (entry.samenvatting_nl, entry.samenvatting_en)) <= 120


def test_demonstration_holds_no_phone_and_no_e_mail(geladen):
    assert [text for text in texts(json.loads(TEXT)) if "@" in text or re.search(r"(\d[\s()/.+-]*){9}", text)] == []
    assert Organisatie.objects.exclude(email="", telefoon="").count() == 0


def test_demonstration_is_confirmed_by_nobody_and_names_its_sources(geladen):
    assert Organisatie.objects.exclude(bevestigd_op=None).count() == 0
    assert Activiteit.objects.exclude(bevestigd_op=None).count() == 0
    assert Organisatie.objects.filter(bronnen=None).count() == 0
    assert Activiteit.objects.filter(bronnen=None).count() == 0


def test_demonstration_shows_stopped_activities_beside_the_others(geladen):
    stopped = Activiteit.objects.filter(status=ActiviteitStatus.GESTOPT)
    assert list(stopped.values_list("naam_nl", flat=True)) == ["CoffeeConnect", "Kerstlunch"]
    assert Activiteit.objects.listed().count() == 54


def test_moments_start_on_a_day_of_their_rule(geladen):
    for moment in Moment.objects.all():
        assert herhaling.dates(moment.regel, moment.start_on, moment.start_on, moment.start_on) == [moment.start_on]
    assert Moment.objects.count() == 18
