"""A process of its own that evaluates queries, so that one which never ends can be ended.

The store cannot be interrupted while it looks for a solution that never comes, and its threads share the server's
fate. A process can be killed, and it can be given less memory than the machine has.
"""

import math
import multiprocessing
import signal
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from seston.web.exchange import Answer, Asked
from seston.web.limits import Limits

_START_S = 60.0
_SPAWN = multiprocessing.get_context("spawn")


class TooSlow(Exception):
    """The time of a query is over."""


class Ended(Exception):
    """The process ended by itself: of too much memory, or of an error of the store."""


class Evaluator:
    """A process with the store open for reading; it is started when it is first needed, and again after it was killed.

    Parameters
    ----------
    store
        The store's folder.
    limits
        What one query may cost.
    """

    def __init__(self, store: Path, limits: Limits) -> None:
        self._store, self._limits = store, limits
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None

    def start(self) -> None:
        """Start the process, and wait until the store is open.

        Raises
        ------
        Ended
            It does not open.
        """
        if self._process is not None and self._process.is_alive():
            return
        self.kill()
        self._pipe, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=evaluate, args=(theirs, self._store, self._limits), daemon=True)
        process.start()
        self._process = process
        theirs.close()
        self._receive(_START_S)

    def ask(self, asked: Asked) -> Answer:
        """Return the answer; blocks until it is there or the time is over. After a failure the process is a new one.

        Raises
        ------
        TooSlow
            The time is over.
        Ended
            The process ended.
        """
        try:
            self.start()
            assert self._pipe is not None  # noqa: S101 - start() has set it
            with suppress(OSError):  # a process that has ended is told of below
                self._pipe.send(asked)
            answer = self._receive(self._limits.seconds)
        except (TooSlow, Ended):
            self.kill()
            raise
        assert isinstance(answer, Answer)  # noqa: S101 - evaluate() sends nothing else
        return answer

    def interrupt(self) -> None:
        """End the process, whatever it does; who waits for its answer is told."""
        if self._process is not None:
            self._process.kill()

    def kill(self) -> None:
        """End the process, and wait until it has ended."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None

    def _receive(self, seconds: float) -> object:
        pipe = self._pipe
        try:
            if pipe is None or not pipe.poll(seconds):
                raise TooSlow
            return pipe.recv()
        except (EOFError, OSError) as error:
            raise Ended from error


def evaluate(pipe: Connection, folder: Path, limits: Limits) -> None:
    """Answer what comes through a pipe until it is closed: the main function of the process."""
    from seston.graph.querying.store import read_store
    from seston.web.evaluate import answer

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the server, which ends its evaluators
    _bound_memory(limits.memory_bytes)
    store = read_store(folder)
    pipe.send(None)
    while True:
        try:
            asked = pipe.recv()
        except EOFError:
            return
        _end_after(limits.seconds + 5)
        reply = answer(store, asked, limits)
        _end_after(0)
        with suppress(BrokenPipeError):
            pipe.send(reply)


def _bound_memory(size: int) -> None:
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limit; a lower one may be set already
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _end_after(seconds: float) -> None:
    """Have the system end this process after some time, should the server be gone by then; 0 calls it off."""
    if hasattr(signal, "alarm"):
        signal.alarm(math.ceil(seconds))
