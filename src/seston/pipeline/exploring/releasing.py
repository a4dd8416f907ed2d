"""Releases of a workspace: files of its graph, each with the date of its data, byte-identical from the same data."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from seston.bundled import folder
from seston.concepts import load_scheme, read_assertions
from seston.disk import replacing, sha256_of, write_text
from seston.graph.columnar.core import Core
from seston.graph.columnar.network import network
from seston.graph.columnar.statements import Statements, statements_of
from seston.graph.owl.check import check_view, expected
from seston.graph.owl.reasoners import reasoner
from seston.graph.owl.view import owl_view
from seston.graph.picture import picture
from seston.graph.rdf.assertion_quads import SHORTCUTS, scheme
from seston.graph.rdf.columns import grouped
from seston.graph.rdf.nquads import Description, iri, lines, literal
from seston.graph.rdf.taxon_quads import taxonomy
from seston.graph.rdf.turtle import write_turtle
from seston.graph.release_diff import Change, compare, read_release
from seston.graph.vocabulary import BASE, concept_iri, graph_iri, term
from seston.pipeline.knowledge import ASSERTIONS, CORE, KNOWLEDGE, QUADS
from seston.pipeline.stages import Progress, bring_up_to_date
from seston.pipeline.taxonomies import REGISTERS
from seston.workspace import Workspace

RELEASE = BASE + "release"
_TO_GRAPH = KNOWLEDGE[:3]


def version_of(workspace: Workspace) -> str:
    """Return the version of a workspace's data: the newest date of the bundled data, never that of the clock.

    Registers brought in by import or harvest carry no date that all of them share, so that eight digits of their hash
    follow: the same data, the same version.

    Examples
    --------
    >>> version_of(Workspace(Path("nowhere")))[:4].isdigit()
    True
    """
    manifest = json.loads((folder("data") / "MANIFEST.json").read_text())
    date = max(entry["date"] for entry in manifest["entries"])
    registers = workspace.path(REGISTERS)
    imported = registers.is_dir() and any(registers.glob("*.parquet"))
    return f"{date}-{sha256_of(registers)[:8]}" if imported else date


def release_owl(workspace: Workspace, path: Path, progress: Progress, *, reason: bool = False) -> str:
    """Write the OWL view as Turtle; with ``reason``, only if a reasoner finds just what the graph says.

    Returns
    -------
    str
        What the reasoner found, nothing without one.

    Raises
    ------
    CheckFailed
        Unsatisfiable classes, or entailments that differ: nothing is written.
    """
    core, statements, ids = _material(workspace, progress)
    with replacing(path) as sibling:
        write_turtle(sibling, owl_view(core, load_scheme().concepts, statements, version_of(workspace)))
        if not reason:
            return ""
        name, classify = reasoner()
        progress.note(f"{name} classifies the view")
        found = check_view(sibling, expected(core, ids, statements), classify)
        return f"{name}: {found} entailments, all as in the graph; no class without members."


def release_skos(workspace: Workspace, path: Path, progress: Progress) -> None:
    """Write taxa, labels and concepts with what nodes say themselves, as SKOS in Turtle."""
    core, statements, ids = _material(workspace, progress)
    nodes = taxonomy(core)
    said = _said(core, statements, ids, len(nodes))
    write_turtle(
        path, [_head(workspace)], replace(nodes, objects={**nodes.objects, **said}), scheme(load_scheme().concepts)
    )


def release_nquads(workspace: Workspace, path: Path, progress: Progress) -> None:
    """Write the whole graph as N-Quads, with the version in a graph of its own."""
    bring_up_to_date(workspace, _TO_GRAPH, progress)
    with replacing(path) as sibling, sibling.open("wb") as out, workspace.path(QUADS).open("rb") as quads:
        out.write("".join(lines(graph_iri("release"), [_head(workspace)])).encode())
        out.writelines(quads)


def release_ntriples(workspace: Workspace, path: Path, progress: Progress) -> None:
    """Write the whole graph as N-Triples, without the names of the graphs."""
    bring_up_to_date(workspace, _TO_GRAPH, progress)
    with replacing(path) as sibling, sibling.open("wb") as out, workspace.path(QUADS).open("rb") as quads:
        head = "".join(lines("", [_head(workspace)])).replace(" <> .", " .")
        out.write(head.encode())
        # N-Quads of ours end in " <graph> .\n", and no IRI holds a blank.
        out.writelines(line[: line.rindex(b" <")] + b" .\n" for line in quads)


def release_svg(workspace: Workspace, path: Path, root: str, depth: int | None, progress: Progress) -> int:
    """Draw the branch of a node with its concepts; return how many nodes it shows.

    Raises
    ------
    UnknownTaxon, AmbiguousTaxon
        No node, or several, of that name.
    """
    core, statements, ids = _material(workspace, progress)
    graph = network(core, statements, ids, root=core.hierarchy.find(root), depth=depth)
    write_text(path, picture(graph, {concept.id: concept.label for concept in load_scheme().concepts}))
    return len(graph)


def difference(before: Path, after: Path) -> list[Change]:
    """Return what changed between two releases, each a file of `export` or a workspace whose graph is built."""
    old, new = (read_release(path / QUADS if path.is_dir() else path) for path in (before, after))
    return compare(old, new)


def _material(workspace: Workspace, progress: Progress) -> tuple[Core, Statements, list[str]]:
    bring_up_to_date(workspace, KNOWLEDGE[:2], progress)
    core, ids = Core.load(workspace.path(CORE)), [concept.id for concept in load_scheme().concepts]
    return core, statements_of(core.hierarchy, ids, read_assertions(workspace.path(ASSERTIONS))), ids


def _said(core: Core, statements: Statements, concepts: list[str], n: int) -> dict[str, Any]:
    """Return what nodes say themselves, as columns of ``n`` subjects of which the nodes come first."""
    forms = pa.array([iri(concept_iri(concepts[concept])) for concept in statements.concept.tolist()], pa.string())
    found = {}
    for polarity, predicate in SHORTCUTS.items():
        chosen = statements.polarity == polarity
        found[predicate] = grouped(n, statements.node[chosen], forms.filter(pa.array(chosen)))
    return found


def _head(workspace: Workspace) -> Description:
    version = version_of(workspace)
    return f"<{RELEASE}>", [
        (term("rdf:type"), term("owl:Ontology")),
        (term("owl:versionIRI"), iri(f"{RELEASE}/{version}")),
        (term("owl:versionInfo"), literal(version)),
        (term("dcterms:title"), literal("Seston: taxa, forms and descriptions of plankton", "en")),
        (term("dcterms:license"), "<https://creativecommons.org/licenses/by/4.0/>"),
    ]
