"""Activities: the list and the page of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

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
from organisaties.views.bladeren import page_of
from organisaties.views.lijsten import context_of
from organisaties.zoeken import lijst

ALIKE = 3
MAX_BLADEN = 500
"""How many rendered activities a process keeps."""


@dataclass(frozen=True, slots=True)
class Blad:
    """The page of an activity as it was rendered, and until when that is right: its next times pass."""

    titel: str
    beschrijving: str
    adres: str
    vertaald_in: list[str]
    html: SafeString
    geldig_tot: datetime

    def get_absolute_url(self) -> str:
        """The address in the language of the moment; the slug is the same in each."""
        return reverse("activiteit-detail", args=[self.adres])


@require_safe
def activiteit_list(request: HttpRequest) -> HttpResponse:
    context = context_of(request, Soort.ACTIVITEIT, reverse("activiteit-list"))
    return render(request, "activiteiten/list.html", context | {"bladzijde": page_of(request, context["vraag"])})


@require_safe
def activiteit_detail(request: HttpRequest, slug: str) -> HttpResponse:
    kept, key = lijst(Soort.ACTIVITEIT).bladen, (slug, get_language())
    blad = kept.get(key)
    if blad is None or blad.geldig_tot <= timezone.now():
        activiteiten = Activiteit.objects.readable().with_cards().prefetch_related("talen", "andere_themas", "bronnen")
        activiteit = find(activiteiten, slug)
        if activiteit.slug != slug:
            return redirect(activiteit, permanent=True)
        if len(kept) >= MAX_BLADEN:
            kept.clear()
        blad = kept[key] = _blad(request, activiteit)
    return render(request, "activiteiten/detail.html", {"blad": blad})


def _blad(request: HttpRequest, activiteit: Activiteit) -> Blad:
    alike = Activiteit.objects.listed().with_cards().filter(thema=activiteit.thema).exclude(pk=activiteit.pk)
    keren, languages = agenda.next_times(activiteit), languages_of(activiteit)
    context = {
        "activiteit": activiteit,
        "vertaald_in": languages,
        "taal": get_language(),
        "keren": keren,
        "ook": alike.order_by("naam_nl", "pk")[:ALIKE],
    }
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return Blad(
        titel=f"{activiteit.naam}, {activiteit.organisatie.naam}",
        beschrijving=activiteit.samenvatting or activiteit.naam,
        adres=activiteit.slug,
        vertaald_in=languages,
        html=render_to_string("activiteiten/_blad.html", context, request),
        geldig_tot=min([midnight, *(keer.ends_at for keer in keren[:1] if keer.ends_at)]),
    )
