"""The fitted Choquet head: concept scores, and at each node the integrals of its children."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.choquet.capacity import Capacity
from seston.bottleneck.detectors import Detecting
from seston.bottleneck.tree import DecisionTree, Floats, Ints
from seston.encode.tensors import FORMAT, read_tensors, write_tensors
from seston.errors import MissingStage


@dataclass(frozen=True, eq=False)
class ChoquetHead(Detecting):
    """A decision at every node of the tree, by 2-additive Choquet integrals of concept values.

    ``score(child | x) = bias(child) + integral(agreement of x with the child)``, and the softmax of the children's
    scores is the probability of each, given their parent. The probability of a label is the product on its way.

    Parameters
    ----------
    name
        "choquet".
    encoder, fingerprint
        The encoder whose features it reads.
    labels, concepts
        (n_labels,) and (n_concepts,) ids.
    nodes, parent
        (n_nodes,) the decision tree, as in `DecisionTree`.
    center, directions, absent, present
        As in `Detecting`; a value is 0 at `absent` and 1 at `present`.
    bias
        (n_nodes,) of each node as a child of its parent.
    agrees
        (n_nodes, n_concepts) 1 where the node shows the concept, −1 where its absence counts, 0 where neither does.
    term_node, term_first, term_second, term_upper, term_weight
        (n_terms,) the terms of the integrals: the node, its two concepts, whether the greater or the smaller of the
        two agreements counts, and its weight, which is not negative.
    """

    name: str
    encoder: str
    fingerprint: str
    labels: tuple[str, ...]
    concepts: tuple[str, ...]
    nodes: tuple[str, ...]
    parent: tuple[int, ...]
    center: Floats
    directions: Floats
    absent: Floats
    present: Floats
    bias: Floats
    agrees: NDArray[np.int8]
    term_node: Ints
    term_first: Ints
    term_second: Ints
    term_upper: NDArray[np.bool_]
    term_weight: Floats

    @cached_property
    def tree(self) -> DecisionTree:
        """The decision tree."""
        return DecisionTree(self.nodes, self.parent, self.labels)

    @cached_property
    def capacities(self) -> Mapping[int, Capacity]:
        """The capacity of each node that has one, over all concepts."""
        found = {}
        for node in np.unique(self.term_node).tolist():
            of = self.term_node == node
            terms = self.term_first[of], self.term_second[of], self.term_upper[of], self.term_weight[of]
            found[node] = Capacity(len(self.concepts), *terms)
        return found

    @cached_property
    def node_weights(self) -> Floats:
        """(n_nodes, n_concepts) Shapley value of each concept, negative where its absence counts."""
        table = np.zeros(self.agrees.shape)
        for node, capacity in self.capacities.items():
            table[node] = capacity.shapley * self.agrees[node]
        return table

    @cached_property
    def weights(self) -> Floats:
        """(n_labels, n_concepts) signed Shapley values, added up on the way to each label."""
        return np.asarray(self.tree.members @ self.node_weights)

    def agreement(self, scores: Floats, node: int) -> Floats:
        """Return how far concept scores (n_images, n_concepts) agree with a node, in [0, 1]; 0 where nothing counts."""
        values, signs = self.value(scores), self.agrees[node]
        return np.where(signs > 0, values, np.where(signs < 0, 1.0 - values, 0.0))

    def node_scores(self, scores: Floats) -> Floats:
        """Return the score (n_images, n_nodes) of every node as a child, of concept scores (n_images, n_concepts)."""
        values = self.value(scores)
        signs = self.agrees.astype(np.float64)
        found = np.tile(self.bias, (len(scores), 1))
        for node, capacity in self.capacities.items():
            used = np.union1d(capacity.first, capacity.second)
            agreement = np.zeros_like(values)
            agreement[:, used] = np.where(signs[node, used] > 0, values[:, used], 1.0 - values[:, used])
            found[:, node] += capacity.integral(agreement)
        return found

    def logits(self, scores: Floats) -> Floats:
        """Return log probabilities (n_images, n_labels) of concept scores (n_images, n_concepts)."""
        of_nodes = self.node_scores(scores)
        logs = np.zeros_like(of_nodes)
        for children in self._families:
            own = of_nodes[:, children]
            own = own - own.max(axis=1, keepdims=True)
            logs[:, children] = own - np.log(np.exp(own).sum(axis=1, keepdims=True))
        return np.asarray(logs @ self.tree.members.T)

    def probabilities(self, scores: Floats) -> Floats:
        """Return leaf probabilities (n_images, n_labels) of concept scores (n_images, n_concepts)."""
        return np.exp(self.logits(scores))

    @cached_property
    def _families(self) -> tuple[Ints, ...]:
        parent = np.array(self.parent)
        families = (np.flatnonzero(parent == node) for node in range(len(parent)))
        return tuple(children for children in families if len(children))

    def save(self, path: Path) -> None:
        """Write the head as safetensors; the same head gives the same bytes."""
        tensors = {name: getattr(self, name) for name in _TENSORS}
        about = {name: getattr(self, name) for name in _ABOUT}
        write_tensors(path, tensors, {"kind": "choquet head", "format": FORMAT, **about})

    @classmethod
    def load(cls, path: Path) -> "ChoquetHead":
        """Read what `save` wrote.

        Raises
        ------
        MissingStage
            If there is no such file.
        InvalidFeatures
            If it holds no Choquet head.
        """
        if not path.exists():
            raise MissingStage(f"No Choquet head at {path}.", hint="Run 'seston train --head choquet' first.")
        tensors, about = read_tensors(path, "choquet head")
        about |= {name: tuple(about[name]) for name in ("labels", "concepts", "nodes", "parent")}
        return cls(*(about[name] for name in _ABOUT), *(tensors[name] for name in _TENSORS))


_ABOUT = ("name", "encoder", "fingerprint", "labels", "concepts", "nodes", "parent")
_TENSORS = (
    *("center", "directions", "absent", "present", "bias", "agrees"),
    *("term_node", "term_first", "term_second", "term_upper", "term_weight"),
)
