"""What every answer carries: its language and its headers."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

GetResponse = Callable[[HttpRequest], HttpResponseBase]

HEADERS = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=()",
}
MAX_QUERY = 4096
"""The longest query string that is read, in bytes; no link on the site comes near it."""


class LanguageMiddleware:
    """The language of a page is in its address and nowhere else; addresses without one are in Dutch."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class HeadersMiddleware:
    """Headers on every answer; public pages may be kept if they are asked again, the rest may not be kept at all."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if len(request.META.get("QUERY_STRING", "")) > MAX_QUERY:
            response: HttpResponseBase = HttpResponse(status=414)
        else:
            response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", self.cache_control(request, response))
        if request.method == "HEAD" and isinstance(response, HttpResponse):
            response.content = b""  # servers complain about a body here; Content-Length still tells how long it is
        return response

    @staticmethod
    def cache_control(request: HttpRequest, response: HttpResponseBase) -> str:
        public = (
            request.method in ("GET", "HEAD")
            and not request.path.startswith("/admin/")
            and response.status_code < 400
            and not response.cookies
        )
        return "public, max-age=0, must-revalidate" if public else "no-store"
