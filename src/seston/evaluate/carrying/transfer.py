"""Whether a concept's detector knows the concept on labels, and in clades, that it has not learned from.

Three kinds of images, and for each concept the AUC between images of labels that show it and of labels that lack it,
every label weighing the same:

- *seen*: other images of the labels learned from;
- *clade*: each clade left out in turn, and the images left out judged together;
- *inside*: each label left out in turn, and the images left out judged inside their clade, averaged over clades.

Leaving one label out shifts what is left to the other side, most of all among few relatives. So rows that mean nothing
read less than one half inside a clade, and the figures there are rather too low.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.fit import filled
from seston.bottleneck.prototypes import Discriminant, fit_prototypes
from seston.bottleneck.statistics import LabelStatistics
from seston.bottleneck.tree import DecisionTree, Floats, Ints
from seston.evaluate.carrying.auc import auc_of_concepts, auc_within
from seston.evaluate.carrying.leaving import Detector, LeftOut, clades, leave_out, scored
from seston.evaluate.unseen import Images

LEAST = 3
"""Labels that a concept needs on each side to be judged."""
Told = Callable[[int, int], None]


def regressed(discriminant: Discriminant, rows: Floats) -> Floats:
    """Return the mixing of the sparse head's detectors: the ridge regression of the rows on the features."""
    values = filled(rows)
    centred = values - discriminant.prior @ values
    return np.asarray(np.linalg.solve(np.diag(1 / discriminant.prior) + discriminant.overlap, centred))


def evidence(discriminant: Discriminant, rows: Floats, row_ridge: float, unmentioned: float) -> Floats:
    """Return the mixing of the strict head's evidence; settings as in `strict_head` and `filled`."""
    own = Discriminant(
        np.arange(len(rows)), discriminant.prior, discriminant.center, discriminant.whitened, discriminant.overlap
    )
    return fit_prototypes(own, filled(rows, unmentioned), row_ridge).mixing


def evidence_with(settings: Mapping[str, float]) -> Detector:
    """Return `evidence` with the settings that `train_strict` has chosen."""
    return partial(evidence, row_ridge=settings["row_ridge"], unmentioned=settings["unmentioned"])


def sides_of(rows: Floats) -> Floats:
    """Return rows (n_labels, n_concepts) as 1 present, 0 absent, NaN unknown, or where people were unsure or differ."""
    return np.where((rows == 0) | (rows == 1), rows, np.nan)


def judged_concepts(sides: Floats) -> Ints:
    """Return the concepts with at least `LEAST` labels on each side (n_labels, n_concepts)."""
    return np.flatnonzero(((sides == 1).sum(axis=0) >= LEAST) & ((sides == 0).sum(axis=0) >= LEAST))


@dataclass(frozen=True, eq=False)
class Transfer:
    """AUC of each concept judged, on test images, and of what train images say of left-out labels.

    Parameters
    ----------
    concepts
        (m,) positions of the concepts judged.
    seen, clade, inside
        (m,) on test images; `inside` is NaN where no clade has both sides.
    train_clade, train_inside
        (m,) the same for train images of labels left out: what choices may rest on.
    """

    concepts: Ints
    seen: Floats
    clade: Floats
    inside: Floats
    train_clade: Floats
    train_inside: Floats

    @property
    def figures(self) -> dict[str, float | int | None]:
        """Medians over concepts, and of how many; None where there is none."""
        found: dict[str, float | int | None] = {"concepts": len(self.concepts)}
        for name in ("seen", "clade", "inside", "train_clade", "train_inside"):
            values = getattr(self, name)
            known = values[np.isfinite(values)]
            found[name] = float(np.median(known)) if len(known) else None
        found["concepts_inside"] = int(np.isfinite(self.inside).sum())
        return found

    def carries(self, least: float) -> NDArray[np.bool_]:
        """Return (m,) whether the AUCs on train images of labels left out reach `least`; NaN does not count."""
        inside = np.isnan(self.train_inside) | (self.train_inside >= least)
        return np.asarray((self.train_clade >= least) & inside)

    @property
    def worth(self) -> float:
        """What detectors are chosen by: the two medians over train images of labels left out, added."""
        values = (self.train_clade, self.train_inside)
        return float(sum(np.median(each[np.isfinite(each)]) for each in values if np.isfinite(each).any()))


@dataclass(frozen=True, eq=False)
class Leavings:
    """Every label and every clade left out once, for all detectors and rows.

    Parameters
    ----------
    train, test
        Both splits.
    groups
        Labels of each clade.
    whole, by_clade, by_label
        Nothing, each clade, and each label left out.
    """

    train: Images
    test: Images
    groups: tuple[Ints, ...]
    whole: Sequence[LeftOut]
    by_clade: Sequence[LeftOut]
    by_label: Sequence[LeftOut]

    @classmethod
    def of(
        cls, tree: DecisionTree, train: Images, test: Images, ridge: float, done: Told = lambda done, total: None
    ) -> "Leavings":
        """Leave out; `done` is told how many labels are finished."""
        groups, statistics = clades(tree), LabelStatistics.of(train.features, train.codes, len(tree.labels))
        labels = [np.array([label]) for label in np.union1d(train.codes, test.codes)]
        leave = partial(leave_out, train, test, statistics, ridge=ridge)
        by_label = []
        for left in leave(labels):
            by_label.append(left)
            done(len(by_label), len(labels))
        whole = list(leave([np.array([], dtype=np.int64)]))
        return cls(train, test, groups, whole, list(leave(groups)), by_label)

    def transfer(self, rows: Floats, detector: Detector) -> Transfer:
        """Judge the detectors of rows (n_labels, n_concepts), NaN unknown."""
        sides = sides_of(rows)
        concepts = judged_concepts(sides)
        sides = sides[:, concepts]
        codes = self.train.codes, self.test.codes
        # Where cells are filled and evidence is shared, concepts that are not judged count as well.
        parts = {
            name: tuple(scores[:, concepts] for scores in scored(left, rows, detector, len(codes[0]), len(codes[1])))
            for name, left in {"seen": self.whole, "clade": self.by_clade, "inside": self.by_label}.items()
        }
        return Transfer(
            concepts,
            auc_of_concepts(parts["seen"][1], codes[1], sides),
            auc_of_concepts(parts["clade"][1], codes[1], sides),
            auc_within(parts["inside"][1], codes[1], sides, self.groups),
            auc_of_concepts(parts["clade"][0], codes[0], sides),
            auc_within(parts["inside"][0], codes[0], sides, self.groups),
        )
