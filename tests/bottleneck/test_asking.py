"""Questions and answers: Bayes' rule, the most informative question, and answers that may be wrong."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seston.bottleneck.asking import Interview, concept_covariance, propagated
from seston.bottleneck.statistics import LabelStatistics
from seston.errors import UnknownConcept, UsageError

ROWS = np.array([[1.0, 0.0, np.nan, 1.0], [0.0, 0.0, 1.0, 1.0], [1.0, 1.0, 0.0, 1.0]])
CONCEPTS = ("a", "b", "c", "d")
ASKED = Interview(ROWS, CONCEPTS, 0.9)


def shares(seed: int, n: int = 5) -> np.ndarray:
    return np.random.default_rng(seed).dirichlet(np.ones(3), n)


def entropy(posterior: np.ndarray) -> np.ndarray:
    return np.asarray(-(posterior * np.log2(np.maximum(posterior, 1e-300))).sum(axis=1))


@given(st.integers(0, 500))
def test_the_gain_is_the_expected_fall_of_the_entropy(seed: int) -> None:
    posterior, gains = shares(seed), ASKED.gains(shares(seed))
    for column, concept in enumerate(CONCEPTS):
        if np.isnan(ROWS[:, column]).any():
            continue
        yes = posterior @ ASKED.yes[:, column]
        after = [entropy(ASKED.told(posterior, {concept: answer})) for answer in (1.0, 0.0)]
        expected = entropy(posterior) - yes * after[0] - (1 - yes) * after[1]
        assert gains[:, column] == pytest.approx(expected, abs=1e-9)


def test_what_all_labels_share_is_never_asked() -> None:
    assert ASKED.gains(shares(0))[:, 3] == pytest.approx(np.zeros(5), abs=1e-12)
    assert (ASKED.best(shares(0)) != 3).all()


def test_silence_brings_nothing() -> None:
    silent = Interview(np.where(np.arange(4) == 2, np.nan, ROWS), CONCEPTS)
    assert (silent.gains(shares(1))[:, 2] == 0).all()


def test_what_was_left_open_speaks_for_neither_answer_and_loses_to_what_is_known() -> None:
    posterior = np.full((1, 3), 1 / 3)
    interview = Interview(np.array([[1.0], [0.5], [0.0]]), ("a",), 0.9)
    for answer, first in ((1.0, 0), (0.0, 2)):
        after = interview.told(posterior, {"a": answer})[0]
        assert after[first] > after[1]
        assert after == pytest.approx(np.array([0.9, 0.125, 0.1] if answer else [0.1, 0.125, 0.9]) / 1.125)
    assert interview.expected_values(posterior)[0, 0] == pytest.approx(0.5)


@given(st.integers(0, 100))
def test_the_rise_is_that_of_the_likeliest_label(seed: int) -> None:
    rows = np.array([[1.0, 0.0, 1.0], [0.0, 0.5, 1.0], [1.0, 1.0, 0.0]])
    interview, posterior = Interview(rows, ("a", "b", "c"), 0.9), shares(seed)
    rises = interview.rises(posterior)
    for column, concept in enumerate(interview.concepts):
        yes, no = (posterior @ likely[:, column] for likely in (interview.yes, interview.no))
        after = [interview.told(posterior, {concept: answer}).max(axis=1) for answer in (1.0, 0.0)]
        unsure = posterior * (1 - interview.yes - interview.no)[:, column]
        stays = unsure[np.arange(5), posterior.argmax(axis=1)]
        assert rises[:, column] == pytest.approx(yes * after[0] + no * after[1] + stays - posterior.max(axis=1))


def test_a_question_that_leaves_the_same_label_ahead_is_not_asked_first() -> None:
    # The first concept tells the last labels apart, and brings more bits; the second decides who is first.
    rows = np.array([[0.0, 1.0], [0.0, 0.0], [0.0, 0.0], [1.0, 0.0]])
    interview = Interview(rows, ("last", "first"), 0.9)
    posterior = np.array([[0.46, 0.44, 0.0, 0.1]])
    assert interview.concepts[int(interview.best(posterior)[0])] == "first"


@given(st.integers(0, 100), st.lists(st.sampled_from([("a", 1.0), ("b", 0.0), ("c", 0.5)]), max_size=3))
def test_answers_come_in_any_order_and_unsure_changes_nothing(seed: int, answers: list[tuple[str, float]]) -> None:
    posterior = shares(seed)
    one = ASKED.told(posterior, dict(answers))
    other = ASKED.told(posterior, dict(reversed(answers)))
    assert one == pytest.approx(other)
    assert one.sum(axis=1) == pytest.approx(1)
    assert ASKED.told(posterior, {"c": 0.5}) == pytest.approx(posterior)


def test_a_wrong_answer_is_outweighed_by_right_ones() -> None:
    rows = np.eye(2).repeat(3, axis=1)
    interview = Interview(rows, tuple("abcdef"), 0.8)
    misled = interview.told(np.array([[0.5, 0.5]]), {"a": 0.0})
    assert misled[0, 0] < 0.5
    assert interview.told(misled, {"b": 1.0, "c": 1.0})[0, 0] > 0.5


def test_a_dear_question_must_bring_more() -> None:
    even = np.full((1, 3), 1 / 3)
    cheap = int(ASKED.best(even)[0])
    cost = np.ones(4)
    cost[cheap] = 100.0
    assert ASKED.best(even, cost=cost)[0] != cheap
    asked = np.zeros((1, 4), dtype=bool)
    asked[0, cheap] = True
    assert ASKED.best(even, asked)[0] != cheap


def test_an_answer_reaches_concepts_that_go_with_it() -> None:
    even = np.full((1, 3), 1 / 3)
    before, after = ASKED.expected_values(even), ASKED.expected_values(ASKED.told(even, {"b": 1.0}))
    assert after[0, 0] > before[0, 0]


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(UnknownConcept, match="No concept 'z'"):
        ASKED.told(shares(0), {"z": 1.0})
    for answer in (1.5, float("nan")):
        with pytest.raises(UsageError, match=r"lies in \[0, 1\]"):
            ASKED.told(shares(0), {"a": answer})
    with pytest.raises(UsageError, match="A reliability lies between"):
        Interview(ROWS, CONCEPTS, 1.0)


def test_scores_follow_the_covariance_of_concepts() -> None:
    rng = np.random.default_rng(0)
    features = rng.normal(size=(4000, 2)) @ np.array([[1.0, 0.8], [0.0, 0.6]])
    statistics = LabelStatistics.of(features, np.arange(4000) % 2, 2)
    covariance = concept_covariance(statistics, np.eye(2))
    moved = propagated(np.zeros((1, 2)), np.array([[1.0]]), np.array([0]), covariance)
    assert moved[0] == pytest.approx([1.0, 0.8], abs=0.05)
    twice = np.array([[1.0, 1.0], [1.0, 1.0]])
    same = propagated(np.zeros((1, 2)), np.array([[1.0, 1.0]]), np.array([0, 1]), twice)
    assert same.tolist() == [[1.0, 1.0]]
