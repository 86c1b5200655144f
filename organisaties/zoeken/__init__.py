"""Search and facets: which entries answer a question, in which order, and how many every other choice would give.

How it works, for whoever meets it for the first time. Every listed entry has a number, its id. A set of entries is a
bitmap: a bit per number (`bits`). Each value of each facet is such a set, kept in memory by every web process
(`geheugen`) and brought up to date by version. Each term of the index is such a set too, kept in the database
(`index` writes them, `vraag` reads the few that a question needs). So filtering is `&` and `|`, counting is a count of
bits, and both databases give the same answer, because all they do is look up rows by their key.

The plain queries in `organisaties.filters` give the same entries; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from organisaties.zoeken.bits import Score, Verzameling, union
from organisaties.zoeken.geheugen import Lijst, lijst
from organisaties.zoeken.kenmerken import NAMEN
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

    @cached_property
    def _per_facet(self) -> dict[str, Verzameling]:
        return {
            naam: union(self.lijst.met(f"{naam}:{waarde}") for waarde in waarden)
            for naam, waarden in self.keuzes.items()
            if waarden
        }

    @cached_property
    def _gevraagd(self) -> Verzameling:
        return self.lijst.alles if self.antwoord is None else self.antwoord.bits

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
        """The ids on a page: the best answers first, the lately confirmed before the others, then by name."""
        score = Score() if self.antwoord is None else self.antwoord.score
        fresh = self.lijst.vers(timezone.localdate())
        groups = (part for bits in score.ranked(self.bits) for part in (bits & fresh, bits - fresh))
        return self.lijst.volgorde.page(groups, first, count)


def zoek(known: Lijst, keuzes: Keuzes | None = None, woorden: str = "") -> Uitkomst:
    """Find entries in a list, that of `lijst`. Takes the chosen values per facet and words in any language.

    Values that do not exist find nothing; leave them out before. One or two queries for the words.
    """
    chosen = {naam: waarden for naam, waarden in (keuzes or {}).items() if naam in NAMEN}
    return Uitkomst(known, chosen, beantwoord(woorden, known))
