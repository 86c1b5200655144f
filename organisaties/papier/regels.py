"""The words of paper: languages, lines, pairs, sheets and lists. They know nothing of how they are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.text import Truncator
from django.utils.translation import get_language_info, gettext, override

ROOM, FULL_LINE = 1200, 40
"""How many signs a side has for a subject, so that it always fits on a page, and how many make a line."""

SHORT = ("status", "wanneer", "keren", "waar", "kosten", "papieren", "meedoen", "contact")
"""What a list tells of an activity; a sheet of its own tells all."""


@dataclass(frozen=True, slots=True)
class Taal:
    """A language of paper: its code, how its speakers call it and which way it reads."""

    code: str
    naam: str
    is_rtl: bool


@dataclass(frozen=True, slots=True)
class Regel:
    """A line of text. A name is the same in every language; what is `ltr` (a phone number) reads from left to right."""

    tekst: str
    vet: bool = False
    is_naam: bool = False
    is_ltr: bool = False
    is_noot: bool = False


@dataclass(frozen=True, slots=True)
class Kant:
    """What one side says about a subject."""

    taal: Taal
    kop: str
    regels: tuple[Regel, ...]

    def per_regel(self) -> list[Kant]:
        """This side cut into its lines; the first keeps the heading."""
        return [replace(self, kop="" if n else self.kop, regels=(regel,)) for n, regel in enumerate(self.regels)]


@dataclass(frozen=True, slots=True)
class Paar:
    """A subject in both languages."""

    onderwerp: str
    kanten: tuple[Kant, Kant]

    def __bool__(self) -> bool:
        """Whether there is something to tell."""
        return any(kant.regels for kant in self.kanten)

    @property
    def talen(self) -> Talen:
        return self.kanten[0].taal, self.kanten[1].taal

    @property
    def in_een(self) -> str:
        """Both sides in one line, for the title of a document."""
        return " / ".join(regel.tekst for kant in self.kanten for regel in kant.regels if not regel.is_noot)

    @property
    def has_kop(self) -> bool:
        return bool(self.kanten[0].kop)

    @property
    def rijen(self) -> list[tuple[Kant, Kant]]:
        """What stands side by side: line by line where both sides have as many, else all at once.

        The heading stands on the first line.
        """
        left, right = self.kanten
        if len(left.regels) != len(right.regels):
            return [self.kanten]
        return list(zip(left.per_regel(), right.per_regel(), strict=True))

    @property
    def uniek(self) -> tuple[Kant, Kant]:
        """Both sides; what is the same in both languages, such as an address, is on the first only."""
        left, right = self.kanten
        return left, replace(right, regels=tuple(regel for regel in right.regels if regel not in left.regels))


@dataclass(frozen=True, slots=True)
class Vel:
    """All that paper tells of one activity."""

    slug: str
    thema: str
    organisatie: str
    adres: str
    namen: Paar
    wat: Paar
    paren: tuple[Paar, ...]

    @property
    def kort(self) -> tuple[Paar, ...]:
        """The pairs that a list shows."""
        return tuple(paar for paar in self.paren if paar.onderwerp in SHORT)

    @property
    def feiten(self) -> list[Paar]:
        """The pairs that a poster shows."""
        return self.over("status", "wanneer", "waar", "kosten")

    def over(self, *onderwerpen: str) -> list[Paar]:
        """The pairs about these subjects, where there is something to tell."""
        return [paar for paar in self.paren if paar.onderwerp in onderwerpen]


@dataclass(frozen=True, slots=True)
class Lijst:
    """A short list on paper."""

    token: str
    adres: str
    vellen: tuple[Vel, ...]
    kop: Paar
    verdwenen: Paar


Talen = tuple[Taal, Taal]
Lines = Iterator[Regel]


def taal(code: str) -> Taal:
    """A language by its code. Raises KeyError when nothing is known of it."""
    info = get_language_info(code)
    return Taal(code, info["name_local"].capitalize(), info["bidi"])


def zonder_schema(url: str) -> str:
    """A web address as people type it: "nieuwkomers.example/a/taalcafe"."""
    return url.partition("://")[2].rstrip("/")


def _begin(lines: Iterable[Regel]) -> Lines:
    """As much of the lines as `ROOM` holds; a short line takes as much room as a full one."""
    room = ROOM
    for regel in lines:
        if room <= 0:
            yield Regel("…")
            return
        yield replace(regel, tekst=Truncator(regel.tekst).chars(room))
        room -= max(len(regel.tekst), FULL_LINE)


def paar(onderwerp: str, talen: Talen, make: Callable[[], Iterable[Regel]], kop: str = "") -> Paar:
    """A pair: what `make` gives in each of the languages. `kop` is a sentence of the catalogue."""
    kanten = []
    for side in talen:
        with override(side.code):
            kanten.append(Kant(side, gettext(kop) if kop else "", tuple(_begin(make()))))
    return Paar(onderwerp, (kanten[0], kanten[1]))
