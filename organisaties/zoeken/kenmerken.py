"""The facets: by what an entry can be chosen, and which of those values it has.

An organisation has a value when it has it itself, or when one of its activities in the lists has it. Where an entry is
is written down beside the facets in the same way: "punt:52371,4904" and "pc4:1018".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisaties.choices import Dagdeel, JaNee, Kinderen, Kosten, LocatieSoort, Meedoen, Niveau, Papieren, Toegang
from organisaties.models import (
    Activiteit,
    Doelgroep,
    Locatie,
    Moment,
    Organisatie,
    Plek,
    Stadsdeel,
    Taal,
    Thema,
    Vorm,
)
from organisaties.models.taxonomie import Term

DAGEN = ("ma", "di", "wo", "do", "vr", "za", "zo")
MIDDAG, AVOND = 12 * 60, 18 * 60
"""The minutes of the day at which the afternoon and the evening begin."""

JA = "ja"
Label = str | Promise | Term | Stadsdeel
"""What a value is called: a text, or a row of a list that has a name per language."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing to choose by. Its name is the parameter in the address. A flag has one value only."""

    naam: str
    label: Label
    waarden: Callable[[], list[tuple[str, Label]]]
    is_vlag: bool = False


def _terms(model: type[models.Model]) -> list[tuple[str, Label]]:
    return [(term.slug, term) for term in model._default_manager.all()]


def in_woorden(label: Label) -> str:
    """A label in the language of the reader."""
    return label.naam if isinstance(label, models.Model) else str(label)


def _fixed(*pairs: tuple[str, Label]) -> list[tuple[str, Label]]:
    return list(pairs)


def _flag(naam: str, label: Label, waarde: str = JA) -> Facet:
    return Facet(naam, label, partial(_fixed, (waarde, label)), is_vlag=True)


def _levels() -> list[tuple[str, Label]]:
    return [(value, label) for value, label in Niveau.choices if value != Niveau.ONBEKEND]


FACETTEN = (
    Facet("thema", _("Thema"), partial(_terms, Thema)),
    Facet("stadsdeel", _("Stadsdeel"), partial(_terms, Stadsdeel)),
    _flag("gratis", Kosten.GRATIS.label),
    _flag("papieren", Papieren.GEEN.label, Papieren.GEEN),
    _flag("inloop", Meedoen.INLOOP.label),
    _flag("opvang", Kinderen.OPVANG.label),
    _flag("rolstoel", Toegang.JA.label),
    _flag("online", LocatieSoort.ONLINE.label),
    _flag("vrijwilligers", _("Zoekt vrijwilligers")),
    Facet("dag", _("Dag"), lambda: [(slug, WEEKDAYS[n]) for n, slug in enumerate(DAGEN)]),
    Facet("dagdeel", _("Dagdeel"), lambda: list(Dagdeel.choices)),
    Facet("vorm", _("Wat voor activiteit"), partial(_terms, Vorm)),
    Facet("voor", _("Voor wie"), partial(_terms, Doelgroep)),
    Facet("niveau", _("Hoeveel Nederlands"), _levels),
    Facet("spreekt", _("Wij spreken"), partial(_terms, Taal)),
)
NAMEN = tuple(facet.naam for facet in FACETTEN)
PUNT, POSTCODE = "punt:", "pc4:"
"""How the codes of places begin: of a point, in thousandths of a degree; and of a postcode when there is no point."""


def van_activiteit(activiteit: Activiteit) -> set[str]:
    """The values of an activity, as "facet:value". Reads its relations; prefetch them when there are many."""
    moments = list(activiteit.momenten.all())
    found = {f"thema:{activiteit.thema.slug}", *(f"thema:{thema.slug}" for thema in activiteit.andere_themas.all())}
    found |= {f"voor:{groep.slug}" for groep in activiteit.doelgroepen.all()}
    found |= {f"spreekt:{taal.slug}" for taal in activiteit.talen.all()}
    if activiteit.vorm:
        found.add(f"vorm:{activiteit.vorm.slug}")
    if activiteit.niveau != Niveau.ONBEKEND:
        found.add(f"niveau:{activiteit.niveau}")
    found.update(_flags_of(activiteit), _van_momenten(moments))
    return found | _van_plekken([activiteit.locatie, *(moment.locatie for moment in moments)])


def _flags_of(activiteit: Activiteit) -> Iterator[str]:
    flags = {
        f"gratis:{JA}": activiteit.kosten == Kosten.GRATIS,
        f"papieren:{Papieren.GEEN}": activiteit.papieren == Papieren.GEEN,
        f"inloop:{JA}": activiteit.meedoen == Meedoen.INLOOP,
        f"opvang:{JA}": activiteit.kinderen == Kinderen.OPVANG,
        f"rolstoel:{JA}": activiteit.toegang == Toegang.JA,
        f"vrijwilligers:{JA}": activiteit.zoekt_vrijwilligers == JaNee.JA,
    }
    return (code for code, is_on in flags.items() if is_on)


def _van_momenten(moments: list[Moment]) -> set[str]:
    days = {f"dag:{slug}" for moment in moments for n, slug in enumerate(DAGEN) if moment.weekdagen & 1 << n}
    return days | {f"dagdeel:{part}" for moment in moments if (part := _dagdeel(moment))}


def _dagdeel(moment: Moment) -> str:
    if moment.begin is None:
        return moment.dagdeel
    if moment.minuut < MIDDAG:
        return Dagdeel.OCHTEND
    return Dagdeel.MIDDAG if moment.minuut < AVOND else Dagdeel.AVOND


def _van_plekken(places: list[Locatie | None]) -> set[str]:
    shown = [place for place in places if place and place.soort != LocatieSoort.VERBORGEN]
    found = {f"stadsdeel:{place.stadsdeel.slug}" for place in shown if place.stadsdeel}
    found |= {code for place in shown if (code := _where(place.plek))}
    return found | {f"online:{JA}" for place in shown if place.soort == LocatieSoort.ONLINE}


def _where(plek: Plek) -> str:
    if plek.punt:
        breedte, lengte = (round(degrees * 1000) for degrees in plek.punt)
        return f"{PUNT}{breedte},{lengte}"
    return f"{POSTCODE}{plek.postcode[:4]}" if plek.postcode else ""


def van_organisatie(organisatie: Organisatie, activiteiten: list[Activiteit]) -> set[str]:
    """The values of an organisation with these activities, as "facet:value"."""
    found = {f"thema:{thema.slug}" for thema in organisatie.themas.all()}
    found |= {f"voor:{groep.slug}" for groep in organisatie.doelgroepen.all()}
    found |= {f"spreekt:{taal.slug}" for taal in organisatie.talen.all()}
    found |= _van_plekken(list(organisatie.locaties.all()))
    if organisatie.zoekt_vrijwilligers == JaNee.JA:
        found.add(f"vrijwilligers:{JA}")
    return found.union(*(van_activiteit(activiteit) for activiteit in activiteiten))
