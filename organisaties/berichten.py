"""The outbox: what an e-mail says, and the row that is written for it in the transaction of what caused it."""

from __future__ import annotations

import secrets
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone, translation

from organisaties.choices import BerichtSoort
from organisaties.models import Aanvraag, Bericht, Uitnodiging

MOST_PER_HOUR, MOST_PER_DAY = 5, 20
"""How many e-mails one address may get because somebody filled in a form (M7)."""

LINK = "[[link]]"
"""Where the link comes in the text of a row. The link itself may open doors, so it is not stored."""

_DESK = (BerichtSoort.ONTVANGEN, BerichtSoort.GEANTWOORD)
"""E-mails to coordinators: their link goes to the desk."""


def may_mail(aan: str) -> bool:
    """Whether this address may get another e-mail that a stranger can cause, or has had enough for now."""
    now, sent = timezone.now(), Bericht.objects.filter(aan__iexact=aan)
    return (
        sent.filter(created_at__gt=now - timedelta(hours=1)).count() < MOST_PER_HOUR
        and sent.filter(created_at__gt=now - timedelta(days=1)).count() < MOST_PER_DAY
    )


def queue(
    soort: BerichtSoort,
    *,
    aan: str,
    taal: str,
    aanvraag: Aanvraag | None = None,
    uitnodiging: Uitnodiging | None = None,
    **words: str,
) -> Bericht:
    """Write an e-mail into the outbox, in the language of its reader. Call it in the transaction of its cause.

    `words` goes to `templates/emails/<soort>.txt`, of which the first line is the subject. A mail to an address that
    is not proved may hold nothing that somebody typed (M2): its template then has no words to fill in.
    """
    told = {name: value.replace(LINK, "") if isinstance(value, str) else value for name, value in words.items()}
    with translation.override(taal):
        text = get_template(f"emails/{soort}.txt").template.render(
            Context(
                {**told, "aanvraag": aanvraag, "link": LINK, "contact_email": settings.CONTACT_EMAIL}, autoescape=False
            )
        )
    subject, tekst = text.strip().split("\n", 1)
    host = urlsplit(settings.SITE_URL).hostname
    return Bericht.objects.create(
        soort=soort,
        aan=aan,
        taal=taal,
        onderwerp=subject.strip(),
        tekst=tekst.strip(),
        message_id=f"<{secrets.token_hex(16)}@{host}>",
        aanvraag=aanvraag,
        uitnodiging=uitnodiging,
    )


def link_of(bericht: Bericht) -> str:
    """The link of an e-mail, absolute, in the language of its reader. Whoever has it can do what its reader can."""
    with translation.override(bericht.taal):
        if bericht.uitnodiging:
            path = reverse("uitnodiging", args=[bericht.uitnodiging.token])
        elif bericht.aanvraag is None:
            path = reverse("mijn")
        elif bericht.soort in _DESK:
            path = reverse("admin:organisaties_aanvraag_change", args=[bericht.aanvraag.pk])
        else:
            path = reverse("aanvraag-detail", args=[bericht.aanvraag.token])
    return settings.SITE_URL + path


def text_of(bericht: Bericht) -> str:
    """The text as its reader gets it, with the link in it."""
    return bericht.tekst.replace(LINK, link_of(bericht))
