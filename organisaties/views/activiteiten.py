"""Activities: the list and the page of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from organisaties import agenda
from organisaties.choices import Soort
from organisaties.models import Activiteit
from organisaties.views.adressen import find, languages_of
from organisaties.views.bewaren import bewaard, midnight
from organisaties.views.bladeren import page_of
from organisaties.views.lijsten import context_of, render_list, snelkeuzes
from organisaties.views.vragen import Vraag
from organisaties.zoeken import Lijst, lijst, zoek

ALIKE = 3


@dataclass(frozen=True, slots=True)
class Blad:
    """The page of an activity as it was rendered."""

    titel: str
    beschrijving: str
    adres: str
    vertaald_in: list[str]
    html: SafeString

    def get_absolute_url(self) -> str:
        """The address in the language of the moment; the slug is the same in each."""
        return reverse("activiteit-detail", args=[self.adres])


@require_safe
def activiteit_list(request: HttpRequest) -> HttpResponse:
    vraag = Vraag(Soort.ACTIVITEIT, request.GET)
    context = context_of(vraag, reverse("activiteit-list"), met_dagen=True)
    context |= {"bladzijde": page_of(request, vraag), "snelkeuzes": snelkeuzes(vraag)}
    return render_list(request, "activiteiten/list.html", context)


@require_safe
def activiteit_detail(request: HttpRequest, slug: str) -> HttpResponse:
    known = lijst(Soort.ACTIVITEIT)
    blad = bewaard(known, ("activiteit", slug, get_language()), partial(_blad, request, slug, known))
    if blad.adres != slug:
        return redirect(blad, permanent=True)
    return render(request, "activiteiten/detail.html", {"blad": blad})


def _alike(activiteit: Activiteit, known: Lijst) -> list[Activiteit]:
    """The first other activities with the same theme, in the order of the list."""
    found = zoek(known, {"thema": [activiteit.thema.slug]}).nummers(0, ALIKE + 1)
    others = [nummer for nummer in found if nummer != activiteit.pk][:ALIKE]
    entries = Activiteit.objects.with_cards().in_bulk(others)
    return [entries[nummer] for nummer in others if nummer in entries]


def context_of_blad(activiteit: Activiteit) -> dict[str, Any]:
    """What the page of an activity shows; of a draft too, for who writes it."""
    keren = agenda.next_times(activiteit)
    return {
        "activiteit": activiteit,
        "vertaald_in": languages_of(activiteit),
        "taal": get_language(),
        "keren": keren,
        "pauzes": agenda.pauses(activiteit),
        "opening": agenda.opening(activiteit, keren, timezone.now()),
    }


def _blad(request: HttpRequest, slug: str, known: Lijst) -> tuple[Blad, datetime]:
    """The page as it is now, and until when that is right: its next times pass. Raises Http404."""
    activiteiten = Activiteit.objects.readable().with_cards().select_related("foto")
    activiteiten = activiteiten.prefetch_related("talen", "andere_themas", "bronnen")
    activiteit = find(activiteiten, slug)
    context = context_of_blad(activiteit) | {"ook": _alike(activiteit, known)}
    keren, opening = context["keren"], context["opening"]
    blad = Blad(
        titel=f"{activiteit.naam}, {activiteit.organisatie.naam}",
        beschrijving=activiteit.samenvatting or activiteit.naam,
        adres=activiteit.slug,
        vertaald_in=context["vertaald_in"],
        html=render_to_string("activiteiten/_blad.html", context, request),
    )
    ends = [keer.ends_at for keer in keren[:1] if keer.ends_at]
    return blad, min([midnight(), *ends, *([opening.tot] if opening else [])])
