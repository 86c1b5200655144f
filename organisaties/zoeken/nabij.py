"""The entries of a list by how far they are from a point, the nearest first."""

from __future__ import annotations

from collections.abc import Iterator

from organisaties.plaatsen import Punt, postcodes
from organisaties.zoeken.bits import Verzameling, union
from organisaties.zoeken.geheugen import Lijst

INSIDE = 1000
"""Metres from the nearest postcode of a district to where a place in it is taken to be, when no more is known."""


def op_afstand(lijst: Lijst, punt: Punt, bits: Verzameling) -> Iterator[tuple[float | None, Verzameling]]:
    """These entries in groups, the nearest first, each with its distance in metres.

    An entry with several places comes once, by the nearest. None as distance: how far is not known. Of such an entry
    the district may be known: it then stands a kilometre into that district.
    """
    squares = [
        (punt.afstand(breedte / 1000, lengte / 1000), True, found) for (breedte, lengte), found in lijst.cellen.items()
    ]
    known = postcodes()
    squares += [
        (known[postcode][0].afstand(punt.breedte, punt.lengte), True, found)
        for postcode, found in lijst.postcodes.items()
        if postcode in known
    ]
    placed = union(found for _, _, found in squares)
    squares += [(distance, False, found - placed) for distance, found in _districts(lijst, punt)]
    left = bits
    for distance, is_exact, found in sorted(squares, key=lambda square: square[0]):
        if part := found & left:
            yield (distance if is_exact else None), part
            left -= part
    if left:
        yield None, left


def _districts(lijst: Lijst, punt: Punt) -> Iterator[tuple[float, Verzameling]]:
    """The entries of each district, with the distance to a place that is well inside it."""
    for code, slug in lijst.stadsdelen.items():
        there = [punt.afstand(where.breedte, where.lengte) for where, letter in postcodes().values() if letter == code]
        if there:
            yield min(there) + INSIDE, lijst.met(f"stadsdeel:{slug}")
