"""What is stale, and why."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import seston.pipeline.stages as stages
from seston.errors import MissingStage, UsageError, WorkspaceError
from seston.pipeline.plan import ALL
from seston.pipeline.stages import Progress, Stage, bring_up_to_date, chosen, run_stage, states, why_stale
from seston.workspace import Workspace
from tests.command import done


class Quiet:
    """Progress that is remembered."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def stage(self, name: str, summary: str) -> None:
        self.said.append(name)

    def done(self, done: int, total: int) -> None: ...

    def note(self, text: str) -> None:
        self.said.append(text)


def upper(workspace: Workspace, progress: Progress) -> Mapping[str, Any]:
    text = workspace.path("in.txt").read_text()
    workspace.path("out.txt").write_text(text.upper())
    for word in text.split():
        workspace.path(f"{word}.word").write_text(word)
    return {"words": len(text.split())}


def twice(workspace: Workspace, progress: Progress) -> Mapping[str, Any]:
    workspace.path("twice.txt").write_text(2 * workspace.path("out.txt").read_text())
    return {}


UPPER = Stage("upper", "upper case", (), ("in.txt",), ("out.txt",), upper, ("extra.txt",), ("*.word",))
TWICE = Stage("twice", "twice", (), ("out.txt",), ("twice.txt",), twice)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "in.txt").write_text("a b")
    return Workspace(tmp_path)


def test_a_stage_runs_once(workspace: Workspace) -> None:
    assert why_stale(workspace, UPPER) == "never run"
    assert bring_up_to_date(workspace, (UPPER, TWICE), Quiet()) == ["upper", "twice"]
    assert bring_up_to_date(workspace, (UPPER, TWICE), Quiet()) == []
    record = workspace.records()["upper"]
    assert record.parameters == {"words": 2}
    assert set(record.outputs) == {"out.txt", "a.word", "b.word"}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"in.txt": "c"}, "in.txt has changed"),
        ({"in.txt": None}, "in.txt is gone"),
        ({"extra.txt": ""}, "extra.txt is new"),
        ({"out.txt": "c"}, "out.txt was changed"),
        ({"out.txt": None}, "out.txt is missing"),
        ({"a.word": "c"}, "a.word was changed"),
        ({"a.word": None}, "a.word is missing"),
    ],
)
def test_what_makes_a_stage_stale(workspace: Workspace, change: dict[str, str | None], why: str) -> None:
    run_stage(workspace, UPPER, Quiet())
    for name, text in change.items():
        path = workspace.path(name)
        path.unlink() if text is None else path.write_text(text)
    assert why_stale(workspace, UPPER) == why


def test_another_version_makes_a_stage_stale(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    run_stage(workspace, UPPER, Quiet())
    monkeypatch.setattr(stages, "VERSION", "9.9.9")
    assert why_stale(workspace, UPPER).startswith("made by version ")


def test_staleness_goes_down_the_river(workspace: Workspace) -> None:
    bring_up_to_date(workspace, (UPPER, TWICE), Quiet())
    workspace.path("in.txt").write_text("c")
    assert why_stale(workspace, TWICE) == ""
    assert [why for _, why in states(workspace, (UPPER, TWICE))] == ["in.txt has changed", "depends on upper"]
    assert bring_up_to_date(workspace, (UPPER, TWICE), Quiet()) == ["upper", "twice"]
    assert workspace.path("twice.txt").read_text() == "CC"


def test_a_change_that_comes_to_the_same_stops_there(workspace: Workspace) -> None:
    bring_up_to_date(workspace, (UPPER, TWICE), Quiet())
    workspace.path("in.txt").write_text("A b")
    assert bring_up_to_date(workspace, (UPPER, TWICE), Quiet()) == ["upper"]


def test_what_is_there_may_be_left_alone(workspace: Workspace) -> None:
    bring_up_to_date(workspace, (UPPER, TWICE), Quiet())
    workspace.path("in.txt").write_text("c")
    workspace.path("twice.txt").unlink()
    assert bring_up_to_date(workspace, (UPPER, TWICE), Quiet(), missing_only=True) == ["twice"]


def test_an_input_that_is_not_there(workspace: Workspace) -> None:
    with pytest.raises(MissingStage, match=r"The stage twice reads out\.txt"):
        run_stage(workspace, TWICE, Quiet())


def test_stages_are_chosen_in_their_own_order() -> None:
    assert [stage.name for stage in chosen(ALL, ["train", "taxonomy"])] == ["taxonomy", "train"]
    with pytest.raises(UsageError, match="No stage 'nothing'"):
        chosen(ALL, ["nothing"])


def test_every_stage_comes_after_what_it_reads() -> None:
    made: set[str] = set()
    for stage in ALL:
        made |= set(stage.writes)
        for other in ALL:
            assert not (set(other.writes) & set(stage.reads) - made), f"{stage.name} reads what {other.name} writes"
    names = [stage.name for stage in ALL]
    assert len(set(names)) == len(names)


def test_the_manifest_holds_no_time_and_no_machine(small: Path) -> None:
    manifest = json.loads((small / "workspace.json").read_text())
    assert manifest.keys() == {"format", "stages"}
    assert {key for record in manifest["stages"].values() for key in record} == {
        "inputs",
        "outputs",
        "parameters",
        "version",
    }
    assert str(small) not in (small / "workspace.json").read_text()


def test_status_says_why(own: Path) -> None:
    def stale() -> dict[str, str]:
        return {stage["stage"]: stage["stale"] for stage in done("status", "--json", workspace=own).json}

    before = stale()
    assert [name for name, why in before.items() if not why] == [
        "taxonomy",
        "concepts",
        "features",
        "train",
        "evaluate",
    ]
    (own / "concepts" / "matrix.safetensors").unlink()
    (own / "model" / "labels.csv").write_text("file,label\n")
    after = stale()
    assert after["concepts"] == "concepts/matrix.safetensors is missing"
    assert after["train"] == "concepts/matrix.safetensors is gone"
    assert after["evaluate"] == "concepts/matrix.safetensors is gone"
    assert after["graph"] == "never run"
    text = done("status", workspace=own).out
    assert "concepts  concepts/matrix.safetensors is missing" in text


def test_a_dry_run_does_nothing(tmp_path: Path) -> None:
    ran = done("build", "--dry-run", workspace=tmp_path / "w")
    assert "taxonomy  never run" in ran.out
    assert not (tmp_path / "w").exists()


def test_a_manifest_of_another_format(tmp_path: Path) -> None:
    (tmp_path / "workspace.json").write_text('{"format": 2, "stages": {}}')
    with pytest.raises(WorkspaceError, match="has format 2, this Seston reads format 1"):
        Workspace(tmp_path).records()
