"""Pages for when something is not there, not allowed, or broken. They need no database."""

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from organisaties.views.deur import look_again

View = Callable[..., HttpResponse]


def _page(status: int) -> View:
    def view(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
        # the language of the request may be gone by the time Django asks for an error page
        language = translation.get_language_from_path(request.path_info) or translation.get_language() or "nl"
        with translation.override(language):
            return render(request, f"errors/{status}.html", status=status)

    return view


_not_understood = _page(400)
_too_large = _page(413)
permission_denied = _page(403)
page_not_found = _page(404)
server_error = _page(500)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was sent cannot be understood, or is more than we read."""
    view = _too_large if isinstance(exception, RequestDataTooBig) else _not_understood
    return view(request, exception)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or did not come from our own page. What an editor typed there is not lost."""
    if (again := look_again(request)) is not None:
        return again
    return render(request, "errors/csrf.html", status=403)
