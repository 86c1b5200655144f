"""The dictionary of concepts: which words mean the same, in any language, and what may help whoever types them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from organisaties.models import Begrip
from organisaties.woorden import content, terms, tokens

Frase = tuple[frozenset[str], ...]
"""Words one after the other, each as its terms."""


MAX_LOS = 3
"""Words that point to more concepts than this say too little by themselves."""


@dataclass(frozen=True)
class Betekenis:
    """A concept as search uses it: what to look for, the word for it that comes first, and what else may help."""

    slug: str
    frasen: tuple[Frase, ...]
    kern: tuple[Frase, ...]
    zie_ook: tuple[Frase, ...]
    themas: tuple[str, ...]


@dataclass(frozen=True)
class Woordenboek:
    """The concepts by the first word of each of their phrases, and all those words for typing errors."""

    ingangen: dict[str, list[tuple[Frase, Betekenis]]] = field(default_factory=dict)
    los: dict[str, list[Betekenis]] = field(default_factory=dict)
    """The concepts by each word of their phrases of several words, for a phrase that is not said quite like that."""

    woorden: frozenset[str] = frozenset()

    def zoek(self, words: Sequence[frozenset[str]]) -> tuple[int, list[Betekenis]]:
        """The concepts that begin at the first of these words, by the longest phrase; and how many words that took."""
        best, found = 0, []
        entries = {id(phrase): (phrase, b) for term in words[0] for phrase, b in self.ingangen.get(term, ())}
        for phrase, betekenis in entries.values():
            fits = len(phrase) <= len(words) and all(a & b for a, b in zip(phrase, words, strict=False))
            if fits and len(phrase) > best:
                best, found = len(phrase), [betekenis]
            elif fits and len(phrase) == best and betekenis not in found:
                found.append(betekenis)
        return best, found


def frase(text: str, language: str = "") -> Frase:
    """A phrase that somebody wrote as its words and their terms, without the words that say nothing."""
    return tuple(terms(token, language) for token in content(tokens(text)))


class _Rij(NamedTuple):
    """What the dictionary takes from one concept."""

    slug: str
    woorden_nl: str
    woorden_en: str
    woorden_anders: str
    zie_ook: str
    themas: tuple[str, ...]


def lees_woordenboek() -> Woordenboek:
    """The dictionary as the coordinators have it now, in two queries."""
    return _woordenboek(
        tuple(
            _Rij(b.slug, b.woorden_nl, b.woorden_en, b.woorden_anders, b.zie_ook, tuple(t.slug for t in b.themas.all()))
            for b in Begrip.objects.prefetch_related("themas")
        )
    )


@lru_cache(maxsize=1)
def _woordenboek(begrippen: tuple[_Rij, ...]) -> Woordenboek:
    """Remembered: it is asked for after every change of an entry, and the concepts themselves seldom change."""
    entries: dict[str, list[tuple[Frase, Betekenis]]] = defaultdict(list)
    loose: dict[str, list[Betekenis]] = defaultdict(list)
    words: set[str] = set()
    for begrip in begrippen:
        dutch, english = _frasen(begrip.woorden_nl, "nl"), _frasen(begrip.woorden_en, "en")
        kern = tuple(phrase for phrase, _ in (*dutch[:1], *english[:1]))
        sought = tuple(phrase for phrase, is_whole in (*dutch, *english) if is_whole)
        said = (*dutch, *english, *_frasen(begrip.woorden_anders))
        also = tuple(phrase for phrase, _ in _frasen(begrip.zie_ook, "nl"))
        betekenis = Betekenis(begrip.slug, sought, kern, also, begrip.themas)
        for phrase, _ in said:
            entry = (phrase, betekenis)
            for term in phrase[0]:
                entries[term].append(entry)
            for term in frozenset().union(*phrase) if len(phrase) > 1 else ():
                loose[term].append(betekenis)
        for text in (begrip.woorden_nl, begrip.woorden_en, begrip.woorden_anders):
            words.update(token for token in tokens(text) if len(token) > 3)
    return Woordenboek(dict(entries), dict(loose), frozenset(words))


@lru_cache(maxsize=2048)
def _frasen(text: str, language: str = "") -> tuple[tuple[Frase, bool], ...]:
    """The phrases of a text with commas, and whether each is worth looking for in entries.

    Of "I am alone" only "alone" says something: people may ask so, but a text with that word need not be about it.
    Remembered: the dictionary is read anew after every change of an entry, mostly with the same texts.
    """
    found = ((frase(part, language), len(tokens(part))) for part in text.split(","))
    return tuple((phrase, len(phrase) > 1 or count == 1) for phrase, count in found if phrase)
