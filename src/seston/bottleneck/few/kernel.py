"""A third opinion, of labelled images alone and without rows: kernel ridge."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from seston.bottleneck.few.neighbours import Singles
from seston.bottleneck.tree import Floats, Ints

MOST = 5000
WIDTH = 0.5


@dataclass(frozen=True, eq=False)
class KernelOpinion:
    """Scores of labels by a Gaussian kernel to labelled images.

    Parameters
    ----------
    images
        (n_images, n_features) labelled images, at most `MOST`.
    width
        Of the kernel: `WIDTH` over the median of their squared distances.
    weights
        (n_images, n_labels).
    """

    images: Singles
    width: float
    weights: Singles

    @classmethod
    def of(cls, features: Singles, codes: Ints, n_labels: int, ridge: float) -> Self:
        """Learn from labelled images (n, n_features); labels weigh as the square root of their counts."""
        some = np.random.default_rng(0).permutation(len(codes))[:MOST]
        features, codes = features[some], codes[some]
        square = square_distances(features, features)
        width = WIDTH / max(float(np.median(square)), 1e-12)
        kernel = np.exp(-width * square).astype(np.float64)
        weight = np.bincount(codes, minlength=n_labels)[codes] ** 0.5
        kernel[np.diag_indices_from(kernel)] += ridge * weight * np.mean(1 / weight)
        targets = (codes[:, None] == np.arange(n_labels)).astype(np.float64)
        weights = np.linalg.solve(kernel, targets)
        fitted = (targets - ridge * np.mean(1 / weight) * weight[:, None] * weights).std()
        return cls(features, width, (weights / max(float(fitted), 1e-12)).astype(np.float32))

    def scores(self, features: Singles) -> Floats:
        """Return scores (n, n_labels), in units of their spread over the images learned from."""
        return np.asarray(np.exp(-self.width * square_distances(features, self.images)) @ self.weights)


def square_distances(values: Singles, others: Singles) -> Singles:
    """Return (n, m) squared distances of values (n, n_features) to others (m, n_features)."""
    square = (values**2).sum(axis=1)[:, None] + (others**2).sum(axis=1) - 2 * values @ others.T
    return np.asarray(np.maximum(square, 0), dtype=np.float32)
