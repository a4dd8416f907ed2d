"""The columnar core: taxa and categories as rows of Arrow tables, numbered in preorder.

Everything else of this room reads it: the RDF is written from it, checks and inheritance run over its arrays.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seston.disk import replacing
from seston.errors import InvalidData
from seston.graph.columnar.hierarchy import Bools, Hierarchy
from seston.graph.columnar.order import preorder
from seston.graph.columnar.tables import NOT_LIVING, ROOT, columns_of, name_schema, node_schema, record_faults
from seston.records import Category, Name, Taxon

__all__ = ["NOT_LIVING", "ROOT", "WHOLE", "Core", "build_core"]

_FILES = ("nodes.parquet", "names.parquet")
# The one rule of what inherits, for graph, SPARQL and matrix. A part, an egg, a larva, a young one or a look-alike does
# not show what its taxon shows; what is unknown is cheap, what is wrong is ruinous, so that every qualifier but these
# blocks inheritance. A mix holds several whole members of its taxon.
WHOLE = ("", "full_body", "mix")


@dataclass(frozen=True, eq=False)
class Core:
    """A taxonomy with its categories, as columns.

    Parameters
    ----------
    nodes
        One row a node, in preorder: id, name, kind ("group", "taxon" or "category"), parent, leave, depth (int32),
        rank, status, authority, source, same_as (list of ids), of_taxon (int32, -1 for none), qualifier, living.
    names
        One row a further name: node (int32), text, kind, language, authority.
    """

    nodes: Any
    names: Any

    @cached_property
    def hierarchy(self) -> Hierarchy:
        """The index over the nodes, which finds them by name, synonym and the ids of other sources."""
        columns = {name: self.nodes[name].to_numpy() for name in ("parent", "leave", "depth")}
        same_as = self.nodes["same_as"].to_pylist()
        aliases = chain(
            ((other, node) for node, others in enumerate(same_as) for other in others),
            zip(self.names["text"].to_pylist(), self.names["node"].to_pylist(), strict=True),
        )
        return Hierarchy(
            tuple(self.nodes["id"].to_pylist()), **columns, names=tuple(self.column("name")), aliases=tuple(aliases)
        )

    def __len__(self) -> int:
        return int(self.nodes.num_rows)

    def column(self, name: str) -> list[Any]:
        """Return a column of `nodes` as (n,) Python values."""
        return list(self.nodes[name].to_pylist())

    @cached_property
    def kind(self) -> NDArray[np.str_]:
        """(n,) kind of each node."""
        return np.array(self.column("kind"))

    @cached_property
    def blocked(self) -> Bools:
        """(n,) whether the node inherits nothing: categories of parts, eggs, larvae, young ones, look-alikes."""
        whole = np.isin(np.array(self.column("qualifier"), dtype=str), WHOLE)
        return np.asarray((self.kind == "category") & ~whole)

    def taxa(self) -> list[Taxon]:
        """Return the taxa as records, in preorder."""
        names = self._names_of()
        return [
            Taxon(
                row["id"],
                row["name"],
                row["rank"],
                self.hierarchy.ids[row["parent"]] if row["parent"] else "",
                row["status"],
                row["authority"],
                tuple(row["same_as"]),
                names.get(i, ()),
                row["source"],
            )
            for i, row in enumerate(self.nodes.to_pylist())
            if row["kind"] == "taxon"
        ]

    def categories(self) -> list[Category]:
        """Return the categories as records, in preorder."""
        return [
            Category(
                row["id"],
                row["name"],
                "" if row["of_taxon"] < 0 else self.hierarchy.ids[row["of_taxon"]],
                row["qualifier"],
                row["living"],
                tuple(row["same_as"]),
                row["source"],
            )
            for row in self.nodes.to_pylist()
            if row["kind"] == "category"
        ]

    def save(self, folder: Path) -> None:
        """Write both tables as Parquet; the same core always gives the same bytes."""
        from pyarrow import parquet

        for name, table in zip(_FILES, (self.nodes, self.names), strict=True):
            with replacing(folder / name) as sibling:
                parquet.write_table(table, sibling, compression="zstd", use_dictionary=True)

    @classmethod
    def load(cls, folder: Path) -> "Core":
        """Read what `save` wrote.

        Raises
        ------
        InvalidData
            A file is missing or damaged, or has other columns.
        """
        from pyarrow import ArrowException, parquet

        try:
            nodes, names = (parquet.read_table(folder / name, memory_map=False) for name in _FILES)
        except (OSError, ArrowException) as error:
            raise InvalidData(f"No core in {folder}: {error}.", hint="Run 'seston build graph'.") from error
        if nodes.schema != node_schema() or names.schema != name_schema():
            raise InvalidData(f"{folder} holds a core of another format.", hint="Run 'seston build graph'.")
        return cls(nodes, names)

    def _names_of(self) -> dict[int, tuple[Name, ...]]:
        names: dict[int, tuple[Name, ...]] = {}
        for row in self.names.to_pylist():
            name = Name(row["text"], row["kind"], row["language"], row["authority"])
            names[row["node"]] = (*names.get(row["node"], ()), name)
        return names


def build_core(taxa: Iterable[Taxon], categories: Iterable[Category] = ()) -> Core:
    """Build the core from records.

    A synthetic root holds the taxonomy's root and ``seston:not-living``. A category hangs under its taxon; without
    one, under the taxonomy's root when it is living and under ``seston:not-living`` when it is not.

    Parameters
    ----------
    taxa
        A tree of taxa, in any order: one of them has no parent.
    categories
        Labels that people sort images into.

    Returns
    -------
    Core
        The nodes in preorder, children sorted by id.

    Raises
    ------
    InvalidTaxonomy
        Every fault at once: cycles, missing parents or taxa, repeated ids, several roots, empty or unlawful ids.

    Examples
    --------
    >>> biota = Taxon("worms:1", "Biota", "Superdomain", "")
    >>> core = build_core([biota], [Category("planktonset:detritus", "detritus", "", "", living=False)])
    >>> core.hierarchy.ids
    ('seston:root', 'seston:not-living', 'planktonset:detritus', 'worms:1')
    """
    import pyarrow as pa

    taxa, categories = list(taxa), list(categories)
    columns = columns_of(taxa, categories)
    tree = preorder(columns["id"], columns["above"], more_problems=record_faults(taxa, categories))
    number = {columns["id"][row]: node for node, row in enumerate(tree.order.tolist())}
    columns["of_taxon"] = [number.get(taxon, -1) for taxon in columns["of"]]
    columns |= {name: [0] * len(number) for name in ("parent", "leave", "depth")}
    schema = node_schema()
    nodes = pa.table({name: columns[name] for name in schema.names}, schema=schema).take(tree.order)
    for name, values in (("parent", tree.parent), ("leave", tree.leave), ("depth", tree.depth)):
        nodes = nodes.set_column(schema.get_field_index(name), name, pa.array(values))
    return Core(nodes.combine_chunks(), name_rows((number[taxon.id], taxon) for taxon in taxa))


def name_rows(numbered: Iterable[tuple[int, Taxon]]) -> Any:
    """Return the table of the further names of taxa, each with its number, sorted by number."""
    import pyarrow as pa

    rows = sorted((number, place, name) for number, taxon in numbered for place, name in enumerate(taxon.names))
    columns = {
        "node": [node for node, _, _ in rows],
        **{c: [getattr(name, c) for _, _, name in rows] for c in ("text", "kind", "language", "authority")},
    }
    return pa.table(columns, schema=name_schema())
