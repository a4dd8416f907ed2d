"""Images named above the labels teach the labels under their node."""

import numpy as np
import pytest

from seston.bottleneck.coarse import CoarseImages, with_coarse
from seston.bottleneck.statistics import LabelStatistics
from seston.bottleneck.train import LabelledFeatures, train_strict
from tests.bottleneck.worlds import World, world


def _drawn(made: World, per_label: int) -> tuple[LabelledFeatures, np.ndarray]:
    rank = np.arange(len(made.codes)) % np.bincount(made.codes)[0]
    own = rank < per_label
    return LabelledFeatures.of(made.features[own], made.codes[own], len(made.rows)), ~own


def _pairs(made: World, chosen: np.ndarray) -> CoarseImages:
    """Each image is named after a node above its label and one other."""
    pairs = np.arange(len(made.rows)) // 2
    under = pairs == pairs[made.codes[chosen]][:, None]
    return CoarseImages(tuple(f"worms:{pair}" for pair in np.unique(pairs)), made.features[chosen], under)


@pytest.mark.parametrize("seed", range(3))
def test_coarse_images_make_a_head_more_accurate(seed: int) -> None:
    made = world(n_labels=20, n_concepts=10, per_label=60, noise=1.2, seed=seed)
    data, others = _drawn(made, 2)
    taught, judged = others & (np.arange(len(others)) % 2 == 0), others & (np.arange(len(others)) % 2 == 1)
    right = []
    for learned in (data, with_coarse(data, _pairs(made, taught), made.rows, made.names)):
        head, _ = train_strict(learned, made.rows, made.names)
        answer = head.logits(head.scores(made.features[judged])).argmax(axis=1)
        right.append((answer == made.codes[judged]).mean())
    assert right[1] > right[0] + 0.02


def test_shares_stay_under_the_node_and_add_to_one_image() -> None:
    made = world(per_label=10)
    data, others = _drawn(made, 5)
    joined = with_coarse(data, _pairs(made, others), made.rows, made.names)
    added = joined.whole.counts - data.whole.counts
    assert np.allclose(added.reshape(-1, 2).sum(axis=1), 10)
    assert np.allclose(joined.inner.counts - data.inner.counts, added)
    assert (joined.held == data.held).all()


def test_a_node_with_all_labels_or_with_none_that_has_images_teaches_nothing() -> None:
    made = world(per_label=10)
    some = made.codes < 3
    data = LabelledFeatures.of(made.features[some], made.codes[some], len(made.rows))
    under = np.tile(np.arange(len(made.rows)) >= 3, (5, 1))
    coarse = CoarseImages(("worms:1",), made.features[:5], under)
    assert with_coarse(data, coarse, made.rows, made.names) is data
    everything = CoarseImages(("seston:root",), made.features[:5], np.ones_like(under))
    assert with_coarse(data, everything, made.rows, made.names) is data
    assert with_coarse(data, None, made.rows, made.names) is data


def test_shares_of_one_are_labels() -> None:
    made = world(per_label=4)
    sure = np.eye(len(made.rows))[made.codes]
    shared = LabelStatistics.shared(made.features, sure)
    exact = LabelStatistics.of(made.features, made.codes, len(made.rows))
    for name in ("counts", "sums", "gram"):
        assert np.allclose(getattr(shared, name), getattr(exact, name))
