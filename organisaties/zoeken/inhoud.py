"""What of an entry can be searched: its texts and the words for its facts, each with its language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

from django.conf import settings
from django.db import models
from django.utils.translation import override

from organisaties import woorden
from organisaties.models import Activiteit, Organisatie

NAAM, TEKST, FEIT = 2, 1, 0
"""Where a word stands: in the name of an entry, in what was written about it, or in a fact such as its theme."""

Stuk = tuple[str, str, int]
"""A text, its language, and where it stands."""

_TALEN = tuple(code for code, _ in settings.LANGUAGES)
_TEKSTEN = ("samenvatting", "omschrijving", "wanneer", "waar", "kosten_uitleg", "taal_uitleg", "stappen")
_FEITEN = ("kosten", "papieren", "meedoen", "kinderen", "niveau")


def van_activiteit(activiteit: Activiteit) -> dict[str, int]:
    """The terms of an activity, each with the best place where it stands."""
    texts = chain(
        _columns(activiteit, ("naam",), NAAM),
        _columns(activiteit, _TEKSTEN, TEKST),
        _facts(activiteit),
        _names([activiteit.thema, activiteit.vorm, *activiteit.andere_themas.all(), *activiteit.doelgroepen.all()]),
        _names(activiteit.talen.all()),
        _places([activiteit.locatie, *(moment.locatie for moment in activiteit.momenten.all())]),
        [(activiteit.organisatie.naam, "nl", FEIT)],
    )
    return _terms(texts)


def van_organisatie(organisatie: Organisatie, activiteiten: list[Activiteit]) -> dict[str, int]:
    """The terms of an organisation with these activities, each with the best place where it stands."""
    texts = chain(
        [(organisatie.naam, "nl", NAAM)],
        _columns(organisatie, ("samenvatting", "omschrijving", "vrijwilligers"), TEKST),
        _names(organisatie.themas.all()),
        _names(organisatie.doelgroepen.all()),
        _names(organisatie.talen.all()),
        _places(organisatie.locaties.all()),
        *(_columns(activiteit, ("naam", "samenvatting"), TEKST) for activiteit in activiteiten),
    )
    return _terms(texts)


def _terms(texts: Iterable[Stuk]) -> dict[str, int]:
    by_language: dict[tuple[str, int], list[str]] = defaultdict(list)
    for text, language, place in texts:
        by_language[language, place].append(text)
    found: dict[int, set[str]] = defaultdict(set)
    for (language, place), pieces in by_language.items():
        whole, parts = woorden.index_terms("\n".join(pieces), language)
        found[place] |= whole
        # part of a compound counts as a word of the text, also when the compound is in the name
        found[min(place, TEKST)] |= parts
        if place == NAAM:
            found[NAAM].update(joined for text in pieces for joined in woorden.joined(text))
    return {term: place for place in (FEIT, TEKST, NAAM) for term in found[place]}


def _columns(entry: models.Model, names: tuple[str, ...], place: int = FEIT) -> Iterator[Stuk]:
    for name in names:
        for code in _TALEN:
            if text := getattr(entry, f"{name}_{code}", ""):
                yield text, code, place


def _facts(activiteit: Activiteit) -> Iterator[Stuk]:
    for name in _FEITEN:
        value = getattr(activiteit, name)
        if value != "onbekend":
            for code in _TALEN:
                yield _label(type(activiteit), name, value, code), code, FEIT


@lru_cache(maxsize=1024)
def _label(model: type[models.Model], name: str, value: str, language: str) -> str:
    with override(language):
        return str(dict(model._meta.get_field(name).flatchoices)[value])


def _names(terms: models.QuerySet | list[models.Model | None]) -> Iterator[Stuk]:
    for term in terms:
        if term is not None:
            yield from _columns(term, ("naam",))
            yield getattr(term, "eigen_naam", ""), "", FEIT


def _places(places: models.QuerySet | list[models.Model | None]) -> Iterator[Stuk]:
    for plek in (place.plek for place in places if place):
        yield f"{plek.naam} {plek.stadsdeel or ''}", "nl", FEIT
        if plek.is_online:
            yield "online", "nl", FEIT
