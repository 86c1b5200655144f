"""The map: for now the list of districts that it comes from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisaties.choices import Soort
from organisaties.models import Stadsdeel
from organisaties.views.lijsten import aantallen
from organisaties.zoeken import lijst


@require_safe
def kaart(request: HttpRequest) -> HttpResponse:
    counts = aantallen(lijst(Soort.ACTIVITEIT), "stadsdeel")
    stadsdelen = [(stadsdeel, counts[stadsdeel.slug]) for stadsdeel in Stadsdeel.objects.all()]
    return render(request, "kaart/list.html", {"stadsdelen": stadsdelen})
