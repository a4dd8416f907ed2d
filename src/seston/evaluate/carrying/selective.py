"""Answers at the rank that is sure, beside a flat model that names the label or says nothing, at the same risk.

Both read the same probabilities; they differ only in what they do when unsure. The probability that an answer must have
is chosen on train images out of fold: the least at which few enough of the answers given are wrong.
"""

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.decoding.decode import climb
from seston.bottleneck.tree import DecisionTree, Floats, Ints

RISKS = (0.02, 0.05, 0.1, 0.15)
_SURE = np.linspace(0.0, 0.999, 112)


def selective_figures(
    tree: DecisionTree, calibration: tuple[Floats, Ints], images: tuple[Floats, Ints]
) -> dict[str, dict[str, dict[str, float]]]:
    """Compare answers at the same risk.

    Parameters
    ----------
    tree
        The decision tree.
    calibration, images
        Leaf probabilities (n, n_labels) with true labels (n,): train images out of fold, and images to judge.

    Returns
    -------
    dict
        Risk to ``tree`` and ``flat``: ``sure`` the probability asked for; ``answered`` share of images with an answer
        other than the root; ``named`` share answered with a label; ``wrong`` share of the answers that are neither the
        true label nor above it; ``right`` share of all images answered rightly; ``depth`` of right answers in edges;
        ``bits`` that right answers tell of the label, averaged over all images. And ``difference``: the tree's bits
        minus the flat model's, with ``bits_se``.
    """
    found: dict[str, dict[str, dict[str, float]]] = {}
    for risk in RISKS:
        told: dict[str, Floats] = {}
        own: dict[str, dict[str, float]] = {}
        for name in ("tree", "flat"):
            sure = _chosen(tree, calibration, risk, name)
            own[name], told[name] = _judged(tree, _answers(tree, images[0], sure, name), images[1])
            own[name]["sure"] = sure
        gap = told["tree"] - told["flat"]
        error = float(gap.std(ddof=1) / np.sqrt(len(gap)))
        found[f"{risk:g}"] = own | {"difference": {"bits": float(gap.mean()), "bits_se": error}}
    return found


def _answers(tree: DecisionTree, leaves: Floats, sure: float, name: str) -> Ints:
    """Return the node answered (n,); the root says nothing."""
    if name == "tree":
        return climb(tree, leaves, sure)
    best = leaves.argmax(axis=1)
    return np.where(leaves[np.arange(len(best)), best] >= sure, tree.leaves[best], 0)


def _right(tree: DecisionTree, answer: Ints, truth: Ints) -> NDArray[np.bool_]:
    return np.asarray(tree.ancestors[tree.leaves[truth], answer])


def _chosen(tree: DecisionTree, calibration: tuple[Floats, Ints], risk: float, name: str) -> float:
    leaves, truth = calibration
    for sure in _SURE:
        answer = _answers(tree, leaves, float(sure), name)
        given = answer > 0
        if not given.any() or (~_right(tree, answer, truth))[given].mean() <= risk:
            return float(sure)
    return float(_SURE[-1])


def _judged(tree: DecisionTree, answer: Ints, truth: Ints) -> tuple[dict[str, float], Floats]:
    given, right = answer > 0, _right(tree, answer, truth)
    sizes = tree.members.sum(axis=0)[answer]
    bits = np.where(right, np.log2(len(tree.labels) / np.maximum(sizes, 1)), 0.0)
    good = given & right
    return {
        "answered": float(given.mean()),
        "named": float(np.isin(answer, tree.leaves).mean()),
        "wrong": float((~right)[given].mean()) if given.any() else 0.0,
        "right": float(good.mean()),
        "depth": float(tree.depth[answer][good].mean()) if good.any() else 0.0,
        "bits": float(bits.mean()),
    }, bits
