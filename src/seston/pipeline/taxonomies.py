"""The taxa of a workspace: the bundled ones, and every register that was imported or harvested."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from seston.bundled import folder
from seston.disk import write_text
from seston.errors import InvalidData
from seston.graph.columnar.core import Core, build_core
from seston.graph.columnar.names import fold
from seston.pipeline.stages import Progress
from seston.sources.ecotaxa.tree import read_ecotaxa_tree, registered
from seston.sources.registry import FOLDER, Registered, read_register, register_table, write_register
from seston.sources.tables import read_text
from seston.sources.taxonomy import read_categories, read_taxa
from seston.sources.union import Union, join
from seston.sources.worms.phytoplankton import read_phytoplankton
from seston.sources.worms.zooplankton import read_zooplankton
from seston.workspace import Workspace

REGISTERS = f"{FOLDER}/*.parquet"
DEFECTS = "graph/defects.json"
#: What tells the tables apart, and who reads them.
FORMS: Mapping[str, tuple[frozenset[str], Callable[[Path], list[Registered]]]] = {
    "WoRMS zooplankton": (
        frozenset({"scientificName", "aphiaID", "parentNameUsageID", "taxonRank"}),
        lambda path: [row.registered() for row in read_zooplankton(path)],
    ),
    "WoRMS phytoplankton": (
        frozenset({"scientific_name", "taxon_id", "parent_id", "valid_aphia_id"}),
        lambda path: [row.registered() for row in read_phytoplankton(path)],
    ),
    "EcoTaxa tree": (
        frozenset({"id", "parent_id", "display_name", "taxotype"}),
        lambda path: registered(read_ecotaxa_tree(path)),
    ),
}


def import_table(workspace: Workspace, path: Path) -> tuple[str, Sequence[Registered]]:
    """Read a taxonomy table into the workspace; return its form and its rows.

    Raises
    ------
    InvalidData
        The header is none of `FORMS`, or a row is broken: all of them.
    """
    form, read = form_of(path)
    rows = read(path)
    write_register(workspace.path(f"{FOLDER}/{path.stem}.parquet"), register_table(rows))
    return form, rows


def form_of(path: Path) -> tuple[str, Callable[[Path], list[Registered]]]:
    """Return which of `FORMS` a table has, by the columns of its header."""
    header = read_text(path).split("\n", 1)[0].strip("\r")
    columns = {cell.strip('"') for cell in header.split("\t" if "\t" in header else ",")}
    for form, (needed, read) in FORMS.items():
        if needed <= columns:
            return form, read
    listed = "; ".join(f"{form}: {', '.join(sorted(needed))}" for form, (needed, _) in FORMS.items())
    raise InvalidData(
        f"{path.name} is none of the taxonomy tables that are known; its columns are {', '.join(sorted(columns))}.",
        hint=f"Give a table with the columns of one of: {listed}.",
    )


def joined(workspace: Workspace) -> Union:
    """Return the bundled taxa and labels with every register of the workspace, as one tree."""
    data = folder("data")
    paths = sorted(workspace.root.glob(REGISTERS))
    union = join(read_taxa(data / "taxa.csv"), [(path.stem, read_register(path)) for path in paths])
    return Union(union.taxa, [*read_categories(data / "labels.csv"), *union.categories], union.defects)


def taxonomy_core(workspace: Workspace, progress: Progress) -> Core:
    """Return the columnar core of all taxa of the workspace; the registers' defects go to a file beside it."""
    union = joined(workspace)
    content = [asdict(defect) for defect in union.defects]
    write_text(workspace.path(DEFECTS), json.dumps(content, indent=1, ensure_ascii=False) + "\n")
    if content:
        progress.note(f"{len(content)} rows of the registers do not fit: see 'seston check'")
    return build_core(union.taxa, union.categories)


def lineages(workspace: Workspace) -> dict[str, frozenset[str]]:
    """Return the names that each register of a workspace puts above a taxon, by the ids that the taxon has, folded."""
    found: dict[str, set[str]] = {}
    for path in sorted(workspace.root.glob(REGISTERS)):
        rows = {row.id: row for row in read_register(path)}
        for row in rows.values():
            names = {fold(name) for name in (*_above(rows, row), *(name for _, name in row.lineage))} - {fold(row.name)}
            for node in (row.id, *row.same_as):
                found.setdefault(node, set()).update(names)
    return {node: frozenset(names) for node, names in found.items()}


def _above(rows: Mapping[str, Registered], row: Registered) -> list[str]:
    names: dict[str, str] = {}
    while (row := rows.get(row.parent, row)).id not in names and row.parent != row.id:
        names[row.id] = row.name
    return list(names.values())
