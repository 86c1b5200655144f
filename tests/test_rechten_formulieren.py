"""Rights: what a form lets somebody change, whatever is posted to it."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

import pytest
from django import forms as django_forms
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import models

from organisaties import forms
from organisaties.models import (
    Activiteit,
    Beheerder,
    Gebruiker,
    Moment,
    Organisatie,
)
from tests import rechten_wereld
from tests.conftest import NU
from tests.rechten import (
    DOOR,
    JA,
)
from tests.rechten_formulieren import FORMULIEREN, Invoer
from tests.rechten_wereld import (
    DOET,
    EIGEN,
    TABEL,
    Stand,
    Wereld,
    inhoud,
    ongedaan,
    stand,
    stuur,
    verschil,
)

pytestmark = pytest.mark.django_db

wereld = rechten_wereld.wereld


# --- what a form lets somebody change


def formulieren() -> dict[str, type[django_forms.BaseForm]]:
    """Every form of the site by name: those of a module, and those in a dictionary of a module."""
    found = {}
    for info in pkgutil.iter_modules(forms.__path__):
        module = importlib.import_module(f"{forms.__name__}.{info.name}")
        for attribute, value in vars(module).items():
            for name, each in value.items() if isinstance(value, dict) else [("", value)]:
                is_ours = name or getattr(each, "__module__", "") == module.__name__
                if is_ours and isinstance(each, type) and issubclass(each, django_forms.BaseForm):
                    found[f"{info.name}.{attribute}{f'.{name}' if name else ''}"] = each
    return found


def _subclasses(cls: type) -> Iterator[type]:
    for each in cls.__subclasses__():
        yield each
        yield from _subclasses(each)


def test_every_form_has_an_entry_and_every_entry_a_form():
    found = formulieren()
    assert (found.keys() - FORMULIEREN.keys(), FORMULIEREN.keys() - found.keys()) == (set(), set())
    known = set(found.values())
    ours = {each for each in _subclasses(django_forms.BaseForm) if each.__module__.startswith(f"{forms.__name__}.")}
    assert {each for each in ours if each.__qualname__.partition(".")[0] == each.__name__} - known == set()


def test_a_new_form_without_an_entry_is_found(monkeypatch):
    module = importlib.import_module("organisaties.forms.collegas")
    new = type("NieuwForm", (django_forms.Form,), {"__module__": module.__name__})
    monkeypatch.setattr(module, "NieuwForm", new, raising=False)
    assert formulieren().keys() - FORMULIEREN.keys() == {"collegas.NieuwForm"}


@cache
def gif(wereld: Wereld, *eerst: type[models.Model]) -> dict[str, Any]:
    """A value for every field of every model: rights, states, keys of somebody else. The first models come first."""
    poison: dict[str, Any] = {"pk": wereld.b["nummer"]}
    for model in [*eerst, *apps.get_models()]:
        for each in [*model._meta.concrete_fields, *model._meta.many_to_many]:
            for name in {each.name, getattr(each, "attname", each.name)}:
                poison.setdefault(name, _poison_of(wereld, each))
    return poison


def _poison_of(wereld: Wereld, field: models.Field) -> str:
    if field.is_relation:
        theirs = {
            Organisatie: "nummer",
            Activiteit: "activiteit_nummer",
            Gebruiker: "gebruiker",
            Beheerder: "beheerder",
        }
        word = theirs.get(field.related_model)
        found = wereld.b[word] if word else field.related_model._default_manager.values_list("pk", flat=True).last()
        return str(found or 1)
    if field.choices:
        return str(next((key for key, _label in field.flatchoices if key == "gearchiveerd"), field.flatchoices[-1][0]))
    by_type = {
        models.AutoField: str(wereld.b["nummer"]),
        models.BooleanField: "on",
        models.DateField: "2026-11-01",
        models.DateTimeField: "2026-11-01 10:00",
        models.TimeField: "03:00",
        models.JSONField: '{"naam": {"machine": "en"}}',
        models.FileField: "logos/gekaapt.webp",
    }
    found = next((value for kind, value in by_type.items() if type(field) is kind), None)
    if found is None:
        found = "7" if isinstance(field, (models.IntegerField, models.DecimalField)) else "gekaapt"
    return found


TOEVAL = {
    "id",
    "object_id",
    "history_id",
    "m2m_history_id",
    "kenmerk",
    "sleutel",
    "zaad",
    "token_hash",
    "message_id",
    "password",
}
"""Columns of new rows that are made by chance, or by counting."""


def zonder_toeval(voor: Stand, na: Stand) -> dict[str, list[str]]:
    """The rows after a deed, with what is new in them as a word: so that two times the same deed is the same."""
    told = {}
    for model, rows in na.items():
        links = {f.attname: f.related_model for f in model._meta.concrete_fields if f.is_relation}
        told[model._meta.label_lower] = sorted(
            repr(
                {
                    name: _word(voor, na, links.get(name), name=name, value=value, was_there=key in voor[model])
                    for name, value in row.items()
                }
            )
            for key, row in rows.items()
            if voor[model].get(key) != row
        )
    return told


def _word(voor: Stand, na: Stand, link: Any, *, name: str, value: Any, was_there: bool) -> Any:
    if link is not None:
        return "new" if value in na.get(link, {}) and value not in voor[link] else value
    if isinstance(value, datetime) and value >= NU:
        return "now"
    if name == "rooster":
        return [{**block, "id": block["id"] if block["id"] in voor[Moment] else "new"} for block in value or ()]
    if isinstance(value, str):
        value = re.sub(r"[0-9a-f]{32}\.webp", "a file", value)
    if isinstance(value, str) and not was_there:
        value = re.sub(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", "a reference", value)
    return "new" if not was_there and name in TOEVAL else value


INVOER = {naam: entry for naam, entry in FORMULIEREN.items() if isinstance(entry, Invoer)}
INVOER |= {
    naam: Invoer(naam, TABEL[naam].doet, TABEL[naam].deel)
    for naam in DOET
    if naam in EIGEN and naam not in {entry.naam for entry in INVOER.values()}
}


def _daad(wereld: Wereld, naam: str, *, met: bool) -> tuple[dict[str, list[str]], set[tuple[str, Any]], str]:
    """What a post does, with every field of every model in it or without."""
    invoer = INVOER[naam]
    with ongedaan():
        data = inhoud(wereld, invoer.actor, invoer.naam, invoer=invoer)
        form = formulieren().get(naam)
        own = {*data, *(form.base_fields if form else ())}
        if met:
            meta = getattr(form, "_meta", None)
            poison = gif(wereld, *([meta.model] if meta else []))
            data = {**{name: value for name, value in poison.items() if name not in own}, **data}
        actor = "met code" if invoer.naam == "account_confirm_login_code" else invoer.actor
        url, voor = wereld.url(invoer.naam, wereld.a, invoer.deel), stand() if actor == "met code" else wereld.begin
        got = stuur(wereld.client(actor), "post", url, data)
        na = stand()
        return zonder_toeval(voor, na), verschil(voor, na), got


@pytest.mark.parametrize("naam", INVOER)
def test_only_what_a_form_shows_is_changed(wereld, naam):
    """A post with every field of every model in it does just what it does without them."""
    clean, changed, got = _daad(wereld, naam, met=False)
    assert (got, changed != set()) == (DOOR, True)
    poisoned, _changed, also = _daad(wereld, naam, met=True)
    differs = {label: (clean[label], poisoned[label]) for label in clean if clean[label] != poisoned[label]}
    assert (also, differs) == (got, {})


PARTS = [naam for naam in INVOER if naam.startswith("bewerken.") and naam.count(".") == 2]
BOEKHOUDING = {"updated_at", "vertaald"}
"""Columns that follow from a change."""


@pytest.mark.parametrize("naam", PARTS)
def test_a_part_changes_its_own_columns_of_one_row(wereld, naam):
    form, invoer, voor = formulieren()[naam], INVOER[naam], wereld.begin
    model = form._meta.model
    data = {**gif(wereld, model), **inhoud(wereld, "van_a", invoer.naam, invoer=invoer)}
    assert stuur(wereld.client("van_a"), "post", wereld.url(invoer.naam, wereld.a, invoer.deel), data) in (JA, DOOR)
    key, na = wereld.a["nummer" if model is Organisatie else "activiteit_nummer"], stand()
    assert {(m, k) for m, k in verschil(voor, na) if m == model._meta.label_lower} <= {(model._meta.label_lower, key)}
    before, after = voor[model][key], na[model][key]
    shown = {f.attname for f in model._meta.concrete_fields if f.name in form.base_fields}
    assert {name for name in before if before[name] != after[name]} <= shown | BOEKHOUDING
    assert {m for m in (Gebruiker, Beheerder, Group) if voor[m] != na[m]} == set()
