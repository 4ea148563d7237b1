"""Clients that nobody wants: slow, half-open, oversized, malformed.  Run as processes of their own."""

import json
import random
import selectors
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import cycle
from multiprocessing import Queue
from typing import Final

HEAD: Final = b"POST /v1/predict HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\nx-api-key: %s\r\n"
TOGETHER: Final = 100
"""Oversized and malformed requests that are open at once."""


def slow(port: int, key: bytes, seconds: float, count: int) -> Counter[str]:
    """Hold ``count`` connections that send a byte a second, of a head or of a body, and never end."""
    with_body = HEAD % key + b"content-length: 1000\r\n\r\n"
    opened = [_Trickle(port, b"" if i % 2 else with_body) for i in range(count)]
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for each in opened:
            each.send()
        time.sleep(1)
    return Counter(each.end() for each in opened)


class _Trickle:
    """A connection that sends what it must, and then byte by byte."""

    def __init__(self, port: int, first: bytes) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.socket.setblocking(False)
        self._bytes = cycle(b"GET /v2 HTTP/1.1\r\nx-slow: " if not first else b" ")
        self.is_open = True
        self.send(first)

    def send(self, what: bytes | None = None) -> None:
        if self.is_open:
            try:
                self.socket.send(bytes([next(self._bytes)]) if what is None else what)
            except OSError:
                self.is_open = False

    def end(self) -> str:
        """Close, and say what the server did."""
        try:
            found = self.socket.recv(4096)
        except BlockingIOError:
            return "kept open"
        except OSError:
            return "closed"
        finally:
            self.socket.close()
        return found[9:12].decode() if found else "closed"


def half_open(port: int, key: bytes, seconds: float, count: int) -> Counter[str]:
    """Open ``count`` connections that say nothing, half a head, or half a body, and then nothing more."""
    parts = (b"", HEAD[:30], HEAD % key + b'content-length: 500\r\n\r\n{"statements"')
    opened = [_Trickle(port, parts[i % 3]) for i in range(count)]
    time.sleep(seconds)
    return Counter(each.end() for each in opened)


def oversized(port: int, key: bytes, seconds: float, count: int) -> Counter[str]:
    """Send ``count`` bodies, and more while there is time, that are over the limit, said so or not."""
    said = HEAD % key + b"content-length: 1000000000\r\n\r\n" + b" " * 65536
    chunk = b"10000\r\n" + b" " * 65536 + b"\r\n"
    unsaid = HEAD % key + b"transfer-encoding: chunked\r\n\r\n" + chunk * 80
    lines = json.dumps({"statements": [{"text": "a"}] * 1001}).encode()
    many = HEAD % key + b"content-length: %d\r\n\r\n" % len(lines) + lines
    return _throw(port, lambda n: (said, unsaid, many)[n % 3], seconds, count)


def malformed(port: int, key: bytes, seconds: float, count: int) -> Counter[str]:
    """Send ``count`` requests, and more while there is time, that are no requests, or whose bodies are none."""
    made = random.Random(0)
    head = HEAD % key

    def body(what: bytes) -> bytes:
        return head + b"content-length: %d\r\n\r\n" % len(what) + what

    kinds: list[Callable[[], bytes]] = [
        lambda: made.randbytes(300) + b"\r\n\r\n",
        lambda: body(b'{"statements": [{"text": '),
        lambda: body(made.randbytes(200)),
        lambda: body(b'{"statements": [{"text": "\xff\xfe"}]}'),
        lambda: body(b"[" * 50_000),
        lambda: body(b'{"statements": [{"text": 5, "traget": null}]}'),
        lambda: head + b"content-length: -5\r\n\r\n{}",
        lambda: head + b"content-length: 5\r\ncontent-length: 6\r\n\r\n{}",
        lambda: head + b"transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        lambda: b"GET /v2 HTTP/1.1\r\n" + b"x-large: " + b"a" * 100_000 + b"\r\n\r\n",
        lambda: b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + made.randbytes(200),
        lambda: b"POST /" + b"%00" * 500 + b" HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\n{}",
    ]
    return _throw(port, lambda n: kinds[n % len(kinds)](), seconds, count)


def _throw(port: int, make: Callable[[int], bytes], seconds: float, count: int) -> Counter[str]:
    """Send what ``make`` makes, each on a connection of its own, for so many seconds and at least ``count`` times."""
    found: Counter[str] = Counter()
    deadline = time.monotonic() + seconds
    numbers: Iterator[int] = iter(range(10**9))
    thrown: dict[socket.socket, float] = {}
    sent = 0
    with selectors.DefaultSelector() as selector:
        while sent < count or time.monotonic() < deadline or thrown:
            while len(thrown) < TOGETHER and (sent < count or time.monotonic() < deadline):
                sent += 1
                made = _thrown(port, make(next(numbers)), found)
                if made is not None:
                    thrown[made] = time.monotonic()
                    selector.register(made, selectors.EVENT_READ)
            ready = [key.fileobj for key, _ in selector.select(timeout=0.02)]
            now = time.monotonic()
            ready += [each for each, since in thrown.items() if now - since > 15 and each not in ready]
            for each in ready:
                assert isinstance(each, socket.socket)
                found[_said(each)] += 1
                selector.unregister(each)
                del thrown[each]
                each.close()
    return found


def _thrown(port: int, what: bytes, found: Counter[str]) -> socket.socket | None:
    """Send a request and leave its answer for later; None where the server closed before it was whole."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=5)
    try:
        connection.sendall(what)
    except OSError:
        found[_said(connection) if connection.fileno() >= 0 else "closed"] += 1
        connection.close()
        return None
    return connection


def _said(connection: socket.socket) -> str:
    """Return the status of the answer that has come."""
    connection.setblocking(False)
    try:
        found = connection.recv(65536)
    except BlockingIOError:
        return "no answer in 15 s"
    except OSError:
        return "closed"
    return found[9:12].decode("ascii", "replace") if found else "closed"


KINDS: Final[Mapping[str, Callable[[int, bytes, float, int], Counter[str]]]] = {
    "slow": slow,
    "half-open": half_open,
    "oversized": oversized,
    "malformed": malformed,
}


def abuse(kind: str, port: int, key: str, seconds: float, count: int, answers: "Queue[Counter[str]]") -> None:
    """Be such a client, and tell what the server answered."""
    answers.put(KINDS[kind](port, key.encode(), seconds, count))
