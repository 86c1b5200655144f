"""The generator of invented activities: plausible, repeatable, and removable without a trace."""

import hashlib
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from organisaties import generator
from organisaties.choices import LISTED_STATUSES, LocatieSoort, UitzonderingSoort
from organisaties.models import Activiteit, Locatie, Moment, Organisatie, Taal, Thema, Uitzondering
from tests import factories

pytestmark = pytest.mark.django_db

FACETS = (
    "planning",
    "kosten",
    "papieren",
    "meedoen",
    "niveau",
    "kinderen",
    "toegang",
    "wachtlijst",
    "stadspas",
    "zoekt_vrijwilligers",
)
MODELS = (Organisatie, Locatie, Activiteit, Moment, Uitzondering)
KEYS = ("id", "organisatie", "locatie", "activiteit", "moment", "created_at", "updated_at")


@pytest.fixture(autouse=True)
def _demonstration(settings):
    """A site for trying out, with rows in every list of terms."""
    settings.DEMONSTRATIE = True
    for make in (factories.thema, factories.vorm, factories.doelgroep, factories.taal, factories.stadsdeel):
        make()


def generate(aantal=300, seed=7, **options):
    call_command("generate_activiteiten", aantal=aantal, seed=seed, peildatum="2026-11-30", verbosity=0, **options)


def digest():
    """A summary of every value that does not depend on when and where the rows were stored."""
    found = hashlib.sha256()
    for model in MODELS:
        fields = [f.attname for f in model._meta.concrete_fields if f.name not in KEYS]
        for row in model.objects.order_by("pk").values_list(*fields):
            found.update(repr(row).encode())
    for entry in Activiteit.objects.order_by("pk").prefetch_related("talen", "doelgroepen", "andere_themas"):
        links = [
            sorted(term.slug for term in terms.all()) for terms in (entry.talen, entry.doelgroepen, entry.andere_themas)
        ]
        found.update(repr(links).encode())
    return found.hexdigest()


def test_generate_makes_as_many_as_asked_with_about_one_organisation_per_twelve():
    generate(300)
    assert Activiteit.objects.count() == 300
    assert Activiteit.objects.listed().count() == 300
    assert 15 <= Organisatie.objects.count() <= 40


def test_generate_makes_valid_rows():
    generate(60)
    for model in MODELS:
        rows = list(model.objects.all())
        assert rows
        for row in rows:
            row.full_clean()


def test_generate_uses_every_value_of_every_facet():
    generate(300)
    rows = list(Activiteit.objects.values(*FACETS))
    found = {name: {row[name] for row in rows} for name in FACETS}
    assert found == {name: {value for value, _ in Activiteit._meta.get_field(name).choices} for name in FACETS}


def test_generate_uses_every_theme_kind_of_place_and_listed_status():
    generate(600)
    assert set(Activiteit.objects.values_list("thema", flat=True)) == set(Thema.objects.values_list("pk", flat=True))
    assert set(Locatie.objects.values_list("soort", flat=True)) == set(LocatieSoort.values)
    assert set(Activiteit.objects.values_list("status", flat=True)) == set(LISTED_STATUSES)
    assert set(Uitzondering.objects.values_list("soort", flat=True)) == set(UitzonderingSoort.values)


def test_generate_gives_hidden_places_an_address_that_the_public_does_not_see():
    generate(150)
    hidden = Locatie.objects.filter(soort=LocatieSoort.VERBORGEN).exclude(straat="").first()
    assert (hidden.plek.straat, hidden.plek.naam, hidden.plek.punt) == ("", "", None)


def test_generate_stores_what_a_moment_would_derive():
    generate(100)
    for moment in Moment.objects.all():
        stored = (moment.laatste_on, moment.weekdagen, moment.minuut)
        moment.derive()
        assert (moment.laatste_on, moment.weekdagen, moment.minuut) == stored


def test_generate_translates_most_activities_whole_and_the_rest_not_at_all():
    generate(300)
    translated = [entry.is_translated("en") for entry in Activiteit.objects.all()]
    assert 0.75 <= sum(translated) / 300 <= 0.95
    assert Activiteit.objects.filter(naam_en="").exclude(omschrijving_en="").count() == 0


def test_generate_writes_descriptions_of_a_readable_length():
    generate(300)
    lengths = sorted(len(text.split()) for text in Activiteit.objects.values_list("omschrijving_nl", flat=True))
    assert lengths[15] >= 40
    assert lengths[-15] <= 170


def test_generate_is_the_same_for_a_seed():
    generate(100)
    first = digest()
    call_command("generate_activiteiten", wis=True, verbosity=0)
    generate(100)
    assert digest() == first


def test_generate_does_not_depend_on_how_rows_are_grouped(monkeypatch):
    generate(100)
    first = digest()
    call_command("generate_activiteiten", wis=True, verbosity=0)
    monkeypatch.setattr("organisaties.management.commands.generate_activiteiten.ORGANISATIES_AT_ONCE", 2)
    generate(100)
    assert digest() == first


def test_generate_differs_for_another_seed():
    terms = generator.Terms.load()
    first, other = (
        [bundle.organisatie.naam for bundle in generator.Generator(seed, date(2026, 11, 30), terms).bundles(50)]
        for seed in (1, 2)
    )
    assert first != other


def test_generate_adds_rows_for_another_seed():
    generate(20, seed=1)
    generate(20, seed=11)
    assert Activiteit.objects.count() == 40


def test_generate_refuses_a_seed_that_was_used():
    generate(20, seed=1)
    with pytest.raises(CommandError, match="Seed 1 was used already"):
        generate(20, seed=1)
    assert Activiteit.objects.count() == 20


def test_wis_leaves_other_rows_alone():
    kept = factories.activiteit(organisatie=factories.organisatie(naam="Gen Z", slug="gen-1-z"))
    generate(20)
    call_command("generate_activiteiten", wis=True, verbosity=0)
    assert list(Activiteit.objects.all()) == [kept]
    assert list(Organisatie.objects.all()) == [kept.organisatie]


def test_wis_with_a_seed_removes_that_seed_only():
    generate(20, seed=1)
    generate(30, seed=2)
    call_command("generate_activiteiten", wis=True, seed=1, verbosity=0)
    assert Activiteit.objects.count() == 30


def test_generate_says_what_it_made_and_how_to_undo_it(capsys):
    call_command("generate_activiteiten", aantal=20, seed=3)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("20 of 20 activities (")
    assert lines[-2:] == [
        "To remove them: manage.py generate_activiteiten --wis --seed 3",
        "Bringing the index of search up to date ...",
    ]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"aantal": 0}, "--aantal is a number from 1 to 1,000,000"),
        ({"aantal": 1_000_001}, "--aantal is a number from 1 to 1,000,000"),
        ({"seed": -1}, "--seed is a number from 0"),
        ({"peildatum": "morgen"}, "--peildatum is a date"),
    ],
)
def test_generate_refuses_a_wrong_option(options, message):
    with pytest.raises(CommandError, match=message):
        call_command("generate_activiteiten", **options)


def test_generate_stops_when_the_lists_are_empty():
    Taal.objects.all().delete()
    with pytest.raises(CommandError, match="Run migrate first"):
        generate(20)


def test_generate_refuses_a_real_site(settings):
    settings.DEMONSTRATIE = False
    with pytest.raises(CommandError, match="real site"):
        generate(20)
    generate(20, force=True)
    assert Activiteit.objects.count() == 20
