"""How a worker's process answers the runner: with a pickled result and, after it, the bytes for the output as they are.

Those bytes are most of an answer.  Pickled they would be copied several times more, above all in the runner, whose
time is taken from the workers where a machine has no more cores than there are workers.
"""

import os
from dataclasses import replace
from multiprocessing.connection import Connection

from classifier.batch.work import Result
from classifier.tables.chunks import Chunk

Answer = tuple[Result, int] | Exception
"""A result without its data and the bytes of data that follow, or what the worker raised."""


def send_result(pipe: "Connection[Answer, Chunk]", result: Result) -> None:
    """Send a result to the runner."""
    pipe.send((replace(result, data=b""), len(result.data)))
    rest = memoryview(result.data)
    while rest:
        rest = rest[os.write(pipe.fileno(), rest) :]


def receive_result(pipe: "Connection[Chunk, Answer]") -> Result | Exception:
    """Return the next result of a worker, or what it raised.

    Raises EOFError or OSError where the worker has died, be it in the midst of its answer.
    """
    answer = pipe.recv()
    if isinstance(answer, Exception):
        return answer
    result, size = answer
    data = bytearray(size)
    rest = memoryview(data)
    while rest:
        count = os.readv(pipe.fileno(), [rest])
        if not count:
            raise EOFError
        rest = rest[count:]
    return replace(result, data=data)
