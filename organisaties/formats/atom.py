"""New and changed activities as a news feed: Atom, RFC 4287."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from organisaties.fields import reader_language
from organisaties.formats.tekst import losstaand
from organisaties.models import Activiteit

SINDS = 2026
"""The year in the `tag:` addresses; it says when the host was ours and never changes (RFC 4151)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nieuws:
    """What a feed says of itself: its name, its address, that of its list, its site, and what one should know."""

    naam: str
    bron: str
    pagina: str
    site: str
    uitleg: str = ""


class _Feed(Atom1Feed):
    def latest_post_date(self) -> datetime:
        """A feed without entries did not change just now: it would never be the same twice."""
        return super().latest_post_date() if self.items else datetime(SINDS, 1, 1, tzinfo=UTC)

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["taal"]}


def write(nieuws: Nieuws, activiteiten: Iterable[Activiteit]) -> bytes:
    """The feed of activities in the reader's language, in the order given. Takes activities of `with_cards()`."""
    taal, host = reader_language(), urlsplit(nieuws.site).hostname
    feed = _Feed(
        title=losstaand(nieuws.naam),
        link=nieuws.pagina,
        description=None,
        subtitle=nieuws.uitleg or None,
        feed_url=nieuws.bron,
        feed_guid=nieuws.bron,
        author_name="Netwerk Nieuwkomers Amsterdam",
        language=taal,
    )
    for activiteit in activiteiten:
        feed.add_item(
            title=losstaand(activiteit.naam),
            link=nieuws.site + activiteit.get_absolute_url(),
            # a reader may follow both languages: they are two texts, not one that keeps changing
            unique_id=f"tag:{host},{SINDS}:activiteit/{activiteit.pk}/{taal}",
            description=escape(_summary(activiteit)),
            author_name=losstaand(activiteit.organisatie.naam),
            pubdate=activiteit.created_at,
            updateddate=max(activiteit.updated_at, activiteit.created_at),
            categories=[activiteit.thema.naam],
            taal=activiteit.naam.taal,
        )
    return feed.writeString("utf-8").encode()


def _summary(activiteit: Activiteit) -> str:
    """What it is, when, where and for how much."""
    sentence = losstaand(activiteit.samenvatting)
    when, where = "; ".join(activiteit.tijden), losstaand(activiteit.waar_kort)
    facts = ((_("Wanneer"), when), (_("Waar"), where), (_("Kosten"), activiteit.kosten_in_woorden))
    return " ".join(part for part in (sentence, *(f"{label}: {fact}." for label, fact in facts if fact)) if part)
