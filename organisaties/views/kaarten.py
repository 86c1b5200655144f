"""Cards of entries, rendered once per version of the index and kept as long as they are right."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from organisaties import agenda
from organisaties.choices import Soort
from organisaties.models import Activiteit, Organisatie
from organisaties.plaatsen import in_woorden
from organisaties.views.bewaren import midnight
from organisaties.zoeken import Uitkomst

MAX_KAARTEN = 2000
"""How many rendered cards a process keeps."""

_CARDS = {Soort.ACTIVITEIT: "activiteiten/_card.html", Soort.ORGANISATIE: "organisaties/_card.html"}
_FACTS = '<dl class="feiten">'


def kaarten(uitkomst: Uitkomst, soort: str, nummers: list[int]) -> list[SafeString]:
    """The cards of entries (by id) in the language of the page, in this order; with how far, if that was asked."""
    kept, taal, now = uitkomst.lijst.kaarten, get_language(), timezone.now()
    # read into a dict of our own: another thread may empty the one that is shared
    found = {nummer: card for nummer in nummers if (card := _still_right(kept.get((nummer, taal)), now))}
    if missing := [nummer for nummer in nummers if nummer not in found]:
        if len(kept) > MAX_KAARTEN:
            kept.clear()
        for entry in _with_cards(soort).filter(pk__in=missing).order_by():
            found[entry.pk], _until = kept[entry.pk, taal] = _card(entry, soort, now)
    far = uitkomst.afstanden
    return [_with_distance(found[n], far[n]) if n in far else found[n] for n in nummers if n in found]


def _still_right(kept: tuple[SafeString, datetime] | None, now: datetime) -> SafeString | None:
    return kept[0] if kept and now < kept[1] else None


def _card(entry: Activiteit | Organisatie, soort: str, now: datetime) -> tuple[SafeString, datetime]:
    """A card, and until when it is right."""
    context, until = {soort: entry}, midnight()
    if isinstance(entry, Activiteit) and (opening := agenda.opening(entry, agenda.times_today(entry, now), now)):
        context["opening"], until = opening, min(until, opening.tot)
    return render_to_string(_CARDS[soort], context), until


def _with_distance(card: SafeString, meters: float) -> SafeString:
    """A card with one fact more: how far it is from where the visitor said to be."""
    fact = render_to_string("zoeken/_afstand.html", {"afstand": in_woorden(meters)})
    return mark_safe(card.replace(_FACTS, f"{_FACTS}{fact}", 1))  # noqa: S308 - both come from templates


def _with_cards(soort: str) -> Any:
    return Activiteit.objects.with_cards() if soort == Soort.ACTIVITEIT else Organisatie.objects.with_cards()
