"""The answer whose expected distance from the truth is least, and the same without giving up accuracy."""

from functools import lru_cache

import numpy as np

from seston.bottleneck.tree import DecisionTree, Floats, Ints

HALVINGS = 12
DEAREST = 64.0
LOST, EXPECTED_LOST = 0.0075, 0.01


@lru_cache(maxsize=8)
def _edges(tree: DecisionTree) -> Floats:
    n_nodes, n_labels = len(tree.nodes), len(tree.labels)
    nodes, leaves = np.repeat(np.arange(n_nodes), n_labels), np.tile(tree.leaves, n_nodes)
    return tree.distance(nodes, leaves).reshape(n_nodes, n_labels).astype(np.float64)


def expected_distance(tree: DecisionTree, leaf_probabilities: Floats) -> Floats:
    """Return the expected edges (n_images, n_nodes) from each node to the truth.

    Parameters
    ----------
    tree
        The decision tree.
    leaf_probabilities
        (n_images, n_labels) calibrated probabilities.
    """
    return np.asarray(leaf_probabilities @ _edges(tree).T)


def cheapest(tree: DecisionTree, leaf_probabilities: Floats, missed: float = 0.0) -> Ints:
    """Return the node (n_images,) with the least expected cost.

    Parameters
    ----------
    tree
        The decision tree.
    leaf_probabilities
        (n_images, n_labels) calibrated probabilities.
    missed
        What it costs, in edges, when the answer is not the true label itself; 0 counts the distance alone, and the more
        it is the closer the answers come to the most probable leaves.
    """
    cost = expected_distance(tree, leaf_probabilities) + missed
    cost[:, tree.leaves] -= missed * leaf_probabilities
    return np.asarray(cost.argmin(axis=1))


def lost_accuracy(tree: DecisionTree, leaf_probabilities: Floats, answer: Ints, truth: Ints | None = None) -> float:
    """Return by how much the answers (n_images,) name fewer true labels than the likeliest leaves do.

    It is counted where the true labels `truth` (n_images,) are given, and else expected under the probabilities.
    """
    images = np.arange(len(answer))
    likeliest = leaf_probabilities.argmax(axis=1)
    if truth is not None:
        return float((likeliest == truth).mean() - (answer == tree.leaves[truth]).mean())
    named = np.zeros((len(answer), len(tree.nodes)))
    named[:, tree.leaves] = leaf_probabilities
    return float((leaf_probabilities[images, likeliest] - named[images, answer]).mean())


def price(tree: DecisionTree, leaf_probabilities: Floats, lost: float = LOST, truth: Ints | None = None) -> float:
    """Return the least price of a missed label at which no more than a share `lost` of the accuracy is given up.

    Parameters
    ----------
    tree
        The decision tree.
    leaf_probabilities
        (n_images, n_labels) of images of the kind that will be decided, not fitted to.
    lost
        Share of the images.
    truth
        (n_images,) columns of the true labels. Without, the loss is expected under the probabilities, which takes no
        labels, but honest probabilities.
    """

    def loses(missed: float) -> bool:
        answer = cheapest(tree, leaf_probabilities, missed)
        return lost_accuracy(tree, leaf_probabilities, answer, truth) > lost

    low, high = 0.0, DEAREST
    if not loses(low):
        return low
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if loses(middle) else (low, middle)
    return high
