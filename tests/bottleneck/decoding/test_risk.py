"""Decoding for the expected distance, sets with a promised coverage, ranks, and images of nothing known."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from seston.bottleneck.decoding.calibrated import Calibration
from seston.bottleneck.decoding.conformal import coverage_over_splits, sets, subtree, threshold
from seston.bottleneck.decoding.decode import leaf, softmax
from seston.bottleneck.decoding.outside import Outside, Strangeness, auroc
from seston.bottleneck.decoding.ranks import Partition, partitions, rank_probabilities, rank_temperatures
from seston.bottleneck.decoding.risk import cheapest, expected_distance, lost_accuracy, price
from seston.bottleneck.statistics import LabelStatistics
from seston.bottleneck.train import LabelledFeatures
from seston.bottleneck.tree import DecisionTree
from seston.errors import InvalidData, MissingStage, UsageError
from tests.bottleneck.test_tree import answered

TREE = DecisionTree(
    ("root", "living", "phylum", "copepod", "calanoid", "oithona", "medusa", "not", "detritus"),
    (-1, 0, 1, 2, 3, 3, 2, 0, 7),
    ("calanoid", "oithona", "medusa", "detritus"),
)
RANKS = ("", "", "phylum", "class", "label", "label", "label", "", "label")


def drawn(n: int = 3000, seed: int = 0, sharp: float = 2.0) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Logits that are honest, with labels drawn from them."""
    rng = np.random.default_rng(seed)
    logits = sharp * rng.normal(size=(n, 4))
    truth = (logits + rng.gumbel(size=logits.shape)).argmax(axis=1)
    return logits, truth


@given(answered(), st.floats(0, 10))
def test_no_node_is_cheaper(given_: tuple[DecisionTree, NDArray[np.float64]], missed: float) -> None:
    tree, leaves = given_
    answer = cheapest(tree, leaves, missed)
    for image, shares in enumerate(leaves):
        costs = [
            sum(
                share
                * (tree.distance(np.array([node]), tree.leaves[[label]])[0] + missed * (node != tree.leaves[label]))
                for label, share in enumerate(shares)
            )
            for node in range(len(tree.nodes))
        ]
        assert costs[answer[image]] == pytest.approx(min(costs))


def test_the_dearer_a_miss_the_more_labels_are_named() -> None:
    leaves = softmax(drawn()[0])
    assert (cheapest(TREE, leaves, 1e6) == leaf(TREE, leaves)).all()
    lost = [lost_accuracy(TREE, leaves, cheapest(TREE, leaves, missed)) for missed in (0, 1, 4, 16)]
    assert lost == sorted(lost, reverse=True)
    assert lost[0] > lost[-1]


@pytest.mark.parametrize("counted", [True, False])
def test_the_price_keeps_the_accuracy_and_shortens_the_way(counted: bool) -> None:
    logits, truth = drawn()
    leaves = softmax(logits)
    answer = cheapest(TREE, leaves, price(TREE, leaves, 0.01, truth if counted else None))
    flat = leaf(TREE, leaves)
    assert lost_accuracy(TREE, leaves, answer, truth) < 0.02
    assert TREE.distance(answer, TREE.leaves[truth]).mean() < 0.98 * TREE.distance(flat, TREE.leaves[truth]).mean()
    assert expected_distance(TREE, leaves).shape == (3000, 9)


def test_nothing_to_lose_has_no_price() -> None:
    sure = np.eye(4)
    assert price(TREE, sure) == 0.0
    assert (cheapest(TREE, sure) == TREE.leaves).all()


@pytest.mark.parametrize("rank", ["phylum", "class", "label"])
@pytest.mark.parametrize("coverage", [0.8, 0.9, 0.95])
def test_sets_hold_the_truth_as_often_as_promised(rank: str, coverage: float) -> None:
    logits, truth = drawn(1000)
    part = Partition.of(TREE, RANKS, rank)
    covered, size = coverage_over_splits(part.probabilities(softmax(logits)), part.group[truth], coverage)
    assert covered.mean() > coverage - 0.01
    assert 1 <= size.mean() <= len(part.nodes)


def test_the_threshold_is_the_conformal_quantile() -> None:
    shares = np.stack([np.linspace(0.05, 0.95, 19), 1 - np.linspace(0.05, 0.95, 19)], axis=1)
    truth = np.zeros(19, dtype=np.int64)
    # ceil(20 · 0.9) = 18 of the 19 pass.
    assert threshold(shares, truth, 0.9) == pytest.approx(shares[1, 0])
    assert threshold(shares[:5], truth[:5], 0.9) == 0.0
    with pytest.raises(UsageError, match="A coverage lies between 0 and 1"):
        threshold(shares, truth, 1.0)
    with pytest.raises(InvalidData, match="No images to calibrate"):
        threshold(shares[:0], truth[:0], 0.9)


def test_a_set_is_never_empty_and_lies_in_one_subtree() -> None:
    assert sets(np.array([[0.3, 0.4, 0.3]]), 0.9).tolist() == [[False, True, False]]
    assert TREE.nodes[subtree(TREE, TREE.leaves[[0, 1]])] == "copepod"
    assert TREE.nodes[subtree(TREE, TREE.leaves[[0, 2]])] == "phylum"
    assert TREE.nodes[subtree(TREE, TREE.leaves[[0, 3]])] == "root"


def test_ranks_part_the_labels_ever_finer() -> None:
    parts = partitions(TREE, RANKS)
    assert {rank: len(part.nodes) for rank, part in parts.items()} == {"kingdom": 2, "class": 3, "label": 4}
    assert [TREE.nodes[n] for n in parts["class"].nodes[parts["class"].group]] == [
        "copepod",
        "copepod",
        "phylum",
        "not",
    ]
    with pytest.raises(UsageError, match="No rank 'tribe'"):
        Partition.of(TREE, RANKS, "tribe")


def test_temperatures_of_ranks_make_them_honest() -> None:
    logits, truth = drawn(20000)
    for rank, heat in rank_temperatures(partitions(TREE, RANKS), 3 * logits, truth).items():
        assert heat == pytest.approx(3, rel=0.15), rank
    part = Partition.of(TREE, RANKS, "label")
    assert rank_probabilities(part, 3 * logits, 3.0) == pytest.approx(softmax(logits)[:, np.argsort(part.group)])


def test_calibration_of_many_images_counts_and_of_few_expects() -> None:
    logits, truth = drawn(3000)
    many = Calibration.of(TREE, 2 * logits, truth)
    assert many.scale == pytest.approx(np.full(4, 0.5), rel=0.2)
    few = Calibration.of(TREE, logits[:50], truth[:50])
    assert (few.scale == 1).all()
    assert few.missed > 0
    part = Partition.of(TREE, RANKS, "class")
    hits = [
        part.nodes[part.group[own]] in nodes for own, nodes in zip(truth, many.sets(part, 2 * logits, 0.9), strict=True)
    ]
    assert 0.89 < np.mean(hits) < 0.94
    assert many.temperatures(partitions(TREE, RANKS)).keys() == {"kingdom", "class", "label"}


def test_what_is_like_no_label_is_stranger() -> None:
    rng = np.random.default_rng(0)
    means = 6 * np.eye(4)
    codes = np.repeat(np.arange(4), 50)
    features = means[codes] + rng.normal(size=(200, 4))
    known = (codes < 3) & (rng.random(200) < 0.7)
    strangeness = Strangeness.of(LabelStatistics.of(features[known], codes[known], 4))
    found = strangeness.of_images(features)
    assert auroc(found[codes == 3], found[(codes < 3) & ~known]) > 0.95
    assert auroc(np.array([1.0]), np.array([1.0])) == 0.5
    assert auroc(np.array([2.0, 3.0]), np.array([1.0])) == 1.0


def test_known_images_are_as_strange_as_any_and_others_stranger(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    means, codes = 6 * rng.normal(size=(6, 8)), rng.integers(0, 6, 900)
    features = means[codes] + rng.normal(size=(900, 8))
    outside = Outside.of(LabelledFeatures.of(features[:600], codes[:600], 6))
    known, other = outside.of_images(features[600:]), outside.of_images(6 * rng.normal(size=(50, 8)))
    assert known.mean() == pytest.approx(0.5, abs=0.06)
    assert (known >= 0.95).mean() == pytest.approx(0.05, abs=0.04)
    assert (other >= 0.95).mean() > 0.8
    outside.save(tmp_path / "outside")
    assert Outside.load(tmp_path / "outside").of_images(features[600:]) == pytest.approx(known, abs=1e-3)
    with pytest.raises(MissingStage, match="No measure of strangeness"):
        Outside.load(tmp_path / "nothing")
