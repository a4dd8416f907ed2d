"""Results to stdout, notices and progress to stderr, a bar only on a terminal."""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click

from seston.cli.interrupts import stop_if_asked


def notice(text: str) -> None:
    """Say something that is no result, on stderr."""
    click.echo(text, err=True)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "table"), counted(0, "image")
    ('1 table', '0 images')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def print_json(value: Any) -> None:
    """Print `value` as indented JSON to stdout."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print rows as aligned columns under a header to stdout."""
    cells = [["" if cell is None else str(cell) for cell in row] for row in [columns, *rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(columns))]
    for row in cells:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


class Progress:
    """Progress of long work: a bar with rate and time left on a terminal, a line a stage elsewhere."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._interactive = sys.stderr.isatty()

    def stage(self, name: str, summary: str) -> None:
        """Announce a stage."""
        stop_if_asked()
        self._close()
        notice(f"{click.style(name, bold=True)}: {summary}")

    def done(self, done: int, total: int) -> None:
        """Say how much of the present stage is done."""
        stop_if_asked()
        if not self._interactive:
            return
        if self._bar is None:
            from tqdm import tqdm

            self._bar = tqdm(total=total, file=sys.stderr, leave=False)
        self._bar.total = total
        self._bar.update(done - self._bar.n)
        if done >= total:
            self._close()

    def note(self, text: str) -> None:
        """Say something that is no result."""
        self._close()
        notice(f"  {text}")

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
