"""Parts of pages that a process keeps: until any entry changes (they go with the list) or their time is up."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from threading import Lock
from typing import TypeVar

from django.utils import timezone

from organisaties.zoeken import Lijst

MOST = 300
"""How many parts a process keeps."""

_LOCKS = tuple(Lock() for _ in range(16))

Part = TypeVar("Part")


def bewaard(known: Lijst, key: Hashable, make: Callable[[], tuple[Part, datetime]]) -> Part:
    """What is kept under a key, or else what is made, with the moment until which it is right.

    When many ask at once, one makes it and the others wait: a busy first page is made once, not eight times.
    """
    if (part := _kept(known, key)) is not None:
        return part
    with _LOCKS[hash(key) % len(_LOCKS)]:
        if (part := _kept(known, key)) is None:
            part, until = make()
            if len(known.bladen) >= MOST:
                known.bladen.clear()
            known.bladen[key] = (part, until)
    return part


def _kept(known: Lijst, key: Hashable) -> Part | None:
    part, until = known.bladen.get(key, (None, None))
    return part if until and timezone.now() < until else None


def midnight() -> datetime:
    """When this day ends in Amsterdam."""
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
