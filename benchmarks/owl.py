"""The OWL view of a taxonomy of WoRMS's size before a reasoner: are its entailments those of the graph?

    python benchmarks/owl.py [--json] [--taxa 250000] [--reasoner elk|hermit]

The taxonomy, the concepts and what is said in them are those of ``benchmarks/graph.py``; every accepted taxon is a
class. ELK needs its jars (see docs/decisions/0008-graph-at-size.md); HermiT, which owlready2 brings, is slow past
20,000 taxa.
"""

import argparse
import json
import resource
import tempfile
import time
from pathlib import Path

from graph import core_of, rows, statements
from seston.errors import CheckFailed
from seston.graph.columnar.statements import statements_of
from seston.graph.owl.check import check_view, expected
from seston.graph.owl.reasoners import elk, hermit
from seston.graph.owl.view import owl_view
from seston.graph.rdf.turtle import write_turtle
from seston.sources.registry import register_table, write_register

REASONERS = {"elk": elk, "hermit": hermit}


def measured(taxa: int, reasoner: str) -> dict[str, float]:
    """Return the figures of one run over ``taxa`` accepted taxa."""
    n = taxa * 10 // 7  # three rows of ten are synonyms
    with tempfile.TemporaryDirectory() as place:
        register, view = Path(place) / "register.parquet", Path(place) / "view.ttl"
        write_register(register, register_table(rows(n)))
        core, (concepts, said) = core_of(register), statements(n)
        ids = [concept.id for concept in concepts]
        own = statements_of(core.hierarchy, ids, said)
        start = time.perf_counter()
        write_turtle(view, owl_view(core, concepts, own, "2026-01-01"))
        written = time.perf_counter()
        wanted = expected(core, ids, own)
        problems: list[str] = []
        asked = time.perf_counter()
        try:
            check_view(view, wanted, REASONERS[reasoner])
        except CheckFailed as failed:
            problems = list(failed.problems)
        return {
            "taxa": len(wanted),
            "entailments": sum(map(len, wanted.values())),
            "differences": sum(": can have no member" not in problem for problem in problems),
            "unsatisfiable": sum(": can have no member" in problem for problem in problems),
            "write_s": written - start,
            "reason_s": time.perf_counter() - asked,
            "reasoner_peak_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        }


def main() -> None:
    """Print the table, or one JSON object."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--taxa", type=int, default=250_000, help="accepted taxa")
    parser.add_argument("--reasoner", choices=REASONERS, default="elk", help="which reasoner")
    options = parser.parse_args()
    figures = measured(options.taxa, options.reasoner)
    if options.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:20} {value:14.10g}")


if __name__ == "__main__":
    main()
