"""Reads settings from the environment; says in one line what is wrong with one."""

import os
import re
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TILES = re.compile(r"https://[a-z0-9.-]+(:[0-9]+)?/(?=.*{z})(?=.*{x})(?=.*{y})[^\s\"'<>;,]+")


def text(name: str, default: str | None = None) -> str:
    """A setting as text; `<NAME>_FILE` names a file that holds it. Raises ImproperlyConfigured when it is missing."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            with open(path, encoding="utf-8") as file:  # noqa: PTH123 - settings load before anything else
                return file.read().strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE: {path} cannot be read ({error.strerror}).") from None
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set {name} in the environment. See .env.example.")
    return value


def secret(name: str, *, development: str, is_development: bool) -> str:
    """A setting that nobody may guess; only in development it has a value that everybody knows.

    Raises ImproperlyConfigured when it is missing, shorter than 50 characters, or the one that everybody knows.
    """
    value = text(name, development if is_development else None)
    if len(value) < 50 or (value == development and not is_development):
        raise ImproperlyConfigured(f"{name} is easy to guess: make one of at least 50 characters. See .env.example.")
    return value


def flag(name: str, *, default: bool) -> bool:
    """A setting that is 1 or 0 (or true/false, yes/no). Raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name, "").strip().lower()
    if value in ("", "1", "true", "yes", "0", "false", "no"):
        return default if not value else value in ("1", "true", "yes")
    raise ImproperlyConfigured(f"{name} is 1 or 0, not {value!r}.")


def number(name: str, default: int) -> int:
    """A setting that is a whole number. Raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is a whole number, not {value!r}.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """A setting that is a list with commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def https(name: str, default: str) -> str:
    """A setting that is the address of a page elsewhere. Raises ImproperlyConfigured when it is not https."""
    url = text(name, default)
    if urlsplit(url).scheme != "https" or not urlsplit(url).hostname:
        raise ImproperlyConfigured(f"{name} starts with https:// and a host name, not {url!r}.")
    return url


def tiles(name: str) -> str:
    """A setting that is an address of map tiles such as https://tiles.example/{z}/{x}/{y}.png, or nothing.

    Raises ImproperlyConfigured for anything else: its origin goes into the policy of a page.
    """
    value = text(name, "")
    if value and not _TILES.fullmatch(value):
        raise ImproperlyConfigured(f"{name} is like https://tiles.example/{{z}}/{{x}}/{{y}}.png, not {value!r}.")
    return value


def database(name: str, default: str) -> dict[str, object]:
    """Django's settings of the database at an address such as postgresql://user:password@host/name.

    Raises ImproperlyConfigured for an address that is not sqlite or postgresql.
    """
    url = urlsplit(text(name, default))
    if url.scheme == "sqlite":
        # synchronous NORMAL is durable enough in WAL mode; IMMEDIATE takes the write lock before it reads
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(url.path[1:]) or ":memory:",
            "CONN_MAX_AGE": None,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 10, "init_command": pragmas},
        }
    if url.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured(f"{name} starts with sqlite:/// or postgresql://, not {url.scheme!r}.")
    options = dict(parse_qsl(url.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path[1:]),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": options.pop("host", "") or unquote(url.hostname or ""),
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
