"""A Gaussian discriminant from soft labels, its means drawn towards what rows say labels have in common."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve, solve_triangular

from seston.bottleneck.few.neighbours import Singles
from seston.bottleneck.prototypes import PRIOR_POWER, ridged
from seston.bottleneck.tree import Floats

SHARES = (0.0, 0.25, 0.5, 0.7, 0.8, 0.9, 0.95)
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
        (n_labels,) expected images of each label, each image with its weight.
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
        """Gather them from features (n, n_features), weighted labels (n, n_labels) and weighted Gram matrix."""
        counts = soft.sum(axis=0, dtype=np.float64)
        means = (soft.T @ features).astype(np.float64) / np.maximum(counts, 1e-9)[:, None]
        within = (gram - (means * counts[:, None]).T @ means) / counts.sum()
        within += FLOOR * max(float(np.trace(gram)) / counts.sum() / len(gram), 1e-300) * np.eye(len(gram))
        return cls(counts, means, within)

    def shrunk(self, alike: Floats, weights: Floats, noise: Floats, shared: float) -> Floats:
        """Return the means (n_labels, n_features), drawn towards those of labels with like rows.

        Parameters
        ----------
        alike
            (n_labels, n_labels) as from `likeness_of_rows`.
        weights
            (n_labels,) adding to 1, of the mean over labels.
        noise
            (n_labels,) variance of each mean for want of images, in units of the variance among labels.
        shared
            Part of the variance among labels that follows the rows; the rest is each label's own.
        """
        middle = weights @ self.means
        prior = _prior(alike, shared)
        return np.asarray(middle + prior @ np.linalg.solve(prior + np.diag(noise), self.means - middle))

    def shared(self, alike: Floats, weights: Floats, noise: Floats, ridge: float) -> float:
        """Return the one of `SHARES` under which the means are likeliest; arguments as in `shrunk` and `Regime`.

        The means are a Gaussian process over the labels, on axes where images of one label vary by 1. Rows that say
        nothing about images get 0.
        """
        factor = np.linalg.cholesky(ridged(self.within, ridge))
        white = solve_triangular(factor, (self.means - weights @ self.means).T, lower=True)
        products = white.T @ white

        def likelihood(share: float) -> float:
            covariance = _prior(alike, share) + np.diag(noise)
            scatter = float(np.trace(np.linalg.solve(covariance, products)))
            return -len(alike) * float(np.log(max(scatter, 1e-300))) - float(np.linalg.slogdet(covariance)[1])

        return max(SHARES, key=likelihood)


def _prior(alike: Floats, shared: float) -> Floats:
    return np.asarray(shared * alike + (1 - shared) * np.eye(len(alike)))


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
    def of(cls, within: Floats, means: Floats, ridge: float) -> Self:
        """Return the discriminant of labels with a common covariance and means (n_labels, n_features)."""
        weights = cho_solve(cho_factor(ridged(within, ridge)), means.T)
        bias = -0.5 * np.einsum("kd,dk->k", means, weights)
        return cls(weights.astype(np.float32), bias.astype(np.float32))

    def logits(self, features: Singles) -> Singles:
        """Return logits (n, n_labels), without prior, of features (n, n_features)."""
        return np.asarray(features @ self.weights + self.bias)


def telling_axes(statistics: SoftStatistics, ridge: float) -> Singles:
    """Return axes (n_features, n_axes) along which labels differ and images of one label do not."""
    factor = np.linalg.cholesky(ridged(statistics.within, ridge))
    white = solve_triangular(factor, statistics.means.T, lower=True).T
    weights = np.maximum(statistics.counts, 1e-9) ** PRIOR_POWER
    weights /= weights.sum()
    spread_out: NDArray[np.float64] = (white - weights @ white) * np.sqrt(weights)[:, None]
    _, strength, axes = np.linalg.svd(spread_out, full_matrices=False)
    kept = axes[strength > 1e-6 * strength.max()]
    return np.asarray(solve_triangular(factor.T, kept.T, lower=False), dtype=np.float32)
