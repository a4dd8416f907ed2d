import numpy as np
from hypothesis import given, settings
from pyoxigraph import RdfFormat, Store

from seston.graph.assertion_quads import SHORTCUTS
from seston.graph.inheritance import inherit
from seston.graph.nquads import lines, typed
from seston.graph.rdf import closure
from seston.graph.reasoning import inherit_by_query
from seston.graph.vocabulary import concept_iri, graph_iri, node_iri, term
from tests.graph.strategies import Case, cases


def store_of(case: Case) -> Store:
    """Return a store with the closure, the statements and the blocked nodes of a case, and nothing else."""
    subject = [f"<{node_iri(node)}>" for node in case.hierarchy.ids]
    rows = zip(*(a.tolist() for a in vars(case.statements).values()), strict=True)
    said = [(subject[n], [(SHORTCUTS[p], f"<{concept_iri(f'facet/{c}')}>")]) for n, c, p in rows]
    shut = [(subject[i], [(term("sst:inheritsMorphology"), typed(False))]) for i in np.flatnonzero(case.blocked)]
    store = Store()
    for descriptions in (closure(case.hierarchy, subject), said, shut):
        store.load("".join(lines(graph_iri("any"), descriptions)), format=RdfFormat.N_QUADS)
    return store


@settings(max_examples=300, deadline=None)
@given(cases(most=16))
def test_sparql_agrees_with_packed_bits(case: Case) -> None:
    values = inherit(case.hierarchy, case.statements, case.n_concepts, case.blocked)
    concepts = [f"facet/{j}" for j in range(case.n_concepts)]
    np.testing.assert_array_equal(inherit_by_query(store_of(case), case.hierarchy, concepts), values)
