"""What somebody logs in with besides a password or a code by mail: made, renewed, taken away."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import transaction

from organisaties import berichten, sessies, tweede_stap
from organisaties.choices import BerichtSoort
from organisaties.models import Gebruiker


def add_key(gebruiker: Gebruiker, *, maak: Callable[[], Authenticator], hier: str | None) -> Authenticator:
    """Keep a passkey or an app that `maak` stores. A coordinator gets recovery codes with the first.

    `hier` is the key of the session in which it happens: a coordinator is logged out of all others.
    """
    with transaction.atomic():
        key = maak()
        if gebruiker.is_staff:
            RecoveryCodes.activate(gebruiker)
        _changed(gebruiker, hier)
    return key


def remove_key(key: Authenticator, *, hier: str | None) -> None:
    """Take a passkey or an app away; with the last of them the recovery codes go."""
    with transaction.atomic():
        key.delete()
        if not tweede_stap.keys_of(key.user, *tweede_stap.SLEUTELS):
            Authenticator.objects.filter(user=key.user).delete()
        _changed(key.user, hier)


def renew_codes(gebruiker: Gebruiker, *, hier: str | None) -> None:
    """Give somebody new recovery codes; the old ones stop working."""
    with transaction.atomic():
        Authenticator.objects.filter(user=gebruiker, type=Authenticator.Type.RECOVERY_CODES).delete()
        RecoveryCodes.activate(gebruiker)
        _changed(gebruiker, hier)


def forget_keys(gebruiker: Gebruiker) -> int:
    """Take away all passkeys, apps and recovery codes of somebody who lost a phone, and end every session.

    Tells how many there were. With a password the next way in is to set up a second step anew.
    """
    with transaction.atomic():
        gone = Authenticator.objects.filter(user=gebruiker).delete()[0]
        if gone:
            sessies.end(gebruiker)
            _tell(gebruiker)
    return gone


def _changed(gebruiker: Gebruiker, hier: str | None) -> None:
    """What opens the desk was changed: whoever else is in as this coordinator logs in anew (S11)."""
    if gebruiker.is_staff:
        sessies.end(gebruiker, behalve=hier)
    _tell(gebruiker)


def _tell(gebruiker: Gebruiker) -> None:
    """Whoever can log in in another way than before hears of it (S12)."""
    berichten.queue(BerichtSoort.INLOGMANIER, aan=gebruiker.email, taal=berichten.taal_of(gebruiker.email))
