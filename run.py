#!/usr/bin/env python3
"""Starts everything: `run.py demo | test | bench | manage ...`. Needs only Python 3.11+ with pip."""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python reads this file too
    sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")

import argparse
import contextlib
import hashlib
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import time
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent
DEMO = ROOT / "var" / "demo"
OLDEST_PIP = (22, 3)  # the first that can install into another environment
INTERRUPTED = 130
SKIPPED = 77  # tests/tijdelijke_pg.py found no PostgreSQL
SQLITE, POSTGRES = "pytest on SQLite", "pytest on PostgreSQL"
# file by file in the order of their names: what takes longest has the first names
PARALLEL = ["-n", "auto", "--maxprocesses", "2", "--dist", "loadfile", "--no-loadscope-reorder"]


def say(*words: object) -> None:
    print(*words, flush=True)


def call(command: list[str], settings: dict[str, str]) -> int:
    """Runs a command; when somebody stops us it is stopped too, and gets the time to tidy up."""
    process = subprocess.Popen(command, cwd=ROOT, env=settings)
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
        raise


# --- the environments


def environment(lock: str) -> Path:
    """The Python of an environment with exactly what the lock file names; made anew when that changes."""
    where = ROOT / f".venv-{lock}"
    python = where / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pins = ROOT / "requirements" / f"{lock}.txt"
    stamp = where / "ready"
    wanted = hashlib.sha256(pins.read_bytes() + sys.version.encode() + str(where).encode()).hexdigest()

    def is_ready() -> bool:
        return python.exists() and stamp.exists() and stamp.read_text() == wanted

    if is_ready():
        return python
    check_writable()
    with only_one(ROOT / f".venv-{lock}.lock", wait=True):
        if not is_ready():  # another run.py may have made it meanwhile
            duration = "half a minute" if lock == "base" else "a minute"
            say(f"Installing the packages into {where.name} (once, about {duration}) ...")
            # without pip inside: also where ensurepip is split off, and it leaves a managed Python alone
            venv.EnvBuilder(clear=True, with_pip=False, symlinks=os.name != "nt").create(where)
            install(python, pins)
            stamp.write_text(wanted)
    return python


def install(python: Path, pins: Path) -> None:
    command, reason = pip_for(python)
    if not command:
        sys.exit(reason)
    args = ["-qq", "--require-hashes", "--no-deps", "--disable-pip-version-check", "--no-input"]
    # a user's own settings for pip may not send the packages elsewhere
    settings = {**inherited(), "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}
    if subprocess.run([*command, "install", *args, "-r", str(pins)], env=settings).returncode:
        sys.exit("The packages could not be installed: pip says why above. Start again to try again.")


def pip_for(python: Path) -> tuple[list[str], str]:
    """The pip of this Python, aimed at the environment; else one of its own. Or nothing, and why."""
    asked = subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, text=True)
    version = re.match(r"pip (\d+)\.(\d+)", asked.stdout)
    if version and (int(version[1]), int(version[2])) >= OLDEST_PIP:
        return [sys.executable, "-m", "pip", "--python", str(python)], ""
    if subprocess.run([str(python), "-m", "ensurepip"], capture_output=True).returncode == 0:
        return [str(python), "-m", "pip"], ""
    if version:
        return [], f"{version[0]} is too old, 22.3 is needed: python3 -m pip install --upgrade pip"
    return [], "This Python has no pip. Install it first, on Debian and Ubuntu with: apt install python3-pip"


def check_writable() -> None:
    if not os.access(ROOT, os.W_OK):
        sys.exit(f"{ROOT} is not writable, and the packages and the data have to stand in it.")


@contextlib.contextmanager
def only_one(path: Path, *, wait: bool) -> Iterator[None]:
    """Holds a lock that the system frees by itself when the process ends, however it ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        if not try_lock(handle.fileno()):
            if not wait:
                sys.exit("The demonstration is running already from this directory; stop that one first.")
            say("Another run.py is installing; waiting for it ...")
            while not try_lock(handle.fileno()):
                time.sleep(0.5)
        yield


def try_lock(descriptor: int) -> bool:
    try:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415 - exists on Windows only

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - does not exist on Windows

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def inherited() -> dict[str, str]:
    """The environment without what could aim another Python's packages at ours."""
    return {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}


def untouched() -> dict[str, str]:
    """The environment without any setting of a real site: neither demonstration nor tests may touch one."""
    example = ROOT / ".env.example"
    text = example.read_text(encoding="utf-8") if example.exists() else ""
    named = re.findall(r"^#?\s*([A-Z][A-Z0-9_]*)=", text, re.MULTILINE)
    settings = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", *named}
    settings |= {f"{name}_FILE" for name in settings}  # a setting may also stand in a file
    return {name: value for name, value in inherited().items() if name not in settings}


# --- demo


def demo(args: argparse.Namespace) -> int:
    check_free(args.host, args.port)
    python = environment("base")
    check_writable()
    with only_one(ROOT / "var" / "demo.lock", wait=False):
        if args.fresh and DEMO.exists():
            say(f"Removing the earlier demonstration in {DEMO.relative_to(ROOT)} ...")
            shutil.rmtree(DEMO)
        settings = demo_settings(args.host, args.port)
        for command in (["migrate", "-v0"], ["load_demonstratie"], ["rebuild_zoekindex", "-v0"]):
            if code := call([str(python), "manage.py", *command], settings):
                say(f"`{command[0]}` failed. To begin with new data: python3 run.py demo --fresh")
                return code
        say(welcome(args.host, args.port))
        address = f"{in_url(args.host)}:{args.port}"
        try:
            return call([str(python), "manage.py", "runserver", "--noreload", address], settings)
        except KeyboardInterrupt:
            return 0  # the way to stop it


def demo_settings(host: str, port: int) -> dict[str, str]:
    (DEMO / "media").mkdir(parents=True, exist_ok=True)
    hosts = ["127.0.0.1", "localhost", "[::1]", in_url(host)]
    if is_every_address(host):
        hosts[-1] = socket.gethostname()
    return {
        **untouched(),
        "DEMONSTRATIE": "1",
        "DEBUG": "0",
        "SECRET_KEY": demo_secret(),
        "DATABASE_URL": f"sqlite:///{quote((DEMO / 'db.sqlite3').as_posix())}",
        "MEDIA_ROOT": str(DEMO / "media"),
        "SITE_URL": site_url(host, port),
        "ALLOWED_HOSTS": ",".join(dict.fromkeys(hosts)),
        "DJANGO_RUNSERVER_HIDE_WARNING": "true",
        "PYTHONUNBUFFERED": "1",
    }


def demo_secret() -> str:
    path = DEMO / "secret"
    if not path.exists() or not path.stat().st_size:
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def welcome(host: str, port: int) -> str:
    line = "-" * 72
    return f"""
{line}
  The demonstration runs at   {site_url(host, port)}
  To stop                     Ctrl-C
  What you enter is kept in   {DEMO.relative_to(ROOT)}
  To begin again              python3 run.py demo --fresh
{line}
"""


def site_url(host: str, port: int) -> str:
    return f"http://{'127.0.0.1' if is_every_address(host) else in_url(host)}:{port}"


def is_every_address(host: str) -> bool:
    return host in {"0.0.0.0", "::"}  # noqa: S104 - only when asked for with --host


def in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def check_free(host: str, port: int) -> None:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        reason = f"{host}:{port} cannot be used ({error.strerror})"
        sys.exit(f"{reason}. Choose another port: python3 run.py demo --port {port % 65535 + 1}")


# --- test


def test(pytest_args: list[str]) -> int:
    python = environment("dev")
    pytest = [str(python), "-m", "pytest"]
    postgres = [str(python), "-m", "tests.tijdelijke_pg", *pytest]
    if pytest_args:
        stages = {SQLITE: [*pytest, *pytest_args], POSTGRES: [*postgres, *pytest_args]}
    else:
        stages = {
            **checks(python),
            SQLITE: [*pytest, *PARALLEL],
            POSTGRES: [*postgres, *PARALLEL, "-m", "not browser and not statisch"],
        }
    return report([run_stage(name, command) for name, command in stages.items()])


def checks(python: Path) -> dict[str, list[str]]:
    ruff = [str(python), "-m", "ruff"]
    stages = {"ruff check": [*ruff, "check"], "ruff format": [*ruff, "format", "--check"]}
    if templates := sorted(str(path.relative_to(ROOT)) for path in (ROOT / "templates").rglob("*.html")):
        stages["djade"] = [str(python.with_name("djade")), "--check", "--target-version", "5.2", *templates]
    stages["import-linter"] = [str(python.with_name("lint-imports")), "--no-logo"]
    return stages


def run_stage(name: str, command: list[str]) -> tuple[str, str, float]:
    say(f"\n== {name}")
    start = time.monotonic()
    # without compiled files each of our many processes would compile the whole house for itself
    settings = {key: value for key, value in untouched().items() if key != "PYTHONDONTWRITEBYTECODE"}
    code = call(command, settings)
    outcome = {0: "ok", SKIPPED: "skipped"}.get(code, "FAILED")
    return name, outcome, time.monotonic() - start


def report(results: list[tuple[str, str, float]]) -> int:
    say("\n== summary")
    for name, outcome, seconds in results:
        say(f"{name:<24}{outcome:<10}{seconds:6.1f} s")
    failed = [name for name, outcome, _ in results if outcome == "FAILED"]
    say(f"FAILED: {', '.join(failed)}" if failed else "OK")
    return 1 if failed else 0


# --- the command line


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def port_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, not {text!r}")
    return int(text)


def parser() -> Parser:
    root = Parser(prog="run.py", description="Netwerk Nieuwkomers Amsterdam")
    commands = root.add_subparsers(dest="what", required=True, metavar="demo | test | bench | manage")
    one = commands.add_parser("demo", help="start the site with demonstration data")
    one.add_argument("--port", type=port_number, default=8000, help="default 8000")
    one.add_argument("--host", default="127.0.0.1", help="address to listen on, default 127.0.0.1")
    one.add_argument("--fresh", action="store_true", help="remove the earlier demonstration first")
    commands.add_parser("test", help="all checks and tests, or only pytest when arguments for it follow")
    commands.add_parser("bench", help="measure how fast the site is; --help says with which options")
    commands.add_parser("manage", help="manage.py, with your own settings")
    return root


def main(argv: list[str]) -> int:
    # in the background too, where a shell makes programs deaf to Ctrl-C
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # what follows `test`, `bench` and `manage` belongs to pytest, tests/prestaties.py and manage.py, options too
    what, rest = argv[:1], argv[1:]
    if what == ["test"]:
        return test(rest)
    if what == ["bench"]:
        return call([str(environment("dev")), "-m", "tests.prestaties", *rest], untouched())
    if what == ["manage"]:
        return call([str(environment("base")), "manage.py", *rest], inherited())
    return demo(parser().parse_args(argv))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
