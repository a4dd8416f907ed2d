"""Exact additive contributions at every node of the tree.

A node's score is the log of the summed exponentials of its leaves' logits. With q the leaves' probabilities inside the
node it splits exactly: ``score = Σ_concept (Σ_leaf q·weight) · concept score + Σ_leaf q·bias + entropy(q)``. So the
log odds of two siblings are a sum over concepts, plus a bias that no concept explains.

In the Choquet head a node's score is its bias plus an integral, which its Shapley values share among the concepts.
"""

from dataclasses import dataclass

import numpy as np

from seston.bottleneck.choquet.head import ChoquetHead
from seston.bottleneck.decoding.decode import softmax
from seston.bottleneck.head import ConceptHead
from seston.bottleneck.tree import DecisionTree, Floats, Ints

Head = ConceptHead | ChoquetHead
_AT_ONCE = 1024


@dataclass(frozen=True, eq=False)
class NodeScores:
    """The score of a node for some images, taken apart.

    Parameters
    ----------
    score
        (n_images,) such that the difference between siblings is their log odds.
    weights
        (n_images, n_concepts) weights of the node: the leaves' weights, averaged by their probability inside it; in the
        Choquet head its Shapley values, negative where the absence of a concept counts.
    bias
        (n_images,) what no concept explains.
    shares
        (n_images, n_concepts) contributions, where they are not weight times score.
    """

    score: Floats
    weights: Floats
    bias: Floats
    shares: Floats | None = None

    def contributions(self, scores: Floats) -> Floats:
        """Return (n_images, n_concepts) contributions of concept scores (n_images, n_concepts)."""
        return self.weights * scores if self.shares is None else self.shares


def node_scores(head: Head, tree: DecisionTree, scores: Floats, node: int) -> NodeScores:
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
    if isinstance(head, ChoquetHead):
        return _integral(head, scores, node)
    leaves = np.flatnonzero(tree.members[:, node])
    logits = scores @ head.weights[leaves].T + head.bias[leaves]
    highest = logits.max(axis=1)
    total = highest + np.log(np.exp(logits - highest[:, None]).sum(axis=1))
    inside = softmax(logits)
    entropy = -(inside * np.log(np.maximum(inside, 1e-300))).sum(axis=1)
    own = head.weights[leaves]
    weights = np.broadcast_to(own, scores.shape) if len(leaves) == 1 else inside @ own
    return NodeScores(total, weights, inside @ head.bias[leaves] + entropy)


def _integral(head: ChoquetHead, scores: Floats, node: int) -> NodeScores:
    weights, bias = np.tile(head.node_weights[node], (len(scores), 1)), np.full(len(scores), head.bias[node])
    capacity = head.capacities.get(node)
    if capacity is None:
        return NodeScores(bias, weights, bias, np.zeros_like(scores))
    agreement = head.agreement(scores, node)
    return NodeScores(bias + capacity.integral(agreement), weights, bias, capacity.contributions(agreement))


def additive_residual(head: Head, tree: DecisionTree, scores: Floats) -> float:
    """Return the largest |score − bias − Σ contributions| over images (n, n_concepts) and all nodes."""
    # So few images at once that what is said of them stays in the processor's cache.
    batches = [scores[start : start + _AT_ONCE] for start in range(0, len(scores), _AT_ONCE)]
    nodes = _different(head, tree)
    return max((_residual(head, tree, batch, node) for batch in batches for node in nodes), default=0.0)


def _residual(head: Head, tree: DecisionTree, scores: Floats, node: int) -> float:
    parts = node_scores(head, tree, scores, node)
    gap = parts.score - parts.bias - parts.contributions(scores).sum(axis=1)
    return float(np.abs(gap).max())


def _different(head: Head, tree: DecisionTree) -> list[int]:
    """Return the nodes but those that score as another does."""
    if isinstance(head, ChoquetHead):
        return sorted(head.capacities)
    _, different = np.unique(tree.members, axis=1, return_index=True)
    return [int(node) for node in different]


def path_to(tree: DecisionTree, node: int) -> Ints:
    """Return the nodes from the root to `node`."""
    return np.flatnonzero(tree.ancestors[node])
