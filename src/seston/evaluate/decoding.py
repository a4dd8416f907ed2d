"""What decoding for the distance, climbing and conformal sets do on images that were not fitted to."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from seston.bottleneck.decoding.calibrated import Calibration
from seston.bottleneck.decoding.conformal import coverage_over_splits
from seston.bottleneck.decoding.decode import climb, leaf, softmax
from seston.bottleneck.decoding.ranks import partitions
from seston.bottleneck.tree import DecisionTree, Floats, Ints

COVERAGE = 0.9
SURE = 0.7


def answers(tree: DecisionTree, truth: Ints, answer: Ints) -> dict[str, float]:
    """Return how answers (n_images,), nodes of the tree, do for true labels (n_images,).

    Returns
    -------
    dict
        ``top1`` named the true label, ``right`` named it or a node above it, ``lca_distance`` edges from the truth.
    """
    own = tree.leaves[truth]
    return {
        "top1": float((answer == own).mean()),
        "right": float(tree.ancestors[own, answer].mean()),
        "lca_distance": float(tree.distance(answer, own).mean()),
    }


def decoding_figures(
    tree: DecisionTree, ranks: Sequence[str], calibration: Calibration, logits: Floats, truth: Ints
) -> dict[str, Any]:
    """Judge every way to decode.

    Parameters
    ----------
    tree
        The decision tree.
    ranks
        (n_nodes,) of its nodes.
    calibration
        Of the head, from images out of fold.
    logits
        (n_images, n_labels) of the head on the images to judge.
    truth
        (n_images,) their labels.

    Returns
    -------
    dict
        ``leaf``, ``climb`` and ``cost`` as from `answers`, after calibration; ``missed`` the price of a missed label;
        and ``sets``: for each rank the coverage ``promised``, that over 200 ``splits`` of the images out of fold, that
        on these images, and the mean number of groups in a set.
    """
    leaves = softmax(calibration.calibrated(logits))
    decoded = {
        "leaf": leaf(tree, leaves),
        "climb": climb(tree, leaves, SURE),
        "cost": calibration.cheapest(tree, logits),
    }
    found: dict[str, Any] = {name: answers(tree, truth, answer) for name, answer in decoded.items()}
    found["missed"] = calibration.missed
    found["sets"] = {}
    for rank, part in partitions(tree, ranks).items():
        shares = part.probabilities(softmax(calibration.logits))
        covered, size = coverage_over_splits(shares, part.group[calibration.truth], COVERAGE)
        sets = calibration.sets(part, logits, COVERAGE)
        own = part.nodes[part.group[truth]]
        found["sets"][rank] = {
            "promised": COVERAGE,
            "coverage_over_splits": float(covered.mean()),
            "size_over_splits": float(size.mean()),
            "coverage": float(np.mean([node in nodes for node, nodes in zip(own, sets, strict=True)])),
            "size": float(np.mean([len(nodes) for nodes in sets])),
        }
    return found
