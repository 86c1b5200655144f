"""What is known of translations: of which text each was made, so that "outdated" is a fact and not a guess."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any, Self

from django.db import models

from organisaties.choices import Vertaalstaat
from organisaties.fields import Vertaalbaar, Vertaald, reader_language

TALEN = ("nl", "en")
"""The two languages in which texts are written side by side."""

MACHINE = "machine"


def merk(text: str) -> str:
    """The mark of a text: the same for the same words, whatever the spaces around and the line ends."""
    plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n").strip()
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


class Tweetalig(Vertaalbaar):
    """An entry of which each text remembers the mark of the other language's text that it was made from.

    `vertaald` holds, by the name of a text, the marks of the two texts that were last said to tell the same, and which
    of them a machine made. Nothing here looks at a clock. What is stored around `save` (in bulk) is taken to match.
    """

    vertaald = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any) -> Self:
        entry = super().from_db(db, field_names, values)
        entry.teksten_before = entry._loaded_texts()
        return entry

    def save(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("update_fields") is None:
            self.vertaald = {name: marks for name in self.teksten() if (marks := self._marks(name))}
        super().save(*args, **kwargs)
        self.teksten_before = self._loaded_texts()
        self.kleine_verbeteringen = self.ongezien = ()

    @classmethod
    @cache
    def teksten(cls) -> tuple[str, ...]:
        """The names of its translated texts: `naam`, `samenvatting` ..."""
        return tuple(v.name for each in cls.__mro__ for v in vars(each).values() if isinstance(v, Vertaald))

    def paar(self, name: str) -> dict[str, str]:
        """A text in both languages, by code."""
        return {code: getattr(self, f"{name}_{code}") for code in TALEN}

    def staat(self, name: str, language: str) -> Vertaalstaat | None:
        """How a text is in a language, beside the other language. None when it is there in neither."""
        texts = self.paar(name)
        other = _other(language)
        if not texts[language]:
            return Vertaalstaat.ONTBREEKT if texts[other] else None
        marks = self.vertaald.get(name, {})
        if texts[other] and marks.get(other, merk(texts[other])) != merk(texts[other]):
            return Vertaalstaat.VEROUDERD
        return Vertaalstaat.MACHINE if self.machine_van(name) == language else Vertaalstaat.GOED

    def staten(self, language: str) -> Iterator[tuple[str, Vertaalstaat]]:
        """The texts that are not right in a language, each with how it is."""
        for name in self.teksten():
            if (staat := self.staat(name, language)) not in (None, Vertaalstaat.GOED):
                yield name, staat

    @property
    def vertaalmelding(self) -> str:
        """What a reader must know of the texts in the own language: "verouderd", "machine", or nothing.

        Who reads the site in a language in which no texts are written has been told that already.
        """
        if (language := reader_language()) not in TALEN:
            return ""
        found = {staat for _name, staat in self.staten(language)}
        worst = (Vertaalstaat.VEROUDERD, Vertaalstaat.MACHINE)
        return next((str(staat) for staat in worst if staat in found), "")

    def is_changed(self, name: str) -> bool:
        """Whether a text is not what it was when it was read or last stored, in either language."""
        return (self.teksten_before or {}).get(name) != self.paar(name)

    def machine_van(self, name: str) -> str | None:
        """The code of the language in which a machine made a text and nobody read it since. None when it is in none."""
        return self.vertaald.get(name, {}).get(MACHINE)

    def zet_machine(self, name: str, language: str | None) -> None:
        """Say in which language a machine made a text, or that none did. Counts when it is saved."""
        marks = self.vertaald.setdefault(name, {})
        marks.pop(MACHINE, None)
        if language:
            marks[MACHINE] = language

    def zet_terug(self, vertaald: dict[str, Any]) -> None:
        """The texts are those of a former version: what was known of them then holds again."""
        self.vertaald, self.teksten_before = dict(vertaald), self._loaded_texts()

    # --- what changes when a text does

    kleine_verbeteringen: Collection[str] = ()
    """Set before a save: the texts of which so little changed that the other language is still right."""

    ongezien: Collection[str] = ()
    """Set before a save: the texts that somebody else changed while these were written; nobody compared them."""

    teksten_before: dict[str, dict[str, str]] | None = None

    def _loaded_texts(self) -> dict[str, dict[str, str]]:
        here = self.__dict__
        names = (name for name in self.teksten() if all(f"{name}_{code}" in here for code in TALEN))
        return {name: {code: here[f"{name}_{code}"] for code in TALEN} for name in names}

    def _marks(self, name: str) -> dict[str, str]:
        """The marks of a text as they are to be stored now."""
        texts, marks = self.paar(name), dict(self.vertaald.get(name, {}))
        before = (self.teksten_before or {}).get(name)
        machine = {MACHINE: marks[MACHINE]} if texts.get(marks.get(MACHINE, "")) else {}
        if not all(texts.values()):
            return machine
        known = {code: marks[code] for code in TALEN if code in marks}
        changed = [code for code in TALEN if before and before[code] != texts[code]]
        if self._tell_the_same(name, before, changed):
            known = {code: merk(text) for code, text in texts.items()}
        elif changed and not known:
            known = {code: merk(text) for code, text in before.items()}
        return known | machine

    def _tell_the_same(self, name: str, before: dict[str, str] | None, changed: list[str]) -> bool:
        """Whether the two texts match from now on: both were written, or what was behind is mended."""
        if name in self.ongezien:
            return False
        if name in self.kleine_verbeteringen or len(changed) == len(TALEN):
            return True
        if before is None or not all(before.values()):
            return True
        if not changed:
            return name not in self.vertaald
        other = _other(changed[0])
        return self.vertaald.get(name, {}).get(other, merk(before[other])) != merk(before[other])


def _other(language: str) -> str:
    return TALEN[1 - TALEN.index(language)]
