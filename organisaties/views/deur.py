"""The door of editors: who may come in, and what somebody typed while the session ended is not lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from organisaties import actions, sessies

View = Callable[..., HttpResponse]

_GETYPT = "getypt"
_KNOPPEN = {"anders", "bewaard", "daad", "einde", "kenmerk", "terug", "versie", "weg"}
"""Names of buttons: who only pressed one has typed nothing, and presses it again."""

_MEE = {"afdruk", "credential", "melding"}
"""Names of what goes along with a button, and is not typed either."""

_MOST = 128 * 1024
"""How much of what was typed is kept, in characters as they travel: two stories of 4,000 take up to nine each."""


def voor_beheerders(view: View) -> View:
    """A page for who is logged in. It looks or posts, is kept nowhere, and using it keeps somebody logged in.

    Who opens a page of an organisation, by its `slug`, for the first time as its editor has come in there.

    Where somebody else takes away, in the same moment, what this is about, or waits for what it holds, it starts anew
    with what is there then: a form says so at its box, and a page that is gone is a 404.
    """

    @require_http_methods(["GET", "HEAD", "POST"])
    @cache_control(no_store=True)
    @wraps(view)
    def door(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return _log_in_first(request)
        sessies.renew(request)
        try:
            if "slug" in kwargs:
                actions.come_in(request.user, slug=kwargs["slug"])
            return view(request, *args, **kwargs)
        except (IntegrityError, OperationalError, ObjectDoesNotExist):
            for file in request.FILES.values():
                file.seek(0)
            return view(request, *args, **kwargs)

    door.is_van_beheerders = True
    return door


def _log_in_first(request: HttpRequest) -> HttpResponse:
    _keep(request)
    return redirect_to_login(request.get_full_path())


def _keep(request: HttpRequest) -> bool:
    """Keep what was typed for `typed_before`. Tells whether anything was."""
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    if not typed.keys() - _KNOPPEN - _MEE or len(text := typed.urlencode()) > _MOST:
        return False
    request.session[_GETYPT] = {"pad": request.path, "tekst": text}
    if not request.user.is_authenticated:
        request.session.set_expiry(settings.ACCOUNT_LOGIN_TIMEOUT)
    return True


def look_again(request: HttpRequest) -> HttpResponse | None:
    """The way back to a page of editors that was open while somebody logged out or in; what was typed there waits.

    None for what is no page of editors, what the browser does not say to come from our own site, and a mere button.
    """
    view = request.resolver_match.func if request.resolver_match else None
    is_own = request.headers.get("Sec-Fetch-Site") == "same-origin"
    if not (is_own and getattr(view, "is_van_beheerders", False) and _keep(request)):
        return None
    if request.user.is_authenticated:
        return see(request.get_full_path())
    return redirect_to_login(request.get_full_path())


def typed_before(request: HttpRequest) -> QueryDict | None:
    """What was typed on this page when the session turned out to be over, or another; once."""
    kept = request.session.get(_GETYPT)
    if kept is None or kept["pad"] != request.path:
        return None
    del request.session[_GETYPT]
    return QueryDict(kept["tekst"])


def see(url: str) -> HttpResponse:
    """Go and look there: a reload does the deed no second time."""
    return HttpResponseRedirect(url, status=HTTPStatus.SEE_OTHER)
