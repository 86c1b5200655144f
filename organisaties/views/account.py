"""The page about an account: who you are here, and where you are logged in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from organisaties import sessies
from organisaties.views.deur import see, voor_beheerders


@voor_beheerders
def account(request: HttpRequest) -> HttpResponse:
    """Where somebody is logged in. A post ends one session (`kenmerk`), or all but this one (`anders`)."""
    if request.method == "POST":
        _end(request)
        return see(f"{reverse('account')}?klaar=ja")
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
