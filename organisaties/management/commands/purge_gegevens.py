"""Removes data about people that are older than their term; meant for every night."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from organisaties import bewaartermijnen, wachtend
from organisaties.afbeeldingen import remove_files


class Command(BaseCommand):
    help = (
        "Remove data about people that are older than their term. Running it twice, late or in parallel does no harm."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would be removed")

    def handle(self, *args: Any, **options: Any) -> None:
        word = "zou weggaan" if options["dry_run"] else "weggehaald"
        gone = 0
        for klasse in bewaartermijnen.KLASSEN:
            count = klasse.over().count() if options["dry_run"] else bewaartermijnen.remove(klasse)
            gone += count
            if count:
                after = f" (na {klasse.dagen} dagen)" if klasse.dagen else ""
                self.stdout.write(f"{klasse.naam}: {count} {word}{after}")
        gone += self._remove_pictures(word, is_dry=options["dry_run"])
        if not gone:
            self.stdout.write("niets")

    def _remove_pictures(self, word: str, *, is_dry: bool) -> int:
        """Pictures of which the form was never finished."""
        names = wachtend.verlopen()
        if not is_dry:
            remove_files(names)
        if names:
            self.stdout.write(f"afbeeldingen die op hun formulier wachtten: {len(names)} {word} (na 1 dag)")
        return len(names)
