from pathlib import Path

import pytest
from pyoxigraph import Quad, Store

from seston.errors import InvalidData, MissingStage, WorkspaceError
from seston.graph.querying.store import build_store, open_store, rdflib_view, read_store

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?t a <http://rs.tdwg.org/dwc/terms/Taxon> }"


def quads(store: Store) -> set[Quad]:
    return set(store)


def test_memory_and_disk_hold_the_same(sample_nquads: Path, sample_store: Store, tmp_path: Path) -> None:
    for _ in range(2):
        build_store(tmp_path / "store", sample_nquads)
    assert quads(read_store(tmp_path / "store")) == quads(sample_store)
    assert [file.name for file in tmp_path.iterdir()] == ["store"]


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # until rdflib stops calling it
def test_rdflib_and_oxigraph_count_the_same(sample_store: Store) -> None:
    [[n]] = rdflib_view(sample_store).query(COUNT)  # type: ignore[misc]
    found = sample_store.query(COUNT, use_default_graph_as_union=True)
    assert int(n) == int(next(found)["n"].value) == 10  # type: ignore[arg-type]


def test_an_ontology_gets_its_own_graph(sample_nquads: Path, sample_store: Store, tmp_path: Path) -> None:
    extra = tmp_path / "extra.ttl"
    extra.write_text("<https://example.org/a> a <https://example.org/B> .")
    before, after = (set(store.named_graphs()) for store in (sample_store, open_store(sample_nquads, [extra])))
    assert [graph.value.rpartition("/")[2] for graph in after - before] == ["ontology"]
    assert before < after
    assert len(open_store(sample_nquads, [extra])) == len(sample_store) + 1


def test_what_is_not_there_or_does_not_parse(tmp_path: Path) -> None:
    with pytest.raises(MissingStage):
        open_store(tmp_path / "graph.nq")
    with pytest.raises(MissingStage):
        read_store(tmp_path / "store")
    (tmp_path / "graph.nq").write_text("<a> nonsense")
    with pytest.raises(InvalidData, match="does not parse"):
        open_store(tmp_path / "graph.nq")
    with pytest.raises(InvalidData, match="does not parse"):
        build_store(tmp_path / "store", tmp_path / "graph.nq")
    assert [file.name for file in tmp_path.iterdir()] == ["graph.nq"]


def test_a_folder_that_cannot_be_made(tmp_path: Path, sample_nquads: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WorkspaceError):
        build_store(tmp_path / "file" / "store", sample_nquads)
