"""How often one network sends a form. It is kept in the memory of the process only, for an hour at most.

An address is never kept: only a hash of its network, with a random key that lives in memory and changes every day
(P3). Many people share an address, such as everybody in a shelter or a library, so the limits are wide (S8).
"""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
from collections import deque
from collections.abc import Callable
from datetime import date, datetime, timedelta
from threading import Lock

from django.utils import timezone

GEWOON, MEEST = 30, 120
"""Forms an hour from one network: up to the first is usual; what comes after the second has to wait."""

MEEST_BEELDEN = 40
"""Pictures an hour for one organisation (U6)."""

UUR = timedelta(hours=1)
MOST_NETWORKS = 10_000
"""So many networks are remembered; the one that was quiet for longest makes room."""


def network_of(adres: str) -> bytes:
    """The network of an address: IPv4 as it is, the first 64 bits of IPv6; nothing for what is no address."""
    try:
        address = ipaddress.ip_address(adres.strip())
    except ValueError:
        return b""
    if isinstance(address, ipaddress.IPv6Address):
        return address.ipv4_mapped.packed if address.ipv4_mapped else address.packed[:8]
    return address.packed


class Drukte:
    """What came in the past hour, counted by what `van` makes of where it came from: for an address its network."""

    def __init__(self, van: Callable[[str], bytes] = network_of) -> None:
        self._van = van
        self._lock = Lock()
        self._dag: date | None = None
        self._sleutel = b""
        self._keren: dict[bytes, deque[datetime]] = {}

    def tel(self, bron: str) -> int:
        """Count one from here. Gives how many came in the past hour from the same network, this one included.

        Above `MEEST` it does not go on counting. What is no address shares one count.
        """
        now = timezone.now()
        with self._lock:
            self._begin_day(timezone.localdate(now))
            network = self._network(bron)
            times = self._keren.pop(network, None) or deque(maxlen=MEEST + 1)
            self._forget(now)
            while times and now - times[0] >= UUR:
                times.popleft()
            times.append(now)
            self._keren[network] = times
            return len(times)

    def __len__(self) -> int:
        """How many networks are remembered."""
        return len(self._keren)

    def vergeet(self) -> None:
        """Forget everything, with the key."""
        with self._lock:
            self._dag = None
            self._keren.clear()

    def _begin_day(self, today: date) -> None:
        if today != self._dag:
            self._dag, self._sleutel = today, secrets.token_bytes(32)
            self._keren.clear()

    def _forget(self, now: datetime) -> None:
        """Let go of the networks that were quiet for an hour, or for longest when there are too many."""
        while self._keren:
            first = next(iter(self._keren))  # the order is that of the last time
            if now - self._keren[first][-1] < UUR and len(self._keren) < MOST_NETWORKS:
                break
            del self._keren[first]

    def _network(self, bron: str) -> bytes:
        return hashlib.blake2b(self._van(bron), key=self._sleutel, digest_size=16).digest()


drukte = Drukte()
"""Forms that anybody can send, in this process, by address."""

beelden = Drukte(str.encode)
"""Pictures that editors send, in this process, by the number of their organisation."""
