"""What a visitor can choose in the lists. The names here are the parameters of the address."""

from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from organisaties.models import Activiteit, Organisatie, Stadsdeel, Thema

MAX_WORDS = 8
"""How many words of a search are looked for."""

MAX_LENGTH = 200
"""How many characters of a search are read."""

Choosable = Thema | Stadsdeel


@dataclass(frozen=True, slots=True)
class Keuze:
    """One value that was chosen: its name, and the query string without it."""

    naam: str
    zonder: str


@dataclass(frozen=True, slots=True)
class Groep:
    """The values of one parameter, and the slugs of those that are on."""

    naam: str
    label: str
    keuzes: list[Choosable]
    aan: list[str]


def contains_words(text: str, fields: tuple[str, ...]) -> Q:
    """Each word of the text is in one of the fields. No words: no condition."""
    words = text.split()[:MAX_WORDS]
    conditions = (reduce(lambda q, name: q | Q(**{f"{name}__icontains": w}), fields, Q()) for w in words)
    return reduce(and_, conditions, Q())


class Zoekfilter(django_filters.FilterSet):
    """Words, themes and districts: what both lists share. A value that does not exist is no choice."""

    q = django_filters.CharFilter(max_length=MAX_LENGTH, method="with_words")
    thema = django_filters.MultipleChoiceFilter(label=_("Thema"), method="with_themes")
    stadsdeel = django_filters.MultipleChoiceFilter(label=_("Stadsdeel"), method="with_districts")

    search_fields: tuple[str, ...] = ()

    def __init__(self, data: QueryDict, *args: Any, **kwargs: Any) -> None:
        self.terms: dict[str, dict[str, Choosable]] = {
            "thema": {thema.slug: thema for thema in Thema.objects.all()},
            "stadsdeel": {stadsdeel.slug: stadsdeel for stadsdeel in Stadsdeel.objects.all()},
        }
        super().__init__(self._known(data), *args, **kwargs)
        for name, terms in self.terms.items():
            self.filters[name].extra["choices"] = [(slug, slug) for slug in terms]

    def _known(self, data: QueryDict) -> QueryDict:
        """Our own parameters, and of those the values that exist: nothing else travels along."""
        known = QueryDict(mutable=True)
        if words := data.get("q", "").replace("\0", "").strip()[:MAX_LENGTH]:
            known["q"] = words
        for name, terms in self.terms.items():
            if values := [slug for slug in dict.fromkeys(data.getlist(name)) if slug in terms]:
                known.setlist(name, values)
        return known

    def with_words(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(contains_words(value, self.search_fields))

    def with_themes(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        return queryset.about([self.terms[name][slug] for slug in value])

    def with_districts(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        return queryset.in_districts([self.terms[name][slug] for slug in value])

    @property
    def words(self) -> str:
        """The words that are searched for, as they were typed."""
        return self.data.get("q", "")

    @property
    def groups(self) -> list[Groep]:
        """Everything there is to choose, in the order of the page."""
        return [
            Groep(name, str(self.filters[name].label), list(terms.values()), self.data.getlist(name))
            for name, terms in self.terms.items()
        ]

    def chosen(self) -> list[Keuze]:
        """The values that are on, each with the query string that takes just that one off."""
        found = [Keuze(f"“{self.words}”", self._without("q", self.words))] if self.words else []
        for name, terms in self.terms.items():
            found += [Keuze(terms[slug].naam, self._without(name, slug)) for slug in self.data.getlist(name)]
        return found

    def kept(self) -> list[tuple[str, str]]:
        """The names and values that stay on when other words are searched for."""
        return [(name, slug) for name in self.terms for slug in self.data.getlist(name)]

    def _without(self, name: str, value: str) -> str:
        data = self.data.copy()
        data.setlist(name, [other for other in data.getlist(name) if other != value])
        return f"?{data.urlencode()}" if data else ""


class ActiviteitFilter(Zoekfilter):
    search_fields = (
        "naam_nl",
        "naam_en",
        "samenvatting_nl",
        "samenvatting_en",
        "omschrijving_nl",
        "omschrijving_en",
        "organisatie__naam",
    )

    class Meta:
        model = Activiteit
        fields = ()


class OrganisatieFilter(Zoekfilter):
    search_fields = ("naam", "samenvatting_nl", "samenvatting_en", "omschrijving_nl", "omschrijving_en")

    class Meta:
        model = Organisatie
        fields = ()
