"""A short list that lives in its link: the ids of some activities, with a signature. Nothing of it is stored.

A token is in base64url the ids as LEB128 numbers and the first bytes of an HMAC, and then a version. Two activities
take 17 characters. The version stands last, because mail and chat programs leave a "-" or "_" out of the end of a
link. Six bytes are enough: whoever forged one would have a list of activities that everybody may read.
"""

from __future__ import annotations

import binascii
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.utils.crypto import salted_hmac

MOST = 40
"""How many activities a list holds: on paper, in two languages, so many are still one light page."""

_VERSION = "1"
_SALT = "organisaties.bewaarlijst"
_SIGNATURE = 6
_MAX_LENGTH = 1000
_MAX_ID = 2**63


class OnleesbareLijst(ValueError):  # noqa: N818 - it says what is wrong, in the words of the domain
    """A token that we did not make, or of which a piece is gone."""


@dataclass(frozen=True)
class Bewaarlijst:
    """Saved activities by id, the first saved first. A list never changes: `met` and `zonder` give a new one."""

    nummers: tuple[int, ...] = ()

    @classmethod
    def uit(cls, token: str) -> Bewaarlijst:
        """The list in a token. Raises OnleesbareLijst."""
        return cls(tuple(lees(token)))

    @cached_property
    def token(self) -> str:
        return pak(self.nummers)

    @property
    def is_vol(self) -> bool:
        return len(self) >= MOST

    def __len__(self) -> int:
        return len(self.nummers)

    def met(self, nummers: Iterable[int]) -> Bewaarlijst:
        """With these as well, as far as they fit."""
        return Bewaarlijst(tuple(dict.fromkeys((*self.nummers, *nummers)))[:MOST])

    def zonder(self, nummers: Iterable[int]) -> Bewaarlijst:
        gone = set(nummers)
        return Bewaarlijst(tuple(nummer for nummer in self.nummers if nummer not in gone))


def pak(nummers: Iterable[int]) -> str:
    """The token of a list of activities (by id, the first saved first). Without any, "".

    Raises ValueError for more than `MOST`.
    """
    wanted = list(dict.fromkeys(nummers))
    if len(wanted) > MOST:
        raise ValueError(f"a list holds {MOST} activities")
    if not wanted:
        return ""
    data = b"".join(_number(nummer) for nummer in wanted)
    return _written(data + _sign(data, settings.SECRET_KEY))


def lees(token: str) -> list[int]:
    """The ids in a token, in the order in which they were saved. "" is an empty list.

    Raises OnleesbareLijst for anything that `pak` did not make.
    """
    if not token:
        return []
    if token[-1] != _VERSION or len(token) > _MAX_LENGTH or not token.isascii():
        raise OnleesbareLijst
    body = token[:-1]
    try:
        packed = urlsafe_b64decode(body + "=" * (-len(body) % 4))
    except binascii.Error:
        raise OnleesbareLijst from None
    data, signature = packed[:-_SIGNATURE], packed[-_SIGNATURE:]
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if not any(hmac.compare_digest(signature, _sign(data, key)) for key in keys):
        raise OnleesbareLijst
    if _written(packed) != token:  # base64 reads over foreign characters and spare bits: one list, one token
        raise OnleesbareLijst
    return list(_numbers(data))


def _written(packed: bytes) -> str:
    return urlsafe_b64encode(packed).decode().rstrip("=") + _VERSION


def _sign(data: bytes, key: str) -> bytes:
    return salted_hmac(_SALT, data, secret=key, algorithm="sha256").digest()[:_SIGNATURE]


def _number(nummer: int) -> bytes:
    if not 0 < nummer < _MAX_ID:
        raise ValueError(f"no id: {nummer}")
    found = bytearray()
    while nummer >= 0x80:
        found.append(nummer & 0x7F | 0x80)
        nummer >>= 7
    found.append(nummer)
    return bytes(found)


def _numbers(data: bytes) -> Iterator[int]:
    nummer = shift = 0
    for byte in data:
        nummer |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            yield nummer
            nummer = shift = 0
