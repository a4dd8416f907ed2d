"""The store of a workspace: made once, made again when what it is made of has changed."""

from pathlib import Path

import pytest

from seston.errors import InvalidData, MissingStage
from seston.graph.querying.store import read_store
from seston.pipeline.exploring.serving import STORE, kept_store, store_of
from seston.workspace import Workspace

LINE = "<http://a/{}> <http://a/p> <http://a/o> <http://a/g> .\n"


class Listener:
    def __init__(self) -> None:
        self.stages: list[str] = []
        self.notes: list[str] = []

    def stage(self, name: str, summary: str) -> None:
        self.stages.append(name)

    def done(self, done: int, total: int) -> None: ...

    def note(self, text: str) -> None:
        self.notes.append(text)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "seston.nq").write_text(LINE.format("s"))
    return Workspace(tmp_path)


def test_it_is_kept_until_the_graph_changes(workspace: Workspace) -> None:
    listener = Listener()
    assert kept_store(workspace) is None
    size = len(read_store(store_of(workspace, listener)))
    store_of(workspace, listener)
    assert listener.stages == ["store"]
    assert kept_store(workspace) == workspace.path(STORE)
    workspace.path("graph/seston.nq").write_text(LINE.format("s") + LINE.format("t"))
    assert kept_store(workspace) is None
    assert len(read_store(store_of(workspace, listener))) == size + 1
    assert listener.stages == ["store", "store"]


def test_a_stale_graph_is_served_and_told(workspace: Workspace) -> None:
    listener = Listener()
    store_of(workspace, listener)
    assert any("'seston build graph' renews it" in note for note in listener.notes)


def test_without_a_graph_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(MissingStage, match="No graph in"):
        store_of(Workspace(tmp_path / "none"), Listener())
    assert not list(tmp_path.iterdir())


def test_a_graph_that_does_not_parse_leaves_no_store(workspace: Workspace) -> None:
    store_of(workspace, Listener())
    workspace.path("graph/seston.nq").write_text("<http://a/s> <broken .\n")
    for _ in range(2):
        with pytest.raises(InvalidData, match="does not parse"):
            store_of(workspace, Listener())
    assert not workspace.path("graph/store.json").exists()
    assert [path.name for path in workspace.path("graph").iterdir() if path.name.startswith(".")] == []
    assert workspace.path(STORE).is_dir()
