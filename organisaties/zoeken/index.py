"""Writing the index: what changed in the entries is brought into `Vermelding` and `Zoekterm`, in the same transaction.

Whoever writes holds the one row of `Stand`, so changes come one after the other and their versions in that order:
a reader that saw a version has seen all before it.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

from django.db import models, transaction
from django.db.models import Prefetch

from organisaties.choices import Soort
from organisaties.models import Activiteit, Locatie, Moment, Organisatie, Stand, Vermelding, Zoekterm
from organisaties.woorden import fold
from organisaties.zoeken import inhoud, kenmerken
from organisaties.zoeken.bits import BitMap

CHUNK = 500
"""How many entries or terms are read or written at once."""

_PLACES = ("overal", "in_tekst", "in_naam")
"""The sets of a row, by the place of a word in `inhoud`: a fact, a text, a name."""

_Changes = dict[str, list[tuple[int, int | None]]]
"""Per term, the entries of which it changed place (or left: None)."""

Progress = Callable[[int], None]
_collecting: ContextVar[dict[str, set[int]] | None] = ContextVar("collecting", default=None)


@dataclass(frozen=True, slots=True)
class _Inhoud:
    """What the index keeps of one entry."""

    nummer: int
    naam: str
    kenmerken: set[str]
    woorden: dict[str, int]
    bevestigd_op: date | None


# --- deeds


def changed(soort: str, numbers: Iterable[int]) -> None:
    """Bring these entries (by id) up to date in the index; inside `together` that waits until its end."""
    collected = _collecting.get()
    if collected is None:
        update(soort, numbers)
    else:
        collected[soort].update(numbers)


def pages_changed() -> None:
    """Make pages that were kept old, though nothing else can be found; inside `together` that waits until its end."""
    collected = _collecting.get()
    if collected is None:
        next_version()
    else:
        collected.setdefault(Soort.ACTIVITEIT, set())


@contextmanager
def together() -> Iterator[None]:
    """One transaction in which every changed entry is indexed once, at the end.

    The index is then what is held last, after the entries themselves: who stores and who removes do not wait for
    each other.
    """
    if _collecting.get() is not None:
        yield
        return
    token = _collecting.set(defaultdict(set))
    try:
        with transaction.atomic():
            yield
            collected = _collecting.get() or {}
            _collecting.set(None)
            for soort in sorted(collected):
                update(soort, collected[soort])
            if collected and not any(collected.values()):
                next_version()
    finally:
        _collecting.reset(token)


def update(soort: str, numbers: Iterable[int]) -> None:
    """Write what these entries (by id) are now into the index; an entry that is in no list leaves it."""
    wanted = sorted(set(numbers))
    if not wanted:
        return
    with transaction.atomic():
        versie = next_version()
        for chunk in _chunks(wanted):
            _write(soort, chunk, versie)


def next_version() -> int:
    """Hold the index until the transaction ends, and give the version of the changes to come."""
    stand, _ = Stand.objects.select_for_update().get_or_create(pk=1)
    stand.versie += 1
    stand.save()
    return stand.versie


def rebuild(soort: str, progress: Progress = lambda count: None) -> int:
    """Make the whole index of a kind anew from the entries. Gives how many entries are in it."""
    with transaction.atomic():
        versie = next_version()
        gone = Vermelding.objects.filter(soort=soort)
        gone.update(is_zichtbaar=False, kenmerken="", woorden=_pack_words({}), bevestigd_op=None, versie=versie)
        postings: dict[str, tuple[BitMap, ...]] = defaultdict(lambda: tuple(BitMap() for _ in _PLACES))
        numbers = list(_listed(soort).order_by("pk").values_list("pk", flat=True))
        for done, chunk in enumerate(_chunks(numbers), 1):
            found = [_inhoud(soort, entry) for entry in _entries(soort, chunk)]
            _store(soort, found, versie)
            for entry in found:
                for term, place in entry.woorden.items():
                    postings[term][place].add(entry.nummer)
            progress(min(done * CHUNK, len(numbers)))
        Zoekterm.objects.filter(soort=soort).delete()
        rows = (_row(soort, term, sets, versie) for term, sets in postings.items())
        Zoekterm.objects.bulk_create(rows, batch_size=CHUNK)
        return len(numbers)


# --- reading the entries


def _listed(soort: str) -> models.QuerySet:
    return Activiteit.objects.listed() if soort == Soort.ACTIVITEIT else Organisatie.objects.published()


def _entries(soort: str, numbers: list[int]) -> list[Activiteit | Organisatie]:
    """The entries with these ids that are in lists, with all that the index reads of them."""
    # which ones are in lists is decided here: asked together with the ids, SQLite walks along the whole table
    moments = Prefetch("momenten", Moment.objects.select_related("locatie__stadsdeel"))
    activiteiten = (
        Activiteit.objects.order_by("pk")
        .select_related("organisatie", "thema", "vorm", "locatie__stadsdeel")
        .prefetch_related("andere_themas", "doelgroepen", "talen", moments)
    )
    if soort == Soort.ACTIVITEIT:
        return [activiteit for activiteit in activiteiten.filter(pk__in=numbers) if activiteit.is_listed]
    organisaties = Organisatie.objects.order_by("pk").prefetch_related(
        "themas",
        "doelgroepen",
        "talen",
        Prefetch("locaties", Locatie.objects.select_related("stadsdeel")),
        Prefetch("activiteiten", activiteiten),
    )
    return [organisatie for organisatie in organisaties.filter(pk__in=numbers) if organisatie.is_published]


def _inhoud(soort: str, entry: Activiteit | Organisatie) -> _Inhoud:
    if soort == Soort.ACTIVITEIT:
        codes, words = kenmerken.van_activiteit(entry), inhoud.van_activiteit(entry)
    else:
        own = [activiteit for activiteit in entry.activiteiten.all() if activiteit.is_listed]
        codes, words = kenmerken.van_organisatie(entry, own), inhoud.van_organisatie(entry, own)
    return _Inhoud(entry.pk, fold(str(entry))[:200], codes, words, entry.bevestigd_op)


# --- writing the rows


def _write(soort: str, numbers: list[int], versie: int) -> None:
    found = {entry.nummer: entry for entry in (_inhoud(soort, e) for e in _entries(soort, numbers))}
    before = dict(Vermelding.objects.filter(soort=soort, nummer__in=numbers).values_list("nummer", "woorden"))
    changes: _Changes = defaultdict(list)
    for number in numbers:
        old = _unpack_words(before[number]) if number in before else {}
        new = found[number].woorden if number in found else {}
        for term in old.keys() | new.keys():
            if old.get(term) != new.get(term):
                changes[term].append((number, new.get(term)))
    _write_terms(soort, changes, versie)
    gone = [number for number in before if number not in found]
    _store(soort, [*found.values(), *(_Inhoud(number, "", set(), {}, None) for number in gone)], versie, gone)


def _store(soort: str, entries: list[_Inhoud], versie: int, gone: Iterable[int] = ()) -> None:
    rows = [
        Vermelding(
            soort=soort,
            nummer=entry.nummer,
            naam=entry.naam.encode(),
            kenmerken=" ".join(sorted(entry.kenmerken)),
            woorden=_pack_words(entry.woorden),
            bevestigd_op=entry.bevestigd_op,
            is_zichtbaar=entry.nummer not in set(gone),
            versie=versie,
        )
        for entry in entries
    ]
    fields = ["naam", "kenmerken", "woorden", "bevestigd_op", "is_zichtbaar", "versie"]
    Vermelding.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["soort", "nummer"], update_fields=fields, batch_size=CHUNK
    )


def _write_terms(soort: str, changes: _Changes, versie: int) -> None:
    fields = [*_PLACES, "aantal"]
    for chunk in _chunks(sorted(changes)):
        known = {row.term: row for row in Zoekterm.objects.filter(soort=soort, term__in=chunk)}
        rows = []
        for term in chunk:
            row = known.get(term)
            # the sets of a row hold each other; here each entry is in one of them, that of its best place
            sets = _apart(row) if row else tuple(BitMap() for _ in _PLACES)
            for number, place in changes[term]:
                for bits in sets:
                    bits.discard(number)
                if place is not None:
                    sets[place].add(number)
            rows.append(_row(soort, term, sets, row.versie if row else versie))
        Zoekterm.objects.bulk_create(rows, update_conflicts=True, unique_fields=["soort", "term"], update_fields=fields)


def _apart(row: Zoekterm) -> tuple[BitMap, ...]:
    anywhere, in_text, in_name = (BitMap.deserialize(bytes(getattr(row, name))) for name in _PLACES)
    return anywhere - in_text, in_text - in_name, in_name


def _row(soort: str, term: str, sets: Sequence[BitMap], versie: int) -> Zoekterm:
    """A row from the entries that have the term in a fact, in their text or in their name at best."""
    fact, text, name = sets
    anywhere = fact | text | name
    return Zoekterm(
        soort=soort,
        term=term,
        in_naam=name.serialize(),
        in_tekst=(text | name).serialize(),
        overal=anywhere.serialize(),
        aantal=len(anywhere),
        versie=versie,
    )


def _pack_words(words: dict[str, int]) -> bytes:
    return zlib.compress("\n".join(f"{place}{term}" for term, place in sorted(words.items())).encode(), 1)


def _unpack_words(data: bytes) -> dict[str, int]:
    return {line[1:]: int(line[0]) for line in zlib.decompress(data).decode().split("\n") if line}


def _chunks(items: list) -> Iterator[list]:
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))
