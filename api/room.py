"""Room for requests: how many are in work, and whether another may be."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from api.access import OPEN, OPEN_UNDER
from api.errors import UnavailableError
from api.metrics import Metrics
from api.settings import Settings

STREAMS: Final = frozenset({"/v1/batch"})
"""Paths whose body is read by the route, piece by piece."""
ALWAYS: Final = OPEN | {"/metrics"}
"""Paths that are answered under any load, and those under :data:`OPEN_UNDER`."""


def is_always_answered(path: str) -> bool:
    """Return whether a path is answered under any load."""
    return path in ALWAYS or path.startswith(OPEN_UNDER)


class Room:
    """Counts the requests in work whose body has arrived, and streams, apart."""

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        self._metrics = metrics
        self._most = {True: settings.max_streams, False: settings.max_in_flight}
        self._now = {True: 0, False: 0}
        self._patience = settings.overload_wait

    def _has_room(self, path: str) -> bool:
        stream = path in STREAMS
        return is_always_answered(path) or self._now[stream] < self._most[stream]

    def require(self, path: str) -> None:
        """Raise UnavailableError where there is no room for a request."""
        if self._has_room(path):
            return
        stream = path in STREAMS
        self._metrics.refused.labels("Overload").inc()
        kind = "streams" if stream else "requests"
        raise UnavailableError(
            f"the service works on {self._most[stream]} {kind}, as many as it may; try again shortly"
        )

    async def wait(self, path: str) -> None:
        """Give a request for which there is no room a moment, and then raise UnavailableError if there is still none.

        Clients that ask again at once would otherwise keep the service busy with saying no.
        """
        if not self._has_room(path):
            await asyncio.sleep(self._patience)
        self.require(path)

    @contextmanager
    def taken(self, path: str) -> Iterator[None]:
        """Hold room for a request.  Raises UnavailableError where there is none."""
        self.require(path)
        if is_always_answered(path):
            yield
            return
        stream = path in STREAMS
        self._now[stream] += 1
        try:
            yield
        finally:
            self._now[stream] -= 1
