"""A short list goes along: while it is in the address, every link and every question on the page has it too.

Readers get no cookie, so without JavaScript the address is the only place where a list can be. Parts of pages are
rendered once and kept for everybody; that is why the list is put in afterwards, here, and only for who has one.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from organisaties.bewaarlijst import Bewaarlijst, OnleesbareLijst

GetResponse = Callable[[HttpRequest], HttpResponseBase]

_QUESTION = re.compile(r'<form\b(?![^>]*\bmethod="post")[^>]*>')
_BUTTON = re.compile(r'name="erbij" value="(\d+)"')


def neem_lijst_mee(get_response: GetResponse) -> GetResponse:
    """Middleware: reads `?lijst=` as `request.bewaarlijst`, and gives it to whatever the answer leads to."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.bewaarlijst = _asked(request)
        response = get_response(request)
        if request.bewaarlijst and isinstance(response, HttpResponse):
            _give(response, request.bewaarlijst)
        return response

    return middleware


def _asked(request: HttpRequest) -> Bewaarlijst:
    """The list in the address; none when there is none, or when it cannot be read: the page itself is fine then."""
    if "lijst=" not in request.META.get("QUERY_STRING", ""):
        return Bewaarlijst()
    try:
        return Bewaarlijst.uit(request.GET.get("lijst", ""))
    except OnleesbareLijst:
        return Bewaarlijst()


def _give(response: HttpResponse, lijst: Bewaarlijst) -> None:
    if to := response.headers.get("Location"):
        response.headers["Location"] = _with_list(to, lijst, "&") if to.startswith("/") else to
    elif response.headers.get("Content-Type", "").startswith("text/html"):
        response.content = _page(response.content.decode(response.charset), lijst)


def _page(html: str, lijst: Bewaarlijst) -> str:
    """A page with the list in its links to pages, in its questions (forms that get), and in the state of its buttons.

    Canonical and alternate addresses are no links to follow and stay as they are.
    """
    saved = set(lijst.nummers)
    field = f'<input type="hidden" name="lijst" value="{lijst.token}">'

    def button(found: re.Match[str]) -> str:
        return f'name="weg" value="{found[1]}"' if int(found[1]) in saved else found[0]

    html = _links(tuple(code for code, _ in settings.LANGUAGES)).sub(
        lambda found: found[1] + _with_list(found[2], lijst, "&amp;"), html
    )
    return _BUTTON.sub(button, _QUESTION.sub(lambda found: found[0] + field, html))


@lru_cache(maxsize=4)
def _links(languages: tuple[str, ...]) -> re.Pattern[str]:
    """Links to a page of the site, or to this page with another question; what is no page has no slash at its end."""
    return re.compile(rf'(<a\b[^>]*?\shref=")((?:/(?:{"|".join(languages)})/(?:[^"?#]*/)?)?(?:\?[^"#]*)?)(?=["#])')


def _with_list(url: str, lijst: Bewaarlijst, separator: str) -> str:
    if not url or "lijst=" in url:
        return url
    before, hash_, anchor = url.partition("#")
    glue = "?" if "?" not in before else "" if before.endswith("?") else separator
    return f"{before}{glue}lijst={lijst.token}{hash_}{anchor}"
