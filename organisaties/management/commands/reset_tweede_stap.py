"""Takes away the second step of a coordinator who can get at neither phone nor codes, and at no colleague."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from organisaties.actions import forget_keys
from organisaties.models import Gebruiker


class Command(BaseCommand):
    help = "Take away the passkeys, app and recovery codes of one person, who is logged out and hears of it by mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address with which this person logs in")

    def handle(self, *args: Any, **options: Any) -> None:
        gebruiker = Gebruiker.objects.filter(email__iexact=options["email"]).first()
        if gebruiker is None:
            raise CommandError(f"Nobody logs in with {options['email']}. The desk has the list: /admin/.")
        gone = forget_keys(gebruiker)
        if gone:
            self.stdout.write(f"Took away {gone}. The next login asks to set up a second step anew; that is the undo.")
        else:
            self.stdout.write("There was nothing to take away; nothing changed.")
