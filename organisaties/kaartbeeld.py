"""The drawing of Amsterdam: the shapes of the districts in whole units of a flat map, and which part of it to show.

The map is equirectangular: a degree of longitude counts for as much less as it is shorter on the latitude of the city.
Over the 17 km from south to north that is less than 10 m off from the maps of the web (Mercator), so points of those
may be put on this drawing, and this drawing on those. Source of the borders: `gegevens/stadsdelen.geojson`; its credit
must stand under every map.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

Punt = tuple[float, float]
"""Degrees: latitude, longitude."""

Plaats = tuple[int, int]
"""Units on the map: to the right, down."""

BRON = Path(__file__).parent / "gegevens" / "stadsdelen.geojson"
WEST, ZUID, OOST, NOORD = 4.7287, 52.2779, 5.1025, 52.4311
"""The box around the city, in degrees."""

BREEDTE = 1000
"""Units from west to east; one is 25 m."""

_SMALLER = math.cos(math.radians((ZUID + NOORD) / 2))
_SCALE = BREEDTE / ((OOST - WEST) * _SMALLER)
HOOGTE = round((NOORD - ZUID) * _SCALE)

SPELING = 1.6
"""How many units a border may be off after it was made simpler."""

NAAM_OP: dict[str, Punt] = {
    "A": (52.3685, 4.9010),
    "B": (52.4134, 4.7714),
    "E": (52.3830, 4.8560),
    "F": (52.3681, 4.7972),
    "K": (52.3426, 4.8757),
    "M": (52.3516, 4.9359),
    "N": (52.4007, 4.9400),
    "S": (52.3070, 5.0420),
    "T": (52.3059, 4.9663),
}
"""Where the name of a district stands, by its code."""


@dataclass(frozen=True, slots=True)
class Vlak:
    """A district as it is drawn."""

    code: str
    naam: str
    d: str
    """The shape, for the attribute of a <path>: whole numbers, the first pair from the corner, the rest from there."""

    x: int
    y: int
    """Where its name stands."""

    hoeken: tuple[Plaats, ...]


@dataclass(frozen=True, slots=True)
class Kader:
    """A part of the map, for the `viewBox` of an <svg>."""

    x: int
    y: int
    breedte: int
    hoogte: int

    def __str__(self) -> str:
        return f"{self.x} {self.y} {self.breedte} {self.hoogte}"

    @property
    def letter(self) -> int:
        """How large a name is on a small map of this part."""
        return self.breedte // 22

    @property
    def schaal(self) -> str:
        """How many times as large a pin is drawn as on a map of a neighbourhood."""
        return f"{self.breedte / BUURT_BREEDTE:.2g}"

    @property
    def graden(self) -> str:
        """The same box in degrees: west, south, east, north."""
        west, oost = (WEST + x / _SMALLER / _SCALE for x in (self.x, self.x + self.breedte))
        noord, zuid = (NOORD - y / _SCALE for y in (self.y, self.y + self.hoogte))
        return f"{west:.5f},{zuid:.5f},{oost:.5f},{noord:.5f}"

    def toont(self, plaats: Plaats) -> bool:
        """Whether a place is in this part."""
        x, y = plaats
        return self.x <= x <= self.x + self.breedte and self.y <= y <= self.y + self.hoogte

    def toont_naam(self, vlak: Vlak) -> bool:
        """Whether the name of a district fits in this part."""
        return self.toont((vlak.x - 60, vlak.y - 30)) and self.toont((vlak.x + 60, vlak.y + 10))

    def raakt(self, vlak: Vlak) -> bool:
        """Whether some of a district can be in this part."""
        xs, ys = zip(*vlak.hoeken, strict=True)
        is_beside = max(xs) < self.x or min(xs) > self.x + self.breedte
        return not (is_beside or max(ys) < self.y or min(ys) > self.y + self.hoogte)


RAND = 6
STAD = Kader(-RAND, -RAND, BREEDTE + 2 * RAND, HOOGTE + 2 * RAND)
"""The whole city, with room for the line around it."""

BUURT_BREEDTE, BUURT_HOOGTE = 480, 320
"""The least that a map of a neighbourhood shows: enough to know where in the city it is."""


def plaats(punt: Sequence[float]) -> Plaats:
    """Where a point (latitude, longitude) is on the map. It may be outside of it."""
    breedtegraad, lengtegraad = (float(degrees) for degrees in punt)
    return round((lengtegraad - WEST) * _SMALLER * _SCALE), round((NOORD - breedtegraad) * _SCALE)


@cache
def vlakken() -> dict[str, Vlak]:
    """The districts by code. The file is read once per process."""
    features = json.loads(BRON.read_text(encoding="utf-8"))["features"]
    names = {f["properties"]["code"]: f["properties"]["naam"] for f in features}
    rings = {f["properties"]["code"]: f["geometry"]["coordinates"][0] for f in features}
    placed = {code: [plaats((lat, lon)) for lon, lat in ring] for code, ring in rings.items()}
    return {
        code: Vlak(code, names[code], _path(ring), *plaats(NAAM_OP[code]), tuple(ring))
        for code, ring in _simpler(placed)
    }


def uitsnede(plaatsen: Iterable[Plaats], codes: Iterable[str] = ()) -> Kader:
    """The part of the map with these points and these districts in its middle; never less than a neighbourhood."""
    hoeken = [*plaatsen, *(hoek for code in codes if code in vlakken() for hoek in vlakken()[code].hoeken)]
    if not hoeken:
        return STAD
    x, breedte = _stretch([x for x, _ in hoeken], BUURT_BREEDTE, STAD.x, STAD.breedte)
    y, hoogte = _stretch([y for _, y in hoeken], BUURT_HOOGTE, STAD.y, STAD.hoogte)
    return Kader(x, y, breedte, hoogte)


def _stretch(found: list[int], least: int, start: int, most: int) -> tuple[int, int]:
    """Where a stretch around some numbers begins and how long it is, inside one that begins at `start`."""
    length = min(max(least, max(found) - min(found) + least // 4), most)
    middle = (min(found) + max(found)) // 2
    return min(max(start, middle - length // 2), start + most - length), length


# --- fewer corners; a border that two districts share stays one line


def _simpler(rings: dict[str, list[Plaats]]) -> Iterator[tuple[str, list[Plaats]]]:
    rings = {code: [p for p, after in pairwise(ring) if p != after] for code, ring in rings.items()}
    neighbours = defaultdict(set)
    for ring in rings.values():
        for before, here, after in zip((ring[-1], *ring), ring, (*ring[1:], ring[0]), strict=False):
            neighbours[here] |= {before, after}
    ends = {corner for corner, found in neighbours.items() if len(found) > 2}
    for code, ring in rings.items():
        first = next((n for n, corner in enumerate(ring) if corner in ends), 0)
        turned = [*ring[first:], *ring[:first], ring[first]]
        cuts = [0, *(n for n, corner in enumerate(turned[1:-1], 1) if corner in ends), len(turned) - 1]
        kept = [corner for start, stop in pairwise(cuts) for corner in _line(turned[start : stop + 1])[:-1]]
        yield code, kept


def _line(corners: list[Plaats]) -> list[Plaats]:
    """A border with fewer corners, the same whichever side it is walked from."""
    if corners[0] > corners[-1]:
        return _straightened(corners[::-1])[::-1]
    return _straightened(corners)


def _straightened(corners: list[Plaats]) -> list[Plaats]:
    """Without the corners that are hardly off the line (Ramer, Douglas and Peucker)."""
    off = [_off(corner, corners[0], corners[-1]) for corner in corners]
    far = max(range(len(corners)), key=off.__getitem__)
    if off[far] <= SPELING:
        return [corners[0], corners[-1]]
    return [*_straightened(corners[: far + 1])[:-1], *_straightened(corners[far:])]


def _off(corner: Plaats, start: Plaats, end: Plaats) -> float:
    """How far a corner is from the stretch between two others."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = ((corner[0] - start[0]) * dx + (corner[1] - start[1]) * dy) / length if length else 0
    along = min(1, max(0, along))
    return math.hypot(corner[0] - start[0] - along * dx, corner[1] - start[1] - along * dy)


def _path(ring: list[Plaats]) -> str:
    steps = "".join(f"{_number(x - px)}{_number(y - py)}" for (px, py), (x, y) in pairwise(ring))
    return f"M{ring[0][0]} {ring[0][1]}l{steps.removeprefix(' ')}z"


def _number(value: int) -> str:
    """A number behind another one: a minus sign parts them as well as a space does."""
    return str(value) if value < 0 else f" {value}"
