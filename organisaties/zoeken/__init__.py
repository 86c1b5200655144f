"""Search and facets: which entries answer a question, in which order, and how many every other choice would give.

How it works, for whoever meets it for the first time. Every listed entry has a number, its id. A set of entries is a
bitmap: a bit per number (`bits`). Each value of each facet is such a set, kept in memory by every web process
(`geheugen`) and brought up to date by version. Each term of the index is such a set too, kept in the database
(`index` writes them, `vraag` reads the few that a question needs). So filtering is `&` and `|`, counting is a count of
bits, and both databases give the same answer, because all they do is look up rows by their key.

The plain queries in `organisaties.filters` give the same entries; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils import timezone

from organisaties.plaatsen import Punt
from organisaties.zoeken.bits import Score, Verzameling, union
from organisaties.zoeken.dagen import op_dagen
from organisaties.zoeken.geheugen import Lijst, lijst
from organisaties.zoeken.kenmerken import NAMEN
from organisaties.zoeken.nabij import op_afstand
from organisaties.zoeken.vraag import Antwoord, beantwoord

__all__ = ("Keuzes", "Lijst", "Uitkomst", "lijst", "zoek")

Keuzes = Mapping[str, list[str]]
"""The chosen values per facet. Values of one facet are "or", facets among each other are "and"."""


@dataclass(frozen=True)
class Uitkomst:
    """The answer to a question with choices."""

    lijst: Lijst
    keuzes: Keuzes
    antwoord: Antwoord | None
    dagen: Verzameling | None = None
    """The entries of the days that were asked, when days were."""

    bij: Punt | None = None
    afstanden: dict[int, float] = field(default_factory=dict, compare=False)
    """How far the entries of the pages that were asked for are, in metres."""

    @cached_property
    def _per_facet(self) -> dict[str, Verzameling]:
        return {
            naam: union(self.lijst.met(f"{naam}:{waarde}") for waarde in waarden)
            for naam, waarden in self.keuzes.items()
            if waarden
        }

    @cached_property
    def _gevraagd(self) -> Verzameling:
        asked = self.lijst.alles if self.antwoord is None else self.antwoord.bits
        return asked if self.dagen is None else asked & self.dagen

    @cached_property
    def bits(self) -> Verzameling:
        """The entries that answer to everything."""
        return self._zonder("")

    def _zonder(self, facet: str) -> Verzameling:
        """The entries that answer to everything but the choices of one facet."""
        found = self._gevraagd
        for naam, bits in self._per_facet.items():
            if naam != facet:
                found &= bits
        return found

    @cached_property
    def aantal(self) -> int:
        """How many entries answer to everything."""
        return len(self.bits)

    def aantal_zonder(self, facet: str) -> int:
        """How many entries there would be without the choices of one facet."""
        return len(self._zonder(facet))

    def tellingen(self) -> dict[str, int]:
        """How many entries each value has, as "facet:value", given all choices in the other facets."""
        bases = {naam: self._zonder(naam) for naam in self._per_facet}
        return {
            code: bits.intersection_cardinality(bases.get(code.partition(":")[0], self.bits))
            for code, bits in self.lijst.kenmerken.items()
        }

    def nummers(self, first: int, count: int) -> list[int]:
        """The ids on a page: the best answers first, the lately confirmed before the others, then by name.

        With a point (`bij`) the nearest first, but what has the words that were asked before what only may help.
        """
        if self.bij is None:
            return self.lijst.volgorde.page(self._op_score(), first, count)
        found: list[int] = []
        for distance, bits in self._op_afstand(self.bij):
            if first >= len(bits):
                first -= len(bits)
                continue
            numbers = self.lijst.volgorde.page([bits], first, count - len(found))
            self.afstanden.update((number, distance) for number in numbers if distance is not None)
            found += numbers
            if len(found) == count:
                break
            first = 0
        return found

    def _op_score(self) -> Iterator[Verzameling]:
        score = Score() if self.antwoord is None else self.antwoord.score
        fresh = self.lijst.vers(timezone.localdate())
        return (part for bits in score.ranked(self.bits) for part in (bits & fresh, bits - fresh))

    def _op_afstand(self, punt: Punt) -> Iterator[tuple[float | None, Verzameling]]:
        best = self.bits if self.antwoord is None else self.bits & self.antwoord.zelf
        for part in (best, self.bits - best):
            yield from op_afstand(self.lijst, punt, part)


def zoek(
    known: Lijst,
    keuzes: Keuzes | None = None,
    woorden: str = "",
    *,
    dagen: Sequence[date] = (),
    bij: Punt | None = None,
) -> Uitkomst:
    """Find entries in a list, that of `lijst`.

    Takes the chosen values per facet, words in any language, the days (of Amsterdam) on which an activity must take
    place, and the point that the nearest must come first of. Values that do not exist find nothing; leave them out
    before. One or two queries for the words, a handful for a day that nobody asked for yet.
    """
    chosen = {naam: waarden for naam, waarden in (keuzes or {}).items() if naam in NAMEN}
    now = timezone.localtime()
    on_days = op_dagen(known, dagen, vandaag=now.date(), na=now.time()) if dagen else None
    return Uitkomst(known, chosen, beantwoord(woorden, known), on_days, bij)
