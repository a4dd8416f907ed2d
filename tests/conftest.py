"""A small workspace of drawn images, built once for all tests and all workers."""

import fcntl
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from seston.pipeline.exploring.serving import store_of
from seston.pipeline.knowledge import KNOWLEDGE
from seston.pipeline.stages import bring_up_to_date
from seston.workspace import Workspace
from tests.command import done
from tests.drawings import draw_folder
from tests.quiet import Quiet

# A busy machine is no fault of the code.
settings.register_profile("seston", deadline=None)
settings.load_profile("seston")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that all workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def drawings(shared: Path) -> Path:
    """A folder of twelve drawn vignettes of each of six labels."""
    with (shared / "drawings.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        root = shared / "drawings"
        return root if root.exists() else draw_folder(root)


@pytest.fixture(scope="session")
def small(shared: Path, drawings: Path) -> Path:
    """A workspace with the drawn images imported, measured, trained on and judged. Read only: see `own`."""
    root = shared / "small"
    with (shared / "small.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / "metrics.json").exists():
            done("import", "images", drawings, workspace=root)
            for command in ("features", "train", "evaluate"):
                done(command, workspace=root)
    return root


@pytest.fixture
def own(small: Path, tmp_path: Path) -> Path:
    """A copy of the small workspace that the test may change."""
    return Path(shutil.copytree(small, tmp_path / "own"))


@pytest.fixture(scope="session")
def bundled(shared: Path) -> Path:
    """A workspace with the graph of the bundled data and its store. Read only."""
    root = shared / "bundled"
    with (shared / "bundled.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / "graph" / "store.json").exists():
            bring_up_to_date(Workspace(root), KNOWLEDGE[:3], Quiet())
            store_of(Workspace(root), Quiet())
    return root
