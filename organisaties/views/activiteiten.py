"""Activities: the list and the page of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from organisaties import agenda
from organisaties.choices import Soort
from organisaties.models import Activiteit
from organisaties.views.adressen import find, languages_of
from organisaties.views.bladeren import page_of
from organisaties.views.lijsten import context_of

ALIKE = 3


@require_safe
def activiteit_list(request: HttpRequest) -> HttpResponse:
    context = context_of(request, Soort.ACTIVITEIT, reverse("activiteit-list"))
    return render(request, "activiteiten/list.html", context | {"bladzijde": page_of(request, context["vraag"])})


@require_safe
def activiteit_detail(request: HttpRequest, slug: str) -> HttpResponse:
    activiteiten = Activiteit.objects.readable().with_cards().prefetch_related("talen", "andere_themas", "bronnen")
    activiteit = find(activiteiten, slug)
    if activiteit.slug != slug:
        return redirect(activiteit, permanent=True)
    alike = Activiteit.objects.listed().with_cards().filter(thema=activiteit.thema).exclude(pk=activiteit.pk)
    context = {
        "activiteit": activiteit,
        "vertaald_in": languages_of(activiteit),
        "keren": agenda.next_times(activiteit),
        "ook": alike.order_by("naam_nl", "pk")[:ALIKE],
    }
    return render(request, "activiteiten/detail.html", context)
