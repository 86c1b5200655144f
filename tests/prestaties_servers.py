"""What the benchmark starts and reads: gunicorn, the load, and what /proc says about the processes.

Gunicorn reads this module too, as its configuration, for the sake of `post_worker_init`.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from tests.prestaties_belasting import HEADERS

ROOT = Path(__file__).resolve().parent.parent
PROC = Path("/proc")
WORKERS, THREADS = 2, 4
GUNICORN = ["--worker-class", "gthread", "--workers", str(WORKERS), "--threads", str(THREADS)]
GUNICORN += ["--access-logfile", "/dev/null", "--no-control-socket"]
STARTING = 60
"""Seconds that a server gets to start."""


class FailedError(Exception):
    """The measurement cannot go on; the text says why."""


def post_worker_init(worker: Any) -> None:
    """Gunicorn calls this when a worker has loaded the site and waits for its first request."""
    (Path(os.environ["READY"]) / str(worker.pid)).touch()


# --- processes


@dataclass(frozen=True, slots=True)
class Process:
    """What /proc tells of one process, in seconds of processor time; `reaped` is of its children that ended."""

    parent: int
    name: str
    own: float
    reaped: float


def read_process(pid: int | str) -> Process | None:
    """The process with this number; None when it is gone or the system has no /proc."""
    try:
        text = (PROC / str(pid) / "stat").read_text(errors="replace")
    except OSError:
        return None
    name, _, rest = text.partition("(")[2].rpartition(")")
    fields = rest.split()
    user, system, user_of_children, system_of_children = (int(ticks) for ticks in fields[11:15])
    tick = os.sysconf("SC_CLK_TCK")
    return Process(int(fields[1]), name, (user + system) / tick, (user_of_children + system_of_children) / tick)


def children(pid: int) -> dict[int, Process]:
    numbers = [int(path.name) for path in PROC.iterdir() if path.name.isdigit()] if PROC.exists() else []
    found = {number: read_process(number) for number in numbers}
    return {number: process for number, process in found.items() if process and process.parent == pid}


def cpu_of(pid: int | None) -> float | None:
    """Seconds of processor time of a process and its children, those that ended too. None: cannot be read."""
    process = read_process(pid) if pid else None
    if not pid or not process:
        return None
    return process.own + process.reaped + sum(child.own for child in children(pid).values())


def cpu_of_machine() -> float | None:
    """Seconds that all cores together have not been idle."""
    try:
        with (PROC / "stat").open() as file:
            ticks = [int(number) for number in file.readline().split()[1:9]]
    except OSError:
        return None
    idle, waiting = ticks[3:5]
    return (sum(ticks) - idle - waiting) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes of the largest worker: RSS, and PSS, which divides what processes share."""

    rss: float
    pss: float


def memory_of(pid: int) -> Memory | None:
    """The memory of the children of a server; None where the system does not tell."""
    try:
        texts = [(PROC / str(child) / "smaps_rollup").read_text() for child in children(pid)]
    except OSError:
        return None
    if not texts:
        return None
    lines = [dict(line.split()[:2] for line in text.splitlines()[1:]) for text in texts]
    return Memory(*(max(int(found[key]) for found in lines) / 1024 for key in ("Rss:", "Pss:")))


# --- gunicorn


@dataclass(frozen=True, slots=True)
class Server:
    """A gunicorn that runs: where it listens, its first process, and what it complained of."""

    port: int
    pid: int
    log: Path

    def get(self, path: str) -> str:
        """The text at an address, with the headers of the load. Raises FailedError when there is none."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=STARTING)
        with contextlib.closing(connection):
            try:
                connection.request("GET", path, headers=HEADERS)
                response = connection.getresponse()
                body = response.read().decode()
            except OSError as error:
                raise FailedError(f"{path} does not answer: {error}.{self.complaints()}") from None
        if response.status != 200:
            raise FailedError(f"{path} answers {response.status}.{self.complaints()}")
        return body

    def complaints(self) -> str:
        lines = [line for line in self.log.read_text(errors="replace").splitlines() if "[INFO]" not in line]
        return "\n".join(["", *lines[-20:]])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def gunicorn(application: str, environment: dict[str, str], directory: Path) -> Iterator[Server]:
    """Serves an application until the block ends; its workers have loaded it, and had no request yet."""
    directory.mkdir()
    ready, log, port = directory / "ready", directory / "log", free_port()
    ready.mkdir()
    command = [sys.executable, "-m", "gunicorn", application, *GUNICORN, "--config", f"python:{__name__}"]
    with log.open("w") as output:
        process = subprocess.Popen(
            [*command, "--bind", f"127.0.0.1:{port}"],
            cwd=ROOT,
            env={**environment, "READY": str(ready)},
            stdout=output,
            stderr=output,
            start_new_session=True,  # Ctrl-C is for us; we stop it
        )
    try:
        server = Server(port, process.pid, log)
        until = time.monotonic() + STARTING
        while len(list(ready.iterdir())) < WORKERS:
            if process.poll() is not None or time.monotonic() > until:
                raise FailedError(f"{application} does not start.{server.complaints()}")
            time.sleep(0.05)
        yield server
    finally:
        stop(process, signal.SIGINT)  # at once; TERM would wait for the requests under way


def stop(process: subprocess.Popen, how: signal.Signals = signal.SIGTERM) -> None:
    """Ends a process that has its own session, and whatever it started."""
    process.send_signal(how)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(10)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


# --- the load


class Load:
    """The process that asks for pages, over connections that it spreads evenly over the workers of a server."""

    def __init__(self, process: subprocess.Popen) -> None:
        self._process = process
        self._server: Server | None = None

    def connect(self, server: Server, paths: list[str], seconds: float) -> None:
        """Opens the connections for a `run`; measure from here, because this asks the server for something too."""
        self._server = server
        job = {"port": server.port, "workers": list(children(server.pid)), "paths": paths, "seconds": seconds}
        self._exchange(job)

    def run(self) -> dict[str, Any]:
        """What asking for those paths for so long gave. Raises FailedError when any answer was not 200."""
        answer = self._exchange({})
        if wrong := answer["wrong"]:
            found = ", ".join(f"{name} ({count} times)" for name, count in list(wrong.items())[:5])
            raise FailedError(
                f"{sum(wrong.values())} of {answer['count']} answers are wrong: {found}.{self._complaints()}"
            )
        return answer

    def _exchange(self, line: dict[str, Any]) -> dict[str, Any]:
        self._process.stdin.write(json.dumps(line) + "\n")
        self._process.stdin.flush()
        answered = self._process.stdout.readline()
        answer = json.loads(answered) if answered else {"broken": "the process that asks stopped"}
        if broken := answer.get("broken"):
            raise FailedError(f"The load failed: {broken}.{self._complaints()}")
        return answer

    def _complaints(self) -> str:
        return self._server.complaints() if self._server else ""


@contextlib.contextmanager
def load() -> Iterator[Load]:
    process = subprocess.Popen(
        [sys.executable, "-I", str(Path(__file__).with_name("prestaties_belasting.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield Load(process)
    finally:
        process.stdin.close()
        stop(process)
        process.stdout.close()
