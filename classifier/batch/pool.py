"""Workers: one in this process, or several in their own, each with one chunk at a time and results in order.

A process that dies is noticed by its pipe and replaced, its chunk is redone; a chunk whose worker dies twice is given
up, all of its rows being rejects.  Processes end by themselves when the runner dies, because their pipe closes.
"""

import contextlib
import gc
import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.reduction import ForkingPickler
from typing import Final, Protocol, cast

from classifier.batch.answers import Answer, receive_result, send_result
from classifier.batch.work import Result, killed
from classifier.errors import DetenteError, TableError
from classifier.tables.chunks import Chunk

DEATHS: Final = 2
"""How many workers a chunk may kill before it is given up."""
AHEAD: Final = 4
"""Chunks a worker that may be finished and wait for an earlier one."""
HOPELESS: Final = 4
"""Deaths a worker, without a single answer, after which the run is given up."""
KEPT: Final = 8 << 20
"""Bytes of the largest block of memory that a process keeps, when it is freed, for the next chunk."""


class Works(Protocol):
    """Something that scores a chunk."""

    def work(self, chunk: Chunk) -> Result:
        """Read, score and render a chunk."""
        ...


class Builds(Protocol):
    """Something small that can be sent to a process and builds a worker there."""

    def build(self) -> Works:
        """Load what the worker needs."""
        ...


def work_here(setup: Builds, chunks: Iterable[Chunk]) -> Iterator[Result]:
    """Score chunks in this process."""
    worker = _built(setup)
    for chunk in chunks:
        yield worker.work(chunk)


def serve(setup: Builds, pipe: "Connection[Answer, Chunk]") -> None:
    """Score the chunks that come through ``pipe`` until it closes; runs in a process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        worker = _built(setup)
        # what was loaded stays until the end: no collection need go through it
        gc.freeze()
        while True:
            send_result(pipe, worker.work(pipe.recv()))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
    except (DetenteError, MemoryError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        pipe.send(error)


def _built(setup: Builds) -> Works:
    """Build a worker in a process that keeps freed memory.

    glibc gives each large block back to the kernel, which clears every page of it again for the next chunk, until a
    block as large has been freed once.
    """
    worker = setup.build()
    bytearray(KEPT)
    return worker


class _Ready:
    """A chunk, pickled while the workers were busy, so that none waits for it."""

    def __init__(self, chunk: Chunk) -> None:
        self.chunk = chunk
        self.pickled = ForkingPickler.dumps(chunk)


class _Process:
    """A worker process and the chunk that it has."""

    def __init__(self, context: SpawnContext, setup: Builds) -> None:
        self.pipe, other = context.Pipe()
        self.process: SpawnProcess = context.Process(target=serve, args=(setup, other), daemon=True)
        self.process.start()
        other.close()
        self.chunk: Chunk | None = None

    def give(self, ready: "_Ready") -> None:
        """Send a chunk; that the process is dead shows when its answer is awaited."""
        self.chunk = ready.chunk
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.pipe.send_bytes(ready.pickled)

    def take(self) -> Result | None:
        """Return the answer, or None where the process has died.  Raises what the worker raised."""
        try:
            answer = receive_result(self.pipe)
        except (EOFError, OSError):
            return None
        if isinstance(answer, Exception):
            raise answer
        self.chunk = None
        return answer

    def stop(self) -> None:
        """Close the pipe, end the process and wait for it."""
        self.pipe.close()
        self.process.terminate()
        self.process.join()


class Pool:
    """Several worker processes."""

    def __init__(self, setup: Builds, size: int, on_death: Callable[[int | None, Chunk], None]) -> None:
        self.setup = setup
        self.on_death = on_death
        self.answered = False
        self.context = multiprocessing.get_context("spawn")
        self.workers = [_Process(self.context, setup) for _ in range(size)]

    def work(self, chunks: Iterable[Chunk]) -> Iterator[Result]:
        """Score chunks; results come in the order of the chunks, of which only a few are held at any time."""
        source = map(_Ready, chunks)
        waiting: deque[_Ready] = deque()
        again: deque[Chunk] = deque()
        deaths: dict[int, int] = {}
        done: dict[int, Result] = {}
        order: deque[int] = deque()
        try:
            while True:
                self._give(waiting, source, again, order)
                while order and order[0] in done:
                    yield done.pop(order.popleft())
                    self._give(waiting, source, again, order)
                busy = {worker.pipe: worker for worker in self.workers if worker.chunk}
                if not busy:
                    return
                waiting.extend(islice(source, len(self.workers) - len(waiting)))
                for pipe in wait(list(busy)):
                    worker = busy[cast("Connection[Chunk, Answer]", pipe)]
                    result = worker.take()
                    self.answered = self.answered or result is not None
                    if result := result or self._bury(worker, deaths, again):
                        done[result.number] = result
        finally:
            self.close()

    def _give(self, waiting: deque[_Ready], source: Iterator[_Ready], again: deque[Chunk], order: deque[int]) -> None:
        """Give each idle worker a chunk: one that is to be redone, one that waits, or the next."""
        for worker in self.workers:
            if worker.chunk is not None:
                continue
            if again:
                worker.give(_Ready(again.popleft()))
            elif len(order) < AHEAD * len(self.workers):
                ready = waiting.popleft() if waiting else next(source, None)
                if ready is not None:
                    order.append(ready.chunk.number)
                    worker.give(ready)

    def _bury(self, worker: _Process, deaths: dict[int, int], again: deque[Chunk]) -> Result | None:
        """Replace a dead worker; return the reject of its chunk where it has killed often enough."""
        chunk = worker.chunk
        assert chunk is not None
        worker.stop()
        self.on_death(worker.process.exitcode, chunk)
        self.workers[self.workers.index(worker)] = _Process(self.context, self.setup)
        deaths[chunk.number] = deaths.get(chunk.number, 0) + 1
        if not self.answered and sum(deaths.values()) >= HOPELESS * len(self.workers):
            raise TableError(
                f"expected workers that score, found all {len(self.workers)} of them dying before their first answer "
                f"(exit code {worker.process.exitcode}); there may be too little memory: try --workers 1"
            )
        if deaths[chunk.number] >= DEATHS:
            return killed(chunk)
        again.append(chunk)
        return None

    def close(self) -> None:
        """End all processes."""
        for worker in self.workers:
            worker.stop()
