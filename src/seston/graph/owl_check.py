"""The OWL view before a reasoner: what it entails must be what the graph says, no more and no less."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from pyoxigraph import RdfFormat, parse, serialize

from seston.errors import CheckFailed, SestonError
from seston.graph.core import Core
from seston.graph.owl_view import bits_set, holder_iri, holding
from seston.graph.statements import ABSENT, PRESENT, Statements
from seston.graph.vocabulary import node_iri

Classes = Mapping[str, frozenset[str]]
"""IRI of a taxon → IRIs of the taxa, bearers and lackers above it, without itself."""


@dataclass(frozen=True)
class Entailed:
    """What a reasoner found: the named classes above each class, and the classes that can have no member."""

    above: Classes
    unsatisfiable: tuple[str, ...]


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


def entailed(view: Path) -> Entailed:
    """Classify a view with HermiT, through owlready2.

    Parameters
    ----------
    view
        The Turtle file.

    Returns
    -------
    Entailed
        For every named class.

    Raises
    ------
    SestonError
        There is no Java, or the ontology as a whole is inconsistent.
    """
    import owlready2

    if shutil.which("java") is None:
        raise SestonError("No Java: HermiT needs it.", hint="Install a Java runtime, such as default-jre-headless.")
    world = owlready2.World()
    with TemporaryDirectory() as place:
        triples = Path(place) / "view.nt"
        serialize(parse(path=str(view), format=RdfFormat.TURTLE), str(triples), format=RdfFormat.N_TRIPLES)
        ontology = world.get_ontology(triples.as_uri()).load()
    try:
        owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError as error:
        raise SestonError(f"{view} is inconsistent as a whole.", hint="Look for individuals in it.") from error
    unsatisfiable = tuple(sorted(found.iri for found in world.inconsistent_classes() if hasattr(found, "iri")))
    return Entailed({found.iri: _above(found) for found in ontology.classes()}, unsatisfiable)


def check_view(view: Path, wanted: Classes) -> int:
    """Raise unless the reasoner finds exactly what is wanted of each taxon; return how many entailments it found.

    Raises
    ------
    CheckFailed
        Unsatisfiable classes, unwanted entailments and missing ones: all in ``problems``.
    """
    found = entailed(view)
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
    return sum(len(found.above[name]) for name in wanted)


def _above(entity: object) -> frozenset[str]:
    above = entity.ancestors(include_self=False, include_constructs=False)  # type: ignore[attr-defined]
    return frozenset(other.iri for other in above if other.iri != "http://www.w3.org/2002/07/owl#Thing")
