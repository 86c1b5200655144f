"""What a visitor can ask of the lists. The names of the filters are the parameters of the address.

The filter sets are the contract: which parameters there are, and as plain queries what each of them means. The pages
get the same answer from `organisaties.zoeken`, which also counts; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import django_filters
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from organisaties.choices import (
    Dagdeel,
    JaNee,
    Kinderen,
    Kosten,
    LocatieSoort,
    Meedoen,
    Papieren,
    Soort,
    Toegang,
)
from organisaties.models import Activiteit, Locatie, Moment, Organisatie
from organisaties.zoeken import lijst, zoek
from organisaties.zoeken.kenmerken import AVOND, DAGEN, FACETTEN, MIDDAG, Facet, in_woorden

MAX_LENGTH = 200
"""How many characters of a search are read."""

Values = list[str]
Condition = Callable[[Values], Q]


def _moments(condition: Q) -> Exists:
    return Exists(Moment.objects.filter(condition, activiteit=OuterRef("pk")))


def _on_days(days: Values) -> Q:
    mask = sum(1 << DAGEN.index(day) for day in days)
    moments = Moment.objects.annotate(dag=F("weekdagen").bitand(mask)).filter(dag__gt=0, activiteit=OuterRef("pk"))
    return Q(Exists(moments))


def _at_times(parts: Values) -> Q:
    hours = {
        Dagdeel.OCHTEND: Q(minuut__lt=MIDDAG),
        Dagdeel.MIDDAG: Q(minuut__gte=MIDDAG, minuut__lt=AVOND),
        Dagdeel.AVOND: Q(minuut__gte=AVOND),
    }
    found = Q(dagdeel__in=parts)
    for part in parts:
        found |= Q(hours[Dagdeel(part)], begin__isnull=False)
    return Q(_moments(found))


def _in_districts(slugs: Values) -> Q:
    shown = Locatie.objects.shown().filter(stadsdeel__slug__in=slugs)
    return Q(locatie__in=shown) | Q(_moments(Q(locatie__in=shown)))


def _online(values: Values) -> Q:
    return Q(locatie__soort=LocatieSoort.ONLINE) | Q(_moments(Q(locatie__soort=LocatieSoort.ONLINE)))


def _chosen(field: str) -> Condition:
    through = Activiteit._meta.get_field(field).remote_field.through
    column = through._meta.get_field(Activiteit._meta.get_field(field).m2m_reverse_field_name()).name
    return lambda slugs: Q(Exists(through.objects.filter(activiteit=OuterRef("pk"), **{f"{column}__slug__in": slugs})))


CONDITIONS: dict[str, Condition] = {
    "thema": lambda slugs: Q(thema__slug__in=slugs) | _chosen("andere_themas")(slugs),
    "stadsdeel": _in_districts,
    "gratis": lambda values: Q(kosten=Kosten.GRATIS),
    "papieren": lambda values: Q(papieren=Papieren.GEEN),
    "inloop": lambda values: Q(meedoen=Meedoen.INLOOP),
    "opvang": lambda values: Q(kinderen=Kinderen.OPVANG),
    "rolstoel": lambda values: Q(toegang=Toegang.JA),
    "online": _online,
    "vrijwilligers": lambda values: Q(zoekt_vrijwilligers=JaNee.JA),
    "dag": _on_days,
    "dagdeel": _at_times,
    "vorm": lambda slugs: Q(vorm__slug__in=slugs),
    "voor": _chosen("doelgroepen"),
    "niveau": lambda values: Q(niveau__in=values),
    "spreekt": _chosen("talen"),
}
"""What each facet means for an activity, for the values that are chosen of it."""

OWN_CONDITIONS: dict[str, Condition] = {
    "thema": lambda slugs: Q(themas__slug__in=slugs),
    "stadsdeel": lambda slugs: Q(locaties__in=Locatie.objects.shown().filter(stadsdeel__slug__in=slugs)),
    "online": lambda values: Q(locaties__soort=LocatieSoort.ONLINE),
    "vrijwilligers": lambda values: Q(zoekt_vrijwilligers=JaNee.JA),
    "voor": lambda slugs: Q(doelgroepen__slug__in=slugs),
    "spreekt": lambda slugs: Q(talen__slug__in=slugs),
}
"""What an organisation can have of its own, beside what its activities have."""


def _choices(facet: Facet) -> list[tuple[str, str]]:
    return [(slug, in_woorden(label)) for slug, label in facet.waarden()]


class Zoekfilter(django_filters.FilterSet):
    """Words, and a filter per facet."""

    soort = ""
    q = django_filters.CharFilter(max_length=MAX_LENGTH, method="with_words")

    def with_words(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(pk__in=list(zoek(lijst(self.soort), {}, value).bits))

    def with_values(self, queryset: QuerySet, name: str, value: Values) -> QuerySet:
        raise NotImplementedError

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        facets = {
            facet.naam: django_filters.MultipleChoiceFilter(
                facet.naam, label=facet.label, choices=partial(_choices, facet), method="with_values"
            )
            for facet in FACETTEN
        }
        return super().get_filters() | facets


class ActiviteitFilter(Zoekfilter):
    soort = Soort.ACTIVITEIT

    class Meta:
        model = Activiteit
        fields = ()

    def with_values(self, queryset: QuerySet, name: str, value: Values) -> QuerySet:
        return queryset.filter(CONDITIONS[name](value))


class OrganisatieFilter(Zoekfilter):
    soort = Soort.ORGANISATIE

    class Meta:
        model = Organisatie
        fields = ()

    def with_values(self, queryset: QuerySet, name: str, value: Values) -> QuerySet:
        offer = Activiteit.objects.listed().order_by().filter(CONDITIONS[name](value))
        owners = Q(pk__in=offer.values("organisatie"))
        if name in OWN_CONDITIONS:
            owners |= Q(pk__in=Organisatie.objects.order_by().filter(OWN_CONDITIONS[name](value)).values("pk"))
        return queryset.filter(owners)
