"""A Gaussian discriminant from soft labels, its means drawn towards what rows say labels have in common."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve, solve_triangular

from seston.bottleneck.few.neighbours import Singles
from seston.bottleneck.prototypes import PRIOR_POWER, ridged
from seston.bottleneck.tree import Floats

SHARED = 0.5
RIDGE = 0.3
METRIC_RIDGE = 1.0
FLOOR = 1e-3


def likeness_of_rows(rows: Floats) -> Floats:
    """Return how alike rows (n_labels, n_concepts), no NaN, are: (n_labels, n_labels), 1 on average on the diagonal."""
    centred = rows - rows.mean(axis=0)
    alike = centred @ centred.T
    return np.asarray(alike / max(float(np.trace(alike)) / len(alike), 1e-12))


@dataclass(frozen=True, eq=False)
class SoftStatistics:
    """Additive statistics of images whose labels are probabilities.

    Parameters
    ----------
    counts
        (n_labels,) expected images of each label.
    means
        (n_labels, n_features) expected mean features.
    within
        (n_features, n_features) expected covariance within labels, and a thousandth of the whole variance, so that
        labels of one image each have one too.
    """

    counts: Floats
    means: Floats
    within: Floats

    @classmethod
    def of(cls, features: Singles, soft: Singles, gram: Floats) -> Self:
        """Gather them from features (n, n_features), their labels (n, n_labels) and the Gram matrix of the features."""
        counts = soft.sum(axis=0, dtype=np.float64)
        means = (soft.T @ features).astype(np.float64) / np.maximum(counts, 1e-9)[:, None]
        within = (gram - (means * counts[:, None]).T @ means) / counts.sum()
        within += FLOOR * max(float(np.trace(gram)) / counts.sum() / len(gram), 1e-300) * np.eye(len(gram))
        return cls(counts, means, within)

    def shrunk(self, alike: Floats, weights: Floats, images_worth: float) -> Floats:
        """Return the means (n_labels, n_features), drawn towards those of labels with like rows.

        The means are a Gaussian process over the labels: a part `SHARED` of their variance follows the rows, the rest
        is each label's own.

        Parameters
        ----------
        alike
            (n_labels, n_labels) as from `likeness_of_rows`.
        weights
            (n_labels,) adding to 1, of the mean over labels.
        images_worth
            A mean of so many images weighs as much as what the others say of it.
        """
        middle = weights @ self.means
        prior = SHARED * alike + (1 - SHARED) * np.eye(len(alike))
        noise = np.diag(images_worth / np.maximum(self.counts, 1e-6))
        return np.asarray(middle + prior @ np.linalg.solve(prior + noise, self.means - middle))


@dataclass(frozen=True, eq=False)
class SoftDiscriminant:
    """Logits linear in the features.

    Parameters
    ----------
    weights
        (n_features, n_labels).
    bias
        (n_labels,).
    """

    weights: Singles
    bias: Singles

    @classmethod
    def of(cls, within: Floats, means: Floats) -> Self:
        """Return the discriminant of labels with a common covariance and means (n_labels, n_features)."""
        weights = cho_solve(cho_factor(ridged(within, RIDGE)), means.T)
        bias = -0.5 * np.einsum("kd,dk->k", means, weights)
        return cls(weights.astype(np.float32), bias.astype(np.float32))

    def logits(self, features: Singles) -> Singles:
        """Return logits (n, n_labels), without prior, of features (n, n_features)."""
        return np.asarray(features @ self.weights + self.bias)


def telling_axes(statistics: SoftStatistics) -> Singles:
    """Return axes (n_features, n_axes) along which labels differ and images of one label do not."""
    factor = np.linalg.cholesky(ridged(statistics.within, METRIC_RIDGE))
    white = solve_triangular(factor, statistics.means.T, lower=True).T
    weights = np.maximum(statistics.counts, 1e-9) ** PRIOR_POWER
    weights /= weights.sum()
    spread_out: NDArray[np.float64] = (white - weights @ white) * np.sqrt(weights)[:, None]
    _, strength, axes = np.linalg.svd(spread_out, full_matrices=False)
    kept = axes[strength > 1e-6 * strength.max()]
    return np.asarray(solve_triangular(factor.T, kept.T, lower=False), dtype=np.float32)
