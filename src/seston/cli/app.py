"""The ``seston`` command: its group, its errors and its exit codes."""

import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from seston.cli.archives import import_dwca
from seston.cli.dictionary import candidates, concepts
from seston.cli.ecotaxa_tables import export_ecotaxa, import_ecotaxa
from seston.cli.explaining import explain
from seston.cli.explore import check, taxon
from seston.cli.exports import export_group
from seston.cli.extract import extract
from seston.cli.harvest import harvest_group
from seston.cli.images import features, import_group
from seston.cli.interrupts import remembered
from seston.cli.learn import evaluate, train
from seston.cli.mappings import export_sssom
from seston.cli.pages import import_wikipedia
from seston.cli.predict import predict
from seston.cli.publications import PUBLICATIONS
from seston.cli.query import query
from seston.cli.releases import RELEASES
from seston.cli.serve import serve
from seston.cli.tables import link
from seston.cli.work import build, demo, status
from seston.errors import SestonError
from seston.version import VERSION
from seston.workspace import Workspace

INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, prog_name="seston")
@click.option(
    "-w",
    "--workspace",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("seston-work"),
    show_default=True,
    help="Folder that holds the graph, the models and the results.",
)
@click.pass_context
def cli(context: click.Context, workspace: Path) -> None:
    """Plankton classifiers that say why."""
    context.obj = Workspace(workspace)


for command in (
    demo,
    build,
    status,
    check,
    query,
    taxon,
    concepts,
    candidates,
    extract,
    harvest_group,
    import_group,
    export_group,
    link,
    features,
    train,
    evaluate,
    predict,
    explain,
    serve,
):
    cli.add_command(command)
import_group.add_command(import_wikipedia)
for command in (*RELEASES, *PUBLICATIONS):
    export_group.add_command(command)
export_group.add_command(export_sssom)
import_group.add_command(import_dwca)
import_group.add_command(import_ecotaxa)
export_group.add_command(export_ecotaxa)


def main() -> NoReturn:
    """Run the command line and exit: 0 done, 1 failure, 2 usage, 3 problems found, 4 unreachable, 130 interrupted."""
    try:
        with remembered():
            code = cli.main(prog_name="seston", standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else 0)
    except SestonError as error:
        _tell(error)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted. What was finished is kept; run the same command to continue.", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _tell(error: SestonError) -> None:
    click.echo(f"{click.style('Error:', fg='red')} {error.message}", err=True)
    shown = error.problems[:20]
    for problem in shown:
        click.echo(f"  {problem}", err=True)
    if len(error.problems) > len(shown):
        click.echo(f"  … and {len(error.problems) - len(shown)} more", err=True)
    if error.hint:
        click.echo(f"{click.style('Hint:', bold=True)} {error.hint}", err=True)
