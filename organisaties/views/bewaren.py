"""Parts of pages that a process keeps: until any entry changes (they go with the list) or their time is up."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from organisaties.zoeken import Lijst

MOST = 300
"""How many parts a process keeps."""


def bewaard(known: Lijst, key: Hashable) -> Any:
    """What was kept under a key and is right still, or nothing."""
    part, until = known.bladen.get(key, (None, None))
    return part if until and timezone.now() < until else None


def bewaar(known: Lijst, key: Hashable, part: Any, until: datetime) -> None:
    """Keep a part of a page until a moment."""
    if len(known.bladen) >= MOST:
        known.bladen.clear()
    known.bladen[key] = (part, until)


def midnight() -> datetime:
    """When this day ends in Amsterdam."""
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
