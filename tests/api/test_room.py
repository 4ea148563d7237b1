"""Room for requests: taken, waited for, refused."""

import asyncio

import pytest

from api.errors import UnavailableError
from api.metrics import Metrics
from api.room import Room
from api.settings import Settings


def room(wait: float) -> Room:
    return Room(Settings(max_in_flight=1, max_streams=1, overload_wait=wait), Metrics())


def test_one_that_finds_no_room_waits_and_passes_where_there_is_some_then() -> None:
    async def ask() -> None:
        small = room(0.05)
        with small.taken("/v1/predict"):
            waiting = asyncio.create_task(small.wait("/v1/predict"))
            await asyncio.sleep(0.01)
            assert not waiting.done()
        await waiting

    asyncio.run(ask())


def test_one_that_finds_no_room_after_waiting_is_refused() -> None:
    async def ask() -> None:
        small = room(0.01)
        with (
            small.taken("/v1/predict"),
            pytest.raises(UnavailableError, match="works on 1 requests, as many as it may"),
        ):
            await small.wait("/v1/predict")

    asyncio.run(ask())


def test_streams_and_requests_have_room_apart_and_health_needs_none() -> None:
    small = room(0)
    with small.taken("/v1/predict"), small.taken("/v1/batch"):
        small.require("/v2/health/live")
        small.require("/static/app.js")
        with small.taken("/metrics"), pytest.raises(UnavailableError, match="works on 1 streams"):
            small.require("/v1/batch")
    small.require("/v1/batch")
