"""The register of personal data: of each field why it is asked, who sees it, on what ground, and for how long (P8).

Forms take their hints from it, `show_register` prints it, and a system check holds that no field is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext_lazy as _

from organisaties.validators import validate_phone


@dataclass(frozen=True, slots=True)
class Regel:
    """One row: plain words that may stand beside a field. `duur` may hold %(term)s of the setting BEWAARTERMIJNEN."""

    waarom: Any
    wie: Any
    grondslag: Any
    duur: Any

    @property
    def hoe_lang(self) -> str:
        return str(self.duur) % settings.BEWAARTERMIJNEN


_COORDINATOREN = _("Alleen de coördinatoren van het netwerk zien dit.")
_LATER = _("Eerst zien alleen de coördinatoren dit. Horen jullie bij het netwerk? Dan komt het op jullie pagina.")
_JIJ = _("Alleen jij ziet dit.")
_JIJ_OOK = _("Jij en de coördinatoren van het netwerk.")
_IEDEREEN = _("Iedereen: het staat op de website.")
_TEAM = _("De coördinatoren, en wie dezelfde organisatie beheert.")
_NIEMAND = _("Niemand: het is onleesbaar gemaakt.")

_VRAAG = _("Nodig voor wat je ons vraagt (AVG artikel 6, lid 1, b).")
_BELANG = _("Het netwerk moet zijn werk kunnen doen en nakijken (AVG artikel 6, lid 1, f).")

_AANVRAAG = _(
    "Adres niet bevestigd: %(onbevestigd)s dagen. Eerst nakijken: %(verdacht)s dagen. Ingetrokken: %(ingetrokken)s "
    "dagen. Afgewezen: %(afgewezen)s dagen. Goedgekeurd of gesprek afgerond: %(afgerond)s dagen."
)
_MELDING = _("Afgesloten: %(melding)s dagen. Eerst nakijken: %(melding_verdacht)s dagen. Open: %(melding_open)s dagen.")
_TOT_ANTWOORD = _(
    "Tot de melding is afgesloten, hooguit %(melding_open)s dagen. Een mail aan dit adres: tot %(verzonden)s dagen na "
    "het versturen."
)
_MAIL = _("Tot %(verzonden)s dagen na het versturen. Lukt versturen niet: tot %(mislukt)s dagen na het maken.")
_ACCOUNT = _("Tot je stopt als beheerder of coördinator, of tot je vraagt om het weg te halen.")
_SESSIE = _("Tot je uitlogt, of tot je 14 dagen niets doet. In het beheer 2 uur, en nooit langer dan 12 uur.")
_PUBLIEK = _("Tot de organisatie het verandert of weg wil van de website.")
_LOGBOEK = _("Tot %(logboek)s dagen na de verandering.")
_VERSIES = _("Tot %(versies)s dagen na de verandering.")

_OVER = _("Zo weten wij wat jullie doen en of het bij het netwerk past.")
_KEURDER = Regel(_("Zo weten collega’s wie ermee bezig is."), _COORDINATOREN, _BELANG, _AANVRAAG)
_ONTVANGST = Regel(_("Zo weet een bezoeker naar wie hij kan vragen."), _IEDEREEN, _BELANG, _PUBLIEK)
_VERSIE = Regel(_("Zo kan een vorige tekst terug worden gezet."), _TEAM, _BELANG, _VERSIES)
_SCHRIJVER = Regel(_("Zo weten collega’s wie iets veranderde."), _TEAM, _BELANG, _VERSIES)

REGISTER: dict[str, Regel] = {
    "aanvraag.naam": Regel(_("Zo weten wij hoe wij je noemen."), _COORDINATOREN, _VRAAG, _AANVRAAG),
    "aanvraag.email": Regel(_("Hier sturen wij ons antwoord heen."), _COORDINATOREN, _VRAAG, _AANVRAAG),
    "aanvraag.telefoon": Regel(
        _("Dan kunnen wij je bellen als wij iets niet begrijpen."), _COORDINATOREN, _VRAAG, _AANVRAAG
    ),
    "aanvraag.organisatie_naam": Regel(_("Zo weten wij wie jullie zijn."), _LATER, _VRAAG, _AANVRAAG),
    "aanvraag.website": Regel(_("Daar lezen wij meer over jullie."), _LATER, _VRAAG, _AANVRAAG),
    "aanvraag.omschrijving": Regel(_OVER, _LATER, _VRAAG, _AANVRAAG),
    "aanvraag.werkwijze": Regel(_OVER, _COORDINATOREN, _VRAAG, _AANVRAAG),
    "aanvraag.bericht": Regel(_("Hier kun je zeggen wat wij nog moeten weten."), _COORDINATOREN, _VRAAG, _AANVRAAG),
    "aanvraag.behandelaar": _KEURDER,
    "gebeurtenis.tekst": Regel(
        _("Zo staan vragen, antwoorden en notities bij de aanvraag."), _COORDINATOREN, _VRAAG, _AANVRAAG
    ),
    "gebeurtenis.door": _KEURDER,
    "melding.tekst": Regel(
        _("Zo weet de organisatie wat er niet klopt."),
        _("De organisatie en de coördinatoren van het netwerk lezen dit."),
        _BELANG,
        _MELDING,
    ),
    "melding.email": Regel(_("Hier sturen wij het antwoord heen."), _COORDINATOREN, _VRAAG, _TOT_ANTWOORD),
    "melding.antwoord": Regel(
        _("Zo weet de lezer wat ermee gebeurde."),
        _("De organisatie, de coördinatoren en de lezer die het meldde."),
        _BELANG,
        _MELDING,
    ),
    "melding.closed_by": Regel(_("Zo weten collega’s wie ermee bezig was."), _TEAM, _BELANG, _MELDING),
    "bericht.aan": Regel(_("Zo komt de mail bij de goede persoon."), _COORDINATOREN, _VRAAG, _MAIL),
    "bericht.onderwerp": Regel(_("Dit is de mail die wij sturen."), _JIJ_OOK, _VRAAG, _MAIL),
    "bericht.tekst": Regel(_("Dit is de mail die wij sturen."), _JIJ_OOK, _VRAAG, _MAIL),
    "bericht.fout": Regel(_("Zo zien wij waarom een mail niet aankwam."), _COORDINATOREN, _BELANG, _MAIL),
    "gebruiker.email": Regel(_("Hiermee log je in, en hier sturen wij mail heen."), _TEAM, _VRAAG, _ACCOUNT),
    "gebruiker.naam": Regel(_("Zo weten wij hoe wij je noemen."), _TEAM, _VRAAG, _ACCOUNT),
    "gebruiker.password": Regel(
        _("Zo kan alleen jij inloggen. Beheerders hebben geen wachtwoord."), _NIEMAND, _VRAAG, _ACCOUNT
    ),
    "beheerder.genoemd": Regel(
        _("Zo herkennen collega’s wie zij uitnodigden, tot die inlogt."), _TEAM, _VRAAG, _ACCOUNT
    ),
    "beheerder.gebruiker": Regel(_("Zo kun je de pagina van je organisatie zien."), _TEAM, _VRAAG, _ACCOUNT),
    "organisatie.email": Regel(_("Zo kan een bezoeker de organisatie bereiken."), _IEDEREEN, _BELANG, _PUBLIEK),
    "organisatie.telefoon": Regel(_("Zo kan een bezoeker de organisatie bereiken."), _IEDEREEN, _BELANG, _PUBLIEK),
    "activiteit.ontvangst_nl": _ONTVANGST,
    "activiteit.ontvangst_en": _ONTVANGST,
    "historicalorganisatie.email": _VERSIE,
    "historicalorganisatie.telefoon": _VERSIE,
    "historicalorganisatie.history_user": _SCHRIJVER,
    "historicalactiviteit.ontvangst_nl": _VERSIE,
    "historicalactiviteit.ontvangst_en": _VERSIE,
    "historicalactiviteit.history_user": _SCHRIJVER,
    "historicallocatie.history_user": _SCHRIJVER,
    "sessie.session_data": Regel(_("Zo blijf je ingelogd."), _NIEMAND, _VRAAG, _SESSIE),
    "sessie.gebruiker": Regel(_("Zo zie je waar je ingelogd bent."), _JIJ, _VRAAG, _SESSIE),
    "sessie.apparaat": Regel(_("Zo herken je waar je ingelogd bent."), _JIJ, _VRAAG, _SESSIE),
    "authenticator.user": Regel(_("Zo kan alleen jij inloggen."), _JIJ, _VRAAG, _ACCOUNT),
    "authenticator.data": Regel(_("Zo kan alleen jij inloggen."), _JIJ, _VRAAG, _ACCOUNT),
    "logentry.user": Regel(_("Zo is na te kijken wie in het beheer iets deed."), _COORDINATOREN, _BELANG, _LOGBOEK),
    "logentry.object_repr": Regel(
        _("Zo is na te kijken waar de verandering over ging."), _COORDINATOREN, _BELANG, _LOGBOEK
    ),
    "logentry.change_message": Regel(
        _("Zo is na te kijken welke velden veranderden."), _COORDINATOREN, _BELANG, _LOGBOEK
    ),
}
"""Of each personal field, by `model.field`, its row."""

_CHOICE = "one of our own words"
_OF_ORGANISATION = "about an organisation and what it offers, written to be on the website"
NIET_PERSOONLIJK: dict[str, str] = {
    "aanvraag.kenmerk": "a reference made by chance",
    "aanvraag.sleutel": "made by chance for one form, so that it counts once",
    "aanvraag.soort": _CHOICE,
    "aanvraag.status": _CHOICE,
    "aanvraag.taal": _CHOICE,
    "aanvraag.verdenkingen": _CHOICE,
    "aanvraag.afwijsreden": _CHOICE,
    "aanvraag.uitkomst": _CHOICE,
    "melding.sleutel": "made by chance for one form, so that it counts once",
    "melding.wat": _CHOICE,
    "melding.taal": _CHOICE,
    "melding.status": _CHOICE,
    "melding.verdenkingen": _CHOICE,
    "gebeurtenis.soort": _CHOICE,
    "gebeurtenis.status": _CHOICE,
    "uitnodiging.zaad": "made by chance",
    "uitnodiging.token_hash": "made of what was made by chance",
    "bericht.soort": _CHOICE,
    "bericht.taal": _CHOICE,
    "bericht.message_id": "made by chance",
    "bericht.status": _CHOICE,
    "sessie.session_key": "made by chance",
    "authenticator.type": _CHOICE,
    "logentry.object_id": "the number of a row",
    "organisatie": _OF_ORGANISATION,
    "activiteit": _OF_ORGANISATION,
    "foto": "of a place; the form asks to show nobody who does not want that",
    "locatie": "a place where many people come, or hidden: then it is on no page",
    "bron": "the address of a public page",
    "moment": _OF_ORGANISATION,
    "uitzondering": _OF_ORGANISATION,
    "historicalorganisatie": _OF_ORGANISATION,
    "historicalactiviteit": _OF_ORGANISATION,
    "historicallocatie": "what a place was called and where it was; only who edits it and the desk see that",
    "oudeslug": "made of the name of an organisation or an activity",
}
"""Why a field that looks personal is not. A whole model may stand here: that covers its texts, never its addresses."""

_OF_DJANGO = ("admin.LogEntry", "mfa.Authenticator")
"""Tables of Django and allauth that hold something about people."""


def described_models() -> list[type[models.Model]]:
    """The tables that the register is about: those of the site, and of Django those that know people."""
    return [*apps.get_app_config("organisaties").get_models(), *(apps.get_model(label) for label in _OF_DJANGO)]


def unregistered(found: Iterable[type[models.Model]]) -> list[str]:
    """Personal fields, as `model.field`, that are neither in the register nor explained as not personal."""
    found = list(found)
    personal = _personal_models(found)
    missing = []
    for model in found:
        for field in _candidates(model, whole=model in personal):
            name = f"{model._meta.model_name}.{field.name}"
            is_explained = name in NIET_PERSOONLIJK or (
                model._meta.model_name in NIET_PERSOONLIJK and not _is_strong(field)
            )
            if name not in REGISTER and not is_explained:
                missing.append(name)
    return missing


def unknown(found: Iterable[type[models.Model]]) -> list[str]:
    """Names in the register, or among what is not personal, that are no field and no model."""
    by_name = {model._meta.model_name: model for model in found}
    return [name for name in (*REGISTER, *NIET_PERSOONLIJK) if not _exists(name, by_name)]


def _exists(name: str, by_name: dict[str | None, type[models.Model]]) -> bool:
    model, _dot, field = name.partition(".")
    if model not in by_name or not field:
        return model in by_name and name in NIET_PERSOONLIJK
    try:
        by_name[model]._meta.get_field(field)
    except FieldDoesNotExist:
        return False
    return True


def _is_strong(field: Any) -> bool:
    """Whether a field is about a person whatever stands in it: an address, a telephone number, an account."""
    return (
        isinstance(field, models.EmailField)
        or validate_phone in getattr(field, "validators", ())
        or (field.is_relation and field.related_model is get_user_model())
    )


def _own(model: type[models.Model]) -> Iterator[Any]:
    yield from model._meta.local_fields
    yield from model._meta.local_many_to_many


def _personal_models(found: list[type[models.Model]]) -> set[type[models.Model]]:
    """Models with something personal in them, and all that belongs to one of those."""
    personal = {model for model in found if any(map(_is_strong, _own(model)))}
    while added := {
        model
        for model in found
        if model not in personal
        and any(field.many_to_one and field.related_model in personal for field in model._meta.local_fields)
    }:
        personal |= added
    return personal


def _candidates(model: type[models.Model], *, whole: bool) -> Iterator[Any]:
    for field in _own(model):
        is_text = isinstance(field, (models.CharField, models.TextField, models.JSONField))
        if _is_strong(field) or (whole and is_text):
            yield field
