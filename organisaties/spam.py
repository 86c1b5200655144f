"""What makes a request or a report suspicious: the form it came from, and what it says. A suspicion only means that a
human looks first; nothing is refused or dropped because of it (M4).

A form that somebody opens carries a token: a random word and the time, signed. It holds nothing of the visitor.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.signing import BadSignature, Signer
from django.utils import timezone

TE_SNEL = timedelta(seconds=3)
"""Nobody reads the form, fills it in and checks it in less than this."""

GELDIG = timedelta(hours=24)
"""How long a form can be sent after it was opened: at least 20 hours, for who needs a day (A16)."""

GRENS = 3
"""From so many points on a text looks like advertising. One sign alone is enough only when no applicant needs it."""

_VOORUIT = timedelta(minutes=5)
"""How much the clocks of two servers may differ."""


@dataclass(frozen=True, slots=True)
class Formulier:
    """A form that was opened: the key that its request gets (the same form counts once), and when that was."""

    sleutel: str
    geopend_at: datetime

    @property
    def is_snel(self) -> bool:
        return timezone.now() - self.geopend_at < TE_SNEL


def _signer() -> Signer:
    return Signer(salt="organisaties.formulier", sep=".")


def open_formulier() -> str:
    """The token of a form that is opened now."""
    moment = int(timezone.now().timestamp() * 1000)
    return _signer().sign(f"{secrets.token_urlsafe(16)}:{moment}")


def lees_formulier(token: str) -> Formulier | None:
    """The form that a token stands for; nothing when it is not ours or too old."""
    try:
        word, moment = _signer().unsign(token).split(":")
    except BadSignature:
        return None
    opened = datetime.fromtimestamp(int(moment) / 1000, tz=UTC)
    if not -_VOORUIT <= timezone.now() - opened <= GELDIG:
        return None
    return Formulier(hashlib.sha256(word.encode()).hexdigest(), opened)


# --- what a request says

_LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
_MARKUP = re.compile(r"<\s*/?\s*(a|img|script|iframe)\b|\bhref\s*=|\[/?\s*(url|link|img)\b", re.IGNORECASE)
_PHRASES = re.compile(
    r"\b(backlinks?|link ?building|guest posts?|gastblogs?|seo[ -](services?|diensten|packages?|pakket(ten)?)"
    r"|first page of google|rank(ing)? (higher )?(on|in) google|hoger in google|bovenaan in google"
    r"|online casinos?|casino bonus|viagra|cialis|crypto ?(investments?|investeringen|trading)|bitcoin"
    r"|forex|payday loans?|snel geld lenen|lening zonder bkr|make money (online|fast)|thuis geld verdienen)\b",
    re.IGNORECASE,
)
_TEXTS = ("omschrijving", "werkwijze", "bericht", "tekst")
_NAMES = ("organisatie_naam", "naam")


def signs_of_reclame(velden: Mapping[str, Any]) -> dict[str, int]:
    """What in the checked values of the form looks like advertising, each with its points.

    Only what is said in Latin letters or as a link counts; a text in another script never gets points for that.
    """
    names, texts = ([str(velden.get(name) or "") for name in group] for group in (_NAMES, _TEXTS))
    whole = "\n".join((*names, *texts))
    links = len(_LINK.findall("\n".join(texts)))
    found = {
        "a link in a name": GRENS * any(_LINK.search(name) for name in names),
        "markup": GRENS * bool(_MARKUP.search(whole)),
        "links": min(max(links - 1, 0), GRENS),
        "phrases": 2 * len({phrase[0].casefold() for phrase in _PHRASES.finditer(whole)}),
        "the same text everywhere": GRENS * _is_repeated(texts),
    }
    return {sign: points for sign, points in found.items() if points}


def is_reclame(velden: Mapping[str, Any]) -> bool:
    """Whether a request looks like advertising."""
    return sum(signs_of_reclame(velden).values()) >= GRENS


def _is_repeated(texts: list[str]) -> bool:
    """Whether two of the long answers are the same; a short "yes" may be."""
    said = [" ".join(text.casefold().split()) for text in texts]
    long = [text for text in said if len(text) > 20]
    return len(set(long)) < len(long)
