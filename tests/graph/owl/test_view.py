import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from seston.errors import CheckFailed
from seston.graph.columnar.core import Core, build_core
from seston.graph.columnar.inheritance import inherit_plainly
from seston.graph.columnar.statements import ABSENT, PRESENT, Statements, settle, statements_of
from seston.graph.owl.check import check_view, expected
from seston.graph.owl.reasoners import Classes, Classify, elk, elk_is_there, hermit
from seston.graph.owl.view import holder_iri, owl_view
from seston.graph.rdf.turtle import write_turtle
from seston.graph.vocabulary import node_iri
from seston.records import Concept, Taxon
from tests.graph.sample import ASSERTIONS, CONCEPTS, sample_core
from tests.graph.strategies import Case, cases

ROOT = Path(__file__).parents[3]
IDS = [concept.id for concept in CONCEPTS]
REASONERS = [
    pytest.param(hermit, id="HermiT", marks=pytest.mark.skipif(shutil.which("java") is None, reason="needs Java")),
    pytest.param(elk, id="ELK", marks=pytest.mark.skipif(not elk_is_there(), reason="needs Java and ELK's jars")),
]


def taxa_of(case: Case) -> Core:
    tree = case.hierarchy
    parents = ["" if p < 0 else tree.ids[p] for p in tree.parent.tolist()]
    return build_core([Taxon(node, node, "", parent) for node, parent in zip(tree.ids, parents, strict=True)])


def plainly(core: Core, concepts: list[str], statements: Statements) -> Classes:
    """Taxon by taxon: a value holds for all members where every taxon of the branch has it."""
    tree, taxa = core.hierarchy, core.kind == "taxon"
    values = inherit_plainly(tree, statements, len(concepts), core.blocked)
    found = {}
    for i in np.flatnonzero(taxa).tolist():
        branch = values[i : tree.leave[i]][taxa[i : tree.leave[i]]]
        above = {node_iri(tree.ids[a]) for a in tree.lineage(i)[:-1] if taxa[a]}
        for polarity in (PRESENT, ABSENT):
            held = np.flatnonzero((branch == polarity).all(axis=0))
            above |= {holder_iri(concepts[j], polarity) for j in held.tolist()}
        found[node_iri(tree.ids[i])] = frozenset(above)
    return found


@settings(max_examples=200, deadline=None)
@given(cases())
def test_what_holds_for_all_members_is_what_plain_python_says(case: Case) -> None:
    core, concepts = taxa_of(case), [f"facet/{j}" for j in range(case.n_concepts)]
    moved = Statements(case.statements.node + 1, case.statements.concept, case.statements.polarity)
    assert core.hierarchy.ids[1:-1] == case.hierarchy.ids
    assert expected(core, concepts, moved) == plainly(core, concepts, moved)


def test_an_exception_below_keeps_the_restriction_off_the_taxon() -> None:
    core = sample_core()
    above = expected(core, IDS, statements_of(core.hierarchy, IDS, ASSERTIONS))
    tail, long = (holder_iri(concept, PRESENT) for concept in ("tail/forked", "antennae/long"))
    copepods, calanus, oithona, oncaea = (node_iri(f"worms:{i}") for i in (1080, 104152, 106485, 128690))
    assert tail in above[copepods] and long not in above[copepods]
    assert long in above[calanus] and long in above[oithona]
    assert holder_iri("antennae/long", ABSENT) in above[oncaea]


@pytest.mark.parametrize("classify", REASONERS)
def test_an_unsatisfiable_class_and_an_unwanted_entailment_are_found(classify: Classify, tmp_path: Path) -> None:
    core, view = sample_core(), tmp_path / "view.ttl"
    statements = statements_of(core.hierarchy, IDS, ASSERTIONS)
    write_turtle(view, owl_view(core, CONCEPTS, statements, "2026-01-01"))
    wanted = expected(core, IDS, statements)
    assert check_view(view, wanted, classify) == sum(map(len, wanted.values()))
    both = [node_iri("worms:104190"), holder_iri("antennae/long", ABSENT)]
    with view.open("a") as stream:
        stream.write(f"<{both[0]}> rdfs:subClassOf <{both[1]}> .\n")
        stream.write(f"worms:1248 rdfs:subClassOf <{holder_iri('tail/forked', PRESENT)}> .\n")
    with pytest.raises(CheckFailed) as caught:
        check_view(view, wanted, classify)
    assert f"{both[0]}: can have no member" in caught.value.problems
    assert f"{node_iri('worms:1248')}: unwanted {holder_iri('tail/forked', PRESENT)}" in caught.value.problems


@pytest.mark.parametrize("classify", REASONERS)
def test_reasoners_agree_on_ten_thousand_taxa(classify: Classify, tmp_path: Path) -> None:
    random, n, k = np.random.default_rng(4), 10_000, 40
    above = [0, *(int(random.integers(i // 8, i // 3 + 1)) for i in range(1, n))]
    taxa = [Taxon(f"worms:{i}", f"T{i}", "", f"worms:{above[i]}" if i else "") for i in range(n)]
    core, concepts = build_core(taxa), [Concept(f"part/v{j}", f"v{j}", "", "") for j in range(k)]
    cells = {(int(i), int(j)): int(random.choice([1, 1, 0, -1])) for i, j in random.integers((2, 0), (n, k), (3000, 2))}
    ids = [concept.id for concept in concepts]
    said = settle([i for i, _ in cells], [j for _, j in cells], list(cells.values()), core.hierarchy.ids, ids)
    write_turtle(tmp_path / "view.ttl", owl_view(core, concepts, said, "2026-01-01"))
    wanted = expected(core, ids, said)
    assert check_view(tmp_path / "view.ttl", wanted, classify) == sum(map(len, wanted.values())) > 50_000


@pytest.mark.skipif(not elk_is_there(), reason="needs Java and the OWL API")
def test_the_view_is_owl_2_el(tmp_path: Path) -> None:
    statements = statements_of((core := sample_core()).hierarchy, IDS, ASSERTIONS)
    write_turtle(tmp_path / "view.ttl", owl_view(core, CONCEPTS, statements, "2026-01-01"))
    order = [sys.executable, "-m", "tests.graph.owl.profiles", str(tmp_path / "view.ttl"), "OWL2EL"]
    [axioms] = subprocess.run(order, capture_output=True, text=True, check=True, cwd=ROOT).stdout.splitlines()
    assert int(axioms.split()[0]) > 50
