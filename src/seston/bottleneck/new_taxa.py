"""Labels that were never learned: a row says where their images should lie, and a few images correct it.

On the axes found here images of one label vary by 1 in every direction, and the means of labels on each axis by itself:
all that follows is arithmetic on single axes. The mean of a new label is Gaussian, around what its row predicts; how
far from it is learned from the seen labels, each predicted by the rows of the others. Images without a label count in
shares.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.decoding.decode import softmax
from seston.bottleneck.prototypes import PRIOR_POWER, ridged
from seston.bottleneck.statistics import LabelStatistics
from seston.bottleneck.tree import Floats

AXES = 300
RIDGE = 0.5
LEAST_DOUBT = 0.1


@dataclass(frozen=True, eq=False)
class TellingSpace:
    """Axes on which seen labels differ, and where their means lie.

    Parameters
    ----------
    center
        (n_features,) weighted mean of the label means.
    axes
        (n_features, n_axes).
    variance
        (n_axes,) variance of the label means, in units of the variance within labels.
    labels, weights
        (n_seen,) positions of the labels with images, and their weights, adding to 1.
    means
        (n_seen, n_axes).
    """

    center: Floats
    axes: Floats
    variance: Floats
    labels: NDArray[np.int64]
    weights: Floats
    means: Floats

    @classmethod
    def of(cls, statistics: LabelStatistics) -> Self:
        """Find the axes from the statistics of the images with labels."""
        from scipy.linalg import eigh

        labels = np.flatnonzero(statistics.seen)
        weights = statistics.prior(PRIOR_POWER)[labels]
        center = weights @ statistics.means[labels]
        means = statistics.means[labels] - center
        between = (means * weights[:, None]).T @ means
        size = len(center)
        first = max(size - AXES, 0)
        variance, axes = eigh(between, ridged(statistics.within, RIDGE), subset_by_index=[first, size - 1])
        return cls(center, axes, np.maximum(variance, 0), labels, weights, means @ axes)

    def __call__(self, features: NDArray[np.floating]) -> Floats:
        """Return features (n, n_features) on the axes, (n, n_axes)."""
        return np.asarray((features - self.center) @ self.axes)

    def predict(self, rows: Floats, row_ridge: float) -> "Prediction":
        """Regress the means of seen labels on their rows.

        Parameters
        ----------
        rows
            (n_labels, n_concepts) of all labels, no NaN.
        row_ridge
            How far labels lean on shared concepts, as in `fit_prototypes`.
        """
        middle = self.weights @ rows[self.labels]
        seen = rows[self.labels] - middle
        alike = seen @ seen.T
        ridge = row_ridge * max(float(np.trace(alike)) / len(alike), 1e-12) / len(alike)
        inverse = np.linalg.inv(alike + np.diag(ridge / self.weights))
        shares = inverse @ self.means
        alone = shares / np.diag(inverse)[:, None]
        return Prediction(middle, seen.T @ shares, self.weights @ alone**2 + LEAST_DOUBT)


@dataclass(frozen=True, eq=False)
class Prediction:
    """What rows say about the means of labels.

    Parameters
    ----------
    middle
        (n_concepts,) weighted mean of the rows of seen labels.
    slopes
        (n_concepts, n_axes).
    doubt
        (n_axes,) mean squared distance of the means of seen labels from what the rows of all others predict for them.
    """

    middle: Floats
    slopes: Floats
    doubt: Floats

    def means(self, rows: Floats) -> Floats:
        """Return the means (n, n_axes) that rows (n, n_concepts) predict."""
        return np.asarray((rows - self.middle) @ self.slopes)


@dataclass(frozen=True, eq=False)
class NewTaxa:
    """Gaussian classes on the axes of a `TellingSpace`.

    Parameters
    ----------
    means
        (n_labels, n_axes).
    variance
        (n_labels, n_axes) of an image of the label, what is not known of its mean included.

    Examples
    --------
    >>> expected = np.array([[-1.0], [1.0]])
    >>> known = NewTaxa.of(expected, np.array([4.0]), np.array([[-3.0], [0.0]]), np.array([4.0, 0.0]))
    >>> known.means.round(2).tolist()
    [[-2.88], [1.0]]
    """

    means: Floats
    variance: Floats

    @classmethod
    def of(cls, expected: Floats, doubt: Floats, image_means: Floats, counts: Floats) -> Self:
        """Correct what rows predict by a few images.

        Parameters
        ----------
        expected
            (n_labels, n_axes) as from `Prediction.means`.
        doubt
            (n_axes,) variance of a label's mean around what its row predicts.
        image_means
            (n_labels, n_axes) mean of each label's images; anything where it has none.
        counts
            (n_labels,) images of each label.
        """
        share = doubt * counts[:, None] / (doubt * counts[:, None] + 1)
        return cls(expected + share * (image_means - expected), 1 + doubt * (1 - share))

    def shared_out(self, coordinates: Floats) -> tuple[Floats, Floats]:
        """Share unlabelled images of these taxa out among them, each by how likely it is under every taxon.

        Parameters
        ----------
        coordinates
            (n, n_axes) of the images.

        Returns
        -------
        sums, counts
            (n_labels, n_axes) and (n_labels,): what the labels would have got from labelled images. One such step
            helps; repeated, common labels draw the means of rare ones to themselves.
        """
        shares = softmax(self.logits(coordinates))
        return shares.T @ coordinates, shares.sum(axis=0)

    def logits(self, coordinates: Floats) -> Floats:
        """Return log densities (n, n_labels), but for a constant, of images on the axes (n, n_axes)."""
        precision = 1 / self.variance
        square = coordinates**2 @ precision.T - 2 * coordinates @ (precision * self.means).T
        return np.asarray(-0.5 * (square + (precision * self.means**2 + np.log(self.variance)).sum(axis=1)))
