"""Sets of entries as whole numbers: bit 7 is on when entry 7 belongs to the set.

Python does `&`, `|` and counting on such a number in a few microseconds for 100,000 entries, which is what makes
it possible to count every choice of every filter for every page. Nothing here knows what an entry is.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, islice
from operator import itemgetter

SPARSE = 500
"""Up to this many entries are sorted; of a larger set the entries come up by walking along the whole order."""

STRETCH = 1000
Stretch = tuple[Sequence[int], Callable[[bytes], Sequence[int]]]

_DIGITS = bytes.maketrans(b"01", b"\x00\x01")


class Gathering:
    """A set that is being gathered. It takes a bit per number, however many are added."""

    def __init__(self, numbers: Iterable[int] = ()) -> None:
        self.flags = bytearray()
        for number in numbers:
            self.add(number)

    def add(self, number: int) -> None:
        """Put a number (0 or more) in the set."""
        at = number >> 3
        if at >= len(self.flags):
            self.flags.extend(bytes(at + 1 - len(self.flags)))
        self.flags[at] |= 1 << (number & 7)

    @property
    def bits(self) -> int:
        """The set as it is now."""
        return int.from_bytes(self.flags, "little")


def bits_of(numbers: Iterable[int]) -> int:
    """The set of these numbers (0 or more, in any order)."""
    return Gathering(numbers).bits


def numbers_of(bits: int) -> list[int]:
    """The numbers in a set, from low to high."""
    flags = bin(bits)[:1:-1]
    found, at = [], flags.find("1")
    while at >= 0:
        found.append(at)
        at = flags.find("1", at + 1)
    return found


def pack(bits: int) -> bytes:
    """A set as few bytes, for the database."""
    return zlib.compress(bits.to_bytes(bits.bit_length() // 8 + 1, "little"), 1)


def unpack(data: bytes) -> int:
    """The set that `pack` wrote."""
    return int.from_bytes(zlib.decompress(data), "little")


def union(sets: Iterable[int]) -> int:
    """All that is in any of the sets."""
    found = 0
    for bits in sets:
        found |= bits
    return found


def at_least(sets: Sequence[int], count: int) -> int:
    """All that is in at least `count` (1 or more) of the sets."""
    reached = [0] * (count + 1)
    reached[0] = -1
    for bits in sets:
        for n in range(count, 0, -1):
            reached[n] |= reached[n - 1] & bits
    return reached[count]


class Score:
    """A score for every entry at once, kept as the binary digits of the scores: one set per digit."""

    def __init__(self) -> None:
        self.digits: list[int] = []

    def add(self, bits: int, points: int) -> None:
        """Give every entry of a set these points (0 or more)."""
        for place in range(points.bit_length()):
            carry, at = (bits if points >> place & 1 else 0), place
            while carry:
                if at >= len(self.digits):
                    self.digits += [0] * (at + 1 - len(self.digits))
                self.digits[at], carry = self.digits[at] ^ carry, self.digits[at] & carry
                at += 1

    def ranked(self, bits: int, digit: int | None = None) -> Iterator[int]:
        """The entries of a set in groups of equal score, the highest score first."""
        digit = len(self.digits) - 1 if digit is None else digit
        if not bits:
            return
        if digit < 0:
            yield bits
            return
        yield from self.ranked(bits & self.digits[digit], digit - 1)
        yield from self.ranked(bits & ~self.digits[digit], digit - 1)


@dataclass(frozen=True)
class Volgorde:
    """The order in which entries stand in lists."""

    numbers: Sequence[int] = ()
    place: Sequence[int] = ()
    """The place of each entry in the order, by its number."""

    width: int = 0
    stretches: Sequence[Stretch] = ()
    """The order in stretches, each with what gives the flags of its entries in C: a loop takes ten times as long."""

    @classmethod
    def of(cls, numbers: Sequence[int]) -> Volgorde:
        """The order in which these numbers stand."""
        parts = [numbers[start : start + STRETCH] for start in range(0, len(numbers), STRETCH)]
        width = max(numbers, default=0) + 1
        place = array("Q", bytes(8 * width))
        for at, number in enumerate(numbers):
            place[number] = at
        return cls(
            numbers,
            place,
            width,
            # the last one twice: of a single number itemgetter would give no sequence
            [(part, itemgetter(*part, part[-1])) for part in parts],
        )

    def page(self, groups: Iterable[int], first: int, count: int) -> list[int]:
        """A page of entries: groups of which the first comes first, and this order within a group.

        Takes how many entries to skip and how many to give.
        """
        found: list[int] = []
        for bits in groups:
            size = bits.bit_count()
            if first >= size:
                first -= size
                continue
            found += self._some(bits, size, slice(first, first + count - len(found)))
            if len(found) == count:
                break
            first = 0
        return found

    def _some(self, bits: int, size: int, wanted: slice) -> list[int]:
        if size <= SPARSE:
            return sorted(numbers_of(bits), key=self.place.__getitem__)[wanted]
        flags = format(bits, f"0{self.width}b").encode().translate(_DIGITS)[::-1]
        inside = (number for part, pick in self.stretches for number in compress(part, pick(flags)))
        return list(islice(inside, wanted.start, wanted.stop))
