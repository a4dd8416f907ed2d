"""Predictions for labelled images by models that have not seen them, at the price of the images alone.

A fold is taken away from the additive statistics, the closed form is solved again, and the fold is predicted.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.statistics import LabelStatistics
from seston.bottleneck.tree import Floats, Ints

FOLDS = 4
Predict = Callable[[NDArray[np.floating]], Floats]


def folds(codes: Ints, seed: int = 0) -> list[Ints]:
    """Return the images of each of four folds of labels (n,), drawn with `seed`; each label is spread evenly."""
    order = np.random.default_rng(seed).permutation(len(codes))
    by_label = order[np.argsort(codes[order], kind="stable")]
    # Dealt out one after the other over all labels: a label with one image is in one fold, whichever comes next.
    found = [np.sort(by_label[fold::FOLDS]) for fold in range(FOLDS)]
    return [fold for fold in found if len(fold)]


def without_folds(
    features: NDArray[np.floating], codes: Ints, statistics: LabelStatistics
) -> tuple[tuple[Ints, LabelStatistics], ...]:
    """Return the images of each fold, with the statistics of all others.

    Parameters
    ----------
    features
        (n_images, n_features).
    codes
        (n_images,) label of each image.
    statistics
        Of all these images.
    """
    parts = folds(codes)
    n_labels = len(statistics.counts)
    found = []
    for fold in parts:
        if 2 * len(fold) < len(codes):
            others = statistics.without(LabelStatistics.of(features[fold], codes[fold], n_labels))
        else:
            kept = np.setdiff1d(np.arange(len(codes)), fold) if len(parts) > 1 else fold
            others = LabelStatistics.of(features[kept], codes[kept], n_labels)
        found.append((fold, others))
    return tuple(found)


def out_of_fold(
    features: NDArray[np.floating],
    parts: Sequence[tuple[Ints, LabelStatistics]],
    fit: Callable[[LabelStatistics], Predict],
) -> Floats:
    """Predict each image by a model that was fitted without its fold.

    Parameters
    ----------
    features
        (n_images, n_features).
    parts
        Of `without_folds`.
    fit
        From statistics to a function of features (m, n_features) to (m, …).

    Returns
    -------
    numpy.ndarray
        (n_images, …).
    """
    found = [fit(others)(features[fold]) for fold, others in parts]
    whole = np.zeros((len(features), *found[0].shape[1:]))
    for (fold, _), values in zip(parts, found, strict=True):
        whole[fold] = values
    return whole
