"""The graph at the size of WoRMS: ratios against the bare work underneath, in one run.

    python benchmarks/graph.py [--json] [--taxa 250000]

The taxonomy is generated in the shape of WoRMS: 11 ranks, 30 % synonyms, homonyms; 600 concepts, asserted at 6,000
places and retracted at 1,000. "store": a register on disk read, joined, checked, written and loaded into a store on
disk, against the loading of the same quads alone; it runs in a process of its own, whose peak memory is told.
"""

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import numpy as np
from pyoxigraph import QuerySolutions, RdfFormat, Store

from seston.graph.checking.checks import check
from seston.graph.columnar.core import Core, build_core
from seston.graph.columnar.inheritance import inherit_packed
from seston.graph.columnar.statements import statements_of
from seston.graph.columnar.update import updated_core
from seston.graph.querying.queries import load_query, run
from seston.graph.querying.store import build_store, read_store
from seston.graph.rdf.taxon_quads import taxonomy
from seston.graph.rdf.turtle import turtle
from seston.graph.rdf.writing import write_nquads
from seston.graph.vocabulary import PREFIXES, node_iri
from seston.records import Assertion, Concept, Evidence, Polarity, Taxon
from seston.sources.registry import Registered, read_register, register_table, write_register
from seston.sources.union import join

RANKS = (
    *("Superdomain", "Kingdom", "Phylum", "Class", "Subclass", "Order", "Suborder", "Family", "Genus", "Species"),
    "Subspecies",
)
SHARES = (0, 0.00003, 0.0003, 0.001, 0.002, 0.008, 0.01, 0.04, 0.16, 0.72)
N_CONCEPTS, N_STATEMENTS, N_RETRACTIONS = 600, 6000, 1000
BIOTA = Taxon("worms:1", "Biota", RANKS[0], "")
SIBLINGS = "SELECT ?id WHERE {{ {node} skos:broader ?parent . ?id skos:broader ?parent }}"


def rows(n: int) -> list[Registered]:
    """Return n rows of a register, 30 % of them synonyms."""
    rng, accepted = np.random.default_rng(0), int(n * 0.7)
    sizes = [1, *(max(1, int(accepted * share)) for share in SHARES[1:])]
    sizes.append(max(1, accepted - sum(sizes)))
    starts = np.cumsum([1, *sizes])
    found = []
    for depth, rank in enumerate(RANKS[1:], start=1):
        above = rng.integers(starts[depth - 1], starts[depth], sizes[depth])
        for number, parent in zip(range(starts[depth], starts[depth + 1]), above.tolist(), strict=True):
            name = f"Nomen{number - 7 if number % 500 == 0 else number}"
            found.append(
                Registered(
                    f"worms:{number}", name, rank, f"worms:{parent}", "", "accepted", f"Author, {1758 + number % 250}"
                )
            )
    last = int(starts[-1])
    for number, valid in enumerate(rng.integers(2, last, n - accepted).tolist(), start=last):
        row = found[valid - 2]
        found.append(replace(row, id=f"worms:{number}", name=f"Synonym{number}", accepted=row.id, status="unaccepted"))
    return found


def statements(taxa: int) -> tuple[list[Concept], list[Assertion]]:
    """Return concepts and what is said in them: present high in the tree, absent at some places below."""
    rng = np.random.default_rng(1)
    concepts = [
        Concept(f"part{j // 6}/value{j}", f"value {j}", f"Value {j}.", f"part{j // 6}") for j in range(N_CONCEPTS)
    ]
    n = min(N_STATEMENTS, taxa // 3), min(N_RETRACTIONS, taxa // 10)
    at = [rng.integers(2, max(3, taxa // 20), n[0]), rng.integers(taxa // 20, taxa * 2 // 3, n[1])]
    said: dict[tuple[int, int], Assertion] = {}
    for nodes, polarity in zip(at, (Polarity.PRESENT, Polarity.ABSENT), strict=True):
        for node, concept in zip(nodes.tolist(), rng.integers(0, N_CONCEPTS, len(nodes)).tolist(), strict=True):
            quote = hashlib.sha256(f"{node} {concept}".encode()).hexdigest()
            evidence = Evidence(f"page {node}", "1", "Description", 0, 40, quote, "CC-BY-4.0", "general")
            assertion = Assertion(f"worms:{node}", concepts[concept].id, polarity, 0.7, evidence)
            said.setdefault((node, concept), assertion)
    return concepts, list(said.values())


def seconds(work: Callable[[], Any], rounds: int = 1, clock: Callable[[], float] = time.perf_counter) -> float:
    """Return the least time that `work` takes."""
    times = []
    for _ in range(rounds):
        start = clock()
        work()
        times.append(clock() - start)
    return min(times)


def core_of(register: Path) -> Core:
    """Return the core of a register on disk."""
    union = join([BIOTA], [("register", read_register(register))])
    return build_core(union.taxa, union.categories)


def written(folder: Path, taxa: int) -> dict[str, float]:
    """Write the graph of a register on disk; return the seconds of each step. Its memory is let go, as by a stage."""
    concepts, said = statements(taxa)
    ids = [concept.id for concept in concepts]
    start = time.perf_counter()
    core = core_of(folder / "register.parquet")
    joined = time.perf_counter()
    own = statements_of(core.hierarchy, ids, said)
    values = inherit_packed(core.hierarchy, own, len(ids), core.blocked).matrix()
    checks = seconds(lambda: check(core, concepts, said, values))
    return {
        "core": joined - start,
        "check": checks,
        "write": seconds(lambda: write_nquads(folder / "graph.nq", core, concepts, said)),
    }


def store_run(folder: Path, taxa: int) -> dict[str, float]:
    """Register to core to checks to quads to store; then the quads alone to a store."""
    start = time.perf_counter()
    times = written(folder, taxa)
    times["load"] = seconds(lambda: build_store(folder / "store", folder / "graph.nq"))
    times["store"] = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    def bare() -> None:
        store = Store(str(folder / "bare"))
        store.bulk_load(path=str(folder / "graph.nq"), format=RdfFormat.N_QUADS)
        store.flush()

    return times | {"bulk_load": seconds(bare), "peak_rss_mb": peak}


def points(store: Store, nodes: list[str], clock: Callable[[], float]) -> dict[str, float]:
    """Return the p95 in milliseconds over nodes, each at its best of five; the first two as the named queries ask."""
    lineage, concepts = load_query("01-lineage"), load_query("02-concepts-of-taxon")

    def siblings(node: str) -> None:
        asked = SIBLINGS.format(node=f"<{node_iri(node)}>")
        list(cast(QuerySolutions, store.query(asked, prefixes=PREFIXES, use_default_graph_as_union=True)))

    works: dict[str, Callable[[str], Any]] = {
        "lineage": lambda node: run(store, lineage, {"taxon": node}),
        "concepts": lambda node: run(store, concepts, {"taxon": node}),
        "siblings": siblings,
    }
    times = {name: [1000 * seconds(partial(work, node), 5, clock) for node in nodes] for name, work in works.items()}
    return {name: float(np.percentile(found, 95)) for name, found in times.items()}


def inheritance(core: Core, ids: list[str], said: list[Assertion]) -> float:
    """Return the time of all values of all taxa over that of a copy of the same bits."""
    own, tree = statements_of(core.hierarchy, ids, said), core.hierarchy
    _ = tree.levels

    def all_values() -> tuple[Any, Any]:
        packed = inherit_packed(tree, own, len(ids), core.blocked)
        return packed.present[packed.row], packed.absent[packed.row]

    table = np.stack(all_values())
    return seconds(all_values, 5) / seconds(table.copy, 5)


def lineages(core: Core) -> float:
    """Return the time of two million lineages, with the making of their table, over that of the bare gather."""
    nodes = np.random.default_rng(2).integers(0, len(core), 2_000_000)
    table = core.hierarchy.lineages.copy()

    def ours() -> Any:
        vars(core.hierarchy).pop("lineages", None)
        return core.hierarchy.lineages[nodes]

    return seconds(ours, 3) / seconds(lambda: table[nodes], 3)


def serialisers(taxa: list[Taxon]) -> float:
    """Return the time of rdflib's Turtle over that of ours, for the same few thousand taxa."""
    import rdflib

    core = build_core(taxa)
    text = "".join(turtle(taxonomy(core)))
    graph = rdflib.Graph().parse(BytesIO(text.encode()), format="turtle")
    return seconds(lambda: graph.serialize(format="turtle"), 2) / seconds(lambda: "".join(turtle(taxonomy(core))), 9)


def update(taxa: list[Taxon]) -> float:
    """Return the time of an update of 1 % of the taxa over that of a full build."""
    core = build_core(taxa)
    changed = [replace(taxon, authority="Changed, 2026") for taxon in taxa[50::100]]
    return seconds(lambda: updated_core(core, changed), 3) / seconds(lambda: build_core(taxa), 2)


def measured(taxa: int) -> tuple[dict[str, float | None], dict[str, float]]:
    """Return the ratios, and the seconds behind them."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_register(folder / "register.parquet", register_table(rows(taxa)))
        order = [sys.executable, __file__, "--taxa", str(taxa), "--store", place]
        times = json.loads(subprocess.run(order, check=True, capture_output=True, text=True).stdout)
        concepts, said = statements(taxa)
        core, store = core_of(folder / "register.parquet"), read_store(folder / "store")
        nodes = np.random.default_rng(3).integers(10, int(taxa * 0.69), 100).tolist()
        asked = [f"worms:{node}" for node in nodes]
        slowest, busy = (points(store, asked, clock) for clock in (time.perf_counter, time.thread_time))
        times |= {f"query {name} (p95)": found / 1000 for name, found in slowest.items()}
        times |= {f"query {name} (p95, of the processor)": found / 1000 for name, found in busy.items()}
        all_taxa = core.taxa()
        figures = {
            "store_vs_bulk_load": times["store"] / times["bulk_load"],
            "peak_rss_mb": times["peak_rss_mb"],
            "inherit_vs_copy": inheritance(core, [concept.id for concept in concepts], said),
            "lineages_vs_gather": lineages(core),
            "point_p95_ms": max(slowest.values()),
            "validate_vs_load": times["check"] / times["bulk_load"],
            "turtle_vs_rdflib": serialisers([taxon for taxon in all_taxa if int(taxon.id[6:]) < 3000]),
            "update_vs_full": update(all_taxa),
        }
    return figures, times


def main() -> None:
    """Print the table, or one JSON object."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--taxa", type=int, default=250_000, help="rows of the taxonomy, synonyms among them")
    parser.add_argument("--store", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.store:
        print(json.dumps(store_run(options.store, options.taxa)))
        return
    figures, times = measured(options.taxa)
    if options.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:20} {value:10.2f}")
    print("seconds: " + ", ".join(f"{name} {value:.3g}" for name, value in times.items() if name != "peak_rss_mb"))


if __name__ == "__main__":
    main()
