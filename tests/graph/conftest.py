from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Store

from seston.graph.querying.store import open_store
from seston.graph.rdf.writing import write_nquads
from tests.graph.sample import ASSERTIONS, CONCEPTS, SENTENCES, sample_core


@pytest.fixture(scope="session")
def sample_nquads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graph") / "graph.nq"
    write_nquads(path, sample_core(), CONCEPTS, ASSERTIONS, SENTENCES)
    return path


@pytest.fixture(scope="session")
def sample_store(sample_nquads: Path) -> Iterator[Store]:
    yield open_store(sample_nquads)
