"""API keys: who calls, what they may do, how fast and how much."""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Iterable
from typing import Final

from api.errors import KeyMissingError, ScopeError, TooManyError
from api.settings import KeyEntry, Scope

KEY_PREFIX: Final = "dtt_"
DAY: Final = 86_400


def new_key() -> str:
    """Return a new key of 256 random bits."""
    return KEY_PREFIX + secrets.token_urlsafe(32)


def hash_key(key: str) -> str:
    """Return the SHA-256 of a key, in hexadecimal; keys are random, so no slow hash is needed."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


class Caller:
    """The holder of a key, with a bucket of requests and a daily quota of statements.

    Both are counted in one worker process; ``share`` is the part of them that this process grants.
    """

    def __init__(self, entry: KeyEntry, share: float = 1.0, clock: Callable[[], float] = time.time) -> None:
        self.name = entry.name
        self.scopes = entry.scopes
        self._rate = entry.rate * share
        self._burst = max(1.0, 2 * self._rate)
        self._tokens = self._burst
        self._clock = clock
        self._seen = clock()
        self._quota = None if entry.quota is None else max(1, round(entry.quota * share))
        self._spent = 0
        self._day = int(self._seen // DAY)

    def require(self, scope: Scope) -> None:
        """Raise ScopeError where the key may not do ``scope``; admin may do everything."""
        if scope not in self.scopes and "admin" not in self.scopes:
            raise ScopeError(
                f"expected a key with the scope {scope!r}, found one with {', '.join(sorted(self.scopes))}; "
                f"ask the operator for it"
            )

    def request(self) -> None:
        """Count a request.  Raises TooManyError over the rate."""
        now = self._clock()
        self._tokens = min(self._burst, self._tokens + max(0.0, now - self._seen) * self._rate)
        self._seen = now
        if self._tokens < 1:
            wait = (1 - self._tokens) / self._rate
            raise TooManyError(f"expected at most {self._rate:g} requests a second, found more; wait", int(wait) + 1)
        self._tokens -= 1

    def spend(self, statements: int) -> None:
        """Count statements.  Raises TooManyError over the day's quota, and then counts none of them."""
        if self._quota is None:
            return
        now = self._clock()
        day = int(now // DAY)
        if day != self._day:
            self._day, self._spent = day, 0
        if self._spent + statements > self._quota:
            raise TooManyError(
                f"expected at most {self._quota:,} statements a day, found {self._spent:,} spent and {statements:,} "
                "more asked; wait for midnight UTC",
                int((day + 1) * DAY - now) + 1,
            )
        self._spent += statements


ANYBODY: Final = KeyEntry(
    name="anybody", sha256="0" * 64, scopes=frozenset({"score", "feedback", "admin"}), rate=1e9, quota=None
)
"""Whoever calls where keys are off."""


class KeyRing:
    """The known keys."""

    def __init__(self, entries: Iterable[KeyEntry], share: float = 1.0) -> None:
        self._callers = [(bytes.fromhex(entry.sha256), Caller(entry, share)) for entry in entries]
        self._anybody = Caller(ANYBODY)

    @property
    def is_open(self) -> bool:
        """Whether no key is needed."""
        return not self._callers

    def caller(self, key: str | None) -> Caller:
        """Return the holder of ``key``, in a time that does not depend on it.  Raises KeyMissingError."""
        if self.is_open:
            return self._anybody
        if key is None:
            raise KeyMissingError(
                "expected a key, found none; send it as `Authorization: Bearer KEY` or `X-API-Key: KEY`"
            )
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
        found: Caller | None = None
        for known, caller in self._callers:
            if hmac.compare_digest(known, digest):
                found = caller
        if found is None:
            raise KeyMissingError("expected a known key, found another; ask the operator for one")
        return found
