"""QR codes as the path of a drawing, so they are styled and named where they stand."""

from dataclasses import dataclass
from itertools import groupby

import segno

QUIET = 4
"""Modules of white around a code, as ISO/IEC 18004 asks."""


@dataclass(frozen=True, slots=True)
class Qr:
    """A square of `maat` by `maat` units, its quiet zone included, and the dark parts of it as lines of one unit."""

    maat: int
    pad: str


def teken(tekst: str) -> Qr:
    """The code of a text, such as an address; a sixth of it may be damaged (error level M).

    Raises ValueError for a text that is too long for a code (2,331 bytes).
    """
    rows = list(segno.make_qr(tekst, error="m", boost_error=False).matrix_iter(border=QUIET))
    return Qr(len(rows), "".join(_lines(row, y) for y, row in enumerate(rows)))


def _lines(row: bytearray, y: int) -> str:
    found, x = "", 0
    for is_dark, modules in groupby(row):
        length = len(list(modules))
        if is_dark:
            found += f"M{x} {y}.5h{length}"
        x += length
    return found
