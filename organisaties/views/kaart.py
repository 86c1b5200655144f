"""The map: for now the list of districts that it comes from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisaties import statistieken
from organisaties.models import Stadsdeel


@require_safe
def kaart(request: HttpRequest) -> HttpResponse:
    aantallen = statistieken.per_stadsdeel()
    stadsdelen = [(stadsdeel, aantallen[stadsdeel.pk]) for stadsdeel in Stadsdeel.objects.all()]
    return render(request, "kaart/list.html", {"stadsdelen": stadsdelen})
