"""Small words of the desk: what asks for attention, and who did what."""

from datetime import datetime
from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from organisaties import aandacht as tellen
from organisaties.aandacht import Aandacht, Zorg
from organisaties.choices import AanvraagStatus, GebeurtenisSoort
from organisaties.models import Gebeurtenis, Gebruiker

register = template.Library()

_AANVRAGEN, _BERICHTEN = "admin:organisaties_aanvraag_changelist", "admin:organisaties_bericht_changelist"
_WORDS = {
    Zorg.MISLUKT: ngettext_lazy("%(aantal)s mail is niet verstuurd", "%(aantal)s mails zijn niet verstuurd", "aantal"),
    Zorg.BLIJFT_LIGGEN: ngettext_lazy("%(aantal)s mail wacht te lang", "%(aantal)s mails wachten te lang", "aantal"),
    Zorg.BEOORDELEN: ngettext_lazy(
        "%(aantal)s aanvraag wacht op jullie", "%(aantal)s aanvragen wachten op jullie", "aantal"
    ),
    Zorg.NAKIJKEN: ngettext_lazy(
        "%(aantal)s aanvraag lijkt op spam: kijk die na", "%(aantal)s aanvragen lijken op spam: kijk ze na", "aantal"
    ),
    Zorg.ONBEVESTIGD: ngettext_lazy(
        "%(aantal)s aanvrager moet het adres nog bevestigen",
        "%(aantal)s aanvragers moeten het adres nog bevestigen",
        "aantal",
    ),
    Zorg.MELDINGEN: ngettext_lazy(
        "%(aantal)s melding van een lezer wacht op jullie",
        "%(aantal)s meldingen van lezers wachten op jullie",
        "aantal",
    ),
    Zorg.MELDING_NAKIJKEN: ngettext_lazy(
        "%(aantal)s melding lijkt op spam: kijk die na", "%(aantal)s meldingen lijken op spam: kijk ze na", "aantal"
    ),
}
_MELDINGEN = "admin:organisaties_melding_changelist"
_PLACES = {
    Zorg.MISLUKT: (_BERICHTEN, "status__exact=mislukt"),
    Zorg.BLIJFT_LIGGEN: (_BERICHTEN, "status__exact=wacht"),
    Zorg.BEOORDELEN: (_AANVRAGEN, "lijst=beoordelen"),
    Zorg.NAKIJKEN: (_AANVRAGEN, "lijst=nakijken"),
    Zorg.ONBEVESTIGD: (_AANVRAGEN, "lijst=onbevestigd"),
    Zorg.MELDINGEN: (_MELDINGEN, "lijst=wacht"),
    Zorg.MELDING_NAKIJKEN: (_MELDINGEN, "lijst=nakijken"),
}
_OF_APPLICANT = (
    AanvraagStatus.ONBEVESTIGD,
    AanvraagStatus.NIEUW,
    AanvraagStatus.BEHANDELING,
    AanvraagStatus.INGETROKKEN,
)


@register.inclusion_tag("admin/_aandacht.html")
def aandacht(user: Gebruiker | AnonymousUser) -> dict[str, Any]:
    """What asks for attention of what this person may see; `mag` tells whether that is anything at all."""
    kinds = ("bericht", "aanvraag", "melding")
    mails, requests, reports = (user.has_perm(f"organisaties.view_{name}") for name in kinds)
    found: list[Aandacht] = []
    if mails:
        found += tellen.of_berichten()
    if requests:
        found += tellen.of_aanvragen()
    if reports:
        found += tellen.of_meldingen()
    return {
        "mag": mails or requests or reports,
        "regels": [
            {
                "zorg": each.zorg,
                "tekst": _WORDS[each.zorg] % {"aantal": each.aantal},
                "sinds": each.sinds,
                "plaats": _PLACES[each.zorg][0],
                "vraag": _PLACES[each.zorg][1],
            }
            for each in found
        ],
    }


@register.filter
def duur(since: datetime) -> str:
    """How long ago a moment is, in one unit: "3 dagen"."""
    return timesince(since, timezone.now(), depth=1)


@register.filter
def wie(gebeurtenis: Gebeurtenis) -> str | Promise:
    """Who did it, in words: what has no name is of the applicant, or of somebody whose account is gone."""
    if gebeurtenis.door:
        return str(gebeurtenis.door)
    if gebeurtenis.soort == GebeurtenisSoort.ANTWOORD or gebeurtenis.status in _OF_APPLICANT:
        return _("de aanvrager")
    return _("iemand van het netwerk")
