"""A harvest against the stand-in WoRMS, at a rate that tests can wait for, and what it left."""

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from seston.sources.registry import Registered, read_register
from seston.sources.web import WORMS, Manners
from seston.sources.worms.collect import REGISTER, harvest_worms
from seston.sources.worms.harvest import Outcome, Wanted
from seston.workspace import Workspace
from tests.quiet import Quiet

FAST = replace(WORMS, rate_per_s=2000, within_s=0.01, backoff_s=0.002, timeout_s=0.5)


def run(
    folder: Path,
    url: str,
    *roots: str,
    names: Sequence[str] = (),
    synonyms: bool = False,
    vernaculars: bool = False,
    manners: Manners = FAST,
) -> Outcome:
    wanted = Wanted(roots, tuple(names), synonyms, vernaculars)
    outcome, _ = harvest_worms(Workspace(folder), wanted, Quiet(), url=f"{url}/rest", manners=manners)
    return outcome


def register(folder: Path) -> list[Registered]:
    return read_register(folder / REGISTER)


def ids(folder: Path) -> list[int]:
    return [int(row.id.partition(":")[2]) for row in register(folder)]


def serve_runs(folder: Path, url: str, root: str) -> None:
    """For each line of stdin, harvest in a process of its own; say its number, and then how it ended."""
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            run(folder, url, root, synonyms=True)
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    for module in ("hishel.httpx2", "pyarrow.parquet", "tenacity", "pyrate_limiter"):
        import_module(module)  # so that a child need not

    serve_runs(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
