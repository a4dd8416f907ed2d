"""Exact additive contributions at every node of the tree.

A node's score is the log of the summed exponentials of its leaves' logits. With q the leaves' probabilities inside the
node it splits exactly: ``score = Σ_concept (Σ_leaf q·weight) · concept score + Σ_leaf q·bias + entropy(q)``. So the
log odds of two siblings are a sum over concepts, plus a bias that no concept explains.
"""

from dataclasses import dataclass

import numpy as np

from seston.bottleneck.decode import softmax
from seston.bottleneck.head import ConceptHead
from seston.bottleneck.tree import DecisionTree, Floats, Ints


@dataclass(frozen=True, eq=False)
class NodeScores:
    """The score of a node for some images, taken apart.

    Parameters
    ----------
    score
        (n_images,) log of the summed exponentials of the leaves' logits.
    weights
        (n_images, n_concepts) weights of the node: the leaves' weights, averaged by their probability inside it.
    bias
        (n_images,) what no concept explains.
    """

    score: Floats
    weights: Floats
    bias: Floats

    def contributions(self, scores: Floats) -> Floats:
        """Return (n_images, n_concepts) contributions of concept scores (n_images, n_concepts)."""
        return self.weights * scores


def node_scores(head: ConceptHead, tree: DecisionTree, scores: Floats, node: int) -> NodeScores:
    """Take the score of a node apart.

    Parameters
    ----------
    head
        Its labels are the tree's.
    tree
        The decision tree.
    scores
        (n_images, n_concepts) of the head.
    node
        Position in the tree.
    """
    leaves = np.flatnonzero(tree.members[:, node])
    logits = scores @ head.weights[leaves].T + head.bias[leaves]
    highest = logits.max(axis=1)
    total = highest + np.log(np.exp(logits - highest[:, None]).sum(axis=1))
    inside = softmax(logits)
    entropy = -(inside * np.log(np.maximum(inside, 1e-300))).sum(axis=1)
    return NodeScores(total, inside @ head.weights[leaves], inside @ head.bias[leaves] + entropy)


def additive_residual(head: ConceptHead, tree: DecisionTree, scores: Floats) -> float:
    """Return the largest |score − bias − Σ contributions| over images (n, n_concepts) and all nodes."""
    worst = 0.0
    # Nodes over the same leaves have the same score.
    _, different = np.unique(tree.members, axis=1, return_index=True)
    for node in different.tolist():
        parts = node_scores(head, tree, scores, node)
        gap = parts.score - parts.bias - parts.contributions(scores).sum(axis=1)
        worst = max(worst, float(np.abs(gap).max()))
    return worst


def path_to(tree: DecisionTree, node: int) -> Ints:
    """Return the nodes from the root to `node`."""
    return np.flatnonzero(tree.ancestors[node])
