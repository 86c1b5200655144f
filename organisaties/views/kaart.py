"""The map: the districts with how much there is in each, and the first activities of the chosen one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from organisaties.choices import Soort
from organisaties.kaartbeeld import STAD, Vlak, vlakken
from organisaties.models import Stadsdeel
from organisaties.views.lijsten import context_of
from organisaties.views.vragen import Vraag

EERSTE = 3
"""How many activities stand beside the map."""

TINTEN = 3


@dataclass(frozen=True, slots=True)
class Klasse:
    """The districts of one tint: the fewest and the most activities that one of them has."""

    van: int
    tot: int


@dataclass(frozen=True, slots=True)
class Deel:
    """A district on the map and in the list beside it."""

    stadsdeel: Stadsdeel
    vlak: Vlak | None
    aantal: int
    tint: int
    adres: str
    is_gekozen: bool

    @property
    def label(self) -> str:
        """What the link on the map says: "Centrum: 41 activiteiten"."""
        words = ngettext("%(waar)s: %(n)s activiteit", "%(waar)s: %(n)s activiteiten", self.aantal)
        return words % {"waar": self.stadsdeel, "n": number_format(self.aantal)}


@require_safe
def kaart(request: HttpRequest) -> HttpResponse:
    """The map of a question. With `?straten=ja`, and only then, the page may load streets from the tile server."""
    vraag = Vraag(Soort.ACTIVITEIT, request.GET)
    delen, klassen = _delen(vraag)
    context = context_of(vraag, reverse("kaart"), met_dagen=True) | {
        "delen": delen,
        "klassen": klassen,
        "gekozen": [deel.stadsdeel for deel in delen if deel.is_gekozen],
        "kader": STAD,
        "kaarten": vraag[0:EERSTE],
        "vraag_zelf": vraag.adres,
        "met_straten": vraag.met("straten", "ja"),
        "tegels": settings.KAART_TEGELS if request.GET.get("straten") == "ja" else "",
        "tegels_bij": settings.KAART_TEGELS_BRON,
    }
    response = render(request, "kaart/list.html", context)
    if context["tegels"]:
        response._csp_update = {"img-src": [_origin(context["tegels"])]}
    return response


def _delen(vraag: Vraag) -> tuple[list[Deel], list[Klasse]]:
    """The districts with their counts for the question without its choice of districts, and the tints of those."""
    counts, chosen, shapes = vraag.uitkomst.tellingen(), vraag.keuzes.get("stadsdeel", ()), vlakken()
    found = [(stadsdeel, counts.get(f"stadsdeel:{stadsdeel.slug}", 0)) for stadsdeel in Stadsdeel.objects.all()]
    klassen = verdeel(count for _, count in found)
    delen = [
        Deel(
            stadsdeel,
            shapes.get(stadsdeel.code),
            count,
            sum(klasse.van <= count for klasse in klassen),
            vraag.met("stadsdeel", stadsdeel.slug, ("stadsdeel",)),
            stadsdeel.slug in chosen,
        )
        for stadsdeel, count in found
    ]
    return delen, klassen


def verdeel(counts: Iterable[int]) -> list[Klasse]:
    """Up to three classes with as many different counts in each; none when nothing is counted."""
    known = sorted({count for count in counts if count})
    cuts = sorted({n * len(known) // TINTEN for n in range(TINTEN + 1)})
    return [Klasse(known[start], known[stop - 1]) for start, stop in pairwise(cuts)]


def _origin(template: str) -> str:
    """Where an address leads to, as a policy names it: "https://tiles.example"."""
    parts = urlsplit(template)
    return f"{parts.scheme}://{parts.netloc}"
