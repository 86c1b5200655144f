"""What a web process keeps of the index in memory, and how that stays the same as the database.

Every request asks one row, the version of the index. When that has moved on, the process reads the entries that have
changed since and makes a new `Lijst` beside the old one; the old one is never touched, so nobody sees half a change.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from threading import Lock
from typing import Any

from django.conf import settings
from django.utils.translation import override

from organisaties.models import Stadsdeel, Stand, Vermelding, Zoekterm
from organisaties.zoeken.begrippen import Woordenboek, lees_woordenboek
from organisaties.zoeken.bits import LEEG, BitMap, Verzameling, Volgorde, union
from organisaties.zoeken.kenmerken import FACETTEN, POSTCODE, PUNT, in_woorden

VERS_MAANDEN = 12
"""An entry that was confirmed in this many months or less stands before one that was not."""

Labels = dict[str, list[tuple[str, str]]]
Cel = tuple[int, int]
"""A square of some 100 metres: latitude and longitude in thousandths of a degree."""


@dataclass(frozen=True)
class Lijst:
    """All entries of one kind, in memory. Sets hold ids, see `bits`."""

    soort: str = ""
    versie: int = 0
    alles: Verzameling = LEEG
    kenmerken: dict[str, Verzameling] = field(default_factory=dict)
    cellen: dict[Cel, Verzameling] = field(default_factory=dict)
    """The entries with a public point, by where that is."""

    postcodes: dict[str, Verzameling] = field(default_factory=dict)
    """The entries of which only a postcode of four digits is known, with those that have a point as well."""

    maanden: dict[int, Verzameling] = field(default_factory=dict)
    volgorde: Volgorde = field(default_factory=Volgorde)
    woorden: list[str] = field(default_factory=list)
    labels: dict[str, Labels] = field(default_factory=dict)
    woordenboek: Woordenboek = field(default_factory=Woordenboek)
    stadsdelen: dict[str, str] = field(default_factory=dict)
    """The slug of each district by its letter."""

    termen: dict[str, tuple[Verzameling, ...]] = field(default_factory=dict, compare=False)
    """Where the terms of late questions stand, as they were read."""

    dagen: dict[Any, Verzameling] = field(default_factory=dict, compare=False)
    """The entries of late days, as they were worked out."""

    kaarten: dict[Any, Any] = field(default_factory=dict, compare=False)
    bladen: dict[Any, Any] = field(default_factory=dict, compare=False)
    """What pages made of the entries in this version; it goes with it."""

    @property
    def aantal(self) -> int:
        return len(self.alles)

    def met(self, code: str) -> Verzameling:
        """The entries with a value, "facet:value"."""
        return self.kenmerken.get(code, LEEG)

    def vers(self, today: date) -> Verzameling:
        """The entries that somebody confirmed lately."""
        first = _month(today) - VERS_MAANDEN
        return union(bits for month, bits in self.maanden.items() if month >= first)

    def kent(self, word: str) -> bool:
        """Whether a word stands in any entry."""
        at = bisect_left(self.woorden, word)
        return at < len(self.woorden) and self.woorden[at] == word

    def beginnend_met(self, prefix: str, most: int) -> list[str]:
        """Known words that begin with these letters, at most so many."""
        at = bisect_left(self.woorden, prefix)
        return [word for word in self.woorden[at : at + most] if word.startswith(prefix)]


def _month(day: date) -> int:
    return day.year * 12 + day.month


_lijsten: dict[str, Lijst] = {}
_lock = Lock()


def lijst(soort: str) -> Lijst:
    """The entries of a kind as they are now. One query when nothing changed, a few when something did."""
    versie = Stand.objects.values_list("versie", flat=True).first() or 0
    known = _lijsten.get(soort)
    if known is None or known.versie != versie:
        with _lock:
            known = _lijsten.get(soort)
            if known is None or known.versie != versie:
                known = _lijsten[soort] = _volgende(soort, known or Lijst(), versie)
    return known


def vergeet() -> None:
    """Forget everything, as when the process has just started."""
    _lijsten.clear()
    _shared.cache_clear()


def _volgende(soort: str, old: Lijst, versie: int) -> Lijst:
    """A new list: the old one with what has changed since."""
    since = old.versie if old.versie <= versie else 0
    base = old if since else Lijst()
    rows = Vermelding.objects.filter(soort=soort, versie__gt=since).values_list(
        "nummer", "kenmerken", "bevestigd_op", "is_zichtbaar"
    )
    gone, shown = BitMap(), BitMap()
    codes, months = defaultdict(BitMap), defaultdict(BitMap)
    for number, kenmerken, confirmed, is_visible in rows.iterator():
        gone.add(number)
        if is_visible:
            shown.add(number)
            for code in kenmerken.split():
                codes[code].add(number)
            if confirmed:
                months[_month(confirmed)].add(number)
    cells, postcodes = _taken_out(codes, PUNT), _taken_out(codes, POSTCODE)
    labels, woordenboek, stadsdelen = _shared(versie)
    return Lijst(
        soort=soort,
        versie=versie,
        alles=base.alles - gone | shown,
        kenmerken=_merged(base.kenmerken, gone, codes),
        cellen=_merged(base.cellen, gone, {_cel(text): bits for text, bits in cells.items()}),
        postcodes=_merged(base.postcodes, gone, postcodes),
        maanden=_merged(base.maanden, gone, months),
        volgorde=_order(soort) if gone else base.volgorde,
        woorden=_sorted_words(soort, since, base.woorden),
        labels=labels,
        woordenboek=woordenboek,
        stadsdelen=stadsdelen,
    )


def _order(soort: str) -> Volgorde:
    """The order of all entries, by name."""
    shown = Vermelding.objects.filter(soort=soort, is_zichtbaar=True).order_by("naam", "nummer")
    return Volgorde.of(array("I", shown.values_list("nummer", flat=True).iterator()))


def _merged(old: dict[Any, Verzameling], gone: BitMap, new: dict[Any, BitMap]) -> dict[Any, Verzameling]:
    return {key: old.get(key, LEEG) - gone | new.get(key, LEEG) for key in old.keys() | new.keys()}


def _taken_out(codes: dict[str, BitMap], start: str) -> dict[str, BitMap]:
    """The codes with this beginning, by what follows it. They are no values of a facet: nobody counts them."""
    return {code.removeprefix(start): codes.pop(code) for code in list(codes) if code.startswith(start)}


def _cel(text: str) -> Cel:
    breedte, lengte = text.split(",")
    return int(breedte), int(lengte)


def _sorted_words(soort: str, since: int, old: list[str]) -> list[str]:
    new = Zoekterm.objects.filter(soort=soort, versie__gt=since).values_list("term", flat=True)
    fresh = [term for term in new.iterator() if ":" not in term]
    return sorted({*old, *fresh}) if fresh else old


@lru_cache(maxsize=1)
def _shared(versie: int) -> tuple[dict[str, Labels], Woordenboek, dict[str, str]]:
    """What both kinds of lists share in a version: the names of all values, the dictionary, letters of districts."""
    values = {facet.naam: facet.waarden() for facet in FACETTEN}
    labels = {}
    for language, _ in settings.LANGUAGES:
        with override(language):
            labels[language] = {
                naam: [(slug, in_woorden(label)) for slug, label in found] for naam, found in values.items()
            }
    letters = dict(Stadsdeel.objects.values_list("code", "slug"))
    return labels, lees_woordenboek(), letters
