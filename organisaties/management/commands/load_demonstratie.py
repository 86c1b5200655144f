"""Fills an empty demonstration: organisations, activities, requests, reports, and four accounts to look around with."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count
from django.urls import reverse

from organisaties import imports
from organisaties.management import demonstratie
from organisaties.models import Beheerder, Gebruiker, Organisatie, Vermelding
from organisaties.zoeken import index

BESTAND = Path(imports.__file__).parent / "gegevens" / "demonstratie.json"
BEHEERDER, COORDINATOR, MODERATOR = (f"{name}@demo.example" for name in ("beheerder", "coordinator", "moderator"))
REDACTEUR = "redacteur@demo.example"
"""An editor: like every editor this one has no password, and gets a code by mail."""

WACHTWOORD = "welkom-in-amsterdam"
COORDINATOREN, MODERATOREN = "Coördinatoren", "Moderatoren"
"""The groups of the desk; a migration made them."""


class Command(BaseCommand):
    help = "Fill an empty demonstration with organisations, activities, requests and accounts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bestand", type=Path, default=BESTAND, help="another file with demonstration data")
        parser.add_argument(
            "--force", action="store_true", help="also on a site that is no demonstration: the data, no accounts"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        demonstration = settings.DEBUG or settings.DEMONSTRATIE
        if not demonstration and not options["force"]:
            raise CommandError("Refused: this is not a demonstration (set DEMONSTRATIE=1, or use --force).")
        if Organisatie.objects.exists():
            self.stdout.write("There are organisations already; nothing was loaded.")
            if not Vermelding.objects.exists():  # an older version of the site had no index
                call_command("rebuild_zoekindex", stdout=self.stdout)
        else:
            self._load(options["bestand"], with_accounts=demonstration)
        if demonstration:
            self._print_accounts()

    def _load(self, path: Path, *, with_accounts: bool) -> None:
        start = time.perf_counter()
        try:
            with index.together():
                loaded = imports.load(path)
                if with_accounts:
                    make_accounts()
                    door = Gebruiker.objects.get(email=COORDINATOR)
                    if organisatie := make_redacteur():
                        demonstratie.make_meldingen(organisatie, door=door)
                    demonstratie.make_aanvragen(door=door)
        except (imports.FoutInBestand, OSError) as error:
            raise CommandError(f"{path.name}, nothing was loaded: {error}") from error
        self.stdout.write(
            f"Loaded {loaded.organisaties} organisations and {loaded.activiteiten} activities "
            f"in {time.perf_counter() - start:.1f} s."
        )

    def _print_accounts(self) -> None:
        for gebruiker in Gebruiker.objects.filter(email__in=(BEHEERDER, COORDINATOR, MODERATOR), is_active=True):
            if check_password(WACHTWOORD, gebruiker.password):
                self.stdout.write(f"Account: {gebruiker.email}, password: {WACHTWOORD}")
        if Beheerder.objects.filter(gebruiker__email=REDACTEUR, gebruiker__is_active=True).exists():
            door, outbox = reverse("account_login"), reverse("admin:organisaties_bericht_changelist")
            self.stdout.write(f"Account: {REDACTEUR}, by a code from {door}; read it in {outbox}")


def make_accounts() -> None:
    """Make the accounts of a demonstration, unless there is one with that address already."""
    if not Gebruiker.objects.filter(email=BEHEERDER).exists():
        Gebruiker.objects.create_superuser(BEHEERDER, WACHTWOORD, naam="Beheerder")
    for email, naam, group in ((COORDINATOR, "Coördinator", COORDINATOREN), (MODERATOR, "Moderator", MODERATOREN)):
        if not Gebruiker.objects.filter(email=email).exists():
            gebruiker = Gebruiker.objects.create_user(email, WACHTWOORD, naam=naam, is_staff=True)
            gebruiker.groups.add(Group.objects.get(name=group))


def make_redacteur() -> Organisatie | None:
    """Let the editor of a demonstration edit the organisation that offers most, and tell which, if there is any."""
    counted = Organisatie.objects.published().annotate(aantal=Count("activiteiten"))
    organisatie = counted.order_by("-aantal", "pk").first()
    if organisatie:
        gebruiker = Gebruiker.objects.filter(email=REDACTEUR).first()
        gebruiker = gebruiker or Gebruiker.objects.create_user(REDACTEUR, naam="Redacteur")
        Beheerder.objects.create(gebruiker=gebruiker, organisatie=organisatie)
    return organisatie
