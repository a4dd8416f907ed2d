"""The command line, run inside the test's process as a shell would run it."""

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from seston.cli import main


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def seston(*arguments: str | Path, workspace: Path | None = None) -> Ran:
    """Run ``seston [-w WORKSPACE] ARGUMENTS``."""
    at = () if workspace is None else ("-w", workspace)
    out, err = io.StringIO(), io.StringIO()
    argv = ["seston", *map(str, (*at, *arguments))]
    with mock.patch.object(sys, "argv", argv), redirect_stdout(out), redirect_stderr(err):
        try:
            main()
        except SystemExit as end:
            code = end.code
    return Ran(code if isinstance(code, int) else 1, out.getvalue(), err.getvalue())


def done(*arguments: str | Path, workspace: Path | None = None) -> Ran:
    """Run a command that must succeed."""
    ran = seston(*arguments, workspace=workspace)
    assert ran.code == 0, ran.err
    return ran
