"""The short list: showing it, and changing it. What changes is the link; nothing is kept on our side."""

from collections.abc import Iterable
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from organisaties.bewaarlijst import Bewaarlijst, OnleesbareLijst
from organisaties.choices import Soort
from organisaties.models import Activiteit
from organisaties.views.kaarten import kaarten
from organisaties.zoeken import lijst as known
from organisaties.zoeken import zoek

MAX_TERUG = 2000
"""The longest address to come back to, in characters; there must be room for the list behind it."""

_MAX_DIGITS = 18


@csrf_exempt  # a post changes nothing here, it makes another link; a token against forgery would need a cookie
@require_http_methods(["GET", "HEAD", "POST"])
def bewaarlijst(request: HttpRequest) -> HttpResponse:
    """The page of the list in `?lijst=`. A post with `lijst` and a change leads back to `terug` with the new list.

    Changes: `erbij` and `weg` (the id of an activity, may be repeated), `opruimen` (what has vanished), `leeg`.
    With `Accept: application/json` a post answers with the new list itself.
    """
    sent = request.POST if request.method == "POST" else request.GET
    try:
        lijst = Bewaarlijst.uit(sent.get("lijst", ""))
    except OnleesbareLijst:
        context = {"erbij": _ids(sent.getlist("erbij")), "terug": sent.get("terug", "")}
        return render(request, "bewaarlijst/onleesbaar.html", context, status=HTTPStatus.BAD_REQUEST)
    return _change(request, lijst) if request.method == "POST" else _show(request, lijst)


def _show(request: HttpRequest, lijst: Bewaarlijst) -> HttpResponse:
    readable = _readable(lijst.nummers)
    shown = [nummer for nummer in lijst.nummers if nummer in readable]
    link = f"{settings.SITE_URL}{reverse('bewaarlijst')}?lijst={lijst.token}"
    context = {
        "lijst": lijst,
        "kaarten": kaarten(zoek(known(Soort.ACTIVITEIT)), Soort.ACTIVITEIT, shown),
        "verdwenen": len(lijst) - len(shown),
        "link": link,
    }
    return render(request, "bewaarlijst/detail.html", context)


def _change(request: HttpRequest, lijst: Bewaarlijst) -> HttpResponse:
    asked = _ids(request.POST.getlist("erbij"))
    readable = _readable(asked) if asked else set()
    wanted = [nummer for nummer in asked if nummer in readable]
    if "erbij" in request.POST and not wanted:
        request.bewaarlijst = lijst  # so that the way out of the page still has it
        return render(request, "bewaarlijst/verdwenen.html", status=HTTPStatus.NOT_FOUND)
    new = _changed(request.POST, lijst.met(wanted))
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse({"lijst": new.token, "nummers": new.nummers, "aantal": len(new)})
    # what did not fit is told by the page of the list: it says that it is full
    fits = set(wanted) <= {*new.nummers, *_ids(request.POST.getlist("weg"))}
    to = _back(request.POST.get("terug", "") if fits else "", new, request.POST)
    return HttpResponseRedirect(to, status=HTTPStatus.SEE_OTHER)


def _changed(post: QueryDict, lijst: Bewaarlijst) -> Bewaarlijst:
    if "leeg" in post:
        return Bewaarlijst()
    if "opruimen" in post:
        return lijst.zonder(set(lijst.nummers) - _readable(lijst.nummers))
    return lijst.zonder(_ids(post.getlist("weg")))


def _readable(nummers: Iterable[int]) -> set[int]:
    """Which of these activities have a page, also when they have stopped."""
    return set(Activiteit.objects.readable().filter(pk__in=nummers).values_list("pk", flat=True))


def _ids(texts: list[str]) -> list[int]:
    """The numbers among what was sent; the rest is nobody's id."""
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS]


def _back(terug: str, lijst: Bewaarlijst, post: QueryDict) -> str:
    """The address to come back to, with this list in it: a path of this site, else the page of the list.

    It ends at the button that was used, so that a reader without JavaScript is back where he was.
    """
    is_ours = terug.startswith("/") and url_has_allowed_host_and_scheme(terug, allowed_hosts=None)
    parts = urlsplit(terug if is_ours and len(terug) <= MAX_TERUG else reverse("bewaarlijst"))
    query = QueryDict(parts.query, mutable=True)
    query.pop("lijst", None)
    if lijst:
        query["lijst"] = lijst.token
    used = _ids(post.getlist("erbij") + post.getlist("weg"))
    return parts._replace(query=query.urlencode(), fragment=f"b{used[0]}" if len(used) == 1 else "").geturl()
