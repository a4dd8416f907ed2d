"""The decision tree: root, living and not-living, taxa, and each label as a leaf under its taxon."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from seston.errors import InvalidTaxonomy

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class DecisionTree:
    """A rooted tree whose leaves are the labels.

    Parameters
    ----------
    nodes
        Ids of the nodes, parents before their children, the root first.
    parent
        (n_nodes,) position of each node's parent, −1 at the root.
    labels
        Ids of the labels, in the order of the classifier's columns; each is a node without children.

    Raises
    ------
    InvalidTaxonomy
        If a parent stands behind its child, if there are two roots, or if a label is no leaf.

    Examples
    --------
    >>> tree = DecisionTree(("root", "copepod", "calanoid", "oithona", "detritus"), (-1, 0, 1, 1, 0),
    ...                     ("calanoid", "oithona", "detritus"))
    >>> tree.probabilities(np.array([[0.5, 0.25, 0.25]])).tolist()
    [[1.0, 0.75, 0.5, 0.25, 0.25]]
    >>> int(tree.distance(np.array([2]), np.array([3]))[0])
    2
    """

    nodes: tuple[str, ...]
    parent: tuple[int, ...]
    labels: tuple[str, ...]

    def __post_init__(self) -> None:
        problems = [
            f"{node}: parent stands behind it"
            for position, (node, parent) in enumerate(zip(self.nodes, self.parent, strict=True))
            if parent >= position
        ]
        problems += [
            f"{node}: a second root" for node, parent in zip(self.nodes[1:], self.parent[1:], strict=True) if parent < 0
        ]
        inner = {self.nodes[parent] for parent in self.parent if parent >= 0}
        known = set(self.nodes)
        problems += [f"{label}: not a node" for label in self.labels if label not in known]
        problems += [f"{label}: a label with children" for label in self.labels if label in inner]
        if problems:
            raise InvalidTaxonomy("The decision tree is no tree over its labels.", problems=problems)

    @classmethod
    def flat(cls, labels: Sequence[str]) -> "DecisionTree":
        """Return the tree that hangs every label under the root."""
        return cls(("seston:root", *labels), (-1, *([0] * len(labels))), tuple(labels))

    @cached_property
    def leaves(self) -> Ints:
        """(n_labels,) position of each label among the nodes."""
        place = {node: position for position, node in enumerate(self.nodes)}
        return np.array([place[label] for label in self.labels], dtype=np.int64)

    @cached_property
    def depth(self) -> Ints:
        """(n_nodes,) edges from the root."""
        depth = np.zeros(len(self.nodes), dtype=np.int64)
        for node, parent in enumerate(self.parent[1:], start=1):
            depth[node] = depth[parent] + 1
        return depth

    @cached_property
    def ancestors(self) -> NDArray[np.bool_]:
        """(n_nodes, n_nodes) whether the column is the row or an ancestor of it."""
        table = np.eye(len(self.nodes), dtype=bool)
        for node, parent in enumerate(self.parent[1:], start=1):
            table[node] |= table[parent]
        return table

    @cached_property
    def members(self) -> NDArray[np.bool_]:
        """(n_labels, n_nodes) whether the label lies at or under the node."""
        return self.ancestors[self.leaves]

    def children(self, node: int) -> list[int]:
        """Return the positions of the children of `node`."""
        return [child for child, parent in enumerate(self.parent) if parent == node]

    def probabilities(self, leaf_probabilities: Floats) -> Floats:
        """Sum leaf probabilities (n, n_labels) up the tree to (n, n_nodes)."""
        return leaf_probabilities @ self.members.astype(np.float64)

    def distance(self, left: Ints, right: Ints) -> Ints:
        """Return the edges between pairs of nodes, (n,) and (n,) to (n,)."""
        shared = (self.ancestors[left] & self.ancestors[right]).sum(axis=1) - 1
        return np.asarray(self.depth[left] + self.depth[right] - 2 * shared, dtype=np.int64)
