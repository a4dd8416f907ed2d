"""The gate: never more in any window, never more at once, closed for as long as the server asks."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seston.sources.web import ECOTAXA, WIKIDATA_QUERY, WIKIMEDIA, WORMS, Manners
from seston.sources.web.gate import Gate


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def clock(self) -> float:
        return self.now


def most_in_a_window(times: list[float], seconds: float) -> int:
    return max(sum(start <= moment < start + seconds for moment in times) for start in times)


@settings(max_examples=60, deadline=None)
@given(
    rate=st.sampled_from([0.5, 1, 2.5, 5, 20]),
    spans=st.lists(st.tuples(st.floats(0, 3), st.floats(0, 1)), min_size=2, max_size=60),
)
def test_wherever_in_its_turn_a_request_arrives_no_window_holds_too_many(
    rate: float, spans: list[tuple[float, float]]
) -> None:
    time, manners = Clock(), Manners("A service", rate_per_s=rate)
    gate, arrivals = Gate(manners, sleep=time.sleep, clock=time.clock), []
    for lasts, arrives in spans:
        with gate.turn():
            arrivals.append(time.now + lasts * arrives)
            time.sleep(lasts)
    assert most_in_a_window(arrivals, manners.window_s) <= manners.limit


def test_a_run_that_follows_a_killed_one_waits_for_a_window() -> None:
    time = Clock()
    gate = Gate(WORMS, sleep=time.sleep, clock=time.clock)
    gate.start_full()
    with gate.turn():
        assert time.now >= 1001.0


def test_a_pause_holds_for_everyone() -> None:
    time = Clock()
    gate = Gate(WORMS, sleep=time.sleep, clock=time.clock)
    gate.pause(30)
    gate.pause(5)
    with gate.turn():
        assert time.now == pytest.approx(1030, abs=0.01)


@pytest.mark.parametrize("at_once", [1, 3])
def test_no_more_at_once_than_the_service_likes(at_once: int) -> None:
    gate = Gate(Manners("A service", rate_per_s=1000, concurrency=at_once))
    inside, most, lock = 0, 0, threading.Lock()

    def work(_: int) -> None:
        nonlocal inside, most
        with gate.turn():
            with lock:
                inside += 1
                most = max(most, inside)
            time.sleep(0.005)
            with lock:
                inside -= 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(24)))
    assert most == at_once


def test_the_manners_are_those_that_the_services_ask_for() -> None:
    assert (WORMS.limit, WORMS.window_s, WORMS.needs_contact) == (5, 1.0, False)
    assert (WIKIMEDIA.concurrency, WIKIMEDIA.needs_contact) == (3, True)
    assert (WIKIDATA_QUERY.concurrency, WIKIDATA_QUERY.needs_contact) == (1, True)
    assert not ECOTAXA.needs_contact
