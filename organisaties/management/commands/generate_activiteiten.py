"""Fills the database with invented activities, to try the site when it is full."""

import gc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test.utils import override_settings
from django.utils import timezone

from organisaties import generator
from organisaties.choices import Soort
from organisaties.zoeken import index

MAX_AANTAL = 1_000_000
MAX_SEED = 999_999_999
ORGANISATIES_AT_ONCE = 400


class Command(BaseCommand):
    help = "Makes invented organisations and activities, or removes them again with --wis."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--aantal", type=int, default=1000, help="how many activities, 1 to 1,000,000")
        parser.add_argument("--seed", type=int, help="another number gives other rows; default 1")
        parser.add_argument("--peildatum", help="the day that counts as today, as 2026-11-30; default today")
        parser.add_argument(
            "--wis", action="store_true", help="remove what was made before, of --seed only or of every seed"
        )
        parser.add_argument(
            "--zonder-index", action="store_true", help="leave the index of search to rebuild_zoekindex, for many rows"
        )
        parser.add_argument("--force", action="store_true", help="also on a site that is not for trying out")

    def handle(self, **options: Any) -> None:
        if not (settings.DEBUG or settings.DEMONSTRATIE or options["force"]):
            raise CommandError("This is a real site. Add --force to do this all the same.")
        seed = options["seed"]
        if seed is not None and not 0 <= seed <= MAX_SEED:
            raise CommandError(f"--seed is a number from 0 to {MAX_SEED:,}.")
        if not 1 <= options["aantal"] <= MAX_AANTAL:
            raise CommandError(f"--aantal is a number from 1 to {MAX_AANTAL:,}.")
        with _bulk_work():
            if options["wis"]:
                self._remove(seed)
            else:
                self._make(options["aantal"], 1 if seed is None else seed, _day(options["peildatum"]))
            if not options["zonder_index"]:
                self.stdout.write("Bringing the index of search up to date ...")
                for soort in Soort.values:
                    index.rebuild(soort)

    def _make(self, aantal: int, seed: int, peildatum: date) -> None:
        if generator.generated(seed).exists():
            raise CommandError(f"Seed {seed} was used already. Take another --seed, or remove those rows with --wis.")
        try:
            terms = generator.Terms.load()
        except generator.ListsEmptyError:
            raise CommandError("The lists of themes, languages and districts are empty. Run migrate first.") from None
        start, total = monotonic(), Counter[str]()
        bundles = generator.Generator(seed, peildatum, terms).bundles(aantal)
        while group := list(islice(bundles, ORGANISATIES_AT_ONCE)):
            total.update(generator.store(group))
            done = total["activiteiten"]
            rate = done / (monotonic() - start)
            self.stdout.write(f"{done:,} of {aantal:,} activities ({rate:,.0f} a second)")
        rows = ", ".join(f"{count:,} {name}" for name, count in total.items())
        self.stdout.write(f"Made in {monotonic() - start:.1f} seconds: {rows}.")
        self.stdout.write(f"To remove them: manage.py generate_activiteiten --wis --seed {seed}")

    def _remove(self, seed: int | None) -> None:
        total, groups = generator.generated(seed).count(), generator.remove(seed)
        while gone := _next(groups):
            if gone == total or gone % 1000 == 0:
                self.stdout.write(f"{gone:,} of {total:,} organisations removed")
        if not total:
            self.stdout.write("There are no generated rows.")


def _next(groups: Iterator[int]) -> int:
    """Remove the next group, of which each entry leaves the index once. Nothing more: 0."""
    with index.together():
        return next(groups, 0)


@contextmanager
def _bulk_work() -> Iterator[None]:
    """Do without the log of statements that DEBUG keeps and without the garbage collector: a third of the time."""
    had_collector = gc.isenabled()
    gc.disable()
    try:
        with override_settings(DEBUG=False):
            yield
    finally:
        if had_collector:
            gc.enable()


def _day(text: str | None) -> date:
    if text is None:
        return timezone.localdate()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"--peildatum is a date such as 2026-11-30, not {text!r}.") from None
