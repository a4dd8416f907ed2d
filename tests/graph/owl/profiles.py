"""Ask the OWL API what keeps a file out of a profile: ``python -m tests.graph.owl.profiles FILE PROFILE``."""

import sys
from typing import Any

from seston.graph.owl.reasoners import elk_jars


def main(file: str, profile: str) -> None:
    """Print a line for each violation."""
    import jpype

    jpype.startJVM("-Dorg.slf4j.simpleLogger.defaultLogLevel=error", classpath=[str(elk_jars() / "*")])
    manager: Any = jpype.JClass("org.semanticweb.owlapi.apibinding.OWLManager").createOWLOntologyManager()
    ontology = manager.loadOntologyFromOntologyDocument(jpype.JClass("java.io.File")(file))
    report = jpype.JClass(f"org.semanticweb.owlapi.profiles.{profile}Profile")().checkOntology(ontology)
    sys.stdout.write("".join(f"{violation}\n" for violation in report.getViolations()))
    sys.stdout.write(f"{ontology.getAxiomCount()} axioms\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
