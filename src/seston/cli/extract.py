"""``extract``: statements of form out of text."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from seston.cli.output import notice


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line a line read.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1), help="Processes to share the work.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Append the JSON lines to this file instead; what it holds already is not read again.",
)
@click.pass_context
def extract(context: click.Context, file: Path, as_json: bool, workers: int, out: Path | None) -> None:
    """Read lines of {id, taxon, text} from FILE and print what each text states of form."""
    from seston.pipeline.dictionary.extracting import answered, extract_lines

    bad = 0
    done = answered(out) if out else None
    with file.open(encoding="utf-8", errors="replace") as lines, _written(out) as stream:
        for _, answer, problem in extract_lines(lines, workers, done):
            if problem:
                bad += 1
                notice(problem)
            else:
                stream.write(answer + "\n" if as_json or out else _table(answer))
                stream.flush()
    if bad:
        notice(f"{bad} lines could not be read.")
        context.exit(3)


@contextmanager
def _written(out: Path | None) -> Iterator[TextIO]:
    if out is None:
        yield sys.stdout
        return
    with out.open("a", encoding="utf-8") as stream:
        yield stream


def _table(answer: str) -> str:
    """Return the statements of an answer as lines of fields between tabs."""
    import json

    record = json.loads(answer)
    fields = ("subject", "entity", "quality", "polarity", "concept")
    rows = ([record["id"], *(one[name] or "" for name in fields)] for one in record["statements"])
    return "".join("\t".join(map(str, row)) + "\n" for row in rows)
