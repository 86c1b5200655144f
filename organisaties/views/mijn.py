"""The door of editors: their invitation, and the page of their own organisation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from organisaties.choices import PaginaSleutel
from organisaties.models import Organisatie, Uitnodiging
from organisaties.views.paginas import pagina


def mijn(request: HttpRequest) -> HttpResponse:
    return pagina(request, PaginaSleutel.MIJN)


def mijn_organisatie(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse(get_object_or_404(Organisatie, slug=slug, beheerders__gebruiker=request.user).naam)


def uitloggen(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def uitnodiging(request: HttpRequest, token: str) -> HttpResponse:
    return HttpResponse(str(get_object_or_404(Uitnodiging.objects.with_token(token))))
