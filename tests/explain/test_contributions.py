"""Contributions add up, exactly, at every node."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seston.bottleneck.head import ConceptHead
from seston.explain.contributions import additive_residual, node_scores, path_to
from tests.bottleneck.worlds import world

TREE = world().tree
N_LABELS, N_CONCEPTS = len(TREE.labels), 8


def head(seed: int, scale: float = 1.0) -> ConceptHead:
    rng = np.random.default_rng(seed)
    concepts = tuple(f"part/{column}" for column in range(N_CONCEPTS))
    weights, bias = rng.normal(size=(N_LABELS, N_CONCEPTS)) * scale, rng.normal(size=N_LABELS)
    eye = np.eye(N_CONCEPTS)
    return ConceptHead(
        "strict", "drawn", "1", TREE.labels, concepts, eye[0] * 0, eye, weights, bias, eye[0] * 0 - 1, eye[0] * 0 + 1
    )


def scores(seed: int, images: int = 4) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(images, N_CONCEPTS))


@given(st.integers(0, 999), st.sampled_from([0.1, 1.0, 10.0]))
def test_log_odds_of_any_two_nodes_are_bias_plus_contributions(seed: int, scale: float) -> None:
    model, found = head(seed, scale), scores(seed + 1)
    leaves = model.probabilities(found)
    for left in range(1, len(TREE.nodes)):
        for right in range(left + 1, len(TREE.nodes)):
            ours, theirs = (node_scores(model, TREE, found, node) for node in (left, right))
            total = ours.bias - theirs.bias + ((ours.weights - theirs.weights) * found).sum(axis=1)
            odds = [np.log(np.maximum(leaves @ TREE.members[:, node], 1e-300)) for node in (left, right)]
            sure = np.minimum(*odds) > -600
            assert total[sure] == pytest.approx((odds[0] - odds[1])[sure], abs=1e-9)


@given(st.integers(0, 999))
def test_nothing_is_left_over(seed: int) -> None:
    assert additive_residual(head(seed), TREE, scores(seed)) < 1e-12


def test_what_is_left_over_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    from seston.explain import contributions

    whole = contributions.NodeScores.contributions
    monkeypatch.setattr(contributions.NodeScores, "contributions", lambda self, found: whole(self, found) * 1.001)
    assert additive_residual(head(0), TREE, scores(0)) > 1e-4


def test_a_leaf_is_explained_by_its_own_weights() -> None:
    model, found = head(3), scores(3)
    for label, node in enumerate(TREE.leaves):
        parts = node_scores(model, TREE, found, int(node))
        assert parts.weights == pytest.approx(np.tile(model.weights[label], (len(found), 1)))
        assert parts.bias == pytest.approx(np.full(len(found), model.bias[label]))


def test_the_path_leads_from_the_root() -> None:
    for node in range(len(TREE.nodes)):
        path = path_to(TREE, node)
        assert path[0] == 0
        assert path[-1] == node
        assert all(TREE.parent[child] == parent for parent, child in itertools.pairwise(path))
