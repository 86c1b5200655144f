"""What paper says about each subject of an activity, in the language of the moment.

A text that is there in Dutch only is not repeated on the other side: that side says so, in its own language.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Protocol

from django.conf import settings
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from organisaties.choices import JaNee, Kinderen, Kosten, Meedoen, Niveau, Papieren, Toegang, Vertaalstaat
from organisaties.fields import Vertaling
from organisaties.models import Activiteit, Plek, Uitzondering
from organisaties.papier.regels import Lines, Regel

_HIDDEN = _("Deze plek staat niet op de website. Vraag het de organisatie. Dan hoor je waar je moet zijn.")
_UNCHECKED = _("De organisatie heeft deze tekst nog niet gecontroleerd. Vraag het na voordat je gaat.")
_VERTAALD = {
    Vertaalstaat.VEROUDERD: _("Deze tekst is ouder dan de tekst in de andere taal. Misschien klopt niet alles nog."),
    Vertaalstaat.MACHINE: _("Een computer heeft deze tekst vertaald. Niemand heeft hem nog nagelezen."),
}
_STAPPEN = {
    Meedoen.INLOOP: (_("Kom gewoon langs."), _("Je hoeft je niet aan te melden.")),
    Meedoen.AANMELDEN: (_("Meld je eerst aan."), _("Bel, mail of kijk op de website van de organisatie.")),
    Meedoen.INTAKE: (_("Maak eerst een afspraak."), _("In een gesprek vertel je wat je zoekt.")),
    Meedoen.VERWIJZING: (
        _("Iemand anders meldt je aan."),
        _("Bijvoorbeeld je begeleider, je dokter of de school."),
    ),
    Meedoen.ONBEKEND: (_("Vraag hoe je mee kunt doen."), _("Wij weten nog niet hoe het hier gaat.")),
}


class Keer(Protocol):
    """One time that an activity takes place, as the agenda gives it."""

    datum: date
    begin: datetime | None
    eind: datetime | None
    uitzondering: Uitzondering | None

    @property
    def feestdag(self) -> str: ...

    @property
    def is_cancelled(self) -> bool: ...

    @property
    def is_moved(self) -> bool: ...


def _typed(*texts: str, vet: bool = False) -> Lines:
    """Texts that people typed, or the words that this one is in Dutch only."""
    for text in filter(None, texts):
        if isinstance(text, Vertaling) and text.is_fallback:
            yield Regel(gettext("Alleen in het Nederlands"), is_noot=True)
        else:
            yield Regel(str(text), vet=vet)


def _naam(activiteit: Activiteit, keren: Sequence[Keer]) -> Lines:
    yield from _typed(activiteit.naam, vet=True)


def _wat(activiteit: Activiteit, keren: Sequence[Keer]) -> Lines:
    yield from _typed(activiteit.samenvatting)


def _status(activiteit: Activiteit, keren: Sequence[Keer]) -> Lines:
    if activiteit.is_stopped:
        yield Regel(gettext("Deze activiteit is gestopt."), vet=True)
    elif activiteit.is_paused:
        day = date_format(activiteit.pauze_tot, "l j F")
        words = gettext("<b>Nu is er pauze.</b> Op %(datum)s begint het weer.")
        yield Regel(strip_tags(words) % {"datum": day}, vet=True)
    elif activiteit.is_full:
        waiting = activiteit.wachtlijst == JaNee.JA
        yield Regel(gettext("Nu is het vol."), vet=True)
        yield Regel(
            gettext("Vraag of je op de wachtlijst kunt.") if waiting else gettext("Vraag wanneer er weer plek is.")
        )


def _wanneer(activiteit: Activiteit, keren: Sequence[Keer]) -> Lines:
    times = activiteit.tijden
    yield from _typed(*(times or [gettext("Onbekend: vraag het")]), vet=bool(times))
    if activiteit.momenten.all():
        yield from _typed(activiteit.wanneer)


def _keren(activiteit: Activiteit, keren: Sequence[Keer]) -> Lines:
    for keer in keren:
        hours = " – ".join(f"{moment:%H:%M}" for moment in (keer.begin, keer.eind) if moment)
        words = ", ".join(filter(None, (date_format(keer.datum, "l j F"), hours)))
        if keer.is_cancelled:
            words = f"{words}: {gettext('gaat niet door')}"
        elif keer.is_moved:
            words = f"{words}: {gettext('andere dag of tijd')}"
        yield Regel(words, vet=keer.is_cancelled or keer.is_moved)
        if keer.uitzondering:
            yield from _typed(keer.uitzondering.reden)
        if keer.feestdag and not keer.is_cancelled:
            yield Regel(gettext("%(naam)s: vraag of het doorgaat.") % {"naam": keer.feestdag})


def _waar(activiteit: Activiteit, keren: Sequence[Keer]) -> Lines:
    plek = activiteit.plek
    if plek is None:
        yield from _typed(activiteit.waar or gettext("Onbekend: vraag het"))
        return
    if plek.is_hidden:
        yield Regel(gettext(_HIDDEN))
    elif plek.is_online:
        yield Regel(gettext("Online"), vet=True)
    else:
        yield from _address(plek)
    yield from _typed(activiteit.waar, plek.uitleg)


def _address(plek: Plek) -> Lines:
    town = f"{plek.postcode} {plek.plaats}".strip()
    if plek.naam:
        yield Regel(plek.naam, vet=True, is_naam=True)
    where = ", ".join(filter(None, (plek.straat, town)))
    yield Regel(f"{where} ({plek.stadsdeel})" if plek.stadsdeel else where, is_ltr=True)
    if not plek.straat:
        yield Regel(gettext("Het precieze adres kennen wij niet. Vraag het de organisatie."))


def _kosten(activiteit: Activiteit, keren: Sequence[Keer]) -> Lines:
    yield Regel(str(activiteit.kosten_in_woorden), vet=activiteit.kosten != Kosten.ONBEKEND)
    yield from _typed(activiteit.kosten_uitleg)
    if activiteit.stadspas == JaNee.JA:
        yield Regel(gettext("Met de Stadspas krijg je korting."))
    elif activiteit.kosten == Kosten.BEDRAG and activiteit.stadspas == JaNee.ONBEKEND:
        yield Regel(gettext("Korting met Stadspas: vraag het."))


def _papieren(activiteit: Activiteit, keren: Sequence[Keer]) -> Lines:
    yield Regel(str(Papieren(activiteit.papieren).label))


def _meedoen(activiteit: Activiteit, keren: Sequence[Keer]) -> Lines:
    if activiteit.is_stopped:
        return
    if activiteit.stappen.is_fallback:
        yield from _typed(activiteit.stappen)
    elif steps := activiteit.stappen_lijst:
        yield from (Regel(f"{n}. {step}") for n, step in enumerate(steps, 1))
    else:
        first, then = _STAPPEN[Meedoen(activiteit.meedoen)]
        yield Regel(gettext(first), vet=True)
        yield Regel(gettext(then))
    if activiteit.wachtlijst == JaNee.JA:
        yield Regel(gettext("Er is een wachtlijst."))
        yield from _typed(activiteit.wachtlijst_uitleg)


def _niveau(activiteit: Activiteit, keren: Sequence[Keer]) -> Lines:
    yield Regel(str(Niveau(activiteit.niveau).label))
    yield from _typed(activiteit.taal_uitleg)


def _voor_wie(activiteit: Activiteit, keren: Sequence[Keer]) -> Lines:
    yield from _typed(activiteit.voor_wie)


def _kinderen(activiteit: Activiteit, keren: Sequence[Keer]) -> Lines:
    yield Regel(str(Kinderen(activiteit.kinderen).label))


def _rolstoel(activiteit: Activiteit, keren: Sequence[Keer]) -> Lines:
    yield Regel(str(Toegang(activiteit.toegang).label))


def _van(activiteit: Activiteit, keren: Sequence[Keer]) -> Lines:
    yield Regel(activiteit.organisatie.naam, is_naam=True)
    if activiteit.ontvangst.is_fallback:
        yield from _typed(activiteit.ontvangst)
    elif activiteit.ontvangst:
        yield Regel(gettext("%(wie)s ontvangt je.") % {"wie": activiteit.ontvangst})


def _contact(activiteit: Activiteit, keren: Sequence[Keer]) -> Lines:
    organisatie = activiteit.organisatie
    ways = [organisatie.telefoon, organisatie.email, organisatie.website_naam]
    if not any(ways):
        words = gettext("Wij kennen geen telefoon of mail van %(naam)s. Heb je hulp nodig?")
        yield Regel(words % {"naam": organisatie.naam})
        ways = [settings.CONTACT_EMAIL]
    yield from (Regel(way, vet=way == organisatie.telefoon, is_ltr=True) for way in ways if way)


def _klopt(activiteit: Activiteit, keren: Sequence[Keer]) -> Lines:
    if activiteit.bevestigd_op:
        words = gettext("%(naam)s heeft deze tekst gecontroleerd op %(datum)s.")
        yield Regel(words % {"naam": activiteit.organisatie.naam, "datum": date_format(activiteit.bevestigd_op)})
    else:
        yield Regel(gettext(_UNCHECKED))
    states = (activiteit.vertaalmelding, activiteit.plek.vertaalmelding if activiteit.plek else "")
    yield from (Regel(gettext(words), is_noot=True) for state, words in _VERTAALD.items() if state in states)


ONDERWERPEN: dict[str, tuple[str, Callable[[Activiteit, Sequence[Keer]], Lines]]] = {
    "naam": ("", _naam),
    "wat": ("", _wat),
    "status": (_("Let op"), _status),
    "wanneer": (_("Wanneer"), _wanneer),
    "keren": (_("Dagen"), _keren),
    "waar": (_("Waar"), _waar),
    "kosten": (_("Kosten"), _kosten),
    "papieren": (_("Papieren"), _papieren),
    "meedoen": (_("Zo doe je mee"), _meedoen),
    "niveau": (_("Nederlands"), _niveau),
    "voor-wie": (_("Voor wie"), _voor_wie),
    "kinderen": (_("Kinderen"), _kinderen),
    "rolstoel": (_("Rolstoel"), _rolstoel),
    "van": (_("Van"), _van),
    "contact": (_("Bel of mail"), _contact),
    "klopt": (_("Klopt dit?"), _klopt),
}
"""Every subject in the order of the sheet: its heading and its lines. Name and summary stand above the rest."""
