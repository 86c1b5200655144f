"""More than a mailbox or a password: passkeys, codes of an app, recovery codes. The rules are allauth's."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisaties.models import Gebruiker

FOUTE_CODE = gettext_lazy("Deze code klopt niet, of is al gebruikt. Wacht op de volgende code, en vul die in.")
FOUTE_PASSKEY = gettext_lazy("Dat lukte niet met deze passkey. Probeer het nog eens, of kies een andere manier.")
SLEUTELS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What opens the desk by itself; recovery codes only stand in for it."""


class Adapter(DefaultMFAAdapter):
    """What allauth asks of a site about passkeys and codes."""

    error_messages: dict[str, str | Promise] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": FOUTE_CODE,
    }

    def get_totp_issuer(self) -> str:
        return _("Netwerk Nieuwkomers Amsterdam")

    def generate_authenticator_name(self, user: Gebruiker, type: str) -> str:  # noqa: A002 - named by allauth
        return _("Passkey")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """A passkey belongs to the name of the site as we know it, not as a browser sent it (S15)."""
        return {"id": urlsplit(settings.SITE_URL).hostname or "", "name": self.get_totp_issuer()}

    def is_mfa_enabled(self, user: Gebruiker, types: Iterable[str] | None = None) -> bool:
        """Whether logging in asks for a second step. An editor's passkey is another way in, never an extra lock."""
        return bool(user.is_authenticated and user.is_staff) and super().is_mfa_enabled(user, types)

    def encrypt(self, text: str) -> str:
        """What a copy of the database must not give away is encrypted with a key that is not in it."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode()).decode()


def _fernet() -> MultiFernet:
    """The new key first; former ones still open what they closed."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    keys = (hashlib.sha256(f"tweede stap {secret}".encode()).digest() for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def opens_desk(request: HttpRequest) -> bool:
    """Whether whoever is logged in has shown in this session what the desk asks for (S6)."""
    return not settings.TWEEDE_STAP or has_shown(request)


def has_shown(request: HttpRequest) -> bool:
    """Whether this session knows a passkey or a code besides a password."""
    records: list[dict[str, Any]] = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def keys_of(gebruiker: Gebruiker, *kinds: str) -> list[Authenticator]:
    """What somebody has set up, the oldest first; with `kinds` only those, such as Authenticator.Type.TOTP."""
    found = Authenticator.objects.filter(user=gebruiker).order_by("created_at", "pk")
    return list(found.filter(type__in=kinds) if kinds else found)
