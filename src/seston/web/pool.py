"""Evaluators that take turns: no request waits for another's endless query, and none is evaluated beyond its time."""

import asyncio
from pathlib import Path

from seston.web.evaluator import Ended, Evaluator, TooSlow
from seston.web.exchange import Answer, Asked, Refusal
from seston.web.limits import Limits


class Pool:
    """Some evaluators over one store.

    Parameters
    ----------
    store
        The store's folder.
    limits
        What one query may cost.
    size
        How many queries are evaluated at once; others wait.
    """

    def __init__(self, store: Path, limits: Limits, size: int) -> None:
        self.limits = limits
        self._all = [Evaluator(store, limits) for _ in range(size)]
        self._idle: asyncio.Queue[Evaluator] = asyncio.Queue()

    async def open(self) -> None:
        """Start one evaluator, so that a store that does not open is told at once; others start when needed."""
        await asyncio.to_thread(self._all[0].start)
        for evaluator in self._all:
            self._idle.put_nowait(evaluator)

    async def answer(self, asked: Asked) -> Answer:
        """Return the answer to a query.

        Raises
        ------
        Refusal
            503 when all evaluators are busy for too long, when the query takes too long, or too much memory.
        """
        seconds = self.limits.seconds
        try:
            evaluator = await asyncio.wait_for(self._idle.get(), seconds)
        except TimeoutError as error:
            raise Refusal(503, f"Other queries kept the server busy for {seconds:g} s: ask again later.") from error
        try:
            return await asyncio.to_thread(evaluator.ask, asked)
        except BaseException as error:
            evaluator.kill()  # it may still evaluate: nothing that it says now belongs to the next query
            raise _told(error, seconds) from error
        finally:
            self._idle.put_nowait(evaluator)

    def close(self) -> None:
        """End all evaluators."""
        for evaluator in self._all:
            evaluator.kill()


def _told(error: BaseException, seconds: float) -> BaseException:
    if isinstance(error, TooSlow):
        return Refusal(503, f"The query took longer than {seconds:g} s, the limit here: ask for less at once.")
    if isinstance(error, Ended):
        return Refusal(503, "The query ended its process, most likely for want of memory: ask for less at once.")
    return error
