"""Hints that a request is about somebody the network knows already: the coordinator decides, nothing is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

from organisaties.models import Aanvraag, Beheerder, Organisatie
from organisaties.woorden import tokens

ALIKE = 86
"""From which likeness (0-100) two names may be of one organisation. The pairs in tests/test_dubbel.py set it."""

_SAYS_LITTLE = frozenset(
    tokens(
        "stichting stg vereniging ver cooperatie coöperatie bv vof nv ev foundation association the de het een in en"
        " van voor and of amsterdam amsterdamse"
    )
)
"""Words of a name that say what somebody is, not who."""

_ASIDE = re.compile(r"\([^()]*\)")
"""What stands in brackets: mostly the same name once more, as initials."""

_FREE_MAIL = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "hotmail.com",
        "hotmail.nl",
        "outlook.com",
        "outlook.nl",
        "live.com",
        "live.nl",
        "msn.com",
        "yahoo.com",
        "yahoo.nl",
        "aol.com",
        "icloud.com",
        "me.com",
        "mac.com",
        "proton.me",
        "protonmail.com",
        "pm.me",
        "gmx.com",
        "gmx.net",
        "gmx.de",
        "web.de",
        "mail.com",
        "mail.ru",
        "yandex.ru",
        "yandex.com",
        "ukr.net",
        "i.ua",
        "duck.com",
        "tutanota.com",
        "ziggo.nl",
        "kpnmail.nl",
        "kpnplanet.nl",
        "planet.nl",
        "hetnet.nl",
        "xs4all.nl",
        "home.nl",
        "casema.nl",
        "upcmail.nl",
        "chello.nl",
        "quicknet.nl",
        "telfort.nl",
        "tele2.nl",
        "zonnet.nl",
        "freedom.nl",
        "solcon.nl",
        "online.nl",
        "wanadoo.nl",
    ]
)
"""Providers of mail where anybody has an address: that two people are there says nothing."""

_SHARED_SITES = frozenset(
    [
        "facebook.com",
        "instagram.com",
        "linkedin.com",
        "linktr.ee",
        "meetup.com",
        "sites.google.com",
        "youtube.com",
        "tiktok.com",
        "x.com",
    ]
)
"""Websites of many: there the page says who it is, not the host."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One organisation or request that may be the same, and in what it is: (in words, the value)."""

    wat: Organisatie | Aanvraag
    redenen: tuple[tuple[Promise, str], ...]

    @property
    def is_organisatie(self) -> bool:
        return isinstance(self.wat, Organisatie)


@dataclass(slots=True)
class _Spoor:
    """What an organisation or a request can be recognised by."""

    website: str
    adressen: set[str] = field(default_factory=set)
    domeinen: set[str] = field(default_factory=set)
    naam: tuple[str, ...] = ()


def host_of(address: str) -> str:
    """The host of a web address as it can be compared, "" when there is none.

    Scheme, "www.", capitals and a last dot are left out, and an address in another alphabet is written as the DNS
    does. Of a website of many, such as Facebook, the page comes with it.
    """
    try:
        parts = urlsplit(address.strip())
        host = _domain(parts.hostname or "")
    except ValueError:
        return ""
    return host + parts.path.rstrip("/").casefold() if host in _SHARED_SITES else host


def domain_of(email: str) -> str:
    """The domain of an e-mail address as it can be compared, "" for that of a free provider of mail."""
    domain = _domain(email.rpartition("@")[2])
    return "" if domain in _FREE_MAIL else domain


def is_alike(first: str, second: str) -> bool:
    """Whether two names may be of one organisation: written apart, with a slip or with "Stichting" before it."""
    return _alike(_words(first), _words(second))


def _domain(host: str) -> str:
    host = host.strip().rstrip(".").lower().removeprefix("www.")
    try:
        return host.encode("idna").decode()
    except UnicodeError:  # a part of it is too long or missing
        return host


def _words(naam: str) -> tuple[str, ...]:
    words = tokens(_ASIDE.sub(" ", naam)) or tokens(naam)
    return tuple(word for word in words if word not in _SAYS_LITTLE) or tuple(words)


def _alike(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    if not first or not second or _numbers(first) != _numbers(second):
        return False
    together = fuzz.ratio("".join(first), "".join(second))
    return max(together, fuzz.ratio(" ".join(sorted(first)), " ".join(sorted(second)))) >= ALIKE


def _numbers(words: Iterable[str]) -> set[str]:
    return {word for word in words if word.isdigit()}


class Bekenden:
    """Everybody that the network knows, read in three queries however many requests are then looked at."""

    def hints(self, aanvraag: Aanvraag) -> list[Hint]:
        """Who may be the same as a request, organisations first. Not the organisation that was made from it."""
        own, found = self._of_aanvraag(aanvraag), []
        for known, spoor in self._known:
            if isinstance(known, Aanvraag) and known.pk == aanvraag.pk:
                continue
            if isinstance(known, Organisatie) and known.pk == aanvraag.organisatie_id:
                continue
            if redenen := tuple(_reasons(own, spoor)):
                found.append(Hint(known, redenen))
        return found

    @cached_property
    def _known(self) -> list[tuple[Organisatie | Aanvraag, _Spoor]]:
        organisaties = {
            each.pk: (each, self._of_organisatie(each))
            for each in Organisatie.objects.only("naam", "website", "email", "status")
        }
        for pk, email in Beheerder.objects.order_by("pk").values_list("organisatie", "gebruiker__email"):
            if pk in organisaties:  # else it came in between the two questions
                spoor = organisaties[pk][1]
                spoor.adressen.add(email.lower())
                spoor.domeinen.add(domain_of(email))
        fields = ("kenmerk", "organisatie_naam", "website", "email", "status", "organisatie")
        aanvragen = Aanvraag.objects.only(*fields).order_by("-created_at", "-pk")
        return [*organisaties.values(), *((each, self._of_aanvraag(each)) for each in aanvragen)]

    @staticmethod
    def _of_organisatie(each: Organisatie) -> _Spoor:
        website = host_of(each.website)
        domeinen = {domain_of(each.email), website}
        return _Spoor(website, {each.email.lower()}, domeinen, _words(each.naam))

    @staticmethod
    def _of_aanvraag(each: Aanvraag) -> _Spoor:
        email = each.email.lower()
        return _Spoor(host_of(each.website), {email}, {domain_of(email)}, _words(each.organisatie_naam))


def _reasons(own: _Spoor, other: _Spoor) -> Iterable[tuple[Promise, str]]:
    if own.website and own.website == other.website:
        yield _("Dezelfde website"), own.website
    if same := (own.adressen & other.adressen) - {""}:
        yield _("Hetzelfde e-mailadres"), same.pop()
    elif same := (own.domeinen & other.domeinen) - {""}:
        yield _("E-mail van dezelfde website"), same.pop()
    if _alike(own.naam, other.naam):
        yield _("Een naam die erop lijkt"), ""


def hints(aanvraag: Aanvraag) -> list[Hint]:
    """Who may be the same as one request: its website, address, domain or name is like theirs. Three queries."""
    return Bekenden().hints(aanvraag)
