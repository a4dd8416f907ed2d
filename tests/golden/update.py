"""Write the golden answers of every query, with its defaults, from the bundled data.

``python -m tests.golden.update GRAPH.nq`` after a change of the data, the scheme or the queries, with the graph of a
demo; look at the difference before committing it.
"""

import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import Store

from seston.bundled import folder
from seston.graph.columnar.core import build_core
from seston.graph.querying.queries import list_queries, run
from seston.graph.querying.store import open_store
from seston.graph.querying.tabular import to_csv
from seston.graph.rdf.writing import write_nquads
from seston.records import Assertion, Category, Concept, Evidence, Taxon

GOLDEN = Path(__file__).parent / "queries"


def store_of(
    taxa: Iterable[Taxon],
    categories: Iterable[Category],
    concepts: Sequence[Concept],
    assertions: Collection[Assertion],
    sentences: dict[Evidence, str] | None = None,
) -> Store:
    """Return the store of these records, with the bundled scheme beside them."""
    with TemporaryDirectory() as place:
        file = Path(place) / "graph.nq"
        write_nquads(file, build_core(taxa, categories), concepts, assertions, sentences)
        return open_store(file, [folder("ontology") / "morphology.ttl"])


def answers(store: Store) -> dict[str, str]:
    """Return the answer to each query with its defaults, as CSV, by name."""
    return {query.name: to_csv(run(store, query)) for query in list_queries()}


def write(store: Store) -> None:
    """Write the answers, and remove those of queries that are gone."""
    found = answers(store)
    for file in GOLDEN.glob("*.csv"):
        if file.stem not in found:
            file.unlink()
    for name, text in found.items():
        (GOLDEN / f"{name}.csv").write_text(text)


if __name__ == "__main__":
    write(open_store(Path(sys.argv[1]), [folder("ontology") / "morphology.ttl"]))
