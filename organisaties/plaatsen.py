"""Where a reader is, and how far that is: postcodes as points, distances, and those in words.

Nothing here asks the network or keeps anything. The points come from `gegevens/postcodes.csv`: of each postcode of four
digits in Amsterdam the middle of where its people live (Statistics Netherlands, see the colophon).
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from importlib.resources import files
from math import cos, hypot, isfinite, radians
from typing import NamedTuple, Self

from django.utils.formats import number_format
from django.utils.translation import gettext as _

METRES_PER_DEGREE = 111_320
"""Along a meridian; the earth as a ball is right to half a percent, less than a walk differs from a straight line."""

WALKING, CYCLING = 80, 250
"""Metres in a minute, along a straight line: 4.8 and 15 km an hour."""

FAR_TO_WALK = 2500
POSTCODE_RADIUS = 500
"""Most areas with one postcode are about a kilometre wide."""

_SHRINK = cos(radians(52.37))
"""A degree of longitude in Amsterdam beside a degree of latitude."""

_POSTCODE = re.compile(r"\s*([1-9][0-9]{3})\s*([A-Za-z]{2})?\s*")
_POINT = re.compile(r"(-?[0-9]{1,3}(?:\.[0-9]{1,12})?),(-?[0-9]{1,3}(?:\.[0-9]{1,12})?)")


class Punt(NamedTuple):
    """A point on the map, in degrees of WGS84 rounded to three decimals: some 100 metres. More is nobody's business.

    `straal` is how far, in metres, somebody may be from it: nearer than that nothing is.
    """

    breedte: float
    lengte: float
    straal: int = 0

    @classmethod
    def rond(cls, breedte: float, lengte: float, straal: int = 0) -> Self:
        return cls(round(float(breedte), 3), round(float(lengte), 3), straal)

    def afstand(self, breedte: float, lengte: float) -> float:
        """The distance to another point in metres, along a straight line."""
        return max(self.straal, METRES_PER_DEGREE * hypot(self.breedte - breedte, (self.lengte - lengte) * _SHRINK))


@lru_cache(maxsize=1)
def postcodes() -> dict[str, tuple[Punt, str]]:
    """The point of each postcode that we know, and the letter of the district where most of its people live."""
    text = (files("organisaties") / "gegevens" / "postcodes.csv").read_text(encoding="utf-8")
    return {
        row["postcode"]: (Punt.rond(float(row["lat"]), float(row["lon"]), POSTCODE_RADIUS), row["stadsdeel_code"])
        for row in csv.DictReader(text.splitlines())
    }


def postcode_in(text: str) -> str:
    """The four digits of a postcode as people write it ("1018 DP", "1018dp", "1018"), or "" when it is none."""
    match = _POSTCODE.fullmatch(text)
    return match[1] if match else ""


def tidy_postcode(text: str) -> str:
    """A whole postcode as the post writes it ("1018dp" is "1018 DP"); anything else stays as it is."""
    match = _POSTCODE.fullmatch(text)
    return f"{match[1]} {match[2].upper()}" if match and match[2] else text


def lees_punt(text: str) -> Punt | None:
    """A point near Amsterdam from an address ("52.371,4.904"), or a postcode that we know. Else nothing."""
    if known := postcodes().get(postcode_in(text)):
        return known[0]
    if not (match := _POINT.fullmatch(text)):
        return None
    breedte, lengte = float(match[1]), float(match[2])
    in_the_country = isfinite(breedte + lengte) and 50 < breedte < 54 and 3 < lengte < 8
    return Punt.rond(breedte, lengte) if in_the_country else None


def in_woorden(meters: float) -> str:
    """A distance in the reader's language: "1,2 km, ongeveer 15 minuten lopen"."""
    if meters < 100:
        return _("minder dan 100 meter, 1 of 2 minuten lopen")
    far = _("%(aantal)s meter") if meters < 950 else _("%(aantal)s km")
    amount = str(round(meters / 100) * 100) if meters < 950 else number_format(meters / 1000, 1)
    if meters <= FAR_TO_WALK:
        how = _("ongeveer %(minuten)s minuten lopen") % {"minuten": _about(meters / WALKING)}
    else:
        how = _("ongeveer %(minuten)s minuten fietsen") % {"minuten": _about(meters / CYCLING)}
    return f"{far % {'aantal': amount}}, {how}"


def _about(minutes: float) -> int:
    """Minutes as people say them: up to ten to the minute, then in steps of five."""
    return max(2, round(minutes)) if minutes <= 10 else round(minutes / 5) * 5
