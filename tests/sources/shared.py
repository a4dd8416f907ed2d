"""The shared data, when it is there, and small tables written for a test."""

import csv
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest

from seston.bundled import folder

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("SESTON_SHARED", ROOT.parent / "shared")) / "data"
BUNDLED = folder("data")


def shared(name: str) -> Path:
    """Return a file of the shared data, or skip the test."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not at {SHARED}; set SESTON_SHARED")
    return path


def write(
    path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]], *, delimiter: str = ",", bom: bool = False
) -> Path:
    """Write a table whose missing cells are empty."""
    with path.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, columns, restval="", delimiter=delimiter, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path
