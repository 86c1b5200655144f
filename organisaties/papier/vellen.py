"""Sheets with two columns, the same subject on the same line left and right: of one activity, or of a short list."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from datetime import date

from organisaties.papier.drukwerk import (
    EEN_TEGELIJK,
    GRACHT,
    INKT,
    INKT2,
    LIJN,
    MARGE,
    NAAM,
    Drukwerk,
    Kolom,
    Matrix,
    Stijl,
    teksten,
)
from organisaties.papier.inhoud import gemaakt, scan
from organisaties.papier.regels import Kant, Lijst, Paar, Vel, zonder_schema

GROOT, ANDERS, LEAD = Stijl(25, vet=True, regelhoogte=1.12), Stijl(16, vet=True, regelhoogte=1.2), Stijl(11.5)
TUSSEN, KOP = Stijl(13, vet=True, regelhoogte=1.2), Stijl(8.5, vet=True)
ADRES, WIT = Stijl(11, vet=True, kleur=GRACHT), Stijl(8.5, vet=True, kleur=(255, 255, 255), regelhoogte=2.1)
TEKST, LIJST, KLEIN = Stijl(10), Stijl(9.5, regelhoogte=1.3), Stijl(8, kleur=INKT2)

ONDER = 297 - MARGE - 8
"""How far down a page text goes; the foot stands below it."""

GOOT, KOPBREEDTE, QR, NUMMER = 8.0, 25.0, 34.0, 7.0
"""Between the columns; of the headings beside the text; of the code; of the badge with a number. Millimetres."""

WIT_VEL, WIT_LIJST = 1.4, 0.7
"""White above and below the lines of a pair."""

LANG_ADRES = 90
"""An address longer than this nobody types; then there is the code alone."""


def activiteit_pdf(vel: Vel, dag: date, code: Matrix) -> bytes:
    """One activity on A4. Takes its sheet, the day and the QR code of its short address."""
    with EEN_TEGELIJK, closing(Vellen(vel.namen, (vel.namen, vel.wat, *vel.paren), dag)) as vellen:
        y = vellen.titel(vel.namen, vel.adres, code)
        y = vellen.paar(vel.wat, y, LEAD) + 2 if vel.wat else y
        vellen.paren(vel.paren, vellen.kolomkop(y), TEKST, WIT_VEL)
        return bytes(vellen.output())


def lijst_pdf(lijst: Lijst, dag: date, code: Matrix) -> bytes:
    """A short list on A4, three or four activities a page. The code is of the whole list."""
    paren = [lijst.kop, lijst.verdwenen, *(paar for vel in lijst.vellen for paar in (vel.namen, *vel.kort))]
    with EEN_TEGELIJK, closing(Vellen(lijst.kop, paren, dag)) as vellen:
        y = vellen.titel(lijst.kop, lijst.adres, code)
        y = vellen.paar(lijst.verdwenen, y, TEKST) if lijst.verdwenen else y
        y = vellen.kolomkop(y)
        for nummer, vel in enumerate(lijst.vellen, 1):
            y = vellen.blok(nummer, vel, y)
        return bytes(vellen.output())


class Vellen(Drukwerk):
    """Pages with a foot; they begin with a title and grow downwards."""

    def __init__(self, titel: Paar, paren: Iterable[Paar], dag: date) -> None:
        talen = titel.talen
        self.scan, self.gemaakt = scan(talen), gemaakt(dag, talen)
        super().__init__(titel.in_een, talen[0], dag, teksten(*paren, self.scan, self.gemaakt))
        width = (self.epw - GOOT) / 2
        self.kolommen = (Kolom(MARGE, width, talen[0]), Kolom(MARGE + width + GOOT, width, talen[1]))
        self.add_page()

    def footer(self) -> None:
        self.paar(self.gemaakt, ONDER + 3, KLEIN)
        self.op_regel(f"{self.page_no()} / {self.str_alias_nb_pages}", (MARGE, ONDER + 3 + KLEIN.hoogte), KLEIN)

    def titel(self, namen: Paar, adres: str, code: Matrix) -> float:
        """The mark, the names large and less large, the short address in words, and the code beside them."""
        nederlands, ander = (Kolom(MARGE, self.epw - QR - 4, taal) for taal in namen.talen)
        self.teken((MARGE, MARGE), 11)
        self.zet(NAAM, nederlands.na(14), MARGE + 2.6, Stijl(9, vet=True))
        self.qr(code, (MARGE + self.epw - QR + 3, MARGE - 3), QR)
        y = MARGE + 14.0
        for kant, kolom, stijl in zip(namen.uniek, (nederlands, ander), (GROOT, ANDERS), strict=True):
            for regel in kant.regels:
                y += self.zet(regel, kolom, y, stijl) + 0.8
        y += 1
        if len(zonder_schema(adres)) <= LANG_ADRES:
            y += self.zet(zonder_schema(adres), nederlands, y, ADRES)
        for kant, kolom in zip(self.scan.kanten, (nederlands, ander), strict=True):
            y += self.zet(kant.regels[0], kolom, y, KLEIN)
        return max(y, MARGE + QR - 3) + 3

    def kolomkop(self, y: float) -> float:
        """The names of the languages above the columns."""
        self.lijn(y, 0.9, INKT)
        for kolom in self.kolommen:
            self.zet(kolom.taal.naam, kolom, y + 1.8, KOP)
        return y + 1.8 + KOP.hoogte + 0.8

    def paren(self, paren: Iterable[Paar], y: float, stijl: Stijl, wit: float) -> float:
        """Pairs below each other with a hairline between them and `wit` millimetres around it."""
        for paar in paren:
            if y + self._hoogte(paar, stijl) + 2 * wit > ONDER:
                y = self._nieuwe_bladzijde()
            self.lijn(y, 0.2, LIJN)
            y = self.paar(paar, y + wit, stijl) + wit
        return y

    def blok(self, nummer: int, vel: Vel, y: float) -> float:
        """One activity of a list, whole on one page unless it is longer than that."""
        with self.op_proef():
            top = max(self.paar(vel.namen, 2.2, TUSSEN, NUMMER + 2.5), NUMMER + 2) + KLEIN.hoogte + 1
        height = top + sum(self._hoogte(paar, LIJST) + 2 * WIT_LIJST for paar in vel.kort)
        if y + height > ONDER and y > MARGE + 20:
            y = self._nieuwe_bladzijde()
        self.lijn(y, 0.5, INKT)
        self.kom((MARGE, y + 2), NUMMER, GRACHT)
        self.op_regel(str(nummer), (MARGE, y + 2), WIT, breedte=NUMMER)
        self.paar(vel.namen, y + 2.2, TUSSEN, NUMMER + 2.5)
        for kolom, text in zip(self.kolommen, (vel.organisatie, zonder_schema(vel.adres)), strict=True):
            self.zet(text, kolom.na(NUMMER + 2.5), y + top - KLEIN.hoogte - 1, KLEIN)
        return self.paren(vel.kort, y + top, LIJST, WIT_LIJST) + 3

    def paar(self, paar: Paar, y: float, stijl: Stijl, inspringen: float = 0) -> float:
        """Both sides of a pair, every line on one height left and right; gives where it ends."""
        ends = [y]
        for kant, kolom in zip(paar.kanten, self.kolommen, strict=True):
            if kant.kop:
                inspringen = KOPBREEDTE
                ends.append(y + self.zet(kant.kop, kolom.begin(KOPBREEDTE - 1.5), y + 0.35, KOP))
        kolommen = [kolom.na(inspringen) for kolom in self.kolommen]
        for rij in paar.rijen:
            y = max(self._regels(kant, kolom, y, stijl) for kant, kolom in zip(rij, kolommen, strict=True))
        return max(y, *ends)

    def _regels(self, kant: Kant, kolom: Kolom, y: float, stijl: Stijl) -> float:
        for regel in kant.regels:
            y += self.zet(regel, kolom, y, stijl)
        return y

    def _hoogte(self, paar: Paar, stijl: Stijl) -> float:
        with self.op_proef():
            return self.paar(paar, 0, stijl)

    def _nieuwe_bladzijde(self) -> float:
        self.add_page()
        return self.kolomkop(MARGE)
