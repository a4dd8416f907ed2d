"""Fit the heads on labelled features, with every setting chosen inside the labelled images."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.decoding.calibration import scale_and_offset, temperature
from seston.bottleneck.elastic import Scored
from seston.bottleneck.fit import UNMENTIONED, Names, filled, strict_bias, strict_head, usual_scores
from seston.bottleneck.folds import Predict, out_of_fold, without_folds
from seston.bottleneck.head import ConceptHead
from seston.bottleneck.prototypes import PRIOR_POWER, Discriminant, fit_prototypes
from seston.bottleneck.refit import refitted
from seston.bottleneck.sparse import fit_detectors, fit_sparse
from seston.bottleneck.statistics import LabelStatistics, require_finite
from seston.bottleneck.tree import Floats, Ints
from seston.errors import InvalidData

RIDGES = (0.03, 0.1, 0.3)
ROW_RIDGES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3)
SPARSE_RIDGE = 0.03
CONCEPTS_A_DECISION = 10


@dataclass(frozen=True, eq=False)
class LabelledFeatures:
    """Labelled images with an inner hold-out, and their statistics.

    Parameters
    ----------
    features
        (n_images, n_features).
    codes
        (n_images,) label of each image, 0 … n_labels − 1.
    held
        (n_images,) whether the image is held out when settings are chosen.
    inner, whole
        Statistics without and with the images held out.
    """

    features: NDArray[np.floating]
    codes: Ints
    held: NDArray[np.bool_]
    inner: LabelStatistics
    whole: LabelStatistics

    @classmethod
    def of(cls, features: NDArray[np.floating], codes: Ints, n_labels: int, seed: int = 0) -> "LabelledFeatures":
        """Hold out a quarter of each label's images, none of a label with fewer than four.

        Raises
        ------
        InvalidData
            If fewer than two labels have images.
        InvalidFeatures
            If a feature is not finite.
        """
        require_finite(features)
        if len(np.unique(codes)) < 2:
            raise InvalidData(
                f"{len(np.unique(codes))} label has images; a classifier needs two or more.",
                hint="Give labelled images of at least two labels.",
            )
        held = held_out(codes, seed)
        inner = LabelStatistics.of(features[~held], codes[~held], n_labels)
        return cls(features, codes, held, inner, inner + LabelStatistics.of(features[held], codes[held], n_labels))

    def joined(self, others: LabelStatistics) -> "LabelledFeatures":
        """Return the same images, with others beside them that are in the statistics only."""
        return LabelledFeatures(self.features, self.codes, self.held, self.inner + others, self.whole + others)

    @cached_property
    def without_folds(self) -> tuple[tuple[Ints, LabelStatistics], ...]:
        """The images of each fold, with the statistics of all others."""
        return without_folds(self.features, self.codes, self.whole)

    def judged(self, logits: Floats) -> float:
        """Return top-1 plus balanced accuracy of logits (n_held, n_labels) on the images held out; 0 without any."""
        if not self.held.any():
            return 0.0
        truth, answer = self.codes[self.held], logits.argmax(axis=1)
        right = truth == answer
        counts = np.bincount(truth)
        recalls = np.bincount(truth, weights=right)[counts > 0] / counts[counts > 0]
        return float(right.mean() + recalls.mean())


def held_out(codes: Ints, seed: int) -> NDArray[np.bool_]:
    """Return which images (n,) of labels (n,) are held out: a quarter of each label, drawn with `seed`."""
    order = np.random.default_rng(seed).permutation(len(codes))
    shuffled = codes[order]
    by_label = np.argsort(shuffled, kind="stable")
    counts = np.bincount(codes)
    rank = np.arange(len(codes)) - np.repeat(np.cumsum(counts) - counts, counts)
    held = np.zeros(len(codes), dtype=bool)
    held[order[by_label]] = rank % 4 == 3
    return held


def train_strict(data: LabelledFeatures, rows: Floats, names: Names) -> tuple[ConceptHead, dict[str, float]]:
    """Fit the strict head.

    Parameters
    ----------
    data
        The labelled images.
    rows
        (n_labels, n_concepts) 1 present, 0 absent, NaN unknown.
    names
        Encoder, its fingerprint, labels and concepts.

    Returns
    -------
    head, settings
        The head fitted on all images, and what the inner choice decided.
    """
    truth = data.codes[data.held]
    trials = {}
    for ridge in RIDGES:
        discriminant = Discriminant.of(data.inner, ridge)
        projected = discriminant.project(data.features[data.held])
        for unmentioned, row_ridge in product(UNMENTIONED if np.isnan(rows).any() else (1.0,), ROW_RIDGES):
            values = filled(rows, unmentioned)
            prototypes = fit_prototypes(discriminant, values, row_ridge)
            logits = projected @ (prototypes.mixing @ values.T) + strict_bias(data.inner, prototypes, values)
            trials[ridge, unmentioned, row_ridge] = data.judged(logits), logits
    # Of equals the last, whose ridges are the strongest: with nothing held out all are equal.
    ridge, unmentioned, row_ridge = max(reversed(trials), key=lambda trial: trials[trial][0])
    heat = temperature(trials[ridge, unmentioned, row_ridge][1], truth)
    head = strict_head(data.whole, filled(rows, unmentioned), ridge, row_ridge, heat, names)
    chosen = {"ridge": ridge, "row_ridge": row_ridge, "unmentioned": unmentioned, "temperature": heat}
    return head, chosen


def strict_out_of_fold(data: LabelledFeatures, rows: Floats, names: Names, settings: Mapping[str, float]) -> Floats:
    """Return logits (n_images, n_labels) of each labelled image from a strict head that has not seen it.

    `settings` are those that `train_strict` has chosen.
    """
    values = filled(rows, settings["unmentioned"])
    ridges = settings["ridge"], settings["row_ridge"], settings["temperature"]

    def fit(others: LabelStatistics) -> Predict:
        head = strict_head(others, values, *ridges, names)
        return lambda images: head.logits(head.scores(images))

    return out_of_fold(data.features, data.without_folds, fit)


def sparse_out_of_fold(data: LabelledFeatures, rows: Floats, head: ConceptHead) -> Floats:
    """Return logits (n_images, n_labels) of each labelled image from the weights of `head` over unseeing detectors."""
    return out_of_fold(data.features, data.without_folds, _detectors(filled(rows))) @ head.weights.T + head.bias


def train_sparse(
    data: LabelledFeatures, rows: Floats, names: Names, k: int = CONCEPTS_A_DECISION
) -> tuple[ConceptHead, dict[str, float]]:
    """Fit the sparse head; parameters and returns as in `train_strict`, with at most `k` concepts a label."""
    values = filled(rows)
    kept = ~data.held
    inner = fit_sparse(data.inner, values, SPARSE_RIDGE, k)
    features, codes = data.features[kept], data.codes[kept]
    unseen = out_of_fold(features, without_folds(features, codes, data.inner), _detectors(values))
    weights, offset = _comparable(unseen, codes, data.inner, inner.weights)
    heat = temperature(inner.scores(data.features[data.held]) @ weights.T + offset, data.codes[data.held])
    parts = fit_sparse(data.whole, values, SPARSE_RIDGE, k)
    unseen = out_of_fold(data.features, data.without_folds, _detectors(values))
    weights, offset = _comparable(unseen, data.codes, data.whole, parts.weights)
    absent, present = usual_scores(data.whole, parts.center, parts.directions, values)
    head = ConceptHead("sparse", *names, parts.center, parts.directions, weights / heat, offset / heat, absent, present)
    return head, {"ridge": SPARSE_RIDGE, "concepts_a_decision": k, "temperature": heat}


def _comparable(unseen: Floats, codes: Ints, statistics: LabelStatistics, weights: Floats) -> tuple[Floats, Floats]:
    """Return weights and offsets that make labels comparable, on scores from detectors that have not seen the image."""
    weight = (statistics.prior(PRIOR_POWER) / np.maximum(statistics.counts, 1))[codes]
    scale, offset = scale_and_offset(unseen @ weights.T, codes, weight, np.flatnonzero(statistics.seen))
    return refitted(Scored.of(unseen, codes, len(weights), weight), weights * scale[:, None], offset)


def _detectors(rows: Floats) -> Callable[[LabelStatistics], Predict]:
    def fit(others: LabelStatistics) -> Predict:
        center, directions = fit_detectors(others, rows, SPARSE_RIDGE)
        return lambda images: (images - center) @ directions

    return fit
