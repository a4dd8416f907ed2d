"""Queries that never end, that take all memory, or that come at once."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from seston.web.evaluator import Ended, Evaluator
from seston.web.exchange import Answer, Asked, Refusal
from seston.web.limits import Limits
from seston.web.pool import Pool
from tests.web.servers import ENDLESS

Value = TypeVar("Value")
YES = Answer(200, "application/sparql-results+json", b'{"head":{},"boolean":true}')
TRUE = Asked("ASK { ?s ?p ?o }")
GREEDY = Asked("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i")
MEMORY = 700 * 2**20


def in_pool(folder: Path, limits: Limits, size: int, work: Callable[[Pool], Awaitable[Value]]) -> Value:
    async def main() -> Value:
        pool = Pool(folder, limits, size)
        try:
            await pool.open()
            return await work(pool)
        finally:
            pool.close()

    return asyncio.run(main())


def test_an_endless_query_is_ended_and_others_are_answered_meanwhile(folder: Path) -> None:
    async def work(pool: Pool) -> tuple[Answer, BaseException | Answer, Answer, float]:
        endless = asyncio.ensure_future(asyncio.gather(pool.answer(Asked(ENDLESS)), return_exceptions=True))
        await asyncio.sleep(0.1)
        meanwhile = await pool.answer(TRUE)
        assert not endless.done()
        began = time.monotonic()
        [refused] = await endless
        return meanwhile, refused, await pool.answer(TRUE), time.monotonic() - began

    meanwhile, refused, after, took = in_pool(folder, Limits(seconds=3), 2, work)
    assert (meanwhile, after) == (YES, YES)
    assert isinstance(refused, Refusal)
    assert (refused.status, "longer than 3 s" in refused.reason) == (503, True)
    assert took < 20


def test_who_waits_too_long_for_a_turn_is_told(folder: Path) -> None:
    async def work(pool: Pool) -> list[BaseException | Answer]:
        queries = (pool.answer(Asked(ENDLESS)) for _ in range(4))
        return await asyncio.gather(*queries, return_exceptions=True)

    refused = in_pool(folder, Limits(seconds=0.5), 1, work)
    reasons = [each.reason for each in refused if isinstance(each, Refusal) and each.status == 503]
    assert len(reasons) == 4
    assert sum("busy for 0.5 s" in reason for reason in reasons) >= 2


def test_a_query_that_is_given_up_leaves_nothing_behind(folder: Path) -> None:
    async def work(pool: Pool) -> Answer:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(pool.answer(Asked("SELECT * { ?s ?p ?o } #" + ENDLESS)), 0)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(pool.answer(Asked(ENDLESS)), 0.3)
        return await pool.answer(TRUE)

    assert in_pool(folder, Limits(seconds=20), 1, work) == YES


def test_after_the_end_nothing_is_taken(folder: Path) -> None:
    async def work(pool: Pool) -> list[BaseException]:
        running = asyncio.ensure_future(pool.answer(Asked(ENDLESS)))
        await asyncio.sleep(0.3)
        pool.end()
        found = await asyncio.gather(running, pool.answer(TRUE), return_exceptions=True)
        return [each for each in found if isinstance(each, BaseException)]

    began = time.monotonic()
    refused = in_pool(folder, Limits(seconds=60), 2, work)
    assert [str(each) for each in refused] == ["The server is being ended."] * 2
    assert time.monotonic() - began < 30


def test_a_query_that_takes_all_memory_ends_its_process_only(folder: Path) -> None:
    evaluator = Evaluator(folder, Limits(seconds=60, memory_bytes=MEMORY))
    try:
        with pytest.raises(Ended):
            evaluator.ask(GREEDY)
        assert evaluator.ask(TRUE) == YES
    finally:
        evaluator.kill()


def test_a_store_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    async def work(pool: Pool) -> None:
        raise AssertionError("the pool is open")

    with pytest.raises(Ended):
        in_pool(tmp_path / "none", Limits(), 1, work)
