"""Pictures that are right while the rest of their form is not: they wait a day, for who sent them and nobody else."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.signing import BadSignature, TimestampSigner
from django.utils import timezone

GELDIG = timedelta(days=1)
_MAP = "wacht"


def bewaar(data: bytes, *, van: str) -> str:
    """Keep a picture. Gives the token with which only `van` (who it is, and of what) finds it again."""
    naam = f"{secrets.token_hex(16)}.webp"
    default_storage.save(f"{_MAP}/{naam}", ContentFile(data))
    return _signer(van).sign(naam)


def lees(token: str, *, van: str) -> bytes:
    """The picture that a token stands for; nothing when it is of somebody or something else, too old, or gone."""
    try:
        with default_storage.open(_pad(token, van)) as file:
            return file.read()
    except (BadSignature, FileNotFoundError):
        return b""


def vergeet(token: str, *, van: str) -> None:
    """Let go of a picture. A token that means nothing here is no problem."""
    try:
        default_storage.delete(_pad(token, van))
    except BadSignature:
        return


def verlopen() -> list[str]:
    """The names of the files that nobody can find any more."""
    since = timezone.now() - GELDIG
    return [name for name in _namen() if default_storage.get_modified_time(name) <= since]


def _namen() -> Iterator[str]:
    try:
        names = default_storage.listdir(_MAP)[1]
    except FileNotFoundError:  # nothing ever waited
        return
    yield from (f"{_MAP}/{name}" for name in names)


def _pad(token: str, van: str) -> str:
    return f"{_MAP}/{_signer(van).unsign(token, max_age=GELDIG)}"


def _signer(van: str) -> TimestampSigner:
    return TimestampSigner(salt=f"organisaties.wachtend {van}")
