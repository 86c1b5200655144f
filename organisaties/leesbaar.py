"""Whether a text is easy to read, and what would help. It gives advice and refuses nothing.

The bars are those of plain language at level B1: a sentence of at most fifteen words and a paragraph of at most fifty
(hvds.nl, "Schrijven op B1-niveau"). The measure of the whole is LIX (C.H. Björnsson, "Läsbarhet", 1968): words per
sentence plus the share of words of more than six letters. It needs no word list and works for Dutch and English alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext

LANGE_ZIN, LANGE_ALINEA, LANG_WOORD = 15, 50, 6
"""Words in a sentence, words in a paragraph, letters in a word: what is longer reads with effort."""

MOEILIJK = 50
"""From this LIX on Björnsson calls a text difficult: official and specialist prose."""

FEW_WORDS = 30
"""A shorter text has too little to measure as a whole."""

_LIST = Path(__file__).parent / "gegevens" / "moeilijke_woorden.txt"
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Advies:
    """What to change: where (some words of the text itself), and how."""

    waar: str
    wat: Any


def advies(text: str, language: str, most: int = 5) -> list[Advies]:
    """What would make a text easier, at most so many pieces. Takes what an editor wrote, and its language ("nl")."""
    found = [*_long_sentences(text), *_hard_words(text, language), *_long_paragraphs(text)]
    if lix(text) >= MOEILIJK:
        found.append(Advies("", gettext("De hele tekst is moeilijk. Kies kortere woorden en kortere zinnen.")))
    return found[:most]


def lix(text: str) -> float:
    """LIX of a text: under 30 very easy, over 50 difficult. Nought for a text that is too short to measure."""
    words = _WORD.findall(text)
    if len(words) < FEW_WORDS:
        return 0
    long = sum(len(word) > LANG_WOORD for word in words)
    return len(words) / len(sentences(text)) + 100 * long / len(words)


def sentences(text: str) -> list[str]:
    """The sentences of a text; the items of a list count as sentences."""
    return [piece.strip(" -*") for piece in _END.split(text) if _WORD.search(piece)]


def _long_sentences(text: str) -> Iterator[Advies]:
    for sentence in sentences(text):
        if (count := len(_WORD.findall(sentence))) > LANGE_ZIN:
            yield Advies(_short(sentence), gettext("%(aantal)s woorden. Maak er twee zinnen van.") % {"aantal": count})


def _hard_words(text: str, language: str) -> Iterator[Advies]:
    found = [(match, easier) for pattern, easier in _hard(language) if (match := pattern.search(text))]
    for match, easier in sorted(found, key=lambda each: each[0].start()):
        yield Advies(match[0], gettext("Makkelijker: %(woord)s") % {"woord": easier})


def _long_paragraphs(text: str) -> Iterator[Advies]:
    for paragraph in re.split(r"\n\s*\n", text):
        if len(_WORD.findall(paragraph)) > LANGE_ALINEA:
            yield Advies(_short(paragraph), gettext("Dit stuk is lang. Laat ergens een regel leeg."))


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0] + " …"


@cache
def _hard(language: str) -> list[tuple[re.Pattern[str], str]]:
    rows = (line.split("\t") for line in _LIST.read_text(encoding="utf-8").splitlines() if line.startswith(language))
    return [(re.compile(rf"\b{re.escape(word)}\w*", re.IGNORECASE), easier) for _code, word, easier in rows]
