from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Store

from seston.graph.querying.store import read_store
from seston.graph.rdf.writing import write_nquads
from seston.pipeline.exploring.serving import store_of
from seston.workspace import Workspace
from tests.graph.sample import ASSERTIONS, CONCEPTS, SENTENCES, sample_core
from tests.quiet import Quiet
from tests.web.servers import Server, oxigraph_serve, seston_serve

ROWS = 40
SECONDS = 2.0


@pytest.fixture(scope="session")
def sample_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the small graph of tests/graph/sample.py, and its store."""
    root = tmp_path_factory.mktemp("served")
    write_nquads(root / "graph" / "seston.nq", sample_core(), CONCEPTS, ASSERTIONS, SENTENCES)
    store_of(Workspace(root), Quiet())
    return root


@pytest.fixture(scope="session")
def folder(sample_workspace: Path) -> Path:
    """The store's folder."""
    return sample_workspace / "graph" / "store"


@pytest.fixture(scope="session")
def store(folder: Path) -> Store:
    return read_store(folder)


@pytest.fixture(scope="session")
def served(sample_workspace: Path) -> Iterator[Server]:
    """The sample, served by ``seston serve`` with tight limits to pages of one origin."""
    limits = ("--timeout", str(SECONDS), "--max-rows", str(ROWS), "--cors", "https://a.example")
    with seston_serve(sample_workspace, *limits) as server:
        yield server


@pytest.fixture(scope="session")
def oxigraph(folder: Path) -> Iterator[Server]:
    """The same store, served by ``oxigraph serve-read-only``."""
    with oxigraph_serve(folder) as server:
        yield server
