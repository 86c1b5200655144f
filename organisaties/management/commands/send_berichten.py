"""Sends the e-mails of the outbox: one round and out, or until it is stopped."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError, close_old_connections, connections
from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone

from organisaties.berichten import Ronde, send_due
from organisaties.choices import BerichtStatus
from organisaties.models import Bericht

LOOK_EVERY, AFTER_TROUBLE = 2, 30
"""Seconds between two looks in the outbox; and after a mail server or a database that could not be used."""

OUTBOX = "admin:organisaties_bericht_changelist"


class Command(BaseCommand):
    help = "Sends the e-mails that wait in the outbox, and stops; with --blijf it goes on until it is stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--blijf", action="store_true", help="stay, and look again every few seconds")

    def handle(self, **options: Any) -> None:
        self._refuse()
        with _stoppable() as must_stop:
            if options["blijf"]:
                self._stay(must_stop)
            else:
                ronde = send_due(must_stop=must_stop)
                self.stdout.write(_in_words(ronde))
                if ronde.trouble:
                    raise CommandError(_trouble(ronde))

    def _refuse(self) -> None:
        if settings.DEMONSTRATIE:
            where = settings.SITE_URL + reverse(OUTBOX)
            raise CommandError(f"This is a demonstration, so no mail leaves. Read it in the administration: {where}")
        if not settings.EMAIL_HOST and not settings.DEBUG:
            raise CommandError("Set EMAIL_HOST in the environment: without it no mail leaves. See .env.example.")

    def _stay(self, must_stop: Callable[[], bool]) -> None:
        """Round after round. Says only what is news, and comes back by itself when the database or the server does."""
        said = ""
        while not must_stop():
            try:
                close_old_connections()
                ronde = send_due(must_stop=must_stop)
                trouble = _trouble(ronde) if ronde.trouble else ""
                news = _in_words(ronde) if ronde.sent or ronde.failed else ""
            except (OperationalError, InterfaceError) as error:
                connections.close_all()
                trouble, news = f"The database cannot be used: {_first_line(error)}", ""
            for line in (news, trouble if trouble != said else ""):
                if line:
                    self.stdout.write(line)
                    self.stdout.flush()
            said = trouble
            _wait(AFTER_TROUBLE if trouble else LOOK_EVERY, must_stop)


@contextmanager
def _stoppable() -> Iterator[Callable[[], bool]]:
    """Gives a question that SIGTERM and SIGINT answer with yes: the mail that is under way is finished first (B13)."""
    asked: list[int] = []
    former = {
        number: signal.signal(number, lambda number, frame: asked.append(number))
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield lambda: bool(asked)
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def _wait(seconds: float, must_stop: Callable[[], bool]) -> None:
    until = time.monotonic() + seconds
    while not must_stop() and time.monotonic() < until:
        time.sleep(0.2)


def _in_words(ronde: Ronde) -> str:
    """What a round did and what is left, on one line; no address, text or link of a mail."""
    left = Bericht.objects.waiting().aggregate(number=Count("pk"), first=Min("volgende_at"))
    line = f"{ronde.sent} sent, {left['number']} wait"
    if left["number"]:
        line += f" until {timezone.localtime(left['first']):%Y-%m-%d %H:%M}"
    line += f", {ronde.failed} failed"
    if ronde.failed:
        where = settings.SITE_URL + reverse(OUTBOX)
        line += f": see why and try again at {where}?status__exact={BerichtStatus.MISLUKT}"
    return line


def _trouble(ronde: Ronde) -> str:
    return f"The mail server {settings.EMAIL_HOST}:{settings.EMAIL_PORT} cannot be used: {ronde.trouble}"


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
