"""Which taxon each category of the imported EcoTaxa tables means, by its id, its lineage of either era, or its name."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from seston.disk import write_text
from seston.graph.columnar.core import Core
from seston.graph.linking import Link, Linker
from seston.graph.linking.link import ABSENT, RESOLVED
from seston.pipeline.knowledge import CORE, CORE_FILES, KNOWLEDGE
from seston.pipeline.stages import Progress, Stage, bring_up_to_date, chosen
from seston.pipeline.taxonomies import REGISTERS, lineages
from seston.records import Category
from seston.workspace import Workspace

TABLES = "ecotaxa/*/*.parquet"
CATEGORIES = "ecotaxa/categories.json"
_COLUMNS = ("category", "category_id", "hierarchy", "status")
VALIDATED = ("v", "validated")


def build_categories(workspace: Workspace, progress: Progress) -> Mapping[str, Any]:
    """Link every category of every imported table to a taxon of the workspace."""
    core = Core.load(workspace.path(CORE))
    meaning = _Meaning(core, Linker(core, lineages(workspace)))
    rows = [row for path in sorted(workspace.root.glob(TABLES)) for row in _linked(path, meaning)]
    write_text(workspace.path(CATEGORIES), json.dumps(rows, indent=1, ensure_ascii=False) + "\n")
    progress.note(summary(rows))
    return {}


def read_categories(workspace: Workspace) -> list[dict[str, Any]]:
    """Return what `build_categories` found; none where no table was imported."""
    path = workspace.path(CATEGORIES)
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return rows


def display_names(path: Path) -> dict[tuple[str, str], str]:
    """Return what to call each category of a table, by its name and hierarchy; one that stands twice gets its parent.

    Parameters
    ----------
    path
        The table in the workspace.

    Returns
    -------
    dict
        Such as ``badfocus<Copepoda``, beside ``badfocus<artefact``, as EcoTaxa itself displays them.
    """
    pairs = {(category, hierarchy) for category, _, hierarchy in _counted(path)}
    places = Counter(category for category, _ in pairs)
    return {
        (category, hierarchy): f"{category}<{above[-2]}" if places[category] > 1 and len(above) > 1 else category
        for category, hierarchy in pairs
        for above in [hierarchy.split(">")]
    }


def objects_of(rows: Iterable[Mapping[str, Any]], taxon: str) -> list[dict[str, Any]]:
    """Return the categories that mean a taxon, each with its table and its number of objects."""
    told = ("table", "category", "qualifier", "objects", "validated")
    return [{name: row[name] for name in told} for row in rows if row["taxon"] == taxon]


def summary(rows: Sequence[Mapping[str, Any]]) -> str:
    """Say how many categories mean a taxon.

    >>> summary([{"status": "resolved"}, {"status": "absent"}])
    '2 categories of EcoTaxa: 1 linked to a taxon, 0 undecided, 1 of no taxon'
    """
    count = Counter(row["status"] for row in rows)
    undecided = len(rows) - count[RESOLVED] - count[ABSENT]
    plural = "category" if len(rows) == 1 else "categories"
    return (
        f"{len(rows)} {plural} of EcoTaxa: {count[RESOLVED]} linked to a taxon, {undecided} undecided, "
        f"{count[ABSENT]} of no taxon"
    )


class _Meaning:
    """Says what a category means.

    Parameters
    ----------
    core
        The taxa, and EcoTaxa's morphological nodes where its tree was imported.
    linker
        Over the same core.
    """

    def __init__(self, core: Core, linker: Linker) -> None:
        self._tree, self._linker = core.hierarchy, linker
        self._names = dict(zip(self._tree.ids, self._tree.names, strict=True))
        self._morphological = {category.id: category for category in core.categories()}

    def of(self, category: str, number: str, hierarchy: str) -> Link:
        """Return the taxon of a category: the id goes before the lineage, and that before the name alone."""
        if number:
            node = f"ecotaxa:{number.partition('.')[0]}"
            link = self._of_node(self._morphological[node]) if node in self._morphological else self._linker.link(node)
            if link.status == RESOLVED:
                return link
        return self._linker.link(hierarchy or category)

    def lineage(self, taxon: str) -> list[dict[str, str]]:
        """Return id and name of everything above a taxon, from the top, itself last."""
        above = (self._tree.ids[int(node)] for node in self._tree.lineage(self._tree.index(taxon)))
        return [{"id": node, "name": self._names[node]} for node in above if node != self._tree.ids[0]]

    def _of_node(self, category: Category) -> Link:
        kind, rule = category.qualifier, f"category of EcoTaxa: {category.name} ({category.id})"
        if not category.of_taxon:
            return Link(category.name, None, None, kind, 0.0, ABSENT, f"{rule}; it is of no taxon")
        link = self._linker.link(category.of_taxon)
        return Link(category.name, link.taxon, link.name, kind, link.confidence, link.status, f"{rule}; {link.rule}")


def _linked(path: Path, meaning: _Meaning) -> Iterator[dict[str, Any]]:
    """Yield each category of a table with its taxon."""
    for (category, number, hierarchy), (objects, validated) in sorted(_counted(path).items()):
        link = meaning.of(category, number, hierarchy)
        yield {
            "table": path.parent.name,
            "category": category,
            "category_id": number,
            "hierarchy": hierarchy,
            "objects": objects,
            "validated": validated,
            "taxon": link.taxon,
            "name": link.name,
            "lineage": meaning.lineage(link.taxon) if link.taxon else [],
            "qualifier": link.qualifier,
            "confidence": round(link.confidence, 4),
            "status": link.status,
            "rule": link.rule,
        }


def _counted(path: Path) -> dict[tuple[str, str, str], tuple[int, int]]:
    """Return how many objects, and how many validated ones, a table has of each category, id and hierarchy."""
    from pyarrow import parquet

    objects: Counter[tuple[str, ...]] = Counter()
    with parquet.ParquetFile(path) as file:
        names = {name.lower().strip(): name for name in file.schema_arrow.names}
        there = [names.get(f"object_annotation_{name}") for name in _COLUMNS]
        if not any(there[:3]):
            return {}
        for batch in file.iter_batches(columns=[name for name in there if name]):
            cells = [batch.column(name).to_pylist() if name else [""] * len(batch) for name in there]
            objects.update(tuple(cell.strip() for cell in row) for row in zip(*cells, strict=True))
    found: dict[tuple[str, str, str], tuple[int, int]] = {}
    for (category, number, hierarchy, status), count in objects.items():
        if category or number or hierarchy:
            before, validated = found.get((category, number, hierarchy), (0, 0))
            found[category, number, hierarchy] = (
                before + count,
                validated + (count if status.lower() in VALIDATED else 0),
            )
    return found


LINKING = (
    Stage(
        "categories",
        "categories of the imported EcoTaxa tables to taxa",
        (),
        CORE_FILES,
        (CATEGORIES,),
        build_categories,
        optional=(TABLES, REGISTERS),
    ),
)


def linked(workspace: Workspace, progress: Progress) -> list[dict[str, Any]]:
    """Return every category of the imported tables with its taxon, linked now where that is missing or stale."""
    bring_up_to_date(workspace, (*chosen(KNOWLEDGE, ["taxonomy"]), *LINKING), progress)
    return read_categories(workspace)
