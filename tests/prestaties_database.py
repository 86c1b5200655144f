"""The databases of the benchmark: temporary ones, filled by the commands of the site."""

import os
import secrets
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import psycopg

from tests.prestaties_belasting import HOST
from tests.prestaties_doelen import POSTGRESQL, SQLITE
from tests.prestaties_servers import ROOT, FailedError, read_process
from tests.tijdelijke_pg import temporary_database


@dataclass(frozen=True, slots=True)
class Database:
    """Where the activities are: all of them and a few. `server_pid` is that of PostgreSQL, when it can be seen."""

    engine: str
    version: str
    large: str
    small: str
    server_pid: int | None = None


def select(url: str, query: str) -> list[tuple]:
    """The rows of a query, straight from the database at an address."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(unquote(urlsplit(url).path[1:]))) as connection:
            return connection.execute(query).fetchall()
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchall()


@contextmanager
def sqlite(directory: Path) -> Iterator[Database]:
    large, small = (f"sqlite:///{quote(str(directory / name))}.sqlite3" for name in ("large", "small"))
    yield Database(SQLITE, f"SQLite {sqlite3.sqlite_version}", large, small)


@contextmanager
def postgresql(directory: Path) -> Iterator[Database]:
    """Two databases of our own in a temporary server. Raises NoPostgresError when there is no server to be had."""
    with temporary_database() as url, psycopg.connect(url, autocommit=True) as connection:
        names = [f"prestaties_{os.getpid()}_{name}" for name in ("large", "small")]
        for name in names:
            connection.execute(f"CREATE DATABASE {name}")
        try:
            large, small = (urlsplit(url)._replace(path=f"/{name}").geturl() for name in names)
            settings = ("server_version", "shared_buffers", "fsync")
            number, buffers, fsync = (connection.execute(f"SHOW {name}").fetchone()[0] for name in settings)
            description = f"PostgreSQL {number.split()[0]} (shared_buffers {buffers}, fsync {fsync})"
            backend = read_process(connection.execute("SELECT pg_backend_pid()").fetchone()[0])
            # a server on another machine has numbers that mean something else here
            is_here = backend and backend.name.startswith("postgres")
            yield Database(POSTGRESQL, description, large, small, backend.parent if is_here else None)
        finally:
            for name in names:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def production(directory: Path, url: str) -> dict[str, str]:
    """The settings of the site as in production, behind a proxy that ends TLS."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.prestaties_settings",
        "DEBUG": "0",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "SITE_URL": f"https://{HOST}",
        "ALLOWED_HOSTS": HOST,
        "CONTACT_EMAIL": f"hallo@{HOST}",
        "PROXY_HTTPS": "1",
        "DATABASE_URL": url,
        "MEDIA_ROOT": str(directory / "media"),
        "STATIC_ROOT": str(directory / "static"),
    }


def manage(environment: dict[str, str], *args: str) -> None:
    if code := subprocess.run([sys.executable, "manage.py", *args], cwd=ROOT, env=environment).returncode:
        raise FailedError(f"manage.py {args[0]} ends with code {code}.")


def fill(directory: Path, url: str, aantal: int) -> None:
    """Makes the tables and the activities, and brings the database in the state that it has in daily use."""
    environment = production(directory, url)
    manage(environment, "migrate", "-v0")
    manage(environment, "generate_activiteiten", "--aantal", str(aantal), "--seed", "1", "--force", "--zonder-index")
    if (ROOT / "organisaties" / "management" / "commands" / "rebuild_zoekindex.py").exists():
        manage(environment, "rebuild_zoekindex")
    if not url.startswith("sqlite"):
        # autovacuum would do this within minutes, and then in the middle of a measurement
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
