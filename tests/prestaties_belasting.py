"""Asks a server for pages over connections that stay open, and keeps the time: the load of the benchmark.

A process of its own. It reads a job as a line of JSON (`port`, `workers`, `paths`, `seconds`), opens the connections,
says so, waits for a line, does the job and answers with a line of JSON. It needs only Python and does as little as it
can, because it shares the cores with the server.
"""

import gc
import json
import os
import re
import selectors
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from math import ceil
from time import perf_counter, process_time
from typing import Any

CONNECTIONS = 8
PATIENCE = 120
"""Seconds without any answer after which the server is given up."""

ANYTHING = "/geen-pagina"
"""An address that costs the server little; it need not exist."""

HOST = "nieuwkomers.example"
HEADERS = {
    "Host": HOST,
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "nl,en;q=0.7",
    "X-Forwarded-Proto": "https",  # what the proxy in front of a real site says
}
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)[ \t]*\r\n")
CHUNKED = re.compile(rb"\r\ntransfer-encoding:[^\r]*chunked")
CLOSES = re.compile(rb"\r\nconnection:[ \t]*close")


class BrokenError(Exception):
    """The server did not answer, or not in HTTP that this module reads."""


class Reply:
    """One response, put together from the pieces that come in."""

    __slots__ = ("_body_at", "_chunk_at", "_data", "_end", "_is_chunked", "closes", "size", "status")

    def __init__(self) -> None:
        self._data = bytearray()
        self._body_at = self._chunk_at = self._end = 0
        self._is_chunked = self.closes = False
        self.size = self.status = 0

    def feed(self, piece: bytes) -> bool:
        """Takes the next piece; says whether the response is complete."""
        self._data += piece
        if not self._body_at and not self._read_head():
            return False
        if self._is_chunked and not self._end:
            self._walk_chunks()
        if self._end and len(self._data) > self._end:
            raise BrokenError("the server sends more than one response to one request")
        return len(self._data) == self._end

    def _read_head(self) -> bool:
        at = self._data.find(b"\r\n\r\n")
        if at < 0:
            return False
        head = bytes(self._data[: at + 2]).lower()
        if not re.match(rb"http/1\.1 \d{3}", head):
            raise BrokenError(f"this is no HTTP/1.1: {head[:40]!r}")
        self.status = int(head[9:12])
        self.closes = CLOSES.search(head) is not None
        self._body_at = self._chunk_at = at + 4
        self._is_chunked = CHUNKED.search(head) is not None
        if not self._is_chunked:
            if not (length := LENGTH.search(head)):
                raise BrokenError("a response has neither a length nor chunks")
            self.size = int(length[1])
            self._end = self._body_at + self.size
        return True

    def _walk_chunks(self) -> None:
        """Steps over the chunks that are complete; behind the empty one may come trailers and then an empty line."""
        data = self._data
        while (line_end := data.find(b"\r\n", self._chunk_at)) >= 0:
            size = int(bytes(data[self._chunk_at : line_end]).split(b";")[0], 16)
            if not size:
                # from the end of that line, so that no trailers at all reads as the empty line too
                last = data.find(b"\r\n\r\n", line_end)
                self._end = last + 4 if last >= 0 else 0
                return
            following = line_end + 2 + size + 2
            if len(data) < following:
                return
            self.size += size
            self._chunk_at = following


class Connection:
    """A connection with at most one request under way."""

    __slots__ = ("path", "reply", "sent_at", "socket")

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.reply = Reply()
        self.path = ""
        self.sent_at = 0.0

    def send(self, path: str, request: bytes) -> None:
        self.reply, self.path = Reply(), path
        self.sent_at = perf_counter()
        self.socket.sendall(request)

    def receive(self) -> bool:
        """Reads what has come; says whether the response is complete."""
        piece = self.socket.recv(65_536)
        if not piece:
            raise BrokenError(f"the server closed the connection half-way through {self.path}")
        return self.reply.feed(piece)


def request_for(path: str) -> bytes:
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in HEADERS.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


@contextmanager
def paused(processes: list[int]) -> Iterator[None]:
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            os.kill(process, signal.SIGCONT)


def connect(port: int, workers: list[int]) -> list[Connection]:
    """The connections, as many with each worker; without a list of workers as it falls.

    Whichever worker wakes up first takes what is waiting, and an open connection stays with it: left to chance all of
    them are often with one worker, which halves what the server can do, floor and page alike.
    """
    if not workers:
        return [Connection(port) for _ in range(CONNECTIONS)]
    connections = []
    for worker in workers:
        with paused([other for other in workers if other != worker]):
            for _ in range(CONNECTIONS // len(workers)):
                connection = Connection(port)
                connection.send(ANYTHING, request_for(ANYTHING))
                while not connection.receive():
                    pass
                connections.append(connection)
    return connections


class Run:
    """One job: the same few connections ask for the paths in turn until the time is over, then wait for the last."""

    def __init__(self, port: int, workers: list[int], paths: list[str], seconds: float) -> None:
        self.port, self.seconds = port, seconds
        self.requests = cycle([(path, request_for(path)) for path in paths])
        self.latencies: list[float] = []
        self.sizes: list[int] = []
        self.wrong: dict[str, int] = {}
        self.connections = connect(port, workers)

    def go(self) -> dict[str, Any]:
        """Does the job. Every request that was sent is waited for, so that CPU per request counts whole requests."""
        with selectors.DefaultSelector() as selector:
            for connection in self.connections:
                selector.register(connection.socket, selectors.EVENT_READ, connection)
            cpu, start = process_time(), perf_counter()
            for connection in self.connections:
                connection.send(*next(self.requests))
            under_way = len(self.connections)
            while under_way:
                events = selector.select(PATIENCE)
                if not events:
                    raise BrokenError(f"no answer in {PATIENCE} seconds, to {self.connections[0].path} among others")
                for key, _ in events:
                    under_way -= self._handle(key.data, start + self.seconds)
            took, cpu = perf_counter() - start, process_time() - cpu
        return self._answer(took, cpu)

    def close(self) -> None:
        for connection in self.connections:
            connection.socket.close()

    def _handle(self, connection: Connection, deadline: float) -> int:
        """Reads; after a whole response asks for the next. Gives 1 when this connection is done, else 0."""
        if not connection.receive():
            return 0
        now, reply = perf_counter(), connection.reply
        self.latencies.append(now - connection.sent_at)
        self.sizes.append(reply.size)
        if reply.status != 200:
            wrong = f"{reply.status} at {connection.path}"
            self.wrong[wrong] = self.wrong.get(wrong, 0) + 1
        if reply.closes:
            raise BrokenError(f"the server does not keep the connection open after {connection.path}")
        if now >= deadline:
            return 1
        connection.send(*next(self.requests))
        return 0

    def _answer(self, seconds: float, cpu: float) -> dict[str, Any]:
        ordered = sorted(self.latencies)
        return {
            "count": len(ordered),
            "seconds": seconds,
            "p50_ms": ordered[ceil(0.50 * len(ordered)) - 1] * 1000,
            "p95_ms": ordered[ceil(0.95 * len(ordered)) - 1] * 1000,
            "size": sorted(self.sizes)[len(self.sizes) // 2],
            "wrong": self.wrong,
            "cpu": cpu,
        }


def say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main() -> None:
    gc.disable()  # nothing here goes round in circles
    while line := sys.stdin.readline():
        try:
            run = Run(**json.loads(line))
            say({"ready": True})
            sys.stdin.readline()
            say(run.go())
            run.close()
        except (BrokenError, OSError) as error:
            say({"broken": str(error)})


if __name__ == "__main__":
    main()
