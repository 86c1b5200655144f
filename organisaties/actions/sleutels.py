"""The way in of a coordinator who lost a phone."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from organisaties import berichten, sessies
from organisaties.choices import BerichtSoort
from organisaties.models import Gebruiker


def forget_keys(gebruiker: Gebruiker) -> int:
    """Take away the passkeys, the app and the recovery codes of somebody, who is logged out and hears of it by mail.

    Tells how many there were. With a password the next way in is to set up a second step anew.
    """
    with transaction.atomic():
        gone = Authenticator.objects.filter(user=gebruiker).delete()[0]
        if gone:
            sessies.end(gebruiker)
            berichten.queue(BerichtSoort.INLOGMANIER, aan=gebruiker.email, taal=settings.LANGUAGE_CODE)
    return gone
