"""Labels never seen: true rows tell them apart, rows that mean nothing do not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seston.bottleneck.tree import Floats
from seston.evaluate.controls import random_rows, shuffled_rows
from seston.evaluate.holding import HELD, SEEDS
from seston.evaluate.unseen import LEAST, Images, balanced_recall, pool_of, unseen_accuracy
from tests.bottleneck.worlds import World, world

CHANCE = 1 / HELD


@pytest.fixture(scope="module")
def found() -> dict[str, Floats]:
    made = world(n_labels=60, n_concepts=16, per_label=12)
    even = np.arange(len(made.codes)) % 2 == 0
    known = np.random.default_rng(5).random(made.rows.shape) < 0.8
    variants = {
        "rows": made.rows,
        "with gaps": np.where(known, made.rows, np.nan),
        "shuffled": shuffled_rows(made.rows, 0),
        "random": random_rows(made.rows, 0),
        "nothing": np.zeros((60, 1)),
    }
    train, test = (Images(made.features[part], made.codes[part]) for part in (even, ~even))
    return unseen_accuracy(train, test, made.tree.labels, variants)


def test_true_rows_know_labels_never_seen(found: dict[str, Floats]) -> None:
    assert found["rows"].shape == (SEEDS,)
    assert found["rows"].min() > 0.8
    assert found["with gaps"].mean() > 0.5


@pytest.mark.parametrize("control", ["shuffled", "random"])
def test_rows_that_mean_nothing_are_at_chance(found: dict[str, Floats], control: str) -> None:
    error = found[control].std(ddof=1) / np.sqrt(SEEDS)
    assert abs(found[control].mean() - CHANCE) < 4 * error + 0.02
    assert (found["rows"] > 5 * found[control]).all()


def test_who_knows_nothing_is_exactly_at_chance(found: dict[str, Floats]) -> None:
    assert found["nothing"] == pytest.approx(CHANCE)


def test_the_same_again(found: dict[str, Floats]) -> None:
    made = world(n_labels=44, n_concepts=12, per_label=6)
    images = Images(made.features, made.codes)
    once, again = (unseen_accuracy(images, images, made.tree.labels, {"rows": made.rows})["rows"] for _ in range(2))
    assert np.array_equal(once, again)


def test_too_few_labels_give_no_figure() -> None:
    made = world(n_labels=LEAST - 1, per_label=2)
    images = Images(made.features, made.codes)
    assert unseen_accuracy(images, images, made.tree.labels, {"rows": made.rows}) == {}


@given(st.integers(1, 6), st.integers(2, 6), st.integers(0, 99))
def test_a_tie_among_k_counts_one_in_k(tied: int, candidates: int, seed: int) -> None:
    tied = min(tied, candidates)
    truth = np.zeros(4, dtype=np.int64)
    logits = np.full((4, candidates), -1.0)
    logits[:, :tied] = 7.0
    assert balanced_recall(logits, truth) == pytest.approx(1 / tied)
    assert balanced_recall(np.zeros((4, candidates)), truth) == pytest.approx(1 / candidates)


def test_recall_is_a_mean_over_labels_not_images() -> None:
    logits = np.array([[1.0, 0], [1, 0], [1, 0], [1, 0]])
    assert balanced_recall(logits, np.array([0, 0, 0, 1])) == 0.5


def test_the_pool_is_sorted_by_name_without_unknowns_and_artifacts() -> None:
    labels = ("planktonset:b", "worms:1", "planktonset:unknown_sticks", "planktonset:artifacts_edge", "planktonset:a")
    assert [labels[place] for place in pool_of(labels)] == ["worms:1", "planktonset:a", "planktonset:b"]


def test_held_out_labels_teach_nothing() -> None:
    """The train images of the held-out labels may be anything: the figure does not change."""
    made = world(n_labels=50, n_concepts=12, per_label=6)
    spoilt = _spoilt(made, np.random.default_rng(0).choice(pool_of(made.tree.labels), HELD, replace=False))
    test = Images(made.features, made.codes)
    first, second = (
        unseen_accuracy(Images(features, made.codes), test, made.tree.labels, {"rows": made.rows})["rows"][0]
        for features in (made.features, spoilt)
    )
    assert first == second


def _spoilt(made: World, labels: np.ndarray) -> np.ndarray:
    features = made.features.copy()
    features[np.isin(made.codes, labels)] += 100
    return features
