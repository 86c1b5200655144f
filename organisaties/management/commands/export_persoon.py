"""Prints everything that is kept about an e-mail address, for whoever asks what we have about them."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from organisaties import actions


class Command(BaseCommand):
    help = "Print everything that is kept about an e-mail address, as JSON. It is personal: give it to nobody else."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--leesbaar", action="store_true", help="as plain text")

    def handle(self, *args: Any, **options: Any) -> None:
        persoon = actions.find_persoon(options["email"])
        if persoon is None:
            raise CommandError(f"Over {options['email']} wordt niets bewaard.")
        found = actions.export_persoon(persoon)
        if options["leesbaar"]:
            self.stdout.write("\n".join(_lines(found)))
        else:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))


def _lines(value: Any, depth: int = 0) -> Iterator[str]:
    """Nested values as text, a line for each that says something."""
    space = "  " * depth
    for name, item in value.items():
        said = str(name).replace("_", " ")
        if isinstance(item, dict):
            yield f"{space}{said}:"
            yield from _lines(item, depth + 1)
        elif isinstance(item, list) and item:
            yield f"{space}{said}:"
            for number, one in enumerate(item, 1):
                yield from _lines(one if isinstance(one, dict) else {number: one}, depth + 1)
                yield ""
        elif item not in (None, "", []):
            yield f"{space}{said}: {item}"
