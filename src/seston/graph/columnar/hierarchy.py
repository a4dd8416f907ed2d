"""The hierarchy index: ancestors, descendants and common ancestors by nested intervals, over whole arrays."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from seston.graph.columnar.names import NameIndex
from seston.graph.columnar.order import Ints, preorder

Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Hierarchy:
    """A rooted tree whose nodes are numbered in preorder, children sorted by id.

    Node i therefore enters at i, and its subtree is the slice ``i:leave[i]``. A parent always has a smaller number
    than its children.

    Parameters
    ----------
    ids
        (n,) CURIEs.
    parent
        (n,) number of the parent, -1 at the root, which is node 0.
    leave
        (n,) number after the last node of the subtree.
    depth
        (n,) edges from the root.
    names
        (n,) readable names; the ids when not given.
    aliases
        Pairs (text, node): synonyms, vernacular names and ids of other sources, for `find`.

    Examples
    --------
    >>> tree = Hierarchy.from_parents(["root", "a", "b", "a1", "a2"], ["", "root", "root", "a", "a"])
    >>> tree.ids
    ('root', 'a', 'a1', 'a2', 'b')
    >>> tree.lca([2, 2], [3, 4])
    array([1, 0], dtype=int32)
    >>> tree.distance(2, 4)
    array(3, dtype=int32)
    """

    ids: tuple[str, ...]
    parent: Ints
    leave: Ints
    depth: Ints
    names: tuple[str, ...] = ()
    aliases: tuple[tuple[str, int], ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        n = len(self.ids)
        if not n or any(a.shape != (n,) for a in (self.parent, self.leave, self.depth)) or self.parent[0] != -1:
            raise ValueError(f"expected {n} > 0 parents, leaves and depths, and the root first")
        if (self.parent[1:] < 0).any() or (self.parent[1:] >= np.arange(1, n)).any():
            raise ValueError("the nodes are not in preorder")
        if not self.names:
            object.__setattr__(self, "names", self.ids)

    @classmethod
    def from_parents(cls, ids: Sequence[str], parents: Sequence[str], names: Sequence[str] = ()) -> "Hierarchy":
        """Build the index from parent links, in any order.

        Parameters
        ----------
        ids
            (n,) node ids.
        parents
            (n,) id of each node's parent, empty at the root.
        names
            (n,) readable names, or nothing.

        Returns
        -------
        Hierarchy
            The nodes in preorder.

        Raises
        ------
        InvalidTaxonomy
            The links are no tree.
        """
        tree = preorder(ids, parents)
        rows = tree.order.tolist()
        return cls(
            tuple(ids[i] for i in rows), tree.parent, tree.leave, tree.depth, tuple(names[i] for i in rows if names)
        )

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def enter(self) -> Ints:
        """(n,) number of the first node of the subtree: the node itself."""
        return np.arange(len(self.ids), dtype=np.int32)

    @property
    def is_leaf(self) -> Bools:
        """(n,) whether the node has no children."""
        return np.asarray(self.leave == self.enter + 1)

    @cached_property
    def _number(self) -> dict[str, int]:
        return {node: i for i, node in enumerate(self.ids)}

    @cached_property
    def _child_order(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        by_parent = np.argsort(self.parent[1:], kind="stable") + 1
        return by_parent, np.searchsorted(self.parent[by_parent], np.arange(len(self.ids) + 1))

    @cached_property
    def name_index(self) -> NameIndex:
        """The names by which `find` looks nodes up."""
        return NameIndex(self.ids, self.names, self.parent, self.aliases)

    @cached_property
    def levels(self) -> tuple[NDArray[np.int64], ...]:
        """The nodes of each depth, from the root down."""
        return tuple(np.split(np.argsort(self.depth, kind="stable"), np.cumsum(np.bincount(self.depth))[:-1]))

    @cached_property
    def lineages(self) -> Ints:
        """(n, depth + 1): column d holds the ancestor (or self) at depth d, -1 below the node. Index it with nodes."""
        table = np.full((len(self.ids), int(self.depth.max()) + 1), -1, dtype=np.int32)
        for nodes in self.levels:
            above = self.parent[nodes[0]]
            if above >= 0:
                table[nodes] = table[self.parent[nodes]]
            table[nodes, self.depth[nodes[0]]] = nodes
        return table

    def index(self, node: str) -> int:
        """Return the number of a node by its id.

        Parameters
        ----------
        node
            A CURIE.

        Returns
        -------
        int
            Its number.

        Raises
        ------
        UnknownTaxon
            No such id; the nearest names are in the message.
        """
        number = self._number.get(node)
        return self.name_index.refuse(node) if number is None else number

    def indices(self, nodes: Iterable[str]) -> Ints:
        """Return the numbers of many nodes, as `index` does for one: (m,)."""
        return np.array([self.index(node) for node in nodes], dtype=np.int32)

    def __contains__(self, node: object) -> bool:
        return node in self._number

    def find(self, name: str) -> int:
        """Return the node that a name or id means.

        Tried in this order, without regard to case and accents: id, name, alias. ``name<ancestor`` settles homonyms.

        Parameters
        ----------
        name
            An id, a name, a synonym, or EcoTaxa's ``name<ancestor``.

        Returns
        -------
        int
            The node's number.

        Raises
        ------
        UnknownTaxon
            Nothing answers to it; the nearest names are in the message.
        AmbiguousTaxon
            Several nodes do; each is named with its lineage.
        """
        return self.name_index.find(name)

    def lineage(self, node: int) -> Ints:
        """Return the nodes from the root down to ``node``, both included: (depth + 1,)."""
        path = [node]
        while path[-1] > 0:
            path.append(int(self.parent[path[-1]]))
        return np.array(path[::-1], dtype=np.int32)

    def children(self, node: int) -> Ints:
        """Return the children of ``node``, in order of id: (c,)."""
        by_parent, start = self._child_order
        return by_parent[start[node] : start[node + 1]].astype(np.int32)

    def descendants(self, node: int) -> Ints:
        """Return all nodes below ``node``, without itself, in preorder: (m,)."""
        return np.arange(node + 1, self.leave[node], dtype=np.int32)

    def is_ancestor(self, a: ArrayLike, b: ArrayLike) -> Bools:
        """Return whether ``a`` lies above ``b``. No node is its own ancestor. Arrays broadcast."""
        above, below = np.asarray(a), np.asarray(b)
        return np.asarray((above < below) & (below < self.leave[above]))

    def lca(self, a: ArrayLike, b: ArrayLike) -> Ints:
        """Return the lowest common ancestor-or-self of each pair. Arrays broadcast.

        Of two numbers in preorder the larger is never above the smaller, so it climbs, until both meet.
        """
        left, right = np.broadcast_arrays(np.asarray(a, dtype=np.int32), np.asarray(b, dtype=np.int32))
        shape = left.shape
        left, right = left.ravel().copy(), right.ravel().copy()
        open_rows = np.flatnonzero(left != right)
        while open_rows.size:
            low, high = np.minimum(left[open_rows], right[open_rows]), np.maximum(left[open_rows], right[open_rows])
            left[open_rows], right[open_rows] = low, self.parent[high]
            open_rows = open_rows[left[open_rows] != right[open_rows]]
        return left.reshape(shape)

    def distance(self, a: ArrayLike, b: ArrayLike) -> Ints:
        """Return the edges between each pair of nodes. Arrays broadcast."""
        return np.asarray(self.depth[np.asarray(a)] + self.depth[np.asarray(b)] - 2 * self.depth[self.lca(a, b)])

    def ancestor_matrix(self) -> Bools:
        """Return (n, n): entry (i, j) says that j is i or an ancestor of i. For small trees; `lineages` for large."""
        node = self.enter
        return (node[None, :] <= node[:, None]) & (node[:, None] < self.leave[None, :])

    def spanned(self, ids: Iterable[str]) -> "Hierarchy":
        """Return the subtree of the nodes on a path from the root to any of ``ids``.

        Parameters
        ----------
        ids
            Node ids.

        Returns
        -------
        Hierarchy
            The same root, the same order, only fewer nodes.

        Raises
        ------
        UnknownTaxon
            An id that is not there.
        """
        keep = np.zeros(len(self.ids), dtype=bool)
        keep[0] = True
        nodes = np.unique(self.indices(ids))
        while nodes.size:
            keep[nodes] = True
            nodes = np.unique(self.parent[nodes])
            nodes = nodes[(nodes >= 0) & ~keep[nodes]]
        return self._subset(np.flatnonzero(keep))

    def _subset(self, kept: NDArray[np.int64]) -> "Hierarchy":
        """Return the tree of the nodes ``kept``, a set closed upward, in preorder."""
        number = np.full(len(self.ids), -1, dtype=np.int32)
        number[kept] = np.arange(len(kept))
        above = self.parent[kept]
        return Hierarchy(
            ids=tuple(self.ids[i] for i in kept.tolist()),
            parent=np.where(above < 0, -1, number[above]).astype(np.int32),
            leave=np.searchsorted(kept, self.leave[kept]).astype(np.int32),
            depth=self.depth[kept],
            names=tuple(self.names[i] for i in kept.tolist()),
            aliases=tuple((text, int(number[i])) for text, i in self.aliases if number[i] >= 0),
        )
