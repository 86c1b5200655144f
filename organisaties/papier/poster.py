"""A poster: one activity on one A4 for the wall, Dutch large and the other language below it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from io import BytesIO
from math import ceil
from pathlib import Path

from django.contrib.staticfiles import finders

from organisaties.papier.drukwerk import EEN_TEGELIJK, INKT, INKT2, MARGE, NAAM, Drukwerk, Kolom, Matrix, Stijl, teksten
from organisaties.papier.inhoud import scan
from organisaties.papier.regels import Paar, Vel, zonder_schema

QR, KOP = 66.0, 46.0
"""Millimetres: the code, which is read from across the hall; the headings beside the facts."""

BOVEN, ONDER = MARGE + 36.0, 297 - MARGE - QR + 2
"""Where the names begin, below the badge, and where the foot with the code does."""

EPW, HOOGTE, LETTER = 184.0, 172.0, 0.56 * 25.4 / 72
"""For a guess: the width of a page, the height for texts, and the width of a letter of one point. Millimetres."""

THEMAS = {
    "ontmoeten": (135, 84, 0),
    "taal": (26, 92, 156),
    "wegwijs": (84, 89, 95),
    "werk": (13, 103, 109),
    "leren": (95, 96, 0),
    "gezondheid": (163, 37, 70),
    "recht": (67, 79, 156),
    "sport": (53, 108, 30),
    "cultuur": (117, 58, 140),
    "gezin": (168, 63, 20),
    "wonen": (104, 72, 50),
    "vrijwilligerswerk": (150, 44, 120),
}
"""The colours of the themes by day, as in stijl.css."""


@dataclass(frozen=True, slots=True)
class Maat:
    """How large the texts are, in points; `zin` 0 leaves the sentence out. A fact has at most so many `regels`.

    The style sheet knows a size by the points of its name and its facts: `.poster--84-26`.
    """

    naam: int
    ander: int
    zin: int
    feit: int
    regels: int = 4

    def __str__(self) -> str:
        return f"{self.naam}-{self.feit}"


MATEN = (
    Maat(84, 36, 24, 26),
    Maat(68, 32, 22, 24),
    Maat(58, 28, 21, 22),
    Maat(50, 26, 20, 20),
    Maat(43, 24, 19, 19),
    Maat(36, 20, 18, 18),
    Maat(36, 20, 18, 18, regels=2),
    Maat(36, 20, 0, 18, regels=2),
    Maat(36, 20, 0, 18, regels=1),
    Maat(28, 16, 0, 16, regels=1),
    Maat(18, 12, 0, 12, regels=1),
)
"""From what a short text has to what still holds the longest on one page; the first that fits is taken."""


def poster_pdf(vel: Vel, dag: date, code: Matrix) -> bytes:
    """The poster of an activity, always one page. Takes its sheet, the day and the QR code of its short address."""
    with EEN_TEGELIJK, closing(Poster(vel, dag)) as poster:
        maat = next((maat for maat in MATEN if poster.past(maat)), MATEN[-1])
        poster.kop()
        poster.inhoud(maat)
        poster.voet(code)
        return bytes(poster.output())


def geschatte_maat(vel: Vel) -> Maat:
    """The size for a poster that a browser sets: nobody knows its letters, so this counts signs and stays on the safe
    side."""
    return next((maat for maat in MATEN if _schatting(vel, maat) <= HOOGTE), MATEN[-1])


def _schatting(vel: Vel, maat: Maat) -> float:
    """About how high the texts of a poster are, in millimetres."""
    pairs = [(vel.namen, maat.naam, maat.ander, EPW), (vel.wat, maat.zin, maat.zin - 4, EPW)]
    pairs = [pair for pair in pairs if pair[1]]
    pairs += [(paar, maat.feit, maat.feit - 4, EPW - KOP) for paar in vel.feiten]
    height = 5.0 * len(pairs)
    for paar, *sizes, width in pairs:
        for kant, size in zip(paar.uniek, sizes, strict=True):
            letter, lines = size * LETTER, kant.regels[: maat.regels]
            height += sum(ceil(len(line.tekst) * letter / width) for line in lines) * letter * 2.25
    return height


@cache
def _sprite() -> str:
    return Path(str(finders.find("img/iconen.svg"))).read_text(encoding="utf-8")


def icoon(naam: str) -> bytes:
    """An icon of the sprite as a white drawing of its own, or an empty one when it is not there."""
    found = re.search(rf'<symbol id="{re.escape(naam)}"[^>]*>(.*?)</symbol>', _sprite())
    style = 'fill="none" stroke="#ffffff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
    inner = found[1] if found else ""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><g {style}>{inner}</g></svg>'.encode()


class Poster(Drukwerk):
    """One page: the badge of the theme, the names, a sentence, the facts; the code at the foot."""

    def __init__(self, vel: Vel, dag: date) -> None:
        self.vel, self.kleur = vel, THEMAS.get(vel.thema, INKT)
        self.scan = scan(vel.namen.talen)
        texts = teksten(vel.namen, vel.wat, *vel.paren, self.scan)
        super().__init__(vel.namen.in_een, vel.namen.talen[0], dag, texts)
        self.kolommen = [Kolom(MARGE, self.epw, taal) for taal in vel.namen.talen]
        self.add_page()

    def past(self, maat: Maat) -> bool:
        """Whether all fits in this size, with the words of the name whole."""
        stijl = Stijl(maat.naam, vet=True)
        words = " ".join(regel.tekst for regel in self.vel.namen.kanten[0].regels).split()
        with self.op_proef():
            return self.inhoud(maat) <= ONDER and all(self.breedte(word, stijl) <= self.epw for word in words)

    def inhoud(self, maat: Maat) -> float:
        """Everything between the badge and the foot; gives where it ends."""
        naam, ander = Stijl(maat.naam, vet=True, regelhoogte=1.06), Stijl(maat.ander, vet=True, kleur=INKT2)
        y = self._onder_elkaar(self.vel.namen, BOVEN, (naam, ander)) + 3
        if maat.zin:
            y = self._onder_elkaar(self.vel.wat, y, (Stijl(maat.zin), Stijl(maat.zin - 4, kleur=INKT2))) + 3
        for paar in self.vel.feiten:
            y = self._feit(paar, y, maat)
        return y

    def kop(self) -> None:
        """The badge of the theme, and the network."""
        self.kom((MARGE, MARGE), 30, self.kleur)
        self.image(BytesIO(icoon(self.vel.thema)), MARGE + 6, MARGE + 4.5, 18, 18)
        width = 60
        self.teken((MARGE + self.epw - width, MARGE), 14)
        self.zet(NAAM, self.kolommen[0].na(self.epw - width + 17), MARGE + 1.8, Stijl(11, vet=True, regelhoogte=1.15))

    def voet(self, code: Matrix) -> None:
        """The code, what to do with it, the short address in words, and whose it is."""
        self.lijn(ONDER, 1.0, INKT)
        self.qr(code, (MARGE - 4, ONDER + 2), QR)
        nederlands, ander = (replace(kolom, x=MARGE + QR + 3, breedte=self.epw - QR - 3) for kolom in self.kolommen)
        y = ONDER + 8.0
        y += self.zet(self.scan.kanten[0].regels[0], nederlands, y, Stijl(18))
        y += self.zet(self.scan.kanten[1].regels[0], ander, y, Stijl(14, kleur=INKT2)) + 3
        y += self._passend(zonder_schema(self.vel.adres), nederlands, y, Stijl(18, vet=True, kleur=self.kleur)) + 3
        contact = [regel.tekst for paar in self.vel.over("contact") for regel in paar.kanten[0].regels if regel.is_ltr]
        for text in (self.vel.organisatie, *contact[:1]):
            y += self._passend(text, nederlands, y, Stijl(18))

    # --- parts

    def _onder_elkaar(self, paar: Paar, y: float, stijlen: Iterable[Stijl]) -> float:
        for kant, kolom, stijl in zip(paar.uniek, self.kolommen, stijlen, strict=True):
            for regel in kant.regels:
                own = replace(stijl, grootte=min(stijl.grootte, 16), vet=False) if regel.is_noot else stijl
                y += self.zet(regel, kolom, y, own) + 1
        return y

    def _feit(self, paar: Paar, y: float, maat: Maat) -> float:
        if not self._is_proef:
            self.lijn(y, 0.3, INKT)
        y += 2.5
        label, kop = y, Stijl(max(maat.feit - 4, 12), vet=True, kleur=self.kleur)
        waarde = Stijl(maat.feit, regelhoogte=1.25)
        heads = zip(paar.uniek, (kop, replace(kop, vet=False)), strict=True)
        for kant, stijl in heads:
            head = Kolom(MARGE, KOP - 2, self.kolommen[0].taal)
            label += self.zet(kant.kop, head, label, stijl)
            for regel in kant.regels[: maat.regels]:
                y += self.zet(regel, Kolom(MARGE + KOP, self.epw - KOP, kant.taal), y, waarde)
            waarde = replace(waarde, kleur=INKT2, grootte=max(maat.feit - 4, 12))
        return max(y, label) + 2.5

    def _passend(self, text: str, kolom: Kolom, y: float, stijl: Stijl) -> float:
        """Set a text in at most two lines, smaller when it must be."""
        while stijl.grootte > 8 and len(self.regels(text, kolom.breedte, stijl)) > 2:
            stijl = replace(stijl, grootte=stijl.grootte - 1)
        return self.zet(text, kolom, y, stijl)
