"""Finding an entry by the last word of its address, or by one that it had before."""

from typing import TypeVar

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404

from organisaties.models import Activiteit, Organisatie

Entry = TypeVar("Entry", Activiteit, Organisatie)


def find(queryset: "QuerySet[Entry]", slug: str) -> Entry:
    """The entry with this slug, else the one that had it before. Raises Http404 when there is none in the queryset."""
    entry = queryset.filter(slug=slug).first() or queryset.filter(oude_slugs__slug=slug).first()
    if entry is None:
        raise Http404
    return entry


def languages_of(entry: Activiteit | Organisatie) -> list[str]:
    """The codes of the languages in which all of an entry's texts are there."""
    return [code for code, _ in settings.LANGUAGES if entry.is_translated(code)]
