"""Inheritance in SPARQL: the definition that an endpoint can check, and that the packed bits must agree with.

Every value of every node costs minutes on a large graph; `inheritance.inherit` takes a fraction of a second.
"""

from collections.abc import Sequence
from typing import cast

import numpy as np
from pyoxigraph import QuerySolutions, Store

from seston.graph.columnar.hierarchy import Hierarchy
from seston.graph.columnar.statements import ABSENT, PRESENT, UNKNOWN, Values
from seston.graph.vocabulary import PREFIXES, compact

# A statement at ?above reaches ?node unless a node from ?node up to, and without, ?above speaks of the concept itself
# or inherits nothing. MINUS was measured seven times as fast as NOT EXISTS in Oxigraph.
INHERITANCE = """
SELECT ?node ?concept ?value WHERE {
  VALUES (?says ?value) { (sst:hasMorphology 1) (sst:lacksMorphology 0) }
  ?above ?says ?concept .
  ?node skos:broaderTransitive? ?above .
  MINUS {
    VALUES ?overrides { sst:hasMorphology sst:lacksMorphology sst:variesInMorphology }
    ?between ?overrides ?concept ; skos:broaderTransitive ?above .
    ?node skos:broaderTransitive? ?between .
  }
  MINUS {
    ?shut sst:inheritsMorphology false ; skos:broaderTransitive ?above .
    ?node skos:broaderTransitive? ?shut .
  }
}
"""


def inherit_by_query(store: Store, hierarchy: Hierarchy, concepts: Sequence[str]) -> Values:
    """Return what `inherit` does, asked of a store that has the closure graph.

    Parameters
    ----------
    store
        The graph.
    hierarchy
        Its n nodes.
    concepts
        (k,) ids.

    Returns
    -------
    numpy.ndarray
        (n, k) int8: 1 present, 0 absent, -1 unknown.
    """
    values = np.full((len(hierarchy), len(concepts)), UNKNOWN, dtype=np.int8)
    column = {concept: j for j, concept in enumerate(concepts)}
    rows = store.query(INHERITANCE, prefixes=PREFIXES, use_default_graph_as_union=True)
    for row in cast(QuerySolutions, rows):
        node, concept, value = (str(row[name].value) for name in ("node", "concept", "value"))
        values[hierarchy.index(compact(node)), column[compact(concept)]] = PRESENT if value == "1" else ABSENT
    return values
