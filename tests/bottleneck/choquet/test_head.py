"""The Choquet head: probabilities on the tree, reasons that add up, and a file that gives it back."""

from pathlib import Path

import numpy as np
import pytest

from seston.bottleneck.choquet.head import ChoquetHead
from seston.bottleneck.choquet.train import train_choquet
from seston.bottleneck.train import LabelledFeatures
from seston.errors import InvalidFeatures, MissingStage, UnknownConcept
from seston.explain.contributions import additive_residual, node_scores
from tests.bottleneck.worlds import world

WORLD = world(per_label=30)
DATA = LabelledFeatures.of(WORLD.features, WORLD.codes, len(WORLD.rows))
HEAD, SETTINGS = train_choquet(DATA, WORLD.rows, WORLD.tree, WORLD.names)
SCORES = HEAD.scores(WORLD.features)


def test_it_learns_a_world_made_of_its_concepts() -> None:
    assert (HEAD.probabilities(SCORES).argmax(axis=1) == WORLD.codes).mean() > 0.9
    assert SETTINGS["terms"] == len(HEAD.term_weight) > 0


def test_probabilities_add_up_at_every_node() -> None:
    leaves = HEAD.probabilities(SCORES)
    assert leaves.sum(axis=1) == pytest.approx(1)
    scores, nodes = HEAD.node_scores(SCORES), WORLD.tree.probabilities(leaves)
    for node in range(len(WORLD.tree.nodes)):
        for left in (children := WORLD.tree.children(node)):
            for right in children:
                odds = np.log(nodes[:, left]) - np.log(nodes[:, right])
                assert odds == pytest.approx(scores[:, left] - scores[:, right], abs=1e-6)


def test_contributions_add_up_to_the_score_at_every_node() -> None:
    assert additive_residual(HEAD, WORLD.tree, SCORES) < 1e-12
    direct = HEAD.node_scores(SCORES)
    for node in range(len(WORLD.tree.nodes)):
        parts = node_scores(HEAD, WORLD.tree, SCORES, node)
        assert parts.score == pytest.approx(direct[:, node], abs=1e-12)
        assert parts.bias + parts.contributions(SCORES).sum(axis=1) == pytest.approx(direct[:, node], abs=1e-9)


def test_pairs_are_of_concepts_that_differ_among_siblings() -> None:
    rows = np.hstack([WORLD.rows, np.ones((6, 1))])
    names = (*WORLD.names[:3], (*WORLD.names[3], "part/everywhere"))
    head, _ = train_choquet(DATA, rows, WORLD.tree, names)
    assert (head.agrees[:, -1] == 0).all()
    for node, capacity in head.capacities.items():
        assert (head.agrees[node, np.r_[capacity.first, capacity.second]] != 0).all()


def test_saying_what_a_node_shows_never_lowers_its_score() -> None:
    node = max(HEAD.capacities, key=lambda node: HEAD.capacities[node].shapley.sum())
    for column in np.flatnonzero(HEAD.agrees[node]):
        answer = float(HEAD.agrees[node, column] > 0)
        told = HEAD.intervene(SCORES, {HEAD.concepts[column]: answer})
        assert (HEAD.node_scores(told)[:, node] >= HEAD.node_scores(SCORES)[:, node] - 1e-12).all()
    with pytest.raises(UnknownConcept, match="No concept 'tail/none'") as caught:
        HEAD.intervene(SCORES, {"tail/none": 1})
    assert caught.value.hint == "The choquet head has 8 concepts."


def test_it_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    HEAD.save(tmp_path / "a")
    again = ChoquetHead.load(tmp_path / "a")
    again.save(tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert np.array_equal(again.probabilities(SCORES), HEAD.probabilities(SCORES))
    with pytest.raises(MissingStage, match="No Choquet head at"):
        ChoquetHead.load(tmp_path / "c")
    with pytest.raises(InvalidFeatures, match="NaN"):
        HEAD.scores(np.full_like(WORLD.features, np.nan))


def test_unknown_cells_and_labels_without_images_are_no_obstacle() -> None:
    rows = WORLD.rows.copy()
    rows[np.random.default_rng(3).random(rows.shape) < 0.3] = np.nan
    rows[2] = np.nan
    some = WORLD.codes != 2
    data = LabelledFeatures.of(WORLD.features[some], WORLD.codes[some], len(rows))
    leaves = train_choquet(data, rows, WORLD.tree, WORLD.names)[0].probabilities(SCORES)
    assert np.isfinite(leaves).all()
    assert leaves.sum(axis=1) == pytest.approx(1)
