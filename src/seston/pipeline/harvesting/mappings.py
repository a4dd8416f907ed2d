"""What the workspace knows of taxa in several registers, as one mapping set."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from seston.graph.rdf.mapping_sets import (
    CHAINED,
    COMPOSITE,
    CURATED,
    EXACT,
    PROVIDERS,
    UNSPECIFIED,
    Match,
    one_each,
    taxon_matches,
    write_sssom,
)
from seston.pipeline.harvesting.pages import taxonomy_of
from seston.pipeline.stages import Progress
from seston.pipeline.taxonomies import REGISTERS
from seston.sources.registry import read_register
from seston.sources.wikimedia.links import LINKS, Link, read_links
from seston.workspace import Workspace

NAME = "taxa"
DESCRIPTION = (
    "Taxa of WoRMS in EcoTaxa, Wikidata, NCBI and other registers, and what renamed or unaccepted names became"
)


def export_mappings(workspace: Workspace, path: Path, progress: Progress) -> list[Match]:
    """Write the mapping set of the workspace as SSSOM TSV, and return its mappings."""
    matches = mappings(workspace, progress)
    write_sssom(path, matches, name=NAME, description=DESCRIPTION)
    return matches


def mappings(workspace: Workspace, progress: Progress) -> list[Match]:
    """Return every mapping between registers that the taxa, the registers and the harvested items give.

    An item of Wikidata that was harvested takes the place of one that a table of others names.
    """
    taxa = taxonomy_of(workspace, progress).taxa()
    rows = [row for path in sorted(workspace.root.glob(REGISTERS)) for row in read_register(path)]
    renamed = {row.id: row.renamed_to for row in rows if row.renamed_to}
    matches = taxon_matches(taxa, renamed, {row.id: row.name for row in rows})
    links = [link for link in read_links(workspace.path(LINKS)) if link.item]
    names = {taxon.id: taxon.name for taxon in taxa}
    harvested = [match for link in links for match in _of_item(link, names.get(link.taxon, ""))]
    kept, dropped = _without_outdone(matches, harvested)
    if dropped:
        progress.note(f"{dropped} items of Wikidata named by tables of others differ from those harvested; left out")
    return one_each([*kept, *harvested])


def _of_item(link: Link, name: str) -> Iterator[Match]:
    item = link.item
    if item is None:
        return
    made = COMPOSITE if link.rule == "lineage" else CURATED
    provider = PROVIDERS["wikidata"]
    yield Match(link.taxon, EXACT, item.curie, made, name, item.name, provider, f"by {link.rule}")
    for curie in item.ids:
        if curie.partition(":")[0] != link.taxon.partition(":")[0]:
            yield Match(link.taxon, EXACT, curie, CHAINED, name, "", provider, f"through {item.curie}")


def _without_outdone(matches: Iterable[Match], harvested: Iterable[Match]) -> tuple[list[Match], int]:
    known = {match.subject_id: match.object_id for match in harvested if match.object_id.startswith("wikidata:")}

    def outdone(match: Match) -> bool:
        return (
            match.mapping_justification == UNSPECIFIED
            and match.object_id.startswith("wikidata:")
            and known.get(match.subject_id, match.object_id) != match.object_id
        )

    every = list(matches)
    kept = [match for match in every if not outdone(match)]
    return kept, len(every) - len(kept)
