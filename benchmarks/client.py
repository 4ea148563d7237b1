"""A client of many connections that outlives what it is made to see: closed, refused and cut connections."""

import re
import selectors
import socket
import time
from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_VERSION = re.compile(rb'"model_version":"([^"]*)"')


@dataclass
class Tally:
    """What became of every request."""

    statuses: Counter[int] = field(default_factory=Counter)
    versions: Counter[str] = field(default_factory=Counter)
    seconds: "array[float]" = field(default_factory=lambda: array("d"))
    lost: int = 0
    """Requests sent whose answer never came whole."""
    refused: int = 0
    """Connections that nobody took."""
    elapsed: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.seconds) / self.elapsed if self.elapsed else 0.0

    @property
    def strange(self) -> int:
        """Answers that are neither 200 nor 503."""
        return sum(count for status, count in self.statuses.items() if status not in (200, 503))

    def percentile(self, share: float) -> float:
        """Return the latency in milliseconds under which ``share`` of the answers came; 0 where there is none."""
        ordered = sorted(self.seconds)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)] * 1e3 if ordered else 0.0


def request(path: str, body: bytes, headers: Sequence[tuple[str, str]] = ()) -> bytes:
    """Return a POST request of JSON as bytes."""
    lines = [f"POST {path} HTTP/1.1", "host: localhost", "content-type: application/json"]
    lines += [f"content-length: {len(body)}", *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class _Connection:
    """One connection, which asks again as soon as it is answered."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = bytearray()
        self.end = self.whole = 0
        """Where the head of an answer ends, and where the whole of it does; 0 while that is not known."""
        self.sent = 0.0
        self.waiting = False

    def fileno(self) -> int:
        return self.socket.fileno()

    def ask(self, request: bytes) -> None:
        self.buffer = bytearray()
        self.end = self.whole = 0
        self.sent = time.perf_counter()
        self.waiting = True
        self.socket.sendall(request)

    def take(self) -> tuple[bytes, bytearray] | None:
        """Take in what has come; return the head of an answer, and all of it, once it is whole.

        Raises ConnectionError where the server closed.
        """
        piece = self.socket.recv(1 << 20)
        if not piece:
            raise ConnectionResetError("closed by the server")
        self.buffer += piece
        if not self.whole:
            self.end = self.buffer.find(b"\r\n\r\n")
            length = _LENGTH.search(self.buffer, 0, self.end + 2) if self.end >= 0 else None
            if length is None:
                return None
            self.whole = self.end + 4 + int(length[1])
        if len(self.buffer) < self.whole:
            return None
        self.waiting = False
        return bytes(self.buffer[: self.end]), self.buffer


class Load:
    """Keeps ``connections`` busy with ``requests`` in turn; a connection that ends is opened anew."""

    def __init__(self, port: int, requests: Sequence[bytes], connections: int) -> None:
        self.tally = Tally()
        self._port = port
        self._requests = requests
        self._next = 0
        self._selector = selectors.DefaultSelector()
        self._wanted = connections
        self._open: set[_Connection] = set()

    def run(
        self, seconds: float, each_tick: Callable[[float], None] = lambda _: None, until_gone: bool = False
    ) -> Tally:
        """Ask for so many seconds, then wait for the last answers; ``each_tick`` is told the time spent.

        With ``until_gone``, a connection that the service has ended in order is not opened anew: the service leaves.
        """
        began = time.perf_counter()
        leaving = False
        while True:
            spent = time.perf_counter() - began
            each_tick(spent)
            asking = spent < seconds and not leaving
            while asking and len(self._open) < self._wanted:
                if not self._connect():
                    self.tally.refused += 1
                    leaving = until_gone
                    break
            if not asking and not any(each.waiting for each in self._open):
                break
            if spent > seconds + 30:
                self.tally.lost += sum(each.waiting for each in self._open)
                break
            for key, _ in self._selector.select(timeout=0.05):
                connection: _Connection = key.fileobj  # type: ignore[assignment]
                if not self._answered(connection, asking) and until_gone:
                    leaving = True
        self.tally.elapsed += time.perf_counter() - began
        for each in list(self._open):
            self._drop(each)
        self._selector.close()
        return self.tally

    def _connect(self) -> bool:
        try:
            made = _Connection(self._port)
        except OSError:
            time.sleep(0.005)
            return False
        self._open.add(made)
        self._selector.register(made, selectors.EVENT_READ)
        self._ask(made)
        return True

    def _ask(self, connection: _Connection) -> None:
        self._next += 1
        try:
            connection.ask(self._requests[self._next % len(self._requests)])
        except OSError:
            self._lose(connection)

    def _answered(self, connection: _Connection, asking: bool) -> bool:
        """Handle what has come; False where the service has said, or shown, that it closes the connection."""
        try:
            found = connection.take()
        except OSError:
            self._lose(connection)
            return False
        if found is None:
            return True
        head, answer = found
        self.tally.seconds.append(time.perf_counter() - connection.sent)
        self.tally.statuses[int(head[9:12])] += 1
        if version := _VERSION.search(answer, len(head), len(head) + 200):
            self.tally.versions[version[1].decode()] += 1
        if b"connection: close" in head.lower():
            self._drop(connection)
            return False
        if asking:
            self._ask(connection)
        return True

    def _lose(self, connection: _Connection) -> None:
        self.tally.lost += connection.waiting
        self._drop(connection)

    def _drop(self, connection: _Connection) -> None:
        if connection in self._open:
            self._open.discard(connection)
            self._selector.unregister(connection)
            connection.socket.close()
