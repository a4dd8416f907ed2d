"""Weights that move together to name images better, drawn to where they were."""

import numpy as np

from seston.bottleneck.elastic import Scored
from seston.bottleneck.refit import refitted


def made(per_label: int, seed: int = 0) -> tuple[Scored, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    codes = np.repeat(np.arange(3), per_label)
    scores = 2 * np.eye(5)[codes] + rng.normal(size=(len(codes), 5))
    weights = np.zeros((4, 5))
    weights[[0, 0, 1, 2, 3], [0, 4, 1, 2, 3]] = 0.3
    return Scored.of(scores, codes, 4), weights, np.array([0.0, 0.0, 0.0, -20.0])


def loss(images: Scored, weights: np.ndarray, bias: np.ndarray) -> float:
    return images.slope(images.scores @ weights.T + bias)[0]


def test_images_are_named_better_and_no_concept_enters() -> None:
    images, weights, bias = made(10_000)
    moved, offset = refitted(images, weights, bias)
    assert loss(images, moved, offset) < 0.95 * loss(images, weights, bias)
    assert not moved[weights == 0].any()


def test_a_label_without_images_stays_as_it_is() -> None:
    images, weights, bias = made(1000)
    moved, offset = refitted(images, weights, bias)
    assert np.array_equal(moved[3], weights[3])
    assert offset[3] == bias[3]


def test_few_images_move_next_to_nothing() -> None:
    few, many = (np.abs(refitted(*made(n))[0] - made(n)[1]).max() for n in (10, 10_000))
    assert few < 0.1 * many
    assert few < 0.03


def test_without_any_weight_nothing_moves() -> None:
    images, weights, bias = made(10)
    moved, offset = refitted(images, 0 * weights, bias)
    assert not moved.any()
    assert offset is bias
