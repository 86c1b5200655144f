"""What a visitor asks of a list, read from the address; and as address again, with one thing more or less."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from organisaties.choices import Soort
from organisaties.filters import MAX_LENGTH
from organisaties.plaatsen import lees_punt, postcode_in
from organisaties.views.kaarten import kaarten
from organisaties.views.wanneer import lees_wanneer
from organisaties.zoeken import Uitkomst, lijst, zoek
from organisaties.zoeken.vraag import nearby

VOORBIJGAAND = ("wanneer", "datum", "bij")
"""Parameters that only say something now and here."""


@dataclass(frozen=True, slots=True)
class Keuze:
    """One thing that was chosen: its name, the query string without it, and how many there would be then."""

    naam: str
    zonder: str
    aantal: int


class Vraag:
    """What a visitor asks of a list: words, values of facets, days, and near what. Whatever does not exist is left out.

    `mee` are parameters that go along in every link and form, such as the week of the agenda.
    """

    def __init__(self, soort: str, data: QueryDict, *, mee: Sequence[tuple[str, str]] = ()) -> None:
        self.soort = soort
        self.mee = list(mee)
        self.lijst = lijst(soort)
        self.labels = self.lijst.labels[get_language() or "nl"]
        self.woorden, self.datum, self.bij_tekst = (_line(data, naam) for naam in ("q", "datum", "bij"))
        self.keuzes = {
            naam: chosen
            for naam, waarden in self.labels.items()
            if naam in data and (chosen := _existing(data.getlist(naam), waarden))
        }
        self.bij = lees_punt(self.bij_tekst) if self.bij_tekst else None
        with_days = soort == Soort.ACTIVITEIT
        self.wanneer = lees_wanneer(_line(data, "wanneer"), self.datum, timezone.localdate()) if with_days else None

    @cached_property
    def uitkomst(self) -> Uitkomst:
        days = self.wanneer.dagen if self.wanneer else ()
        return zoek(self.lijst, self.keuzes, self.woorden, dagen=days, bij=self.bij)

    @property
    def is_gevraagd(self) -> bool:
        """Whether anything is asked, so that not every entry is found."""
        return bool(self.woorden or self.keuzes or self.wanneer)

    @property
    def postcode(self) -> str:
        """What stands in the box for a postcode: as it was typed, but not the point of a phone."""
        return "" if self.bij and not postcode_in(self.bij_tekst) else self.bij_tekst

    @cached_property
    def gekozen(self) -> list[Keuze]:
        """The words and values that are on, each with the way to take just that one off."""
        found = []
        if self.woorden:
            without = replace(self.uitkomst, antwoord=None).aantal
            found.append(Keuze(f"“{self.woorden}”", self.zonder("q"), without))
        if self.wanneer:
            without = replace(self.uitkomst, dagen=None).aantal
            found.append(Keuze(self.wanneer.naam, self.zonder(self.wanneer.param), without))
        if self.bij:
            name = _("dichtbij %(postcode)s") % {"postcode": postcode_in(self.bij_tekst)}
            found.append(Keuze(name if self.postcode else _("dicht bij mij"), self.zonder("bij"), self.uitkomst.aantal))
        for naam, chosen in self.keuzes.items():
            names = dict(self.labels[naam])
            left = self.uitkomst.aantal_zonder(naam)
            found += [Keuze(names[waarde], self.zonder(naam, waarde), left) for waarde in chosen]
        return found

    @property
    def bewaard(self) -> list[tuple[str, str]]:
        """The names and values that stay on when other words are searched for near some postcode."""
        chosen = [(naam, waarde) for naam, waarden in self.keuzes.items() for waarde in waarden]
        return [*self.mee, *chosen, *([(self.wanneer.param, self.wanneer.waarde)] if self.wanneer else [])]

    @cached_property
    def paren(self) -> list[tuple[str, str]]:
        """Everything that is asked, as names and values of the address."""
        said = [("q", self.woorden)] if self.woorden else []
        return [*said, *self.bewaard, *([("bij", self.bij_tekst)] if self.bij else [])]

    def zonder(self, naam: str, waarde: str | None = None) -> str:
        """The query string without a parameter, or without one value of it."""
        return _query([pair for pair in self.paren if pair != (naam, waarde or pair[1])])

    def met(self, naam: str, waarde: str, in_plaats_van: Collection[str] = ()) -> str:
        """The query string with one value more, that takes the place of some other parameters."""
        return _query([*(pair for pair in self.paren if pair[0] not in in_plaats_van), (naam, waarde)])

    @property
    def adres(self) -> str:
        """The query string of all that is asked."""
        return _query(self.paren)

    @property
    def blijvend(self) -> str:
        """The query string of what is asked without days and nearness: it asks the same tomorrow, and elsewhere."""
        passing = {name for name, _value in self.mee}.union(VOORBIJGAAND)
        return _query([pair for pair in self.paren if pair[0] not in passing])

    @cached_property
    def ruimer(self) -> list[Keuze]:
        """The choices without which there would be something."""
        return [keuze for keuze in self.gekozen if keuze.aantal]

    @cached_property
    def suggesties(self) -> list[tuple[str, str]]:
        """Words that look like what was typed and do find something, each with its query string."""
        words = nearby(self.woorden, self.uitkomst.lijst) if self.woorden else []
        return [(word, "?" + urlencode({"q": word})) for word in words]

    @property
    def themas(self) -> list[tuple[str, str]]:
        """The themes that may help with these words, by slug and name."""
        slugs = self.uitkomst.antwoord.themas if self.uitkomst.antwoord else []
        return [(slug, name) for slug, name in self.labels["thema"] if slug in slugs]

    # a list in the way of Django's paginator

    def __len__(self) -> int:
        return self.uitkomst.aantal

    def __getitem__(self, part: slice) -> list[SafeString]:
        return kaarten(self.uitkomst, self.soort, self.uitkomst.nummers(part.start, part.stop - part.start))


def blijvend(data: QueryDict) -> QueryDict:
    """What an address asks without days and nearness, for what shows its days itself or is asked again another day."""
    lasting = data.copy()
    for name in VOORBIJGAAND:
        lasting.pop(name, None)
    return lasting


def _line(data: QueryDict, naam: str) -> str:
    """The last value that says something: a form may send an empty box beside what it was opened with."""
    found = (text for value in reversed(data.getlist(naam)) if (text := value.replace("\0", "").strip()))
    return next(found, "")[:MAX_LENGTH]


def _query(pairs: list[tuple[str, str]]) -> str:
    return f"?{urlencode(pairs)}" if pairs else ""


def _existing(asked: list[str], waarden: list[tuple[str, str]]) -> list[str]:
    known = {waarde for waarde, _ in waarden}
    return [waarde for waarde in dict.fromkeys(asked) if waarde in known]
