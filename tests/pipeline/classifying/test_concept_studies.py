"""The study of concepts from the command line, and what explanations make of it."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from seston.bottleneck.head import ConceptHead
from seston.pipeline.classifying.carried import CONCEPTS, OUTDATED, UNJUDGED, Carried, carried
from seston.pipeline.classifying.learning import STRICT
from seston.workspace import Workspace
from tests.command import done, seston

IMAGE = "copepod_calanoid_eggs/00.png"


@pytest.fixture(scope="module")
def studied(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the small workspace with the study. Read only."""
    root = Path(shutil.copytree(small, tmp_path_factory.mktemp("studied") / "small"))
    done("evaluate", "--concepts", workspace=root)
    return root


@pytest.fixture
def judged(studied: Path, tmp_path: Path) -> Path:
    """A copy of it that the test may change."""
    return Path(shutil.copytree(studied, tmp_path / "judged"))


def figures_of(workspace: Path) -> Any:
    return json.loads((workspace / CONCEPTS).read_text())


def test_figures_of_every_kind_are_printed_and_kept_the_same_each_time(judged: Path) -> None:
    before = figures_of(judged)
    found = done("evaluate", "--concepts", "--json", workspace=judged).json
    assert found == figures_of(judged) == before
    assert set(found) == {"model", "rows", "transfer", "verdicts", "deletion", "impurity", "selective"}
    assert set(found["transfer"]) == {"text", "random", "shuffled"}
    assert {"strict", "sparse", "chosen"} < set(found["transfer"]["text"])


def test_the_summary_has_a_table_of_each_kind(judged: Path) -> None:
    told = done("evaluate", "--concepts", workspace=judged).out
    for title in ("median AUC", "concepts of", "decisions changed", "impurity", "strict, risk", "sparse, risk"):
        assert title in told


def test_without_the_study_explanations_say_that_nothing_is_known(small: Path) -> None:
    ran = done("explain", IMAGE, workspace=small)
    assert UNJUDGED in ran.err
    assert done("explain", IMAGE, "--json", workspace=small).json["doubtful"] is None


def test_a_study_of_another_model_does_not_count(judged: Path) -> None:
    assert carried(Workspace(judged), "strict").note == ""
    figures = figures_of(judged) | {"model": "another"}
    (judged / CONCEPTS).write_text(json.dumps(figures))
    assert carried(Workspace(judged), "strict") == Carried(note=OUTDATED)


def test_a_model_of_other_concepts_is_refused(own: Path) -> None:
    path = own / STRICT
    head = ConceptHead.load(path)
    replace(head, concepts=("part/gone", *head.concepts[1:])).save(path)
    ran = seston("evaluate", "--concepts", workspace=own)
    assert ran.code == 1
    assert "seston train" in ran.err


def test_a_concept_that_does_not_carry_over_is_no_reason_and_sums_stay_exact(judged: Path) -> None:
    before = done("explain", IMAGE, "--json", workspace=judged).json
    weightiest = before["steps"][-1]["reasons"][0]
    figures = figures_of(judged)
    figures["verdicts"]["strict"] = {weightiest["concept"]: {"carries": False}}
    (judged / CONCEPTS).write_text(json.dumps(figures))
    after = done("explain", IMAGE, "--json", workspace=judged).json
    assert after["doubtful"] == [weightiest["concept"]]
    assert after["steps"] == before["steps"]
    told = done("explain", IMAGE, workspace=judged).out
    assert f"labels never seen: {weightiest['label']}" in told
    assert not [line for line in told.splitlines() if f"has {weightiest['label']}," in line]


def test_the_choquet_head_has_the_detectors_of_the_sparse_one(judged: Path) -> None:
    figures = figures_of(judged)
    figures["verdicts"]["sparse"] = {"part/x": {"carries": False}, "part/y": {"carries": True}}
    (judged / CONCEPTS).write_text(json.dumps(figures))
    assert carried(Workspace(judged), "choquet") == Carried(frozenset({"part/x"}))
    assert (judged / STRICT).exists()
