"""Predictions out of fold: every image once, by a model that has not seen it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seston.bottleneck.folds import FOLDS, Predict, folds, out_of_fold, without_folds
from seston.bottleneck.statistics import LabelStatistics


@given(st.lists(st.integers(0, 4), min_size=1, max_size=40))
def test_folds_share_out_the_images_evenly(labels: list[int]) -> None:
    codes = np.array(labels)
    parts = folds(codes)
    assert sorted(np.concatenate(parts).tolist()) == list(range(len(codes)))
    for label in set(labels):
        counts = [(codes[fold] == label).sum() for fold in parts] + [0] * (FOLDS - len(parts))
        assert max(counts) - min(counts) <= 1


@pytest.mark.parametrize("n_images", [2, 5, 40])
def test_an_image_is_predicted_without_itself(n_images: int) -> None:
    rng = np.random.default_rng(n_images)
    features, codes = rng.normal(size=(n_images, 3)), np.arange(n_images) % 2
    whole = LabelStatistics.of(features, codes, 2)
    seen: list[LabelStatistics] = []

    def fit(statistics: LabelStatistics) -> Predict:
        seen.append(statistics)
        return lambda images: images @ statistics.gram

    found = out_of_fold(features, without_folds(features, codes, whole), fit)
    for fold, statistics in zip(folds(codes), seen, strict=True):
        others = np.setdiff1d(np.arange(n_images), fold)
        expected = LabelStatistics.of(features[others], codes[others], 2)
        assert np.allclose(statistics.gram, expected.gram)
        assert np.allclose(statistics.sums, expected.sums)
        assert np.allclose(found[fold], features[fold] @ expected.gram)


def test_a_label_that_is_left_without_images_is_not_seen() -> None:
    features, codes = np.eye(5)[:, :3] + 0.1, np.array([0, 0, 0, 0, 1])
    whole = LabelStatistics.of(features, codes, 2)
    left = whole.without(LabelStatistics.of(features[4:], codes[4:], 2))
    assert left.seen.tolist() == [True, False]
    assert (left.sums[1] == 0).all()
