"""``import dwca`` and ``export dwca``: Darwin Core archives into the workspace, and out of it."""

from pathlib import Path

import click

from seston.cli.exports import export_group
from seston.cli.images import import_group
from seston.cli.output import Progress, counted, notice
from seston.workspace import Workspace

_SHOWN = 20


@import_group.command("dwca")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--root", default="", metavar="NAME|ID", help="Keep this taxon, what is below it, and its lineage up.")
@click.option("--prefix", default="", help="Prefix of ids that are not WoRMS's; else made from the file's name.")
@click.pass_obj
def import_dwca(workspace: Workspace, path: Path, root: str, prefix: str) -> None:
    """Read a Darwin Core archive of taxa, a zip or a folder, such as the one of WoRMS.

    What cannot be trusted is refused; parents that are not in the archive are reported, and their taxa kept.
    """
    from pyarrow import compute

    from seston.sources.darwincore.taxa import read_archive
    from seston.sources.registry import FOLDER, write_register

    read = read_archive(path, prefix=prefix, root=root)
    write_register(workspace.path(f"{FOLDER}/{path.stem}.parquet"), read.table)
    for problem in read.reported[:_SHOWN]:
        notice(f"reported: {problem}")
    if len(read.reported) > _SHOWN:
        notice(f"… and {len(read.reported) - _SHOWN} more")
    synonyms = compute.sum(compute.not_equal(read.table["accepted"], read.table["id"])).as_py() or 0
    names = compute.sum(compute.list_value_length(read.table["vernaculars"])).as_py() or 0
    click.echo(
        f"{_taxa(len(read.table) - synonyms)}, {counted(synonyms, 'synonym')} and {counted(names, 'vernacular name')} "
        f"imported, {counted(len(read.reported), 'problem')} reported."
    )


@export_group.command("dwca")
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def export_dwca(workspace: Workspace, path: Path) -> None:
    """Write the taxa with synonyms, and the concepts that hold for each, as a Darwin Core archive (zip).

    The same data always give the same bytes; 'seston import dwca' reads it.
    """
    from seston.pipeline.harvesting.archives import release_dwca

    taxa, synonyms, facts = release_dwca(workspace, path, Progress())
    click.echo(f"{_taxa(taxa)}, {counted(synonyms, 'synonym')} and {facts} facts of form written to {path}.")


def _taxa(number: int) -> str:
    return "1 taxon" if number == 1 else f"{number} taxa"
