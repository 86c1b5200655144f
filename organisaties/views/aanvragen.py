"""Joining: the form, its confirmation, and the page of one request for whoever has the link of the mail."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from organisaties.choices import PaginaSleutel
from organisaties.models import Aanvraag
from organisaties.views.paginas import pagina


def aansluiten(request: HttpRequest) -> HttpResponse:
    return pagina(request, PaginaSleutel.AANSLUITEN)


def aanvraag_verstuurd(request: HttpRequest, kenmerk: str) -> HttpResponse:
    return HttpResponse(get_object_or_404(Aanvraag, kenmerk=kenmerk).kenmerk)


def aanvraag_detail(request: HttpRequest, token: str) -> HttpResponse:
    return HttpResponse(get_object_or_404(Aanvraag.objects.with_token(token)).kenmerk)
