"""What the pages of lists share: how much there is, the form with filters, and days to choose with one tap."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.formats import get_format
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from organisaties.actions import count_missed
from organisaties.choices import Dagdeel, Periode
from organisaties.views.vragen import Vraag
from organisaties.zoeken import Lijst
from organisaties.zoeken.kenmerken import FACETTEN

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


# --- the filters: templates rendered once, with places to fill in for every question

ALTIJD_OPEN = ("thema", "stadsdeel")
_DAYS = ("wanneer", "datum")
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
