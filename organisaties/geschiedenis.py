"""Former versions of profiles, activities and places: what changed, by whom, in words that anybody can read."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import zip_longest
from typing import Any

from django.db.models import OuterRef, Q, Subquery, Value
from django.utils.formats import date_format, time_format
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisaties.choices import UitzonderingSoort, Vertaalstaat
from organisaties.models import Activiteit, Gebruiker, Locatie, Moment, Organisatie, Uitzondering
from organisaties.models.roosters import MetRooster
from organisaties.models.vertalingen import TALEN, merk

SHOWN = 50
"""How many versions a page shows, the newest first."""

RECENT = 8
"""How many changes of late stand on the page of an organisation."""

_LOOKED_AT = 24
"""Among how many versions those are looked for: a version in which nothing changed is no change."""

_NEWEST = ("-history_date", "-history_id")
_UNSEEN = {"id", "slug", "vertaald", "organisatie"}

Entry = Organisatie | Activiteit | Locatie
_KINDS: tuple[type[Entry], ...] = (Organisatie, Activiteit, Locatie)


@dataclass(frozen=True, slots=True)
class Stukje:
    """A piece of a text: the same in both versions, new, or gone."""

    tekst: str
    soort: str = "zelfde"


@dataclass(frozen=True, slots=True)
class Wijziging:
    """One field of a version that is not what it was."""

    veld: Any
    stukjes: list[Stukje]


@dataclass(frozen=True, slots=True)
class Versie:
    """One version: when, by whom (nobody, when it was there before), and what changed."""

    nummer: int
    datum: datetime
    door: Gebruiker | None
    wijzigingen: list[Wijziging]
    is_nu: bool


@dataclass(frozen=True, slots=True)
class Recent:
    """One change of late: when, by whom (nobody: the network), in which entry, and what its boxes are called."""

    datum: datetime
    door: Gebruiker | None
    entry: Entry
    vakken: list[str]
    is_nieuw: bool

    @property
    def soort(self) -> str:
        return self.entry._meta.model_name

    @property
    def dag(self) -> date:
        return localdate(self.datum)


def versions(entry: Entry) -> list[Versie]:
    """The last versions of an entry, the newest first, in a fixed number of queries."""
    found = list(entry.history.select_related("history_user").order_by(*_NEWEST)[: SHOWN + 1])
    words = _words_of(found)
    made = []
    for nr, (row, before) in enumerate(zip_longest(found[:SHOWN], found[1:])):
        new, old = words[row.history_id], words[(before or row).history_id]
        known = [field for field in new if field in old and old[field] != new[field]]
        changes = [Wijziging(field, list(diff(old[field], new[field]))) for field in known]
        made.append(Versie(row.history_id, row.history_date, row.history_user, changes, nr == 0))
    return made


def _words_of(rows: list[Any]) -> dict[int, dict[Any, str]]:
    """What each version says, by what the field is called."""
    words: dict[int, dict[Any, str]] = {row.history_id: {} for row in rows}
    if not rows:
        return words
    for field in rows[0].tracked_fields:
        if field.name not in _UNSEEN:
            names = _names(field, rows) if field.is_relation else {}
            for row in rows:
                words[row.history_id][field.verbose_name] = _in_words(row, field, names)
    for name, texts in _words_along(rows):
        for number, text in texts.items():
            words[number][name] = text
    return words


def _words_along(rows: list[Any]) -> Iterator[tuple[Any, dict[int, str]]]:
    """What versions keep beside their own columns: by name, of each version that knows it."""
    for field in rows[0]._history_m2m_fields:
        yield field.verbose_name, _chosen(rows, field, _names(field, rows))
    if isinstance(rows[0], MetRooster):
        yield _("dagen en tijden"), _times(rows)


def _chosen(rows: list[Any], field: Any, names: dict[int, str]) -> dict[int, str]:
    """What was chosen from a list in each version. One query."""
    chosen: dict[int, list[str]] = {row.history_id: [] for row in rows}
    found = getattr(type(rows[0]), field.name).model._default_manager.filter(history__in=list(chosen))
    for number, key in found.values_list("history_id", f"{field.related_model._meta.model_name}_id"):
        chosen[number].append(names.get(key, ""))
    return {number: ", ".join(sorted(terms)) for number, terms in chosen.items()}


def _names(field: Any, rows: list[Any]) -> dict[int, str]:
    """What the rows that a field points to are called, by id: of a list all its terms, else those of these versions."""
    found = field.related_model._default_manager.all()
    if not field.many_to_many:
        found = found.filter(pk__in={getattr(row, field.attname) for row in rows})
    return {row.pk: str(row) for row in found}


def _in_words(row: Any, field: Any, names: dict[int, str]) -> str:
    value = getattr(row, field.attname)
    if field.is_relation:
        return names.get(value, "")
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    return "" if value is None else str(value)


def _times(rows: list[MetRooster]) -> dict[int, str]:
    """When it was in each version that knows it, a line for each time and each other date. One query."""
    kept = {row.history_id: row.momenten for row in rows if row.rooster is not None}
    numbers = {moment.locatie_id for times in kept.values() for moment, _dates in times} - {None}
    places = Locatie.objects.select_related("stadsdeel").in_bulk(numbers) if numbers else {}
    return {number: "\n".join(_lines(times, places)) for number, times in kept.items()}


def _lines(times: list[tuple[Moment, list[Uitzondering]]], places: dict[int, Locatie]) -> list[str]:
    """The times with their single dates, those that come back first; then the pauses, each once."""
    pauses: dict[str, None] = {}
    found = []
    for moment, dates in sorted(times, key=lambda each: (not each[0].regel, each[0].start_on, each[0].pk)):
        place = str(places.get(moment.locatie_id, ""))
        found.append(", ".join(filter(None, (moment.in_woorden, _since(moment), place))))
        for each in dates:
            if each.soort == UitzonderingSoort.PAUZE:
                pauses[_exception(each)] = None
            else:
                found.append(f"– {_exception(each)}")
    return [*found, *pauses]


def _since(moment: Moment) -> str:
    """From when until when it comes back, and its rule when no words are known for that."""
    if not moment.regel:
        return ""
    words = [gettext("Vanaf %(dag)s") % {"dag": _day(moment.start_on)}]
    if moment.laatste_on:
        words.append(gettext("tot en met %(dag)s") % {"dag": _day(moment.laatste_on)})
    if moment.dagen_in_woorden == gettext("Op wisselende dagen"):
        words.append(f"({moment.regel})")
    text = " ".join(words)
    return text[:1].lower() + text[1:]


def _exception(each: Uitzondering) -> str:
    why = " / ".join(filter(None, (each.reden_nl, each.reden_en)))
    return f"{_deviation(each)}: {why}" if why else _deviation(each)


def _deviation(each: Uitzondering) -> str:
    if each.soort == UitzonderingSoort.OVERGESLAGEN:
        return gettext("%(dag)s gaat niet door") % {"dag": _day(each.datum_on)}
    if each.soort == UitzonderingSoort.PAUZE:
        days = {"eerste": _day(each.datum_on), "laatste": _day(each.tot_en_met_on)}
        return gettext("Pauze van %(eerste)s tot en met %(laatste)s") % days
    hours = "\u00a0–\u00a0".join(time_format(clock, "H:i") for clock in (each.nieuw_begin, each.nieuw_eind) if clock)
    new = ", ".join(filter(None, (_day(each.nieuw_on), hours)))
    return gettext("%(dag)s wordt %(nieuw)s") % {"dag": _day(each.datum_on), "nieuw": new}


def _day(day: date) -> str:
    return date_format(day, "j F Y")


# --- what changed of late


def recent(organisatie: Organisatie) -> list[Recent]:
    """The last changes in a profile, its activities and its places, the newest first, in a fixed number of queries."""
    entries = {(type(each), each.pk): each for each in (organisatie, *organisatie.activiteiten.all())}
    entries |= {(Locatie, each.pk): each for each in organisatie.locaties.all()}
    numbers = _newest(entries)
    rows = {model: _with_former(model, numbers[model]) for model in _KINDS if numbers[model]}
    chosen = _chosen_keys(rows)
    found = []
    for model, versions_of in rows.items():
        for row in versions_of:
            former = next((each for each in versions_of if each.id == row.id and _age(each) < _age(row)), None)
            boxes = list(_changed(former, row, chosen)) if former else []
            is_new = not former and (row.history_type == "+" or row.history_user_id is not None)
            if row.history_id in numbers[model] and (boxes or is_new):
                found.append(Recent(row.history_date, row.history_user, entries[model, row.id], boxes, is_new))
    return _joined(sorted(found, key=lambda each: each.datum, reverse=True))[:RECENT]


def _joined(found: list[Recent]) -> list[Recent]:
    """What one person did to one entry on one day, without anything else in between, as one."""
    joined: list[Recent] = []
    for each in found:
        last = joined[-1] if joined else None
        if last and (last.entry, last.door, last.dag) == (each.entry, each.door, each.dag):
            boxes = list(dict.fromkeys((*last.vakken, *each.vakken)))
            joined[-1] = replace(last, vakken=boxes, is_nieuw=last.is_nieuw or each.is_nieuw)
        else:
            joined.append(each)
    return joined


def _newest(entries: Iterable[tuple[type[Entry], int]]) -> dict[type[Entry], list[int]]:
    """The numbers of the last versions of all these together, by kind. One query."""
    parts = []
    for nr, model in enumerate(_KINDS):
        mine = model.history.order_by().filter(id__in=[pk for kind, pk in entries if kind is model])
        parts.append(mine.annotate(van=Value(nr)).values_list("history_date", "history_id", "van"))
    found = list(parts[0].union(*parts[1:], all=True).order_by(*_NEWEST)[:_LOOKED_AT])
    return {model: [number for _date, number, kind in found if kind == nr] for nr, model in enumerate(_KINDS)}


def _with_former(model: type[Entry], numbers: list[int]) -> list[Any]:
    """These versions and of each the one before it, the newest first. One query."""
    same, date = model.history.filter(id=OuterRef("id")).order_by(*_NEWEST), OuterRef("history_date")
    former = same.filter(Q(history_date__lt=date) | Q(history_date=date, history_id__lt=OuterRef("history_id")))
    mine = model.history.order_by().filter(history_id__in=numbers)
    formers = mine.annotate(former=Subquery(former.values("history_id")[:1])).values("former")
    found = model.history.filter(Q(history_id__in=numbers) | Q(history_id__in=formers))
    return list(found.select_related("history_user").order_by(*_NEWEST))


def _age(row: Any) -> tuple[datetime, int]:
    return row.history_date, row.history_id


def _chosen_keys(rows: dict[type[Entry], list[Any]]) -> dict[tuple[Any, int], set[int]]:
    """What was chosen from lists in these versions, by the field and the version. At most one query."""
    fields = [field for found in rows.values() for field in found[0]._history_m2m_fields]
    parts = []
    for nr, field in enumerate(fields):
        owner = rows[field.model]
        links = getattr(type(owner[0]), field.name).model._default_manager.order_by().annotate(van=Value(nr))
        mine = links.filter(history__in=[row.history_id for row in owner])
        parts.append(mine.values_list("van", "history_id", f"{field.related_model._meta.model_name}_id"))
    chosen: dict[tuple[Any, int], set[int]] = {}
    for nr, number, key in parts[0].union(*parts[1:], all=True) if parts else ():
        chosen.setdefault((fields[nr], number), set()).add(key)
    return chosen


def _changed(old: Any, new: Any, chosen: dict[tuple[Any, int], set[int]]) -> Iterator[str]:
    """What the boxes are called of which the answer is not the same in both versions."""
    for field in new.tracked_fields:
        if field.name not in _UNSEEN and getattr(old, field.attname) != getattr(new, field.attname):
            word = f" ({new.get_status_display()})" if field.name == "status" else ""
            yield f"{field.verbose_name}{word}"
    for field in new._history_m2m_fields:
        if chosen.get((field, old.history_id)) != chosen.get((field, new.history_id)):
            yield str(field.verbose_name)
    if isinstance(new, MetRooster) and None not in (old.rooster, new.rooster) and old.rooster != new.rooster:
        yield gettext("dagen en tijden")


def diff(before: str, after: str) -> Iterator[Stukje]:
    """Two texts as one, by words: what is the same, what is gone and what is new."""
    old, new = (re.findall(r"\s+|[^\s]+", text) for text in (before, after))
    for deed, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if deed == "equal":
            yield Stukje("".join(old[a:b]))
            continue
        for words, soort in ((old[a:b], "weg"), (new[c:d], "nieuw")):
            if words:
                yield Stukje("".join(words), soort)


def since_translated(entry: Entry, names: Iterable[str]) -> dict[str, list[Stukje]]:
    """Of each text that is behind the other language: what changed there since, by the name of its box.

    Empty when the version that it was made from is no longer kept.
    """
    found = {}
    for name in names:
        for code, other in (TALEN, TALEN[::-1]):
            if entry.staat(name, code) == Vertaalstaat.VEROUDERD:
                source = _source(entry, f"{name}_{other}", entry.vertaald[name][other])
                found[f"{name}_{code}"] = list(diff(source, entry.paar(name)[other])) if source else []
    return found


def _source(entry: Entry, column: str, mark: str) -> str:
    texts = entry.history.order_by(*_NEWEST).values_list(column, flat=True)
    return next((text for text in texts.iterator() if merk(text) == mark), "")
