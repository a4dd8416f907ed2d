"""From labelled features to the Choquet head.

The detectors are those of the sparse head: ridge regressions of each concept's row, fitted without the label loss. The
integrals are fitted on values that come from detectors which have not seen the image (four folds), so that few labels
do not flatter them.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.choquet.capacity import Capacity
from seston.bottleneck.choquet.head import ChoquetHead
from seston.bottleneck.choquet.node import NodeFit, Sample, fit_node
from seston.bottleneck.decoding.calibration import temperature
from seston.bottleneck.fit import Names, filled, usual_scores
from seston.bottleneck.folds import out_of_fold, without_folds
from seston.bottleneck.prototypes import PRIOR_POWER
from seston.bottleneck.sparse import fit_detectors
from seston.bottleneck.statistics import LabelStatistics
from seston.bottleneck.train import SPARSE_RIDGE, LabelledFeatures
from seston.bottleneck.tree import DecisionTree, Floats, Ints

PENALTIES = (1e-3, 3e-3, 1e-2)
CONCEPTS_A_NODE = 40
IMAGES_A_NODE = 2500


def train_choquet(
    data: LabelledFeatures, rows: Floats, tree: DecisionTree, names: Names
) -> tuple[ChoquetHead, dict[str, float]]:
    """Fit the Choquet head.

    Parameters
    ----------
    data
        The labelled images.
    rows
        (n_labels, n_concepts) 1 present, 0 absent, NaN unknown.
    tree
        The decision tree over the labels.
    names
        Encoder, its fingerprint, labels and concepts.

    Returns
    -------
    head, settings
        The head fitted on all images, and what the inner choice decided.
    """
    values = filled(rows, 0.5)
    kept, held = np.flatnonzero(~data.held), data.held
    inner = _Learned.of(data.features[kept], data.codes[kept], data.inner, values)
    trials = {}
    for penalty in PENALTIES:
        head = inner.head(tree, values, names, penalty)
        logits = head.logits(head.scores(data.features[held]))
        trials[penalty] = data.judged(logits), logits
    # Of equals the last, whose penalty is the strongest.
    penalty = max(reversed(trials), key=lambda trial: trials[trial][0])
    heat = temperature(trials[penalty][1], data.codes[held])
    whole = _Learned.of(data.features, data.codes, data.whole, values)
    head = whole.head(tree, values, names, penalty, heat)
    return head, {"penalty": penalty, "temperature": heat, "terms": len(head.term_weight)}


@dataclass(frozen=True, eq=False)
class _Detectors:
    """Detectors with the scores that stand for 0 and 1, half as far apart again as usual on either side."""

    center: Floats
    directions: Floats
    absent: Floats
    present: Floats

    @classmethod
    def of(cls, statistics: LabelStatistics, rows: Floats) -> "_Detectors":
        center, directions = fit_detectors(statistics, rows, SPARSE_RIDGE)
        absent, present = usual_scores(statistics, center, directions, rows)
        margin = np.maximum(present - absent, 0.0) / 2
        return cls(center, directions, absent - margin, present + margin)

    def values(self, features: NDArray[np.floating]) -> Floats:
        width = np.where(self.present > self.absent, self.present - self.absent, 1.0)
        return np.clip(((features - self.center) @ self.directions - self.absent) / width, 0.0, 1.0)


@dataclass(frozen=True, eq=False)
class _Learned:
    """Detectors, and the values of the images from detectors that have not seen them."""

    detectors: _Detectors
    values: Floats
    codes: Ints
    statistics: LabelStatistics

    @classmethod
    def of(cls, features: NDArray[np.floating], codes: Ints, statistics: LabelStatistics, rows: Floats) -> "_Learned":
        parts = without_folds(features, codes, statistics)
        values = out_of_fold(features, parts, lambda others: _Detectors.of(others, rows).values)
        return cls(_Detectors.of(statistics, rows), values, codes, statistics)

    def head(self, tree: DecisionTree, rows: Floats, names: Names, penalty: float, heat: float = 1.0) -> ChoquetHead:
        prior = self.statistics.prior(PRIOR_POWER)
        weight = (prior / np.maximum(self.statistics.counts, 1))[self.codes]
        terms = _Terms(len(tree.nodes), rows.shape[1])
        for node in range(len(tree.nodes)):
            children = np.array(tree.children(node), dtype=np.int64)
            images = _some(np.flatnonzero(tree.members[self.codes][:, children].any(axis=1)), node)
            if len(images) and len(children) > 1:
                child = tree.members[self.codes[images]][:, children].argmax(axis=1)
                shows = _shows(tree, children, rows, prior)
                share = weight[images] / weight[images].sum()
                terms.add(children, *_decision(self.values[images], child, share, shows, penalty))
        d = self.detectors
        form: dict[str, Any] = dict(zip(("encoder", "fingerprint", "labels", "concepts"), names, strict=True))
        form |= {"center": d.center, "directions": d.directions, "absent": d.absent, "present": d.present}
        form |= {"nodes": tree.nodes, "parent": tree.parent, **terms.arrays(heat)}
        return ChoquetHead(name="choquet", **form)


class _Terms:
    """The terms of all nodes, one after the other."""

    def __init__(self, n_nodes: int, n_concepts: int) -> None:
        self.bias = np.zeros(n_nodes)
        self.agrees = np.zeros((n_nodes, n_concepts), dtype=np.int8)
        self.found: list[tuple[int, Capacity, Ints]] = []

    def add(self, children: Ints, concepts: Ints, agrees: NDArray[np.bool_], fit: NodeFit) -> None:
        self.bias[children] = fit.bias
        self.agrees[np.ix_(children, concepts)] = np.where(agrees, 1, -1)
        self.found += [(int(c), capacity, concepts) for c, capacity in zip(children, fit.capacities, strict=True)]

    def arrays(self, heat: float) -> dict[str, Any]:
        """Return what the head calls them, all scores divided by `heat`."""
        none = np.zeros(0, dtype=np.int64)
        return {
            "bias": self.bias / heat,
            "agrees": self.agrees,
            "term_node": np.concatenate([none, *(np.full(len(c.weights), node) for node, c, _ in self.found)]),
            "term_first": np.concatenate([none, *(concepts[c.first] for _, c, concepts in self.found)]),
            "term_second": np.concatenate([none, *(concepts[c.second] for _, c, concepts in self.found)]),
            "term_upper": np.concatenate([none.astype(bool), *(c.upper for _, c, _ in self.found)]),
            "term_weight": np.concatenate([np.zeros(0), *(c.weights for _, c, _ in self.found)]) / heat,
        }


def _some(images: Ints, node: int) -> Ints:
    if len(images) <= IMAGES_A_NODE:
        return images
    return np.sort(np.random.default_rng(node).choice(images, IMAGES_A_NODE, replace=False))


def _shows(tree: DecisionTree, children: Ints, rows: Floats, prior: Floats) -> Floats:
    """Return the mean row (n_children, n_concepts) of the labels under each child, weighted as the images are."""
    share = tree.members[:, children].T * np.maximum(prior, 1e-12)
    return np.asarray(share @ rows / share.sum(axis=1, keepdims=True))


def _decision(
    values: Floats, child: Ints, weight: Floats, shows: Floats, penalty: float
) -> tuple[Ints, NDArray[np.bool_], NodeFit]:
    """Fit a node over the concepts that differ among its children, at most 40 that separate their images best."""
    share = np.bincount(child, weight, len(shows))
    means = np.stack([np.bincount(child, weight * column, len(shows)) for column in values.T], axis=1)
    overall = means.sum(axis=0)
    between = ((means - share[:, None] * overall) ** 2 / np.maximum(share, 1e-12)[:, None]).sum(axis=0)
    separation = np.where(np.ptp(shows, axis=0) > 1e-9, between / (values.var(axis=0) + 1e-3), 0.0)
    best = np.argsort(-separation, kind="stable")[:CONCEPTS_A_NODE]
    concepts = np.sort(best[separation[best] > 0])
    agrees = shows[:, concepts] > shows[:, concepts].mean(axis=0)
    return concepts, agrees, fit_node(Sample(values[:, concepts], child, weight, agrees), penalty)
