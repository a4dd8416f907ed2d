"""Images labelled above the labels: one that is named only *Copepoda* teaches what every copepod has.

A head fitted on the images with a label of their own says how likely such an image is of each label under its node; it
counts for them in shares that go as the squares of these probabilities. One such step is all: on train images, a second
one made most of it worse. Squares, since plain probabilities blur the means where nodes are wide.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.decoding.decode import softmax
from seston.bottleneck.fit import Names
from seston.bottleneck.statistics import LabelStatistics
from seston.bottleneck.train import LabelledFeatures, train_strict
from seston.bottleneck.tree import Floats


@dataclass(frozen=True, eq=False)
class CoarseImages:
    """Images whose label is a node above several labels.

    Parameters
    ----------
    nodes
        The nodes, as they were named.
    features
        (n_images, n_features).
    under
        (n_images, n_labels) whether the label lies under the image's node.
    """

    nodes: tuple[str, ...]
    features: NDArray[np.floating]
    under: NDArray[np.bool_]


def with_coarse(data: LabelledFeatures, coarse: CoarseImages | None, rows: Floats, names: Names) -> LabelledFeatures:
    """Let coarse images take part in the statistics of the labels under their nodes.

    Parameters
    ----------
    data
        Images with a label of their own. What is held out stays so, and consists of these alone.
    coarse
        Images of nodes with no such image under them, or with all of them, are passed over; None where there are none.
    rows
        (n_labels, n_concepts) 1 present, 0 absent, NaN unknown.
    names
        Encoder, its fingerprint, labels and concepts.
    """
    if coarse is None:
        return data
    under = coarse.under & data.whole.seen
    told = under.any(axis=1) & (under != data.whole.seen).any(axis=1)
    if not told.any():
        return data
    head, _ = train_strict(data, rows, names)
    features = coarse.features[told]
    logits = head.logits(head.scores(features))
    shares = softmax(np.where(under[told], 2 * logits, -np.inf))  # the squares of the probabilities, adding to 1
    return data.joined(LabelStatistics.shared(features, shares))
