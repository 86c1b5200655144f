"""A question in words as sets of entries, each with its score.

The words of a question become groups: a word with its stems, or a phrase that is a concept. An entry is found when
every group is somewhere in it; when few entries have them all, those that have most of them come too, but at least
half. How it is found gives points; `PUNTEN` says which.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from organisaties.models import Zoekterm
from organisaties.woorden import STOPWOORDEN, content, parts, terms, tokens
from organisaties.zoeken.begrippen import MAX_LOS, Betekenis, Frase
from organisaties.zoeken.bits import LEEG, Score, Verzameling, at_least, intersection, union
from organisaties.zoeken.geheugen import Lijst

MAX_WOORDEN = 8
MAX_TERMEN = 200
"""How many terms a process keeps as it read them."""

MAX_AANVULLINGEN = 24
"""How many words a beginning of a word may stand for."""

PUNTEN = {"eigen": (4, 8, 12), "ander": (2, 5, 6), "kern": (0, 0, 4), "zie_ook": (1, 2, 2), "thema": (3,)}
"""Points for the word itself, a word that means the same, the first such word of a concept, a way to help, a theme that
helps: for being anywhere, more for being in the text, and more again in the name. A name says what an entry is, a fact
only what it has to do with.
"""

ZELF = ("eigen", "ander", "kern")
"""Ways of finding that have the words: they count heavier when the words are rare. The others only may help."""

ZELDZAAM = ((0.1, 3), (1 / 3, 2), (1.0, 1))
"""The share of the entries that have a word, at most, and how heavily it then counts."""

GENOEG = 3
"""With fewer entries that have a word, those of its themes come too; with fewer that have everything, those that have
most of it."""


@dataclass(frozen=True)
class Groep:
    """One thing that is asked: the word or words themselves, others that mean the same, and what may help."""

    woord: str
    eigen: tuple[Frase, ...]
    ander: tuple[Frase, ...] = ()
    kern: tuple[Frase, ...] = ()
    zie_ook: tuple[Frase, ...] = ()
    themas: tuple[str, ...] = ()


@dataclass(frozen=True)
class Antwoord:
    """What a question found: the entries, their scores, and what was read for what."""

    bits: Verzameling
    score: Score
    zelf: Verzameling
    """The entries that have the words, or words that mean the same."""

    verbeterd: list[tuple[str, str]] = field(default_factory=list)
    ruimer: bool = False
    """Whether no entry has everything that was asked."""

    themas: list[str] = field(default_factory=list)

    @property
    def verwant(self) -> bool:
        """Whether no entry has the words, so that these only have to do with what they mean."""
        return self.bits.isdisjoint(self.zelf)


def beantwoord(text: str, lijst: Lijst) -> Antwoord | None:
    """What the words find in a list. Takes text in any language; without any word in it, gives nothing.

    One query for the terms, and one more when a word is not known.
    """
    groepen = list(_groepen(_words(text, lijst), lijst))
    if not groepen:
        return None
    postings = _postings(lijst, groepen)
    gevonden = [_levels(groep, postings, lijst) for groep in groepen]
    unknown = [groep for groep, levels in zip(groepen, gevonden, strict=True) if not any(s[0] for s in levels.values())]
    verbeterd: list[tuple[str, str]] = []
    if unknown:
        groepen, verbeterd = _instead(groepen, unknown, lijst)
        postings = _postings(lijst, groepen)
        gevonden = [_levels(groep, postings, lijst) for groep in groepen]
    themas = list(dict.fromkeys(slug for groep in groepen for slug in groep.themas))
    return _tel(gevonden, lijst, verbeterd, themas)


def _words(text: str, lijst: Lijst) -> list[list[str]]:
    """The words of a question that say what is asked. Words that some name has as one word stay together."""
    raw = tokens(text)[: 2 * MAX_WOORDEN]
    found: list[list[str]] = []
    at = 0
    while at < len(raw):
        size = next((n for n in (3, 2) if at + n <= len(raw) and _is_word(raw[at : at + n], lijst)), 1)
        found.append(raw[at : at + size])
        at += size
    said = [words for words in found if len(words) > 1 or words[0] not in STOPWOORDEN]
    return (said or found)[:MAX_WOORDEN]


def _is_word(words: list[str], lijst: Lijst) -> bool:
    """Whether some words are written as one by an entry or a concept."""
    text = "".join(words)
    return (lijst.kent(text) or text in lijst.woordenboek.woorden) and not STOPWOORDEN.issuperset(words)


# --- from words to groups


def _groepen(words: list[list[str]], lijst: Lijst) -> Iterator[Groep]:
    at = 0
    while at < len(words):
        size, found = _concepts(words[at:], lijst)
        said = [word for some in words[at : at + size] for word in some]
        own: list[Frase] = [tuple(terms(word) for word in content(said))]
        other = [phrase for betekenis in found for phrase in betekenis.frasen]
        if lijst.kent("".join(said)) and len(said) > 1:
            other, own = [*own, *other], [(terms("".join(said)),)]
        if len(said) == 1:
            other += _other_forms(said[0], lijst, is_last=at + 1 == len(words))
        yield _groep(" ".join(said), own, other, found)
        at += size


def _concepts(words: list[list[str]], lijst: Lijst) -> tuple[int, list[Betekenis]]:
    """How many of these words, one at least, go together, and the concepts they are. Words that are one stay so."""
    first = words[0]
    taken, found = lijst.woordenboek.zoek([terms(word) for some in words for word in some])
    if taken < len(first):
        taken, found = len(first), lijst.woordenboek.zoek([terms("".join(first))])[1]
    ends = accumulate(len(some) for some in words)
    return next(n for n, end in enumerate(ends, 1) if end >= taken), found


def _groep(woord: str, eigen: Iterable[Frase], ander: Iterable[Frase], found: list[Betekenis]) -> Groep:
    kern = tuple(phrase for betekenis in found for phrase in betekenis.kern)
    zie_ook = tuple(phrase for betekenis in found for phrase in betekenis.zie_ook)
    themas = tuple(dict.fromkeys(slug for betekenis in found for slug in betekenis.themas))
    return Groep(woord, tuple(eigen), tuple(ander), kern, zie_ook, themas)


def _other_forms(word: str, lijst: Lijst, *, is_last: bool) -> list[Frase]:
    """A compound as its parts, and the beginning of a word as the words that begin so."""
    forms: list[Frase] = []
    if found := parts(word):
        forms.append(tuple(terms(part) for part in found))
    if len(word) >= 3 and is_last:
        forms += [(frozenset({longer}),) for longer in lijst.beginnend_met(word, MAX_AANVULLINGEN)]
    return forms


def _nearest(word: str, lijst: Lijst) -> list[str]:
    """The known words that are one or two typing errors away, the nearest first."""
    if len(word) < 4:
        return []
    distance = 1 if len(word) < 7 else 2 if len(word) < 11 else 3
    known = (*lijst.woorden, *lijst.woordenboek.woorden)
    near = extract(word, known, scorer=OSA.distance, score_cutoff=distance, limit=10)
    ranked = sorted({(errors, found[0] != word[0], found) for found, errors, _ in near})
    return [found for errors, other_start, found in ranked if (errors, other_start) == ranked[0][:2]]


def nearby(text: str, lijst: Lijst, most: int = 3) -> list[str]:
    """Known words that look like a word of the text, for "did you mean": up to three letters are different."""
    found = []
    for word in content(tokens(text))[:MAX_WOORDEN]:
        near = extract(word, lijst.woorden, scorer=OSA.distance, score_cutoff=min(3, len(word) // 2), limit=most)
        found += [known for known, errors, _ in near if errors]
    return found[:most]


def _instead(groepen: list[Groep], unknown: list[Groep], lijst: Lijst) -> tuple[list[Groep], list[tuple[str, str]]]:
    """The groups with others in place of those that find nothing, and which words were corrected to which.

    First the concepts that have most of those words in their phrases, as one group; then the words that are nearest to
    one of them, alone or together with the word before it. A word in a script that no entry is in, and that no concept
    has, says nothing here and is left out.
    """
    loose, concepts = _loose([groep.woord for groep in unknown], lijst, is_all=len(unknown) == len(groepen))
    phrases = [phrase for betekenis in concepts for phrase in betekenis.frasen]
    instead = [_groep(" ".join(loose), (), phrases, concepts)] if concepts else []
    verbeterd: list[tuple[str, str]] = []
    before = ""
    for groep in groepen:
        if groep not in unknown:
            instead.append(groep)
        elif groep.woord in loose:
            pass
        elif nearest := _nearest(groep.woord, lijst) or (_nearest(before + groep.woord, lijst) if before else []):
            instead.append(_joined(nearest, lijst))
            verbeterd.append((groep.woord, nearest[0]))
        elif groep.woord.isascii():
            instead.append(groep)
        before = groep.woord
    return instead or groepen, verbeterd


def _loose(words: list[str], lijst: Lijst, *, is_all: bool) -> tuple[list[str], list[Betekenis]]:
    """The concepts that have most of these words in their phrases, and which of the words those are.

    A word that few concepts have says most. One that many have says too little, unless it is all that there is.
    """
    per_word = {word: _with_word(word, lijst) for word in words}
    votes = Counter[str]()
    for found in per_word.values():
        for slug in found:
            votes[slug] += round(1000 / len(found))
    best = max(votes.values(), default=0)
    winners = {slug for slug, count in votes.items() if count == best}
    if len(winners) > MAX_LOS and not is_all:
        return [], []
    chosen = {slug: b for found in per_word.values() for slug, b in found.items() if slug in winners}
    return [word for word, found in per_word.items() if chosen.keys() & found.keys()], list(chosen.values())


def _with_word(word: str, lijst: Lijst) -> dict[str, Betekenis]:
    """The concepts that have a word in a phrase, by their slug. Words in other scripts may have a typing error."""
    los = lijst.woordenboek.los
    for some in (word.split(), [] if word.isascii() else _nearest(word, lijst)):
        if found := {b.slug: b for one in some for term in terms(one) for b in los.get(term, ())}:
            return found
    return {}


def _joined(nearest: list[str], lijst: Lijst) -> Groep:
    """One group for words that are all as near to what was typed."""
    forms = list(_groepen([[word] for word in nearest], lijst))
    return Groep(
        nearest[0],
        tuple(phrase for form in forms for phrase in form.eigen),
        tuple(phrase for form in forms for phrase in form.ander),
        tuple(phrase for form in forms for phrase in form.kern),
        tuple(phrase for form in forms for phrase in form.zie_ook),
        tuple(slug for form in forms for slug in form.themas),
    )


# --- from groups to sets

Sets = tuple[Verzameling, ...]
"""Entries that have a term anywhere, in their text, in their name."""

PLACES = 3
Postings = dict[str, Sets]


def _postings(lijst: Lijst, groepen: Iterable[Groep]) -> Postings:
    """Where every term of the groups stands."""
    wanted = {
        term
        for groep in groepen
        for phrase in (*groep.eigen, *groep.ander, *groep.zie_ook)
        for word in phrase
        for term in word
    }
    if len(lijst.termen) > MAX_TERMEN:
        lijst.termen.clear()
    known = {term: sets for term in wanted if (sets := lijst.termen.get(term)) is not None}
    if unread := wanted - known.keys():
        rows = Zoekterm.objects.filter(soort=lijst.soort, term__in=unread, aantal__gt=0)
        read = dict.fromkeys(unread, ())
        for term, *sets in rows.values_list("term", "overal", "in_tekst", "in_naam"):
            read[term] = tuple(Verzameling.deserialize(bytes(bits)) for bits in sets)
        lijst.termen.update(read)
        known |= read
    return {term: sets for term, sets in known.items() if sets}


def _found(phrases: Iterable[Frase], postings: Postings) -> Sets:
    """The entries with one of the phrases in each place; of a phrase with all of its words."""
    standing = [[[postings[term] for term in word if term in postings] for word in phrase] for phrase in phrases]
    whole = [words for words in standing if all(words)]
    return tuple(
        union(intersection(union(sets[place] for sets in word) for word in words) for words in whole)
        for place in range(PLACES)
    )


def _levels(groep: Groep, postings: Postings, lijst: Lijst) -> dict[str, Sets]:
    """The entries that a group finds, by how it finds them, and where."""
    kinds = {"eigen": groep.eigen, "ander": groep.ander, "kern": groep.kern, "zie_ook": groep.zie_ook}
    found = {name: _found(phrases, postings) for name, phrases in kinds.items()}
    return found | {"thema": (union(lijst.met(f"thema:{slug}") for slug in groep.themas),)}


def _tel(
    gevonden: list[dict[str, Sets]], lijst: Lijst, verbeterd: list[tuple[str, str]], themas: list[str]
) -> Antwoord:
    """The answer from what each group found."""
    score, per_group, has_words = Score(), [], LEEG
    for levels in gevonden:
        themselves = (levels["eigen"][0] | levels["ander"][0]) & lijst.alles
        has_words |= themselves
        _, may_help, _ = levels["zie_ook"]  # by a text: a fact, such as a theme, would make the list long
        found = themselves | may_help & lijst.alles
        if len(found) < GENOEG:
            found |= levels["thema"][0] & lijst.alles
        weight = _weight(themselves, lijst)
        for name, sets in levels.items():
            for points, bits in zip(PUNTEN[name], sets, strict=False):
                score.add(bits & lijst.alles, points * (weight if name in ZELF else 1))
        per_group.append(found)
    bits, count = LEEG, len(per_group) + 1
    while len(bits) < GENOEG and count > max(1, (len(per_group) + 1) // 2):
        count -= 1
        bits = at_least(per_group, count)
    ruimer = count < len(per_group) and not at_least(per_group, len(per_group))
    return Antwoord(bits, score, has_words, verbeterd, ruimer, themas)


def _weight(bits: Verzameling, lijst: Lijst) -> int:
    """How much a group says: a word that few entries have says more than one that many have."""
    share = len(bits) / max(1, lijst.aantal)
    return next(weight for most, weight in ZELDZAAM if share <= most)
