"""The desk's password and the second step, and for everybody: passkeys. docs/decisions/019-tweede-stap.md says why."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import perform_login, perform_password_login
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, clear_totp_secret
from allauth.mfa.webauthn.internal import auth as passkeys
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from organisaties import actions, sessies, tweede_stap
from organisaties.forms.tweede_stap import (
    AppForm,
    PasskeyInlogForm,
    PasskeyNieuwForm,
    PasskeyTweedeForm,
    TweedeStapForm,
    WachtwoordForm,
)
from organisaties.views.deur import View, see, voor_beheerders
from organisaties.views.inloggen import methods, private

# --- coming in


@private
@methods
def wachtwoord(request: HttpRequest) -> HttpResponse:
    """Asks coordinators for address and password; who has set up a second step is asked for that next."""
    if request.user.is_authenticated and request.user.is_staff:
        return HttpResponseRedirect(_goal(request) if tweede_stap.opens_desk(request) else reverse("account-app"))
    form = WachtwoordForm(request, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        login = Login(user=form.gebruiker, redirect_url=_goal(request))
        return perform_password_login(request, {"email": form.cleaned_data["email"]}, login)
    return render(request, "inloggen/wachtwoord.html", {"form": form, "doel": _goal(request)})


def _goal(request: HttpRequest) -> str:
    return get_next_redirect_url(request) or reverse("admin:index")


class _TweedeStap(AuthenticateView):
    """After the password: a code of the app, a recovery code or a passkey. The button `anders` begins again."""

    template_name = "inloggen/tweede_stap.html"
    form_class = TweedeStapForm
    webauthn_form_class = PasskeyTweedeForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "anders" in request.POST:
            clear_login(request)
            return HttpResponseRedirect(reverse("beheer-inloggen"))
        return super().post(request, *args, **kwargs)


tweede = private(methods(_TweedeStap.as_view()))


@private
@methods
def passkey(request: HttpRequest) -> HttpResponse:
    """Gives a script what to ask a passkey, and logs in whoever shows one. Who fails is back at the door."""
    if request.method != "POST":
        return JsonResponse(passkeys.begin_authentication())
    goal = get_next_redirect_url(request)
    form = PasskeyInlogForm(data=request.POST)
    if not form.is_valid():
        messages.error(request, tweede_stap.FOUTE_PASSKEY)
        is_desk = bool(goal and goal.startswith(reverse("admin:index")))
        return redirect_to_login(goal or reverse("mijn"), reverse("beheer-inloggen" if is_desk else "account_login"))
    key = form.cleaned_data["credential"]
    post_authentication(request, key, passwordless=True)
    return perform_login(request, Login(user=key.user, redirect_url=goal))


# --- what somebody has set up: only just after logging in


def vers_ingelogd(view: View) -> View:
    """Changing how to log in asks to log in once more, unless that was a moment ago (S12)."""

    @voor_beheerders
    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if sessies.is_fresh(request):
            return view(request, *args, **kwargs)
        if request.method != "POST":
            return render(request, "mijn/opnieuw.html")
        entrance = "beheer-inloggen" if request.user.is_staff else "account_login"
        logout(request)
        return redirect_to_login(request.get_full_path(), reverse(entrance))

    return door


def voor_coordinatoren(view: View) -> View:
    """Codes are for the desk; an editor always has the code by e-mail."""

    @wraps(view)
    def door(request: HttpRequest) -> HttpResponse:
        if not request.user.is_staff:
            raise Http404
        return view(request)

    return vers_ingelogd(door)


@vers_ingelogd
def passkey_nieuw(request: HttpRequest) -> HttpResponse:
    """A browser makes a passkey, and the site keeps what it needs to know it by."""
    name = sessies.apparaat(request.headers.get("User-Agent", ""))
    typed = request.POST if request.method == "POST" else None
    form = PasskeyNieuwForm(data=typed, user=request.user, initial={"name": name})
    if form.is_bound and form.is_valid():
        made = form.cleaned_data
        _keep(request, lambda: passkeys.WebAuthn.add(request.user, made["name"], made["credential"]).instance)
        return see(_after_adding(request))
    options = passkeys.begin_registration(request.user, passwordless=True)
    return render(request, "mijn/passkey.html", {"form": form, "opties": options})


@voor_coordinatoren
def app_nieuw(request: HttpRequest) -> HttpResponse:
    """An app on a phone reads a secret, and shows by its first code that it knows it."""
    if tweede_stap.keys_of(request.user, Authenticator.Type.TOTP):
        return see(reverse("account"))
    form = AppForm(data=request.POST if request.method == "POST" else None, user=request.user)
    if form.is_bound and form.is_valid():
        _keep(request, lambda: TOTP.activate(request.user, form.secret).instance)
        clear_totp_secret(request)
        return see(_after_adding(request))
    address = get_mfa_adapter().build_totp_url(request.user, form.secret)
    must = settings.TWEEDE_STAP and not tweede_stap.has_shown(request)
    return render(request, "mijn/app.html", {"form": form, "adres": address, "moet": must})


def _keep(request: HttpRequest, make: Callable[[], Authenticator]) -> None:
    """Keep what was just shown to work: with it this session has shown a second step too."""
    post_authentication(request, actions.add_key(request.user, maak=make, hier=request.session.session_key))


def _after_adding(request: HttpRequest) -> str:
    codes = next(iter(tweede_stap.keys_of(request.user, Authenticator.Type.RECOVERY_CODES)), None)
    if codes and not codes.wrap().did_view:
        return reverse("account-codes")
    return f"{reverse('account')}?klaar=erbij"


@voor_coordinatoren
def codes(request: HttpRequest) -> HttpResponse:
    """The recovery codes, until somebody says to have kept them (`bewaard`). Another post makes new ones."""
    kept = get_object_or_404(Authenticator, user=request.user, type=Authenticator.Type.RECOVERY_CODES).wrap()
    if "bewaard" in request.POST:
        kept.mark_as_viewed()
        return see(reverse("admin:index"))
    if request.method == "POST":
        actions.renew_codes(request.user, hier=request.session.session_key)
        return see(reverse("account-codes"))
    unused = kept.get_unused_codes()
    return render(request, "mijn/codes.html", {"codes": [] if kept.did_view else unused, "over": len(unused)})


@vers_ingelogd
def sleutel(request: HttpRequest, nummer: int) -> HttpResponse:
    """Asks whether a passkey or an app may go; a post takes it away."""
    key = get_object_or_404(Authenticator, pk=nummer, user=request.user, type__in=tweede_stap.SLEUTELS)
    if request.method != "POST":
        return render(request, "mijn/sleutel.html", {"sleutel": key})
    actions.remove_key(key, hier=request.session.session_key)
    return see(f"{reverse('account')}?klaar=weg")
