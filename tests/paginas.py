"""Every page of the site as data: its URL name, with what, and in which state. Plus addresses that fail on purpose."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import override

from netwerk import urls
from organisaties.bewaarlijst import pak
from organisaties.models import Aanvraag
from organisaties.spam import open_formulier
from organisaties.views import errors

TALEN = ("nl", "en")
ZONDER_RIJ = {
    "root": "redirects, see test_talen.py",
    "media": "a file, see test_koppen.py",
    "kalender-list": "a calendar, see test_kalenders.py",
    "kalender-detail": "a calendar, see test_kalenders.py",
    "kalender-bewaard": "a calendar, see test_kalenders.py",
    "nieuws-list": "a news feed, see test_kalenders.py",
    "kort-activiteit": "redirects, see test_papier.py",
    "kort-bewaarlijst": "redirects, see test_papier.py",
    "activiteit-pdf": "a file, see test_papier.py",
    "activiteit-poster-pdf": "a file, see test_papier.py",
    "bewaarlijst-pdf": "a file, see test_papier.py",
    "kaart-plekken": "data, see test_kaart.py",
    "uitnodiging": "needs a token, see test_uitnodiging.py",
    "mijn-organisatie": "needs a login, see test_mijn.py",
    "account": "needs a login, see test_mijn.py",
    "account-app": "for coordinators, see test_tweede_stap.py",
    "account-codes": "for coordinators, see test_tweede_stap.py",
    "account-passkey": "needs a login, see test_tweede_stap.py",
    "account-sleutel": "needs a login, see test_tweede_stap.py",
    "account_login": "sets a cookie, see test_inloggen.py and test_mijn.py",
    "account_request_login_code": "the same as account_login",
    "account_confirm_login_code": "needs a code, see test_inloggen.py and test_mijn.py",
    "account_signup": "the same as aansluiten",
    "mijn-meldingen": "needs a login, see test_meldingen.py and test_mijn.py",
    "mijn-profiel": "needs a login, see test_bewerken.py and test_mijn.py",
    "mijn-logo": "needs a login, see test_fotos.py and test_mijn.py",
    "mijn-foto": "the same as mijn-logo",
    "mijn-activiteit-foto": "the same as mijn-logo",
    "mijn-plek": "needs a login, see test_plekken_bewerken.py and test_mijn.py",
    "mijn-plek-nieuw": "the same as mijn-plek",
    "mijn-nieuw": "the same as mijn-profiel",
    "mijn-activiteit": "the same as mijn-profiel",
    "mijn-activiteit-deel": "the same as mijn-profiel",
    "mijn-voorbeeld": "the same as mijn-profiel",
    "mijn-versies": "needs a login, see test_versies.py and test_mijn.py",
    "mijn-activiteit-versies": "the same as mijn-versies",
    "mijn-plek-versies": "the same as mijn-versies",
    "mijn-collegas": "needs a login, see test_collegas.py and test_mijn.py",
    "mijn-wanneer": "needs a login, see test_momenten_bewerken.py and test_mijn.py",
    "mijn-moment": "the same as mijn-wanneer",
    "mijn-moment-nieuw": "the same as mijn-wanneer",
    "mijn-datum": "needs a login, see test_momenten_data.py and test_mijn.py",
    "mijn-pauze": "the same as mijn-wanneer",
    "beheer-inloggen": "sets a cookie, see test_tweede_stap.py",
    "mfa_authenticate": "needs a password, see test_tweede_stap.py",
    "mfa_login_webauthn": "no page, see test_tweede_stap.py",
    "uitloggen": "for who is logged in, see test_mijn.py",
}
"""Names that are no page, and where they are tested."""

NUMMERS = {"taalcafe": 900_003, "vol": 900_002, "gestopt": 900_001}
"""The ids of activities on a list, by slug: fixed, so that the link of a list is always the same.

Each is lower than the one that is made before it: SQLite goes on counting from the highest.
"""


KENMERKEN = {
    "onbevestigd": "QVQV-2222",
    "verdacht": "QVQV-3333",
    "wacht": "QVQV-4444",
    "ingetrokken": "QVQV-5555",
    "nieuw": "QVQV-6666",
}
"""The references of requests, by what state they are in."""


def formulier_van(*moment: int) -> str:
    """The token of a form that was opened at a moment: year, month, day and so on, in UTC."""
    with mock.patch("django.utils.timezone.now", return_value=datetime(*moment, tzinfo=UTC)):
        return open_formulier()


def met_token(staat: str) -> dict[str, str]:
    return {"token": Aanvraag(kenmerk=KENMERKEN[staat]).token}


def met_kenmerk(staat: str) -> dict[str, str]:
    return {"kenmerk": KENMERKEN[staat]}


ANTWOORDEN = {
    "organisatie_naam": "جيران على المائدة",
    "soort": "lidmaatschap",
    "omschrijving": "نأكل معًا كل أسبوع.",
    "themas": ["ontmoeten", "gezin"],
    "stadsdelen": ["west"],
    "werkwijze": "ብሓባር ንበልዕ።",
    "website": "www.buurttafel.example",
    "naam": "حنان الأمراني",
    "email": "hanan@buurttafel.example",
    "formulier": formulier_van(2026, 11, 24, 8, 55),
}
"""Right answers to the form, without a letter that a sentence of the site could have."""


def lijst_van(*nummers: int) -> str:
    return f"?lijst={pak(nummers)}"


@dataclass(frozen=True)
class Pagina:
    """A page in a state. `naam` is the URL name; a name with a slash is an address below the language.

    `post` is what is sent to get it; `besloten` is a page that is for one person, or that nobody can ask for twice.
    """

    naam: str
    staat: str = ""
    slug: str = ""
    query: str = ""
    status: int = 200
    alleen_nl: bool = False
    deel: dict[str, str] = field(default_factory=dict, compare=False)
    post: dict[str, Any] | None = field(default=None, compare=False)
    besloten: bool = False
    script: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.naam}:{self.staat}" if self.staat else self.naam

    def adres(self, taal: str) -> str:
        if "/" in self.naam:
            return f"/{taal}/{self.naam}"
        with override(taal):
            return reverse(self.naam, kwargs={"slug": self.slug} if self.slug else self.deel) + self.query


PAGINAS = (
    Pagina("home"),
    Pagina("activiteit-list"),
    Pagina("activiteit-list", "gefilterd", query="?thema=taal&stadsdeel=west"),
    Pagina("activiteit-list", "gezocht", query="?q=taalcaf%C3%A9"),
    Pagina("activiteit-list", "bladzijde 2", query="?pagina=2"),
    Pagina("activiteit-list", "vandaag", query="?wanneer=vandaag"),
    Pagina("activiteit-list", "op een dag", query="?datum=2026-12-01&dagdeel=ochtend"),
    Pagina("activiteit-list", "dichtbij", query="?bij=1018"),
    Pagina("activiteit-list", "niets gevonden", query="?q=zzzz&thema=recht"),
    Pagina("activiteit-detail", slug="taalcafe"),
    Pagina("activiteit-detail", "vol", slug="vol"),
    Pagina("activiteit-detail", "gepauzeerd", slug="gepauzeerd"),
    Pagina("activiteit-detail", "gestopt", slug="gestopt"),
    Pagina("activiteit-detail", "alles onbekend", slug="alles-onbekend"),
    Pagina("activiteit-detail", "verborgen plek", slug="verborgen-plek"),
    Pagina("activiteit-detail", "online", slug="online"),
    Pagina("activiteit-detail", "alleen Nederlands", slug="alleen-nederlands", alleen_nl=True),
    Pagina("activiteit-papier", slug="taalcafe"),
    Pagina("activiteit-papier", "gestopt", slug="gestopt"),
    Pagina("activiteit-papier", "alles onbekend", slug="alles-onbekend"),
    Pagina("activiteit-papier", "verborgen plek", slug="verborgen-plek"),
    Pagina("activiteit-papier", "alleen Nederlands", slug="alleen-nederlands"),
    Pagina("activiteit-poster", slug="taalcafe"),
    Pagina("activiteit-poster", "verborgen plek", slug="verborgen-plek"),
    Pagina("activiteit-poster", "alleen Nederlands", slug="alleen-nederlands"),
    Pagina("bewaarlijst-papier", "leeg"),
    Pagina("organisatie-list"),
    Pagina("organisatie-list", "gefilterd", query="?thema=taal&thema=werk"),
    Pagina("organisatie-list", "bladzijde 2", query="?pagina=2"),
    Pagina("organisatie-list", "niets gevonden", query="?q=zzzz"),
    Pagina("organisatie-detail", slug="de-sluis"),
    Pagina("organisatie-detail", "met logo", slug="met-logo"),
    Pagina("organisatie-detail", "kaal", slug="kaal"),
    Pagina("organisatie-detail", "bladzijde 2", slug="grote-club", query="?pagina=2"),
    Pagina("organisatie-detail", "alleen Nederlands", slug="alleen-nederlands", alleen_nl=True),
    Pagina("thema-list"),
    Pagina("thema-detail", slug="taal"),
    Pagina("thema-detail", "leeg", slug="wonen"),
    Pagina("thema-detail", "bladzijde 2", slug="ontmoeten", query="?pagina=2"),
    Pagina("thema-detail", "snel weg", slug="recht"),
    Pagina("kiezen"),
    Pagina("kiezen", "waar", query="?thema=taal"),
    Pagina("kiezen", "wanneer", query="?thema=taal&stadsdeel=west"),
    Pagina("agenda"),
    Pagina("agenda", "vol", query="?week=2026-W49"),
    Pagina("agenda", "kerst", query="?week=2026-W52"),
    Pagina("agenda", "leeg", query="?week=2026-W48&thema=wonen"),
    Pagina("agenda", "gefilterd", query="?week=2026-W49&thema=taal&rolstoel=ja&dag=di"),
    Pagina("agenda", "dag", query="?datum=2026-11-24"),
    Pagina("agenda", "volle dag", query="?datum=2026-12-01"),
    Pagina("agenda", "volle dag, verder", query="?datum=2026-12-01&vanaf=60"),
    Pagina("bewaarlijst"),
    Pagina("bewaarlijst", "met twee", query=lijst_van(NUMMERS["taalcafe"], NUMMERS["vol"])),
    Pagina("bewaarlijst", "met iets dat weg is", query=lijst_van(NUMMERS["gestopt"], NUMMERS["vol"], 999_999)),
    Pagina("activiteit-list", "met een lijst", query=lijst_van(NUMMERS["taalcafe"]) + "&q=sluis"),
    Pagina("kaart"),
    Pagina("kaart", "stadsdeel", query="?stadsdeel=west"),
    Pagina("kaart", "gefilterd", query="?thema=taal&gratis=ja"),
    Pagina("kaart", "niets gevonden", query="?q=zzzz&thema=recht"),
    Pagina("over-ons"),
    Pagina("aansluiten"),
    Pagina(
        "aansluiten", "met fouten", post={**ANTWOORDEN, "naam": "", "email": "hanan", "soort": "x", "website": "ftp:x"}
    ),
    Pagina("aansluiten", "veranderen", post={**ANTWOORDEN, "wijzig": "naam"}),
    Pagina("aansluiten", "controleren", post=ANTWOORDEN, besloten=True),
    Pagina(
        "aansluiten",
        "te oud",
        post={**ANTWOORDEN, "formulier": formulier_van(2026, 11, 20), "verstuur": "ja"},
        besloten=True,
    ),
    Pagina("aanvraag-verstuurd", deel=met_kenmerk("onbevestigd"), besloten=True),
    Pagina("aanvraag-verstuurd", "eerst nakijken", deel=met_kenmerk("verdacht"), besloten=True),
    Pagina("aanvraag-verstuurd", "bevestigd", deel=met_kenmerk("nieuw"), besloten=True),
    Pagina("aanvraag-detail", "adres niet bevestigd", deel=met_token("onbevestigd"), besloten=True),
    Pagina("aanvraag-detail", "vraag", deel=met_token("wacht"), besloten=True),
    Pagina("aanvraag-detail", "zonder antwoord", deel=met_token("wacht"), post={"tekst": " "}, besloten=True),
    Pagina("aanvraag-detail", "intrekken", deel=met_token("nieuw"), query="?intrekken=ja", besloten=True),
    Pagina("aanvraag-detail", "ingetrokken", deel=met_token("ingetrokken"), besloten=True),
    Pagina("melding-activiteit", slug="taalcafe", besloten=True),
    Pagina("melding-activiteit", "gestopt", slug="gestopt", besloten=True),
    Pagina("melding-activiteit", "verborgen plek", slug="verborgen-plek", besloten=True),
    Pagina("melding-activiteit", "alleen Nederlands", slug="alleen-nederlands", besloten=True),
    Pagina("melding-activiteit", "met fouten", slug="taalcafe", post={"wat": "anders", "email": "@"}, besloten=True),
    Pagina("melding-activiteit", "te oud", slug="taalcafe", post={"wat": "tijd"}, besloten=True),
    Pagina("melding-activiteit", "verstuurd", slug="taalcafe", query="?klaar=verstuurd", besloten=True),
    Pagina("melding-organisatie", slug="de-sluis", besloten=True),
    Pagina("melding-organisatie", "verstuurd", slug="de-sluis", query="?klaar=verstuurd", besloten=True),
    Pagina("mijn"),
    Pagina("privacy"),
    Pagina("toegankelijkheid"),
    Pagina("colofon"),
)
FOUTEN = (
    Pagina("fout/400/", status=400),
    Pagina("fout/403/", status=403),
    Pagina("fout/csrf/", status=403),
    Pagina("bestaat-niet/", status=404),
    Pagina("bewaarlijst", "onleesbaar", query="?lijst=kapot", status=400),
    Pagina("aanvraag-detail", "onbekend", deel={"token": "QVQV-2222.x"}, status=404, besloten=True),
    Pagina("fout/500/", status=500),
)
ALLE = (*PAGINAS, *FOUTEN)
LEEG = tuple(
    Pagina(naam, "zonder gegevens")
    for naam in (
        "home",
        "activiteit-list",
        "organisatie-list",
        "thema-list",
        "agenda",
        "bewaarlijst",
        "kaart",
        "over-ons",
    )
)
"""Pages that must also look well when there is no entry at all."""

KERN = ("home", "activiteit-list:gefilterd", "activiteit-detail", "organisatie-detail", "agenda:vol", "over-ons")
"""The pages that stand for the rest where every page would take too long."""


def kernpaginas() -> list[Pagina]:
    return [pagina for pagina in PAGINAS if str(pagina) in KERN]


def url_names(patterns: list[URLPattern | URLResolver] | None = None) -> set[str]:
    """The names of all addresses of the site, without those of the admin."""
    found: set[str] = set()
    for pattern in urls.urlpatterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                found |= url_names(pattern.url_patterns)
        else:
            found.add(pattern.name or f"without a name: {pattern.pattern}")
    return found


def is_eigen(url: str) -> bool:
    """Whether an address is on the site itself."""
    return not urlsplit(url).netloc and urlsplit(url).scheme in ("", "http", "https")


# --- the site with four more addresses, one for each page that only a fault shows: ROOT_URLCONF = "tests.paginas"


def _raise(error: Exception):
    def view(request):
        raise error

    return view


_fouten = [
    path("400/", _raise(SuspiciousOperation("on purpose"))),
    path("403/", _raise(PermissionDenied("on purpose"))),
    path("500/", _raise(RuntimeError("on purpose"))),
    path("csrf/", errors.csrf_failure),
]
urlpatterns = [*urls.urlpatterns, *i18n_patterns(path("fout/", include(_fouten)))]
handler400, handler403, handler404, handler500 = (
    urls.handler400,
    urls.handler403,
    urls.handler404,
    urls.handler500,
)
