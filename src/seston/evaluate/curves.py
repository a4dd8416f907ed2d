"""What the report draws from predictions: recall of each node, the operating curve, confusions at a rank."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.decoding.decode import climb
from seston.bottleneck.tree import DecisionTree, Floats, Ints
from seston.evaluate.report.data import Confusion, OperatingPoint

THRESHOLDS = tuple(float(value) for value in np.round(np.linspace(0, 0.99, 25), 3))


def node_recall(tree: DecisionTree, truth: Ints, predicted: Ints) -> tuple[Ints, Floats]:
    """Return for each node its images (n_nodes,), and the share of them whose predicted label lies under it too.

    Parameters
    ----------
    tree
        The decision tree.
    truth, predicted
        (n_images,) columns of labels.
    """
    true_sets, predicted_sets = tree.members[truth], tree.members[predicted]
    counts = true_sets.sum(axis=0)
    hits = (true_sets & predicted_sets).sum(axis=0)
    return counts.astype(np.int64), np.where(counts > 0, hits / np.maximum(counts, 1), np.nan)


def operating_curve(
    tree: DecisionTree, ranks: Sequence[str], truth: Ints, leaf_probabilities: Floats
) -> tuple[OperatingPoint, ...]:
    """Return accuracy against depth as the probability that an answer must hold goes up.

    Parameters
    ----------
    tree
        The decision tree.
    ranks
        (n_nodes,) rank of each node, "label" for a leaf.
    truth
        (n_images,) columns of the true labels.
    leaf_probabilities
        (n_images, n_labels).
    """
    points = []
    for sure in THRESHOLDS:
        answer = climb(tree, leaf_probabilities, sure)
        right = tree.ancestors[tree.leaves[truth], answer]
        found, counts = np.unique(np.array(ranks)[answer], return_counts=True)
        shares = {str(rank): float(count / len(truth)) for rank, count in zip(found, counts, strict=True)}
        points.append(OperatingPoint(sure, float(right.mean()), float(tree.depth[answer].mean()), shares))
    return tuple(points)


def confusion_at(tree: DecisionTree, ranks: Sequence[str], rank: str, truth: Ints, predicted: Ints) -> Confusion:
    """Return the confusions among the nodes of a rank.

    Images whose truth has no node of that rank are in no cell; those whose answer has none, though their truth has,
    are wrong, and stand in a last column that is called "no" and the rank.

    Parameters
    ----------
    tree
        The decision tree.
    ranks
        (n_nodes,) rank of each node, "label" for a leaf.
    rank
        The rank.
    truth, predicted
        (n_images,) columns of labels.
    """
    groups = np.array([_group(tree, ranks, rank, int(leaf)) for leaf in tree.leaves])
    known = groups[truth] >= 0
    pairs = [
        (int(left), int(right)) for left, right in zip(groups[truth[known]], groups[predicted[known]], strict=True)
    ]
    nodes = sorted({node for pair in pairs for node in pair if node >= 0})
    outside = [-1] if any(right < 0 for _, right in pairs) else []
    place = {node: position for position, node in enumerate(nodes + outside)}
    counts = np.zeros((len(place), len(place)), dtype=int)
    for left, right in pairs:
        counts[place[left], place[right]] += 1
    names = (*(tree.nodes[node] for node in nodes), *(f"no {rank}" for _ in outside))
    return Confusion(rank, names, _tuples(counts))


def _group(tree: DecisionTree, ranks: Sequence[str], rank: str, leaf: int) -> int:
    above = [int(node) for node in np.flatnonzero(tree.ancestors[leaf]) if ranks[int(node)] == rank]
    return above[-1] if above else -1


def _tuples(counts: NDArray[np.int_]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(int(count) for count in row) for row in counts)
