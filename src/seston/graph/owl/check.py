"""The OWL view before a reasoner: what it entails must be what the graph says, no more and no less."""

from pathlib import Path

import numpy as np

from seston.errors import CheckFailed
from seston.graph.columnar.core import Core
from seston.graph.columnar.statements import ABSENT, PRESENT, Statements
from seston.graph.owl.reasoners import Classes, Classify
from seston.graph.owl.view import bits_set, holder_iri, holding
from seston.graph.vocabulary import node_iri


def expected(core: Core, concepts: list[str], statements: Statements) -> Classes:
    """Return what the view must entail of each taxon, from the columnar core."""
    tree, taxa = core.hierarchy, core.kind == "taxon"
    name = [node_iri(node) for node in tree.ids]
    found = {i: {name[a] for a in tree.lineage(i)[:-1].tolist() if taxa[a]} for i in np.flatnonzero(taxa).tolist()}
    held = holding(core, statements, len(concepts))
    for polarity in (PRESENT, ABSENT):
        holder = [holder_iri(concept, polarity) for concept in concepts]
        for row, column in zip(*(part.tolist() for part in bits_set(held.of(polarity), len(concepts))), strict=True):
            if row in found:
                found[row].add(holder[column])
    return {name[i]: frozenset(above) for i, above in found.items()}


def check_view(view: Path, wanted: Classes, classify: Classify) -> int:
    """Raise unless a reasoner finds exactly what is wanted of each taxon; return how many entailments it found.

    Parameters
    ----------
    view
        The Turtle file.
    wanted
        What `expected` returns.
    classify
        `hermit` or `elk`.

    Raises
    ------
    CheckFailed
        Unsatisfiable classes, unwanted entailments and missing ones: all in ``problems``.
    """
    found = classify(view)
    problems = [f"{name}: can have no member" for name in found.unsatisfiable]
    for name in sorted(wanted):
        above = found.above.get(name, frozenset())
        problems += [f"{name}: unwanted {other}" for other in sorted(above - wanted[name])]
        problems += [f"{name}: missing {other}" for other in sorted(wanted[name] - above)]
    if problems:
        raise CheckFailed(
            f"The OWL view does not say what the graph says: {len(problems)} differences.",
            hint="A taxon that bears and lacks the same form has no member; correct the sentences behind it.",
            problems=problems,
        )
    return sum(map(len, wanted.values()))
