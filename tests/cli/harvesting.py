"""Harvests of the small services, hurried inside the test's process, and killed in processes of their own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import seston.sources.web as web
from tests.standins.server import StandIn

CONTACT = ("--contact", "me@example.org")


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the manners of all services be quick, and give up after two attempts."""
    for name in ("WIKIDATA_QUERY", "WIKIMEDIA", "ECOTAXA"):
        quick = replace(getattr(web, name), rate_per_s=500, within_s=0.02, backoff_s=0.002, attempts=2, timeout_s=2)
        monkeypatch.setattr(web, name, quick)


@pytest.fixture
def nobody() -> Iterator[str]:
    """Give the address of a port on which nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}"


def kill_after(requests: int, standin: StandIn, workspace: Path, *arguments: str | Path) -> None:
    """Run a harvest in a process of its own, and kill it after so many requests, in the middle of the next."""
    before = len(standin.log)
    command = [sys.executable, "-m", "seston", "-w", workspace, "harvest", *arguments]
    with subprocess.Popen([*map(str, command)], stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 20
        while len(standin.log) - before <= requests and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.005)
        assert process.poll() is None, "the harvest ended before it could be killed"
        os.kill(process.pid, signal.SIGKILL)
    assert len(standin.log) - before > requests
