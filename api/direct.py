"""Routes that read their body straight from its bytes: half the time of an answer was FastAPI's general way to do it.

The signatures, and with them the OpenAPI document, stay FastAPI's.  What is given up is what these routes do not have:
parameters of path and query, forms, dependencies that depend on each other.
"""

import json
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from fastapi import HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError
from starlette.types import ASGIApp, Receive, Scope, Send

from api.headers import header


def is_json(content_type: str) -> bool:
    """Return whether a media type is JSON's, or one that ends with ``+json``."""
    kind = content_type.partition(";")[0].strip().lower()
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))


async def read_body(request: Request, model: type[BaseModel]) -> BaseModel:
    """Return the body of a request.  Raises RequestValidationError as FastAPI does."""
    body = await request.body()
    if body and is_json(header(request.scope, b"content-type") or ""):
        try:
            return model.model_validate_json(body)
        except ValidationError:
            # Python's parser takes lone surrogates, which pydantic's does not, and has FastAPI's words for errors
            return _validated(_parsed(body), model)
    if not body:
        raise RequestValidationError([{"type": "missing", "loc": ("body",), "msg": "Field required", "input": None}])
    return _validated(body, model)


def _parsed(body: bytes) -> object:
    try:
        return json.loads(body)
    except json.JSONDecodeError as error:
        found = {"type": "json_invalid", "loc": ("body", error.pos), "msg": "JSON decode error", "input": {}}
        raise RequestValidationError([{**found, "ctx": {"error": error.msg}}]) from error
    except (ValueError, RecursionError) as error:  # no UTF-8, a number of too many digits, too deep
        raise HTTPException(400) from error


def _validated(value: object, model: type[BaseModel]) -> BaseModel:
    try:
        return model.model_validate(value, from_attributes=True)
    except ValidationError as error:
        found = [{**each, "loc": ("body", *each["loc"])} for each in error.errors(include_url=False)]
        raise RequestValidationError(found) from error


class DirectRoute(APIRoute):
    """A route of one JSON body, whose dependencies are coroutine functions of the request."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.body_field is not None:
            # nothing here is to be closed after an answer, and exceptions are answered by the layers around
            self.app = _without_stacks(self.get_route_handler())

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers a request."""
        if self.body_field is None:
            return super().get_route_handler()
        [body] = self.dependant.body_params
        name, model = body.name, body.field_info.annotation
        assert isinstance(model, type)
        assert issubclass(model, BaseModel)
        depended: list[tuple[str, Callable[[Request], Awaitable[object]]]] = [
            (str(each.name), each.call)  # type: ignore[misc]
            for each in self.dependant.dependencies
        ]
        endpoint = self.endpoint

        async def handle(request: Request) -> Response:
            values: dict[str, object] = {key: await get(request) for key, get in depended}
            values[name] = await read_body(request, model)
            response: Response = await endpoint(**values)
            return response

        return handle


def _without_stacks(handle: Callable[[Request], Coroutine[Any, Any, Response]]) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        response = await handle(Request(scope, receive, send))
        await response(scope, receive, send)

    return app
