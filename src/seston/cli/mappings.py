"""``export sssom``: taxa in several registers as a mapping set."""

from pathlib import Path

import click

from seston.cli.output import Progress
from seston.workspace import Workspace


@click.command("sssom")
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def export_sssom(workspace: Workspace, path: Path) -> None:
    """Write the taxa's ids in WoRMS, EcoTaxa, Wikidata and NCBI as an SSSOM mapping set (TSV).

    Each mapping says how it was made. Renamed and unaccepted names are replaced by, the others exact matches.
    """
    from collections import Counter

    from seston.pipeline.harvesting.mappings import export_mappings

    matches = export_mappings(workspace, path, Progress())
    kinds = Counter((match.predicate_id, match.object_id.partition(":")[0]) for match in matches)
    told = ", ".join(f"{n} {predicate} {register}" for (predicate, register), n in sorted(kinds.items()))
    click.echo(f"{len(matches)} mappings written to {path}: {told or 'none'}.")
