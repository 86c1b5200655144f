"""The door of editors: their invitation, and the page of their own organisation."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from organisaties import actions, geschiedenis, sessies, taken
from organisaties.choices import PaginaSleutel
from organisaties.forms.bewerken import PROFIEL
from organisaties.models import Activiteit, Beheerder, Locatie, Organisatie, Uitnodiging
from organisaties.views.adressen import find
from organisaties.views.deur import see, voor_beheerders
from organisaties.views.paginas import pagina
from organisaties.volledigheid import onderdelen

private = cache_control(no_store=True)
"""What is for one person is kept by no browser and no proxy."""

# --- the invitation: a link in a mail that logs in once; docs/decisions/013-uitnodiging.md says why


@csrf_exempt  # whoever has the secret of the address may do this; that way a visit sets no cookie
@require_http_methods(["GET", "HEAD", "POST"])
@private
def uitnodiging(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing, for scanners of mail look too; the button logs in. Later, a code by e-mail does."""
    found = _uitnodiging(token)
    is_used = request.method == "POST" and _is_from_here(request)
    response = _accept(request, found) if is_used else _show(request, found)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _uitnodiging(token: str) -> Uitnodiging:
    rows = Uitnodiging.objects.with_token(token).select_related("beheerder__organisatie", "beheerder__gebruiker")
    return get_object_or_404(rows)


def _is_from_here(request: HttpRequest) -> bool:
    """Not sent by another website, which could log a visitor in as somebody else. Old browsers do not say."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")


def _state(found: Uitnodiging) -> str:
    gebruiker = found.beheerder.gebruiker
    states = {
        "uit": not gebruiker.is_active,
        "beheer": gebruiker.is_staff,
        "gebruikt": found.is_used,
        "vervangen": found.ingetrokken_at is not None,
        "verlopen": not found.is_valid,
    }
    return next((state for state, is_so in states.items() if is_so), "geldig")


def _show(request: HttpRequest, found: Uitnodiging) -> HttpResponse:
    state = _state(found)
    context = {"organisatie": found.beheerder.organisatie, "staat": state}
    if state == "geldig":
        return render(request, "uitnodiging/detail.html", context)
    return render(request, "uitnodiging/niet_meer.html", context, status=HTTPStatus.GONE)


def _accept(request: HttpRequest, found: Uitnodiging) -> HttpResponse:
    try:
        gebruiker = actions.accept_uitnodiging(found)
    except ValidationError:
        return see(request.path)
    login(request, gebruiker, backend="django.contrib.auth.backends.ModelBackend")
    return see(reverse("mijn-organisatie", args=[found.beheerder.organisatie.slug]))


# --- what an editor sees


@require_safe
def mijn(request: HttpRequest) -> HttpResponse:
    """For everybody a text; for an editor the way to the own organisation. Without a cookie nobody is looked up."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return pagina(request, PaginaSleutel.MIJN)
    return _mijn(request)


@private
def _mijn(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return pagina(request, PaginaSleutel.MIJN)
    sessies.renew(request)
    organisaties = list(Organisatie.objects.editable_by(request.user).prefetch_related("themas"))
    if len(organisaties) == 1:
        return redirect("mijn-organisatie", organisaties[0].slug)
    return render(request, "mijn/list.html", {"organisaties": organisaties})


@voor_beheerders
def mijn_organisatie(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of an organisation for who edits it; coordinators have the admin. A post says it is right (`daad`)."""
    own = Organisatie.objects.editable_by(request.user)
    if request.method == "POST":
        return _confirm(request, find(own, slug))
    places = Prefetch("locaties", Locatie.objects.select_related("stadsdeel"))
    ties = Prefetch("beheerders", Beheerder.objects.select_related("gebruiker"))
    activities = Prefetch("activiteiten", Activiteit.objects.prefetch_related("momenten"))
    lists = ("themas", "doelgroepen", "aanvragen", activities, places, ties)
    organisatie = find(own.prefetch_related(*lists), slug)
    if organisatie.slug != slug:
        return redirect("mijn-organisatie", organisatie.slug)
    return render(request, "mijn/detail.html", _overview(request, organisatie))


def _confirm(request: HttpRequest, organisatie: Organisatie) -> HttpResponse:
    here = reverse("mijn-organisatie", args=[organisatie.slug])
    if request.POST.get("daad") != "klopt":
        return see(here)
    actions.confirm_entry(organisatie, door=request.user)
    return see(f"{here}?klaar=klopt")


def _overview(request: HttpRequest, organisatie: Organisatie) -> dict[str, Any]:
    """What asks for attention, what there is, who edits it."""
    others = [each for each in organisatie.beheerders.all() if each.gebruiker != request.user]
    parts = onderdelen(organisatie)
    activiteiten = list(organisatie.activiteiten.all())
    return {
        "organisatie": organisatie,
        "activiteiten": [each for each in activiteiten if each.weggehaald_at is None],
        "weggehaald": [each for each in activiteiten if each.weggehaald_at],
        "taken": taken.of_organisatie(organisatie, [each for each in activiteiten if each.is_in_gebruik]),
        "recent": geschiedenis.recent(organisatie),
        "profiel": [(naam, deel.kop, deel.icoon) for naam, deel in PROFIEL.items()],
        "klaar": request.GET.get("klaar", ""),
        "delen": parts,
        "aantal_mist": sum(not part.is_er for part in parts),
        "anderen": others,
        "heeft_meer": request.user.beheert.count() > 1,
        "teksten": _texts(organisatie),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@private
def uitloggen(request: HttpRequest) -> HttpResponse:
    """The button logs out, and lets the browser forget the site (H13). Looking tells whether that is done."""
    if request.method == "POST":
        logout(request)
        response = see(reverse("uitloggen"))
        response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response
    is_in = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
    return render(request, "mijn/uitloggen.html", {"is_binnen": is_in})


def _texts(organisatie: Organisatie) -> list[tuple[str, str]]:
    """The story in every language in which it was written."""
    texts = [(code, getattr(organisatie, f"omschrijving_{code}", "")) for code, _name in settings.LANGUAGES]
    return [(code, text) for code, text in texts if text]
