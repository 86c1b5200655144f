"""Logos and photos: what somebody sends is made into pixels by a program with limits, and stored as those."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from organisaties import beeldwerk
from organisaties.beeldwerk import MAX_SIDE, Beeld

logger = logging.getLogger(__name__)

MAX_BYTES = 5 * 1024 * 1024
PROGRAMMA = Path(beeldwerk.__file__)
GEHEUGEN, SECONDEN = 256 * 1024 * 1024, 20
"""What making one picture may take of memory (bytes) and of the processor (seconds)."""

WACHT = 2 * SECONDEN
"""How many seconds the site waits for the program at most."""

_OMGEVING = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
"""What the program may know of the environment: where to find itself, and no secret."""

_MEGABYTES = MAX_BYTES // (1024 * 1024)


class AfbeeldingFout(Exception):  # noqa: N818 - named as coordinators would
    """A picture that is not accepted. `sentence` says why and what to do; `code` is for programs."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


def maak_logo(bestand: IO[bytes] | File[bytes]) -> Beeld:
    """Make a logo of a file that somebody sent. Raises AfbeeldingFout."""
    return _maak("logo", _read(bestand))


def maak_foto(bestand: IO[bytes] | File[bytes]) -> Beeld:
    """Make a photo of a file that somebody sent; what was see-through is white. Raises AfbeeldingFout."""
    return _maak("foto", _read(bestand))


def foto_van(groot: bytes) -> Beeld:
    """The photo of which `maak_foto` made this large one before. Raises AfbeeldingFout."""
    return _maak("foto_van", groot)


@contextmanager
def new_files() -> Iterator[list[str]]:
    """Names of files that were just written, to be put in a list: they go again when what follows fails."""
    names: list[str] = []
    try:
        yield names
    except BaseException:
        remove_files(names)
        raise


def remove_files(names: Iterable[str]) -> None:
    """Remove stored files by name; a name that is empty or gone already is no problem."""
    for name in names:
        if name:
            default_storage.delete(name)


def _read(bestand: IO[bytes] | File[bytes]) -> bytes:
    data = bestand.read(MAX_BYTES + 1)
    if not data:
        raise AfbeeldingFout(
            "leeg",
            _("Dit bestand is leeg. Kies een afbeelding (JPEG, PNG of WebP) van hooguit %(mb)s MB.")
            % {"mb": _MEGABYTES},
        )
    if len(data) > MAX_BYTES:
        raise AfbeeldingFout(
            "bytes",
            _("Dit bestand is groter dan %(mb)s MB. Maak de afbeelding kleiner en kies haar opnieuw.")
            % {"mb": _MEGABYTES},
        )
    if not _is_known(data):
        raise AfbeeldingFout(
            "soort",
            _(
                "Dit bestand is geen JPEG, PNG of WebP. Bewaar de afbeelding als PNG of JPEG van hooguit %(mb)s "
                "MB en kies dat bestand."
            )
            % {"mb": _MEGABYTES},
        )
    return data


def _is_known(data: bytes) -> bool:
    return data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def _maak(werk: str, data: bytes) -> Beeld:
    """Let the program make a picture. Whatever becomes of the program, the site goes on."""
    command = [sys.executable, "-I", str(PROGRAMMA), werk, str(GEHEUGEN), str(SECONDEN)]
    known = {name: os.environ[name] for name in _OMGEVING if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - our own program, and nothing of it comes from outside
            command, input=data, capture_output=True, env=known, timeout=WACHT, check=True
        )
        head, _line, files = done.stdout.partition(b"\n")
        answer = json.loads(head)
        if "fout" not in answer:
            size = answer["groot"]
            return Beeld(files[:size], files[size:], answer["breedte"], answer["hoogte"])
    except (OSError, subprocess.SubprocessError, ValueError, LookupError, TypeError) as error:
        said = (getattr(error, "stderr", None) or b"").decode(errors="replace").strip()
        logger.warning("A picture could not be made: %s %s", error, said[-500:])
        raise AfbeeldingFout("mislukt", _sentence("mislukt", 0)) from error
    raise AfbeeldingFout(answer["fout"], _sentence(answer["fout"], answer["meest"]))


def _sentence(code: str, most: int) -> str:
    """Why a picture is not accepted, and what to do."""
    if code == "pixels":
        return _(
            "Deze afbeelding heeft te veel beeldpunten. Maak haar kleiner: hooguit %(miljoen)s miljoen "
            "beeldpunten, en geen kant langer dan %(kant)s."
        ) % {"miljoen": most // 1_000_000, "kant": MAX_SIDE}
    if code == "beelden":
        return _(
            "Dit is een film van meer dan %(aantal)s beelden. Kies een afbeelding die stilstaat, als PNG of JPEG."
        ) % {"aantal": most}
    if code == "onleesbaar":
        return _(
            "Deze afbeelding is niet te lezen. Misschien is het bestand niet heel. Open het op je "
            "computer of telefoon, bewaar het opnieuw als PNG of JPEG van hooguit %(mb)s MB en kies "
            "dat bestand."
        ) % {"mb": _MEGABYTES}
    return _(
        "Het lukt ons niet om iets van deze afbeelding te maken. Maak haar kleiner en kies haar opnieuw, of probeer "
        "het later nog een keer."
    )
