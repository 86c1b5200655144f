"""Paper: an activity or a short list in two languages, as a page to print and as PDF; and a poster."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from organisaties import agenda, bewaarlijst, papier
from organisaties.formats import qr
from organisaties.models import Activiteit
from organisaties.views.adressen import find

KEREN, KEREN_IN_LIJST = 4, 2
"""How many next times stand on a sheet, and of each activity of a list."""

View = Callable[[HttpRequest, str], HttpResponse]


def talen_van(request: HttpRequest) -> papier.Talen:
    """Dutch and the language of `?taal=`; without one the language of the page, else the first other of the site."""
    others = _other_languages()
    other = next(code for code in (request.GET.get("taal"), get_language(), *others) if code in others)
    return papier.taal(settings.LANGUAGE_CODE), papier.taal(other)


def _other_languages() -> list[str]:
    return [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def van_activiteit(view: Callable[[HttpRequest, papier.Vel, papier.Talen], HttpResponse]) -> View:
    """A view of the sheet of an activity. A former slug leads to the one of now. Raises Http404 when there is none."""

    @require_safe
    @wraps(view)
    def found(request: HttpRequest, slug: str) -> HttpResponse:
        activiteit = find(Activiteit.objects.readable().with_cards(), slug)
        if activiteit.slug != slug:
            path = reverse(request.resolver_match.url_name, args=[activiteit.slug])
            return redirect(f"{path}?{request.GET.urlencode()}".rstrip("?"), permanent=True)
        talen = talen_van(request)
        return view(request, papier.vel(activiteit, agenda.next_times(activiteit, KEREN), talen), talen)

    return found


@van_activiteit
def activiteit_papier(request: HttpRequest, vel: papier.Vel, talen: papier.Talen) -> HttpResponse:
    return render(request, "papier/activiteit.html", {"vel": vel} | _around(talen))


@van_activiteit
def activiteit_pdf(request: HttpRequest, vel: papier.Vel, talen: papier.Talen) -> HttpResponse:
    return _pdf(papier.activiteit_pdf(vel, timezone.localdate(), qr.matrix(vel.adres)), vel.slug)


@van_activiteit
def activiteit_poster(request: HttpRequest, vel: papier.Vel, talen: papier.Talen) -> HttpResponse:
    context = {"vel": vel, "maat": papier.geschatte_maat(vel)}
    return render(request, "papier/poster.html", context | _around(talen))


@van_activiteit
def activiteit_poster_pdf(request: HttpRequest, vel: papier.Vel, talen: papier.Talen) -> HttpResponse:
    return _pdf(papier.poster_pdf(vel, timezone.localdate(), qr.matrix(vel.adres)), f"poster-{vel.slug}")


@require_safe
def bewaarlijst_papier(request: HttpRequest) -> HttpResponse:
    talen = talen_van(request)
    return render(request, "papier/lijst.html", {"lijst": _lijst(request, talen)} | _around(talen))


@require_safe
def bewaarlijst_pdf(request: HttpRequest) -> HttpResponse:
    if (lijst := _lijst(request, talen_van(request))) is None:
        raise Http404
    return _pdf(papier.lijst_pdf(lijst, timezone.localdate(), qr.matrix(lijst.adres)), "lijst")


def _lijst(request: HttpRequest, talen: papier.Talen) -> papier.Lijst | None:
    """The short list of `?lijst=`, or nothing when it is empty. Raises Http404 for a list that we did not make."""
    token = request.GET.get("lijst", "")
    try:
        nummers = bewaarlijst.lees(token)
    except bewaarlijst.OnleesbareLijst:
        raise Http404 from None
    found = Activiteit.objects.readable().with_cards().in_bulk(nummers)
    entries = [found[nummer] for nummer in nummers if nummer in found]
    vellen = [papier.vel(entry, agenda.next_times(entry, KEREN_IN_LIJST), talen) for entry in entries]
    return papier.lijst(token, vellen, len(nummers) - len(vellen), talen) if nummers else None


def _around(talen: papier.Talen) -> dict[str, object]:
    """What stands around a sheet on its page."""
    return {
        "talen": talen,
        "andere_talen": [papier.taal(code) for code in _other_languages() if code != talen[1].code],
        "scan": papier.scan(talen),
        "gemaakt": papier.gemaakt(timezone.localdate(), talen),
    }


def _pdf(content: bytes, naam: str) -> HttpResponse:
    """A PDF to keep. `naam` is a slug: letters without accents, digits and hyphens."""
    headers = {"Content-Disposition": f'attachment; filename="{naam}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
