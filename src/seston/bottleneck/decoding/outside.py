"""Images of nothing that the tree holds: how much nearer a label's mean is than the mean of everything.

References
----------
.. [1] Ren, Fort, Liu, Roy, Padhy, Lakshminarayanan: A simple fix to Mahalanobis distance for improving near-OOD
   detection. 2021.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_triangular

from seston.bottleneck.prototypes import ridged
from seston.bottleneck.statistics import LabelStatistics
from seston.bottleneck.tree import Floats

RIDGE = 0.03


@dataclass(frozen=True, eq=False)
class Strangeness:
    """The relative Mahalanobis distance, in closed form from the statistics.

    Parameters
    ----------
    center
        (n_features,) mean of all images.
    within, overall
        (n_features, n_features) whitening of the covariance within labels, and of that of all images.
    means
        (n_seen, n_features) whitened means of the labels that have images.
    """

    center: Floats
    within: Floats
    overall: Floats
    means: Floats

    @classmethod
    def of(cls, statistics: LabelStatistics, ridge: float = RIDGE) -> "Strangeness":
        """Solve both covariances, with `ridge` in units of their mean eigenvalue."""
        n_images = max(float(statistics.counts.sum()), 1.0)
        center = statistics.sums.sum(axis=0) / n_images
        total = statistics.gram / n_images - np.outer(center, center)
        within, overall = (_whitening(ridged(covariance, ridge)) for covariance in (statistics.scatter, total))
        return cls(center, within, overall, (statistics.means[statistics.seen] - center) @ within)

    def of_images(self, features: NDArray[np.floating]) -> Floats:
        """Return the strangeness (n,) of features (n, n_features): the greater, the less like any label."""
        centred = features.astype(np.float64) - self.center
        own = centred @ self.within
        squares = (own**2).sum(axis=1)[:, None] - 2 * own @ self.means.T + (self.means**2).sum(axis=1)
        return np.asarray(squares.min(axis=1) - ((centred @ self.overall) ** 2).sum(axis=1))


def _whitening(covariance: Floats) -> Floats:
    lower = np.linalg.cholesky(covariance)
    return np.asarray(solve_triangular(lower, np.eye(len(lower)), lower=True)).T


def auroc(strange: Floats, known: Floats) -> float:
    """Return the probability that an image of nothing known (n,) is stranger than a known one (m,); ties count half."""
    from scipy.stats import rankdata

    ranks = rankdata(np.concatenate([strange, known]))[: len(strange)]
    return float((ranks.sum() - len(strange) * (len(strange) + 1) / 2) / (len(strange) * len(known)))
