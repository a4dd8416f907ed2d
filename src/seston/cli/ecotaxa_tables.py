"""``import ecotaxa`` and ``export ecotaxa``: tables of EcoTaxa, with their images, in and out without loss."""

from pathlib import Path

import click

from seston.cli.output import Progress, counted, notice, print_json
from seston.workspace import Workspace

_SHOWN = 20


@click.command("ecotaxa")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print each category, its lineage and the taxon that it means.")
@click.pass_obj
def import_ecotaxa(workspace: Workspace, path: Path, as_json: bool) -> None:
    """Read an import or export table of EcoTaxa: a .tsv, or a zip or folder with its images.

    Every column is kept as it is. Images of validated objects get their category as label; a prediction is no label.
    Each category is linked to a taxon by its id, its lineage of either era, or its name.
    """
    from seston.pipeline.harvesting.ecotaxa_categories import linked, summary
    from seston.pipeline.harvesting.ecotaxa_tables import import_ecotaxa as read

    found = read(workspace, path, Progress())
    for problem in found.left_out[:_SHOWN]:
        notice(f"left out: {problem}")
    if len(found.left_out) > _SHOWN:
        notice(f"… and {len(found.left_out) - _SHOWN} more left out")
    rows = [row for row in linked(workspace, Progress()) if row["table"] == path.stem]
    if as_json:
        print_json(rows)
        return
    click.echo(
        f"{counted(found.rows, 'object')} of {counted(found.tables, 'table')} imported, "
        f"{counted(found.images, 'image')}, {counted(len(found.left_out), 'image')} left out."
    )
    if rows:
        click.echo(summary(rows))
    notice("Next: 'seston features' measures the images, 'seston export ecotaxa PATH' writes the tables back.")


@click.command("ecotaxa")
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--from", "name", default="", metavar="NAME", help="Which table, when several were imported.")
@click.pass_obj
def export_ecotaxa(workspace: Workspace, path: Path, name: str) -> None:
    """Write an imported table back: with its images to a .zip, alone to a .tsv."""
    from seston.pipeline.harvesting.ecotaxa_tables import export_ecotaxa as write

    rows, images, faults = write(workspace, path, name)
    for fault in faults[:_SHOWN]:
        notice(f"EcoTaxa would refuse: {fault}")
    if len(faults) > _SHOWN:
        notice(f"… and {len(faults) - _SHOWN} more")
    click.echo(f"{counted(rows, 'object')} and {counted(images, 'image')} written to {path}.")
