"""What goes wrong, as ``application/problem+json`` (RFC 9457): chosen by class, here and nowhere else.

::

    DetenteError
    ├── InputError, ModelError ...   of classifier.errors
    └── ProblemError                 an answer decided on by the service
        ├── KeyMissingError          401
        ├── ScopeError               403
        ├── TooSlowError             408
        ├── TooLargeError            413
        ├── InvalidError             422
        ├── TooManyError             429
        └── UnavailableError         503

No answer repeats a statement's text.
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, ClassVar

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.encoding import JsonResponse
from classifier.errors import DetenteError, InputError, ModelError, TargetError

PROBLEM_TYPE = "application/problem+json"


class ProblemError(DetenteError):
    """An answer other than success; ``detail`` says what was expected, what was found and what to do."""

    status: ClassVar[HTTPStatus] = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(
        self,
        detail: str,
        *,
        errors: Sequence[Mapping[str, object]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = list(errors)
        self.headers = dict(headers or {})


class MalformedError(ProblemError):
    """The body is not what its content type says."""

    status = HTTPStatus.BAD_REQUEST


class KeyMissingError(ProblemError):
    """No key, or one that is not known."""

    status = HTTPStatus.UNAUTHORIZED

    def __init__(self, detail: str) -> None:
        super().__init__(detail, headers={"WWW-Authenticate": "Bearer"})


class ScopeError(ProblemError):
    """A key that may not do this."""

    status = HTTPStatus.FORBIDDEN


class TooSlowError(ProblemError):
    """A body that did not arrive in time."""

    status = HTTPStatus.REQUEST_TIMEOUT

    def __init__(self, detail: str) -> None:
        super().__init__(detail, headers={"Connection": "close"})


class TooLargeError(ProblemError):
    """A body over the limit."""

    status = HTTPStatus.CONTENT_TOO_LARGE if hasattr(HTTPStatus, "CONTENT_TOO_LARGE") else HTTPStatus(413)

    def __init__(self, detail: str) -> None:
        super().__init__(detail, headers={"Connection": "close"})


class InvalidError(ProblemError):
    """A body that cannot be worked on as a whole."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class TooManyError(ProblemError):
    """A key over its rate or quota."""

    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, detail: str, retry_after: int) -> None:
        super().__init__(detail, headers={"Retry-After": str(max(1, retry_after))})


class UnavailableError(ProblemError):
    """Not ready, overloaded, or a store that does not answer."""

    status = HTTPStatus.SERVICE_UNAVAILABLE

    def __init__(self, detail: str, retry_after: int = 1) -> None:
        super().__init__(detail, headers={"Retry-After": str(retry_after)})


def said(error: DetenteError) -> str:
    """Return the words of an error for the client, without any text of a statement."""
    if isinstance(error, TargetError):
        return "expected the target to occur in the text, found no such words in it; name it as the text does"
    return str(error)


def problem_response(
    request: Request,
    status: HTTPStatus,
    detail: str,
    errors: Sequence[Mapping[str, object]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return an answer of RFC 9457; ``error`` repeats the detail for clients of the Open Inference Protocol."""
    body: dict[str, object] = {
        "type": f"urn:detente:problem:{status.phrase.lower().replace(' ', '-')}",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
        "errors": list(errors),
    }
    if request_id := request.scope.get("state", {}).get("request_id"):
        body["request_id"] = request_id
    if request.url.path.startswith("/v2"):
        body["error"] = detail
    return JsonResponse(body, status, headers, PROBLEM_TYPE)


def response_of(request: Request, error: Exception) -> Response:
    """Return the answer to any exception."""
    match error:
        case ProblemError():
            return problem_response(request, error.status, error.detail, error.errors, error.headers)
        case InputError():
            return problem_response(request, HTTPStatus.UNPROCESSABLE_ENTITY, said(error))
        case ModelError():
            detail = "expected a usable model, found none; see the log of the service"
            return problem_response(request, HTTPStatus.SERVICE_UNAVAILABLE, detail, (), {"Retry-After": "5"})
        case RequestValidationError():
            return _invalid(request, error)
        case HTTPException():
            headers = dict(error.headers or {})
            return problem_response(request, HTTPStatus(error.status_code), _http_detail(request, error), (), headers)
        case _:
            detail = "the service failed on this request; its log names the place under the request id"
            return problem_response(request, HTTPStatus.INTERNAL_SERVER_ERROR, detail)


def _http_detail(request: Request, error: HTTPException) -> str:
    match error.status_code:
        case HTTPStatus.NOT_FOUND:
            return "expected a path of this service, found another; /docs lists them"
        case HTTPStatus.METHOD_NOT_ALLOWED:
            return f"this path does not take {request.method}; /docs lists what it takes"
        case HTTPStatus.BAD_REQUEST:
            return "expected JSON in UTF-8, found something that cannot be read as such"
        case _:
            return str(error.detail)


def _invalid(request: Request, error: RequestValidationError) -> Response:
    found: list[Mapping[str, Any]] = list(error.errors())
    if any(each["type"] == "json_invalid" for each in found):
        why = next(each for each in found if each["type"] == "json_invalid")
        reason = why.get("ctx", {}).get("error", "it cannot be read")
        place = why["loc"][-1] if why["loc"] else 0
        detail = f"expected JSON, found something else at character {place}: {reason}"
        return problem_response(request, HTTPStatus.BAD_REQUEST, detail)
    errors = [{"path": list(each["loc"]), "message": each["msg"], "type": each["type"]} for each in found[:100]]
    first = ".".join(str(part) for part in errors[0]["path"]) if errors else "body"
    detail = f"{len(found)} value(s) are not as expected, the first at {first}: {found[0]['msg'] if found else ''}"
    if first == "body" and "application/json" not in request.headers.get("content-type", ""):
        detail += "; send JSON with Content-Type: application/json"
    return problem_response(request, HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors)


async def _handle(request: Request, error: Exception) -> Response:
    return response_of(request, error)


def install(app: FastAPI) -> None:
    """Answer every exception of a route as a problem."""
    for kind in (DetenteError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, _handle)
