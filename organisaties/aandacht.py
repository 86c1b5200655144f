"""What asks for the attention of the coordinators, counted in a few queries; and what asks for that of an editor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import models
from django.db.models import Count, Min, Q
from django.utils import timezone

from organisaties.choices import BerichtStatus
from organisaties.models import Aanvraag, Bericht, Melding
from organisaties.models.aanvragen import SUSPICIOUS, UNPROVED, WAITING

TOO_LONG = timedelta(hours=1)
"""After how long a mail that has not left asks for attention: the outbox is emptied every few minutes."""


class Zorg(StrEnum):
    """The kinds of what asks for attention, the most urgent first."""

    MISLUKT = "mislukt"
    BLIJFT_LIGGEN = "blijft-liggen"
    BEOORDELEN = "beoordelen"
    NAKIJKEN = "nakijken"
    ONBEVESTIGD = "onbevestigd"
    MELDINGEN = "meldingen"
    MELDING_NAKIJKEN = "melding-nakijken"


@dataclass(frozen=True, slots=True)
class Aandacht:
    """How many of one kind there are, and since when the oldest waits."""

    zorg: Zorg
    aantal: int
    sinds: datetime


def of_aanvragen() -> list[Aandacht]:
    """Requests that wait for the network, that look suspicious, or whose address is not proved. One query."""
    return _counted(
        Aanvraag.objects.all(),
        "wacht_sinds_at",
        {
            Zorg.BEOORDELEN: WAITING,
            Zorg.NAKIJKEN: SUSPICIOUS,
            Zorg.ONBEVESTIGD: UNPROVED,
        },
    )


def of_berichten() -> list[Aandacht]:
    """Mail that failed, or that waits longer than `TOO_LONG`. One query."""
    late = Q(status__in=(BerichtStatus.WACHT, BerichtStatus.BEZIG), created_at__lt=timezone.now() - TOO_LONG)
    return _counted(
        Bericht.objects.all(),
        "created_at",
        {Zorg.MISLUKT: Q(status=BerichtStatus.MISLUKT), Zorg.BLIJFT_LIGGEN: late},
    )


def of_meldingen() -> list[Aandacht]:
    """Reports that wait too long, or that no editor sees; and those that look suspicious. One query each."""
    late = _counted(Melding.objects.late(), "created_at", {Zorg.MELDINGEN: Q()})
    return late + _counted(Melding.objects.suspicious(), "created_at", {Zorg.MELDING_NAKIJKEN: Q()})


def _counted(rows: models.QuerySet, since: str, kinds: dict[Zorg, Q]) -> list[Aandacht]:
    asked = {f"aantal_{zorg.name}": Count("pk", filter=rows_of) for zorg, rows_of in kinds.items()}
    asked |= {f"sinds_{zorg.name}": Min(since, filter=rows_of) for zorg, rows_of in kinds.items()}
    found = rows.aggregate(**asked)
    return [
        Aandacht(zorg, found[f"aantal_{zorg.name}"], found[f"sinds_{zorg.name}"])
        for zorg in kinds
        if found[f"aantal_{zorg.name}"]
    ]
