"""A client that keeps so many connections busy and costs so little that the server is what is measured."""

import re
import selectors
import socket
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answers:
    """What came back: requests a second, statuses, and seconds from request to answer."""

    rate: float
    statuses: Counter[int]
    seconds: Sequence[float]

    def percentile(self, share: float) -> float:
        """Return the latency, in milliseconds, under which ``share`` of the answers came."""
        return sorted(self.seconds)[min(int(share * len(self.seconds)), len(self.seconds) - 1)] * 1e3

    @property
    def median(self) -> float:
        """The median latency in milliseconds."""
        return statistics.median(self.seconds) * 1e3


def request(path: str, body: bytes, headers: Sequence[tuple[str, str]] = ()) -> bytes:
    """Return a POST request of JSON as bytes."""
    lines = [f"POST {path} HTTP/1.1", "host: localhost", "content-type: application/json"]
    lines += [f"content-length: {len(body)}", *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class _Connection:
    """One connection: a request out, its answer in, the next."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""
        self.sent = 0.0

    def ask(self, what: bytes) -> None:
        self.sent = time.perf_counter()
        self.socket.sendall(what)

    def answer(self) -> bytes | None:
        """Take in what is there; return the whole answer once it is."""
        piece = self.socket.recv(1 << 20)
        if not piece:
            raise ConnectionError("expected an answer, found the connection closed by the server")
        self.buffer += piece
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return None
        length = _LENGTH.search(self.buffer, 0, end + 2)
        if length is None:
            raise ConnectionError("expected an answer with a content-length, found none")
        if len(self.buffer) < end + 4 + int(length[1]):
            return None
        found, self.buffer = self.buffer, b""
        return found


def load(port: int, requests: Sequence[bytes], connections: int, seconds: float) -> Answers:
    """Send ``requests`` in turn, each connection the next when its answer is whole, for so many seconds.

    Raises ConnectionError where the server closes a connection.
    """
    source = cycle(requests)
    statuses: Counter[int] = Counter()
    took: list[float] = []
    with selectors.DefaultSelector() as selector:
        opened = [_Connection(port) for _ in range(connections)]
        started = time.perf_counter()
        for each in opened:
            selector.register(each.socket, selectors.EVENT_READ, each)
            each.ask(next(source))
        while (now := time.perf_counter()) - started < seconds:
            for key, _ in selector.select(timeout=1):
                connection: _Connection = key.data
                found = connection.answer()
                if found is not None:
                    took.append(time.perf_counter() - connection.sent)
                    statuses[int(found[9:12])] += 1
                    connection.ask(next(source))
        for each in opened:
            each.socket.close()
    return Answers(len(took) / (now - started), statuses, took)
