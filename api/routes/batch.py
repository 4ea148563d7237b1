"""POST /v1/batch: NDJSON in, NDJSON out, streamed; a client that does not read is not read from."""

from collections.abc import AsyncIterator, Sequence
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from starlette.types import Receive, Scope, Send

from api import examples
from api.encoding import encode
from api.errors import ProblemError
from api.keys import Caller
from api.lines import BadLine, Line, LineSplitter, read_line
from api.scoring import Failure
from api.services import CallerDep, ClassifierDep, Services, ServicesDep
from classifier import Classifier, Statement

router = APIRouter(tags=["score"])

NDJSON: Final = "application/x-ndjson"
TOGETHER: Final = 256
"""Most lines scored in one go."""

_DOCUMENTED: Final[dict[str, Any]] = {
    "requestBody": {
        "required": False,
        "content": {NDJSON: {"schema": {"title": "Statements, one a line"}, "example": examples.BATCH_LINE + "\n"}},
    }
}


class NdjsonResponse(Response):
    """An answer in NDJSON."""

    media_type = NDJSON


class StreamedResponse(NdjsonResponse):
    """Sends pieces as they come, at the client's pace; the server ends the connection of one that stops reading."""

    def __init__(self, pieces: AsyncIterator[bytes]) -> None:
        super().__init__()
        del self.headers["content-length"]
        self._pieces = pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        async for piece in self._pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _outcomes(
    lines: Sequence[Line], services: Services, classifier: Classifier, caller: Caller
) -> AsyncIterator[bytes]:
    most = services.settings.max_line_bytes
    for start in range(0, len(lines), TOGETHER):
        together = lines[start : start + TOGETHER]
        read = [read_line(line, most) for line in together]
        statements = [each for each in read if isinstance(each, Statement)]
        caller.spend(len(statements))
        scored = iter(await services.pool.score(classifier, statements))
        answers: list[bytes] = []
        for line, each in zip(together, read, strict=True):
            outcome = each if isinstance(each, BadLine) else next(scored)
            if isinstance(outcome, Failure):
                outcome = BadLine(outcome.id, line.number, outcome.error)
            answers.append(encode(outcome))
        yield b"\n".join(answers) + b"\n"


async def _pieces(request: Request, services: Services, classifier: Classifier, caller: Caller) -> AsyncIterator[bytes]:
    """Yield the answers to the lines of a body as they arrive."""
    splitter = LineSplitter(services.settings.max_line_bytes)
    async for piece in request.stream():
        async for answers in _outcomes(splitter.feed(piece), services, classifier, caller):
            yield answers
    async for answers in _outcomes(splitter.finish(), services, classifier, caller):
        yield answers


async def _begun(first: bytes | None, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Yield ``first`` and the rest; what goes wrong later is told in a last line, and then cuts the stream short."""
    if first is None:
        return
    yield first
    try:
        async for piece in rest:
            yield piece
    except ProblemError as error:
        yield (
            encode({"error": {"type": type(error).__name__.removesuffix("Error").lower(), "detail": error.detail}})
            + b"\n"
        )
        raise


@router.post(
    "/v1/batch",
    openapi_extra=_DOCUMENTED,
    response_class=NdjsonResponse,
    responses={200: {"content": {NDJSON: {"schema": {"type": "string"}}}}},
)
async def batch(request: Request, services: ServicesDep, classifier: ClassifierDep, caller: CallerDep) -> Response:
    """Score a stream of statements, one JSON object a line, and stream one line back for each that is not blank.

    A line that cannot be scored is answered by a line with `line` and `error`.  Read while you send: the service stops
    reading from a client that does not.  Bodies under the limit of other calls are read whole first.
    """
    pieces = _pieces(request, services, classifier, caller)
    first = await anext(pieces, None)
    return StreamedResponse(_begun(first, pieces))
