import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from pyoxigraph import RdfFormat, Store

from seston.graph.columnar.hierarchy import Hierarchy
from seston.graph.columnar.inheritance import inherit, inherit_plainly
from seston.graph.columnar.statements import settle
from seston.graph.querying.reasoning import inherit_by_query
from seston.graph.rdf.assertion_quads import SHORTCUTS
from seston.graph.rdf.derived_quads import closure
from seston.graph.rdf.nquads import lines, typed
from seston.graph.vocabulary import concept_iri, graph_iri, node_iri, term
from tests.graph.strategies import Case, cases


def store_of(case: Case) -> Store:
    """Return a store with the closure, the statements and the blocked nodes of a case, and nothing else."""
    subject = [f"<{node_iri(node)}>" for node in case.hierarchy.ids]
    rows = zip(*(a.tolist() for a in vars(case.statements).values()), strict=True)
    said = [(subject[n], [(SHORTCUTS[p], f"<{concept_iri(f'facet/{c}')}>")]) for n, c, p in rows]
    shut = [(subject[i], [(term("sst:inheritsMorphology"), typed(False))]) for i in np.flatnonzero(case.blocked)]
    store = Store()
    for descriptions in (closure(case.hierarchy, pa.array(subject)), said, shut):
        store.load("".join(lines(graph_iri("any"), descriptions)), format=RdfFormat.N_QUADS)
    return store


def grove(seed: int, n_trees: int) -> Case:
    """Return trees of 1 to 12 nodes below one silent root, with statements, exceptions, retractions, blocked nodes."""
    rng = np.random.default_rng(seed)
    ids, parents = ["n:root"], [""]
    for tree in range(n_trees):
        names = [f"n:{tree:03}-{i:02}" for i in range(rng.integers(1, 13))]
        ids += names
        parents += [names[rng.integers(i)] if i else "n:root" for i in range(len(names))]
    hierarchy = Hierarchy.from_parents(ids, parents)
    n = len(ids)
    cells = rng.choice((n - 1) * 3, n, replace=False)
    node, concept = cells // 3 + 1, cells % 3
    sign = rng.choice([1, 0, -1], n, p=[0.5, 0.35, 0.15])
    statements = settle(node.tolist(), concept.tolist(), sign, hierarchy.ids, [f"facet/{j}" for j in range(3)])
    blocked = rng.random(n) < 0.1
    blocked[0] = False
    return Case(hierarchy, statements, 3, blocked)


@pytest.mark.parametrize("seed", range(8))
def test_all_three_agree_on_every_node_of_two_thousand_trees(seed: int) -> None:
    case = grove(seed, 250)
    arguments = (case.hierarchy, case.statements, case.n_concepts, case.blocked)
    values = inherit(*arguments)
    np.testing.assert_array_equal(inherit_plainly(*arguments), values)
    np.testing.assert_array_equal(
        inherit_by_query(store_of(case), case.hierarchy, [f"facet/{j}" for j in range(3)]), values
    )
    assert {-1, 0, 1} <= set(values.ravel().tolist())


@settings(max_examples=300, deadline=None)
@given(cases(most=16))
def test_sparql_agrees_with_packed_bits(case: Case) -> None:
    values = inherit(case.hierarchy, case.statements, case.n_concepts, case.blocked)
    concepts = [f"facet/{j}" for j in range(case.n_concepts)]
    np.testing.assert_array_equal(inherit_by_query(store_of(case), case.hierarchy, concepts), values)
