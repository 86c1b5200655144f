"""The first page, and the way to it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override
from django.views.decorators.http import require_safe

from organisaties import agenda
from organisaties.models import Thema
from organisaties.views.lijsten import aantallen, totalen


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """`/` has no language of its own: go to the one the browser asks for, once."""
    with override(get_language_from_request(request)):
        response = HttpResponse(status=302, headers={"Location": reverse("home")})
    patch_vary_headers(response, ("Accept-Language",))
    return response


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    context = {
        "themas": Thema.objects.all(),
        "aantallen": aantallen("thema"),
        "totalen": totalen(),
        "dagen": agenda.rest_of_week(days=3, per_day=4),
        "vandaag": timezone.localdate(),
    }
    return render(request, "home.html", context)
