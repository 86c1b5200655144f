"""The page about an account: who you are here, and where you are logged in."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from organisaties import sessies


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Where somebody is logged in. A post ends one session (`kenmerk`), or all but this one (`anders`)."""
    if request.method == "POST":
        _end(request)
        return HttpResponseRedirect(f"{reverse('account')}?klaar=ja", status=HTTPStatus.SEE_OTHER)
    sessies.renew(request)
    own = request.user.sessies.valid()
    context = {"sessies": own, "hier": request.session.session_key, "is_klaar": "klaar" in request.GET}
    return render(request, "mijn/account.html", context)


def _end(request: HttpRequest) -> None:
    here = request.session.session_key
    if "anders" in request.POST:
        sessies.end(request.user, behalve=here)
    for sessie in request.user.sessies.exclude(session_key=here):
        if sessie.kenmerk == request.POST.get("kenmerk"):
            sessie.delete()
