"""One pass of additive statistics: all that the closed-form bottleneck needs of the images.

Per label a count and a sum of features, and one Gram matrix over all labels. They add up across batches, shards and
machines, and what was added can be taken away again, so that a held-out label costs no second pass.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.tree import Floats, Ints
from seston.errors import InvalidFeatures


@dataclass(frozen=True, eq=False)
class LabelStatistics:
    """Counts, sums and the Gram matrix of labelled features.

    Parameters
    ----------
    counts
        (n_labels,) images of each label.
    sums
        (n_labels, n_features) sum of the features of each label.
    gram
        (n_features, n_features) sum over all images of the outer product of their features.

    Examples
    --------
    >>> features = np.array([[1.0, 0.0], [0.0, 2.0], [1.0, 2.0]])
    >>> both = LabelStatistics.of(features, np.array([0, 1, 1]), 2)
    >>> first = LabelStatistics.of(features[:1], np.array([0]), 2)
    >>> (both - first).counts.tolist()
    [0.0, 2.0]
    """

    counts: Floats
    sums: Floats
    gram: Floats

    @classmethod
    def of(cls, features: NDArray[np.floating], codes: Ints, n_labels: int) -> "LabelStatistics":
        """Gather the statistics of a batch.

        Parameters
        ----------
        features
            (n_images, n_features).
        codes
            (n_images,) label of each image, 0 … n_labels − 1.
        n_labels
            Number of labels.

        Raises
        ------
        InvalidFeatures
            If a feature is not finite.
        """
        batch = np.asarray(features, dtype=np.float64)
        require_finite(batch)
        counts = np.bincount(codes, minlength=n_labels)
        return cls(counts.astype(np.float64), _sums(batch, codes, counts), batch.T @ batch)

    @classmethod
    def shared(cls, features: NDArray[np.floating], shares: Floats) -> "LabelStatistics":
        """Gather the statistics of images (n_images, n_features) that count for labels by shares (n_images, n_labels).

        Raises
        ------
        InvalidFeatures
            If a feature is not finite.
        """
        batch = np.asarray(features, dtype=np.float64)
        require_finite(batch)
        return cls(shares.sum(axis=0), shares.T @ batch, batch.T @ batch)

    def __add__(self, other: "LabelStatistics") -> "LabelStatistics":
        return LabelStatistics(self.counts + other.counts, self.sums + other.sums, self.gram + other.gram)

    def __sub__(self, other: "LabelStatistics") -> "LabelStatistics":
        return LabelStatistics(self.counts - other.counts, self.sums - other.sums, self.gram - other.gram)

    def without(self, other: "LabelStatistics") -> "LabelStatistics":
        """Return the statistics without those of `other`; a label that has no image left has no sum either."""
        left = self - other
        return LabelStatistics(left.counts, np.where(left.counts[:, None] > 0, left.sums, 0.0), left.gram)

    @cached_property
    def seen(self) -> NDArray[np.bool_]:
        """(n_labels,) whether the label has an image."""
        return self.counts > 0

    @cached_property
    def means(self) -> Floats:
        """(n_labels, n_features) mean features of each label, 0 where it has no image."""
        return np.asarray(self.sums / np.maximum(self.counts, 1)[:, None])

    @cached_property
    def within(self) -> Floats:
        """(n_features, n_features) covariance within labels, pooled over them."""
        between = (self.means * self.counts[:, None]).T @ self.means
        return np.asarray((self.gram - between) / max(self.counts.sum(), 1.0))

    @cached_property
    def scatter(self) -> Floats:
        """(n_features, n_features) covariance within labels; that of all images where no label has two."""
        if self.counts.max(initial=0.0) > 1:
            return self.within
        n_images = max(float(self.counts.sum()), 1.0)
        mean = self.sums.sum(axis=0) / n_images
        return np.asarray(self.gram / n_images - np.outer(mean, mean))

    def prior(self, power: float) -> Floats:
        """Return (n_labels,) weights proportional to count ** power over the labels that have images, adding to 1."""
        weights = np.where(self.seen, np.maximum(self.counts, 1.0) ** power, 0.0)
        return np.asarray(weights / weights.sum())


def _sums(features: Floats, codes: Ints, counts: Ints) -> Floats:
    """Return the sum (n_labels, n_features) of the features of each label, one image after the other."""
    from scipy.sparse import csr_array

    images, starts = np.argsort(codes, kind="stable"), np.concatenate([[0], np.cumsum(counts)])
    membership = csr_array((np.ones(len(codes)), images, starts), shape=(len(counts), len(codes)))
    return np.asarray(membership @ features)


def require_finite(features: NDArray[np.floating]) -> None:
    """Refuse features (n_images, n_features) that are no numbers.

    Raises
    ------
    InvalidFeatures
        Saying how many rows, and all their numbers.
    """
    if np.isfinite(features).all():
        return
    rows = np.flatnonzero(~np.isfinite(features).all(axis=1))
    raise InvalidFeatures(
        f"{len(rows)} of {len(features)} feature rows hold NaN or infinity, the first is row {rows[0]}.",
        hint="Leave these images out, or encode them again.",
        problems=[f"row {row}" for row in rows.tolist()],
    )
