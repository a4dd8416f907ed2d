"""Harvests in processes of their own, killed at random moments, and what the log then shows."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from tests.sources.shared import ROOT
from tests.standins.server import RequestLog, StandIn

Start = Callable[[], tuple[int, Callable[[], int]]]
"""Starts a harvest: returns the number of its process, and what waits for its end."""


@contextmanager
def runs(module: str, *arguments: str | Path) -> Iterator[Start]:
    """Give what starts a harvest: a fork of a process that runs ``module``, which calls `serve_runs`."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdin and parent.stdout
        write, read = parent.stdin, parent.stdout

        def start() -> tuple[int, Callable[[], int]]:
            write.write("go\n")
            write.flush()
            return int(read.readline()), lambda: int(read.readline())

        yield start


def serve_runs(harvest: Callable[[], object]) -> None:
    """For each line of stdin, harvest in a process of its own; say its number, and then how it ended."""
    for module in ("hishel.httpx2", "pyarrow.parquet", "tenacity", "pyrate_limiter"):
        import_module(module)  # so that a child need not
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            harvest()
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()


def kill_at_random(start: Start, server: StandIn, *, kills: int = 25, within_s: float = 0.2) -> list[str]:
    """Kill harvests at random moments after their first request; return what each had asked for last."""
    chance = random.Random(7)  # noqa: S311
    last_asked: list[str] = []
    for _ in range(kills):
        before = len(server.log)
        process, ended = start()
        deadline = time.monotonic() + 10
        while len(server.log) == before and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(chance.uniform(0, within_s))
        os.kill(process, signal.SIGKILL)
        assert ended() == -signal.SIGKILL, "it ended before it was killed"
        time.sleep(server.delay_s + 0.02)  # what was on its way arrives
        last_asked += server.log.targets()[-1:]
    return last_asked


def asked_again(log: RequestLog) -> Counter[str]:
    """Return what was asked for more than once, and how often too much."""
    return Counter(log.targets()) - Counter(set(log.targets()))
