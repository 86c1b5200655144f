"""The desk's password, codes of an app, and passkeys."""

from __future__ import annotations

import json
import struct
import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.app_settings import TOTP_PERIOD
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, LoginWebAuthnForm
from cryptography.exceptions import UnsupportedAlgorithm
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisaties.forms.inloggen import VAK, adres_vak, digits
from organisaties.forms.velden import Foutregels, RegelField
from organisaties.models import Gebruiker
from organisaties.tweede_stap import FOUTE_CODE, FOUTE_PASSKEY

ONBEKEND = _("Dit adres en dit wachtwoord horen niet bij elkaar. Probeer het nog eens, of vraag een collega om hulp.")

_MOST = 20_000
"""How long an answer of a browser about a passkey may be, in characters; a real one takes some two thousand."""

_NO_PASSKEY = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, struct.error, UnsupportedAlgorithm)


def _code_vak(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=40,
        widget=forms.TextInput({**VAK, "inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={
            "required": _("Vul de code in."),
            "max_length": _("Een code heeft zes of acht cijfers. Kijk nog eens."),
        },
    )


class WachtwoordForm(Foutregels):
    """An address and a password of the desk. Whatever is wrong, the sentence is the same (S10)."""

    email = adres_vak("username")
    password = forms.CharField(
        label=_("Wachtwoord"),
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput({**VAK, "autocomplete": "current-password"}),
        error_messages={"required": _("Vul je wachtwoord in."), "max_length": ONBEKEND},
    )

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        super().__init__(data)
        self.request = request
        self.gebruiker: Gebruiker | None = None

    def clean_password(self) -> str:
        password, email = self.cleaned_data["password"], self.cleaned_data.get("email")
        if email:
            found = get_adapter(self.request).authenticate(self.request, email=email, password=password)
            if not (found and found.is_staff):
                raise forms.ValidationError(ONBEKEND, code="onbekend")
            self.gebruiker = found
        return password


class TweedeStapForm(Foutregels, AuthenticateForm):
    """A code of the app, or one of the recovery codes. Each works once."""

    code = _code_vak(
        _("Code"), _("Zes cijfers uit de app op je telefoon. Kun je daar niet bij? Vul dan een van je herstelcodes in.")
    )

    def clean_code(self) -> str:
        self.cleaned_data["code"] = digits(self.cleaned_data["code"])
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not _is_first_use(self.authenticator):
            raise forms.ValidationError(FOUTE_CODE, code="incorrect_code")
        return code


def _is_first_use(key: Authenticator) -> bool:
    """Written down in the database, for each process has its own memory; of two at once, one is the first."""
    used = key.last_used_at
    if used and used.timestamp() // TOTP_PERIOD == time.time() // TOTP_PERIOD:
        return False
    return bool(Authenticator.objects.filter(pk=key.pk, last_used_at=used).update(last_used_at=timezone.now()))


class AppForm(Foutregels, ActivateTOTPForm):
    """The first code of an app, which shows that the app knows the secret."""

    code = _code_vak(_("Code uit de app"))

    def clean_code(self) -> str:
        self.cleaned_data["code"] = digits(self.cleaned_data["code"])
        return super().clean_code()


class PasskeyField(forms.CharField):
    """What a browser says about a passkey, as JSON; what is no such thing is an empty answer."""

    widget = forms.HiddenInput
    default_error_messages = {"required": FOUTE_PASSKEY}

    def to_python(self, value: Any) -> dict[str, Any]:
        try:
            found = json.loads(super().to_python(value)[:_MOST] or "{}")
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


class _Passkey(Foutregels):
    """Whatever is wrong with a passkey, and the libraries know a dozen kinds of wrong, it is one sentence."""

    credential = PasskeyField()

    def full_clean(self) -> None:
        try:
            super().full_clean()
        except _NO_PASSKEY:
            self.add_error("credential", FOUTE_PASSKEY)
        if self._errors.pop(NON_FIELD_ERRORS, None) or "credential" in self._errors:
            self._errors["credential"] = self.error_class([FOUTE_PASSKEY])


class PasskeyNieuwForm(_Passkey, AddWebAuthnForm):
    """A new passkey, with a name to know it by."""

    name = RegelField(
        label=_("Hoe noem je deze passkey?"),
        help_text=_("Zo herken je hem later. Bijvoorbeeld: mijn telefoon."),
        max_length=60,
        required=False,
        widget=forms.TextInput({"class": "invoer", "autocomplete": "off"}),
        error_messages={"max_length": _("Maak de naam korter: hooguit %(limit_value)d tekens.")},
    )
    passwordless = None

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True  # each key must do alone: with a finger, a face or a PIN
        return super().clean()


class PasskeyTweedeForm(_Passkey, AuthenticateWebAuthnForm):
    """A passkey after the password."""


class PasskeyInlogForm(_Passkey, LoginWebAuthnForm):
    """A passkey instead of all else."""

    def clean_credential(self) -> Authenticator:
        key = super().clean_credential()
        if not key.user.is_active:
            raise forms.ValidationError(FOUTE_PASSKEY, code="uit")
        return key
