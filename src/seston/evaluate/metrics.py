"""Figures of a classification on the tree, as the design defines them."""

import numpy as np

from seston.bottleneck.tree import DecisionTree, Floats, Ints


def top1(truth: Ints, predicted: Ints) -> float:
    """Return the share of images (n,) whose label is right."""
    return float(np.mean(truth == predicted))


def balanced_accuracy(truth: Ints, predicted: Ints) -> float:
    """Return the mean recall over the labels that occur in `truth` (n,)."""
    return float(np.mean([np.mean(predicted[truth == label] == label) for label in np.unique(truth)]))


def macro_f1(truth: Ints, predicted: Ints) -> float:
    """Return the mean F1 over the labels that occur in `truth` (n,)."""
    from sklearn.metrics import f1_score

    return float(f1_score(truth, predicted, labels=np.unique(truth), average="macro", zero_division=0))


def hierarchical_f1(tree: DecisionTree, truth: Ints, predicted: Ints) -> float:
    """Return the micro F1 over the ancestor sets of nodes (n,) without the root.

    References
    ----------
    .. [1] Kiritchenko, Matwin, Nock, Famili: Learning and evaluation in the presence of class hierarchies. 2006.
    """
    ancestors = tree.ancestors[:, 1:]
    true_sets, predicted_sets = ancestors[truth], ancestors[predicted]
    return float(2 * (true_sets & predicted_sets).sum() / (true_sets.sum() + predicted_sets.sum()))


def tree_distance(tree: DecisionTree, truth: Ints, predicted: Ints) -> tuple[float, float]:
    """Return the mean edges from truth to prediction (nodes, (n,)): over all images, and over the mistakes."""
    edges = tree.distance(truth, predicted)
    wrong = edges > 0
    return float(edges.mean()), float(edges[wrong].mean()) if wrong.any() else 0.0


def expected_calibration_error(truth: Ints, leaf_probabilities: Floats, bins: int = 15) -> float:
    """Return the gap between confidence and accuracy of the top label, averaged over equal-width bins.

    Parameters
    ----------
    truth
        (n,) columns of the true labels.
    leaf_probabilities
        (n, n_labels).
    bins
        Number of bins of equal width.

    References
    ----------
    .. [1] Guo, Pleiss, Sun, Weinberger: On calibration of modern neural networks. ICML 2017.
    """
    confidence = leaf_probabilities.max(axis=1)
    right = leaf_probabilities.argmax(axis=1) == truth
    bin_of = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = np.bincount(bin_of, weights=right - confidence, minlength=bins)
    return float(np.abs(gaps).sum() / len(truth))


def classification_figures(tree: DecisionTree, truth: Ints, leaf_probabilities: Floats) -> dict[str, float]:
    """Return the figures of flat decoding.

    Parameters
    ----------
    tree
        The decision tree; its labels are the columns of `leaf_probabilities`.
    truth
        (n_images,) columns of the true labels.
    leaf_probabilities
        (n_images, n_labels).

    Returns
    -------
    dict
        ``n``, ``top1``, ``balanced_accuracy``, ``macro_f1``, ``hf1``, ``lca_distance``, ``mistake_severity``, ``ece``.
    """
    predicted = leaf_probabilities.argmax(axis=1)
    true_nodes, predicted_nodes = tree.leaves[truth], tree.leaves[predicted]
    distance, severity = tree_distance(tree, true_nodes, predicted_nodes)
    return {
        "n": len(truth),
        "top1": top1(truth, predicted),
        "balanced_accuracy": balanced_accuracy(truth, predicted),
        "macro_f1": macro_f1(truth, predicted),
        "hf1": hierarchical_f1(tree, true_nodes, predicted_nodes),
        "lca_distance": distance,
        "mistake_severity": severity,
        "ece": expected_calibration_error(truth, leaf_probabilities),
    }
