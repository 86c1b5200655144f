"""What an e-mail says: its words when the row is written, its link when it is sent or shown."""

from __future__ import annotations

import secrets
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac

from organisaties.choices import READABLE_STATUSES, BerichtSoort
from organisaties.models import Aanvraag, Bericht, Melding, Uitnodiging
from organisaties.validators import without_controls

MOST_PER_HOUR, MOST_PER_DAY = 5, 20
"""How many e-mails one address may get because somebody filled in a form (M7)."""

MOST_MELDINGEN_PER_HOUR, MOST_MELDINGEN_PER_DAY = 2, 8
"""How many of those may be reports of readers. An editor must be able to get a code to log in, whatever others send."""

CODE_GELDIG = timedelta(minutes=15)
"""How long a code to log in with works."""

LINK = "[[link]]"
"""Where the link comes in the text of a row. The link itself may open doors, so it is not stored."""

_DESK = (BerichtSoort.ONTVANGEN, BerichtSoort.GEANTWOORD)
"""E-mails to coordinators: their link goes to the desk."""

_ISOLATE, _END = "\u2068", "\u2069"
"""Around a name: its direction then stays its own, in a text without HTML too (L8)."""


def may_mail(aan: str) -> bool:
    """Whether this address may get another e-mail that a stranger can cause, or has had enough for now."""
    now, sent = timezone.now(), Bericht.objects.filter(aan__iexact=aan)
    return (
        sent.filter(created_at__gt=now - timedelta(hours=1)).count() < MOST_PER_HOUR
        and sent.filter(created_at__gt=now - timedelta(days=1)).count() < MOST_PER_DAY
    )


def may_mail_melding(aan: str) -> bool:
    """Whether an editor may get another report by mail. Who may not, finds it on the page of the organisation."""
    now, sent = timezone.now(), Bericht.objects.filter(aan__iexact=aan, soort=BerichtSoort.MELDING)
    return (
        may_mail(aan)
        and sent.filter(created_at__gt=now - timedelta(hours=1)).count() < MOST_MELDINGEN_PER_HOUR
        and sent.filter(created_at__gt=now - timedelta(days=1)).count() < MOST_MELDINGEN_PER_DAY
    )


def taal_of(aan: str) -> str:
    """The language in which this address got its last e-mail: that of the page on which somebody asked for it."""
    last = Bericht.objects.filter(aan__iexact=aan).values_list("taal", flat=True).first()
    return last or settings.LANGUAGE_CODE


def queue(
    soort: BerichtSoort,
    *,
    aan: str,
    taal: str,
    aanvraag: Aanvraag | None = None,
    uitnodiging: Uitnodiging | None = None,
    tekst: str = "",
    **names: str,
) -> Bericht:
    """Write an e-mail into the outbox, in the language of its reader. Call it in the transaction of its cause.

    `tekst` and `names` go to `templates/emails/<soort>.txt`, of which the first line is the subject. Of a request a
    mail knows only the reference. A mail to an address that is not proved may hold nothing that somebody typed (M2):
    its template then has no words to fill in.
    """
    told = {
        **{name: _as_name(value) for name, value in names.items()},
        "tekst": _as_prose(tekst),
        "kenmerk": aanvraag.kenmerk if aanvraag else "",
        "link": LINK,
        "contact_email": settings.CONTACT_EMAIL,
    }
    with translation.override(taal):
        text = get_template(f"emails/{soort}.txt").template.render(Context(told, autoescape=False))
    subject, body = text.strip().split("\n", 1)
    return Bericht.objects.create(
        soort=soort,
        aan=aan,
        taal=taal,
        onderwerp=_as_subject(subject),
        tekst=body.strip(),
        message_id=new_message_id(),
        aanvraag=aanvraag,
        uitnodiging=uitnodiging,
    )


def queue_melding(soort: BerichtSoort, *, aan: str, taal: str, melding: Melding, tekst: str = "") -> Bericht:
    """Write an e-mail about a report of a reader. It never tells who that reader is."""
    with transaction.atomic():
        with translation.override(taal):
            wat, over = melding.get_wat_display(), str(melding.over.naam)
        names = {"wat": wat, "over": over, "organisatie": melding.organisatie.naam}
        bericht = queue(soort, aan=aan, taal=taal, tekst=tekst, **names)
        bericht.melding = melding
        bericht.save(update_fields=("melding",))
    return bericht


def queue_code(*, aan: str, taal: str, message_id: str) -> Bericht:
    """Write an e-mail with a code to log in with, under a name that `new_message_id` gave: `code_of` tells its code."""
    with transaction.atomic():
        bericht = queue(BerichtSoort.INLOGCODE, aan=aan, taal=taal)
        bericht.message_id = message_id
        bericht.save(update_fields=("message_id",))
    return bericht


def new_message_id() -> str:
    """A name for an e-mail that no other has, here or elsewhere (RFC 5322)."""
    return f"<{secrets.token_hex(16)}@{urlsplit(settings.SITE_URL).hostname}>"


def code_of(message_id: str) -> str:
    """The six digits of an e-mail to log in with. Made of the secret key, so that no row of the outbox holds them."""
    digest = salted_hmac("organisaties.inlogcode", message_id, algorithm="sha256").digest()
    return f"{int.from_bytes(digest) % 10**6:06}"


def link_of(bericht: Bericht) -> str:
    """What opens the door of an e-mail: a link, absolute, in the language of its reader; or a code to log in with.

    Whoever has it can do what its reader can. Empty for an invitation that was made with a secret key that is no
    longer known.
    """
    if bericht.soort == BerichtSoort.INLOGCODE:
        return code_of(bericht.message_id)
    with translation.override(bericht.taal):
        path = _path_of_melding(bericht) if bericht.melding else _path(bericht)
    return settings.SITE_URL + path if path else ""


def _path(bericht: Bericht) -> str:
    if bericht.uitnodiging:
        token = bericht.uitnodiging.token
        return reverse("uitnodiging", args=[token]) if token else ""
    if bericht.soort == BerichtSoort.GEEN_ACCOUNT:
        return reverse("aansluiten")
    if bericht.soort == BerichtSoort.INLOGMANIER:
        return reverse("account")
    if bericht.aanvraag is None:
        return reverse("mijn")
    if bericht.soort in _DESK:
        return reverse("admin:organisaties_aanvraag_change", args=[bericht.aanvraag.pk])
    return reverse("aanvraag-detail", args=[bericht.aanvraag.token])


def _path_of_melding(bericht: Bericht) -> str:
    """For an editor the page with reports; for a reader the page that it was about, or what is left of that."""
    organisatie, activiteit = bericht.melding.organisatie, bericht.melding.activiteit
    if bericht.soort == BerichtSoort.MELDING:
        return reverse("mijn-meldingen", args=[organisatie.slug])
    if not organisatie.is_published:
        return reverse("home")
    if activiteit and activiteit.status in READABLE_STATUSES:
        return activiteit.get_absolute_url()
    return organisatie.get_absolute_url()


def text_of(bericht: Bericht) -> str:
    """The text as its reader gets it, with the link in it."""
    return bericht.tekst.replace(LINK, link_of(bericht))


def _as_prose(text: str) -> str:
    """A text that somebody typed, without a mark of ours: it may not decide where the link comes."""
    text = without_controls(text).replace("\r\n", "\n")
    while LINK in text:  # taking one away can make another
        text = text.replace(LINK, "")
    return text


def _as_name(text: str) -> str:
    """A name that somebody typed: on one line, so that it adds nothing to the head of a mail (M1), and isolated."""
    return f"{_ISOLATE}{' '.join(_as_prose(text).split())}{_END}"


def _as_subject(text: str) -> str:
    """A subject as long as its column holds; of a name that was cut, the isolation is closed again."""
    text, longest = text.strip(), Bericht._meta.get_field("onderwerp").max_length
    if len(text) <= longest:
        return text
    text = text[: longest - 2].rstrip() + "…"
    return text + _END if text.count(_ISOLATE) > text.count(_END) else text
