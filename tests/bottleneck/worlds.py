"""A small world whose images are made from concept rows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.tree import DecisionTree, Floats, Ints


@dataclass(frozen=True)
class World:
    """Rows (n_labels, n_concepts) with features made from them, and a tree over the labels."""

    rows: Floats
    features: NDArray[np.float32]
    codes: Ints
    tree: DecisionTree

    @property
    def names(self) -> tuple[str, str, tuple[str, ...], tuple[str, ...]]:
        return "drawn", "1", self.tree.labels, tuple(f"part/{column}" for column in range(self.rows.shape[1]))


def world(n_labels: int = 6, n_concepts: int = 8, per_label: int = 20, noise: float = 0.5, seed: int = 0) -> World:
    rng = np.random.default_rng(seed)
    rows = rng.integers(0, 2, (n_labels, n_concepts)).astype(np.float64)
    codes = np.repeat(np.arange(n_labels), per_label)
    width = n_concepts + 4
    features = rows[codes] @ rng.normal(size=(n_concepts, width)) + noise * rng.normal(size=(len(codes), width))
    labels = tuple(f"planktonset:label_{number:03d}" for number in range(n_labels))
    # Half of the labels stand under one inner node, which stands under another.
    half = n_labels // 2
    nodes = ("seston:root", "worms:1", "worms:2", *labels)
    tree = DecisionTree(nodes, (-1, 0, 1, *([2] * half), *([1] * (n_labels - half))), labels)
    return World(rows, features.astype(np.float32), codes.astype(np.int64), tree)
