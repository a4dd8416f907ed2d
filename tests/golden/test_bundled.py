"""Every query on the bundled data; renew the answers with ``python -m tests.golden.update GRAPH.nq``."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Store

from seston.bundled import folder
from seston.graph.querying.queries import Query, list_queries, run
from seston.graph.querying.store import open_store
from seston.graph.querying.tabular import to_csv
from seston.pipeline.knowledge import QUADS
from tests.golden.update import GOLDEN

QUERIES = list_queries()


@pytest.fixture(scope="module")
def store(bundled: Path) -> Iterator[Store]:
    yield open_store(bundled / QUADS, [folder("ontology") / "morphology.ttl"])


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_golden_answer(query: Query, store: Store) -> None:
    name = query.name
    assert to_csv(run(store, query)) == (GOLDEN / f"{name}.csv").read_text()


def test_every_query_has_a_golden_answer() -> None:
    assert sorted(Path(file).stem for file in GOLDEN.glob("*.csv")) == [query.name for query in QUERIES]
