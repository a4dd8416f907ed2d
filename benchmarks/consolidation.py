"""Consolidation and inheritance at the size of WoRMS: 250,000 taxa × 600 concepts, in seconds and against each other.

    python benchmarks/consolidation.py [--json] [--taxa 250000]

The scheme has 60 parts of ten values, half of them exclusive; 14,000 assertions at 6,000 taxa, a tenth against
another of the same taxon, and 1,000 retractions below. "consolidate" settles them with all that they imply and exclude;
"inherit" fills the packed table of every taxon and concept; "count" counts what each concept is shown and lacked by;
"matrix", on request, is the same as four bytes a cell with confidence and origin. Seconds are the processor's.
"""

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from seston.concepts import Scheme, concept_matrix, consolidate
from seston.concepts.scheme import Facet, Part
from seston.graph.columnar.core import Core, build_core
from seston.graph.columnar.inheritance import inherit_packed
from seston.graph.columnar.statements import statements_of
from seston.records import Assertion, Concept, Evidence, Polarity, Taxon

PARTS, VALUES, PLACES, RETRACTIONS = 60, 10, 6000, 1000
LIMIT = 2.0
EVIDENCE = Evidence("p", "", "", 0, 1, hashlib.sha256(b"").hexdigest(), "CC-BY-4.0", "general")


def tree_of(n: int) -> Core:
    """Return a core of n taxa, eleven ranks deep."""
    rng = np.random.default_rng(0)
    starts = np.unique(np.geomspace(1, n, 12).astype(int))
    taxa = [Taxon("t:0", "root", "", "")]
    for above, begin, end in zip([0, *starts[:-2]], starts[:-1], starts[1:], strict=True):
        parents = rng.integers(above, begin, end - begin)
        numbers = zip(range(begin, end), parents.tolist(), strict=True)
        taxa += [Taxon(f"t:{i}", f"n{i}", "", f"t:{parent}") for i, parent in numbers]
    return build_core(taxa)


def scheme_of() -> Scheme:
    """Return a scheme of 600 concepts; in each part the second value implies the first."""
    parts, concepts, implies = [], [], {}
    for p in range(PARTS):
        ids = tuple(f"part{p}/v{v}" for v in range(VALUES))
        parts.append(Part(f"part{p}", f"part {p}", "", "facet", ids, exclusive=p % 2 == 0))
        concepts += [Concept(c, c, "", f"part{p}", exclusive=p % 2 == 0) for c in ids]
        implies[ids[1]] = (ids[0],) if p % 2 else ()
    return Scheme(tuple(concepts), tuple(parts), (Facet("facet", "facet", ""),), implies)


def said_of(core: Core, scheme: Scheme) -> list[Assertion]:
    """Return assertions: two a place, one in ten against another, and retractions."""
    rng = np.random.default_rng(1)
    ids, k = core.hierarchy.ids, len(scheme)
    nodes = rng.choice(len(ids), PLACES, replace=False)
    found = []
    for node in nodes.tolist():
        for concept in rng.choice(k, 2, replace=False).tolist():
            sign = Polarity.PRESENT if rng.random() < 0.8 else Polarity.ABSENT
            found.append(Assertion(ids[node], scheme.concepts[concept].id, sign, 0.85, EVIDENCE))
    found += [Assertion(a.about, a.concept, Polarity.ABSENT, 0.95, EVIDENCE) for a in found[:RETRACTIONS]]
    for node in rng.choice(len(ids), RETRACTIONS, replace=False).tolist():
        concept = scheme.concepts[int(rng.integers(k))].id
        found.append(Assertion(ids[node], concept, Polarity.VARIABLE, 0.85, EVIDENCE))
    return found


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds of the processor that `work` takes, and what it returns."""
    begin = time.process_time()
    result = work()
    return time.process_time() - begin, result


def measure(n: int, *, dense: bool) -> dict[str, float]:
    """Return the figures of one run."""
    core, scheme = tree_of(n), scheme_of()
    said, ids = said_of(core, scheme), [concept.id for concept in scheme.concepts]
    consolidating, settled = timed(lambda: consolidate(said, scheme))
    inheriting, packed = timed(
        lambda: inherit_packed(core.hierarchy, statements_of(core.hierarchy, ids, settled.assertions), len(ids))
    )
    counting, _ = timed(packed.counts)
    figures = {
        "taxa": n,
        "concepts": len(ids),
        "assertions": len(said),
        "settled": len(settled.assertions),
        "consolidate_s": consolidating,
        "inherit_s": inheriting,
        "count_s": counting,
        "both_s": consolidating + inheriting,
        "share_of_limit": (consolidating + inheriting) / LIMIT,
    }
    if dense:
        figures["matrix_s"] = timed(lambda: concept_matrix(core, settled.assertions, ids))[0]
    return figures


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--taxa", type=int, default=250_000)
    parser.add_argument("--matrix", action="store_true", help="also fill the matrix, about 10 GB at the full size")
    options = parser.parse_args()
    figures = measure(options.taxa, dense=options.matrix)
    lines = [json.dumps(figures)] if options.json else [f"{name}: {value:.3f}" for name, value in figures.items()]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
