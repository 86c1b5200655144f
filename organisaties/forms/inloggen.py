"""Logging in: an e-mail address, then the code that came by mail."""

from __future__ import annotations

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms
from django.utils.translation import gettext_lazy as _

from organisaties.forms.velden import Foutregels, MailField

VAK = {"class": "invoer", "dir": "ltr", "aria-required": "true", "autocapitalize": "off", "spellcheck": "false"}


def adres_vak(autocomplete: str) -> MailField:
    """The box for the address of who logs in; `autocomplete` tells a browser what to offer."""
    return MailField(
        label=_("E-mailadres"),
        max_length=254,
        widget=forms.EmailInput({**VAK, "autocomplete": autocomplete}),
        error_messages={
            "required": _("Schrijf je e-mailadres."),
            "invalid": _("Schrijf een e-mailadres met een @. Bijvoorbeeld: naam@voorbeeld.nl"),
            "max_length": _("Maak je e-mailadres korter: hooguit %(limit_value)d tekens."),
        },
    )


def digits(text: str) -> str:
    """The digits of a code that somebody typed, of whatever script; what stands between them does not matter."""
    return "".join(str(int(sign)) for sign in text if sign.isdecimal())


class AdresForm(Foutregels, RequestLoginCodeForm):
    """To which address the code may go. It says nothing about whether that address has an account (S10)."""

    email = adres_vak("email")

    def clean_email(self) -> str:
        email = super().clean_email()
        if self._user and self._user.is_staff:
            self._user = None  # the desk asks for more than a mailbox
        return email


class CodeForm(Foutregels, ConfirmLoginCodeForm):
    """The six digits; spaces and dashes between them do not matter."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput({**VAK, "inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={
            "required": _("Vul de code in. Die staat in de mail."),
            "max_length": _("Een code heeft zes cijfers. Kijk nog eens in de mail."),
        },
    )

    def clean_code(self) -> str:
        self.cleaned_data["code"] = digits(self.cleaned_data["code"])
        return super().clean_code()
