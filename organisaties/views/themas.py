"""Themes: all twelve, and what there is of one."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from organisaties.choices import Soort
from organisaties.models import Organisatie, Thema
from organisaties.views.bladeren import page_of
from organisaties.views.lijsten import aantallen
from organisaties.views.vragen import Vraag
from organisaties.zoeken import lijst

ORGANISATIES_SHOWN = 12


@require_safe
def thema_list(request: HttpRequest) -> HttpResponse:
    context = {"themas": Thema.objects.all(), "aantallen": aantallen(lijst(Soort.ACTIVITEIT), "thema")}
    return render(request, "themas/list.html", context)


@require_safe
def thema_detail(request: HttpRequest, slug: str) -> HttpResponse:
    thema = get_object_or_404(Thema, slug=slug)
    vraag = Vraag(Soort.ACTIVITEIT, QueryDict(f"thema={slug}"))
    context = {
        "thema": thema,
        "bladzijde": page_of(request, vraag),
        "organisaties": Organisatie.objects.published().filter(themas=thema)[:ORGANISATIES_SHOWN],
    }
    return render(request, "themas/detail.html", context)
