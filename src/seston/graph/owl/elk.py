"""A program that runs ELK: ``python -m seston.graph.owl.elk JARS VIEW FOUND``; one Java fits into one process.

It writes the direct superclasses and equivalent classes that it found as Turtle, prints the classes that can have no
member, and ends with 3 when the ontology is inconsistent as a whole.
"""

import sys
from pathlib import Path
from typing import Any

_MEMORY = "-Xmx6g"


def main(jars: Path, view: Path, found: Path) -> int:
    """Classify ``view``; return the exit code."""
    import jpype

    jpype.startJVM(_MEMORY, "-Dorg.slf4j.simpleLogger.defaultLogLevel=error", classpath=[str(jars / "*")])
    of = jpype.JClass
    manager: Any = of("org.semanticweb.owlapi.apibinding.OWLManager").createOWLOntologyManager()
    ontology = manager.loadOntologyFromOntologyDocument(of("java.io.File")(str(view)))
    reasoner = of("org.semanticweb.elk.owlapi.ElkReasonerFactory")().createReasoner(ontology)
    if not reasoner.isConsistent():
        return 3
    reasoner.precomputeInferences(of("org.semanticweb.owlapi.reasoner.InferenceType").CLASS_HIERARCHY)
    inferred = manager.createOntology()
    for kind in ("InferredSubClassAxiomGenerator", "InferredEquivalentClassAxiomGenerator"):
        generator = of(f"org.semanticweb.owlapi.util.{kind}")()
        manager.addAxioms(inferred, generator.createAxioms(manager.getOWLDataFactory(), reasoner))
    form = of("org.semanticweb.owlapi.formats.TurtleDocumentFormat")()
    manager.saveOntology(inferred, form, of("org.semanticweb.owlapi.model.IRI").create(of("java.io.File")(str(found))))
    for name in reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom():
        print(name.toStringID())  # noqa: T201 - the other process reads it
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
