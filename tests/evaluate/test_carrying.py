"""Whether concepts carry over: what the figures are on worlds where the answer is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seston.bottleneck.fit import strict_head
from seston.bottleneck.prototypes import Discriminant
from seston.bottleneck.sparse import fit_detectors
from seston.bottleneck.statistics import LabelStatistics
from seston.bottleneck.tree import DecisionTree, Floats
from seston.evaluate.carrying.auc import balanced_auc
from seston.evaluate.carrying.deletion import deletion_figures, deletions
from seston.evaluate.carrying.impurity import impurity
from seston.evaluate.carrying.leaving import clades, scaled, scored
from seston.evaluate.carrying.selective import selective_figures
from seston.evaluate.carrying.transfer import Leavings, evidence, judged_concepts, regressed, sides_of
from seston.evaluate.controls import random_rows
from seston.evaluate.unseen import Images
from tests.bottleneck.worlds import World, world

RIDGE = 0.1


@pytest.fixture(scope="module")
def made() -> World:
    return world(n_labels=40, n_concepts=12, per_label=12)


@pytest.fixture(scope="module")
def leavings(made: World) -> Leavings:
    even = np.arange(len(made.codes)) % 2 == 0
    train, test = (Images(made.features[part], made.codes[part]) for part in (even, ~even))
    return Leavings.of(made.tree, train, test, RIDGE)


@given(st.integers(0, 10_000))
def test_balanced_auc_is_the_mean_over_pairs_of_labels(seed: int) -> None:
    rng = np.random.default_rng(seed)
    codes = rng.integers(0, 5, 30)
    values = rng.integers(0, 6, 30).astype(float)
    sides = np.array([[1.0], [0.0], [np.nan], [1.0], [0.0]])
    pairs = [
        (np.sign(values[codes == p][:, None] - values[codes == a][None]) / 2 + 0.5).mean()
        for p in (0, 3)
        for a in (1, 4)
        if (codes == p).any() and (codes == a).any()
    ]
    found = balanced_auc(values, codes, sides)[0]
    assert found == pytest.approx(np.mean(pairs)) if pairs else np.isnan(found)


def test_every_label_stands_in_one_clade_and_those_under_a_large_node_together() -> None:
    labels = ("a", "b", "c", "d", "e")
    tree = DecisionTree(("root", "large", "small", *labels), (-1, 0, 1, 1, 1, 2, 2, 0), labels)
    assert [clade.tolist() for clade in clades(tree, most=2)] == [[4], [0, 1], [2, 3]]
    assert [clade.tolist() for clade in clades(tree, most=5)] == [[4], [0, 1], [2, 3]]
    assert [clade.tolist() for clade in clades(DecisionTree.flat(labels))] == [[0], [1], [2], [3], [4]]


def test_detectors_among_label_means_are_those_of_the_sparse_head(made: World) -> None:
    statistics = LabelStatistics.of(made.features, made.codes, len(made.rows))
    discriminant = Discriminant.of(statistics, RIDGE)
    unit = scaled(regressed(discriminant, made.rows), discriminant.overlap)
    wanted = fit_detectors(statistics, made.rows, RIDGE)[1]
    assert discriminant.whitened @ unit == pytest.approx(wanted, rel=1e-6, abs=1e-9)


def test_evidence_among_label_means_is_that_of_the_strict_head(made: World) -> None:
    statistics = LabelStatistics.of(made.features, made.codes, len(made.rows))
    discriminant = Discriminant.of(statistics, RIDGE)
    head = strict_head(statistics, made.rows, RIDGE, 0.01, 1.0, made.names)
    assert discriminant.whitened @ evidence(discriminant, made.rows, 0.01, 1.0) == pytest.approx(head.directions)


def test_true_rows_carry_over_and_random_ones_do_not(made: World, leavings: Leavings) -> None:
    true = leavings.transfer(made.rows, regressed)
    false = leavings.transfer(random_rows(made.rows, 3), regressed)
    assert true.figures["clade"] is not None
    assert min(true.figures[key] or 0 for key in ("seen", "clade", "inside", "train_clade")) > 0.9
    assert true.carries(0.7).all()
    assert np.median(false.clade) == pytest.approx(0.5, abs=0.1)
    assert not false.carries(0.7).any()
    assert true.worth > false.worth


def test_a_label_left_out_has_no_part_in_its_own_detector(made: World, leavings: Leavings) -> None:
    """Its row may be anything: the scores of its images stay."""
    changed = made.rows.copy()
    changed[7] = 1 - changed[7]
    counts = len(leavings.train.codes), len(leavings.test.codes)
    before, after = (scored(leavings.by_label, rows, regressed, *counts)[1] for rows in (made.rows, changed))
    own = leavings.test.codes == 7
    assert np.array_equal(before[own], after[own])
    assert not np.array_equal(before[~own], after[~own])


def test_concepts_that_few_labels_show_or_that_are_open_are_not_judged() -> None:
    rows = np.zeros((8, 3))
    rows[:3, 0], rows[:2, 1], rows[2, 1], rows[:3, 2], rows[3:6, 2] = 1, 1, 0.75, 1, 0.5
    assert judged_concepts(sides_of(rows)).tolist() == [0]


def test_decisions_rest_on_their_weightiest_reasons(made: World) -> None:
    statistics = LabelStatistics.of(made.features, made.codes, len(made.rows))
    head = strict_head(statistics, made.rows, RIDGE, 0.01, 1.0, made.names)
    own = deletions(head, made.features, made.features)
    nothing = deletions(head, made.features, made.features, np.zeros(12, dtype=bool))
    found = deletion_figures(own, {"nothing": nothing})
    assert found["difference"] == pytest.approx(found["named"] - found["random"])
    assert found["difference"] > 5 * found["difference_se"]
    assert found["over_nothing"] == pytest.approx(found["named"])
    assert deletion_figures(nothing)["named"] == 0


def test_scores_that_are_the_concepts_have_no_impurity_and_scores_that_are_others_have(made: World) -> None:
    true: Floats = made.rows[made.codes]
    assert impurity(true, made.codes, made.rows) == pytest.approx(0)
    mixed = true + 0.4 * np.roll(true, 1, axis=1)
    assert impurity(np.roll(true, 1, axis=1), made.codes, made.rows) > impurity(mixed, made.codes, made.rows) > 0.05


def test_the_tree_answers_more_than_a_flat_model_at_the_same_risk(made: World) -> None:
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 40, 4000)
    # Half of the images are known to the label, half only to the node above it.
    half = made.tree.members[:, 2]
    unsure = np.where(half == half[truth][:, None], 1.0, 0.01)
    leaves = np.where((rng.random(4000) < 0.5)[:, None], np.eye(40)[truth] + 1e-4, unsure / unsure.sum(axis=1)[:, None])
    leaves /= leaves.sum(axis=1)[:, None]
    found = selective_figures(made.tree, (leaves[:2000], truth[:2000]), (leaves[2000:], truth[2000:]))
    for risk, figures in found.items():
        assert figures["tree"]["wrong"] <= float(risk) + 0.02
        assert figures["tree"]["answered"] > figures["flat"]["answered"]
        assert figures["difference"]["bits"] > 5 * figures["difference"]["bits_se"]
