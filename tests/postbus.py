"""A mail server for tests: it speaks enough SMTP, keeps what it got, and misbehaves when a test says so."""

import email
import re
import socketserver
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from threading import Thread
from typing import Any

Rule = Callable[[str, int], str | None]
"""Gets the stage of the talk and the number of the mail, from 1; gives the answer, or nothing for the usual one."""

ANSWERS = {
    "hello": "250 postbus",
    "mail": "250 ok",
    "rcpt": "250 ok",
    "data": "354 go on",
    "line": None,  # in the middle of a mail nobody is answered
    "end": "250 kept",
    "rset": "250 ok",
    "quit": "221 bye",
}


class Weg(Exception):  # noqa: N818 - what a rule raises to break off the talk
    """The server is gone: it closes the connection without an answer."""


class Postbus(socketserver.ThreadingTCPServer):
    """Listens on a port of its own. `mails` holds each mail that it answered for with "kept", also twice."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Gesprek)
        self.mails: list[EmailMessage] = []
        self.begun = 0
        self.rule: Rule = lambda stage, number: None

    @property
    def port(self) -> int:
        return self.server_address[1]

    def serve(self, settings: Any) -> None:
        """Let the site send here."""
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", self.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False

    def ids(self) -> list[str]:
        return [mail["Message-ID"] for mail in self.mails]


class _Gesprek(socketserver.StreamRequestHandler):
    server: Postbus

    def handle(self) -> None:
        try:
            self._say("220 postbus ready")
            while line := self.rfile.readline():
                self._answer(line.decode().strip())
        except (Weg, OSError):
            pass

    def _answer(self, line: str) -> None:
        stage = {"ehlo": "hello", "helo": "hello"}.get(verb := line[:4].lower(), verb)
        if stage == "mail":
            self.server.begun += 1
        if self._stage(stage).startswith("354"):
            self._take()

    def _take(self) -> None:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            if not lines:
                self._stage("line")
            lines.append(re.sub(rb"^\.\.", b".", line))
        mail = email.message_from_bytes(b"".join(lines).replace(b"\r\n", b"\n"), policy=default)
        answer = self.server.rule("end", self.server.begun) or ANSWERS["end"]
        if answer.startswith("250"):
            self.server.mails.append(mail)  # ours, whether or not the sender hears of it
        self.server.rule("kept", self.server.begun)
        self._say(answer)
        self.server.rule("told", self.server.begun)

    def _stage(self, stage: str) -> str:
        answer = self.server.rule(stage, self.server.begun) or ANSWERS.get(stage, "502 unknown")
        if answer:
            self._say(answer)
        return answer or ""

    def _say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())


@contextmanager
def postbus() -> Iterator[Postbus]:
    with Postbus() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
