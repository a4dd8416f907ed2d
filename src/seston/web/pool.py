"""Evaluators that take turns: no request waits for another's endless query, and none is evaluated beyond its time."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from seston.web.evaluator import Ended, Evaluator, TooSlow
from seston.web.exchange import Answer, Asked, Refusal
from seston.web.limits import Limits

_ENDED = "The query ended its process, most likely for want of memory: ask for less at once."
_ENDING = "The server is being ended."


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
        self._ending = False
        self._all = [Evaluator(store, limits) for _ in range(size)]
        self._idle: asyncio.Queue[Evaluator] = asyncio.Queue()
        self._threads = ThreadPoolExecutor(size, "seston-evaluator")

    async def open(self) -> None:
        """Start all evaluators, so that no query waits for one and a store that does not open is told at once.

        Raises
        ------
        Ended
            The store does not open.
        """
        loop = asyncio.get_running_loop()
        await asyncio.gather(*(loop.run_in_executor(self._threads, evaluator.start) for evaluator in self._all))
        for evaluator in self._all:
            self._idle.put_nowait(evaluator)

    async def answer(self, asked: Asked) -> Answer:
        """Return the answer to a query.

        Raises
        ------
        Refusal
            503 when all evaluators are busy for too long, when the query takes too long or too much memory, and when
            the server ends.
        """
        seconds = self.limits.seconds
        if self._ending:
            raise Refusal(503, _ENDING)
        try:
            evaluator = await asyncio.wait_for(self._idle.get(), seconds)
        except TimeoutError as error:
            raise Refusal(503, f"Other queries kept the server busy for {seconds:g} s: ask again later.") from error
        evaluation = asyncio.get_running_loop().run_in_executor(self._threads, evaluator.ask, asked)
        try:
            return await asyncio.shield(evaluation)
        except TooSlow as error:
            reason = f"The query took longer than {seconds:g} s, the limit here: ask for less at once."
            raise Refusal(503, reason) from error
        except Ended as error:
            raise Refusal(503, _ENDING if self._ending else _ENDED) from error
        except asyncio.CancelledError:
            evaluator.interrupt()
            await asyncio.gather(evaluation, return_exceptions=True)  # nothing that it says belongs to the next query
            raise
        finally:
            self._idle.put_nowait(evaluator)

    def end(self) -> None:
        """End what is being evaluated, and take no more; may be called by a signal."""
        self._ending = True
        for evaluator in self._all:
            evaluator.interrupt()

    def close(self) -> None:
        """End all evaluators."""
        for evaluator in self._all:
            evaluator.kill()
        self._threads.shutdown(wait=False)
