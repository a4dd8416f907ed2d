"""EcoTaxa's tree as its back end keeps it, tab separated.

Source: ecotaxa/ecotaxa_back, GPL-3; facts only.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from seston.sources.registry import Registered
from seston.sources.tables import Row, optional_number, read_table, refuse_duplicates, whole_number
from seston.sources.worms.rows import plain_rank

SOURCE = "taxonomy_after_worms.tsv"
_COLUMNS = (
    "id",
    "parent_id",
    "name",
    "display_name",
    "taxotype",
    "taxostatus",
    "rank",
    "id_source",
    "rename_to",
    "source_url",
    "nbrobj",
    "nbrobjcum",
)
_STATUS = {"A": "active", "N": "new", "D": "deprecated"}


@dataclass(frozen=True, slots=True)
class EcotaxaNode:
    """A node of EcoTaxa's tree.

    ``parent`` and ``renamed_to`` are ids of the tree and may point out of the table. ``aphia_id`` is None where the
    node has no counterpart in WoRMS; ``morphological`` nodes (parts, stages, artefacts) never have one. ``objects``
    is the larger of the counts of objects on the node and on its branch.
    """

    id: int
    parent: int | None
    name: str
    display_name: str
    morphological: bool
    status: str
    rank: str
    aphia_id: int | None
    renamed_to: int | None
    objects: int


def read_ecotaxa_tree(path: Path) -> list[EcotaxaNode]:
    """Read EcoTaxa's tree, from before or after its move to WoRMS.

    Parents that are missing are no fault here: real extracts have them.

    Parameters
    ----------
    path
        The TSV file.

    Returns
    -------
    list of EcotaxaNode
        In the order of the table. Before the move, no node has an AphiaID.

    Raises
    ------
    InvalidTaxonomy
        A missing column, a broken row, an id that is no number or that stands twice, an unknown type or status: all of
        them.
    """
    moved: list[bool] = []

    def parse(row: Row) -> EcotaxaNode:
        moved.append("marinespecies.org" in row["source_url"])
        return _parse(row)

    rows = read_table(path, _COLUMNS, parse, delimiter="\t")
    refuse_duplicates(path, [(line, str(node.id)) for line, node in rows])
    if any(moved):
        return [node for _, node in rows]
    # before the move, the column of the AphiaID held numbers of other registers
    return [replace(node, aphia_id=None) for _, node in rows]


def _parse(row: Row) -> EcotaxaNode:
    if row["taxotype"] not in ("P", "M"):
        raise ValueError(f"taxotype '{row['taxotype']}' is neither P nor M")
    if row["taxostatus"] not in _STATUS:
        raise ValueError(f"taxostatus '{row['taxostatus']}' is none of {', '.join(_STATUS)}")
    return EcotaxaNode(
        whole_number(row["id"], "id"),
        optional_number(row["parent_id"], "parent_id"),
        row["name"].strip(),
        row["display_name"].strip(),
        row["taxotype"] == "M",
        _STATUS[row["taxostatus"]],
        plain_rank(row["rank"]),
        int(row["id_source"]) if row["id_source"].isdecimal() else None,
        optional_number(row["rename_to"], "rename_to"),
        max(int(row["nbrobj"] or 0), int(row["nbrobjcum"] or 0)),
    )


def registered(nodes: Iterable[EcotaxaNode]) -> list[Registered]:
    """Return the nodes as a register has them; a morphological node bears its display name."""
    return [
        Registered(
            f"ecotaxa:{node.id}",
            node.display_name if node.morphological else node.name,
            node.rank,
            "" if node.parent is None else f"ecotaxa:{node.parent}",
            f"ecotaxa:{node.id}",
            node.status,
            morphological=node.morphological,
            same_as=() if node.aphia_id is None else (f"worms:{node.aphia_id}",),
            renamed_to="" if node.renamed_to is None else f"ecotaxa:{node.renamed_to}",
        )
        for node in nodes
    ]
