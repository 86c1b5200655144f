"""Finding an entry by the last word of its address, or by one that it had before; addresses without a language."""

from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override
from django.views.decorators.http import require_safe

from organisaties import bewaarlijst
from organisaties.models import Activiteit, Organisatie

Entry = TypeVar("Entry", Activiteit, Organisatie)


def find(queryset: "QuerySet[Entry]", slug: str) -> Entry:
    """The entry with this slug, else the one that had it before. Raises Http404 when there is none in the queryset."""
    entry = queryset.filter(slug=slug).first() or queryset.filter(oude_slugs__slug=slug).first()
    if entry is None:
        raise Http404
    return entry


def languages_of(entry: Activiteit | Organisatie) -> list[str]:
    """The codes of the languages in which all of an entry's texts are there."""
    return [code for code, _ in settings.LANGUAGES if entry.is_translated(code)]


def lead_on(request: HttpRequest, address: Callable[[], str]) -> HttpResponse:
    """From an address without a language to the one in the language that the browser asks for, once."""
    with override(get_language_from_request(request)):
        response = HttpResponse(status=302, headers={"Location": address()})
    patch_vary_headers(response, ("Accept-Language",))
    return response


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """`/` has no language of its own."""
    return lead_on(request, lambda: reverse("home"))


@require_safe
def kort_activiteit(request: HttpRequest, slug: str) -> HttpResponse:
    """The address of an activity for paper: short, and in no language."""
    return lead_on(request, find(Activiteit.objects.readable(), slug).get_absolute_url)


@require_safe
def kort_bewaarlijst(request: HttpRequest, token: str) -> HttpResponse:
    """The address of a short list for paper. Raises Http404 for a list that we did not make."""
    try:
        bewaarlijst.lees(token)
    except bewaarlijst.OnleesbareLijst:
        raise Http404 from None
    return lead_on(request, lambda: f"{reverse('bewaarlijst')}?lijst={token}")
