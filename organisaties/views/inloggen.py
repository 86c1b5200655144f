"""Logging in with a code by e-mail. The rules are allauth's; the pages, the mail and the words are ours."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from organisaties import berichten
from organisaties.choices import BerichtSoort
from organisaties.forms.inloggen import AdresForm, CodeForm
from organisaties.views.afzender import adres_van

FOUTE_CODE = _("Deze code klopt niet. Kijk nog eens in de laatste mail van ons.")
TE_VAAK = _("Dat is nu te vaak geprobeerd. Wacht even, en probeer het dan opnieuw.")


class Adapter(DefaultAccountAdapter):
    """What allauth asks of a site."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": FOUTE_CODE,
        "too_many_login_attempts": TE_VAAK,
        "rate_limited": TE_VAAK,
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address to count by; like all that is counted it stays in memory (P3)."""
        return adres_van(request) or "-"

    def generate_login_code(self) -> str:
        """Made of the name of the mail that will bring it, so that the outbox need not hold it."""
        self.request.inlogmail = berichten.new_message_id()
        return berichten.code_of(self.request.inlogmail)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every address gets one mail: the code, or why there is none. For a full mailbox none, and no page tells."""
        if not berichten.may_mail(email):
            return
        taal = get_language() or settings.LANGUAGE_CODE
        if "code" in context:
            berichten.queue_code(aan=email, taal=taal, message_id=self.request.inlogmail)
        else:
            berichten.queue(BerichtSoort.GEEN_ACCOUNT, aan=email, taal=taal)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("admin:index") if request.user.is_staff else super().get_login_redirect_url(request)

    def add_message(self, request: HttpRequest, level: int, *args: Any, message: Any = None, **kwargs: Any) -> None:
        """Only what went wrong; what went well, the next page shows."""
        if message and level >= messages.ERROR:
            messages.add_message(request, level, message)


class _Adres(RequestLoginCodeView):
    """Asks for the address. Coordinators and unknown addresses get a mail without a code."""

    template_name = "inloggen/adres.html"
    form_class = AdresForm


class _Code(ConfirmLoginCodeView):
    """Asks for the code. The button `anders` begins again, with this address or another."""

    template_name = "inloggen/code.html"
    form_class = CodeForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "anders" in request.POST:
            clear_login(request)
            return HttpResponseRedirect(reverse("account_login"))
        return super().post(request, *args, **kwargs)


methods = require_http_methods(["GET", "HEAD", "POST"])
private = cache_control(no_store=True)

adres = private(methods(_Adres.as_view()))
code = private(methods(_Code.as_view()))
