"""A workspace on disk: a folder whose manifest says which stage wrote what from what.

``workspace.json`` holds, for each stage that has run, the SHA-256 of every input and output, the version of Seston
and the parameters. It holds no clock time, so that the same workspace built twice is byte identical.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from seston.disk import sha256_of, write_text
from seston.errors import WorkspaceError

MANIFEST = "workspace.json"
FORMAT = 1


@dataclass(frozen=True)
class StageRecord:
    """What one run of a stage read, wrote and was told.

    Parameters
    ----------
    version
        Version of Seston that ran.
    inputs, outputs
        SHA-256 of each file, by its name.
    parameters
        What changes the outputs besides the inputs.
    """

    version: str
    inputs: Mapping[str, str]
    outputs: Mapping[str, str]
    parameters: Mapping[str, Any] = field(default_factory=dict)


class Workspace:
    """A folder of Seston's files.

    Parameters
    ----------
    root
        The folder; it is made when something is first written to it.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.expanduser()

    def path(self, name: str) -> Path:
        """Return where the file `name` of the workspace lies."""
        return self.root / name

    def records(self) -> dict[str, StageRecord]:
        """Return what the manifest holds, by stage.

        Raises
        ------
        WorkspaceError
            If the manifest is damaged or of another format.
        """
        manifest = self.path(MANIFEST)
        if not manifest.exists():
            return {}
        try:
            content = json.loads(manifest.read_text())
            if content["format"] != FORMAT:
                raise WorkspaceError(
                    f"{manifest} has format {content['format']}, this Seston reads format {FORMAT}.",
                    hint="Use the Seston that wrote it, or another workspace with -w.",
                )
            return {name: StageRecord(**record) for name, record in content["stages"].items()}
        except (OSError, ValueError, KeyError, TypeError) as error:
            if isinstance(error, WorkspaceError):
                raise
            raise WorkspaceError(
                f"{manifest} cannot be read as the manifest of a workspace: {error}.",
                hint="Remove that file; every stage will then run again.",
            ) from error

    def record(self, stage: str, record: StageRecord) -> None:
        """Write what `stage` did into the manifest."""
        stages = {**self.records(), stage: record}
        content = {"format": FORMAT, "stages": {name: asdict(stages[name]) for name in sorted(stages)}}
        write_text(self.path(MANIFEST), json.dumps(content, indent=1, sort_keys=True) + "\n")

    def hashes(self, names: tuple[str, ...]) -> dict[str, str]:
        """Return the SHA-256 of those files of the workspace that exist, by name."""
        return {name: sha256_of(self.path(name)) for name in names if self.path(name).exists()}
