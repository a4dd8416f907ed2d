"""Interrupted and killed runs: the workspace stays valid, and the next run continues to the same bytes."""

import hashlib
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.command import done, seston


def contents(workspace: Path) -> dict[str, str]:
    """The SHA-256 of every file of a workspace."""
    files = sorted(path for path in workspace.rglob("*") if path.is_file())
    return {path.relative_to(workspace).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def started(workspace: Path, *arguments: str) -> subprocess.Popen[str]:
    order = [sys.executable, "-m", "seston", "-w", str(workspace), *arguments]
    return subprocess.Popen(order, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def stopped(process: subprocess.Popen[str], number: signal.Signals, after: float) -> tuple[int, str]:
    """Send a signal after some seconds; the exit code and what stood on stderr."""
    time.sleep(after)
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    return process.returncode, err


def test_a_workspace_killed_again_and_again_ends_with_the_same_bytes(
    small: Path, drawings: Path, tmp_path: Path
) -> None:
    at, chance = tmp_path / "w", random.Random(1)  # noqa: S311
    done("import", "images", drawings, workspace=at)
    for command in ("features", "train", "evaluate"):
        for _ in range(3):
            stopped(started(at, command), signal.SIGKILL, chance.uniform(0.3, 3.0))
            done("status", workspace=at)
        done(command, workspace=at)
    assert contents(at) == contents(small)


def test_ctrl_c_says_so_in_one_line(drawings: Path, tmp_path: Path) -> None:
    at = tmp_path / "w"
    done("import", "images", drawings, workspace=at)
    process = started(at, "features")
    assert process.stderr is not None
    assert process.stderr.readline().startswith("features: ")
    code, err = stopped(process, signal.SIGINT, 0.2)
    # Where Ctrl-C falls into a library's exec(), Python ends by the signal itself: 130 as well for a shell.
    assert code in (130, -signal.SIGINT), err
    assert err.strip() == "Interrupted. What was finished is kept; run the same command to continue."
    done("status", workspace=at)
    assert not list(at.rglob("*.part"))


def test_what_a_killed_run_left_half_written_is_swept(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    folder = tmp_path / "w" / "graph" / "core"
    folder.mkdir(parents=True)
    left = folder / f".nodes.parquet.{dead.pid}.part"
    left.write_bytes(b"half")
    other = folder / f".nodes.parquet.{1}.part"
    other.write_bytes(b"of a process that runs")
    done("build", "taxonomy", workspace=tmp_path / "w")
    assert not left.exists()
    assert other.exists()


def test_the_graph_and_the_vectors_are_built_to_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first", "second"):
        done("build", workspace=tmp_path / name)
    first = contents(tmp_path / "first")
    assert first == contents(tmp_path / "second")
    assert {"graph/seston.nq", "concepts/vectors.safetensors", "concepts/candidates.json"} <= first.keys()


@pytest.mark.parametrize("failing", ["concepts/matrix.safetensors", "concepts/dictionary.json", "workspace.json"])
def test_a_stage_that_fails_midway_is_run_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    at = tmp_path / "w"
    done("build", "taxonomy", workspace=at)
    whole = Path.replace

    def fail(self: Path, target: Path) -> Path:
        if str(target).endswith(failing):
            raise OSError(28, "No space left on device")
        return whole(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail)
        assert seston("build", "concepts", workspace=at).code == 1
    assert dict(_states(at))["concepts"] == "never run"
    done("build", "concepts", workspace=at)
    assert dict(_states(at))["concepts"] == ""


def _states(workspace: Path) -> list[tuple[str, str]]:
    return [(stage["stage"], stage["stale"]) for stage in done("status", "--json", workspace=workspace).json]
