"""Choices and texts that depend on a seed alone."""

import json
import re
from bisect import bisect
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

Table = tuple[list[Any], list[float]]
"""Values, and the running sum of their weights."""

WORDS = json.loads((Path(__file__).parents[1] / "gegevens" / "generator.json").read_text(encoding="utf-8"))
_TABLES: dict[str, Table] = {
    name: (list(weights), list(accumulate(weights.values()))) for name, weights in WORDS["kansen"].items()
}
_SLOT = re.compile(r"{([a-z]+)(2?)}")


class Chance:
    """Choices that only depend on the seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - chance, not secrecy

    def number(self, first: int, last: int) -> int:
        return first + int(self.random.random() * (last - first + 1))

    def one(self, values: Sequence[Any]) -> Any:
        return values[int(self.random.random() * len(values))]

    def skewed(self, values: Sequence[Any]) -> Any:
        """The first values often, the last ones hardly ever."""
        return values[int(self.random.random() ** 2 * len(values))]

    def several(self, values: Sequence[Any], counts: str) -> list[Any]:
        """Different values, as many as a digit of `counts` says: "0012" gives none half of the time."""
        return list(dict.fromkeys(self.skewed(values) for _ in range(int(self.one(counts)))))

    def weighted(self, name: str) -> str:
        """A value from a list of odds in the word file."""
        return self.from_table(_TABLES[name])

    def from_table(self, table: Table) -> Any:
        values, sums = table
        return values[bisect(sums, self.random.random() * sums[-1])]

    def whether(self, percentage: float) -> bool:
        return self.random.random() * 100 < percentage

    def sentence(self, pair: Sequence[str]) -> tuple[str, str]:
        """A sentence in Dutch and in English, with the same words filled in."""
        slots = _slots(pair[0])
        if not slots:
            return pair[0], pair[1]
        fillers = [(name, self.skewed(_fillers(kind))) for name, kind in slots]
        dutch, english = (
            text.format_map({name: filler[side] for name, filler in fillers}) for side, text in enumerate(pair)
        )
        return dutch[0].upper() + dutch[1:], english[0].upper() + english[1:]


@cache
def _slots(text: str) -> list[tuple[str, str]]:
    return [(kind + number, kind) for kind, number in _SLOT.findall(text)]


@cache
def _fillers(kind: str) -> list[tuple[str, str]]:
    if kind in WORDS["woorden"]:
        return [(dutch, english) for dutch, english in WORDS["woorden"][kind]]
    return [(name, name) for name in WORDS[{"wie": "voornamen", "wijk": "wijken"}[kind]]]


def both(name: str, pair: Sequence[str], english: bool) -> dict[str, str]:
    """The two columns of a translated text; the second stays empty when it is not translated."""
    return {f"{name}_nl": pair[0], f"{name}_en": pair[1] if english else ""}


def paragraphs(sentences: list[tuple[str, str]]) -> list[str]:
    """Sentences as two paragraphs, in both languages."""
    half = len(sentences) // 2
    return ["\n\n".join((" ".join(side[:half]), " ".join(side[half:]))) for side in zip(*sentences, strict=True)]
