"""Results to stdout, notices and progress to stderr, a bar only on a terminal."""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click


def notice(text: str) -> None:
    """Say something that is no result, on stderr."""
    click.echo(text, err=True)


def print_json(value: Any) -> None:
    """Print `value` as indented JSON to stdout."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print rows as aligned columns under a header to stdout."""
    cells = [[str(cell) for cell in row] for row in [columns, *rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(columns))]
    for row in cells:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


class Progress:
    """Progress of long work: a bar on a terminal, one line a stage elsewhere."""

    def __init__(self) -> None:
        self.interactive = sys.stderr.isatty()

    def stage(self, name: str, summary: str) -> None:
        """Announce a stage."""
        notice(f"{click.style(name, bold=True)}: {summary}" if self.interactive else f"{name}: {summary}")

    def track(self, items: Iterable[Any], total: int, unit: str) -> Iterable[Any]:
        """Yield `items` under a bar with rate and time left."""
        from tqdm import tqdm

        return tqdm(items, total=total, unit=f" {unit}", disable=not self.interactive, file=sys.stderr, leave=False)
