"""The shapes run by pySHACL: the contract, for samples and tests; `conformity` runs the same at full size."""

from pathlib import Path

from pyoxigraph import Store

from seston.bundled import folder
from seston.graph.checking.findings import Finding
from seston.graph.querying.store import graphs_of
from seston.graph.vocabulary import DERIVED, GRAPHS, compact


def validate(store: Store, shapes: Path | None = None) -> list[Finding]:
    """Return what breaks the shapes.

    Parameters
    ----------
    store
        A small graph: ten thousand triples take seconds. Its derived graphs are not looked at.
    shapes
        A Turtle file; ``ontology/shapes.ttl`` when not given.

    Returns
    -------
    list of Finding
        Code and text of the shape's message, sorted.
    """
    import pyshacl
    import rdflib
    from rdflib.namespace import SH

    graphs = [graph for name in GRAPHS if name not in DERIVED for graph in graphs_of(store, name)]
    triples = "\n".join(f"{q.triple} ." for graph in graphs for q in store.quads_for_pattern(None, None, None, graph))
    data = rdflib.Graph().parse(data=triples, format="nt")
    rules = rdflib.Graph().parse(shapes or folder("ontology") / "shapes.ttl")
    _, report, _ = pyshacl.validate(data, shacl_graph=rules)
    findings = set()
    for result in report.subjects(rdflib.RDF.type, SH.ValidationResult):
        code, _, message = str(report.value(result, SH.resultMessage)).partition(" ")
        node = compact(str(report.value(result, SH.focusNode)))
        findings.add(Finding(code, node, message, "See ontology/shapes.ttl."))
    return sorted(findings)
