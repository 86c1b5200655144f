"""Help me choose: what, where, when, in icons and few words, for people who read little.

All answers are in the address, so back always works and nothing is remembered. An option is only offered when it leads
to something, and a question of which every answer gives the same is not asked: the list at the end is never empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from organisaties.choices import Dagdeel, Periode, Soort
from organisaties.views.wanneer import dagen_van
from organisaties.zoeken import lijst, zoek
from organisaties.zoeken.geheugen import Labels
from organisaties.zoeken.kenmerken import JA

Paren = tuple[tuple[str, str], ...]
"""Names and values, as they stand in the address."""

KORT = {
    "wegwijs": _("Vragen"),
    "werk": _("Werk"),
    "leren": _("Leren"),
    "recht": _("Recht"),
    "sport": _("Sport"),
    "cultuur": _("Cultuur"),
    "gezin": _("Kinderen"),
    "vrijwilligerswerk": _("Anderen helpen"),
}
"""Themes of which the name is too long for people who read little. The others are called as they are everywhere."""


@dataclass(frozen=True, slots=True)
class Optie:
    """One answer: a word, its icon, and the choices that it stands for on the list."""

    woord: str | Promise
    icoon: str
    paren: Paren
    aantal: int = 0
    adres: str = ""

    @property
    def facet(self) -> str:
        """What it chooses by; nothing when the answer does not matter."""
        naam, waarde = self.paren[0]
        return naam if waarde else ""


@dataclass(frozen=True, slots=True)
class Stap:
    """One question. Its name with nothing behind it, `?thema=`, says that the answer does not matter."""

    naam: str
    vraag: str | Promise
    opties: Callable[[Labels], Iterable[Optie]]

    @property
    def om_het_even(self) -> Optie:
        return Optie(_("Maakt niet uit"), "alles", ((self.naam, ""),))

    def gegeven(self, data: QueryDict, labels: Labels) -> Optie | None:
        """The answer in an address; what does not exist is no answer."""
        options = (*self.opties(labels), self.om_het_even)
        return next((o for o in options if all(waarde in data.getlist(naam) for naam, waarde in o.paren)), None)


def _wat(labels: Labels) -> Iterator[Optie]:
    for slug, naam in labels["thema"]:
        yield Optie(KORT.get(slug, naam), slug, (("thema", slug),))


def _waar(labels: Labels) -> Iterator[Optie]:
    for slug, naam in labels["stadsdeel"]:
        yield Optie(naam, slug, (("stadsdeel", slug),))
    yield Optie(_("Online"), "online", (("online", JA),))


WANNEER = (
    Optie(_("Vandaag"), "vandaag", (("wanneer", Periode.VANDAAG),)),
    Optie(_("Deze week"), "kalender", (("wanneer", Periode.WEEK),)),
    Optie(_("Dit weekend"), "weekend", (("wanneer", Periode.WEEKEND),)),
    Optie(_("Ochtend"), "ochtend", (("dagdeel", Dagdeel.OCHTEND),)),
    Optie(_("Middag"), "middag", (("dagdeel", Dagdeel.MIDDAG),)),
    Optie(_("Avond"), "avond", (("dagdeel", Dagdeel.AVOND),)),
)
STAPPEN = (
    Stap("thema", _("Wat wil je doen?"), _wat),
    Stap("stadsdeel", _("Waar?"), _waar),
    Stap("wanneer", _("Wanneer?"), lambda labels: WANNEER),
)


class Keuzehulp:
    """Where somebody is in the questions, read from the address."""

    def __init__(self, data: QueryDict) -> None:
        self.lijst = lijst(Soort.ACTIVITEIT)
        self.labels = self.lijst.labels[get_language() or "nl"]
        self.antwoorden: dict[str, Optie] = {}
        for stap in STAPPEN:
            given = stap.gegeven(data, self.labels)
            # two answers may each be right and together lead nowhere; only somebody who types an address has such
            if given and self._aantal(given):
                self.antwoorden[stap.naam] = given

    def _aantal(self, *more: Optie) -> int:
        """How many activities the answers so far lead to, with others added."""
        keuzes: dict[str, list[str]] = {}
        for naam, waarde in _paren(*self.antwoorden.values(), *more):
            keuzes.setdefault(naam, []).append(waarde)
        days = [dagen_van(Periode(waarde), timezone.localdate()) for waarde in keuzes.get("wanneer", ())]
        return zoek(self.lijst, keuzes, dagen=[*chain(*days)]).aantal

    @cached_property
    def aantal(self) -> int:
        """How many activities the answers so far lead to."""
        return self._aantal()

    @cached_property
    def stap(self) -> Stap | None:
        """The first question that is not answered yet and of which the answer makes a difference."""
        return next((stap for stap in STAPPEN if stap.naam not in self.antwoorden and self._verschilt(stap)), None)

    def _verschilt(self, stap: Stap) -> bool:
        return any(0 < self._aantal(optie) < self.aantal for optie in stap.opties(self.labels))

    @property
    def nummer(self) -> int:
        return STAPPEN.index(self.stap) + 1 if self.stap else len(STAPPEN)

    @property
    def stippen(self) -> list[bool]:
        """A dot for every question, and whether it has been reached."""
        return [n < self.nummer for n in range(len(STAPPEN))]

    @property
    def opties(self) -> list[Optie]:
        """The answers that lead to something, each with how much and with its address."""
        if self.stap is None:
            return []
        counted = (replace(optie, aantal=self._aantal(optie)) for optie in self.stap.opties(self.labels))
        return [self._met_adres(optie) for optie in counted if optie.aantal]

    @property
    def om_het_even(self) -> Optie | None:
        """The way on without a choice."""
        return self._met_adres(replace(self.stap.om_het_even, aantal=self.aantal)) if self.stap else None

    def _met_adres(self, optie: Optie) -> Optie:
        after = (*self.antwoorden.values(), optie)
        return replace(optie, adres=_uitkomst(after) if self.stap == STAPPEN[-1] else _adres(after))

    @property
    def gekozen(self) -> list[Optie]:
        """The answers so far that choose something."""
        return [optie for optie in self.antwoorden.values() if optie.facet]

    @property
    def terug(self) -> str:
        """The address of the question before this one; before the first is the first page."""
        given = list(self.antwoorden.values())
        return _adres(given[:-1]) if given else reverse("home")

    @property
    def uitkomst(self) -> str:
        """The address of the list with what was chosen."""
        return _uitkomst(self.antwoorden.values())


def _paren(*opties: Optie) -> list[tuple[str, str]]:
    return [paar for optie in opties if optie.facet for paar in optie.paren]


def _adres(opties: Iterable[Optie]) -> str:
    return reverse("kiezen", query=[paar for optie in opties for paar in optie.paren])


def _uitkomst(opties: Iterable[Optie]) -> str:
    return reverse("activiteit-list", query=_paren(*opties))


@require_safe
def kiezen(request: HttpRequest) -> HttpResponse:
    """The next question, or the list when there is nothing left to ask."""
    hulp = Keuzehulp(request.GET)
    if hulp.stap is None:
        return redirect(hulp.uitkomst)
    return render(request, "kiezen/stap.html", {"hulp": hulp})
