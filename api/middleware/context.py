"""The outermost layer: request ids, security headers, log lines, figures, and an answer to every exception."""

import re
import secrets
import time
from typing import Final

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import ProblemError, response_of
from api.headers import header
from api.logs import Log, places
from api.metrics import Metrics

REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")

SECURITY_HEADERS: Final = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
}
"""Set on every answer that does not set them itself."""

_SECURITY: Final = [(name.encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]

NO_ROUTE: Final = "(none)"


class Context:
    """Wraps the whole application."""

    def __init__(self, app: ASGIApp, log: Log, metrics: Metrics) -> None:
        self.app = app
        self.log = log
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and answer whatever it raises."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = header(scope, b"x-request-id") or ""
        request_id = given if REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id
        began = time.perf_counter()
        status = 0

        async def send_dressed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = message["headers"]
                own = {name for name, _ in headers}
                headers += [header for header in _SECURITY if header[0] not in own]
                headers.append((b"x-request-id", request_id.encode()))
            await send(message)

        failure: Exception | None = None
        self.metrics.in_flight.inc()
        try:
            await self.app(scope, receive, send_dressed)
        except ClientDisconnect:
            status = status or 499
        except Exception as error:  # the last resort: every failure is answered and logged
            failure = error
            if not status:
                await response_of(Request(scope), error)(scope, receive, send_dressed)
        finally:
            self.metrics.in_flight.dec()
            self._note(scope, status, time.perf_counter() - began, failure)
        cut_short = failure is not None and not isinstance(failure, ProblemError) and status < 400
        # its traceback holds this frame, and through it the body: a circle that would keep them until it is collected
        failure = None
        if cut_short:
            raise ConnectionAbortedError("the answer was cut short")

    def _note(self, scope: Scope, status: int, seconds: float, failure: Exception | None) -> None:
        route = getattr(scope.get("route"), "path", NO_ROUTE)
        self.metrics.answered(route, status, seconds)
        state = scope["state"]
        fields: dict[str, object] = {
            "request_id": state["request_id"],
            "method": scope["method"] if scope["method"].isalpha() else "?",
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 3),
            "key": state.get("key"),
        }
        if failure is not None and not isinstance(failure, ProblemError):
            self.log.error("failed", error=type(failure).__name__, places=places(failure), **fields)
        else:
            self.log.info("request", **fields)
