"""From probabilities on the tree to an answer: a leaf, or the deepest node that is sure."""

import numpy as np

from seston.bottleneck.tree import DecisionTree, Floats, Ints


def softmax(logits: Floats) -> Floats:
    """Return probabilities (n, n_labels) of logits (n, n_labels)."""
    shares = logits - logits.max(axis=1, keepdims=True)
    np.exp(shares, out=shares)
    shares /= shares.sum(axis=1, keepdims=True)
    return np.asarray(shares)


def leaf(tree: DecisionTree, leaf_probabilities: Floats) -> Ints:
    """Return the most probable leaf of each image, (n,) positions among the nodes."""
    return np.asarray(tree.leaves[leaf_probabilities.argmax(axis=1)])


def climb(tree: DecisionTree, leaf_probabilities: Floats, sure: float) -> Ints:
    """Climb from the most probable leaf until the node holds the probability `sure`.

    Parameters
    ----------
    tree
        The decision tree.
    leaf_probabilities
        (n_images, n_labels) calibrated probabilities.
    sure
        Probability that the answer must have, in [0, 1].

    Returns
    -------
    numpy.ndarray
        (n_images,) positions among the nodes; the root when nothing else is sure.
    """
    probabilities = tree.probabilities(leaf_probabilities)
    parent = np.array(tree.parent)
    answer = leaf(tree, leaf_probabilities)
    images = np.arange(len(answer))
    for _ in range(int(tree.depth.max())):
        unsure = (probabilities[images, answer] < sure) & (parent[answer] >= 0)
        answer = np.where(unsure, parent[answer], answer)
    return answer
