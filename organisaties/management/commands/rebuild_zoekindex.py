"""Makes the index of search and facets anew from the entries."""

import time
from typing import Any

from django.core.management.base import BaseCommand

from organisaties.choices import Soort
from organisaties.zoeken import index


class Command(BaseCommand):
    help = "Make the index of search anew. Reading goes on meanwhile, saving waits; running it twice does no harm."

    def handle(self, *args: Any, **options: Any) -> None:
        say = self.stdout.write if options["verbosity"] else lambda text: None
        for soort in Soort.values:
            start, said = time.perf_counter(), 0.0

            def progress(count: int, soort: str = soort) -> None:
                nonlocal said
                if time.perf_counter() - said > 2:
                    said = time.perf_counter()
                    say(f"{soort}: {count:,} read")

            count = index.rebuild(soort, progress)
            say(f"{soort}: {count:,} in the index, in {time.perf_counter() - start:.1f} s")
