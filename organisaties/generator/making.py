"""Makes the rows: organisations, places, activities, times. Nothing is stored here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from functools import cache
from itertools import accumulate
from typing import Any

from django.db import models
from django.utils.text import slugify

from organisaties import herhaling
from organisaties.choices import (
    ActiviteitStatus,
    JaNee,
    Kosten,
    LocatieSoort,
    OrganisatieStatus,
    Planning,
    UitzonderingSoort,
)
from organisaties.generator.chance import WORDS, Chance, Table, both, paragraphs
from organisaties.models import (
    Activiteit,
    Doelgroep,
    Locatie,
    Moment,
    Organisatie,
    Stadsdeel,
    Taal,
    Thema,
    Uitzondering,
    Vorm,
)
from organisaties.plaatsen import postcodes

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LETTERS = "ABCDEFGHJKLMNPRTVWXZ"
_AMOUNTS = [Decimal(amount) for amount in ("1", "2", "2.50", "3", "5", "7.50", "10", "15", "25", "60")]
_AGES = ((18, None), (16, None), (0, 4), (4, 12), (12, 18), (18, 27), (55, None), (None, 27))


class ListsEmptyError(Exception):
    """The lists of terms that entries choose from are not in the database."""


@dataclass
class Terms:
    """The lists of terms in the database, in an order that does not depend on it."""

    themas: list[Thema]
    vormen: list[Vorm]
    doelgroepen: list[Doelgroep]
    talen: list[Taal]
    postcodes: Table

    @classmethod
    def load(cls) -> Terms:
        """Read the lists. Raises ListsEmptyError when one of them has no rows."""
        lists = [
            sorted(model.objects.all(), key=lambda term: (term.volgorde, term.slug))
            for model in (Thema, Vorm, Doelgroep, Taal)
        ]
        postcodes = _postcodes()
        if not all(lists) or not postcodes[0]:
            raise ListsEmptyError
        return cls(*lists, postcodes)


def _postcodes() -> Table:
    stadsdelen = {stadsdeel.code: stadsdeel for stadsdeel in Stadsdeel.objects.all()}
    known = [(stadsdelen[code], postcode, punt) for postcode, (punt, code) in postcodes().items() if code in stadsdelen]
    codes = [stadsdeel.code for stadsdeel, _, _ in known]
    weights = accumulate(WORDS["stadsdelen"][code] / codes.count(code) for code in codes)
    return known, list(weights)


@dataclass
class Bundle:
    """One organisation and all that hangs on it, not stored yet."""

    organisatie: Organisatie
    locaties: list[Locatie] = field(default_factory=list)
    activiteiten: list[Activiteit] = field(default_factory=list)
    momenten: list[Moment] = field(default_factory=list)
    uitzonderingen: list[Uitzondering] = field(default_factory=list)
    links: list[tuple[Any, models.Model, models.Model]] = field(default_factory=list)

    def link(self, relation: Any, entry: models.Model, terms: Iterable[models.Model]) -> None:
        self.links.extend((relation, entry, term) for term in terms)


class Generator:
    """Makes bundles from chance alone. `terms` are the only rows it knows."""

    def __init__(self, seed: int, peildatum: date, terms: Terms) -> None:
        self.seed, self.peildatum, self.terms = seed, peildatum, terms
        self.chance = Chance(seed)
        self.made = 0

    def bundles(self, aantal: int) -> Iterator[Bundle]:
        """Organisations with about twelve activities each, until there are `aantal` activities."""
        self.made = number = 0
        while self.made < aantal:
            number += 1
            size = min(self.chance.one((1, 3, 5, 8, 10, 12, 14, 17, 21, 29)), aantal - self.made)
            yield self._bundle(number, size)

    def _bundle(self, number: int, size: int) -> Bundle:
        bundle = Bundle(self._organisatie(number))
        organisatie, chance = bundle.organisatie, self.chance
        bundle.locaties = [self._locatie(organisatie) for _ in range(chance.one((1, 1, 1, 2, 3)))]
        bundle.link(Organisatie.themas, organisatie, chance.several(self.terms.themas, "12234"))
        bundle.link(Organisatie.doelgroepen, organisatie, chance.several(self.terms.doelgroepen, "00012"))
        bundle.link(Organisatie.talen, organisatie, chance.several(self.terms.talen, "12346"))
        for _ in range(size):
            self._add_activiteit(bundle)
        return bundle

    # --- organisations and their places

    def _organisatie(self, number: int) -> Organisatie:
        chance = self.chance
        english = chance.whether(85)
        words = [chance.one(WORDS["organisatiesoorten"]), chance.one(WORDS["plekken"])]
        naam = " ".join([*words, chance.one(WORDS["wijken"])] if chance.whether(60) else words)
        slug = f"gen-{self.seed}-{slugify(naam)[:38].strip('-')}-{number}"
        texts = [chance.sentence(pair) for pair in chance.random.sample(WORDS["profiel"], chance.number(6, 12))]
        seeks = chance.weighted("zelden")
        return Organisatie(
            slug=slug,
            naam=naam,
            status=OrganisatieStatus.GEPUBLICEERD.value,
            **both("samenvatting", texts[0], english),
            **both("omschrijving", paragraphs(texts[1:]), english),
            bereik=chance.weighted("bereik"),
            opgericht_in=chance.number(1970, self.peildatum.year) if chance.whether(70) else None,
            website=f"https://{slug}.example",
            email=f"info@{slug}.example" if chance.whether(80) else "",
            # no subscriber's number in the Netherlands begins with a zero, so this is nobody's
            telefoon=f"020 0{chance.number(10, 99)} {chance.number(1000, 9999)}" if chance.whether(60) else "",
            zoekt_vrijwilligers=seeks,
            **both(
                "vrijwilligers",
                chance.one(WORDS["vrijwilligers"]) if seeks == JaNee.JA else ("", ""),
                english,
            ),
            bevestigd_op=self._bevestigd_op(),
        )

    def _locatie(self, organisatie: Organisatie) -> Locatie:
        chance = self.chance
        soort = chance.weighted("soort")
        address: dict[str, Any] = {"plaats": ""} if soort == LocatieSoort.ONLINE else self._address()
        uitleg = WORDS["uitleg_online" if soort == LocatieSoort.ONLINE else "uitleg_plek"]
        return Locatie(
            organisatie=organisatie,
            soort=soort,
            naam="" if soort == LocatieSoort.ONLINE else chance.one(WORDS["plekken"]),
            **both("uitleg", chance.one(uitleg) if chance.whether(40) else ("", ""), True),
            **address,
        )

    def _address(self) -> dict[str, Any]:
        chance = self.chance
        stadsdeel, postcode, punt = chance.from_table(self.terms.postcodes)
        if chance.whether(8):  # the street is not known, only the district
            return {"stadsdeel": stadsdeel, "plaats": "Amsterdam"}
        street = chance.one(WORDS["straatbegin"]) + chance.one(WORDS["straateind"])
        return {
            "straat": f"{street} {chance.number(1, 240)}",
            "postcode": f"{postcode} {chance.one(_LETTERS)}{chance.one(_LETTERS)}",
            "plaats": "Weesp" if stadsdeel.code == "S" else "Amsterdam",
            "stadsdeel": stadsdeel,
            "breedtegraad": Decimal(round(punt.breedte * 1e6) + chance.number(-3000, 3000)).scaleb(-6),
            "lengtegraad": Decimal(round(punt.lengte * 1e6) + chance.number(-4500, 4500)).scaleb(-6),
        }

    # --- activities

    def _add_activiteit(self, bundle: Bundle) -> None:
        chance, terms = self.chance, self.terms
        self.made += 1
        english = chance.whether(85)
        thema, status = chance.skewed(terms.themas), chance.weighted("status")
        paused = status == ActiviteitStatus.GEPAUZEERD
        activiteit = Activiteit(
            organisatie=bundle.organisatie,
            status=status,
            pauze_tot=self.peildatum + timedelta(chance.number(1, 60)) if paused else None,
            thema_id=thema.pk,
            vorm_id=chance.skewed(terms.vormen).pk if chance.whether(90) else None,
            locatie=chance.one(bundle.locaties) if chance.whether(92) else None,
            bevestigd_op=self._bevestigd_op(),
            **self._texts(thema, english),
            **self._doorstep(english),
            **self._welcome(english),
        )
        bundle.activiteiten.append(activiteit)
        others = (other for other in chance.several(terms.themas, "00112") if other != thema)
        bundle.link(Activiteit.andere_themas, activiteit, others)
        bundle.link(Activiteit.doelgroepen, activiteit, chance.several(terms.doelgroepen, "0000011123"))
        bundle.link(Activiteit.talen, activiteit, chance.several(terms.talen, "00112235"))
        if activiteit.planning == Planning.VAST:
            for _ in range(chance.one((1, 1, 1, 1, 1, 1, 2, 2, 3))):
                self._add_moment(bundle, activiteit)

    def _texts(self, thema: Thema, english: bool) -> dict[str, str]:
        chance = self.chance
        own = WORDS["themas"].get(thema.slug, WORDS["themas"]["ontmoeten"])
        what, where = chance.skewed(own["namen"]), chance.one((*WORDS["plekken"], *WORDS["wijken"]))
        sentences = chance.random.sample(own["zinnen"], chance.number(2, 4))
        sentences += chance.random.sample(WORDS["zinnen"], chance.number(4, 8))
        return {
            "slug": f"gen-{self.seed}-{slugify(f'{what[0]} {where}')}-{self.made}",
            **both("naam", (f"{what[0]} {where}", f"{what[1]} {where}"), english),
            **both("samenvatting", chance.one(own["kort"]), english),
            **both("omschrijving", paragraphs([chance.sentence(pair) for pair in sentences]), english),
        }

    def _doorstep(self, english: bool) -> dict[str, Any]:
        chance = self.chance
        planning, kosten, meedoen = (chance.weighted(name) for name in ("planning", "kosten", "meedoen"))
        costs = kosten == Kosten.BEDRAG
        steps = WORDS["stappen"][meedoen] if chance.whether(70) else [("", "")]
        return {
            "planning": planning,
            **self._remark("wanneer", WORDS["wanneer"][planning], 30, english),
            "kosten": kosten,
            "bedrag": chance.skewed(_AMOUNTS) if costs and chance.whether(80) else None,
            "stadspas": chance.weighted("vaak" if costs else "zelden"),
            **self._remark("kosten_uitleg", WORDS["kosten"], 60 if costs else 0, english),
            "papieren": chance.weighted("papieren"),
            "meedoen": meedoen,
            **both("stappen", ["\n".join(lines) for lines in zip(*steps, strict=True)], english),
            "niveau": chance.weighted("niveau"),
            **self._remark("taal_uitleg", WORDS["taal"], 25, english),
        }

    def _welcome(self, english: bool) -> dict[str, Any]:
        chance = self.chance
        van, tot = chance.skewed(_AGES) if chance.whether(35) else (None, None)
        first, second = chance.one(WORDS["voornamen"]), chance.one(WORDS["voornamen"])
        wachtlijst = chance.weighted("zelden")
        return {
            "leeftijd_van": van,
            "leeftijd_tot": tot,
            **self._remark("ontvangst", [(f"{first} of {second}", f"{first} or {second}")], 55, english),
            "kinderen": chance.weighted("kinderen"),
            "toegang": chance.weighted("toegang"),
            "wachtlijst": wachtlijst,
            **self._remark("wachtlijst_uitleg", WORDS["wachtlijst"], 70 if wachtlijst == JaNee.JA else 0, english),
            "zoekt_vrijwilligers": chance.weighted("zelden"),
        }

    def _remark(self, name: str, pairs: Sequence[Sequence[str]], percentage: int, english: bool) -> dict[str, str]:
        return both(name, self.chance.one(pairs) if self.chance.whether(percentage) else ("", ""), english)

    def _bevestigd_op(self) -> date | None:
        if self.chance.whether(10):
            return None
        return self.peildatum - timedelta(int(730 * self.chance.random.random() ** 2))

    # --- times

    def _add_moment(self, bundle: Bundle, activiteit: Activiteit) -> None:
        chance = self.chance
        regel, start_on = self._rule()
        moment = Moment(activiteit=activiteit, regel=regel, start_on=start_on)
        if len(bundle.locaties) > 1 and chance.whether(10):
            moment.locatie = chance.one(bundle.locaties)
        if chance.whether(82):
            begin = chance.number(18, 40) * 30
            moment.begin = time(begin // 60, begin % 60)
            if chance.whether(92):
                end = begin + chance.one((60, 90, 90, 120, 120, 150, 180))
                moment.eind = time(end // 60, end % 60)
        else:
            moment.dagdeel = chance.weighted("dagdeel")
        moment.laatste_on, moment.weekdagen = _derived_days(regel, start_on)
        moment.minuut = _derived_minute(moment.begin, moment.dagdeel)
        bundle.momenten.append(moment)
        if chance.whether(4):
            self._add_uitzondering(bundle, moment)

    def _rule(self) -> tuple[str, date]:
        chance = self.chance
        weekday = chance.skewed((1, 2, 3, 0, 4, 5, 6))
        monday = self.peildatum - timedelta(self.peildatum.weekday())
        start_on = monday + timedelta(weeks=-chance.number(0, 100), days=weekday)
        match chance.weighted("herhaling"):
            case "eenmalig":
                return "", monday + timedelta(weeks=chance.number(1, 12), days=weekday)
            case "maand":
                return f"FREQ=MONTHLY;BYDAY={chance.one(('1', '2', '3', '-1'))}{_DAYS[weekday]}", start_on
            case "om de week":
                return f"FREQ=WEEKLY;INTERVAL=2;BYDAY={_DAYS[weekday]}", start_on
            case "twee dagen":
                rule = f"FREQ=WEEKLY;BYDAY={_DAYS[weekday]},{_DAYS[(weekday + 2) % 7]}"
            case _:
                rule = f"FREQ=WEEKLY;BYDAY={_DAYS[weekday]}"
        if chance.whether(8):  # a course with an end
            until = monday + timedelta(weeks=chance.one((8, 16, 30)))
            rule = f"{rule};UNTIL={until:%Y%m%d}T235959"
        return rule, start_on

    def _add_uitzondering(self, bundle: Bundle, moment: Moment) -> None:
        chance = self.chance
        first = self.peildatum
        days = herhaling.dates(moment.regel, moment.start_on, first, first + timedelta(90))
        soort, english = chance.weighted("uitzondering"), chance.whether(85)
        if not days:
            return
        day = chance.one(days)
        uitzondering = Uitzondering(
            moment=moment,
            soort=soort,
            datum_on=day,
            **self._remark("reden", WORDS["redenen"], 80, english),
        )
        if soort == UitzonderingSoort.PAUZE:
            uitzondering.tot_en_met_on = day + timedelta(chance.number(7, 42))
        elif soort == UitzonderingSoort.VERPLAATST:
            uitzondering.nieuw_on = day + timedelta(1)
            uitzondering.nieuw_begin, uitzondering.nieuw_eind = moment.begin, moment.eind
        bundle.uitzonderingen.append(uitzondering)


@cache
def _derived_days(regel: str, start_on: date) -> tuple[date | None, int]:
    moment = Moment(regel=regel, start_on=start_on)
    moment.derive()
    return moment.laatste_on, moment.weekdagen


@cache
def _derived_minute(begin: time | None, dagdeel: str) -> int:
    moment = Moment(start_on=date(2000, 1, 1), begin=begin, dagdeel=dagdeel)
    moment.derive()
    return moment.minuut
