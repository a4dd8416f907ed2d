"""Figures against scikit-learn, small cases by hand, and what must always hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn import metrics as reference

from seston.bottleneck.decoding.decode import softmax
from seston.bottleneck.tree import DecisionTree
from seston.evaluate.metrics import (
    balanced_accuracy,
    classification_figures,
    expected_calibration_error,
    hierarchical_f1,
    macro_f1,
    top1,
    tree_distance,
)

Ints = NDArray[np.int64]

#          root ─ living ─ copepod ─ calanoid, oithona
#                └ detritus       └ medusa (under living)
TREE = DecisionTree(
    ("root", "living", "copepod", "calanoid", "oithona", "medusa", "detritus"),
    (-1, 0, 1, 2, 2, 1, 0),
    ("calanoid", "oithona", "medusa", "detritus"),
)
CALANOID, OITHONA, MEDUSA, DETRITUS = 0, 1, 2, 3


@st.composite
def answers(draw: st.DrawFn) -> tuple[Ints, Ints]:
    truth = draw(st.lists(st.integers(0, 3), min_size=1, max_size=30))
    predicted = draw(st.lists(st.integers(0, 3), min_size=len(truth), max_size=len(truth)))
    return np.array(truth), np.array(predicted)


@pytest.mark.filterwarnings("ignore:y_pred contains classes not in y_true", "ignore:A single label was found")
@given(answers())
def test_flat_figures_are_those_of_scikit_learn(pair: tuple[Ints, Ints]) -> None:
    truth, predicted = pair
    assert top1(truth, predicted) == pytest.approx(reference.accuracy_score(truth, predicted))
    assert balanced_accuracy(truth, predicted) == pytest.approx(reference.balanced_accuracy_score(truth, predicted))
    labels = np.unique(truth)
    expected = reference.f1_score(truth, predicted, labels=labels, average="macro", zero_division=0)
    assert macro_f1(truth, predicted) == pytest.approx(expected)


@given(answers())
def test_figures_on_the_tree_keep_their_bounds(pair: tuple[Ints, Ints]) -> None:
    truth, predicted = (TREE.leaves[codes] for codes in pair)
    f1 = hierarchical_f1(TREE, truth, predicted)
    distance, severity = tree_distance(TREE, truth, predicted)
    assert 0 <= top1(truth, predicted) <= 1
    assert 0 <= f1 <= 1
    assert (f1 == 1) == (distance == 0) == bool((truth == predicted).all())
    assert distance <= severity or severity == 0
    assert severity == 0 or severity >= 2
    assert hierarchical_f1(TREE, predicted, truth) == pytest.approx(f1)


def test_hierarchical_f1_by_hand() -> None:
    # Ancestor sets without the root: {living, copepod, calanoid} and {living, copepod, oithona}: 2 of 3 shared.
    truth, predicted = TREE.leaves[[CALANOID]], TREE.leaves[[OITHONA]]
    assert hierarchical_f1(TREE, truth, predicted) == pytest.approx(2 / 3)
    # An answer higher up is right as far as it goes: {living, copepod} of {living, copepod, calanoid}.
    assert hierarchical_f1(TREE, truth, np.array([2])) == pytest.approx(4 / 5)
    assert hierarchical_f1(TREE, truth, TREE.leaves[[DETRITUS]]) == 0


def test_distance_and_severity_by_hand() -> None:
    truth = TREE.leaves[[CALANOID, CALANOID, CALANOID, CALANOID]]
    predicted = TREE.leaves[[CALANOID, OITHONA, MEDUSA, DETRITUS]]
    assert tree_distance(TREE, truth, predicted) == pytest.approx(((0 + 2 + 3 + 4) / 4, 3))
    assert tree_distance(TREE, truth, truth) == (0, 0)


def test_calibration_error_by_hand() -> None:
    # Two images at 0.9, one right: a gap of 0.4 for each; two at 0.6, both right: 0.4 as well.
    leaves = np.array([[0.9, 0.1], [0.9, 0.1], [0.6, 0.4], [0.6, 0.4]])
    assert expected_calibration_error(np.array([0, 1, 0, 0]), leaves) == pytest.approx(0.4)


def test_a_model_that_is_as_often_right_as_it_says_is_calibrated() -> None:
    rng = np.random.default_rng(0)
    leaves = softmax(2 * rng.normal(size=(20_000, 4)))
    truth = np.array([rng.choice(4, p=row) for row in leaves])
    assert expected_calibration_error(truth, leaves) < 0.02
    sharper = softmax(3 * np.log(leaves))
    assert expected_calibration_error(truth, sharper) > 0.1


@given(answers())
def test_calibration_error_lies_between_0_and_1(pair: tuple[Ints, Ints]) -> None:
    truth, predicted = pair
    certain = np.eye(4)[predicted]
    assert expected_calibration_error(truth, certain) == pytest.approx(1 - top1(truth, predicted))


def test_all_figures_of_a_classification() -> None:
    truth = np.array([CALANOID, OITHONA, MEDUSA, DETRITUS])
    figures = classification_figures(TREE, truth, np.eye(4)[[CALANOID, CALANOID, MEDUSA, DETRITUS]])
    assert figures["n"] == 4
    assert figures["top1"] == 0.75
    assert figures["balanced_accuracy"] == 0.75
    assert figures["lca_distance"] == 0.5
    assert figures["mistake_severity"] == 2
    assert set(figures) == {
        "n", "top1", "balanced_accuracy", "macro_f1", "hf1", "lca_distance", "mistake_severity", "ece",
    }  # fmt: skip
