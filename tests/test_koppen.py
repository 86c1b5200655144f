"""The headers of every answer: what a browser may do with it, keep of it and tell about it."""

import json
import os
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.test import RequestFactory

from netwerk.middleware import HeadersMiddleware
from tests.conftest import ROOT, vraag
from tests.paginas import ALLE, TALEN

pytestmark = pytest.mark.django_db
ANDER_PROCES = pytest.mark.statisch
"""It has a database of its own, of which the kind does not matter."""

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=()",
}
LISTS = ("activiteit-list", "organisatie-list")
NEARBY = {"Permissions-Policy": "browsing-topics=(), camera=(), geolocation=(self), microphone=(), payment=()"}
"""A list may ask the phone where it is, after a tap; no other page may."""

PUBLIC = "public, max-age=0, must-revalidate"
LOGO = f"logos/{'0a' * 16}.webp"
ELSEWHERE = {
    "places on the map": ("/nl/kaart/plekken.json", 200),
    "redirect": ("/", 302),
    "slash": ("/nl/agenda", 301),
    "language without a page": ("/xx/", 404),
    "style sheet": ("/static/css/stijl.css", 200),
    "drawing": ("/static/img/iconen.svg", 200),
    "logo": (f"/media/{LOGO}", 200),
    "no logo": ("/media/logos/x.webp", 404),
    "no place on the map": ("/nl/kaart/plekken.json?vak=x", 400),
    "admin": ("/admin/", 302),
    "login": ("/nl/inloggen/beheer/", 200),
    "too long": ("/nl/?q=" + "x" * 5000, 414),
}


def policy(text: str) -> dict[str, list[str]]:
    parts = (part.split() for part in text.split(";") if part.strip())
    return {name: values for name, *values in parts}


def weak_spots(text: str) -> list[str]:
    """What internet.nl and the Observatory hold against a policy; see eisen H2 and H3."""
    found = policy(text)
    missing = {"default-src", "form-action", "base-uri", "frame-ancestors"} - set(found)
    loose = [
        f"{name} {value}"
        for name, values in found.items()
        for value in values
        if value not in ("'none'", "'self'") and not (name == "img-src" and value == "data:")
    ]
    return sorted(missing) + loose


@pytest.fixture
def elders(settings, tmp_path, klok):
    """The answers that are no page, by what they are; each with the status that it must have."""
    settings.MEDIA_ROOT = tmp_path
    default_storage.save(LOGO, ContentFile(b"RIFF"))
    found = {name: vraag(url) for name, (url, _) in ELSEWHERE.items()}
    assert {name: r.status_code for name, r in found.items()} == {n: s for n, (_, s) in ELSEWHERE.items()}
    return found


def test_policy_is_exactly_ours(antwoorden):
    for key, response in antwoorden.items():
        assert (key, policy(response.headers["Content-Security-Policy"])) == (key, policy(CSP))


def test_policy_has_no_weak_spots():
    assert weak_spots(CSP) == []


@pytest.mark.parametrize(
    "spot", ["script-src 'unsafe-inline'", "img-src https:", "style-src 'unsafe-hashes'", "font-src *", "x 127.0.0.1"]
)
def test_a_weak_spot_is_found(spot):
    assert weak_spots(f"{CSP}; {spot}") == [spot]


def test_a_missing_directive_is_found():
    assert weak_spots("default-src 'none'; base-uri 'none'") == ["form-action", "frame-ancestors"]


def test_every_page_has_the_headers(antwoorden):
    for key, response in antwoorden.items():
        wanted = HEADERS | (NEARBY if key[0].partition(":")[0] in LISTS else {})
        assert (key, {name: response.headers.get(name) for name in HEADERS}) == (key, wanted)


def test_every_other_answer_has_the_headers(elders):
    for name, response in elders.items():
        assert (name, {header: response.headers.get(header) for header in HEADERS}) == (name, HEADERS)
        assert (name, bool(response.headers.get("Content-Security-Policy"))) == (name, True)


def test_no_answer_says_what_it_runs_on(antwoorden, elders):
    for response in (*antwoorden.values(), *elders.values()):
        assert {"Server", "X-Powered-By"} & set(response.headers) == set()


# --- keeping


def test_pages_may_be_kept_when_asked_again(antwoorden):
    for pagina, taal in product(ALLE, TALEN):
        headers = antwoorden[str(pagina), taal].headers
        is_own = pagina.besloten or pagina.post is not None
        kept = PUBLIC if pagina.status == 200 and not is_own else "no-store"
        assert (str(pagina), headers["Cache-Control"], "ETag" in headers) == (str(pagina), kept, not is_own)


def test_other_answers_are_kept_as_they_should(elders):
    kept = {name: response.headers["Cache-Control"] for name, response in elders.items()}
    assert {name for name, value in kept.items() if "no-store" in value} == {
        "language without a page",
        "no logo",
        "no place on the map",
        "admin",
        "login",
        "too long",
    }
    assert kept["logo"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("url", ["/nl/", "/en/", "/nl/activiteiten/?thema=taal", "/nl/agenda/", "/nl/privacy/"])
def test_page_that_did_not_change_is_not_sent_again(url, wereld):
    etag = vraag(url).headers["ETag"]
    again = vraag(url, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert {name: again.headers.get(name) for name in HEADERS} == HEADERS
    assert again.headers["Cache-Control"] == PUBLIC


@pytest.mark.parametrize("url", ["/nl/", "/nl/activiteiten/"])
def test_compressed_page_that_did_not_change_is_not_sent_again(url, wereld):
    first = vraag(url, headers={"Accept-Encoding": "gzip"})
    assert (first.headers["Content-Encoding"], first.headers["Vary"]) == ("gzip", "Accept-Encoding")
    again = vraag(url, headers={"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_page_that_did_change_is_sent_again(wereld):
    etag = vraag("/nl/").headers["ETag"]
    assert vraag("/en/", headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize(("method", "body"), [("get", b"page"), ("head", b"")])
def test_asking_for_the_head_gives_no_body(method, body):
    # not through the test client: that takes the body away itself
    request = getattr(RequestFactory(), method)("/nl/")
    answer = HeadersMiddleware(lambda _: HttpResponse("page", headers={"Content-Length": "4"}))(request)
    assert (answer.content, answer.headers["Content-Length"]) == (body, "4")


# --- production settings, each time in a process of its own

ENVIRONMENT = {
    "DEBUG": "0",
    "SECRET_KEY": "k3y-" + "aBcD3fGh1jKlMn0pQrStUvWxYz" * 2,
    "SITE_URL": "https://nieuwkomers.example",
    "ALLOWED_HOSTS": "nieuwkomers.example",
    "CONTACT_EMAIL": "hallo@nieuwkomers.example",
    "EMAIL_HOST": "mail.nieuwkomers.example",
    "DJANGO_SETTINGS_MODULE": "netwerk.settings",
}
ASK = """
import json, pathlib, sys, tempfile
import netwerk.settings as settings
place = pathlib.Path(sys.argv[1])
settings.STATIC_ROOT = place / "static"
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("collectstatic", verbosity=0, interactive=False)
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from django.templatetags.static import static
def ask(url, secure=True):
    client = Client(headers={"host": "nieuwkomers.example"}, raise_request_exception=False)
    response = client.get(url, secure=secure)
    cookies = {name: dict(morsel) for name, morsel in response.cookies.items()}
    answer = {"status": response.status_code, "headers": dict(response.headers), "cookies": cookies}
    response.close()
    return answer
styles = [static("css/stijl.css"), static("js_lib_leaflet/leaflet.js"), static("js_lib_leaflet/leaflet.css")]
urls = ["/nl/", "/", "/nl/agenda", "/nl/x/", "/nl/inloggen/beheer/", *styles, "/media/x"]
print(json.dumps({**{url: ask(url) for url in urls}, "plain": ask("/nl/", secure=False)}))
"""


def _run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command of the project with the environment of a real site, and nothing from ours."""
    plain = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=plain | environment, capture_output=True, text=True, timeout=400
    )


def _database(place: Path) -> dict[str, str]:
    return {"DATABASE_URL": f"sqlite:///{place / 'db.sqlite3'}", "MEDIA_ROOT": str(place)}


@pytest.fixture(scope="module")
def productie():
    with tempfile.TemporaryDirectory() as place:
        done = _run("-c", ASK, place, **ENVIRONMENT, **_database(Path(place)))
    assert (done.returncode, done.stderr) == (0, "")  # nothing of these visits is written down
    return json.loads(done.stdout.splitlines()[-1])


@ANDER_PROCES
def test_production_asks_for_https_everywhere(productie):
    statuses = {url: answer["status"] for url, answer in productie.items()}
    assert sorted(statuses.values()) == [200, 200, 200, 200, 200, 301, 301, 302, 404, 404]
    for url, answer in productie.items():
        hsts = answer["headers"].get("Strict-Transport-Security")
        wanted = None if url == "plain" else "max-age=31536000; includeSubDomains; preload"
        assert (url, hsts) == (url, wanted)
    assert productie["plain"]["headers"]["Location"] == "https://nieuwkomers.example/nl/"


@ANDER_PROCES
def test_production_upgrades_insecure_requests(productie):
    found = policy(productie["/nl/"]["headers"]["Content-Security-Policy"])
    assert found == policy(CSP) | {"upgrade-insecure-requests": []}


@ANDER_PROCES
def test_production_keeps_static_files_for_a_year(productie):
    for static in (answer for url, answer in productie.items() if url.startswith("/static/")):
        assert static["headers"]["Cache-Control"] == "max-age=315360000, public, immutable"
        assert {name: static["headers"].get(name) for name in HEADERS} == HEADERS


@ANDER_PROCES
def test_production_cookies_are_tied_to_the_host(productie):
    cookies = {name: morsel for answer in productie.values() for name, morsel in answer["cookies"].items()}
    assert set(cookies) == {"__Host-csrf"}
    csrf = cookies["__Host-csrf"]
    assert (csrf["secure"], csrf["httponly"], csrf["samesite"], csrf["path"], csrf["domain"]) == (
        True,
        True,
        "Lax",
        "/",
        "",
    )


@ANDER_PROCES
def test_production_names_the_session_cookie_for_the_host():
    code = "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE)"
    done = _run("-c", code, **ENVIRONMENT)
    assert done.stdout.split() == ["__Host-session", "True"]


@ANDER_PROCES
def test_deploy_check_is_clean(tmp_path):
    done = _run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **ENVIRONMENT, **_database(tmp_path))
    assert (done.returncode, "0 silenced" in done.stdout + done.stderr) == (0, True), done.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS", "CONTACT_EMAIL"])
def test_missing_setting_stops_with_one_clear_line(name):
    done = _run("manage.py", "check", **{n: value for n, value in ENVIRONMENT.items() if n != name})
    assert (done.returncode, done.stderr) == (1, f"Settings: Set {name} in the environment. See .env.example.\n")


@pytest.mark.parametrize("key", ["", "short", "only-for-development-" * 3])
def test_weak_secret_key_stops(key, tmp_path):
    environment = ENVIRONMENT | _database(tmp_path) | {"SECRET_KEY": key}
    done = _run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **environment)
    assert (done.returncode != 0, "SECRET_KEY" in done.stderr) == (True, True)
