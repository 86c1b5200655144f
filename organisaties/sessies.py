"""Sessions: how long one lasts, and what is remembered of it. The setting SESSION_ENGINE names this module."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from organisaties.models import Gebruiker, Sessie

BEHEERDER = timedelta(days=14)
COORDINATOR = timedelta(hours=2)
"""How long somebody stays logged in without doing anything (S13). A coordinator no longer in all than the setting
SESSION_COOKIE_AGE."""

VERS = timedelta(minutes=15)
"""How soon after logging in somebody may change how to log in (S12)."""

_OPSCHRIJVEN = {False: timedelta(hours=1), True: timedelta(minutes=5)}
"""How often it is written down that an editor, and a coordinator, was here; more often is a write for every page."""

_BEGIN, _GEZIEN, _APPARAAT = "begonnen", "gezien", "apparaat"

# What a browser calls itself holds the names of those it resembles: the first that fits is the right one.
_BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


class SessionStore(db.SessionStore):
    """Sessions in a table that tells whose they are."""

    @classmethod
    def get_model_class(cls) -> type[Sessie]:
        return Sessie

    def create_model_instance(self, data: dict[str, Any]) -> Sessie:
        """The row of a session, of what stands in it."""
        row = super().create_model_instance(data)
        row.gebruiker_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.apparaat = data.get(_APPARAAT, "")
        if begin := data.get(_BEGIN):
            row.begonnen_at = datetime.fromisoformat(begin)
        return row


def begin(request: HttpRequest, gebruiker: Gebruiker) -> None:
    """Somebody has just logged in: remember when and on what."""
    request.session[_BEGIN] = timezone.now().isoformat()
    request.session[_APPARAAT] = apparaat(request.headers.get("User-Agent", ""))
    _seen(request, gebruiker)


def renew(request: HttpRequest) -> None:
    """Who does something stays logged in."""
    seen = request.session.get(_GEZIEN)
    every = _OPSCHRIJVEN[request.user.is_staff]
    if seen is None or timezone.now() - datetime.fromisoformat(seen) > every:
        _seen(request, request.user)


def _seen(request: HttpRequest, gebruiker: Gebruiker) -> None:
    now = timezone.now()
    request.session[_GEZIEN] = now.isoformat()
    if gebruiker.is_staff:
        end = _begun(request) + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        request.session.set_expiry(min(now + COORDINATOR, end))
    else:
        request.session.set_expiry(int(BEHEERDER.total_seconds()))


def _begun(request: HttpRequest) -> datetime:
    return datetime.fromisoformat(request.session.get(_BEGIN, "1970-01-01T00:00:00+00:00"))


def is_fresh(request: HttpRequest) -> bool:
    """Whether somebody logged in a moment ago, and may change how to log in."""
    return timezone.now() - _begun(request) < VERS


def end(gebruiker: Gebruiker, *, behalve: str | None = None) -> int:
    """End all sessions of somebody at once, except the one with this key. Tells how many."""
    return gebruiker.sessies.exclude(session_key=behalve or "").delete()[0]


def apparaat(user_agent: str) -> str:
    """A browser and a system in words, "Firefox, Android"; without versions, for those would follow a person."""
    names = (next((name for mark, name in marks.items() if mark in user_agent), "") for marks in (_BROWSERS, _SYSTEMS))
    return ", ".join(filter(None, names)) or gettext("Onbekend apparaat")
