"""How `seston link` agrees with the hand-made label table, per data set, every disagreement with its verdict.

    python -m tests.pipeline.harvesting.agreement

The verdicts lie in ``tests/golden/linking.csv`` and were written by hand: "ours wrong", "table wrong", "table coarser"
(the label names a taxon below the table's), "at an ancestor" (ours is above the table's, and no word says more),
"undecidable", "missed".
"""

import csv
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from seston.graph.columnar.core import Core
from seston.graph.linking import Link
from seston.pipeline.harvesting.linking import link_column
from seston.pipeline.knowledge import CORE
from seston.pipeline.taxonomies import import_table
from seston.workspace import Workspace
from tests.quiet import Quiet

from ...sources.shared import shared

VERDICTS = Path(__file__).parents[2] / "golden" / "linking.csv"
TABLES = (
    "taxonomy/zooplankton_worms.csv",
    "taxonomy/phytoplankton_worms.tsv",
    "ecotaxa/taxonomy_before_worms.tsv",
    "ecotaxa/taxonomy_after_worms.tsv",
)
WRONG = ("ours wrong", "not judged")
RIGHT = ("same", "table coarser", "table wrong", "at an ancestor", "ours right")


@dataclass(frozen=True)
class Compared:
    """A label, what we make of it, what the table gives, whether the trees hold that, and the verdict."""

    dataset: str
    link: Link
    table: str
    in_trees: bool
    verdict: str


def with_tables(root: Path) -> Workspace:
    """Return a workspace that holds the four shared taxonomy tables."""
    workspace = Workspace(root)
    for name in TABLES:
        import_table(workspace, shared(name))
    return workspace


def compare(workspace: Workspace) -> list[Compared]:
    """Return every label of the table that has an AphiaID, compared."""
    path = shared("labels/planktonzilla_labels.csv")
    links = link_column(workspace, path, "Raw_Labels", Quiet())
    accepted = _accepted(Core.load(workspace.path(CORE)))
    with VERDICTS.open(newline="", encoding="utf-8") as stream:
        verdicts = {(r["dataset"], r["label"], r["ours"]): r["verdict"] for r in csv.DictReader(stream)}
    with path.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    return [
        _compared(row["Dataset"], link, f"worms:{row['aphia_ID'].removesuffix('.0')}", accepted, verdicts)
        for row, link in zip(rows, links, strict=True)
        if row["aphia_ID"]
    ]


def precision(found: list[Compared]) -> float:
    """Return the share of resolved labels that are right, after judging."""
    resolved = [item for item in found if item.link.taxon]
    return sum(item.verdict in RIGHT for item in resolved) / len(resolved)


def recall(found: list[Compared]) -> float:
    """Return the share of labels whose taxon is in the trees that are resolved and right, after judging."""
    inside = [item for item in found if item.in_trees]
    return sum(item.link.taxon is not None and item.verdict in RIGHT for item in inside) / len(inside)


def _accepted(core: Core) -> dict[str, str]:
    ids = core.hierarchy.ids
    synonyms = {other: ids[i] for i, others in enumerate(core.column("same_as")) for other in others}
    return synonyms | {node: node for node in ids}


def _compared(
    dataset: str, link: Link, table: str, accepted: dict[str, str], verdicts: dict[tuple[str, str, str], str]
) -> Compared:
    same = link.taxon is not None and link.taxon == accepted.get(table)
    absent = "not in the trees" if table not in accepted and not link.taxon else "not judged"
    verdict = "same" if same else verdicts.get((dataset, link.label, link.taxon or ""), absent)
    return Compared(dataset, link, table, table in accepted, verdict)


def report(found: list[Compared]) -> Iterator[str]:
    """Yield the lines of the report."""
    yield f"{'data set':16} {'labels':>6} {'in trees':>8} {'resolved':>8} {'precision':>9} {'recall':>7} {'equal':>6}"
    for name in [*sorted({item.dataset for item in found}), "all"]:
        part = [item for item in found if name in (item.dataset, "all")]
        inside, resolved = sum(item.in_trees for item in part), sum(item.link.taxon is not None for item in part)
        equal = sum(item.verdict == "same" for item in part) / inside
        yield (
            f"{name:16} {len(part):6} {inside:8} {resolved:8} {precision(part):9.3f} {recall(part):7.3f} {equal:6.3f}"
        )
    yield ", ".join(f"{n} {verdict}" for verdict, n in Counter(item.verdict for item in found).most_common())
    for item in sorted(found, key=lambda item: (item.verdict, item.dataset, item.link.label)):
        if item.verdict not in ("same", "not in the trees"):
            ours = f"{item.link.name} ({item.link.taxon})" if item.link.taxon else item.link.status
            yield f"{item.verdict:15} {item.dataset:14} {item.link.label}: {ours}, table {item.table}; {item.link.rule}"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        print("\n".join(report(compare(with_tables(Path(folder))))))  # noqa: T201
