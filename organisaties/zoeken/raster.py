"""Where entries are, for a map: the squares of a hundred metres of the index, put together as the map is further away.

However many entries there are, a part of the map has at most `MEEST` groups, and each costs one count of two bitmaps.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import ceil
from typing import Self

from organisaties.plaatsen import postcodes
from organisaties.zoeken.bits import Verzameling, union
from organisaties.zoeken.geheugen import Cel, Lijst

MEEST = 400
"""How many groups an answer has at most."""

DICHTBIJ = 15.6
"""From this zoom on the squares of the index are 70 pixels wide (at zoom 0 the world is 256), so that buttons in the
middle of them lie apart."""

EDGE = 0.4
"""A square goes half a thousandth of a degree each way; a bit less, so that its box touches no other one."""

_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,20})?")
_ZOOM = re.compile(r"[0-9]{1,2}(\.[0-9]{1,20})?")


Cells = list[tuple[Cel, Verzameling]]


@dataclass(frozen=True, slots=True)
class Vak:
    """A box on the map, in degrees."""

    west: float
    zuid: float
    oost: float
    noord: float

    @classmethod
    def lees(cls, text: str) -> Self:
        """A box from "west,south,east,north"; what is outside of the Netherlands is cut off.

        Raises ValueError when it is something else, or when its sides are the wrong way round.
        """
        sides = text.split(",")
        if len(sides) != 4 or not all(map(_DEGREES.fullmatch, sides)):
            raise ValueError(f"no box: {text[:80]!r}")
        west, zuid, oost, noord = map(float, sides)
        if west >= oost or zuid >= noord:
            raise ValueError(f"no box: {text[:80]!r}")
        return cls(max(west, 3.0), max(zuid, 50.0), min(oost, 8.0), min(noord, 54.0))

    def bevat(self, breedte: float, lengte: float) -> bool:
        """Whether a point is in the box."""
        return self.zuid <= breedte <= self.noord and self.west <= lengte <= self.oost

    def sleutels(self, stap: int) -> tuple[range, range]:
        """Which squares the box touches."""
        rows = range(round(self.zuid * 1000) // stap, round(self.noord * 1000) // stap + 1)
        return rows, range(round(self.west * 1000) // (2 * stap), round(self.oost * 1000) // (2 * stap) + 1)


def lees_zoom(text: str) -> float:
    """How near a map is. Raises ValueError for what is no number from 0 to 99."""
    if not _ZOOM.fullmatch(text):
        raise ValueError(f"no zoom: {text[:80]!r}")
    return float(text)


@dataclass(frozen=True, slots=True)
class Groep:
    """The entries in one square: which, about where in it they are, and the box around them."""

    bits: Verzameling
    breedte: float
    lengte: float
    vak: Vak

    @property
    def is_kleinst(self) -> bool:
        """Whether it is one square of the index, which no zoom takes apart."""
        return self.vak.noord - self.vak.zuid < 0.001 and self.vak.oost - self.vak.west < 0.002


def in_beeld(known: Lijst, vak: Vak, zoom: float) -> list[Groep]:
    """The groups that a box touches, in squares that are wide enough to tap at this zoom, and never too many."""
    stap = 1 << max(0, ceil(DICHTBIJ - zoom))
    while _size(vak, stap) > MEEST:
        stap *= 2
    squares, made = _raster(known, stap)
    keys = [key for key in product(*vak.sleutels(stap)) if key in squares]
    for key in keys:
        if key not in made:
            made[key] = _groep(key, stap, squares[key])
    return [made[key] for key in keys]


def _size(vak: Vak, stap: int) -> int:
    rows, columns = vak.sleutels(stap)
    return len(rows) * len(columns)


def _raster(known: Lijst, stap: int) -> tuple[dict[Cel, Cells], dict[Cel, Groep]]:
    """The squares of the index per square of the map, and the groups that were made of those so far.

    A square is as many thousandths of a degree high, and twice as many wide. Kept until the index changes.
    """
    if (found := known.kaarten.get(("raster", stap))) is None:
        squares = defaultdict(list)
        for cel, bits in (*known.cellen.items(), *_postcodes(known)):
            if bits:
                squares[cel[0] // stap, cel[1] // (2 * stap)].append((cel, bits))
        found = known.kaarten["raster", stap] = (dict(squares), {})
    return found


def _postcodes(known: Lijst) -> Iterator[tuple[Cel, Verzameling]]:
    """The entries of which only the postcode is known, in the square in the middle of it."""
    middles = postcodes()
    for postcode, bits in known.postcodes.items():
        if postcode in middles:
            (breedte, lengte, _), _ = middles[postcode]
            yield (round(breedte * 1000), round(lengte * 1000)), bits


def _groep(key: Cel, stap: int, cells: Cells) -> Groep:
    weight = sum(len(bits) for _, bits in cells)
    rows, columns = zip(*(cel for cel, _ in cells), strict=True)
    west, zuid, oost, noord = min(columns) - EDGE, min(rows) - EDGE, max(columns) + EDGE, max(rows) + EDGE
    return Groep(
        bits=union(bits for _, bits in cells),
        breedte=_near_middle(sum(cel[0] * len(bits) for cel, bits in cells) / weight, key[0], stap),
        lengte=_near_middle(sum(cel[1] * len(bits) for cel, bits in cells) / weight, key[1], 2 * stap),
        vak=Vak(west / 1000, zuid / 1000, oost / 1000, noord / 1000),
    )


def _near_middle(where: float, number: int, side: int) -> float:
    """A place within a fifth of the middle of its square, in degrees: neighbours hardly lie on each other."""
    middle = (number + 0.5) * side - 0.5
    return min(max(where, middle - side / 5), middle + side / 5) / 1000
