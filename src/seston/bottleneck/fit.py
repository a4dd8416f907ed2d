"""From statistics and rows to the strict head, and what its concepts usually score."""

import numpy as np

from seston.bottleneck.head import ConceptHead
from seston.bottleneck.prototypes import PRIOR_POWER, Discriminant, Prototypes, fit_prototypes
from seston.bottleneck.statistics import LabelStatistics
from seston.bottleneck.tree import Floats

SURE = 0.95
# What an unknown cell may stand for, to be chosen inside; see `filled`.
UNMENTIONED = (1.0, 0.5, 0.0)
Names = tuple[str, str, tuple[str, ...], tuple[str, ...]]


def filled(rows: Floats, unmentioned: float = 1.0) -> Floats:
    """Fill the unknown cells (NaN) of rows (n_labels, n_concepts).

    Parameters
    ----------
    rows
        1 present, 0 absent, NaN unknown.
    unmentioned
        What an unknown cell becomes, as a share of the mean of the known cells of its concept: 1 says nothing about
        the label, 0 takes silence for absence.

    Returns
    -------
    numpy.ndarray
        (n_labels, n_concepts) without NaN; a concept that is unknown everywhere becomes 0.
    """
    known = np.isfinite(rows)
    values = np.where(known, rows, 0.0)
    mean = values.sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    return np.where(known, values, unmentioned * mean)


def strict_bias(statistics: LabelStatistics, prototypes: Prototypes, rows: Floats) -> Floats:
    """Return the bias (n_labels,) of the strict head: of the rows, plus the log prior."""
    prior = statistics.prior(PRIOR_POWER)
    least = prior[statistics.seen].min()
    return np.asarray(prototypes.bias(rows) + np.log(np.where(statistics.seen, prior, least)))


def strict_head(
    statistics: LabelStatistics,
    rows: Floats,
    ridge: float,
    row_ridge: float,
    temperature: float,
    names: Names,
) -> ConceptHead:
    """Return the head whose weights are the rows themselves.

    Parameters
    ----------
    statistics
        Of the labelled images.
    rows
        (n_labels, n_concepts) in [0, 1], no NaN.
    ridge, row_ridge
        As in `Discriminant.of` and `fit_prototypes`.
    temperature
        What the logits are divided by.
    names
        Encoder, its fingerprint, labels and concepts.
    """
    discriminant = Discriminant.of(statistics, ridge)
    prototypes = fit_prototypes(discriminant, rows, row_ridge)
    directions = discriminant.whitened @ prototypes.mixing / temperature
    bias = strict_bias(statistics, prototypes, rows) / temperature
    absent, present = usual_scores(statistics, discriminant.center, directions, rows)
    sure = np.log(SURE / (1 - SURE))
    absent, present = np.minimum(absent, -sure), np.maximum(present, sure)
    return ConceptHead("strict", *names, discriminant.center, directions, rows, bias, absent, present)


def usual_scores(
    statistics: LabelStatistics, center: Floats, directions: Floats, rows: Floats
) -> tuple[Floats, Floats]:
    """Return the scores (n_concepts,) that labels lacking and labels showing each concept usually have.

    They lie one standard deviation within labels outside the mean score of these labels, so that they say "surely".
    """
    seen = statistics.seen
    scores = (statistics.means[seen] - center) @ directions
    spread = np.sqrt(np.maximum(np.einsum("dk,dk->k", directions, statistics.within @ directions), 0.0))
    shows, lacks = rows[seen] > 0.5, rows[seen] < 0.5
    showing = (scores * shows).sum(axis=0) / np.maximum(shows.sum(axis=0), 1)
    lacking = (scores * lacks).sum(axis=0) / np.maximum(lacks.sum(axis=0), 1)
    return lacking - spread, showing + spread
