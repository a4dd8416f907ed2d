"""Input that real registers hold: each is refused with all its problems, or carried through unharmed."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pyoxigraph import RdfFormat, Store

from seston.errors import AmbiguousTaxon, ContradictoryAssertions, InvalidData, InvalidTaxonomy
from seston.graph.checking.checks import check
from seston.graph.checking.findings import severity
from seston.graph.columnar.core import Core, build_core
from seston.graph.columnar.inheritance import inherit
from seston.graph.columnar.statements import Values, statements_of
from seston.graph.querying.store import build_store, open_store
from seston.graph.rdf.reading import read_records
from seston.graph.rdf.writing import nquads, write_nquads
from seston.records import Polarity, Taxon
from seston.sources.registry import Registered
from seston.sources.union import join
from tests.graph.sample import ASSERTIONS, CATEGORIES, CONCEPTS, TAXA, sample_core, says

IDS = [concept.id for concept in CONCEPTS]
TREES = {
    "a cycle": (
        [replace(TAXA[3], parent="worms:104152")],
        "cycle: worms:104152 → worms:1100 → worms:104152",
    ),
    "an orphan": (
        [Taxon("worms:9", "X", "genus", "worms:404")],
        "worms:9: its parent worms:404 is not in the taxonomy",
    ),
    "two parents": (
        [TAXA[4], replace(TAXA[4], parent="worms:1248")],
        "worms:104152 has 2 parents: worms:1100, worms:1248",
    ),
    "an id with a blank": ([Taxon("worms:9 9", "X", "genus", "worms:2")], "worms:9 9: its id is no CURIE"),
    "an id with a right-to-left mark": (
        [Taxon("worms:9\u200f", "X", "", "worms:2")],
        "worms:9\u200f: its id is no CURIE",
    ),
    "bytes that were not UTF-8": (
        [Taxon("worms:9", "X\udcff", "genus", "worms:2")],
        "'worms:9': a text is not Unicode; read the file in its own encoding",
    ),
}
LABELS = {
    "quotes": "the \"big\" 'one' \\",
    "newlines": "two\r\nlines\tand a tab",
    "emoji": "🦐 👩🏽‍🔬",
    "right to left": "\u202eסרטן\u202c \u200fسمك\u200e",
    "a megabyte": "Ångström " * 120_000,
    "controls": "a\x00b\x1f\x7f",
}


def unknown(core: Core) -> Values:
    return np.full((len(core), len(IDS)), -1, dtype=np.int8)


@pytest.mark.parametrize("name", TREES)
def test_a_tree_that_is_none_is_refused(name: str) -> None:
    faulty, problem = TREES[name]
    kept = [taxon for taxon in TAXA if taxon.id not in {bad.id for bad in faulty}]
    with pytest.raises(InvalidTaxonomy) as caught:
        build_core([*kept, *faulty], CATEGORIES)
    assert problem in caught.value.problems


@pytest.mark.parametrize("name", LABELS)
def test_a_label_comes_back_as_it_was(name: str) -> None:
    odd = Taxon("worms:9", LABELS[name], "genus", "worms:2", "accepted")
    store = Store()
    store.load("".join(nquads(build_core([*TAXA, odd]), CONCEPTS, [])), format=RdfFormat.N_QUADS)
    assert odd in read_records(store).taxa


def test_a_rank_below_its_childs_is_told_and_the_tree_is_built() -> None:
    core = build_core([*TAXA, Taxon("worms:9", "X", "Family", "worms:104152")])
    assert [(f.code, f.node) for f in check(core, CONCEPTS, [], unknown(core)) if f.code == "P005"] == [
        ("P005", "worms:9")
    ]


def test_homonyms_are_told_and_never_guessed_between() -> None:
    core = build_core([*TAXA, Taxon("worms:9", "Calanus", "genus", "worms:1101")])
    found = [f for f in check(core, CONCEPTS, [], unknown(core)) if f.code == "P007"]
    assert [(f.node, f.message) for f in found] == [("worms:9", "It has the name of worms:104152.")]
    with pytest.raises(AmbiguousTaxon) as caught:
        core.hierarchy.find("Calanus")
    assert len(caught.value.problems) == 2
    assert core.hierarchy.ids[core.hierarchy.find("Calanus<Cyclopoida")] == "worms:9"


def test_blanks_in_ids_of_others_and_in_concepts_are_encoded(tmp_path: Path) -> None:
    odd = Taxon("worms:9", "X", "genus", "worms:2", same_as=("ecotaxa:4 5\u200f<", "bold:a b"))
    concept = replace(CONCEPTS[0], id="long tail/with a blank", broader="long tail")
    write_nquads(tmp_path / "graph.nq", build_core([*TAXA, odd]), [*CONCEPTS, concept], [])
    found = read_records(open_store(tmp_path / "graph.nq"))
    assert odd.same_as == tuple(reversed(next(t for t in found.taxa if t.id == "worms:9").same_as))
    assert concept in found.concepts


def test_a_graph_that_is_not_utf_8_is_refused_and_no_store_is_left(tmp_path: Path) -> None:
    graph = tmp_path / "graph.nq"
    graph.write_bytes(b'<urn:s> <urn:p> "M\xfcller" .\n')
    for opened in (open_store, lambda file: build_store(tmp_path / "store", file)):
        with pytest.raises(InvalidData, match="does not parse"):
            opened(graph)
    assert [file.name for file in tmp_path.iterdir()] == ["graph.nq"]


def test_a_conflict_at_one_node_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    path.write_text("old")
    clash = [*ASSERTIONS, says("worms:1080", "tail/forked", Polarity.ABSENT)]
    with pytest.raises(ContradictoryAssertions) as caught:
        write_nquads(path, sample_core(), CONCEPTS, clash)
    assert caught.value.problems == ("worms:1080: tail/forked",)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("graph.nq", "old")]


def test_a_retraction_above_its_assertion_leaves_the_assertion() -> None:
    core = sample_core()
    said = [says("worms:1080", "tail/forked", Polarity.ABSENT), says("worms:1101", "tail/forked")]
    values = inherit(core.hierarchy, statements_of(core.hierarchy, IDS, said), len(IDS), core.blocked)
    held = values[:, IDS.index("tail/forked")]
    below = core.hierarchy.descendants(core.hierarchy.index("worms:1101"))
    found = check(core, CONCEPTS, said, values)
    assert [f.node for f in found if f.code == "P002"] == ["worms:1101"] and severity("P002") == "info"
    assert (held[below] == 1).all()
    assert held[core.hierarchy.index("worms:1100")] == 0
    assert np.unique(held).tolist() == [-1, 0, 1]


@pytest.mark.parametrize("last", ["worms:12", "worms:10", "worms:404"], ids=["chain", "loop", "open end"])
def test_chains_and_loops_of_synonyms_make_one_tree(last: str) -> None:
    rows = [
        Registered("worms:10", "A", "genus", "worms:2", "worms:11", "unaccepted"),
        Registered("worms:11", "B", "genus", "worms:2", "worms:12", "unaccepted"),
        Registered("worms:12", "C", "genus", "worms:2", last),
    ]
    core = build_core(join(TAXA[:2], [("register", rows)]).taxa)
    for name in "ABC":
        assert core.hierarchy.ids[core.hierarchy.find(name)] in {"worms:10", "worms:11", "worms:12"}
