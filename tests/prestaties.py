"""Measures how fast the site is with many activities: `python3 run.py bench`, on SQLite and on PostgreSQL.

Each page is measured beside the floor (prestaties_vloer.py), the least that a Django page with a list can cost, in the
same rounds and from the same database. Two figures say how a page compares, because each misses something. Requests/s
is what visitors get, waiting for locks and for the database included; but the load shares the cores with the servers,
so it counts heavier for a fast page than for a slow one, and a neighbour's work counts too. CPU per request knows
neither the load nor the neighbours, and therefore differs little from one run to the next; but it misses waiting.
"""

import argparse
import gzip
import os
import re
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from importlib.metadata import version
from pathlib import Path
from platform import machine, python_version
from time import localtime, strftime
from typing import NoReturn
from urllib.parse import quote, urljoin

from tests import prestaties_doelen as doelen
from tests.prestaties_belasting import CONNECTIONS
from tests.prestaties_database import Database, fill, manage, postgresql, production, select, sqlite
from tests.prestaties_doelen import FEW, POSTGRESQL, SQLITE, Page, Result, Sample, Weight
from tests.prestaties_servers import (
    THREADS,
    WORKERS,
    FailedError,
    Load,
    Server,
    cpu_of,
    cpu_of_machine,
    gunicorn,
    load,
    memory_of,
)
from tests.tijdelijke_pg import NoPostgresError

DETAILS = 200
LIJST = "/nl/activiteiten/"
FILTERS = ("thema=taal&stadsdeel=oost", "thema=werk&thema=leren&kosten=gratis")
SLUGS = """
    SELECT a.slug FROM organisaties_activiteit a JOIN organisaties_organisatie o ON o.id = a.organisatie_id
    WHERE a.status IN ('gepubliceerd', 'gepauzeerd', 'vol') AND o.status = 'gepubliceerd' ORDER BY a.id
"""
TEXTS = "SELECT naam_nl || ' ' || samenvatting_nl || ' ' || omschrijving_nl FROM organisaties_activiteit"
WORD = re.compile(r"[^\W\d_]{5,}")
"""A shorter word is often one that a search engine leaves out, such as "de" and "over"."""

TAGS = re.compile(r"<link\b[^>]*\bstylesheet\b[^>]*>|<script\b[^>]*>")
ADDRESS = re.compile(r"""\b(?:href|src)=["']?([^"'\s>]+)""")
IMPORTS = {
    ".css": re.compile(r"""@import\s+(?:url\()?["']?([^"')\s]+)"""),
    ".js": re.compile(r"""\b(?:from|import)\s*\(?["']([^"']+)["']"""),
}


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


# --- what is asked for


def words_in(url: str) -> dict[str, tuple[str, float]]:
    """Words to search for, with the share of all activities that have them: nearest to 0.5 % and 6 %, and the most."""
    counts, total = Counter[str](), 0
    for (text,) in select(url, TEXTS):
        counts.update(set(WORD.findall(text.casefold())))
        total += 1

    def nearest(share: float) -> str:
        return min(counts, key=lambda word: (abs(counts[word] / total - share), word))

    found = {doelen.RARE: nearest(0.005), doelen.USUAL: nearest(0.06), doelen.COMMON: nearest(1)}
    return {kind: (word, counts[word] / total) for kind, word in found.items()}


def pages_of(database: Database) -> list[Page]:
    """All pages; the first is the floor. Those among a few stand beside their like: the machine changes its pace."""
    site, small = partial(Page, server=doelen.SITE), partial(Page, server=doelen.SMALL)
    pages = [Page(doelen.FLOOR, "floor", doelen.FLOOR, ["/"]), small(doelen.LIST, f"list of {FEW}", paths=[LIJST])]
    pages.append(site(doelen.LIST, "list", paths=[LIJST]))
    pages += [site(doelen.FILTER, f"list ?{query}", paths=[f"{LIJST}?{query}"]) for query in FILTERS]
    pages.append(site(doelen.DETAIL, "detail", paths=details(database.large)))
    pages.append(small(doelen.DETAIL, f"detail of {FEW}", paths=details(database.small)))
    for kind, (word, share) in words_in(database.large).items():
        pages.append(site(kind, f"{kind}: {word} ({share:.1%})", paths=[f"{LIJST}?q={quote(word)}"]))
    pages += [site(doelen.HOME, "home", paths=["/nl/"]), site(doelen.AGENDA, "agenda", paths=["/nl/agenda/"])]
    return pages


def details(url: str) -> list[str]:
    slugs = [slug for (slug,) in select(url, SLUGS)]
    return [f"{LIJST}{slug}/" for slug in slugs[:: max(1, len(slugs) // DETAILS)][:DETAILS]]


def check(pages: list[Page], servers: dict[str, Server]) -> None:
    """Raises FailedError when a list is empty: a page that finds nothing is fast."""
    for page in pages:
        text = servers[page.server].get(page.paths[0])
        is_list = page.paths[0].startswith(LIJST) and page.kind != doelen.DETAIL
        if is_list and not re.search(rf'href="{LIJST}[\w-]+/"', text):
            raise FailedError(f"{page.paths[0]} shows no activities; there is nothing to measure.")


def weigh(server: Server) -> Weight:
    """The list and every style sheet and script that it needs, directly or by an import in one of those."""
    html = server.get(LIJST)
    found = [ADDRESS.search(tag) for tag in TAGS.findall(html)]
    waiting, texts = [urljoin(LIJST, address[1]) for address in found if address], {}
    while waiting:
        path = waiting.pop()
        if path not in texts:
            texts[path] = server.get(path)
            waiting += [urljoin(path, other) for other in IMPORTS[Path(path).suffix].findall(texts[path])]
    css, js = (sum(kilobytes(text) for path, text in texts.items() if path.endswith(end)) for end in IMPORTS)
    return Weight(kilobytes(html), css, js)


def kilobytes(text: str) -> float:
    return len(gzip.compress(text.encode(), 6)) / 1000


# --- measuring


def warming_up(seconds: float) -> float:
    """How long a page is asked for before a sample of so many seconds."""
    return min(1.0, seconds / 4)


class Rounds:
    """Asks the servers for all pages, one after another and several times, and remembers what came of it."""

    def __init__(self, asking: Load, servers: dict[str, Server], database: Database, seconds: float) -> None:
        self.asking, self.servers, self.database, self.seconds = asking, servers, database, seconds
        self.samples: list[Sample] = []

    def go(self, pages: list[Page], rounds: int) -> None:
        """The floor stands at both ends of a round, and every other round goes back the way it came."""
        order = [*pages, pages[0]]
        for number in range(1, rounds + 1):
            for page in order:
                sample = self.measure(page, number)
                self.samples.append(sample)
                done = f"[{len(self.samples)} of {rounds * len(order)}] {self.database.engine}, round {number}"
                cpu = "" if sample.cpu is None else f", {sample.cpu:.2f} ms of CPU"
                say(f"{done}: {page.name}, {sample.rate:.1f} requests/s{cpu}")
            order.reverse()

    def measure(self, page: Page, number: int) -> Sample:
        """What one page does in a round, after it has warmed up."""
        server, ours = self.servers[page.server], (self.servers[page.server].pid, self.database.server_pid)
        self.asking.connect(server, page.paths, warming_up(self.seconds))
        self.asking.run()
        self.asking.connect(server, page.paths, self.seconds)
        before = [*map(cpu_of, ours), cpu_of_machine()]
        answer = self.asking.run()
        after = [*map(cpu_of, ours), cpu_of_machine()]
        app, database, all_of_it = (
            None if None in pair else pair[1] - pair[0] for pair in zip(before, after, strict=True)
        )
        count, asking, took = answer["count"], answer["cpu"], answer["seconds"]
        others = None
        if all_of_it is not None and app is not None:
            others = max(0.0, all_of_it - app - (database or 0) - asking) / took / (os.cpu_count() or 1)
        return Sample(
            page=page,
            round=number,
            rate=count / took,
            p50=answer["p50_ms"],
            p95=answer["p95_ms"],
            app=None if app is None else app * 1000 / count,
            database=None if database is None else database * 1000 / count,
            size=answer["size"],
            count=count,
            asking=asking * 1000 / count,
            others=others,
        )


def measure(database: Database, directory: Path, asking: Load, args: argparse.Namespace) -> Result:
    """Fills the databases of one engine, serves them, measures everything and gives what was found."""
    for url, aantal in ((database.large, args.aantal), (database.small, FEW)):
        say(f"\n== {database.engine}: making {aantal:,} activities")
        fill(directory, url, aantal)
    pages = pages_of(database)
    minutes = (len(pages) + 1) * args.rondes * (args.seconden + warming_up(args.seconden)) / 60
    say(f"\n== {database.engine}: measuring, at least {minutes:.1f} minutes")
    with ExitStack() as stack:
        applications = (
            (doelen.FLOOR, "tests.prestaties_vloer", database.large),
            (doelen.SITE, "netwerk.wsgi", database.large),
            (doelen.SMALL, "netwerk.wsgi", database.small),
        )
        servers = {
            name: stack.enter_context(
                gunicorn(application, production(directory, url), directory / f"{database.engine}-{name}")
            )
            for name, application, url in applications
        }
        site = servers[doelen.SITE]
        before = memory_of(site.pid)
        check(pages, servers)
        weight = weigh(site)
        rounds = Rounds(asking, servers, database, args.seconden)
        rounds.go(pages, args.rondes)
        return Result(database.engine, heading(database, args), rounds.samples, (before, memory_of(site.pid)), weight)


def heading(database: Database, args: argparse.Namespace) -> str:
    """What the figures were measured on."""
    cpuinfo = Path("/proc/cpuinfo")
    models = re.findall(r"model name\s*: (.+)", cpuinfo.read_text()) if cpuinfo.exists() else []
    packages = ", ".join(f"{name} {version(name)}" for name in ("Django", "gunicorn"))
    return (
        f"**{database.engine}, {args.aantal:,} activities** on {strftime('%Y-%m-%d', localtime())}: "
        f"{os.cpu_count()} cores ({models[0] if models else machine()}), Python {python_version()}, {packages} "
        f"({WORKERS} workers of {THREADS} threads), {database.version}. {CONNECTIONS} connections, "
        f"medians of rounds of {args.seconden:g} s: {args.rondes}."
    )


# --- the command line


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def within(kind: Callable[[str], float], least: float, most: float) -> Callable[[str], float]:
    """What reads a number between these two on the command line."""

    def read(text: str) -> float:
        try:
            value = kind(text)
        except ValueError:
            value = most + 1
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"a number from {least:,} to {most:,}, not {text!r}")
        return value

    return read


def arguments(argv: list[str]) -> argparse.Namespace:
    parser = Parser(prog="run.py bench", description="Measures how fast the site is with many activities.")
    parser.add_argument(
        "--aantal", type=within(int, 1000, 1_000_000), default=100_000, help="activities, default 100,000"
    )
    parser.add_argument("--rondes", type=within(int, 1, 50), default=3, help="rounds, default 3")
    parser.add_argument("--seconden", type=within(float, 0.2, 60), default=4.0, help="per sample, default 4")
    parser.add_argument("--alleen", choices=(SQLITE.lower(), POSTGRESQL.lower()), help="only this database")
    return parser.parse_args(argv)


def interrupt(*_: object) -> NoReturn:
    for name in SIGNALS:
        signal.signal(name, signal.SIG_IGN)  # a second one may not leave anything behind
    raise KeyboardInterrupt


SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def bench(args: argparse.Namespace, directory: Path) -> list[Result]:
    """Measures on every database that there is, and prints what was found on each as soon as it is known."""
    say("Collecting the static files ...")
    manage(production(directory, "sqlite://"), "collectstatic", "--noinput", "-v0")
    results = []
    with load() as asking:
        # PostgreSQL last: when its temporary server stops, it makes us deaf to Ctrl-C
        for engine, start in ((SQLITE, sqlite), (POSTGRESQL, postgresql)):
            if args.alleen not in (None, engine.lower()):
                continue
            try:
                with start(directory) as database:
                    results.append(measure(database, directory, asking, args))
            except NoPostgresError as error:
                say(f"SKIPPED: PostgreSQL is not measured ({error})")
            else:
                say(f"\n{doelen.tables(results[-1])}\n")
    return results


def main(argv: list[str]) -> int:
    args = arguments(argv)
    for name in SIGNALS:
        signal.signal(name, interrupt)
    try:
        with tempfile.TemporaryDirectory(prefix="prestaties-", ignore_cleanup_errors=True) as directory:
            results = bench(args, Path(directory))
    except FailedError as error:
        say(f"FAILED: {error}")
        return 1
    except KeyboardInterrupt:
        say("Stopped; everything temporary is removed.")
        return 130
    if not results:
        return 1
    if args.aantal < 100_000:
        say("The minimums are meant for 100,000 activities.")
    misses = [miss for result in results for miss in result.misses()]
    say("\n".join(["Below the minimum:", *misses]) if misses else "Every minimum is met.")
    return 1 if misses else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
