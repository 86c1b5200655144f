"""The letters on paper: Noto Sans, from the installed package manimgx-fonts.

The files there are variable fonts. Their default is the regular weight, so that costs nothing; the bold is made of
them once per process, when it is first asked for, and kept in a directory that goes when the process does.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import manimgx_fonts
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

_FILES = Path(manimgx_fonts.__file__).parent
VARIABLE = ("fvar", "gvar", "avar", "HVAR", "MVAR", "STAT")
"""The tables that make a font variable; without them it is its default, the regular weight."""

_BOLD = {"wght": 700}


@dataclass(frozen=True)
class Schrift:
    """The letters of some scripts: the file, the characters that ask for it, and what the bold keeps of its layout.

    A bold without tables that only rare ligatures need is made in a third of the time.
    """

    familie: str
    bestand: str
    tekens: tuple[range, ...]
    features: tuple[str, ...] = ()

    @property
    def regular(self) -> Path:
        return _FILES / self.bestand

    def covers(self, text: str) -> bool:
        return any(ord(letter) in letters for letter in text for letters in self.tekens)


BASIS = Schrift(
    "sans",
    "NotoSans[wght].ttf",
    (
        range(0x20, 0x250),  # Latin
        range(0x2B0, 0x530),  # marks, Greek, Cyrillic
        range(0x1E00, 0x1F00),  # Vietnamese and other Latin
        range(0x2010, 0x2060),  # dashes, quotes
        range(0x20A0, 0x20C1),  # money
    ),
    ("kern",),
)
ANDERE = (
    Schrift(
        "arabisch",
        "NotoSansArabic[wght].ttf",
        (range(0x600, 0x700), range(0x750, 0x780), range(0x8A0, 0x900), range(0xFB50, 0xFE00), range(0xFE70, 0xFEFF)),
        ("*",),
    ),
    Schrift("ethiopisch", "NotoSansEthiopic[wght].ttf", (range(0x1200, 0x13A0), range(0x2D80, 0x2DE0))),
)


def schriften(text: str) -> Iterator[Schrift]:
    """The scripts that a text needs, the basis first."""
    yield BASIS
    yield from (schrift for schrift in ANDERE if schrift.covers(text))


@cache
def bold(schrift: Schrift) -> Path:
    """The file of the bold letters of a script. The first time takes a second; one thread at a time."""
    options = subset.Options(layout_features=list(schrift.features), notdef_outline=True, glyph_names=False)
    options.drop_tables += ["STAT", *([] if "*" in schrift.features else ["GSUB"])]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for letters in (range(0x20, 0x7F), *schrift.tekens) for code in letters])
    path = _place() / f"{schrift.familie}.ttf"
    with TTFont(schrift.regular, recalcTimestamp=False, lazy=True) as font:
        subsetter.subset(font)
        instancer.instantiateVariableFont(font, _BOLD, inplace=True)
        font.save(path)
    return path


@cache
def _place() -> Path:
    place = tempfile.mkdtemp(prefix="netwerk-letters-")
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return Path(place)
