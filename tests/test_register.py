"""The register of personal data: nothing personal is missing from it, and nothing in it is gone."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.test.utils import isolate_apps

from organisaties import checks, register
from organisaties.fields import LineField
from organisaties.forms.aanvragen import AanvraagForm
from organisaties.models import Aanvraag, Gebruiker
from organisaties.validators import validate_phone

pytestmark = pytest.mark.statisch


def found(check_id, app_configs=None):
    return [error.obj for error in checks.register_is_whole(app_configs) if error.id == check_id]


def test_every_personal_field_is_registered():
    assert checks.register_is_whole(apps.get_app_configs()) == []


def proef(name="proef", **fields):
    """A model that only this test has; inside isolate_apps."""
    meta = type("Meta", (), {"app_label": "organisaties"})
    return type(name, (models.Model,), {"__module__": __name__, "Meta": meta, **fields})


def missing(model):
    return found("organisaties.E001", model._meta.apps.get_app_configs())


@isolate_apps("organisaties")
def test_an_unregistered_address_stops_the_site():
    model = proef(email=models.EmailField())
    (error,) = checks.register_is_whole(model._meta.apps.get_app_configs())
    assert (error.obj, error.id, error.is_serious()) == ("proef.email", "organisaties.E001", True)
    assert "REGISTER in organisaties/register.py" in error.hint


@pytest.mark.parametrize(
    "field",
    [
        lambda: LineField(max_length=25, validators=[validate_phone]),
        lambda: models.ForeignKey(Gebruiker, models.CASCADE, related_name="+"),
        lambda: models.ManyToManyField(Gebruiker, related_name="+"),
    ],
    ids=["telephone", "account", "accounts"],
)
@isolate_apps("organisaties")
def test_what_is_about_a_person_is_found(field):
    assert missing(proef(wie=field())) == ["proef.wie"]


@isolate_apps("organisaties")
def test_texts_that_belong_to_a_person_are_found():
    proef("los", tekst=models.TextField())
    own = {"tekst": models.TextField(), "antwoorden": models.JSONField(), "aantal": models.IntegerField()}
    model = proef(aanvraag=models.ForeignKey(Aanvraag, models.CASCADE, related_name="+"), **own)
    assert missing(model) == ["proef.tekst", "proef.antwoorden"]


def test_a_model_that_is_not_personal_covers_no_address(monkeypatch):
    monkeypatch.delitem(register.REGISTER, "organisatie.email")
    assert found("organisaties.E001") == ["organisatie.email"]


@pytest.mark.parametrize("name", ["aanvraag.geboortedatum", "paspoort.nummer", "aanvraag"])
def test_a_row_for_a_field_that_is_gone_is_found(monkeypatch, name):
    monkeypatch.setitem(register.REGISTER, name, register.REGISTER["aanvraag.email"])
    assert found("organisaties.E002") == [name]


def test_a_term_of_no_days_is_found(settings):
    settings.BEWAARTERMIJNEN = {**settings.BEWAARTERMIJNEN, "verzonden": 0}
    assert [error.msg for error in checks.terms_are_terms()] == ["BEWAAR_VERZONDEN is at least 1 day."]


def test_every_row_says_all_four_things():
    for name, row in register.REGISTER.items():
        said = (row.waarom, row.wie, row.grondslag, row.hoe_lang)
        assert (name, all(str(text).endswith(".") for text in said), "%" in row.hoe_lang) == (name, True, False)


def test_who_wrote_a_version_is_seen_by_the_same_people_of_every_kind():
    """Editors read it at former versions of their profile, activities and places, and among the latest changes."""
    rows = [row for name, row in register.REGISTER.items() if name.endswith(".history_user")]
    assert [str(row.wie) for row in rows] == ["De coördinatoren, en wie dezelfde organisatie beheert."] * 3


def test_the_form_says_of_every_question_why_and_who_in_the_words_of_the_register():
    asked = {name: str(field.help_text) for name, field in AanvraagForm.base_fields.items()}
    rows = {name.partition(".")[2]: row for name, row in register.REGISTER.items() if name.startswith("aanvraag.")}
    silent = [
        name
        for name in asked.keys() & rows.keys()
        if not asked[name].startswith(f"{rows[name].waarom} {rows[name].wie}")
    ]
    assert (silent, {"naam", "email", "telefoon"} - asked.keys()) == ([], set())


@pytest.mark.parametrize(("taal", "said"), [("nl", "Gegeven"), ("en", "What")])
def test_the_register_can_be_printed(taal, said):
    printed = StringIO()
    call_command("show_register", taal=taal, stdout=printed)
    lines = printed.getvalue().splitlines()
    assert len(lines) == 2 + len(register.REGISTER)
    assert {line.count(" | ") for line in lines} == {4}
    assert lines[0].startswith(f"| {said} |")
