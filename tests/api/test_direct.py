"""A route that reads its body directly answers as FastAPI's own route does."""

import asyncio
import json
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI, Response
from fastapi.routing import APIRoute
from hypothesis import given
from hypothesis import strategies as st

from api.direct import DirectRoute, is_json
from api.encoding import JsonResponse
from api.errors import install
from api.schemas import PredictRequest

JSON = "application/json"


def application(kind: type[APIRoute]) -> FastAPI:
    app = FastAPI()
    router = APIRouter(route_class=kind)

    @router.post("/echo")
    async def echo(body: PredictRequest) -> Response:
        return JsonResponse([[each.id, each.text, each.target] for each in body.statements])

    app.include_router(router)
    install(app)
    return app


DIRECT, GENERAL = application(DirectRoute), application(APIRoute)


def answer(app: FastAPI, body: bytes, content_type: str) -> tuple[int, Any]:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            return await client.post("/echo", content=body, headers={"content-type": content_type})

    found = asyncio.run(ask())
    return found.status_code, found.json()


# few characters that matter: a fresh machine takes seconds to draw from all of Unicode
TEXTS = st.text('ab "\\\x00\n\u00e9\u201c\U0001f600\ud800', max_size=20)
VALUES = st.recursive(st.none() | st.booleans() | st.integers() | TEXTS, st.lists, max_leaves=4)
STATEMENTS = st.fixed_dictionaries({}, optional={"id": VALUES, "text": VALUES, "target": VALUES, "other": VALUES})
BODIES = st.fixed_dictionaries({"statements": st.lists(STATEMENTS, max_size=3)}).map(
    lambda body: json.dumps(body).encode()
)


@given(BODIES | st.binary(max_size=60))
def test_any_body_is_answered_as_by_the_general_route(body: bytes) -> None:
    assert answer(DIRECT, body, JSON) == answer(GENERAL, body, JSON)


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-ndjson", "application/problem+json", "nonsense"])
def test_a_body_of_another_kind_is_answered_as_by_the_general_route(content_type: str) -> None:
    body = b'{"statements": [{"text": "Talks resumed."}]}'
    assert answer(DIRECT, body, content_type) == answer(GENERAL, body, content_type)


def test_a_lone_surrogate_is_read() -> None:
    assert answer(DIRECT, b'{"statements": [{"text": "a \\ud800 b"}]}', JSON) == (200, [[None, "a \ud800 b", None]])


def test_the_kinds_of_json_are_known() -> None:
    assert is_json("application/json; charset=utf-8")
    assert is_json("Application/Problem+JSON")
    assert not is_json("text/json")
