"""What asks for the attention of who edits an organisation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisaties.choices import LISTED_STATUSES, LocatieSoort, Planning, Vertaalstaat
from organisaties.models import Activiteit, Locatie, Melding, Organisatie

LANG_GELEDEN = timedelta(days=182)
"""After so long an entry asks to be looked at again: half a year."""

_LEZER = _("Een lezer schrijft: %(wat)s")
_IN_WORDS = {
    ("en", Vertaalstaat.ONTBREEKT): _("De tekst in het Engels ontbreekt"),
    ("en", Vertaalstaat.VEROUDERD): _("Het Engels is ouder dan het Nederlands"),
    ("en", Vertaalstaat.MACHINE): _("Een computer vertaalde het Engels: lees het na"),
    ("nl", Vertaalstaat.ONTBREEKT): _("De tekst in het Nederlands ontbreekt"),
    ("nl", Vertaalstaat.VEROUDERD): _("Het Nederlands is ouder dan het Engels"),
    ("nl", Vertaalstaat.MACHINE): _("Een computer vertaalde het Nederlands: lees het na"),
}


@dataclass(frozen=True, slots=True)
class Taak:
    """One thing to do: what, of which entry, and the word of the part where it is done (or of the deed)."""

    wat: Any
    entry: Organisatie | Activiteit | Locatie
    waar: str
    icoon: str

    @property
    def is_van_activiteit(self) -> bool:
        return isinstance(self.entry, Activiteit)


def of_activiteit(activiteit: Activiteit) -> list[Taak]:
    """What asks for attention in one activity. Reads its moments."""
    found = [Taak(words, activiteit, waar, "taalkeuze") for words, waar in _translations(activiteit)]
    is_shown = activiteit.status in LISTED_STATUSES
    if activiteit.planning != Planning.AFSPRAAK and not activiteit.momenten.all() and not activiteit.wanneer:
        found.append(Taak(_("Er staat niet bij wanneer het is"), activiteit, "wanneer", "kalender"))
    return found + (_to_confirm(activiteit) if is_shown else [])


def of_organisatie(organisatie: Organisatie, activiteiten: Iterable[Activiteit]) -> list[Taak]:
    """What asks for attention: reports of readers first, then the profile, its places, and these activities of it.

    The directions to a hidden place are read by nobody, in no language.
    """
    reports = Melding.objects.of_organisatie(organisatie).open()
    found = [Taak(_LEZER % {"wat": each.get_wat_display()}, each.over, "melding", "bericht") for each in reports]
    shown = [plek for plek in organisatie.locaties.all() if plek.soort != LocatieSoort.VERBORGEN]
    texts = [(entry, *todo) for entry in (organisatie, *shown) for todo in _translations(entry)]
    own = found + [Taak(words, entry, waar, "taalkeuze") for entry, words, waar in texts]
    if organisatie.is_published:
        own += _to_confirm(organisatie)
    return own + [taak for activiteit in activiteiten for taak in of_activiteit(activiteit)]


def _to_confirm(entry: Organisatie | Activiteit) -> list[Taak]:
    """What to do when nobody of the organisation said for half a year, or ever, that it is right."""
    if entry.bevestigd_op is None:
        return [Taak(_("Nog niet gecontroleerd"), entry, "klopt", "klok")]
    if entry.bevestigd_op < timezone.localdate() - LANG_GELEDEN:
        return [Taak(_("Niet gecontroleerd sinds 6 maanden"), entry, "klopt", "klok")]
    return []


def _translations(entry: Organisatie | Activiteit | Locatie) -> Iterator[tuple[Any, str]]:
    """Of each language the worst that is the matter, once, and in which part."""
    for language in ("nl", "en"):
        found = {staat: name for name, staat in reversed(list(entry.staten(language)))}
        for staat in Vertaalstaat:
            if staat in found:
                yield _IN_WORDS[language, staat], PLEK[type(entry)].get(found[staat], "")
                break


PLEK: dict[type[models.Model], dict[str, str]] = {
    Organisatie: {"samenvatting": "naam", "omschrijving": "verhaal", "vrijwilligers": "vrijwilligers"},
    Activiteit: {
        "naam": "tekst",
        "samenvatting": "tekst",
        "omschrijving": "tekst",
        "wanneer": "tijd",
        "waar": "waar",
        "kosten_uitleg": "kosten",
        "stappen": "meedoen",
        "taal_uitleg": "taal",
        "ontvangst": "wie",
        "wachtlijst_uitleg": "meedoen",
    },
    Locatie: {"uitleg": "plek"},
}
"""In which part a text is changed; a place has but one form."""
