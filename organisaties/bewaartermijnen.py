"""How long data about people are kept, and removing what is older. The days are in the setting BEWAARTERMIJNEN (P9)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from organisaties.choices import AanvraagStatus, BerichtStatus
from organisaties.models import Aanvraag, Activiteit, Bericht, Locatie, Melding, Organisatie, Sessie, Uitnodiging

BATCH = 500
"""How many rows go in one transaction: short enough that nobody waits for it."""


@dataclass(frozen=True, slots=True)
class Klasse:
    """A kind of rows with one term. `rijen` gives those of which the term began at a moment, or before."""

    naam: str
    rijen: Callable[[datetime], models.QuerySet]
    termijn: str = ""

    @property
    def dagen(self) -> int:
        return settings.BEWAARTERMIJNEN[self.termijn] if self.termijn else 0

    def over(self) -> models.QuerySet:
        """The rows of which the term is over now."""
        return self.rijen(timezone.now() - timedelta(days=self.dagen))


def _closed(*statuses: AanvraagStatus) -> Callable[[datetime], models.QuerySet]:
    return lambda since: Aanvraag.objects.filter(status__in=statuses, afgerond_at__lte=since)


def _dead_invitations(since: datetime) -> models.QuerySet:
    return Uitnodiging.objects.filter(
        Q(gebruikt_at__lte=since) | Q(ingetrokken_at__lte=since) | Q(verloopt_at__lte=since)
    )


def _versions(model: type[Organisatie | Activiteit | Locatie], naam: str) -> Iterator[Klasse]:
    """Former versions of entries. What one had chosen from lists goes first: no database takes that along."""
    versions = model.history.model
    for field in versions._history_m2m_fields:
        chosen = getattr(versions, field.name).model
        yield Klasse(f"{naam}: {field.verbose_name}", partial(_until, chosen, "history__history_date"), "versies")
    yield Klasse(naam, partial(_until, versions, "history_date"), "versies")


def _until(model: type[models.Model], moment: str, since: datetime) -> models.QuerySet:
    return model._default_manager.filter(**{f"{moment}__lte": since})


KLASSEN = (
    Klasse(
        "aanvragen zonder bevestigd adres",
        lambda since: Aanvraag.objects.unproved().filter(wacht_sinds_at__lte=since),
        "onbevestigd",
    ),
    Klasse(
        "verdachte aanvragen waarover niemand besliste",
        lambda since: Aanvraag.objects.suspicious().filter(wacht_sinds_at__lte=since),
        "verdacht",
    ),
    Klasse("ingetrokken aanvragen", _closed(AanvraagStatus.INGETROKKEN), "ingetrokken"),
    Klasse("afgewezen aanvragen", _closed(AanvraagStatus.AFGEWEZEN), "afgewezen"),
    Klasse(
        "goedgekeurde aanvragen en afgeronde gesprekken",
        _closed(AanvraagStatus.GOEDGEKEURD, AanvraagStatus.AFGESPROKEN),
        "afgerond",
    ),
    Klasse("afgesloten meldingen", lambda since: Melding.objects.closed().filter(closed_at__lte=since), "melding"),
    Klasse(
        "verdachte meldingen waarover niemand besliste",
        lambda since: Melding.objects.suspicious().filter(created_at__lte=since),
        "melding_verdacht",
    ),
    Klasse(
        "meldingen die open bleven",
        lambda since: Melding.objects.open().filter(created_at__lte=since),
        "melding_open",
    ),
    Klasse("verzonden berichten", lambda since: Bericht.objects.filter(verzonden_at__lte=since), "verzonden"),
    Klasse(
        "mislukte berichten",
        lambda since: Bericht.objects.filter(status=BerichtStatus.MISLUKT, created_at__lte=since),
        "mislukt",
    ),
    Klasse("uitnodigingen die niet meer werken", _dead_invitations, "uitnodiging"),
    Klasse(
        "regels in het logboek van het beheer",
        lambda since: apps.get_model("admin.LogEntry").objects.filter(action_time__lte=since),
        "logboek",
    ),
    Klasse(
        "activiteiten die een beheerder weghaalde",
        lambda since: Activiteit.objects.filter(weggehaald_at__lte=since),
        "weggehaald",
    ),
    *_versions(Organisatie, "vorige versies van organisaties"),
    *_versions(Activiteit, "vorige versies van activiteiten"),
    *_versions(Locatie, "vorige versies van locaties"),
    Klasse("verlopen sessies", lambda since: Sessie.objects.filter(expire_date__lte=since)),
)
"""Everything that has a term; a request that waits for the network has none. Words of searches: `actions.zoeken`."""


def remove(klasse: Klasse) -> int:
    """Remove what is over its term, a batch per transaction, and tell how many rows. What belongs to a row goes too.

    Rows are looked at again when they are locked: what somebody changes meanwhile stays, and so does, until the next
    time, what another process holds. Twice, late or beside another gives the same end.
    """
    gone = 0
    while removed := _remove_some(klasse):
        gone += removed
    return gone


@transaction.atomic
def _remove_some(klasse: Klasse) -> int:
    held = klasse.over().order_by("pk").select_for_update(of=("self",), skip_locked=True)
    keys = list(held.values_list("pk", flat=True)[:BATCH])
    klasse.over().filter(pk__in=keys).delete()
    return len(keys)
