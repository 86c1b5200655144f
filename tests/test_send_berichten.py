"""`send_berichten` as a process of its own, on a database with real commits: killed, stopped, several at once."""

import os
import signal
import time
import traceback
import warnings
from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.urls import reverse
from django.utils import timezone

from organisaties import berichten, checks
from organisaties.choices import BerichtSoort
from organisaties.models import Aanvraag, Bericht
from tests import factories
from tests.postbus import postbus

POSTGRESQL = connection.vendor == "postgresql"
OUTBOX = "http://localhost:8000/admin/organisaties/bericht/"


@pytest.fixture
def echt(db, tmp_path):
    """A database that other processes see too, and that holds no mail afterwards.

    On PostgreSQL it is the one of the tests, beside the transaction of this test; on SQLite a copy of it in a file.
    """
    shared = connections["default"]
    connections["default"] = own = shared.copy()
    if not POSTGRESQL:
        path = tmp_path / "db.sqlite3"
        path.write_bytes(shared.connection.serialize())
        own.settings_dict["NAME"] = str(path)
    yield
    if POSTGRESQL:
        Aanvraag.objects.all().delete()
    own.close()
    connections["default"] = shared


@pytest.fixture
def post(settings):
    with postbus() as server:
        server.serve(settings)
        yield server


@pytest.fixture
def start(echt, post, tmp_path):
    """Starts a process that sends; at the end none is left."""
    started = []

    def make(*args):
        started.append(Sender(tmp_path, args))
        return started[-1]

    yield make
    for sender in started:
        if sender.code is None:
            sender.kill()
            sender.end()


class Sender:
    """A process that sends: a copy of this one, so it need not start Django again."""

    def __init__(self, place, args) -> None:
        self.code = None
        self.said = place / f"said-{time.monotonic_ns()}"
        own = connections["default"]
        own.close()  # two processes may not share one
        with warnings.catch_warnings(action="ignore"):  # the threads of the mail server hold nothing of ours
            self.pid = os.fork()
        if self.pid == 0:
            connections["default"] = own  # a browser's loop, which runs in this process only, keeps a list of its own
            self._run(args)

    def _run(self, args) -> None:
        code = 1
        if POSTGRESQL:
            connections["default"].settings_dict["OPTIONS"]["application_name"] = "sender"
        try:
            with self.said.open("w", buffering=1) as out:
                call_command("send_berichten", *args, stdout=out)
            code = 0
        except BaseException:  # noqa: BLE001 - whatever it is, this copy may not go on with the tests
            self.said.write_text(traceback.format_exc())
        finally:
            os._exit(code)

    def kill(self, number=signal.SIGKILL) -> None:
        os.kill(self.pid, number)

    def end(self) -> tuple[int, str]:
        """The code, negative when it was killed, and what it said."""
        last = time.monotonic() + 60
        while not (done := os.waitpid(self.pid, os.WNOHANG))[0]:
            if time.monotonic() > last:
                self.kill()
            time.sleep(0.02)
        self.code = os.waitstatus_to_exitcode(done[1])
        return self.code, self.said.read_text()


def maak(count):
    aanvraag = factories.aanvraag()
    for number in range(count):
        berichten.queue(BerichtSoort.BEVESTIGEN, aan=f"hanan{number}@tafel.example", taal="nl", aanvraag=aanvraag)
    return set(Bericht.objects.values_list("message_id", flat=True))


def until(condition):
    """Wait for another process, at most half a minute."""
    last = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < last
        time.sleep(0.05)


def _at(stage, number, deed):
    """A rule that does something at a stage of a mail, and leaves the answer as it is."""

    def rule(*now):
        if now == (stage, number):
            deed()

    return rule


# --- real processes


def test_a_sender_that_is_killed_anywhere_loses_nothing_and_doubles_at_most_one(post, start):
    ids, codes = maak(12), []
    for stage in ("mail", "rcpt", "line", "end", "kept", "told"):
        sender = []
        post.rule = _at(stage, post.begun + 2, lambda sender=sender: sender[0].kill())
        sender.append(start())
        codes.append(sender[0].end()[0])
        Bericht.objects.filter(status="bezig").update(bezig_tot=timezone.now() - timedelta(seconds=1))
    post.rule = lambda stage, number: None
    code, said = start().end()
    assert (codes, code, said[-19:]) == ([-signal.SIGKILL] * 6, 0, ", 0 wait, 0 failed\n")
    counts = Counter(post.ids())
    assert set(counts) == ids
    assert max(counts.values()) <= 2
    assert sum(counts.values()) - len(ids) <= 4  # at "mail" and "rcpt" the mail had not gone over the line


def test_senders_at_once_send_nothing_twice(post, start):
    ids = maak(40)
    post.rule = lambda stage, number: time.sleep(0.01) if stage == "rcpt" else None
    ends = [sender.end() for sender in [start() for _ in range(4)]]
    assert [code for code, _ in ends] == [0] * 4
    assert sorted(post.ids()) == sorted(ids)
    sent = [int(said.split()[0]) for _, said in ends]
    assert (sum(sent), min(sent) > 0) == (40, True)


def test_a_sender_that_stays_finishes_its_mail_when_it_is_stopped(post, start):
    maak(1)
    sender = start("--blijf")
    until(lambda: post.mails)
    post.rule = _at("line", 2, lambda: (sender.kill(signal.SIGTERM), time.sleep(0.3)))
    maak(3)
    code, said = sender.end()
    assert (code, [line.split(",")[0] for line in said.splitlines()]) == (0, ["1 sent", "1 sent"])
    assert Counter(Bericht.objects.values_list("status", flat=True)) == {"verzonden": 2, "wacht": 2}
    assert len(post.mails) == 2


def test_a_sender_that_stays_says_once_that_the_server_is_away(post, start, settings):
    settings.EMAIL_PORT = 1
    maak(1)
    sender = start("--blijf")
    until(lambda: sender.said.exists() and sender.said.read_text())
    time.sleep(2.5)
    sender.kill(signal.SIGINT)
    code, said = sender.end()
    assert (code, said.count("\n")) == (0, 1)
    assert said.startswith("The mail server 127.0.0.1:1 cannot be used: ")


@pytest.mark.skipif(not POSTGRESQL, reason="a file has no server that can restart")
def test_a_sender_survives_its_database_and_marks_what_it_sent(post, start):
    maak(1)
    sender = start("--blijf")
    until(lambda: post.mails)
    post.rule = _at("kept", 2, _cut_the_senders)
    maak(2)
    until(lambda: len(post.mails) == 3)
    _cut_the_senders()
    maak(1)
    until(lambda: len(post.mails) == 4)
    sender.kill(signal.SIGTERM)
    assert (sender.end()[0], len(set(post.ids()))) == (0, 4)
    assert set(Bericht.objects.values_list("status", flat=True)) == {"verzonden"}


def _cut_the_senders():
    """As a restart of the database would."""
    here = connections["default"].copy()  # this may be the thread of the mail server
    with here.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'sender'")
    here.close()


# --- what it says


@pytest.fixture
def send(capsys):
    def run(*args):
        call_command("send_berichten", *args)
        return capsys.readouterr().out

    return run


def test_one_line_says_what_was_done_and_what_waits(db, post, send):
    maak(3)
    Bericht.objects.filter(aan__startswith="hanan1").update(volgende_at=timezone.now() + timedelta(days=1))
    tomorrow = timezone.localtime(timezone.now() + timedelta(days=1))
    post.rule = lambda stage, number: "550 no such user" if (stage, number) == ("rcpt", 2) else None
    where = f"see why and try again at {OUTBOX}?status__exact=mislukt"
    assert send() == f"1 sent, 1 wait until {tomorrow:%Y-%m-%d %H:%M}, 1 failed: {where}\n"


def test_nothing_to_do_is_said_too(db, post, send):
    assert send() == "0 sent, 0 wait, 0 failed\n"


def test_no_link_and_no_address_is_ever_printed(db, post, send):
    maak(2)
    links = [berichten.link_of(mail) for mail in Bericht.objects.all()]
    post.rule = lambda stage, number: f"554 no {' '.join(links)}" if stage == "end" else None
    out = send()
    assert [word for word in (*links, "tafel.example", Aanvraag.objects.get().token) if word in out] == []


def test_a_server_that_is_down_is_one_line_and_a_failure(db, post, settings, capsys):
    settings.EMAIL_PORT = 1
    maak(2)
    with pytest.raises(CommandError, match=r"^The mail server 127.0.0.1:1 cannot be used: .*refused$"):
        call_command("send_berichten")
    assert capsys.readouterr().out.startswith("0 sent, 2 wait until ")


# --- where no mail server is


def test_a_demonstration_sends_nothing_and_says_where_mail_is_read(db, post, settings):
    settings.DEMONSTRATIE = True
    maak(1)
    with pytest.raises(CommandError, match=f"^This is a demonstration, so no mail leaves.* {OUTBOX}$"):
        call_command("send_berichten")
    assert (post.mails, Bericht.objects.get().pogingen) == ([], 0)


def test_a_real_site_without_a_mail_server_says_what_to_set(db, settings):
    settings.EMAIL_HOST = ""
    with pytest.raises(CommandError, match=r"^Set EMAIL_HOST "):
        call_command("send_berichten")


def test_development_prints_the_mail_with_its_link(db, settings, send):
    settings.DEBUG, settings.EMAIL_HOST = True, ""
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    maak(1)
    assert berichten.link_of(Bericht.objects.get()) in send()


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"EMAIL_HOST": ""}, ["berichten.W001"]),
        ({"EMAIL_HOST": "", "DEMONSTRATIE": True}, []),
        ({"EMAIL_HOST": "", "DEBUG": True}, []),
        ({"EMAIL_HOST": "mail.example"}, []),
        ({"EMAIL_HOST": "mail.example", "EMAIL_USE_TLS": False}, ["berichten.W002"]),
        ({"EMAIL_HOST": "mail.example", "EMAIL_USE_TLS": False, "EMAIL_USE_SSL": True}, []),
        ({"EMAIL_HOST": "localhost", "EMAIL_USE_TLS": False}, []),
    ],
)
def test_the_check_before_deploying_asks_for_mail(settings, values, found):
    for name, value in values.items():
        setattr(settings, name, value)
    assert [warning.id for warning in checks.mail_can_leave()] == found


def test_the_outbox_is_where_the_command_says():
    assert OUTBOX.endswith(reverse("admin:organisaties_bericht_changelist"))
