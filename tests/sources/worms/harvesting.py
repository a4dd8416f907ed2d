"""A harvest against the stand-in WoRMS, at a rate that tests can wait for, and what it left."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from seston.sources.registry import Registered, read_register
from seston.sources.web import WORMS, Manners
from seston.sources.worms.collect import REGISTER, harvest_worms
from seston.sources.worms.harvest import Outcome, Wanted
from seston.workspace import Workspace
from tests.killing import serve_runs
from tests.quiet import Quiet

FAST = replace(WORMS, rate_per_s=2000, within_s=0.01, backoff_s=0.002, timeout_s=0.5)


def run(
    folder: Path,
    url: str,
    *roots: str,
    names: Sequence[str] = (),
    synonyms: bool = False,
    vernaculars: bool = False,
    attributes: bool = False,
    manners: Manners = FAST,
) -> Outcome:
    wanted = Wanted(roots, tuple(names), synonyms, vernaculars, attributes)
    outcome, _ = harvest_worms(Workspace(folder), wanted, Quiet(), url=f"{url}/rest", manners=manners)
    return outcome


def register(folder: Path) -> list[Registered]:
    return read_register(folder / REGISTER)


def ids(folder: Path) -> list[int]:
    return [int(row.id.partition(":")[2]) for row in register(folder)]


if __name__ == "__main__":
    folder, url, root = sys.argv[1:]
    serve_runs(lambda: run(Path(folder), url, root, synonyms=True, attributes=True))
