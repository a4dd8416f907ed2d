"""``import ecotaxa`` and ``export ecotaxa``: tables of EcoTaxa, with their images, in and out without loss."""

from pathlib import Path

import click

from seston.cli.output import Progress, notice
from seston.workspace import Workspace


@click.command("ecotaxa")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.pass_obj
def import_ecotaxa(workspace: Workspace, path: Path) -> None:
    """Read an import or export table of EcoTaxa: a .tsv, or a zip or folder with its images.

    Every column is kept as it is. Images of validated objects get their category as label; a prediction is no label.
    """
    from seston.pipeline.ecotaxa_tables import import_ecotaxa as read

    found = read(workspace, path, Progress())
    for problem in found.left_out:
        notice(f"left out: {problem}")
    click.echo(
        f"{found.rows} objects of {found.tables} tables imported, {found.images} images, "
        f"{len(found.left_out)} images left out."
    )
    notice("Next: 'seston features' measures the images, 'seston export ecotaxa PATH' writes the tables back.")


@click.command("ecotaxa")
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--from", "name", default="", metavar="NAME", help="Which table, when several were imported.")
@click.pass_obj
def export_ecotaxa(workspace: Workspace, path: Path, name: str) -> None:
    """Write an imported table back: with its images to a .zip, alone to a .tsv."""
    from seston.pipeline.ecotaxa_tables import export_ecotaxa as write

    rows, images, faults = write(workspace, path, name)
    for fault in faults[:20]:
        notice(f"EcoTaxa would refuse: {fault}")
    if len(faults) > 20:
        notice(f"… and {len(faults) - 20} more")
    click.echo(f"{rows} objects and {images} images written to {path}.")
