"""Rows and files that took long to make, written again as they were: a world for every test, made once a process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection

Rijen = dict[object, tuple]
"""The rows of a table, as the database gives them, by their key."""


@dataclass(frozen=True)
class Tabel:
    naam: str
    sleutel: str
    kolommen: tuple[str, ...]

    def rijen(self) -> Rijen:
        # with a plus SQLite knows no type of a column any more, and gives what is really stored
        plus = "+" if connection.vendor == "sqlite" else ""
        names = ", ".join(plus + connection.ops.quote_name(name) for name in (self.sleutel, *self.kolommen))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {names} FROM {connection.ops.quote_name(self.naam)}")  # noqa: S608 - our own names
            return {row[0]: row[1:] for row in cursor.fetchall()}

    def schrijf(self, gone: list[object], new: list[tuple]) -> None:
        table, key = connection.ops.quote_name(self.naam), connection.ops.quote_name(self.sleutel)
        names = ", ".join(connection.ops.quote_name(name) for name in self.kolommen)
        marks = ", ".join(["%s"] * len(self.kolommen))
        with connection.cursor() as cursor:
            if gone:
                cursor.executemany(f"DELETE FROM {table} WHERE {key} = %s", [(number,) for number in gone])  # noqa: S608
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", new)  # noqa: S608 - our own names


def tabellen() -> list[Tabel]:
    models = apps.get_app_config("organisaties").get_models(include_auto_created=True)
    return [
        Tabel(m._meta.db_table, m._meta.pk.column, tuple(f.column for f in m._meta.concrete_fields)) for m in models
    ]


@dataclass(frozen=True)
class Afdruk:
    """Which rows went and came, by table, and which files came."""

    veranderd: dict[Tabel, tuple[list[object], list[tuple]]]
    bestanden: dict[Path, bytes]

    @classmethod
    def neem(cls, make: Callable[[], None]) -> Afdruk:
        """Make it once, and keep what that did to the database and below MEDIA_ROOT."""
        before, files = {tabel: tabel.rijen() for tabel in tabellen()}, _bestanden()
        make()
        changed = {}
        for tabel, old in before.items():
            now = tabel.rijen()
            gone = [number for number, row in old.items() if now.get(number) != row]
            new = [row for number, row in now.items() if old.get(number) != row]
            if gone or new:
                changed[tabel] = (gone, new)
        return cls(changed, {path: data for path, data in _bestanden().items() if path not in files})

    def schrijf(self) -> None:
        for tabel, (gone, new) in self.veranderd.items():
            tabel.schrijf(gone, new)
        for path, data in self.bestanden.items():
            place = Path(settings.MEDIA_ROOT) / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)


def _bestanden() -> dict[Path, bytes]:
    root = Path(settings.MEDIA_ROOT)
    return {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}
