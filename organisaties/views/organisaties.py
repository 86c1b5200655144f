"""Organisations: the list and the profile of one."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from organisaties.choices import Soort
from organisaties.models import Activiteit, Bron, Locatie, Organisatie
from organisaties.views.adressen import find, languages_of
from organisaties.views.bladeren import page_of
from organisaties.views.lijsten import context_of, render_list
from organisaties.views.vragen import Vraag


@require_safe
def organisatie_list(request: HttpRequest) -> HttpResponse:
    vraag = Vraag(Soort.ORGANISATIE, request.GET)
    context = context_of(vraag, reverse("organisatie-list")) | {"bladzijde": page_of(request, vraag)}
    return render_list(request, "organisaties/list.html", context)


@require_safe
def organisatie_detail(request: HttpRequest, slug: str) -> HttpResponse:
    organisaties = Organisatie.objects.published().select_related("foto")
    organisaties = organisaties.prefetch_related(
        "themas",
        "talen",
        "doelgroepen",
        Prefetch("bronnen", Bron.objects.filter(activiteit=None)),
        Prefetch("locaties", Locatie.objects.select_related("stadsdeel")),
    )
    organisatie = find(organisaties, slug)
    if organisatie.slug != slug:
        return redirect(organisatie, permanent=True)
    activiteiten = Activiteit.objects.listed().with_cards().filter(organisatie=organisatie)
    context = {
        "organisatie": organisatie,
        "vertaald_in": languages_of(organisatie),
        "bladzijde": page_of(request, activiteiten.order_by("naam_nl", "pk")),
    }
    return render(request, "organisaties/detail.html", context)
