"""``import table`` and ``link``: taxonomy tables into the workspace, and labels to their taxa."""

from collections import Counter
from dataclasses import asdict
from pathlib import Path

import click

from seston.cli.images import import_group
from seston.cli.output import Progress, notice, print_json, print_table
from seston.workspace import Workspace


@import_group.command("table")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def import_table(workspace: Workspace, path: Path) -> None:
    """Read a taxonomy table: WoRMS zooplankton (CSV), WoRMS phytoplankton (TSV), or EcoTaxa's tree (TSV).

    Its taxa join those that the workspace has; a table of the same file name takes the place of the earlier one.
    """
    from seston.pipeline.taxonomies import import_table as read

    form, rows = read(workspace, path)
    synonyms = sum(row.accepted not in ("", row.id) for row in rows)
    parts = sum(row.morphological for row in rows)
    click.echo(f"{form}: {len(rows)} names imported, {synonyms} of them synonyms, {parts} morphological categories.")
    notice("Next: 'seston link FILE --column C' resolves labels, 'seston build' rebuilds the graph.")


@click.command()
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--column", required=True, metavar="C", help="Column of the table that holds the labels.")
@click.option("--json", "as_json", is_flag=True, help="Print one object a row, in the order of the rows.")
@click.pass_obj
def link(workspace: Workspace, path: Path, column: str, as_json: bool) -> None:
    """Find the taxon that each label of a table means, or say that none or several could be meant.

    FILE is a CSV or tab-separated table. A label may be a name, a synonym, a path such as 'nauplii<Cirripedia' or
    'living>Eukaryota>…>Copepoda', or words such as 'copepod_cyclopoid_oithona_eggs'. Homonyms are settled by lineage or
    reported as undecided.
    """
    from seston.pipeline.harvesting.linking import link_column

    links = link_column(workspace, path, column, Progress())
    if as_json:
        print_json([asdict(item) for item in links])
        return
    columns = ("label", "taxon", "name", "qualifier", "confidence", "status", "rule")
    print_table(columns, ([getattr(item, name) for name in columns] for item in links))
    counts = Counter(item.status for item in links)
    notice(", ".join(f"{n} {status}" for status, n in sorted(counts.items())) or "The table has no rows.")
