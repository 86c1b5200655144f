"""Stores generated rows in large groups, finds them again and removes them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat

from organisaties.generator.making import Bundle
from organisaties.models import Activiteit, Locatie, Moment, Organisatie, Uitzondering

_ROWS = 1000
"""How many rows go to the database in one statement, at most."""

_REMOVED_AT_ONCE = 100


@transaction.atomic
def store(bundles: Sequence[Bundle]) -> dict[str, int]:
    """Store bundles whole or not at all. Gives how many rows of each kind were stored."""
    rows = {
        "organisaties": (Organisatie, [bundle.organisatie for bundle in bundles]),
        "locaties": (Locatie, [row for bundle in bundles for row in bundle.locaties]),
        "activiteiten": (Activiteit, [row for bundle in bundles for row in bundle.activiteiten]),
        "momenten": (Moment, [row for bundle in bundles for row in bundle.momenten]),
        "uitzonderingen": (Uitzondering, [row for bundle in bundles for row in bundle.uitzonderingen]),
    }
    for model, entries in rows.values():
        model._default_manager.bulk_create(entries, batch_size=_ROWS)
    _store_links(bundles)
    return {name: len(entries) for name, (_, entries) in rows.items()}


def _store_links(bundles: Sequence[Bundle]) -> None:
    by_relation: dict[Any, list[models.Model]] = defaultdict(list)
    for bundle in bundles:
        for relation, entry, term in bundle.links:
            entry_id = f"{relation.field.m2m_field_name()}_id"
            term_id = f"{relation.field.m2m_reverse_field_name()}_id"
            by_relation[relation].append(relation.through(**{entry_id: entry.pk, term_id: term.pk}))
    for relation, rows in by_relation.items():
        relation.through._default_manager.bulk_create(rows, batch_size=_ROWS)


def generated(seed: int | None = None) -> models.QuerySet[Organisatie]:
    """The generated organisations, of one seed or of all: their slug is in their web address."""
    website = Concat(Value("https://"), F("slug"), Value(".example"))
    prefix = "gen-" if seed is None else f"gen-{seed}-"
    return Organisatie.objects.filter(slug__startswith=prefix, website=website)


def remove(seed: int | None = None) -> Iterator[int]:
    """Remove generated organisations with all they have, in groups. Gives after each how many are gone."""
    keys = list(generated(seed).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _REMOVED_AT_ONCE):
        group = keys[start : start + _REMOVED_AT_ONCE]
        with transaction.atomic():
            Organisatie.objects.filter(pk__in=group).delete()
        yield start + len(group)
