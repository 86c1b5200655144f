"""What every template knows of the site and of the languages of this page."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.encoding import iri_to_uri
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info, override


@dataclass(frozen=True, slots=True)
class Taalkeuze:
    """One language of the switcher: where this same page, with the same filters, is in that language."""

    code: str
    naam: str
    url: str
    adres: str
    is_rtl: bool


def site(request: HttpRequest) -> dict[str, Any]:
    """Whether it is a demonstration, how to reach a human, where to leave to, and the languages. Asks no database."""
    return {
        "demonstratie": settings.DEMONSTRATIE,
        "contact_email": settings.CONTACT_EMAIL,
        "site_url": settings.SITE_URL,
        "snel_weg_naar": settings.SNEL_WEG_NAAR,
        "snel_weg_naam": urlsplit(settings.SNEL_WEG_NAAR).hostname,
        "taalkeuzes": SimpleLazyObject(partial(_taalkeuzes, request)),
    }


def _taalkeuzes(request: HttpRequest) -> list[Taalkeuze]:
    return [_taalkeuze(request, code) for code, _ in settings.LANGUAGES]


def _taalkeuze(request: HttpRequest, code: str) -> Taalkeuze:
    info, query = get_language_info(code), request.META.get("QUERY_STRING", "")
    # an error page has no address of its own in the other language: its switcher leads to the first page
    if request.resolver_match is None or request.resolver_match.namespace == "admin":
        with override(code):
            path, query = reverse("home"), ""
    else:
        path = request.path if code == get_language() else translate_url(request.path, code)
    url = f"{path}?{iri_to_uri(query)}" if query else path
    return Taalkeuze(code, info["name_local"].capitalize(), url, settings.SITE_URL + path, info["bidi"])
