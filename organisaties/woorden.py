"""Words: a text as the terms under which search keeps it and finds it. Pure functions, no database.

A term is what is equal for a reader: "Café" and "cafe" are one term. Beside the word itself stands its stem, with the
language before it: "nl:fiets" is the stem of "fietsen". A Dutch compound also gives its parts: "taalles" gives "taal"
and "les".
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import snowballstemmer

MAX_REMEMBERED = 20_000
"""Words of which a process remembers stems and parts: more than all entries have, not all that is ever typed."""

MAX_LENGTH = 40
"""The longest word that is kept, in letters."""

_BOUWSTENEN = Path(__file__).parent / "gegevens" / "bouwstenen.txt"

# What NFKD does not take apart: Turkish and Nordic letters; Arabic and Persian letters that are typed for each other
# (W3C, "Arabic & Persian layout requirements"); Ethiopic letters that sound the same in Tigrinya.
_EQUAL = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ß": "ss"}
    | {"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ھ": "ه", "ہ": "ه", "ە": "ه", "ـ": ""}
    | {chr(0x1220 + n): chr(0x1230 + n) for n in range(8)}
    | {chr(0x1340 + n): chr(0x1338 + n) for n in range(8)}
)
_MARKS = re.compile("[" + "".join(chr(c) for c in range(0x300, 0x2000) if unicodedata.combining(chr(c))) + "]")
_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ`´](?=\w)")
_WORD = re.compile(r"[^\W_]+")
_SCRIPTS = (
    (re.compile("[\u0400-\u04ff]"), ("ru",)),
    (re.compile("[\u0600-\u06ff]"), ("ar",)),
    (re.compile("[a-z]"), ("nl", "en")),
)
_STEMMERS = {
    "nl": snowballstemmer.stemmer("dutch"),
    "en": snowballstemmer.stemmer("english"),
    "ru": snowballstemmer.stemmer("russian"),
    "ar": snowballstemmer.stemmer("arabic"),
}
# forms that no rule of letters finds
_IRREGULAR = {
    "kinderen": "kind",
    "kinder": "kind",
    "steden": "stad",
    "children": "child",
    "women": "woman",
    "men": "man",
    "people": "person",
}


def fold(text: str) -> str:
    """A text without case, accents, vowel marks and letters that are typed for each other. Any language."""
    if text.isascii():
        return text.lower()
    return _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold())).translate(_EQUAL)


def tokens(text: str) -> list[str]:
    """The words of a text in their order, folded."""
    return [word[:MAX_LENGTH] for word in _WORD.findall(_APOSTROPHE.sub("", fold(text)))]


@lru_cache(maxsize=MAX_REMEMBERED)
def terms(token: str, language: str = "") -> frozenset[str]:
    """The terms of one folded word: itself and its stems. `language` (nl or en) leaves out the stems of others."""
    token = _IRREGULAR.get(token, token)
    codes = next((codes for script, codes in _SCRIPTS if script.search(token)), ())
    chosen = [code for code in codes if not language or code == language or code not in ("nl", "en")]
    return frozenset({token, *(f"{code}:{_STEMMERS[code].stemWord(token)}" for code in chosen)})


@lru_cache(maxsize=MAX_REMEMBERED)
def parts(token: str) -> tuple[str, ...]:
    """The parts of a Dutch compound that are words of their own: "taalles" gives ("taal", "les"). Else nothing."""
    return _split(token) if len(token) >= 6 and token.isascii() and token not in _building_blocks() else ()


def _split(token: str) -> tuple[str, ...]:
    blocks = _building_blocks()
    # the longest first part wins: "buurthuiskamer" is "buurthuis" and "kamer"
    for end in range(len(token) - 3, 2, -1):
        head, tail = token[:end], token[end:]
        if head not in blocks and not (head[-1] == "s" and head[:-1] in blocks):
            continue
        head = head if head in blocks else head[:-1]
        if tail in blocks:
            return (head, tail)
        if rest := _split(tail):
            return (head, *rest)
    return ()


@lru_cache(maxsize=1)
def _building_blocks() -> frozenset[str]:
    lines = _BOUWSTENEN.read_text(encoding="utf-8").splitlines()
    return frozenset(fold(word) for line in lines if not line.startswith("#") for word in line.split())


# Words that say how a question is asked, not what is asked. Help is what everybody here looks for and offers, and all
# of it is in Amsterdam.
STOPWOORDEN = frozenset(
    tokens(
        """
    de het een en of in op te aan bij met van voor naar om uit over door als dan dat die dit deze wat waar wie hoe
    wanneer welke is zijn ben bent was wil wilt willen kan kun kunt kunnen mag moet moeten heb hebt heeft hebben ga gaan
    gaat word wordt worden ik je jij u hij zij ze we wij mij me mijn jouw hun er hier daar ook nog wel iets iemand zoek
    zoeken vind vinden doe doen krijg krijgen nodig graag mee omdat maar heel erg help helpt helpen hulp
    the a an and or in on to at with of for from by as then that this these what where who how when which are am was be
    become i you he she we they me my your there here can could may must do does did want need would like have has get
    find looking look some someone something any if because but very really help helps
    amsterdam amsterdamse
    """
    )
)


def content(words: list[str]) -> list[str]:
    """The words that say what is asked; all of them when no word does."""
    return [word for word in words if word not in STOPWOORDEN] or words


def joined(text: str) -> set[str]:
    """Every two words of a name as one: names are written apart and together ("Regenboog Groep", "Regenbooggroep")."""
    words = tokens(text)
    return {(first + second)[:MAX_LENGTH] for first, second in pairwise(words)}


def index_terms(text: str, language: str) -> tuple[set[str], set[str]]:
    """Every term of a text in a language (nl, en or another code), and the terms of the parts of Dutch compounds."""
    found = set(tokens(text))
    whole = set().union(*(terms(token, language) for token in found))
    pieces = {part for token in found for part in parts(token)} if language == "nl" else set()
    return whole, set().union(*(terms(part, language) for part in pieces))
