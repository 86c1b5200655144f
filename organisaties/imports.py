"""Demonstration data: reads a file, checks every entry in it, and stores all of it or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from json.decoder import JSONObject
from json.scanner import py_make_scanner
from pathlib import Path
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction

from organisaties import herhaling
from organisaties.models import (
    Activiteit,
    Bron,
    Doelgroep,
    Locatie,
    Moment,
    Organisatie,
    Stadsdeel,
    Taal,
    Thema,
    Vorm,
)

_TERMS: tuple[type[models.Model], ...] = (Thema, Vorm, Doelgroep, Taal, Stadsdeel)


class FoutInBestand(Exception):  # noqa: N818 - a coordinator's word
    """Something in a file is wrong: on which line, and what, in one sentence."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(line, reason)
        self.line = line
        self.reason = reason

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Aantal:
    """How much was stored."""

    organisaties: int
    activiteiten: int


class _Entry(dict[str, Any]):
    """An object of the file that knows on which line it begins."""

    line = 1

    def error(self, reason: str) -> FoutInBestand:
        name = self.get("naam") or self.get("naam_nl")
        return FoutInBestand(self.line, f"“{name}”: {reason}" if name else reason)


class _Decoder(json.JSONDecoder):
    """Reads objects as entries. The scanner in C does not ask for lines, so this takes the one in Python."""

    def __init__(self) -> None:
        super().__init__(object_pairs_hook=list)
        self.parse_object = self._entry
        self.scan_once = py_make_scanner(self)

    def _entry(self, state: tuple[str, int], *args: Any) -> tuple[_Entry, int]:
        text, start = state
        pairs, end = JSONObject(state, *args)
        entry = _Entry(pairs)
        entry.line = text.count("\n", 0, start) + 1
        if len(entry) < len(pairs):
            raise entry.error("a key stands here twice")
        return entry, end


@dataclass(frozen=True)
class _Shape:
    """What may stand in an entry: the columns of its model, and lists of entries that belong to it."""

    model: type[models.Model]
    lists: dict[str, _Shape] = field(default_factory=dict)
    handle: str = ""
    """A key that names the entry for others in the file, and is not stored."""

    def columns(self) -> dict[str, models.Field]:
        found = (*self.model._meta.fields, *self.model._meta.many_to_many)
        return {
            column.name: column
            for column in found
            if column.editable
            and not column.primary_key
            and (column.related_model is None or column.related_model in (*_TERMS, Locatie))
        }

    def required(self) -> set[str]:
        needed = {name for name, column in self.columns().items() if not column.blank and not column.has_default()}
        return needed | ({self.handle} if self.handle else set())


_MOMENT, _BRON = _Shape(Moment), _Shape(Bron)
_LOCATIE = _Shape(Locatie, handle="sleutel")
_ACTIVITEIT = _Shape(Activiteit, {"momenten": _MOMENT, "bronnen": _BRON})
_ORGANISATIE = _Shape(Organisatie, {"locaties": _LOCATIE, "activiteiten": _ACTIVITEIT, "bronnen": _BRON})


def load(path: Path) -> Aantal:
    """Store the organisations of a demonstration file, with all that belongs to them.

    Takes the path of a file in the form of `gegevens/demonstratie.json`. Gives how many organisations and
    activities it stored. Raises FoutInBestand, with nothing stored, when something in the file is wrong, and
    OSError when it cannot be read.
    """
    entries = _read(path)
    store = _Store()
    for entry in entries:
        store.check(entry, _ORGANISATIE)
        _check_places(entry)
    with transaction.atomic():
        for entry in entries:
            store.organisatie(entry)
    return Aantal(len(entries), sum(len(entry.get("activiteiten", ())) for entry in entries))


def _read(path: Path) -> list[_Entry]:
    data = path.read_bytes()
    try:
        document = _Decoder().decode(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FoutInBestand(line, "this is not text in UTF-8") from error
    except json.JSONDecodeError as error:
        raise FoutInBestand(error.lineno, f"this is not JSON: {error.msg}") from error
    except RecursionError as error:
        raise FoutInBestand(1, "lists stand too deep inside each other") from error
    if not isinstance(document, _Entry) or set(document) != {"bestand", "organisaties"}:
        raise FoutInBestand(1, "the file needs the keys “bestand” and “organisaties”, and no others")
    return list(_entries(document, "organisaties"))


def _entries(entry: _Entry, name: str) -> Iterator[_Entry]:
    found = entry.get(name, [])
    if not isinstance(found, list) or not all(isinstance(item, _Entry) for item in found):
        raise entry.error(f"“{name}” is not a list of objects")
    yield from found


def _check_places(organisatie: _Entry) -> None:
    """Every place that an activity or a moment names has to stand in the list of places of its organisation."""
    handles = [place["sleutel"] for place in organisatie.get("locaties", ())]
    if len(handles) != len(set(handles)):
        raise organisatie.error("two places have the same “sleutel”")
    for activiteit in organisatie.get("activiteiten", ()):
        for entry in (activiteit, *activiteit.get("momenten", ())):
            if "locatie" in entry and entry["locatie"] not in handles:
                raise entry.error(f"there is no place “{entry['locatie']}” in this organisation")


class _Store:
    """Checks entries against the models and the lists, and stores them."""

    def __init__(self) -> None:
        self.terms = {model: {term.slug: term for term in model.objects.all()} for model in _TERMS}

    def check(self, entry: _Entry, shape: _Shape) -> None:
        """Refuse keys, kinds of values and terms that the site does not know, here and in all that belongs to it."""
        columns = shape.columns()
        if unknown := set(entry) - set(columns) - set(shape.lists) - {shape.handle}:
            raise entry.error(f"the key “{min(unknown)}” is not known here")
        if missing := shape.required() - set(entry):
            raise entry.error(f"“{min(missing)}” is missing")
        for name in entry.keys() - shape.lists.keys():
            if problem := self._problem(columns.get(name), entry[name]):
                raise entry.error(f"“{name}”: {problem}")
        for name, inner in shape.lists.items():
            for item in _entries(entry, name):
                self.check(item, inner)

    def _problem(self, column: models.Field | None, value: Any) -> str:
        if isinstance(column, models.ManyToManyField):
            if not isinstance(value, list):
                return "this is not a list"
            return next(filter(None, (self._no_term(column, item) for item in value)), "")
        if isinstance(column, models.IntegerField):
            return "" if type(value) is int else "this is not a whole number"
        if not isinstance(value, str):
            return "this is not a text between quotes"
        return self._no_term(column, value)

    def _no_term(self, column: models.Field | None, slug: Any) -> str:
        model = getattr(column, "related_model", None)
        if model not in self.terms or (isinstance(slug, str) and slug in self.terms[model]):
            return ""
        return f"there is no {model._meta.verbose_name} “{slug}”"

    def organisatie(self, entry: _Entry) -> None:
        organisatie = self._make(entry, _ORGANISATIE)
        self._make_all(entry, "bronnen", _BRON, organisatie=organisatie)
        places = {
            place["sleutel"]: self._make(place, _LOCATIE, organisatie=organisatie)
            for place in entry.get("locaties", ())
        }
        for item in entry.get("activiteiten", ()):
            place = {"locatie": places.get(item.get("locatie"))}
            activiteit = self._make(item, _ACTIVITEIT, organisatie=organisatie, **place)
            self._make_all(item, "bronnen", _BRON, organisatie=organisatie, activiteit=activiteit)
            for moment in item.get("momenten", ()):
                self._moment(moment, activiteit, places.get(moment.get("locatie")))

    def _moment(self, entry: _Entry, activiteit: models.Model, locatie: models.Model | None) -> None:
        moment = self._make(entry, _MOMENT, activiteit=activiteit, locatie=locatie)
        if not herhaling.dates(moment.regel, moment.start_on, moment.start_on, moment.start_on):
            raise entry.error("“start_on” is not a day on which its “regel” takes place")

    def _make_all(self, entry: _Entry, name: str, shape: _Shape, **given: Any) -> None:
        for item in entry.get(name, ()):
            self._make(item, shape, **given)

    def _make(self, entry: _Entry, shape: _Shape, **given: Any) -> Any:
        """Store one entry, after every check that its model and the database make. `given` are its relations."""
        many, values = {}, {}
        for name, column in shape.columns().items():
            if name not in entry or name in given:
                continue
            terms = self.terms.get(column.related_model)
            if isinstance(column, models.ManyToManyField):
                many[name] = [terms[slug] for slug in entry[name]]
            else:
                values[name] = terms[entry[name]] if terms else entry[name]
        made = shape.model(**values, **given)
        try:
            # not full_clean(): the relations were just stored or looked up, the constraints are the database's,
            # and clean() expects fields that are right
            made.clean_fields(exclude=given)
            made.clean()
            made.validate_unique(exclude=given)
            made.save()
        except ValidationError as error:
            raise entry.error(_first(error)) from error
        except IntegrityError as error:
            raise entry.error(f"the database refuses this: {str(error).splitlines()[0]}") from error
        for name, terms in many.items():
            getattr(made, name).add(*terms)
        return made


def _first(error: ValidationError) -> str:
    name, errors = next(iter(error.update_error_dict({}).items()))
    reason = ValidationError(errors).messages[0]
    return reason if name == NON_FIELD_ERRORS else f"“{name}”: {reason}"
