"""What both lists share: reading a question from the address, its answer in pages, and the way out of an empty list."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db import OperationalError
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import get_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from organisaties.actions import count_missed
from organisaties.choices import Soort
from organisaties.filters import MAX_LENGTH
from organisaties.models import Activiteit, Organisatie
from organisaties.zoeken import Lijst, Uitkomst, lijst, zoek
from organisaties.zoeken.kenmerken import FACETTEN
from organisaties.zoeken.vraag import nearby

MAX_KAARTEN = 2000
"""How many rendered cards a process keeps."""

_CARDS = {Soort.ACTIVITEIT: "activiteiten/_card.html", Soort.ORGANISATIE: "organisaties/_card.html"}


@dataclass(frozen=True, slots=True)
class Keuze:
    """One thing that was chosen: its name, the query string without it, and how many there would be then."""

    naam: str
    zonder: str
    aantal: int


class Vraag:
    """What a visitor asks of a list: words, and values of facets. Whatever does not exist is left out."""

    def __init__(self, soort: str, data: QueryDict) -> None:
        self.soort = soort
        self.lijst = lijst(soort)
        self.labels = self.lijst.labels[get_language() or "nl"]
        self.woorden = data.get("q", "").replace("\0", "").strip()[:MAX_LENGTH]
        self.keuzes = {
            naam: chosen
            for naam, waarden in self.labels.items()
            if naam in data and (chosen := _existing(data.getlist(naam), waarden))
        }

    @cached_property
    def uitkomst(self) -> Uitkomst:
        return zoek(self.lijst, self.keuzes, self.woorden)

    @cached_property
    def gekozen(self) -> list[Keuze]:
        """The words and values that are on, each with the way to take just that one off."""
        found = []
        if self.woorden:
            without = zoek(self.lijst, self.keuzes).aantal
            found.append(Keuze(f"“{self.woorden}”", self._zonder("q", self.woorden), without))
        for naam, chosen in self.keuzes.items():
            names = dict(self.labels[naam])
            left = self.uitkomst.aantal_zonder(naam)
            found += [Keuze(names[waarde], self._zonder(naam, waarde), left) for waarde in chosen]
        return found

    @property
    def bewaard(self) -> list[tuple[str, str]]:
        """The names and values that stay on when other words are searched for."""
        return [(naam, waarde) for naam, chosen in self.keuzes.items() for waarde in chosen]

    def _zonder(self, naam: str, waarde: str) -> str:
        said = [("q", self.woorden)] if self.woorden else []
        left = [pair for pair in (*said, *self.bewaard) if pair != (naam, waarde)]
        return f"?{urlencode(left)}" if left else ""

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


def _existing(asked: list[str], waarden: list[tuple[str, str]]) -> list[str]:
    known = {waarde for waarde, _ in waarden}
    return [waarde for waarde in dict.fromkeys(asked) if waarde in known]


# --- how much there is


def aantallen(activiteiten: Lijst, facet: str) -> Counter[str]:
    """How many activities there are for every value of a facet, by its slug."""
    start = f"{facet}:"
    found = {code: bits for code, bits in activiteiten.kenmerken.items() if code.startswith(start)}
    return Counter({code.removeprefix(start): len(bits) for code, bits in found.items()})


def totalen(activiteiten: Lijst, organisaties: Lijst) -> dict[str, int]:
    """How many organisations, activities and spoken languages the site shows."""
    spoken = {code: bits for code, bits in organisaties.kenmerken.items() if code.startswith("spreekt:") and bits}
    return {"organisaties": organisaties.aantal, "activiteiten": activiteiten.aantal, "talen": len(spoken)}


# --- cards, rendered once per version of the index


def kaarten(uitkomst: Uitkomst, soort: str, nummers: list[int]) -> list[SafeString]:
    """The cards of entries (by id) in the language of the page, in this order."""
    kept, taal, today = uitkomst.lijst.kaarten, get_language(), timezone.localdate()
    # read into a dict of our own: another thread may empty the one that is shared
    found = {nummer: card for nummer in nummers if (card := kept.get((nummer, taal, today)))}
    if missing := [nummer for nummer in nummers if nummer not in found]:
        if len(kept) > MAX_KAARTEN:
            kept.clear()
        for entry in _with_cards(soort).filter(pk__in=missing).order_by():
            card = mark_safe(render_to_string(_CARDS[soort], {soort: entry}))  # noqa: S308 - a template escapes
            found[entry.pk] = kept[entry.pk, taal, today] = card
    return [found[nummer] for nummer in nummers if nummer in found]


def _with_cards(soort: str) -> Any:
    return Activiteit.objects.with_cards() if soort == Soort.ACTIVITEIT else Organisatie.objects.with_cards()


# --- the filters: a template rendered once, with places to fill in for every question

ALTIJD_OPEN = ("thema", "stadsdeel")
_HIDDEN = '<input type="hidden" name="q" value="{}">'
_SLOT = re.compile("\x01([^\x01]*)\x01")


def filters(vraag: Vraag, actie: str) -> SafeString:
    """The form with all filters: what is on, and for every value how many there are."""
    kept, taal = vraag.uitkomst.lijst.kaarten, get_language()
    if (mould := kept.get(("filters", taal, actie))) is None:
        mould = kept["filters", taal, actie] = _SLOT.split(_mould(vraag, actie))
    counts, separator = vraag.uitkomst.tellingen(), get_format("THOUSAND_SEPARATOR")
    on = {f"{naam}:{waarde}" for naam, chosen in vraag.keuzes.items() for waarde in chosen}
    fixed = {("open", facet.naam): " open" if facet.naam in (*ALTIJD_OPEN, *vraag.keuzes) else "" for facet in FACETTEN}
    fixed["woorden", ""] = format_html(_HIDDEN, vraag.woorden) if vraag.woorden else ""
    chosen = len(vraag.gekozen)
    fixed["teller", ""] = render_to_string("zoeken/_teller.html", {"aantal": chosen}) if chosen else ""
    filled = mould.copy()
    for at in range(1, len(mould), 2):
        what, _, code = mould[at].partition("|")
        count = counts.get(code, 0)
        if what == "aantal":
            filled[at] = f"{count:,}".replace(",", separator)
        elif what == "staat":
            filled[at] = " checked" if code in on else "" if count else " disabled"
        else:
            filled[at] = fixed[what, code]
    return mark_safe("".join(filled))  # noqa: S308 - a template of ours with numbers in it


def _mould(vraag: Vraag, actie: str) -> str:
    groepen = [
        {
            "naam": facet.naam,
            "label": facet.label,
            "is_vlag": facet.is_vlag,
            "open": _slot("open", facet.naam),
            "waarden": [
                {
                    "waarde": waarde,
                    "label": label,
                    "staat": _slot("staat", f"{facet.naam}:{waarde}"),
                    "aantal": _slot("aantal", f"{facet.naam}:{waarde}"),
                }
                for waarde, label in vraag.labels[facet.naam]
            ],
        }
        for facet in FACETTEN
    ]
    flags = [groep for groep in groepen if groep["is_vlag"]]
    rest = [groep for groep in groepen if not groep["is_vlag"]]
    places = {"woorden": _slot("woorden", ""), "teller": _slot("teller", "")}
    return render_to_string("zoeken/_filters.html", {"groepen": rest, "vlaggen": flags, "actie": actie, **places})


def _slot(what: str, code: str) -> SafeString:
    return mark_safe(f"\x01{what}|{code}\x01")  # noqa: S308 - taken out again by `filters`


def context_of(request: HttpRequest, soort: str, actie: str) -> dict[str, Any]:
    """What the template of a list needs, for the question in the address."""
    vraag = Vraag(soort, request.GET)
    if vraag.woorden and not (vraag.uitkomst.antwoord and vraag.uitkomst.antwoord.bits):
        with suppress(OperationalError):  # somebody else is writing: a page is worth more than a count
            count_missed(vraag.woorden, taal=get_language() or "nl")
    return {"vraag": vraag, "actie": actie, "filters": filters(vraag, actie)}
