"""The black box on the same features: ridge with the same class weights and the same inner choice of settings."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.decoding.calibration import temperature
from seston.bottleneck.decoding.decode import softmax
from seston.bottleneck.prototypes import PRIOR_POWER, ridged
from seston.bottleneck.statistics import LabelStatistics
from seston.bottleneck.train import RIDGES, LabelledFeatures
from seston.bottleneck.tree import Floats, Ints


@dataclass(frozen=True, eq=False)
class Ridge:
    """Weighted ridge regression on the labels' indicators.

    Parameters
    ----------
    center
        (n_features,).
    weights
        (n_features, n_labels).
    bias
        (n_labels,).
    """

    center: Floats
    weights: Floats
    bias: Floats

    def logits(self, features: NDArray[np.floating]) -> Floats:
        """Return scores (n_images, n_labels) of features (n_images, n_features)."""
        return np.asarray((features.astype(np.float64) - self.center) @ self.weights + self.bias)


def train_ridge(data: LabelledFeatures) -> tuple[Ridge, float]:
    """Fit ridge on labelled images, its ridge chosen on the images held out.

    Returns
    -------
    Ridge, float
        The model, whose logits are calibrated, and the ridge chosen.
    """
    kept, held = ~data.held, data.held
    trials = {}
    gram = _weighted_gram(data.features[kept], data.codes[kept], data.inner)
    for ridge in (RIDGES[0] / 10, RIDGES[0] / 3, *RIDGES):
        model = _fit(gram, data.inner, ridge)
        logits = model.logits(data.features[held])
        trials[ridge] = data.judged(logits), logits
    ridge = max(trials, key=lambda trial: trials[trial][0])
    heat = temperature(trials[ridge][1], data.codes[held])
    model = _fit(_weighted_gram(data.features, data.codes, data.whole), data.whole, ridge)
    return Ridge(model.center, model.weights / heat, model.bias / heat), ridge


def probabilities(model: Ridge, features: NDArray[np.floating]) -> Floats:
    """Return leaf probabilities (n_images, n_labels)."""
    return softmax(model.logits(features))


def _weighted_gram(features: NDArray[np.floating], codes: Ints, statistics: LabelStatistics) -> Floats:
    prior = statistics.prior(PRIOR_POWER)
    root = np.sqrt(prior / np.maximum(statistics.counts, 1))[codes]
    weighted = (features - prior @ statistics.means) * root[:, None]
    return np.asarray(weighted.T @ weighted)


def _fit(gram: Floats, statistics: LabelStatistics, ridge: float) -> Ridge:
    from scipy.linalg import cho_factor, cho_solve

    prior = statistics.prior(PRIOR_POWER)
    center = prior @ statistics.means
    targets = np.where(statistics.seen[:, None], statistics.means - center, 0.0) * prior[:, None]
    penalty = ridged(statistics.within, ridge) - statistics.within
    return Ridge(center, cho_solve(cho_factor(gram + penalty), targets.T), prior)
