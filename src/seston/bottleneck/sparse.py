"""The sparse head: at most k concepts a label, learned over detectors that were fitted without the label loss.

A detector is the ridge regression of a concept's row on the features. A label's linear discriminant is then
approximated by at most k detectors through orthogonal matching pursuit in the metric of the covariance within labels,
which needs the statistics only; a scale and an offset for each label make the logits comparable, and the weights are
refitted together (`refit`).

References
----------
.. [1] Rubinstein, Zibulevsky, Elad: Efficient implementation of the K-SVD algorithm using batch orthogonal matching
   pursuit. 2008.
"""

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.prototypes import PRIOR_POWER, ridged
from seston.bottleneck.statistics import LabelStatistics
from seston.bottleneck.tree import Floats


@dataclass(frozen=True, eq=False)
class SparseParts:
    """Detectors and the sparse weights over them, before calibration.

    Parameters
    ----------
    center
        (n_features,).
    directions
        (n_features, n_concepts) detectors, scaled to unit variance within labels; 0 for a constant concept.
    weights
        (n_labels, n_concepts) with at most k entries a row.
    """

    center: Floats
    directions: Floats
    weights: Floats

    def scores(self, features: NDArray[np.floating]) -> Floats:
        """Return what the detectors say (n_images, n_concepts) of features (n_images, n_features)."""
        return np.asarray((features.astype(np.float64) - self.center) @ self.directions)


def fit_detectors(statistics: LabelStatistics, rows: Floats, ridge: float) -> tuple[Floats, Floats]:
    """Return the center and the directions of `SparseParts`; parameters as in `fit_sparse`."""
    from scipy.linalg import cho_factor, cho_solve

    prior = statistics.prior(PRIOR_POWER)
    center = prior @ statistics.means
    means, within = _centred(statistics, center), ridged(statistics.scatter, ridge)
    weighted = means * prior[:, None]
    detectors = cho_solve(cho_factor(within + weighted.T @ means), weighted.T @ (rows - prior @ rows))
    deviation = np.sqrt(np.maximum(np.einsum("dk,dk->k", detectors, within @ detectors), 0.0))
    useful = np.flatnonzero(deviation > 1e-9 * max(float(deviation.max()), 1e-12))
    directions = np.zeros_like(detectors)
    directions[:, useful] = detectors[:, useful] / deviation[useful]
    return center, directions


def _centred(statistics: LabelStatistics, center: Floats) -> Floats:
    return np.where(statistics.seen[:, None], statistics.means - center, 0.0)


def fit_sparse(statistics: LabelStatistics, rows: Floats, ridge: float, k: int) -> SparseParts:
    """Fit detectors and sparse weights from the statistics.

    Parameters
    ----------
    statistics
        Of the labelled images.
    rows
        (n_labels, n_concepts) in [0, 1], no NaN.
    ridge
        Added to the covariance within labels, in units of its mean eigenvalue.
    k
        Concepts a label, at most.
    """
    from sklearn.linear_model import orthogonal_mp_gram

    center, directions = fit_detectors(statistics, rows, ridge)
    useful = np.flatnonzero(directions.any(axis=0))
    means, within = _centred(statistics, center), ridged(statistics.scatter, ridge)
    weights = np.zeros((len(means), rows.shape[1]))
    if len(useful):
        gram = directions[:, useful].T @ within @ directions[:, useful]
        gram[np.diag_indices(len(useful))] += 1e-4
        wanted = directions[:, useful].T @ means.T
        # Fewer than k detectors may say all there is to say, of a label without images none: no reason to warn.
        with warnings.catch_warnings(action="ignore", category=RuntimeWarning):
            found = orthogonal_mp_gram(gram, wanted, n_nonzero_coefs=min(k, len(useful)))
        weights[:, useful] = found.reshape(len(useful), -1).T
    return SparseParts(center, directions, weights)
