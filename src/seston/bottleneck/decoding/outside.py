"""Images of nothing that the tree holds: how much nearer a label's mean is than the mean of everything.

References
----------
.. [1] Ren, Fort, Liu, Roy, Padhy, Lakshminarayanan: A simple fix to Mahalanobis distance for improving near-OOD
   detection. 2021.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_triangular

from seston.bottleneck.prototypes import ridged
from seston.bottleneck.statistics import LabelStatistics
from seston.bottleneck.train import LabelledFeatures
from seston.bottleneck.tree import Floats
from seston.encode.tensors import FORMAT, read_tensors, write_tensors
from seston.errors import MissingStage

RIDGE = 0.03
QUANTILES = 1000


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


@dataclass(frozen=True, eq=False)
class Outside:
    """How strange an image is among those that labels are known of.

    Parameters
    ----------
    strangeness
        Learned from labelled images.
    known
        (n_quantiles,) strangeness of labelled images that it was not learned from, in ascending order.
    """

    strangeness: Strangeness
    known: Floats

    @classmethod
    def of(cls, data: LabelledFeatures) -> "Outside":
        """Learn from three images in four, and measure the fourth, which is as new to the measure as any other."""
        strangeness = Strangeness.of(data.inner)
        new = data.features[data.held] if data.held.any() else data.features
        return cls(strangeness, np.quantile(strangeness.of_images(new), np.linspace(0, 1, QUANTILES + 1)))

    def of_images(self, features: NDArray[np.floating]) -> Floats:
        """Return the share (n,) of labelled images that are less strange than features (n, n_features)."""
        return np.interp(self.strangeness.of_images(features), self.known, np.linspace(0, 1, len(self.known)))

    def save(self, path: Path) -> None:
        """Write as safetensors, the whitenings in single precision."""
        parts = self.strangeness
        tensors: dict[str, NDArray[Any]] = {
            "center": parts.center,
            "means": parts.means.astype(np.float32),
            "known": self.known,
        }
        tensors |= {"within": parts.within.astype(np.float32), "overall": parts.overall.astype(np.float32)}
        write_tensors(path, tensors, {"kind": "outside", "format": FORMAT})

    @classmethod
    def load(cls, path: Path) -> "Outside":
        """Read what `save` wrote.

        Raises
        ------
        MissingStage
            If there is no such file.
        """
        if not path.exists():
            raise MissingStage(f"No measure of strangeness at {path}.", hint="Run 'seston train' again.")
        read, _ = read_tensors(path, "outside")
        parts = [read[name].astype(np.float64) for name in ("center", "within", "overall", "means", "known")]
        return cls(Strangeness(*parts[:4]), parts[4])


def _whitening(covariance: Floats) -> Floats:
    lower = np.linalg.cholesky(covariance)
    return np.asarray(solve_triangular(lower, np.eye(len(lower)), lower=True)).T


def auroc(strange: Floats, known: Floats) -> float:
    """Return the probability that an image of nothing known (n,) is stranger than a known one (m,); ties count half."""
    from scipy.stats import rankdata

    ranks = rankdata(np.concatenate([strange, known]))[: len(strange)]
    return float((ranks.sum() - len(strange) * (len(strange) + 1) / 2) / (len(strange) * len(known)))
