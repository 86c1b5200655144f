"""What both lists share: reading a question from the address, its answer in pages, and the way out of an empty list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import get_format
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from organisaties import agenda
from organisaties.actions import count_missed
from organisaties.choices import Dagdeel, Periode, Soort
from organisaties.filters import MAX_LENGTH
from organisaties.models import Activiteit, Organisatie
from organisaties.plaatsen import Punt, in_woorden, lees_punt, postcode_in
from organisaties.views.bewaren import midnight
from organisaties.views.wanneer import Wanneer, lees_wanneer
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
        return self._zoek(woorden=self.woorden, wanneer=self.wanneer, bij=self.bij)

    def _zoek(self, *, woorden: str = "", wanneer: Wanneer | None = None, bij: Punt | None = None) -> Uitkomst:
        return zoek(self.lijst, self.keuzes, woorden, dagen=wanneer.dagen if wanneer else (), bij=bij)

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
            without = self._zoek(wanneer=self.wanneer).aantal
            found.append(Keuze(f"“{self.woorden}”", self.zonder("q"), without))
        if self.wanneer:
            without = self._zoek(woorden=self.woorden).aantal
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
    def blijvend(self) -> str:
        """The query string of what is asked without days and nearness: it asks the same tomorrow, and elsewhere."""
        passing = {name for name, _value in self.mee} | {"wanneer", "datum", "bij"}
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


def _line(data: QueryDict, naam: str) -> str:
    """The last value that says something: a form may send an empty box beside what it was opened with."""
    found = (text for value in reversed(data.getlist(naam)) if (text := value.replace("\0", "").strip()))
    return next(found, "")[:MAX_LENGTH]


def _query(pairs: list[tuple[str, str]]) -> str:
    return f"?{urlencode(pairs)}" if pairs else ""


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
    """The cards of entries (by id) in the language of the page, in this order; with how far, if that was asked."""
    kept, taal, now = uitkomst.lijst.kaarten, get_language(), timezone.now()
    # read into a dict of our own: another thread may empty the one that is shared
    found = {
        nummer: card
        for nummer in nummers
        for card, until in [kept.get((nummer, taal), _NO_CARD)]
        if until and now < until
    }
    if missing := [nummer for nummer in nummers if nummer not in found]:
        if len(kept) > MAX_KAARTEN:
            kept.clear()
        for entry in _with_cards(soort).filter(pk__in=missing).order_by():
            found[entry.pk], _until = kept[entry.pk, taal] = _card(entry, soort, now)
    far = uitkomst.afstanden
    return [_with_distance(found[n], far[n]) if n in far else found[n] for n in nummers if n in found]


_NO_CARD = ("", None)


def _card(entry: Activiteit | Organisatie, soort: str, now: datetime) -> tuple[SafeString, datetime]:
    """A card, and until when it is right."""
    context, until = {soort: entry}, midnight()
    if isinstance(entry, Activiteit) and (opening := agenda.opening(entry, agenda.times_today(entry, now), now)):
        context["opening"], until = opening, min(until, opening.tot)
    return render_to_string(_CARDS[soort], context), until


_FACTS = '<dl class="feiten">'


def _with_distance(card: SafeString, meters: float) -> SafeString:
    """A card with one fact more: how far it is from where the visitor said to be."""
    fact = render_to_string("zoeken/_afstand.html", {"afstand": in_woorden(meters)})
    return mark_safe(card.replace(_FACTS, f"{_FACTS}{fact}", 1))  # noqa: S308 - both come from templates


def _with_cards(soort: str) -> Any:
    return Activiteit.objects.with_cards() if soort == Soort.ACTIVITEIT else Organisatie.objects.with_cards()


# --- the filters: templates rendered once, with places to fill in for every question

ALTIJD_OPEN = ("thema", "stadsdeel")
_HIDDEN = '<input type="hidden" name="{}" value="{}">'
_SLOT = re.compile("\x01([^\x01]*)\x01")


def filters(vraag: Vraag, actie: str, *, met_dagen: bool) -> SafeString:
    """The form with all filters: what is on, and for every value how many there are. Days can be left out of it."""
    kept, key = vraag.lijst.kaarten, ("filters", actie)
    if (mould := kept.get(key)) is None:
        mould = kept[key] = _SLOT.split(_mould(vraag, actie, met_dagen=met_dagen))
    counts, separator = vraag.uitkomst.tellingen(), get_format("THOUSAND_SEPARATOR")
    on = {f"{naam}:{waarde}" for naam, chosen in vraag.keuzes.items() for waarde in chosen}
    fixed = {f"open|{facet.naam}": " open" if facet.naam in (*ALTIJD_OPEN, *vraag.keuzes) else "" for facet in FACETTEN}
    fixed |= _said(vraag)
    filled = mould.copy()
    for at in range(1, len(mould), 2):
        what, _sep, code = mould[at].partition("|")
        count = counts.get(code, 0)
        if what == "aantal":
            filled[at] = f"{count:,}".replace(",", separator)
        elif what == "staat":
            filled[at] = " checked" if code in on else "" if count else " disabled"
        else:
            filled[at] = fixed[mould[at]]
    return mark_safe("".join(filled))  # noqa: S308 - a template of ours with numbers in it


def _said(vraag: Vraag) -> dict[str, str]:
    """What fills the places of the form that have to do with words, days and nearness."""
    along = [*vraag.mee, *([("q", vraag.woorden)] if vraag.woorden else [])]
    along += [("bij", vraag.bij_tekst)] if vraag.bij else []
    period = vraag.wanneer.waarde if vraag.wanneer and vraag.wanneer.param == "wanneer" else ""
    chosen = len(vraag.gekozen)
    return {
        "woorden|": format_html_join("", _HIDDEN, along),
        "datum|": escape(vraag.datum),
        "teller|": render_to_string("zoeken/_teller.html", {"aantal": chosen}) if chosen else "",
        **{f"wanneer|{waarde}": " checked" if waarde == period else "" for waarde in ("", *Periode.values)},
    }


def _mould(vraag: Vraag, actie: str, *, met_dagen: bool) -> str:
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
    context = {
        "vlaggen": [groep for groep in groepen if groep["is_vlag"]],
        "groepen": [groep for groep in groepen if not groep["is_vlag"]],
        "actie": actie,
        "woorden": _slot("woorden"),
        "teller": _slot("teller"),
    }
    if met_dagen:
        periods = [("", _("Maakt niet uit")), *Periode.choices]
        context["periodes"] = [(waarde, label, _slot("wanneer", waarde)) for waarde, label in periods]
        context["datum"] = _slot("datum")
    return render_to_string("zoeken/_filters.html", context)


def _slot(what: str, code: str = "") -> SafeString:
    return mark_safe(f"\x01{what}|{code}\x01")  # noqa: S308 - taken out again by `filters`


def snelkeuzes(vraag: Vraag) -> list[tuple[str, str, bool]]:
    """Days to choose with one tap: the name, the query string that turns it on or off again, and whether it is on."""
    chosen = vraag.wanneer.waarde if vraag.wanneer else ""
    found = [
        (
            periode.label,
            vraag.zonder("wanneer") if periode == chosen else vraag.met("wanneer", periode, _DAYS),
            periode == chosen,
        )
        for periode in Periode
    ]
    evening, is_on = Dagdeel.AVOND, Dagdeel.AVOND in vraag.keuzes.get("dagdeel", ())
    way = vraag.zonder("dagdeel", evening) if is_on else vraag.met("dagdeel", evening)
    return [*found, (evening.label, way, is_on)]


_DAYS = ("wanneer", "datum")


def context_of(vraag: Vraag, actie: str, *, met_dagen: bool = False) -> dict[str, Any]:
    """What the template of a list needs for a question; `actie` is the address of the list."""
    if vraag.woorden and not (vraag.uitkomst.antwoord and vraag.uitkomst.antwoord.bits):
        with suppress(OperationalError):  # somebody else is writing: a page is worth more than a count
            count_missed(vraag.woorden, taal=get_language() or "nl")
    return {"vraag": vraag, "actie": actie, "filters": filters(vraag, actie, met_dagen=met_dagen)}


def render_list(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page of a list. It may ask the phone where it is, after a tap; other pages may not."""
    response = render(request, template, context)
    response.headers["Permissions-Policy"] = (
        "browsing-topics=(), camera=(), geolocation=(self), microphone=(), payment=()"
    )
    return response
