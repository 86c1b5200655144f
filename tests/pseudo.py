"""A language that nobody speaks: every sentence of the site between marks, read from right to left.

It shows that a third language is a line in LANGUAGES and a catalogue, and that no sentence stands fixed in a template.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polib
from django.conf import settings
from django.test import override_settings

TAAL = "ar"
OPEN, DICHT = "\u2983", "\u2984"


def gemerkt(text: str) -> str:
    return f"{OPEN}{text}{DICHT}"


@contextmanager
def pseudotaal(place: Path) -> Iterator[None]:
    """Within this the site has one more language. Takes an empty directory for its catalogue."""
    catalogue = place / TAAL / "LC_MESSAGES" / "django.mo"
    catalogue.parent.mkdir(parents=True)
    source = polib.pofile(str(Path(settings.LOCALE_PATHS[0]) / "en" / "LC_MESSAGES" / "django.po"))
    source.metadata["Plural-Forms"] = "nplurals=2; plural=(n != 1);"
    for entry in source:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: gemerkt(entry.msgid), 1: gemerkt(entry.msgid_plural)}
        else:
            is_path = "/" in entry.msgid and " " not in entry.msgid
            entry.msgstr = entry.msgid if is_path else gemerkt(entry.msgid)
    source.save_as_mofile(str(catalogue))
    languages = [*settings.LANGUAGES, (TAAL, "Pseudo")]
    with override_settings(LANGUAGES=languages, LOCALE_PATHS=[str(place), *settings.LOCALE_PATHS]):
        yield
