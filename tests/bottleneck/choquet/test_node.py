"""The fit at one node: the optimum of a convex problem, found over a few terms."""

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import logsumexp

from seston.bottleneck.choquet.capacity import Capacity
from seston.bottleneck.choquet.node import STEADY, NodeFit, Sample, fit_node

SIZE, CHILDREN, IMAGES = 4, 3, 300


def sample(seed: int = 0, sharp: float = 6.0) -> Sample:
    rng = np.random.default_rng(seed)
    values, agrees = rng.random((IMAGES, SIZE)), rng.random((CHILDREN, SIZE)) < 0.5
    toward = np.where(agrees[:, None], values, 1 - values)
    scores = sharp * np.minimum(toward[:, :, 0], toward[:, :, 1]) + sharp * np.maximum(toward[:, :, 2], toward[:, :, 3])
    child = (scores + rng.gumbel(size=scores.shape)).argmax(axis=0)
    return Sample(values, child, np.full(IMAGES, 1 / IMAGES), agrees)


def over_all_terms(given: Sample, penalty: float) -> float:
    """The same problem with every term in it, by a general solver."""
    one, other = np.triu_indices(SIZE, 1)
    first, second = np.r_[np.arange(SIZE), one, one], np.r_[np.arange(SIZE), other, other]
    upper = np.r_[np.zeros(SIZE + len(one), bool), np.ones(len(one), bool)]
    full = Capacity(SIZE, first, second, upper, np.zeros(len(first)))
    columns = [full.terms(given.agreement(child)) for child in range(CHILDREN)]
    per_child = len(first)

    def loss(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        weights, bias = parameters[:-CHILDREN].reshape(CHILDREN, per_child), parameters[-CHILDREN:]
        scores = np.stack([c @ w for c, w in zip(columns, weights, strict=True)], axis=1) + bias
        logs = scores[np.arange(IMAGES), given.child] - logsumexp(scores, axis=1)
        slope = (np.exp(scores - logsumexp(scores, axis=1, keepdims=True)) - np.eye(CHILDREN)[given.child]) / IMAGES
        along = [columns[child].T @ slope[:, child] + penalty for child in range(CHILDREN)]
        value = float(-logs.mean() + penalty * weights.sum() + STEADY / 2 * (parameters**2).sum())
        return value, np.concatenate([*along, slope.sum(axis=0)]) + STEADY * parameters

    start = np.zeros(CHILDREN * per_child + CHILDREN)
    bounds = [(0, None)] * (CHILDREN * per_child) + [(None, None)] * CHILDREN
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 2000})
    return float(found.fun)


@pytest.mark.parametrize("penalty", [0.03, 0.003])
def test_the_optimum_over_all_terms_is_reached(penalty: float) -> None:
    fit = fit_node(sample(), penalty)
    assert fit.loss == pytest.approx(over_all_terms(sample(), penalty), abs=2e-4)
    assert fit.violation < 0.1


def terms_of(fit: NodeFit) -> set[tuple[int, int, bool]]:
    return {
        (int(one), int(other), bool(upper))
        for c in fit.capacities
        for one, other, upper in zip(c.first, c.second, c.upper, strict=True)
    }


def test_the_pairs_that_made_the_data_are_found() -> None:
    found = terms_of(fit_node(sample(1, sharp=12.0), 0.01))
    assert {(0, 1, False), (2, 3, True)} <= found


def test_weights_are_never_negative_and_a_strong_penalty_leaves_none() -> None:
    assert all((c.weights >= 0).all() for c in fit_node(sample(), 0.003).capacities)
    fit = fit_node(sample(), 10.0)
    assert not terms_of(fit)
    shares = np.bincount(sample().child) / IMAGES
    assert np.exp(fit.bias) / np.exp(fit.bias).sum() == pytest.approx(shares, rel=1e-3)


def test_separable_images_give_finite_weights() -> None:
    values = np.repeat([[0.0], [1.0]], 20, axis=0)
    given = Sample(values, np.repeat([0, 1], 20), np.full(40, 1 / 40), np.array([[False], [True]]))
    fit = fit_node(given, 1e-3)
    assert np.isfinite(fit.bias).all()
    assert all(np.isfinite(c.weights).all() and c.weights.sum() < 100 for c in fit.capacities)


def test_a_child_without_images_is_unlikely_and_finite() -> None:
    given = sample()
    two = Sample(given.values, np.minimum(given.child, 1), given.weight, given.agrees)
    fit = fit_node(two, 0.01)
    assert np.isfinite(fit.bias).all()
    assert fit.bias[2] < fit.bias[:2].min() - 2
