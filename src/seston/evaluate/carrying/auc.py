"""The area under the ROC curve with every label weighing the same, however many images it has."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.tree import Floats, Ints


def balanced_auc(values: NDArray[np.floating], codes: Ints, sides: Floats) -> Floats:
    """Return the mean, over all pairs of a present and an absent label, of the AUC between their images.

    Parameters
    ----------
    values
        (n_images,) scores; equal ones count half.
    codes
        (n_images,) labels.
    sides
        (n_labels, n_concepts) 1 present, 0 absent, anything else does not count.

    Returns
    -------
    numpy.ndarray
        (n_concepts,), NaN where one side has no image.

    Examples
    --------
    >>> balanced_auc(np.array([0.0, 1.0, 1.0, 2.0]), np.array([0, 0, 1, 1]), np.array([[0.0], [1.0]])).tolist()
    [0.875]
    """
    if not len(values):
        return np.full(sides.shape[1], np.nan)
    order = np.argsort(values, kind="stable")
    ordered, labels = values[order], codes[order]
    weight = (1 / np.maximum(np.bincount(codes, minlength=len(sides)), 1))[labels]
    starts = np.concatenate([[0], np.flatnonzero(np.diff(ordered)) + 1])
    own = sides[labels]
    present = np.add.reduceat((own == 1) * weight[:, None], starts, axis=0)
    absent = np.add.reduceat((own == 0) * weight[:, None], starts, axis=0)
    below = np.cumsum(absent, axis=0) - absent / 2
    pairs = present.sum(axis=0) * absent.sum(axis=0)
    return np.where(pairs > 0, (present * below).sum(axis=0) / np.where(pairs > 0, pairs, 1.0), np.nan)


def auc_of_concepts(scores: NDArray[np.floating], codes: Ints, sides: Floats) -> Floats:
    """Return the balanced AUC (n_concepts,) of each column of scores (n_images, n_concepts) for its own concept."""
    columns = range(scores.shape[1])
    return np.array([balanced_auc(scores[:, k], codes, sides[:, k : k + 1])[0] for k in columns])


def auc_within(scores: NDArray[np.floating], codes: Ints, sides: Floats, groups: Sequence[Ints]) -> Floats:
    """Return the balanced AUC inside groups of labels, averaged over the groups that have images of both sides.

    Parameters
    ----------
    scores, codes, sides
        As in `auc_of_concepts`.
    groups
        Labels of each group.

    Returns
    -------
    numpy.ndarray
        (n_concepts,), NaN where no group has both sides.
    """
    found = np.full((len(groups), scores.shape[1]), np.nan)
    for row, group in enumerate(groups):
        chosen = np.isin(codes, group)
        both = np.flatnonzero((sides[group] == 1).any(axis=0) & (sides[group] == 0).any(axis=0))
        if len(both) and chosen.any():
            found[row, both] = auc_of_concepts(scores[chosen][:, both], codes[chosen], sides[:, both])
    known = np.isfinite(found)
    counts = known.sum(axis=0)
    return np.where(counts > 0, np.where(known, found, 0.0).sum(axis=0) / np.maximum(counts, 1), np.nan)
