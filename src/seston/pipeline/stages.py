"""Stages with declared inputs and outputs; what is stale, and why."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from seston.bundled import folder
from seston.disk import sha256_of
from seston.errors import MissingStage, UsageError
from seston.version import VERSION
from seston.workspace import StageRecord, Workspace


class Progress(Protocol):
    """Tells a person what goes on."""

    def stage(self, name: str, summary: str) -> None:
        """Announce a stage."""

    def done(self, done: int, total: int) -> None:
        """Say how much of the present stage is done."""

    def note(self, text: str) -> None:
        """Say something that is no result."""


@dataclass(frozen=True)
class Stage:
    """A step that makes files from files.

    Parameters
    ----------
    name, summary
        What to call it, and what it does in a few words.
    bundled
        Files and folders of the repository that it reads, such as ``data/taxa.csv``.
    reads, writes
        Files of the workspace.
    run
        Does the work and returns the parameters that it chose.
    optional
        Files of the workspace that it reads when they are there.
    makes
        Patterns of the files that it writes besides, whose names depend on the data.
    """

    name: str
    summary: str
    bundled: tuple[str, ...]
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    run: Callable[[Workspace, Progress], Mapping[str, Any]]
    optional: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()


def inputs_of(workspace: Workspace, stage: Stage) -> dict[str, str]:
    """Return the SHA-256 of everything that a stage reads and that exists, by name."""
    hashes = {name: sha256_of(_bundled(name)) for name in stage.bundled}
    return hashes | workspace.hashes((*stage.reads, *_expanded(workspace, stage.optional)))


def outputs_of(workspace: Workspace, stage: Stage) -> dict[str, str]:
    """Return the SHA-256 of everything that a stage writes and that exists, by name."""
    return workspace.hashes((*stage.writes, *_expanded(workspace, stage.makes)))


def why_stale(workspace: Workspace, stage: Stage) -> str:
    """Return why a stage must run again, or nothing when it need not."""
    record = workspace.records().get(stage.name)
    if record is None:
        return "never run"
    if record.version != VERSION:
        return f"made by version {record.version}"
    missing = [name for name in (*stage.writes, *record.outputs) if not workspace.path(name).exists()]
    if missing:
        return f"{missing[0]} is missing"
    inputs = inputs_of(workspace, stage)
    for name in sorted(inputs.keys() | record.inputs.keys()):
        if inputs.get(name) != record.inputs.get(name):
            return f"{name} {_change(name, inputs, record.inputs)}"
    now = outputs_of(workspace, stage)
    changed = [name for name, digest in record.outputs.items() if now.get(name) != digest]
    return f"{changed[0]} was changed" if changed else ""


def states(workspace: Workspace, stages: Sequence[Stage]) -> list[tuple[Stage, str]]:
    """Return each stage with why it must run again: for a reason of its own, or after a stage that feeds it."""
    found: list[tuple[Stage, str]] = []
    for stage in stages:
        reads = (*stage.reads, *stage.optional)
        feeding = [other.name for other, why in found if why and set(reads) & {*other.writes, *other.makes}]
        found.append((stage, why_stale(workspace, stage) or (f"depends on {feeding[0]}" if feeding else "")))
    return found


def run_stage(workspace: Workspace, stage: Stage, progress: Progress) -> None:
    """Run a stage and record what it read and wrote.

    Raises
    ------
    MissingStage
        If a file that it reads is not there.
    """
    absent = [name for name in stage.reads if not workspace.path(name).exists()]
    if absent:
        raise MissingStage(
            f"The stage {stage.name} reads {absent[0]}, which is not in {workspace.root}.",
            hint=f"Run '{_maker(absent[0])}' first, or 'seston demo' for everything.",
        )
    progress.stage(stage.name, stage.summary)
    inputs = inputs_of(workspace, stage)
    parameters = stage.run(workspace, progress)
    workspace.record(stage.name, StageRecord(VERSION, inputs, outputs_of(workspace, stage), dict(parameters)))


def bring_up_to_date(
    workspace: Workspace, stages: Sequence[Stage], progress: Progress, *, missing_only: bool = False
) -> list[str]:
    """Run those of `stages` that are stale, in order; return their names.

    Parameters
    ----------
    workspace
        Where.
    stages
        In the order in which they feed each other.
    progress
        Told of each stage.
    missing_only
        Leave alone what is stale but there.
    """
    ran = []
    for stage in stages:
        there = all(workspace.path(name).exists() for name in stage.writes)
        if (missing_only and there) or not why_stale(workspace, stage):
            continue
        run_stage(workspace, stage, progress)
        ran.append(stage.name)
    return ran


def chosen(stages: Sequence[Stage], names: Sequence[str]) -> list[Stage]:
    """Return the stages of those names, in their own order.

    Raises
    ------
    UsageError
        If a name is none of theirs.
    """
    known = [stage.name for stage in stages]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise UsageError(f"No stage '{unknown[0]}'.", hint=f"The stages are: {', '.join(known)}.")
    return [stage for stage in stages if stage.name in names]


def _maker(name: str) -> str:
    makers = {"images": "seston import images PATH", "model": "seston train", "evaluation": "seston evaluate"}
    return makers.get(name.partition("/")[0], "seston build")


def _bundled(name: str) -> Path:
    top, _, rest = name.partition("/")
    return folder(top) / rest


def _expanded(workspace: Workspace, patterns: Sequence[str]) -> Iterator[str]:
    for pattern in patterns:
        for path in sorted(workspace.root.glob(pattern)):
            yield path.relative_to(workspace.root).as_posix()


def _change(name: str, now: Mapping[str, str], then: Mapping[str, str]) -> str:
    if name not in then:
        return "is new"
    return "is gone" if name not in now else "has changed"
