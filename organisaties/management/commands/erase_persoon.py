"""Erases what is kept about an e-mail address."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from organisaties import actions
from organisaties.actions.personen import VRIJE_TEKST


class Command(BaseCommand):
    help = "Say what erasing an e-mail address will do; with --ja, do it. There is no way back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--ja", action="store_true", help="do it")

    def handle(self, *args: Any, **options: Any) -> None:
        persoon = actions.find_persoon(options["email"])
        if persoon is None:
            raise CommandError(f"Over {options['email']} wordt niets bewaard.")
        self.stdout.write("\n".join(actions.steps_to_erase(persoon)))
        mentions = persoon.vermeldingen()
        if options["ja"]:
            try:
                actions.erase_persoon(persoon)
            except ValidationError as error:
                raise CommandError(" ".join(error.messages)) from None
        for text in mentions:
            self.stdout.write(f"pas zelf aan, het adres staat in: {text}")
        self.stdout.write(VRIJE_TEKST)
        self.stdout.write("Gedaan." if options["ja"] else "Er is nog niets weg. Doe het met --ja.")
