"""An old core and what changed since to a new core, without going through every record again."""

from collections.abc import Collection, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seston.graph.columnar.core import Core, build_core, name_rows
from seston.graph.columnar.order import Preorder, arrange, climb
from seston.graph.columnar.tables import columns_of, name_schema, node_schema, record_faults
from seston.records import Taxon

_Numbers = NDArray[np.int64]
_LOST = -2


def updated_core(core: Core, changed: Iterable[Taxon], removed: Collection[str] = ()) -> Core:
    """Return the core of an old one's taxa, with some changed or added and some removed.

    Parameters
    ----------
    core
        The old core, n nodes.
    changed
        Taxa that are new, or that take the place of the one with the same id.
    removed
        Ids of taxa that are gone.

    Returns
    -------
    Core
        The same, to the byte, as `build_core` makes of all the records.

    Raises
    ------
    InvalidTaxonomy
        As `build_core`: what is wrong with the whole, all at once.

    Examples
    --------
    >>> core = build_core([Taxon("worms:1", "Biota", "Superdomain", "")])
    >>> updated_core(core, [Taxon("worms:2", "Animalia", "Kingdom", "worms:1")]).hierarchy.ids[-1]
    'worms:2'
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    taxa, gone = list(changed), set(removed)
    fresh = _fresh_rows(taxa)
    touched = pa.array([*(taxon.id for taxon in taxa), *gone], pa.string())
    stays = pc.invert(pc.is_in(core.nodes["id"], touched))
    place = _places(core, stays.to_numpy(zero_copy_only=False), fresh)
    rows = pa.concat_tables([core.nodes.filter(stays), fresh]).combine_chunks()
    above = _parents(rows, core, stays, place, taxa)
    if _doubtful(core, taxa, gone) or (above == _LOST).any():
        return _from_records(core, taxa, gone)
    tree = _ordered(rows["id"], above)
    if tree is None:
        return _from_records(core, taxa, gone)
    number = np.empty(len(rows), dtype=np.int64)
    number[tree.order] = np.arange(len(rows))
    return Core(_nodes(rows, tree, place, number), _names(core, stays, taxa, place, number))


def _fresh_rows(taxa: list[Taxon]) -> Any:
    """Return the table of changed taxa, their links still empty."""
    import pyarrow as pa

    columns = columns_of(taxa, [])
    columns |= {name: [0] * len(columns["id"]) for name in ("parent", "leave", "depth")}
    columns["of_taxon"] = [-1] * len(columns["id"])
    schema = node_schema()
    return pa.table({name: columns[name][2:] for name in schema.names}, schema=schema)


def _places(core: Core, stays: NDArray[np.bool_], fresh: Any) -> _Numbers:
    """Return the row of each old node among kept and fresh rows, (n + 1,); the last, for none, is -1."""
    import pyarrow.compute as pc

    found = pc.index_in(core.nodes["id"], value_set=fresh["id"].combine_chunks())
    again = found.fill_null(_LOST).to_numpy().astype(np.int64)
    kept = np.cumsum(stays) - 1
    place = np.where(stays, kept, np.where(again >= 0, again + int(stays.sum()), _LOST))
    return np.append(place, -1)


def _parents(rows: Any, core: Core, stays: Any, place: _Numbers, taxa: list[Taxon]) -> _Numbers:
    """Return the parent's row of each row: -1 at the root, -2 where it is not there."""
    import pyarrow as pa
    import pyarrow.compute as pc

    old = place[core.nodes["parent"].to_numpy()[stays.to_numpy(zero_copy_only=False)]]
    asked = pa.array([taxon.parent for taxon in taxa], pa.string())
    new = pc.index_in(asked, value_set=rows["id"].combine_chunks()).fill_null(_LOST).to_numpy(zero_copy_only=False)
    return np.concatenate([old, new.astype(np.int64)])


def _doubtful(core: Core, taxa: list[Taxon], gone: set[str]) -> bool:
    """Return whether the whole must be looked at: a faulty record, another root, a change at a category or group."""
    ids = [taxon.id for taxon in taxa]
    root = core.nodes["id"][int(np.flatnonzero(core.kind == "taxon")[0])].as_py()
    asked = {*ids, *gone}
    settled = {"seston:root", "seston:not-living", root}
    categories = {taxon.parent for taxon in taxa} | asked
    labels = set(core.nodes["id"].filter(np.asarray(core.kind == "category")).to_pylist())
    faults = [fault for fault in record_faults(taxa, []) if fault != "no root: every taxon names a parent"]
    return bool(
        len(set(ids)) < len(ids) or settled & asked or labels & categories or (taxa and faults)
        or any(not taxon.parent or taxon.parent in settled - {root} for taxon in taxa)
    )  # fmt: skip


def _from_records(core: Core, taxa: list[Taxon], gone: set[str]) -> Core:
    touched = {taxon.id for taxon in taxa} | gone
    return build_core([*(taxon for taxon in core.taxa() if taxon.id not in touched), *taxa], core.categories())


def _ordered(ids: Any, above: _Numbers) -> Preorder | None:
    """Return the preorder of rows, or nothing when their links hold a cycle."""
    import pyarrow.compute as pc

    by_id = pc.sort_indices(ids).to_numpy().astype(np.int64)
    rank = np.empty(len(by_id) + 1, dtype=np.int64)
    rank[by_id], rank[-1] = np.arange(len(by_id)), -1
    parent = rank[above[by_id]]
    top, _ = climb(parent)
    return arrange(by_id, parent) if (parent[top] < 0).all() else None


def _nodes(rows: Any, tree: Preorder, place: _Numbers, number: _Numbers) -> Any:
    import pyarrow as pa

    nodes, schema = rows.take(tree.order), node_schema()
    of_taxon = np.append(number, -1)[place[nodes["of_taxon"].to_numpy()]].astype(np.int32)
    links = {"parent": tree.parent, "leave": tree.leave, "depth": tree.depth, "of_taxon": of_taxon}
    for name, values in links.items():
        nodes = nodes.set_column(schema.get_field_index(name), name, pa.array(values))
    return nodes.combine_chunks()


def _names(core: Core, stays: Any, taxa: list[Taxon], place: _Numbers, number: _Numbers) -> Any:
    """Return the further names of kept and changed taxa, by their new numbers."""
    import pyarrow as pa

    owner = core.names["node"].to_numpy()
    kept = core.names.filter(stays.to_numpy(zero_copy_only=False)[owner])
    first = len(number) - len(taxa)
    fresh = name_rows((int(number[first + i]), taxon) for i, taxon in enumerate(taxa))
    kept = kept.set_column(0, "node", pa.array(number[place[kept["node"].to_numpy()]].astype(np.int32)))
    names = pa.concat_tables([kept.cast(name_schema()), fresh])
    return names.take(np.argsort(names["node"].to_numpy(), kind="stable")).combine_chunks()
