"""The labels as they are told apart at a rank, and probabilities that can be believed there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from seston.bottleneck.decoding.calibration import temperature
from seston.bottleneck.decoding.decode import softmax
from seston.bottleneck.tree import DecisionTree, Floats, Ints
from seston.errors import UsageError

RANKS = ("kingdom", "phylum", "class", "order", "family", "genus", "label")


@dataclass(frozen=True, eq=False)
class Partition:
    """Each label's node at a rank.

    A label that has no node of the rank stands for the nearest coarser one, and for living or not living in the end.

    Parameters
    ----------
    rank
        One of `RANKS`.
    nodes
        (n_groups,) positions in the tree.
    group
        (n_labels,) which of `nodes` each label belongs to.
    """

    rank: str
    nodes: Ints
    group: Ints

    @classmethod
    def of(cls, tree: DecisionTree, ranks: Sequence[str], rank: str) -> "Partition":
        """Divide the labels of a tree.

        Parameters
        ----------
        tree
            The decision tree.
        ranks
            (n_nodes,) rank of each node, "label" for a leaf.
        rank
            One of `RANKS`.

        Raises
        ------
        UsageError
            If there is no such rank.
        """
        if rank not in RANKS:
            raise UsageError(f"No rank '{rank}'.", hint=f"The ranks are {', '.join(RANKS)}.")
        coarse = set(RANKS[: RANKS.index(rank) + 1])
        fitting = np.array([own in coarse for own in ranks]) | (tree.depth <= 1)
        under = tree.members & fitting
        # Ancestors stand before their descendants, so that the last one is the deepest.
        deepest = under.shape[1] - 1 - under[:, ::-1].argmax(axis=1)
        nodes, group = np.unique(deepest, return_inverse=True)
        return cls(rank, nodes.astype(np.int64), group.astype(np.int64))

    def probabilities(self, leaf_probabilities: Floats) -> Floats:
        """Sum leaf probabilities (n, n_labels) to (n, n_groups)."""
        return leaf_probabilities @ np.eye(len(self.nodes))[self.group]


def partitions(tree: DecisionTree, ranks: Sequence[str]) -> dict[str, Partition]:
    """Return the partition at each rank that tells more labels apart than the one before."""
    found: dict[str, Partition] = {}
    finest = 1
    for rank in RANKS:
        partition = Partition.of(tree, ranks, rank)
        if len(partition.nodes) > finest:
            found[rank], finest = partition, len(partition.nodes)
    return found


def rank_temperatures(parts: Mapping[str, Partition], logits: Floats, truth: Ints) -> dict[str, float]:
    """Return for each rank what leaf logits are to be divided by, so that probabilities at that rank are honest.

    Parameters
    ----------
    parts
        As from `partitions`.
    logits
        (n, n_labels) of labelled images that were not fitted to.
    truth
        (n,) columns of their labels.
    """
    return {rank: temperature(logits, part.group[truth], part.probabilities) for rank, part in parts.items()}


def rank_probabilities(part: Partition, logits: Floats, heat: float) -> Floats:
    """Return probabilities (n, n_groups) at a rank from leaf logits (n, n_labels)."""
    return part.probabilities(softmax(logits / heat))
