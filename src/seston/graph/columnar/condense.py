"""The few nodes that matter to inheritance, as a tree of their own."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seston.graph.columnar.hierarchy import Bools, Hierarchy
from seston.graph.columnar.order import Ints
from seston.graph.columnar.statements import Statements


@dataclass(frozen=True, eq=False)
class Condensed:
    """The tree of the nodes that matter to inheritance.

    Parameters
    ----------
    nodes
        (r,) their numbers, ascending.
    parent
        (r,) row of the nearest of them above.
    row
        (n,) row of each node of the whole tree.
    levels
        Rows that inherit, each group after the groups that hold its parents.
    """

    nodes: NDArray[np.int64]
    parent: NDArray[np.int64]
    row: Ints
    levels: tuple[NDArray[np.int64], ...]


def condense(hierarchy: Hierarchy, statements: Statements, blocked: Bools | None) -> Condensed:
    """Return the tree of the root, of the blocked nodes (n,), and of those that say something."""
    shut = np.zeros(len(hierarchy), dtype=bool) if blocked is None else blocked
    kept = shut.copy()
    kept[0] = True
    kept[statements.node] = True
    nodes = np.flatnonzero(kept)
    anchor = _nearest(hierarchy, kept)
    row = np.searchsorted(nodes, anchor).astype(np.int32)
    parent = row[hierarchy.parent[nodes]].astype(np.int64)
    heirs = np.flatnonzero(~shut[nodes] & (nodes > 0))
    by_depth = heirs[np.argsort(hierarchy.depth[nodes[heirs]], kind="stable")]
    cuts = np.flatnonzero(np.diff(hierarchy.depth[nodes[by_depth]])) + 1
    return Condensed(nodes, parent, row, tuple(np.split(by_depth, cuts)))


def _nearest(hierarchy: Hierarchy, kept: Bools) -> NDArray[np.int64]:
    """Return the nearest kept node at or above each node, (n,); the root is kept."""
    anchor = np.zeros(len(hierarchy), dtype=np.int64)
    for nodes in hierarchy.levels[1:]:
        anchor[nodes] = np.where(kept[nodes], nodes, anchor[hierarchy.parent[nodes]])
    return anchor
