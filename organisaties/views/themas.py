"""Themes: all twelve, and what there is of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from organisaties import statistieken
from organisaties.models import Activiteit, Organisatie, Thema
from organisaties.views.bladeren import page_of

ORGANISATIES_SHOWN = 12


@require_safe
def thema_list(request: HttpRequest) -> HttpResponse:
    context = {"themas": Thema.objects.all(), "aantallen": statistieken.per_thema()}
    return render(request, "themas/list.html", context)


@require_safe
def thema_detail(request: HttpRequest, slug: str) -> HttpResponse:
    thema = get_object_or_404(Thema, slug=slug)
    activiteiten = Activiteit.objects.listed().with_cards().about([thema]).order_by("naam_nl", "pk")
    context = {
        "thema": thema,
        "bladzijde": page_of(request, activiteiten),
        "organisaties": Organisatie.objects.published().filter(themas=thema)[:ORGANISATIES_SHOWN],
    }
    return render(request, "themas/detail.html", context)
