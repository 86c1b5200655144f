"""Sets of entries as bitmaps: a bit per number, on when the entry with that number belongs to the set.

`Verzameling` is the compressed bitmap of CRoaring, which says in a microsecond how many of 100,000 entries two sets
share. That makes it possible to count every choice of every filter for every page. It cannot change, so threads may
share it; `&`, `|`, `-` and `^` give a new one. Nothing here knows what an entry is.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from pyroaring import BitMap
from pyroaring import FrozenBitMap as Verzameling

__all__ = ("LEEG", "BitMap", "Score", "Verzameling", "Volgorde", "at_least", "intersection", "union")

LEEG = Verzameling()

SPARSE = 500
"""Up to this many entries are sorted; of a larger set the entries come up by walking along the order."""

STRETCH = 1000


def union(sets: Iterable[Verzameling]) -> Verzameling:
    """All that is in any of the sets."""
    found = [bits for bits in sets if bits]
    return Verzameling.union(*found) if len(found) > 1 else found[0] if found else LEEG


def intersection(sets: Iterable[Verzameling]) -> Verzameling:
    """All that is in each of the sets; nothing when there are none."""
    found = list(sets)
    return Verzameling.intersection(*found) if len(found) > 1 else found[0] if found else LEEG


def at_least(sets: Sequence[Verzameling], count: int) -> Verzameling:
    """All that is in at least `count` (1 or more) of the sets."""
    reached = [LEEG] * (count + 1)
    for bits in sets:
        for n in range(count, 1, -1):
            reached[n] |= reached[n - 1] & bits
        reached[1] |= bits
    return reached[count]


class Score:
    """A score for every entry at once, kept as the binary digits of the scores: one set per digit."""

    def __init__(self) -> None:
        self.digits: list[Verzameling] = []

    def add(self, bits: Verzameling, points: int) -> None:
        """Give every entry of a set these points (0 or more)."""
        for place in range(points.bit_length()):
            carry, at = (bits if points >> place & 1 else LEEG), place
            while carry:
                if at >= len(self.digits):
                    self.digits += [LEEG] * (at + 1 - len(self.digits))
                self.digits[at], carry = self.digits[at] ^ carry, self.digits[at] & carry
                at += 1

    def ranked(self, bits: Verzameling, digit: int | None = None) -> Iterator[Verzameling]:
        """The entries of a set in groups of equal score, the highest score first."""
        digit = len(self.digits) - 1 if digit is None else digit
        if not bits:
            return
        if digit < 0:
            yield bits
            return
        yield from self.ranked(bits & self.digits[digit], digit - 1)
        yield from self.ranked(bits - self.digits[digit], digit - 1)


@dataclass(frozen=True)
class Volgorde:
    """The order in which entries stand in lists."""

    numbers: Sequence[int] = ()
    place: Sequence[int] = ()
    """The place of each entry in the order, by its number."""

    stretches: Sequence[tuple[Sequence[int], Verzameling]] = ()
    """The order in stretches, each also as a set: counting tells which of them a page is in."""

    @classmethod
    def of(cls, numbers: Sequence[int]) -> Volgorde:
        """The order in which these numbers stand."""
        place = array("Q", bytes(8 * (max(numbers, default=-1) + 1)))
        for at, number in enumerate(numbers):
            place[number] = at
        parts = [numbers[start : start + STRETCH] for start in range(0, len(numbers), STRETCH)]
        return cls(numbers, place, [(part, Verzameling(part)) for part in parts])

    def page(self, groups: Iterable[Verzameling], first: int, count: int) -> list[int]:
        """A page of entries: groups of which the first comes first, and this order within a group.

        Takes how many entries to skip and how many to give.
        """
        found: list[int] = []
        for bits in groups:
            size = len(bits)
            if first >= size:
                first -= size
                continue
            found += self._in_order(bits, first, first + count - len(found))
            if len(found) == count:
                break
            first = 0
        return found

    def _in_order(self, bits: Verzameling, start: int, stop: int) -> list[int]:
        if len(bits) <= SPARSE:
            return sorted(bits, key=self.place.__getitem__)[start:stop]
        found: list[int] = []
        for part, members in self.stretches:
            size = members.intersection_cardinality(bits)
            if start < size:
                found += islice(filter(bits.__contains__, part), start, stop)
            start, stop = max(0, start - size), stop - size
            if stop <= 0:
                break
        return found
