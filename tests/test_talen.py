"""The language is in the address; every sentence is translated; a third language, from right to left, just works."""

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils.translation import override

from tests.conftest import ROOT, maak_wereld, open_pagina, stille_klok, tijdelijk, vraag
from tests.lezen import Element, gelezen, lees
from tests.paginas import ALLE, TALEN
from tests.pseudo import DICHT, OPEN, TAAL, pseudotaal

STADSDELEN = ("Centrum", "Noord", "Nieuw-West", "Oost", "Westpoort", "West", "Zuidoost", "Zuid", "Weesp")
CATALOGUS = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
ADRESSEN = {
    "activiteit-list": ("/nl/activiteiten/", "/en/activities/"),
    "organisatie-list": ("/nl/organisaties/", "/en/organisations/"),
    "thema-list": ("/nl/themas/", "/en/themes/"),
    "agenda": ("/nl/agenda/", "/en/calendar/"),
    "kaart": ("/nl/kaart/", "/en/map/"),
    "over-ons": ("/nl/over-ons/", "/en/about/"),
    "aansluiten": ("/nl/aansluiten/", "/en/join/"),
    "mijn": ("/nl/mijn/", "/en/my/"),
}
"""The addresses that are promised for ever."""


# --- addresses


@pytest.mark.parametrize("naam", ADRESSEN)
def test_address_stays(naam):
    found = []
    for taal in TALEN:
        with override(taal):
            found.append(reverse(naam))
    assert tuple(found) == ADRESSEN[naam]


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("nl", "/nl/"),
        ("en-GB,en;q=0.9", "/en/"),
        ("fr,en;q=0.5,nl;q=0.4", "/en/"),
        ("fr", "/nl/"),
        ("*", "/nl/"),
        ("", "/nl/"),
        ("x" * 10_000, "/nl/"),
    ],
)
def test_root_goes_once_to_the_language_of_the_browser(asked, path):
    response = vraag("/", headers={"accept-language": asked})
    assert (response.status_code, response.headers["Location"]) == (302, path)
    assert (response.headers["Vary"], response.cookies.output()) == ("Accept-Language", "")


@pytest.mark.django_db
@pytest.mark.parametrize("taal", TALEN)
def test_other_addresses_do_not_look_at_the_browser(taal, klok):
    answers = [vraag(f"/{taal}/", headers={"accept-language": asked}) for asked in ("nl", "en", "fr")]
    assert len({answer.content for answer in answers}) == 1
    assert "accept-language" not in answers[0].headers.get("Vary", "").lower()


# --- the catalogue


@pytest.mark.statisch
def test_every_sentence_is_translated():
    catalogue = polib.pofile(str(CATALOGUS))
    assert [entry.msgid for entry in catalogue if not entry.translated() or entry.fuzzy] == []
    assert catalogue.obsolete_entries() == []


@pytest.mark.statisch
def test_compiled_catalogue_is_that_of_the_sentences():
    def texts(entries):
        return {(e.msgctxt, e.msgid): e.msgstr_plural or e.msgstr for e in entries}

    assert texts(polib.mofile(str(CATALOGUS.with_suffix(".mo")))) == texts(polib.pofile(str(CATALOGUS)))


@pytest.mark.statisch
def test_a_translation_keeps_the_parts_that_are_filled_in():
    wrong = [
        (entry.msgid, text)
        for entry in polib.pofile(str(CATALOGUS))
        for text in (entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr])
        if _filled_in(text) != _filled_in(entry.msgid)
    ]
    assert wrong == []


def _filled_in(text: str) -> Counter[str]:
    return Counter(re.findall(r"%\(\w+\)s", text))


@pytest.fixture(scope="module")
def gettext() -> None:
    if not shutil.which("xgettext"):
        pytest.skip("no gettext: apt-get install gettext")


def _collected(place: Path) -> set[tuple[str | None, str]]:
    """Every sentence that stands in the sources, collected anew in a copy of the project at `place`."""
    command = [sys.executable, "manage.py", "makemessages", "-l", "en", "--no-obsolete"]
    subprocess.run(command, cwd=place, check=True, capture_output=True)
    collected = polib.pofile(str(place / CATALOGUS.relative_to(ROOT)))
    return {(entry.msgctxt, entry.msgid) for entry in collected}


@pytest.fixture
def kopie(tmp_path) -> Path:
    """A copy of everything that holds sentences, with an empty catalogue."""
    for name in ("netwerk", "organisaties", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "gegevens"))
    shutil.copy(ROOT / "manage.py", tmp_path)
    (tmp_path / "locale").mkdir()
    return tmp_path


@pytest.mark.statisch
def test_no_sentence_is_missing_from_the_catalogue(gettext, kopie):
    assert _collected(kopie) == {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(CATALOGUS))}


@pytest.mark.statisch
def test_a_new_sentence_is_found(gettext, kopie):
    (kopie / "templates" / "home.html").write_text('{% load i18n %}{% translate "Een nieuwe zin." %}')
    assert (None, "Een nieuwe zin.") in _collected(kopie)


# --- a third language


@pytest.fixture(scope="module")
def omgekeerd(django_db_setup, django_db_blocker, tmp_path_factory) -> dict[str, Element]:
    """Every page in the pseudo-language."""
    here = override_settings(ROOT_URLCONF="tests.paginas", MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with tijdelijk(django_db_blocker), here, pseudotaal(tmp_path_factory.mktemp("locale")), stille_klok():
        maak_wereld()
        return {str(pagina): lees(open_pagina(pagina, TAAL).content) for pagina in ALLE}


@pytest.mark.django_db
def test_every_page_reads_from_right_to_left(omgekeerd):
    for name, page in omgekeerd.items():
        html = page.one("html")
        assert (name, html.get("lang"), html.get("dir"), len(page.all("h1"))) == (name, TAAL, "rtl", 1)


@pytest.mark.django_db
def test_no_sentence_stands_fixed_in_a_template(omgekeerd):
    found = {(name, text) for name, page in omgekeerd.items() for text in _fixed(page)}
    assert found == set()


def test_a_fixed_sentence_is_found():
    body = f"<p>Hallo</p><p>{OPEN}Hallo <b>Sara</b>{DICHT} 12</p><p><bdi>Sara</bdi></p><p lang='nl'>Dag</p>"
    page = lees(f"<html lang='{TAAL}'><title></title><body>{body}<img alt='Wapen'></body></html>")
    assert list(_fixed(page)) == ["Hallo", "Wapen"]


def _fixed(page: Element) -> Iterator[str]:
    """Texts in the language of the page that are no sentence of the catalogue and no name.

    Dates come from Django, in Arabic letters; the name of the network and of districts are the same everywhere.
    """
    depth = 0
    for element, text in gelezen(page.one("body")):
        is_ours = depth == 0 and OPEN not in text
        depth += text.count(OPEN) - text.count(DICHT)
        is_name = any(e.tag == "bdi" or "monogram" in e.get("class") or e.get("dir") == "ltr" for e in element.chain)
        if is_ours and not is_name and element.language == TAAL and re.search("[A-Za-z]", _NAMES.sub("", text)):
            yield text


_NAMES = re.compile("Netwerk Nieuwkomers|Amsterdam|" + "|".join(STADSDELEN))
