"""The decision tree, and decoding on it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from seston.bottleneck.decoding.decode import climb, leaf, softmax
from seston.bottleneck.tree import DecisionTree
from seston.errors import InvalidTaxonomy


@st.composite
def trees(draw: st.DrawFn) -> DecisionTree:
    size = draw(st.integers(2, 14))
    parent = (-1, *(draw(st.integers(0, node - 1)) for node in range(1, size)))
    nodes = tuple(f"n:{node}" for node in range(size))
    return DecisionTree(nodes, parent, tuple(nodes[node] for node in range(size) if node not in parent))


@st.composite
def answered(draw: st.DrawFn) -> tuple[DecisionTree, NDArray[np.float64]]:
    tree = draw(trees())
    rng = np.random.default_rng(draw(st.integers(0, 999)))
    return tree, softmax(3 * rng.normal(size=(5, len(tree.labels))))


@given(answered())
def test_a_node_has_the_probability_of_its_leaves(given_: tuple[DecisionTree, NDArray[np.float64]]) -> None:
    tree, leaves = given_
    nodes = tree.probabilities(leaves)
    assert nodes[:, 0] == pytest.approx(1)
    for node in range(len(tree.nodes)):
        if children := tree.children(node):
            assert nodes[:, node] == pytest.approx(nodes[:, children].sum(axis=1))
        under = [label for label in range(len(tree.labels)) if tree.members[label, node]]
        assert nodes[:, node] == pytest.approx(leaves[:, under].sum(axis=1))


@given(trees(), st.data())
def test_distance_is_a_metric_on_the_tree(tree: DecisionTree, data: st.DataObject) -> None:
    a, b, c = (np.array([data.draw(st.integers(0, len(tree.nodes) - 1))]) for _ in range(3))
    assert tree.distance(a, a)[0] == 0
    assert tree.distance(a, b)[0] == tree.distance(b, a)[0]
    assert tree.distance(a, c)[0] <= tree.distance(a, b)[0] + tree.distance(b, c)[0]
    assert tree.distance(a, np.array([0]))[0] == tree.depth[a[0]]


@given(answered(), st.floats(0, 1), st.floats(0, 1))
def test_the_surer_the_higher(given_: tuple[DecisionTree, NDArray[np.float64]], one: float, other: float) -> None:
    tree, leaves = given_
    low, high = sorted((one, other))
    deep, shallow = climb(tree, leaves, low), climb(tree, leaves, high)
    assert (tree.depth[shallow] <= tree.depth[deep]).all()
    assert tree.ancestors[deep, shallow].all()
    nodes = tree.probabilities(leaves)[np.arange(len(leaves)), shallow]
    assert ((nodes >= high) | (shallow == 0)).all()


@given(answered())
def test_nobody_climbs_who_need_not_be_sure(given_: tuple[DecisionTree, NDArray[np.float64]]) -> None:
    tree, leaves = given_
    assert (climb(tree, leaves, 0.0) == leaf(tree, leaves)).all()
    assert (climb(tree, leaves, 1.1) == 0).all()


@pytest.mark.parametrize(
    ("parent", "labels", "problem"),
    [
        ((-1, 2, 0), ("b",), "b: parent stands behind it"),
        ((-1, -1, 0), ("b", "c"), "b: a second root"),
        ((-1, 0, 1), ("b",), "b: a label with children"),
        ((-1, 0, 0), ("b", "z"), "z: not a node"),
    ],
)
def test_what_is_no_tree_is_refused(parent: tuple[int, ...], labels: tuple[str, ...], problem: str) -> None:
    with pytest.raises(InvalidTaxonomy) as caught:
        DecisionTree(("a", "b", "c"), parent, labels)
    assert problem in caught.value.problems


def test_all_faults_of_a_tree_are_listed() -> None:
    with pytest.raises(InvalidTaxonomy) as caught:
        DecisionTree(("a", "b", "c"), (-1, 2, -1), ("z", "c"))
    assert caught.value.problems == (
        "b: parent stands behind it",
        "c: a second root",
        "z: not a node",
        "c: a label with children",
    )


def test_probabilities_of_huge_logits_are_finite() -> None:
    assert softmax(np.array([[1e5, 0.0], [-1e5, -1e5]])).tolist() == [[1.0, 0.0], [0.5, 0.5]]
