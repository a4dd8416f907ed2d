"""``import wikipedia``: pages in a folder, each to its taxon or rejected with the reason."""

from pathlib import Path

import click

from seston.cli.output import Progress, counted, notice, print_json, print_table
from seston.workspace import Workspace


@click.command("wikipedia")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--licence", default="CC-BY-SA-3.0", show_default=True, help="Licence of the texts, best as an SPDX identifier."
)
@click.option("--json", "as_json", is_flag=True, help="Print what became of each page.")
@click.pass_obj
def import_wikipedia(workspace: Workspace, folder: Path, licence: str, as_json: bool) -> None:
    """Read the pages in a folder, one Markdown or plain text file a page, named by its title.

    A page is attached to the taxon whose name, rank and lineage its first sentence states; never by name alone.
    """
    from dataclasses import asdict

    from seston.pipeline.harvesting.pages import import_pages

    pages = import_pages(workspace, folder, licence, Progress())
    if as_json:
        print_json([asdict(read.attachment) | {"passages": len(read.passages)} for read in pages])
        return
    attached = [read for read in pages if read.attachment.taxon]
    rows = (
        (read.attachment.page, read.attachment.taxon, len(read.passages), ", ".join(read.attachment.evidence))
        for read in attached
    )
    print_table(("page", "taxon", "passages", "ancestors named"), rows)
    for read in pages:
        if not read.attachment.taxon:
            notice(f"rejected {read.attachment.page}: {read.attachment.reason}")
    click.echo(f"{counted(len(attached), 'page')} attached, {len(pages) - len(attached)} rejected.")
    notice("Next: 'seston build' reads the pages into concepts.")
