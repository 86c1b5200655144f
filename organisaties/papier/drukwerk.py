"""A document on A4: lines of text in any script, set by word, with the marks of the network beside them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from threading import Lock

from fpdf import FPDF

from organisaties.papier import letters
from organisaties.papier.regels import Paar, Regel, Taal

Kleur = tuple[int, int, int]
Matrix = tuple[tuple[int, ...], ...]
Plek = tuple[float, float]

INKT, INKT2, LIJN, GRACHT, LAMP = (16, 35, 28), (61, 78, 69), (207, 213, 196), (11, 58, 50), (227, 154, 0)
NAAM = "Netwerk Nieuwkomers Amsterdam"
MARGE = 13
"""Millimetres of white around a page: every printer can do that."""

EEN_TEGELIJK = Lock()
"""Setting a document is work for the processor alone: a process makes one at a time, and the rest wait."""

_TEKEN = (
    "10 14 12.3 21.1 18.3 25.4 25.7 25.4 31.7 21.1 34 14 29.6 14 28.1 18.5 24.3 21.2 19.7 21.2 15.9 18.5 14.4 14",
    "8 14 .4 14 4.2 25.8 10.4 21.3",
    "11.4 22.8 5.3 27.3 14.6 34 16.9 26.8",
    "18.6 27.3 16.3 34.5 27.7 34.5 25.4 27.3",
    "27.1 26.8 29.4 34 38.7 27.3 32.6 22.8",
    "33.6 21.3 39.8 25.8 43.6 14 36 14",
)
"""The mark of the network, on 44 by 36: static/img/merk.svg."""

_KOM = "0 0 1 0 1 .5 .905 .81 .655 1 .345 1 .095 .81 0 .5"
"""The bowl: --kom in stijl.css."""

# Vowel marks of Arabic are written for children and poems. The library sets them apart from their letter, and then the
# letters no longer join, so they are left out.
_TASHKEEL = re.compile("[\u0610-\u061a\u064b-\u065f\u0670]")
_ZERO_WIDTH = "\u200c\u200d"


def drukbaar(text: str) -> str:
    """A text without what cannot be printed: controls, half characters, invisible marks. White space is one space."""
    whole = _TASHKEEL.sub("", unicodedata.normalize("NFC", text))
    kept = (c for c in re.sub(r"[^\S\u00a0\u202f]+", " ", whole) if _is_seen(c))
    return "".join(kept).strip()


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn") or letter in _ZERO_WIDTH


@dataclass(frozen=True, slots=True)
class Stijl:
    """How text looks: its size in points, weight, colour, and the height of a line in times its size."""

    grootte: float
    vet: bool = False
    kleur: Kleur = INKT
    regelhoogte: float = 1.36

    @property
    def hoogte(self) -> float:
        """The height of a line in millimetres."""
        return self.grootte * self.regelhoogte * 25.4 / 72

    def van(self, regel: Regel) -> Stijl:
        """The same for a line that may be bold or only a note."""
        return replace(self, vet=self.vet or regel.vet, kleur=INKT2 if regel.is_noot else self.kleur)


@dataclass(frozen=True, slots=True)
class Kolom:
    """Where text stands: from `x`, so many millimetres wide, and the language, which begins at its own side."""

    x: float
    breedte: float
    taal: Taal

    def begin(self, breedte: float) -> Kolom:
        """Its first part, for a heading: at the left, or at the right where the language begins there."""
        return replace(self, x=self.x + self.breedte - breedte if self.taal.is_rtl else self.x, breedte=breedte)

    def na(self, breedte: float) -> Kolom:
        """The rest of it, beside such a heading."""
        return replace(self, x=self.x if self.taal.is_rtl else self.x + breedte, breedte=self.breedte - breedte)


class Drukwerk(FPDF):
    """A PDF that is the same, byte for byte, when its contents and day are the same."""

    def __init__(self, titel: str, taal: Taal, dag: date, teksten: Iterable[str]) -> None:
        super().__init__(format="A4")
        self.set_margins(MARGE, MARGE)
        self.set_auto_page_break(False)
        self.c_margin = 0
        self.set_title(drukbaar(titel))
        self.set_lang(taal.code)
        self.set_producer(NAAM)
        self.set_creation_date(datetime.combine(dag, time(), UTC))
        self.set_text_shaping(True)
        self._breedtes: dict[tuple[str, float, bool], float] = {}
        self._is_proef = False
        scripts = list(letters.schriften("".join(teksten)))
        for script in scripts:
            self.add_font(script.familie, "", script.regular)
            font = self.fonts[script.familie].ttfont
            for tag in letters.VARIABLE:
                if tag in font:
                    del font[tag]
            self.add_font(script.familie, "B", letters.bold(script))
        self._letters = set().union(*(self.fonts[script.familie].cmap for script in scripts))
        self.set_fallback_fonts([script.familie for script in reversed(scripts)], exact_match=False)

    def close(self) -> None:
        """Let go of the font files."""
        for font in self.fonts.values():
            font.close()

    # --- text

    def leesbaar(self, text: str) -> str:
        """A text as it is printed. A letter that no font has would leave no trace, so it becomes a question mark."""
        return "".join(letter if ord(letter) in self._letters else "?" for letter in drukbaar(text))

    def breedte(self, text: str, stijl: Stijl) -> float:
        """How wide a word or a space is. The library shapes a text anew for every letter, so this is remembered."""
        key = (text, stijl.grootte, stijl.vet)
        if key not in self._breedtes:
            self._kies(stijl)
            self._breedtes[key] = self.get_string_width(text)
        return self._breedtes[key]

    def regels(self, text: str, breedte: float, stijl: Stijl) -> list[str]:
        """A text as lines that fit. A word too long for a line is cut where it must."""
        lines, room, space = [""], breedte, self.breedte(" ", stijl)
        for word in self._woorden(text, breedte, stijl):
            width = self.breedte(word, stijl)
            if lines[-1] and width + space > room:
                lines.append("")
                room = breedte
            room -= width + (space if lines[-1] else 0)
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
        return lines

    def _woorden(self, text: str, breedte: float, stijl: Stijl) -> Iterable[str]:
        for word in self.leesbaar(text).split(" "):
            while self.breedte(word, stijl) > breedte and len(word) > 1:
                # at least one letter goes, so this ends
                fits = max(1, int(len(word) * breedte / self.breedte(word, stijl)))
                while fits > 1 and self.breedte(word[:fits], stijl) > breedte:
                    fits -= 1
                yield word[:fits]
                word = word[fits:]  # noqa: PLW2901 - the rest of the word
            yield word

    def zet(self, text: str | Regel, kolom: Kolom, y: float, stijl: Stijl) -> float:
        """Set a text in a column from a height on, and give how high what was set is.

        In a language from right to left it stands against the right edge; a phone number still reads from the left.
        """
        regel = text if isinstance(text, Regel) else Regel(text)
        stijl = stijl.van(regel)
        lines = self.regels(regel.tekst, kolom.breedte, stijl)
        if not self._is_proef:
            self._kies(stijl)
            self.set_text_color(*stijl.kleur)
            self.set_text_shaping(True, direction="rtl" if kolom.taal.is_rtl and not regel.is_ltr else "ltr")
            for number, line in enumerate(lines):
                self.set_xy(kolom.x, y + number * stijl.hoogte)
                self.cell(kolom.breedte, stijl.hoogte, line, align="R" if kolom.taal.is_rtl else "L")
        return len(lines) * stijl.hoogte

    @contextmanager
    def op_proef(self) -> Iterator[None]:
        """Within this `zet` gives the height and sets nothing."""
        self._is_proef = True
        yield
        self._is_proef = False

    def op_regel(self, text: str, plek: Plek, stijl: Stijl, breedte: float = 0) -> None:
        """A few signs of our own on one line, such as a page number; in the middle of `breedte` when that is given."""
        self._kies(stijl)
        self.set_text_color(*stijl.kleur)
        self.set_text_shaping(True, direction="ltr")
        self.set_xy(*plek)
        self.cell(breedte or self.epw, stijl.hoogte, text, align="C" if breedte else "L")

    def _kies(self, stijl: Stijl) -> None:
        self.set_font(letters.BASIS.familie, "B" if stijl.vet else "", stijl.grootte)

    # --- drawings

    def lijn(self, y: float, dikte: float, kleur: Kleur) -> None:
        self.set_fill_color(*kleur)
        self.rect(MARGE, y, self.epw, dikte, style="F")

    def vorm(self, punten: str, plek: Plek, maat: float, kleur: Kleur) -> None:
        """A filled shape: its points in units of `maat` millimetres, from `plek`."""
        numbers = [float(number) * maat for number in punten.split()]
        self.set_fill_color(*kleur)
        self.polygon([(plek[0] + x, plek[1] + y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)], style="F")

    def kom(self, plek: Plek, maat: float, kleur: Kleur) -> None:
        """The bowl, as wide and high as `maat`."""
        self.vorm(_KOM, plek, maat, kleur)

    def teken(self, plek: Plek, breedte: float) -> None:
        """The mark of the network."""
        scale = breedte / 44
        for points in _TEKEN:
            self.vorm(points, plek, scale, GRACHT)
        self.set_fill_color(*LAMP)
        self.circle(plek[0] + 22 * scale, plek[1] + 12.2 * scale, 5.4 * scale, style="F")

    def qr(self, code: Matrix, plek: Plek, maat: float) -> None:
        """A QR code with its quiet zone, as wide and high as `maat`."""
        module = maat / len(code)
        self.set_fill_color(0, 0, 0)
        for y, row in enumerate(code):
            for x, is_dark in enumerate(row):
                if is_dark:
                    # a hair wider than a module: else viewers draw white seams between them
                    self.rect(plek[0] + x * module, plek[1] + y * module, module * 1.02, module * 1.02, style="F")


def teksten(*paren: Paar) -> Iterator[str]:
    """Every text of pairs, to know which letters they need."""
    for paar in paren:
        for kant in paar.kanten:
            yield from (kant.kop, kant.taal.naam, *(regel.tekst for regel in kant.regels))
