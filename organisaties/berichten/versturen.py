"""Sending what waits in the outbox: one row at a time, each to the end, whatever dies meanwhile (B2, B3).

A sender claims a row in a transaction of its own: the attempt is counted and the row is its own until `bezig_tot`.
Then it sends, outside any transaction, and writes down how that went, if the row is still its own. A process that dies
leaves the row behind; when its time is over another sender takes it. The worst is a mail that leaves twice, with the
same Message-ID: when the process dies between the mail server's "yes" and our writing it down.
"""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPNotSupportedError, SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organisaties.berichten.opstellen import CODE_GELDIG, LINK, link_of, text_of
from organisaties.choices import BerichtSoort, BerichtStatus
from organisaties.models import Bericht

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60))
"""How long to wait after the first attempt that failed, the second, and so on: almost two days in all."""

MOST_ATTEMPTS = len(WAITS) + 1
"""After this many attempts a row has failed; a coordinator can have it tried again."""

LEASE = timedelta(minutes=10)
"""How long a row belongs to the sender that claimed it: longer than one mail can take with EMAIL_TIMEOUT."""

MOST_TROUBLE = 2
"""After this many times in a row that the server broke off, the round ends: another mail would not fare better."""

_PAUSES = (1, 2, 5)
"""Seconds between the tries to write down that a mail has left: without that it would leave again."""

_ADDRESS = re.compile(r"\S*/\S*")
_POLICY = "5.7."
"""Codes (RFC 3463) of a server that refuses us, such as "relaying denied", more often than this one reader."""


@dataclass
class Ronde:
    """What a round did: how many mails left, how many failed for good, and what is wrong with the mail server."""

    sent: int = 0
    failed: int = 0
    trouble: str = ""


@dataclass(frozen=True)
class _Fault:
    """Why a mail did not leave; whether trying again is useless; whether the server broke off or refused us."""

    words: str
    is_final: bool = False
    is_trouble: bool = False


def send_due(*, must_stop: Callable[[], bool] = lambda: False) -> Ronde:
    """Send every mail of which the time has come; tells what came of it. Several senders may do this at once.

    Stops before the next mail when `must_stop` says so. A server that cannot be used ends the round and counts for no
    row. Raises what the database raises; then nothing is lost, and the next round goes on.
    """
    ronde, troubles = Ronde(failed=_bury()), 0
    server: BaseEmailBackend | None = None
    try:
        while troubles < MOST_TROUBLE and not must_stop() and Bericht.objects.due().exists():
            try:
                server = server or _open()
            except OSError as error:  # so is what smtplib raises
                ronde.trouble = _one_line(_why(error))
                break
            fault = _send_next(server, ronde)
            troubles = troubles + 1 if fault and fault.is_trouble else 0
            if fault:
                _close(server)
                server, ronde.trouble = None, fault.words if troubles == MOST_TROUBLE else ""
    finally:
        if server:
            _close(server)
    return ronde


def requeue(bericht: Bericht) -> bool:
    """Have a mail sent in the next round, with all its attempts when it had failed. Tells whether it will be.

    A mail that was sent, or that is being sent now, is left alone.
    """
    rows, now = Bericht.objects.filter(pk=bericht.pk), timezone.now()
    failed = rows.filter(status=BerichtStatus.MISLUKT)
    return bool(
        failed.update(status=BerichtStatus.WACHT, pogingen=0, volgende_at=now)
        or rows.filter(status=BerichtStatus.WACHT).update(volgende_at=now)
    )


def message_of(bericht: Bericht) -> EmailMessage:
    """The e-mail itself: plain text, from the network, that answers of machines do not come back to (RFC 3834)."""
    return EmailMessage(
        subject=bericht.onderwerp,
        body=text_of(bericht),
        to=[bericht.aan],
        reply_to=[settings.CONTACT_EMAIL],
        headers={
            "Message-ID": bericht.message_id,
            "Content-Language": bericht.taal,
            "Auto-Submitted": "auto-generated",
        },
    )


# --- one mail


def _bury() -> int:
    """Give up rows of which the sender died at the last attempt too; otherwise such a row would come back forever."""
    rows = Bericht.objects.filter(status=BerichtStatus.BEZIG, bezig_tot__lt=timezone.now(), pogingen__gte=MOST_ATTEMPTS)
    words = _("Het versturen is telkens afgebroken.")
    return rows.update(status=BerichtStatus.MISLUKT, bezig_tot=None, fout=words)


def _send_next(server: BaseEmailBackend, ronde: Ronde) -> _Fault | None:
    """Claim a row and send it; gives what went wrong, if anything. Nothing either when others took all rows."""
    held = _claim()
    if held is None:
        return None
    fault = _hand_over(held, server)
    now = timezone.now()
    if fault is None:
        _finish(held, status=BerichtStatus.VERZONDEN, verzonden_at=now, fout="")
        ronde.sent += 1
    elif fault.is_final or held.pogingen >= MOST_ATTEMPTS:
        _finish(held, status=BerichtStatus.MISLUKT, fout=fault.words)
        ronde.failed += 1
    else:
        later = now + WAITS[held.pogingen - 1]
        _finish(held, status=BerichtStatus.WACHT, volgende_at=later, fout=fault.words)
    return fault


def _claim() -> Bericht | None:
    """Make the row that waits longest ours. PostgreSQL passes over rows that others hold; SQLite has one writer."""
    with transaction.atomic():
        held = Bericht.objects.due().select_for_update(skip_locked=True).order_by("volgende_at", "pk").first()
        if held:
            held.status, held.bezig_tot = BerichtStatus.BEZIG, timezone.now() + LEASE
            held.pogingen += 1
            held.save(update_fields=("status", "bezig_tot", "pogingen"))
    return held


def _finish(held: Bericht, **changes: Any) -> None:
    """Write down how it went with a row, unless it is no longer ours. The database gets the time to come back."""
    ours = Bericht.objects.filter(
        pk=held.pk, status=BerichtStatus.BEZIG, pogingen=held.pogingen, bezig_tot=held.bezig_tot
    )
    for pause in _PAUSES:
        try:
            ours.update(bezig_tot=None, **changes)
            return
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(pause)
    ours.update(bezig_tot=None, **changes)


def _hand_over(held: Bericht, server: BaseEmailBackend) -> _Fault | None:
    """Give a mail to the server."""
    if fault := _unsendable(held):
        return fault
    message = message_of(held)
    message.connection = server
    try:
        message.send()
    except (SMTPRecipientsRefused, SMTPResponseException) as error:
        return _refused(error)
    except SMTPNotSupportedError as error:
        return _Fault(_one_line(str(error)), is_final=True)
    except OSError as error:
        return _Fault(_one_line(_why(error)), is_trouble=True)
    except ValueError as error:  # a line break in a header, or an address that is none: nothing was sent
        return _Fault(_("Dit kan geen mail worden: %(fout)s") % {"fout": _one_line(str(error))}, is_final=True)
    return None


def _unsendable(held: Bericht) -> _Fault | None:
    if held.uitnodiging and not held.uitnodiging.is_valid:
        return _Fault(_("Deze uitnodiging geldt niet meer. Stuur een nieuwe."), is_final=True)
    if held.soort == BerichtSoort.INLOGCODE and timezone.now() - held.created_at > CODE_GELDIG:
        return _Fault(_("Deze code geldt niet meer."), is_final=True)
    if LINK in held.tekst and not link_of(held):
        return _Fault(_("De link kan niet meer worden gemaakt. Stuur een nieuwe uitnodiging."), is_final=True)
    return None


def _refused(error: SMTPRecipientsRefused | SMTPResponseException) -> _Fault:
    """What the answer of the server means: 4xx is for now, 5xx for good (RFC 5321), unless it is about us."""
    code, words = _answer(error)
    about_us = isinstance(error, SMTPSenderRefused) or words.startswith(_POLICY)
    return _Fault(
        _one_line(f"{code} {words}"),
        is_final=code >= 500 and not about_us,
        is_trouble=code in (-1, 421) or isinstance(error, SMTPSenderRefused),
    )


def _answer(error: SMTPRecipientsRefused | SMTPResponseException) -> tuple[int, str]:
    if isinstance(error, SMTPRecipientsRefused):
        code, reply = next(iter(error.recipients.values()))
    else:
        code, reply = error.smtp_code, error.smtp_error
    return code, reply.decode(errors="replace") if isinstance(reply, bytes) else str(reply)


# --- the server


def _open() -> BaseEmailBackend:
    """A connection to the mail server, logged in. Raises OSError when it cannot be had."""
    server = get_connection()
    try:
        server.open()
    except OSError:
        _close(server)
        raise
    return server


def _close(server: BaseEmailBackend) -> None:
    with contextlib.suppress(OSError):  # it may be gone already
        server.close()


def _why(error: OSError) -> str:
    if isinstance(error, SMTPResponseException):
        return " ".join(map(str, _answer(error)))
    return str(error) or type(error).__name__


def _one_line(text: str) -> str:
    """What a server said, on a line, without addresses: servers repeat links of a mail that they do not like."""
    return " ".join(_ADDRESS.sub("…", text).split())[:200]
