"""Explanations as records: each step's figures belong together, and answers can be taken back."""

import hashlib
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from seston.cli.output import Progress
from seston.errors import UnknownConcept, UsageError
from seston.explain.sentences import page_text, sentence_at
from seston.explain.steps import Explainer
from seston.pipeline.classifying.explaining import Opened, explainer_of
from seston.pipeline.classifying.measuring import load_features
from seston.workspace import Workspace


@pytest.fixture(scope="module")
def opened(small: Path) -> Opened:
    return explainer_of(Workspace(small), "strict", Progress())


@pytest.fixture(scope="module")
def explainer(opened: Opened) -> Explainer:
    return opened.explainer


@pytest.fixture(scope="module")
def features(small: Path) -> NDArray[np.float32]:
    return load_features(Workspace(small)).values


def test_a_node_has_the_probability_of_its_leaves(explainer: Explainer, features: NDArray[np.float32]) -> None:
    head, tree = explainer.head, explainer.tree
    for image in (0, 30, 71):
        leaves = head.probabilities(head.scores(features[[image]]))
        place = {node: number for number, node in enumerate(tree.nodes)}
        for step in explainer.explain("x", features[image]).steps:
            for node, probability in ((step.chosen, step.probability), (step.runner_up, step.runner_up_probability)):
                assert probability == pytest.approx(float(leaves[0] @ tree.members[:, place[node]]))


def test_chosen_and_runner_up_are_siblings(explainer: Explainer, features: NDArray[np.float32]) -> None:
    tree = explainer.tree
    place = {node: number for number, node in enumerate(tree.nodes)}
    for step in explainer.explain("x", features[0]).steps:
        assert step.chosen != step.runner_up
        assert step.probability >= step.runner_up_probability
        assert {tree.parent[place[node]] for node in (step.chosen, step.runner_up)} == {place[step.node]}


def test_reasons_are_sorted_by_weight(explainer: Explainer, features: NDArray[np.float32]) -> None:
    for step in explainer.explain("x", features[0]).steps:
        sizes = [abs(reason.contribution) for reason in step.reasons]
        assert sizes == sorted(sizes, reverse=True)
        assert all(0 <= reason.value <= 1 and reason.weight != 0 for reason in step.reasons)


def test_answers_are_kept_and_taken_back(explainer: Explainer, features: NDArray[np.float32]) -> None:
    before = explainer.explain("x", features[0])
    answers = {"tail/present": 0.25, "antennae/long": 1.0}
    changed = explainer.explain("x", features[0], answers)
    assert changed.interventions == (("antennae/long", 1.0), ("tail/present", 0.25))
    values = {reason.concept: reason.value for step in changed.steps for reason in step.reasons}
    assert {concept: values[concept] for concept in answers if concept in values} == {
        concept: value for concept, value in answers.items() if concept in values
    }
    assert explainer.explain("x", features[0], {}) == before
    assert explainer.explain("x", features[0]) == before


def test_answers_that_make_no_sense(explainer: Explainer, features: NDArray[np.float32]) -> None:
    with pytest.raises(UnknownConcept, match="tail/none"):
        explainer.explain("x", features[0], {"tail/none": 1})
    for value in (-0.1, 1.1, float("nan")):
        with pytest.raises(UsageError, match=r"A concept's value lies in \[0, 1\]"):
            explainer.explain("x", features[0], {"tail/present": value})


def test_the_answer_is_as_deep_as_it_is_sure(opened: Opened, features: NDArray[np.float32]) -> None:
    whole = opened.explainer
    for sure in (0.0, 0.5, 1.1):
        cautious = Explainer(whole.head, whole.tree, whole.sayings, whole.node_names, whole.concept_names, sure)
        found = cautious.explain("x", features[0])
        assert found.probability >= sure or found.prediction == "seston:root"
        assert found.leaf == whole.explain("x", features[0]).leaf
        if sure == 0.0:
            assert found.prediction == found.leaf


def test_every_cell_of_the_matrix_leads_to_its_words(opened: Opened) -> None:
    sayings = opened.sayings
    nodes = list(sayings.matrix.index)
    rows, columns = np.nonzero(sayings.matrix.assertion >= 0)
    for cell in np.random.default_rng(0).choice(len(rows), 200, replace=False):
        row, column = rows[cell], columns[cell]
        evidence = sayings.assertions[sayings.matrix.assertion[row, column]].evidence
        said = sayings.of(nodes[row], sayings.matrix.concepts[column])
        quoted = page_text(evidence.page)[evidence.start : evidence.end]
        assert said.page == f"{evidence.page}#{evidence.start}-{evidence.end}"
        assert hashlib.sha256(quoted.encode()).hexdigest() == evidence.quote_sha256
        assert quoted.split()[0] in said.sentence


def test_nothing_is_said_of_what_nothing_is_known_of(opened: Opened) -> None:
    sayings = opened.sayings
    row, column = np.argwhere(~np.isfinite(sayings.matrix.value))[0]
    said = sayings.of(list(sayings.matrix.index)[row], sayings.matrix.concepts[column])
    assert np.isnan(said.value)
    assert (said.origin, said.sentence) == ("", "")


def test_sentences_are_found_by_their_characters() -> None:
    text = "The tail is forked. It has no eyes. [1]\n"
    assert sentence_at(text, 3) == "The tail is forked."
    assert sentence_at(text, 22).startswith("It has no eyes.")
    assert sentence_at(text, 1000) == ""


def test_a_page_that_is_not_there_says_nothing() -> None:
    assert page_text("data/descriptions/none.md") == ""
