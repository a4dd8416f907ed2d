"""The black box is the ridge regression of scikit-learn, with weights."""

import numpy as np
import pytest
from sklearn.linear_model import Ridge as Reference

from seston.bottleneck.prototypes import PRIOR_POWER, ridged
from seston.bottleneck.train import LabelledFeatures
from seston.evaluate.blackbox import _fit, _weighted_gram, probabilities, train_ridge
from tests.bottleneck.worlds import world

WORLD = world(noise=0.8)
LEARNED = LabelledFeatures.of(WORLD.features, WORLD.codes, 6)


def test_it_learns() -> None:
    model, ridge = train_ridge(LEARNED)
    leaves = probabilities(model, WORLD.features)
    assert (leaves.argmax(axis=1) == WORLD.codes).mean() > 0.95
    assert leaves.sum(axis=1) == pytest.approx(1)
    assert 0.003 <= ridge <= 0.3


def test_it_is_weighted_ridge() -> None:
    """The same penalty in scikit-learn, whose features are scaled so that the penalty's matrix is the identity."""
    statistics = LEARNED.whole
    model = _fit(_weighted_gram(WORLD.features, WORLD.codes, statistics), statistics, 0.1)
    prior = statistics.prior(PRIOR_POWER)
    penalty = ridged(statistics.within, 0.1) - statistics.within
    assert penalty == pytest.approx(penalty[0, 0] * np.eye(len(penalty)))
    weight = (prior / statistics.counts)[WORLD.codes]
    fitted = Reference(alpha=penalty[0, 0]).fit(WORLD.features.astype(float), np.eye(6)[WORLD.codes], weight)
    assert model.logits(WORLD.features) == pytest.approx(fitted.predict(WORLD.features.astype(float)), abs=1e-5)


def test_labels_without_images_are_never_answered() -> None:
    some = WORLD.codes != 3
    model, _ = train_ridge(LabelledFeatures.of(WORLD.features[some], WORLD.codes[some], 6))
    leaves = probabilities(model, WORLD.features[some])
    assert np.isfinite(leaves).all()
    assert 3 not in leaves.argmax(axis=1)
