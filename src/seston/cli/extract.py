"""``extract``: statements of form out of text."""

import sys
from pathlib import Path

import click

from seston.cli.output import notice


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line a line read.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1), help="Processes to share the work.")
@click.pass_context
def extract(context: click.Context, file: Path, as_json: bool, workers: int) -> None:
    """Read lines of {id, taxon, text} from FILE and print what each text states of form."""
    import json

    from seston.pipeline.extracting import extract_lines

    bad = 0
    with file.open(encoding="utf-8", errors="replace") as lines:
        for _, answer, problem in extract_lines(lines, workers):
            if problem:
                bad += 1
                notice(problem)
            elif as_json:
                click.echo(answer)
            else:
                record = json.loads(answer)
                for one in record["statements"]:
                    row = (record["id"], one["subject"], one["entity"], one["quality"], one["polarity"])
                    click.echo("\t".join(map(str, (*row, one["concept"] or ""))))
            sys.stdout.flush()
    if bad:
        notice(f"{bad} lines could not be read.")
        context.exit(3)
