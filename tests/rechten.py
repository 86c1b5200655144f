"""Who may do what, as a table: a row for every URL name, that says what each actor gets for looking and for posting.

A new page of editors is one line in RIJEN:

    "mijn-moment": eigen(doet={"begin": "11:00"}),

What stands in its address comes by itself from `slug`, `activiteit`, `moment`, `datum` ... of an editor's own things
(see `dingen` in test_rechten.py); another word for it is given by name: `eigen(deel="contact")`. `doet` is what a
browser sends to change something: the owner's post must do so, and the same post by anybody else must change nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override
from PIL import Image

from organisaties.spam import open_formulier
from tests.paginas import ANTWOORDEN

# --- what somebody gets

JA = "page"
DOOR = "led on"
INLOGGEN = "must log in"
DEUR = "must log in to the desk"
NEE = "403"
NIETS = "404"
NOOIT = "405"
GEDAAN = (JA, DOOR)
"""Done, or a form with what is wrong: which of the two depends on the form."""

GEWEIGERD = (INLOGGEN, DEUR, NEE, NIETS, NOOIT)
_CODES = {200: JA, 403: NEE, 404: NIETS, 405: NOOIT}

ACTOREN = ("niemand", "van_a", "van_b", "coordinator", "superuser")


def zegt(response: HttpResponse) -> str:
    """The answer in a word of the table."""
    if response.status_code in (301, 302, 303):
        path = response.headers["Location"].partition("?")[0]
        doors = {reverse("admin:login"): DEUR}
        for taal in ("nl", "en"):
            with override(taal):
                doors[reverse("account_login")] = INLOGGEN
        return doors.get(path, DOOR)
    return _CODES.get(response.status_code, f"status {response.status_code}")


@dataclass(frozen=True)
class Wie:
    """What each role gets: `eigen` is the editor of what stands in the address, `vreemd` one of something else.

    A string is one answer, a tuple says that each of these is right.
    """

    niemand: Any
    eigen: Any
    vreemd: Any
    coordinator: Any
    superuser: Any


def iedereen(answer: Any, **otherwise: Any) -> Wie:
    return Wie(**{**dict.fromkeys(("niemand", "eigen", "vreemd", "coordinator", "superuser"), answer), **otherwise})


@dataclass(frozen=True)
class Rij:
    """What an address gives. `rechten`: (to look, to post) that somebody at the desk needs, one of a few is enough.

    `deel` is what stands in the address; `vraag` what stands behind it; `doet` a post that changes something.
    `is_duur`: it takes seconds to make, so that one actor looks for all.
    """

    get: Wie
    post: Wie
    deel: dict[str, str] = field(default_factory=dict)
    vraag: str = ""
    doet: dict[str, Any] | Callable[..., dict[str, Any]] | None = None
    rechten: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    is_openbaar: bool = False
    is_duur: bool = False


# --- the kinds of rows


def openbaar(post: Any = NOOIT, *, get: Any = JA, doet: Any = None, **deel: str) -> Rij:
    """Everybody sees the same; what is a draft nobody sees, also not its editor."""
    vraag = deel.pop("vraag", "")
    return Rij(iedereen(get), iedereen(post), deel, vraag, doet, is_openbaar=True)


def papier(**deel: str) -> Rij:
    return replace(openbaar(**deel), is_duur=True)


def ingelogd(post: Any, *, get: Any = JA, **deel: str) -> Rij:
    """For whoever is logged in, about nobody else."""
    return Rij(iedereen(get, niemand=INLOGGEN), iedereen(post, niemand=INLOGGEN), deel)


def eigen(*, doet: Any = None, leeg: Any = GEDAAN, **deel: str) -> Rij:
    """Of one organisation, for its editors. Without `doet` the page only looks; `leeg` answers an empty post."""
    niets = iedereen(NIETS, niemand=INLOGGEN, eigen=JA)
    post = iedereen(NOOIT) if doet is None else iedereen(NIETS, niemand=INLOGGEN, eigen=leeg)
    return Rij(niets, post, deel, doet=doet)


def beheer(look: str = "", do: str | None = None, *, get: Any = JA, post: Any = GEDAAN, **deel: str) -> Rij:
    """At the desk, for who has one of these rights, such as "organisaties.view_aanvraag"; none: for all of the desk."""
    door = {"niemand": DEUR, "eigen": DEUR, "vreemd": DEUR}
    rights = (tuple(look.split()), tuple((look if do is None else do).split()))
    vraag = deel.pop("vraag", "")
    return Rij(iedereen(get, **door), iedereen(post, **door), deel, vraag, rechten=rights)


# --- the table

VERSIE = {"versie": "{versie}"}
OORDEEL = "organisaties.change_aanvraag"
_BINNEN = {"eigen": DOOR, "vreemd": DOOR, "coordinator": DOOR, "superuser": DOOR}

WEKELIJKS = {
    "ritme": "week",
    "dagen": ["1"],
    "begin": "11",
    "locatie": "{locatie}",
    "start_dag": "1",
    "start_maand": "12",
    "start_jaar": "2026",
}
PAUZE = {
    f"{name}_{part}": value
    for name in ("eerste", "laatste")
    for part, value in (("dag", "20"), ("maand", "12"), ("jaar", "2026"))
}


def een_melding(wereld: Any) -> dict[str, Any]:
    """A report on a form that was just opened."""
    return {"wat": "contact", "formulier": open_formulier()}


def een_beeld(wereld: Any) -> SimpleUploadedFile:
    """A picture of one colour."""
    out = BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    return SimpleUploadedFile("deur.png", out.getvalue(), "image/png")


PLEK = {"soort": "adres", "naam": "De Bron", "straat": "Kade 1"}
FOTO = {"foto": een_beeld, "akkoord": "on", "alt_nl": "De deur."}

RIJEN: dict[str, Rij] = {
    # for everybody
    "root": openbaar(get=DOOR),
    "home": openbaar(),
    "activiteit-list": openbaar(),
    "activiteit-detail": openbaar(slug="{activiteit}"),
    "activiteit-papier": openbaar(slug="{activiteit}"),
    "activiteit-poster": openbaar(slug="{activiteit}"),
    "activiteit-pdf": papier(slug="{activiteit}"),
    "activiteit-poster-pdf": papier(slug="{activiteit}"),
    "kalender-detail": openbaar(slug="{activiteit}"),
    "kort-activiteit": openbaar(get=DOOR, slug="{activiteit}"),
    "organisatie-list": openbaar(),
    "organisatie-detail": openbaar(),
    "thema-list": openbaar(),
    "thema-detail": openbaar(slug="taal"),
    "kiezen": openbaar(get=GEDAAN),
    "agenda": openbaar(),
    "kaart": openbaar(),
    "kaart-plekken": openbaar(),
    "kalender-list": openbaar(),
    "nieuws-list": openbaar(),
    "bewaarlijst": openbaar(post=DOOR),
    "bewaarlijst-papier": openbaar(),
    "bewaarlijst-pdf": papier(vraag="?lijst={lijst}"),
    "kalender-bewaard": openbaar(),
    "kort-bewaarlijst": openbaar(get=DOOR, token="{lijst}"),
    "over-ons": openbaar(),
    "privacy": openbaar(),
    "toegankelijkheid": openbaar(),
    "colofon": openbaar(),
    "media": openbaar(path="{logo}"),
    # for whoever has the link
    "aansluiten": openbaar(post=JA, doet={**ANTWOORDEN, "verstuur": "ja"}),
    "account_signup": openbaar(post=JA),
    "aanvraag-verstuurd": openbaar(),
    "aanvraag-detail": openbaar(post=JA, token="{aanvraag}", doet={"tekst": "Elke week."}),
    "melding-activiteit": openbaar(post=JA, slug="{activiteit}", doet=een_melding),
    "melding-organisatie": openbaar(post=JA, doet=een_melding),
    "uitnodiging": openbaar(post=DOOR, token="{uitnodiging}", doet={"ja": "ja"}),
    # logging in and out
    "account_login": Rij(iedereen(JA, **_BINNEN), iedereen(JA, **_BINNEN)),
    "account_request_login_code": Rij(iedereen(JA, **_BINNEN), iedereen(JA, **_BINNEN)),
    "account_confirm_login_code": Rij(iedereen(INLOGGEN, **_BINNEN), iedereen(INLOGGEN, **_BINNEN)),
    "beheer-inloggen": Rij(*2 * [iedereen(JA, coordinator=DOOR, superuser=DOOR)]),
    "mfa_authenticate": Rij(iedereen(INLOGGEN, **_BINNEN), iedereen(INLOGGEN, **_BINNEN)),
    "mfa_login_webauthn": Rij(iedereen(JA), iedereen(INLOGGEN)),
    "uitloggen": openbaar(post=DOOR),
    "mijn": Rij(iedereen(JA, eigen=DOOR, vreemd=DOOR), iedereen(NOOIT)),
    "account": ingelogd(post=DOOR),
    "account-passkey": ingelogd(post=JA),
    "account-sleutel": ingelogd(post=NIETS, get=NIETS, nummer="999999"),
    "account-app": Rij(*2 * [iedereen(JA, niemand=INLOGGEN, eigen=NIETS, vreemd=NIETS)]),
    "account-codes": ingelogd(post=NIETS, get=NIETS),
    # of editors
    "mijn-organisatie": eigen(doet={"daad": "klopt"}),
    "mijn-collegas": eigen(doet={"naam": "Yonas", "email": "yonas@kade.example"}),
    "mijn-profiel": eigen(doet={"naam": "De Nieuwe Kade"}, deel="naam"),
    "mijn-versies": eigen(doet=VERSIE, leeg=NIETS),
    "mijn-logo": eigen(doet={"logo": een_beeld}),
    "mijn-foto": eigen(doet=FOTO),
    "mijn-activiteit-foto": eigen(doet=FOTO),
    "mijn-plek-nieuw": eigen(doet=PLEK),
    "mijn-plek": eigen(doet=PLEK, nummer="{locatie}"),
    "mijn-plek-versies": eigen(doet={"versie": "{versie_plek}"}, leeg=NIETS, nummer="{locatie}"),
    "mijn-nieuw": eigen(doet={"naam_nl": "Samen koken", "thema": "{thema}"}),
    "mijn-activiteit": eigen(doet={"daad": "weg"}),
    "mijn-voorbeeld": eigen(),
    "mijn-activiteit-deel": eigen(doet={"naam_nl": "Samen eten", "thema": "{thema}"}, deel="tekst"),
    "mijn-activiteit-versies": eigen(doet={"versie": "{versie_activiteit}"}, leeg=NIETS),
    "mijn-meldingen": eigen(doet={"melding": "{melding}", "daad": "hersteld"}, leeg=NIETS),
    "mijn-wanneer": eigen(doet={"weg": "{moment}"}),
    "mijn-moment-nieuw": eigen(doet=WEKELIJKS),
    "mijn-moment": eigen(doet={**WEKELIJKS, "afdruk": "{afdruk}"}),
    "mijn-datum": eigen(doet={"soort": "overgeslagen"}),
    "mijn-pauze": eigen(doet=PAUZE),
    # the desk as a whole
    "admin:index": beheer(),
    "admin:login": openbaar(get=DOOR, post=DOOR),
    "admin:logout": Rij(
        iedereen(DOOR, coordinator=NOOIT, superuser=NOOIT),
        iedereen(DOOR, coordinator=JA, superuser=JA),
    ),
    "admin:password_change": beheer(),
    "admin:password_change_done": beheer(post=NOOIT),
    "admin:jsi18n": beheer(post=NOOIT),
    "admin:app_list": beheer(app_label="organisaties"),
    "admin:view_on_site": beheer(get=DOOR, post=DOOR, content_type_id="{soort}", object_id="{nummer}"),
    "admin:autocomplete": beheer(
        "organisaties.view_organisatie",
        post=NOOIT,
        vraag="?app_label=organisaties&model_name=activiteit&field_name=organisatie",
    ),
    "admin:?admin/(?P<url>.*)$": beheer(get=NIETS, post=NIETS, url="bestaat-niet/"),
    # the desk: what is ours in it
    **{
        f"admin:organisaties_aanvraag_{naam}": beheer(OORDEEL, pk="{aanvraag_nummer}")
        for naam in [
            "oppakken",
            "geen_spam",
            "goedkeuren",
            "gesprek",
            "afronden",
            "vraag",
            "afwijzen",
            "terughalen",
            "notitie",
        ]
    },
    "admin:organisaties_aanvraag_uitnodiging": beheer(OORDEEL, get=NOOIT, post=DOOR, pk="{aanvraag_nummer}"),
    "admin:organisaties_aanvraag_change": beheer(
        "organisaties.view_aanvraag", post=NOOIT, object_id="{organisaties.aanvraag}"
    ),
    "admin:organisaties_melding_antwoord": beheer("organisaties.change_melding", pk="{melding}"),
    "admin:auth_user_password_change": beheer("organisaties.change_gebruiker", id="{organisaties.gebruiker}"),
}

NIEMAND = "nobody"
"""A right that nobody has."""

NOOIT_IN_BEHEER = {
    "organisaties.aanvraag": "add delete",
    "organisaties.bericht": "add change delete",
    "organisaties.gemist": "add change",
    "organisaties.melding": "add change delete",
}
"""What nobody does at the desk, whatever their rights."""


def _beheer_rijen() -> Iterator[tuple[str, Rij]]:
    """The five screens of everything that is registered at the desk, by the rights of Django."""
    for model in admin.site._registry:
        label, app, name = model._meta.label_lower, model._meta.app_label, model._meta.model_name
        never = NOOIT_IN_BEHEER.get(label, "").split()
        right = {
            deed: NIEMAND if deed in never else f"{app}.{deed}_{name}" for deed in ("view", "add", "change", "delete")
        }
        look, key = f"{right['view']} {right['change']}", f"{{{label}}}"
        prefix = f"admin:{app}_{name}"
        yield f"{prefix}_changelist", beheer(look)
        yield f"{prefix}_add", beheer(right["add"])
        yield f"{prefix}_change", beheer(look, right["change"], object_id=key)
        yield f"{prefix}_delete", beheer(right["delete"], object_id=key)
        has_versions = hasattr(model, "history")  # a post puts one back; here it does not say which
        puts_back = beheer(look, right["change"], post=NIETS, object_id=key)
        yield f"{prefix}_history", puts_back if has_versions else beheer(look, object_id=key)
        yield f"admin:?admin/{app}/{name}/<path:object_id>/", beheer(get=DOOR, post=DOOR, object_id=key)


def alle_rijen() -> dict[str, Rij]:
    return {**dict(_beheer_rijen()), **RIJEN}


ZONDER_CSRF = {
    "aansluiten": "readers get no cookie; what came from elsewhere is a suspicion, and a human looks",
    "account_signup": "the same page as aansluiten",
    "melding-activiteit": "readers get no cookie; what came from elsewhere is a suspicion, and a human looks",
    "melding-organisatie": "the same form as melding-activiteit",
    "aanvraag-detail": "whoever posts knows the token in the address",
    "uitnodiging": "whoever posts knows the token in the address, and another website is told apart by its header",
    "bewaarlijst": "a post changes nothing here, it makes another link",
}
"""The only addresses that take a post without a token against forgery, and why."""


# --- what there is to have a row for


@dataclass(frozen=True)
class Adres:
    """An address of the URL conf: its name (or its route, when it has none) and what stands in it."""

    naam: str
    route: str
    delen: tuple[str, ...]

    def url(self, values: dict[str, str]) -> str:
        if "?" not in self.naam:
            return reverse(self.naam, kwargs=values)
        filled = re.sub(r"\(\?P<(\w+)>[^)]*\)\$?|<(?:\w+:)?(\w+)>", lambda m: values[m[1] or m[2]], self.route)
        return f"/{filled}"


def adressen(resolver: URLResolver | None = None) -> list[Adres]:
    with override("nl"):
        return list(_walk((resolver or get_resolver()).url_patterns, "", "", ()))


def _walk(
    patterns: list[URLPattern | URLResolver], namespace: str, route: str, delen: tuple[str, ...]
) -> Iterator[Adres]:
    for each in patterns:
        here, found = f"{route}{each.pattern}", (*delen, *each.pattern.regex.groupindex)
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from _walk(each.url_patterns, inner, here, found)
        else:
            here = here.replace("/^", "/")
            yield Adres(f"{namespace}{each.name or f'?{here}'}", here, found)
