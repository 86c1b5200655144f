"""Dutch public holidays, by the name that the reader's language has for them."""

from datetime import date
from functools import lru_cache

from holidays.countries import Netherlands

from organisaties.fields import reader_language

_LANGUAGES = {"nl": "nl", "uk": "uk"}
"""Our code to the code of the library, where it has names in a language; the rest read English."""


def feestdag(day: date) -> str:
    """The name of the holiday on this day in the reader's language, or nothing.

    Good Friday and Liberation Day count: they are no day off by law, but many doors are closed.
    """
    return _names(day.year, _LANGUAGES.get(reader_language(), "en_US")).get(day, "")


@lru_cache(maxsize=64)
def _names(year: int, language: str) -> dict[date, str]:
    names = Netherlands(years=year, language=language, categories=("public", "optional"))
    # the library writes "Tweede paasdag"; on a sign at the door stands "Tweede Paasdag"
    return {day: name.title() if language == "nl" else name for day, name in names.items()}
