"""The heads: strict, sparse, and what a person may overrule."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seston.bottleneck.decoding.calibration import temperature
from seston.bottleneck.decoding.decode import softmax
from seston.bottleneck.fit import filled
from seston.bottleneck.head import ConceptHead
from seston.bottleneck.sparse import fit_sparse
from seston.bottleneck.statistics import LabelStatistics
from seston.bottleneck.train import LabelledFeatures, held_out, train_sparse, train_strict
from seston.errors import InvalidData, InvalidFeatures, MissingStage, UnknownConcept
from tests.bottleneck.worlds import World, world

WORLD = world()
LEARNED = LabelledFeatures.of(WORLD.features, WORLD.codes, len(WORLD.rows))
TRAINERS = {"strict": train_strict, "sparse": train_sparse}
HEADS = {name: train(LEARNED, WORLD.rows, WORLD.names)[0] for name, train in TRAINERS.items()}


@pytest.fixture(params=list(HEADS))
def head(request: pytest.FixtureRequest) -> ConceptHead:
    return HEADS[request.param]


def accuracy(head: ConceptHead, world: World) -> float:
    leaves = head.probabilities(head.scores(world.features))
    return float((leaves.argmax(axis=1) == world.codes).mean())


def test_a_head_learns_a_world_made_of_its_concepts(head: ConceptHead) -> None:
    assert accuracy(head, WORLD) > 0.95


def test_a_score_is_a_sum_over_concepts(head: ConceptHead) -> None:
    scores = head.scores(WORLD.features)
    each = head.weights[None] * scores[:, None]
    assert head.logits(scores) == pytest.approx(each.sum(axis=2) + head.bias)


def test_the_weights_of_the_strict_head_are_the_rows() -> None:
    assert np.array_equal(HEADS["strict"].weights, WORLD.rows)


def test_labels_with_the_same_row_tie_but_for_their_prior() -> None:
    rows = WORLD.rows.copy()
    rows[1] = rows[0]
    head, _ = train_strict(LEARNED, rows, WORLD.names)
    logits = head.logits(head.scores(WORLD.features))
    assert logits[:, 0] == pytest.approx(logits[:, 1], abs=1e-9)


@pytest.mark.parametrize("k", [1, 3, 10])
def test_a_sparse_decision_rests_on_at_most_k_concepts(k: int) -> None:
    head, settings = train_sparse(LEARNED, WORLD.rows, WORLD.names, k)
    assert (head.weights != 0).sum(axis=1).max() <= k
    assert settings["concepts_a_decision"] == k


def test_concepts_that_are_the_same_everywhere_are_not_used() -> None:
    rows = np.hstack([WORLD.rows, np.ones((6, 1)), np.zeros((6, 1))])
    parts = fit_sparse(LEARNED.whole, rows, 0.03, 10)
    assert (parts.weights[:, -2:] == 0).all()
    assert np.isfinite(parts.directions).all()


@pytest.mark.parametrize("train", TRAINERS.values(), ids=list(TRAINERS))
def test_unknown_cells_are_no_obstacle(train: Callable[..., tuple[ConceptHead, dict[str, float]]]) -> None:
    rows = WORLD.rows.copy()
    rows[np.random.default_rng(3).random(rows.shape) < 0.2] = np.nan
    rows[:, -1] = np.nan
    head, _ = train(LEARNED, rows, WORLD.names)
    assert accuracy(head, WORLD) > 0.9
    assert np.isfinite(head.weights).all()


@given(st.integers(0, 100), st.sampled_from([0.0, 0.5, 1.0]))
def test_filled_rows_keep_what_is_known(seed: int, unmentioned: float) -> None:
    rng = np.random.default_rng(seed)
    rows = rng.integers(0, 2, (5, 4)).astype(float)
    rows[rng.random(rows.shape) < 0.4] = np.nan
    values, known = filled(rows, unmentioned), np.isfinite(rows)
    assert np.array_equal(values[known], rows[known])
    for column in range(4):
        mean = rows[known[:, column], column].mean() if known[:, column].any() else 0.0
        assert values[~known[:, column], column] == pytest.approx(unmentioned * mean)


def test_labels_without_images_are_no_obstacle() -> None:
    some = WORLD.codes != 2
    data = LabelledFeatures.of(WORLD.features[some], WORLD.codes[some], len(WORLD.rows))
    for train in TRAINERS.values():
        head, _ = train(data, WORLD.rows, WORLD.names)
        leaves = head.probabilities(head.scores(WORLD.features))
        assert np.isfinite(leaves).all()


def test_an_answer_that_is_taken_back_changes_nothing(head: ConceptHead) -> None:
    scores = head.scores(WORLD.features[:3])
    before = scores.copy()
    changed = head.intervene(scores, {"part/2": 1.0})
    assert np.array_equal(scores, before)
    assert np.array_equal(np.delete(changed, 2, axis=1), np.delete(scores, 2, axis=1))
    assert head.value(changed)[:, 2] == pytest.approx(1)
    assert np.array_equal(head.intervene(scores, {}), scores)


@given(st.floats(0, 1))
def test_an_answer_is_read_back_as_it_was_given(value: float) -> None:
    head = HEADS["strict"]
    changed = head.intervene(head.scores(WORLD.features[:2]), {"part/0": value})
    assert head.value(changed)[:, 0] == pytest.approx(value, abs=1e-9)


def test_saying_yes_raises_what_shows_the_concept() -> None:
    head, scores = HEADS["strict"], HEADS["strict"].scores(WORLD.features)
    showing = WORLD.rows[:, 0] > 0.5
    yes, no = (head.logits(head.intervene(scores, {"part/0": answer})) for answer in (1, 0))
    assert (yes[:, showing] > no[:, showing]).all()
    assert np.array_equal(yes[:, ~showing], no[:, ~showing])


def test_an_unknown_concept_is_refused(head: ConceptHead) -> None:
    with pytest.raises(UnknownConcept, match="No concept 'tail/none'"):
        head.intervene(head.scores(WORLD.features), {"tail/none": 1})


def test_features_of_another_width_or_no_numbers_are_refused(head: ConceptHead) -> None:
    with pytest.raises(InvalidFeatures, match=r"Features of shape \(120, 5\), the model reads \(n, 12\)"):
        head.scores(WORLD.features[:, :5])
    with pytest.raises(InvalidFeatures, match="NaN"):
        head.scores(np.full_like(WORLD.features, np.nan))


def test_a_head_comes_back_as_it_was_saved(head: ConceptHead, tmp_path: Path) -> None:
    head.save(tmp_path / "a")
    again = ConceptHead.load(tmp_path / "a")
    again.save(tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert np.array_equal(again.scores(WORLD.features), head.scores(WORLD.features))
    assert (again.labels, again.concepts, again.name) == (head.labels, head.concepts, head.name)
    with pytest.raises(MissingStage, match="No model at"):
        ConceptHead.load(tmp_path / "c")


def test_training_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for name, train in TRAINERS.items():
        for turn in ("a", "b"):
            train(LabelledFeatures.of(WORLD.features, WORLD.codes, 6), WORLD.rows, WORLD.names)[0].save(tmp_path / turn)
        assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes(), name


def test_one_label_is_no_classifier() -> None:
    with pytest.raises(InvalidData, match="1 label has images; a classifier needs two or more"):
        LabelledFeatures.of(WORLD.features[:20], WORLD.codes[:20], 6)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=60), st.integers(0, 9))
def test_a_quarter_of_each_label_is_held_out(labels: list[int], seed: int) -> None:
    codes = np.array(labels)
    held = held_out(codes, seed)
    for label in set(labels):
        assert held[codes == label].sum() == (codes == label).sum() // 4


def test_the_inner_statistics_leave_out_what_is_held_out() -> None:
    kept = ~LEARNED.held
    expected = LabelStatistics.of(WORLD.features[kept], WORLD.codes[kept], 6)
    assert np.allclose(LEARNED.inner.sums, expected.sums)
    assert LEARNED.whole.counts.sum() == len(WORLD.codes)


def test_temperature_cools_what_is_too_sure() -> None:
    rng = np.random.default_rng(0)
    logits = rng.normal(size=(4000, 5))
    truth = np.array([rng.choice(5, p=row) for row in softmax(logits)])
    assert temperature(8 * logits, truth) == pytest.approx(8, rel=0.1)
    assert temperature(logits / 4, truth) == pytest.approx(0.25, rel=0.1)
