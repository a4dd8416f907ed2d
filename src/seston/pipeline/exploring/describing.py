"""Questions to the graph and the dictionary of a workspace; what they need is built first when it is missing."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from seston.concepts import ConceptMatrix, read_assertions, search
from seston.concepts.search import Hit
from seston.explain.sentences import Sayings
from seston.graph.checking.checks import check
from seston.graph.checking.findings import Finding
from seston.graph.columnar.core import Core
from seston.pipeline.dictionary.schemes import scheme_of
from seston.pipeline.harvesting.ecotaxa_categories import objects_of, read_categories
from seston.pipeline.knowledge import (
    ASSERTIONS,
    CORE,
    DICTIONARY,
    KNOWLEDGE,
    MATRIX,
    VECTORS,
    read_sayings,
)
from seston.pipeline.stages import Progress, bring_up_to_date
from seston.pipeline.taxonomies import DEFECTS
from seston.workspace import Workspace

_DEFECTS = {
    "parent elsewhere": (
        "R001",
        "names {parent} as parent, which another table has",
        "Nothing: the merge has mended it.",
    ),
    "parent unknown": (
        "R002",
        "names {parent} as parent, which no table has",
        "Import a table that holds the parent, or harvest it: 'seston harvest worms --root ID'.",
    ),
    "cycle": ("R003", "lies on a cycle: {parent}", "Correct one of the parents in the register."),
}
TAXONOMY_CONCEPTS = KNOWLEDGE[:2]
TO_GRAPH = KNOWLEDGE[:3]
_EVIDENCE = ("page", "revision", "section", "start", "end", "licence", "source")
ONTOLOGY = ("seston.ttl", "morphology.ttl")


def findings(workspace: Workspace, progress: Progress) -> list[Finding]:
    """Return what the checks find in the graph of a workspace, and in the registers that it was made from."""
    bring_up_to_date(workspace, TAXONOMY_CONCEPTS, progress)
    core, matrix = Core.load(workspace.path(CORE)), ConceptMatrix.load(workspace.path(MATRIX))
    values = np.where(np.isfinite(matrix.value), matrix.value, -1).astype(np.int8)
    found = check(core, scheme_of(workspace).concepts, read_assertions(workspace.path(ASSERTIONS)), values)
    return sorted([*found, *register_findings(json.loads(workspace.path(DEFECTS).read_text()))])


def register_findings(defects: Iterable[Mapping[str, str]]) -> Iterator[Finding]:
    """Yield a finding for each row of ``graph/defects.json``."""
    for row in defects:
        code, said, hint = _DEFECTS[row["what"]]
        hung = row["hung"] or "seston:not-living"
        yield Finding(
            code, row["node"], f"{row['register']}: {row['name']} {said.format(**row)}; it hangs below {hung}.", hint
        )


def describe(workspace: Workspace, name: str, progress: Progress) -> dict[str, Any]:
    """Return all that is known of a taxon or label, as plain data.

    Parameters
    ----------
    workspace
        Where.
    name
        An id such as ``worms:1080``, or a name.
    progress
        Told when something has to be built first.

    Returns
    -------
    dict
        ``id``, ``name``, ``rank``, ``status``, ``authority``, ``same_as``, ``lineage`` from Biota to the node itself,
        ``children``, ``objects`` (categories of imported EcoTaxa tables that mean it), and ``concepts``: each with
        ``value``, ``own``, ``origin``, ``confidence``, ``sentence``, ``page``, ``method`` and ``evidence`` (page,
        revision, section, offsets, licence, source).

    Raises
    ------
    UnknownTaxon
        With the nearest names.
    """
    bring_up_to_date(workspace, TAXONOMY_CONCEPTS, progress, missing_only=True)
    core = Core.load(workspace.path(CORE))
    tree = core.hierarchy
    place = tree.find(name)
    row = core.nodes.slice(place, 1).to_pylist()[0]
    sayings = read_sayings(workspace)
    ranks = core.column("rank")
    names = dict(zip(tree.ids, tree.names, strict=True))
    labels = {concept.id: concept.label for concept in scheme_of(workspace).concepts}

    def brief(node: int) -> dict[str, str]:
        return {"id": tree.ids[node], "name": tree.names[node], "rank": ranks[node]}

    lineage = [brief(int(node)) for node in tree.lineage(place) if tree.ids[int(node)] != tree.ids[0]]
    return {
        **brief(place),
        "kind": row["kind"],
        "status": row["status"],
        "authority": row["authority"],
        "qualifier": row["qualifier"],
        "same_as": row["same_as"],
        "lineage": lineage,
        "children": [brief(int(node)) for node in tree.children(place)],
        "objects": objects_of(read_categories(workspace), tree.ids[place]),
        "concepts": list(_concepts(sayings, tree.ids[place], names, labels)),
    }


def dictionary_of(workspace: Workspace, progress: Progress) -> dict[str, Any]:
    """Return the dictionary as JSON-LD."""
    bring_up_to_date(workspace, TAXONOMY_CONCEPTS, progress)
    content: dict[str, Any] = json.loads(workspace.path(DICTIONARY).read_text())
    return content


def concept_table(dictionary: Mapping[str, Any]) -> Iterator[tuple[str, str, int, int, str]]:
    """Yield id, label, nodes that show it, nodes that lack it, and definition of each concept of a dictionary."""
    for entry in dictionary["concepts"]:
        if entry["type"] == "sst:Morphology":
            yield entry["id"], entry["label"], entry["present"], entry["absent"], entry["definition"]


def similar(workspace: Workspace, text: str) -> tuple[Hit, ...]:
    """Return the concepts whose wordings mean most nearly what a text says."""
    from seston.encode.text import TextEncoder

    return search(scheme_of(workspace), text, TextEncoder(cache=workspace.path(VECTORS)))


def _concepts(
    sayings: Sayings, node: str, names: Mapping[str, str], labels: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    for concept in sayings.matrix.concepts:
        said = sayings.of(node, concept)
        if not np.isfinite(said.value):
            continue
        yield {
            "id": concept,
            "label": labels.get(concept, concept),
            "value": "present" if said.value > 0.5 else "absent",
            "own": said.origin == node,
            "origin": said.origin,
            "origin_name": names.get(said.origin, said.origin),
            "confidence": round(said.confidence, 4),
            "sentence": said.sentence,
            "page": said.page,
            "method": said.method,
            "evidence": {name: getattr(said.evidence, name) for name in _EVIDENCE} if said.evidence else None,
        }
