"""Decisions on candidates, as a person makes them."""

import json
from pathlib import Path

import pytest

from seston.concepts.curation import Decision, read_decisions
from seston.errors import InvalidData
from seston.pipeline.dictionary.candidates import decide, open_candidates
from seston.pipeline.dictionary.schemes import DECISIONS, scheme_of
from seston.workspace import Workspace
from tests.command import done, seston

FILE = "concepts/candidates.json"
SIGNED = ("--by", "A", "--date", "2026-01-31")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    found = [
        {"phrase": phrase, "support": 3, "novelty": 0.5, "distinct": 1.0, "nearest": "tail/long"} for phrase in "ab"
    ]
    (tmp_path / "concepts").mkdir()
    (tmp_path / FILE).write_text(json.dumps({"candidates": found}))
    return Workspace(tmp_path)


def phrases(workspace: Workspace, *, everything: bool = False) -> list[tuple[str, str]]:
    return [(c["phrase"], c["decision"]) for c in open_candidates(workspace, FILE, everything=everything)]


def test_what_is_decided_is_not_shown_again(workspace: Workspace) -> None:
    assert phrases(workspace) == [("a", ""), ("b", "")]
    done("concepts", "reject", "a", "--reason", "no form", *SIGNED, workspace=workspace.root)
    assert phrases(workspace) == [("b", "")]
    assert phrases(workspace, everything=True) == [("a", "reject"), ("b", "")]


def test_accepting_and_merging_grow_the_scheme_of_the_workspace(workspace: Workspace) -> None:
    accepted = (
        "concepts",
        "accept",
        "crumpled tail",
        "--as",
        "tail/crumpled",
        "--definition",
        "The tail lies in folds.",
    )
    done(*accepted, *SIGNED, workspace=workspace.root)
    done("concepts", "merge", "creased tail", "crumpled tail", *SIGNED, workspace=workspace.root)
    concept = scheme_of(workspace).concept("tail/crumpled")
    assert concept.wordings == ("crumpled tail", "creased tail")
    kept = read_decisions(workspace.path(DECISIONS))
    assert [(d.decision, d.by, d.date) for d in kept] == [("accept", "A", "2026-01-31"), ("merge", "A", "2026-01-31")]


def test_a_later_decision_replaces_the_earlier(workspace: Workspace) -> None:
    done("concepts", "reject", "a", *SIGNED, workspace=workspace.root)
    done("concepts", "merge", "a", "tail/long", *SIGNED, workspace=workspace.root)
    assert [d.decision for d in read_decisions(workspace.path(DECISIONS))] == ["merge"]


def test_a_decision_that_does_not_fit_is_not_kept(workspace: Workspace) -> None:
    with pytest.raises(InvalidData, match="the part nose, which the scheme lacks"):
        decide(workspace, Decision("a", "accept", "nose/long", "A", "2026-01-31", "D."))
    assert not workspace.path(DECISIONS).exists()
    ran = seston("concepts", "merge", "a", "tail/forkd", *SIGNED, workspace=workspace.root)
    assert (ran.code, "Did you mean tail/fork" in ran.err) == (1, True)
