"""``seston explain --ask``: questions, answers that are weighed, and what they change."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from seston.cli import explaining
from seston.pipeline.classifying import questioning
from tests.command import done, seston

IMAGE = "copepod_calanoid/03.png"


@pytest.fixture
def doubtful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawings are told apart without a doubt, where no question is worth its trouble."""
    monkeypatch.setattr(questioning, "temperature", lambda *_: 300.0)


def asked(small: Path, *arguments: str) -> Any:
    return done("explain", IMAGE, *arguments, "--json", workspace=small).json


def rounded(told: Any) -> Any:
    """Return JSON with the last digits of its numbers cut off, which the order of sums decides."""
    return json.loads(json.dumps(told), parse_float=lambda digits: round(float(digits), 12))


def test_questions_come_best_first_with_labels_and_cues(small: Path, doubtful: None) -> None:
    found = asked(small, "--ask", "5")
    worth = [question["worth"] for question in found["questions"]]
    assert len(worth) == 5
    assert worth == sorted(worth, reverse=True)
    assert all(question["label"] and question["cue"] for question in found["questions"])
    assert all(0 <= question["likely"] <= 1 for question in found["questions"])
    assert (found["before"], found["answers"]) == (found["after"], {})


def test_three_are_asked_without_a_number(small: Path, doubtful: None) -> None:
    assert len(asked(small, "--ask")["questions"]) == 3


def test_an_answer_is_evidence_and_is_not_asked_again(small: Path, doubtful: None) -> None:
    first = asked(small, "--ask", "1")["questions"][0]
    both = {said: asked(small, "--ask", "4", "--answer", f"{first['concept']}={said}") for said in ("yes", "no")}
    assert both["yes"]["before"] == both["no"]["before"]
    assert both["yes"]["after"] != both["no"]["after"]
    for said, found in both.items():
        assert found["answers"] == {first["concept"]: said}
        assert first["concept"] not in [question["concept"] for question in found["questions"]]


def test_unsure_changes_nothing(small: Path, doubtful: None) -> None:
    found = asked(small, "--answer", "eggs/attached=unsure")
    assert rounded(found["after"]) == rounded(found["before"])
    assert (found["answers"], found["questions"]) == ({"eggs/attached": "unsure"}, [])


def test_where_nothing_would_tell_more_it_says_so(small: Path) -> None:
    ran = done("explain", "detritus_blob/00.png", "--ask", workspace=small)
    assert ran.out.count("\n") == 1
    assert "No answer would tell more." in ran.err


def test_the_text_shows_the_answer_before_and_after(small: Path, doubtful: None) -> None:
    text = done("explain", IMAGE, "--ask", "2", "--answer", "antennae=yes", workspace=small).out
    first, second, *rest = text.splitlines()
    assert first.startswith(f"{IMAGE}: ")
    assert second.startswith("with antennae/present = yes: ")
    assert sum(line.endswith("=yes|no|unsure") for line in rest) == 2


def test_on_a_terminal_questions_are_asked_one_by_one(
    small: Path, doubtful: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = SimpleNamespace(isatty=lambda: True)
    monkeypatch.setattr(explaining, "sys", SimpleNamespace(stdin=terminal, stdout=terminal))
    keys = iter(["y", "u", "q"])
    shown: list[str] = []

    def prompt(text: str, **_: object) -> str:
        shown.append(text)
        return next(keys)

    monkeypatch.setattr("click.prompt", prompt)
    ran = done("explain", IMAGE, "--ask", "5", workspace=small)
    assert len(set(shown)) == 3
    assert ran.out.count("\n") == 2
    assert " = yes, " in ran.out.splitlines()[1]
    assert " = unsure: " in ran.out.splitlines()[1]
    assert "y yes, n no" in ran.err


def test_an_unknown_concept_names_the_nearest(small: Path) -> None:
    ran = seston("explain", IMAGE, "--answer", "egs/attached=yes", workspace=small)
    assert (ran.code, ran.out) == (1, "")
    assert "No concept 'egs/attached'. Did you mean" in ran.err
    assert "eggs/attached" in ran.err


@pytest.mark.parametrize("answer", ["eggs/attached", "eggs/attached=1", "eggs/attached=maybe", "=yes"])
def test_an_answer_is_yes_no_or_unsure(small: Path, answer: str) -> None:
    ran = seston("explain", IMAGE, "--answer", answer, workspace=small)
    assert (ran.code, ran.out) == (2, "")
    assert f"got '{answer}'" in ran.err


@pytest.mark.parametrize("arguments", [("--ask", "0"), ("--ask", "many"), ("--ask", "2", "--set", "eggs/attached=0")])
def test_a_call_that_makes_no_sense(small: Path, arguments: tuple[str, ...]) -> None:
    ran = seston("explain", IMAGE, *arguments, workspace=small)
    assert (ran.code, ran.out) == (2, "")
    assert "Traceback" not in ran.err
