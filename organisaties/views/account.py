"""The page about an account: who you are here, and where you are logged in."""

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisaties import sessies
from organisaties.tweede_stap import SLEUTELS, keys_of
from organisaties.views.deur import see, voor_beheerders

_KLAAR = {
    "ja": _("Dat apparaat is uitgelogd."),
    "erbij": _("Dat is gelukt. Je kunt er nu mee inloggen."),
    "weg": _("Dat is weggehaald."),
}


@voor_beheerders
def account(request: HttpRequest) -> HttpResponse:
    """Where somebody is logged in. A post ends one session (`kenmerk`), or all but this one (`anders`)."""
    if request.method == "POST":
        _end(request)
        return see(f"{reverse('account')}?klaar=ja")
    keys = keys_of(request.user, *SLEUTELS)
    context = {
        "sessies": request.user.sessies.valid(),
        "hier": request.session.session_key,
        "is_klaar": _KLAAR.get(request.GET.get("klaar", "")),
        "sleutels": keys,
        "heeft_app": any(key.type == Authenticator.Type.TOTP for key in keys),
    }
    return render(request, "mijn/account.html", context)


def _end(request: HttpRequest) -> None:
    here = request.session.session_key
    if "anders" in request.POST:
        sessies.end(request.user, behalve=here)
    for sessie in request.user.sessies.exclude(session_key=here):
        if sessie.kenmerk == request.POST.get("kenmerk"):
            sessie.delete()
