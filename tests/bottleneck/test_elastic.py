"""The elastic net's path: optimal at every penalty, empty at the first."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from seston.bottleneck.elastic import MIX, Scored, Solution, elastic_path, penalties
from tests.bottleneck.worlds import world

WORLD = world(n_labels=4, n_concepts=5, per_label=40, noise=1.0)
SCORES = (WORLD.features - WORLD.features.mean(axis=0)) / WORLD.features.std(axis=0)
IMAGES = Scored.of(SCORES.astype(np.float64), WORLD.codes, 4)
PATH = penalties(IMAGES.strongest(), 6, 0.02)


def objective(images: Scored, weights: np.ndarray, bias: np.ndarray, penalty: float) -> float:
    loss, _ = images.slope(images.scores @ weights.T + bias)
    return float(loss + penalty * (MIX * np.abs(weights).sum() + (1 - MIX) / 2 * (weights**2).sum()))


@pytest.fixture(scope="module")
def solutions() -> list[Solution]:
    return list(elastic_path(IMAGES, PATH))


def test_no_concept_at_the_strongest_penalty_and_ever_more_below(solutions: list[Solution]) -> None:
    used = [solution.concepts_a_label for solution in solutions]
    assert used[0] == 0
    assert used == sorted(used)
    assert used[-1] > 3


def test_it_is_as_good_as_scikit_learns(solutions: list[Solution]) -> None:
    for solution in solutions[1:]:
        # lbfgs knows no absolute values, so saga it is; without an intercept's decay on dense data.
        theirs = LogisticRegression(
            solver="saga", l1_ratio=MIX, C=1 / (len(SCORES) * solution.penalty), max_iter=3000, tol=1e-6, random_state=0
        ).fit(SCORES, WORLD.codes)
        reached = objective(IMAGES, theirs.coef_, theirs.intercept_, solution.penalty)
        assert solution.objective == pytest.approx(
            objective(IMAGES, solution.weights, solution.bias, solution.penalty), abs=1e-9
        )
        assert solution.objective <= reached * (1 + 1e-4)


def test_weighing_an_image_twice_is_having_it_twice() -> None:
    twice = np.r_[np.arange(160), np.arange(80)]
    doubled = Scored.of(IMAGES.scores[twice], WORLD.codes[twice], 4)
    weighed = Scored.of(IMAGES.scores, WORLD.codes, 4, np.r_[np.full(80, 2.0), np.ones(80)])
    one, other = (list(elastic_path(images, PATH[2:4]))[-1] for images in (doubled, weighed))
    assert one.objective == pytest.approx(other.objective, rel=1e-6)
    assert one.weights == pytest.approx(other.weights, abs=1e-4)
