"""Labels left out in groups, at the price of their own images: the rest's discriminant, and the images seen through it.

All that a detector needs of the features is their projection onto the means of the labels that it learns from; so one
pass serves every detector and every kind of rows.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.prototypes import Discriminant
from seston.bottleneck.statistics import LabelStatistics
from seston.bottleneck.tree import DecisionTree, Floats, Ints
from seston.evaluate.unseen import Images, without_labels

MOST = 20


def clades(tree: DecisionTree, most: int = MOST) -> tuple[Ints, ...]:
    """Return the labels of each clade, every label in one of them.

    A clade is one of the largest nodes that hold at most `most` labels, and no more than half of all. The labels that
    hang directly under a larger node are a clade together, or each for itself where they are too many for one.
    """
    sizes, most = tree.members.sum(axis=0), min(most, max(len(tree.labels) // 2, 1))
    column = {int(node): label for label, node in enumerate(tree.leaves)}

    def under(node: int) -> Iterator[Ints]:
        if sizes[node] <= most:
            yield np.flatnonzero(tree.members[:, node])
            return
        children = tree.children(node)
        own = [column[child] for child in children if child in column]
        yield from np.array(own).reshape((1, -1) if 0 < len(own) <= most else (-1, 1))
        for child in children:
            if child not in column:
                yield from under(child)

    return tuple(under(0))


@dataclass(frozen=True, eq=False)
class LeftOut:
    """A group of labels that nothing was learned from.

    Parameters
    ----------
    rest
        The discriminant of all other labels.
    train, test
        Positions of the group's images in either split.
    seen_train, seen_test
        (m, n_seen) these images, projected.
    """

    rest: Discriminant
    train: Ints
    test: Ints
    seen_train: NDArray[np.float32]
    seen_test: NDArray[np.float32]


def leave_out(
    train: Images, test: Images, statistics: LabelStatistics, groups: Sequence[Ints], ridge: float
) -> Iterator[LeftOut]:
    """Leave out each group of labels in turn.

    Parameters
    ----------
    train, test
        Both splits.
    statistics
        Of the train images.
    groups
        Labels of each group; an empty group leaves nothing out, and its images are all test images.
    ridge
        As in `Discriminant.of`.
    """
    for group in groups:
        own, judged = (np.flatnonzero(np.isin(images.codes, group)) for images in (train, test))
        if not len(group):
            judged = np.arange(len(test.codes))
        rest = Discriminant.of(without_labels(statistics, train, group) if len(group) else statistics, ridge)
        seen = (rest.project(images.features[p]).astype(np.float32) for images, p in ((train, own), (test, judged)))
        yield LeftOut(rest, own, judged, *seen)


Scores = NDArray[np.float32]
Detector = Callable[[Discriminant, Floats], Floats]
"""From the labels learned from and their rows (n_seen, n_concepts), NaN unknown, to a mixing (n_seen, n_concepts)."""


def scored(
    left: Sequence[LeftOut], rows: Floats, detector: Detector, n_train: int, n_test: int
) -> tuple[Scores, Scores]:
    """Return concept scores (n_train, n_concepts) and (n_test, n_concepts) of both splits, by unseeing detectors.

    Detectors are scaled to unit variance within labels, so that scores of different groups can be compared.
    """
    found = tuple(np.zeros((count, rows.shape[1]), dtype=np.float32) for count in (n_train, n_test))
    for group in left:
        unit = scaled(detector(group.rest, rows[group.rest.labels]), group.rest.overlap).astype(np.float32)
        found[0][group.train] = group.seen_train @ unit
        found[1][group.test] = group.seen_test @ unit
    return found[0], found[1]


def scaled(mixing: Floats, overlap: Floats) -> Floats:
    """Return a mixing (n_seen, n_concepts) whose scores have unit variance within labels; a constant one is 0."""
    variance = np.maximum((mixing * (overlap @ mixing)).sum(axis=0), 0.0)
    useful = variance > 1e-18 * max(float(variance.max(initial=0.0)), 1e-12)
    return np.asarray(np.where(useful, mixing / np.sqrt(np.where(useful, variance, 1.0)), 0.0))
