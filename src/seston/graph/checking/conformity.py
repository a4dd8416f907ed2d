"""The shapes of ``ontology/shapes.ttl``, compiled to checks over columns and records.

Shapes that a core cannot break by its construction (one parent, one identifier, …) have no check here.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from seston.graph.checking.findings import Finding
from seston.graph.columnar.core import Core
from seston.graph.columnar.statements import GROWN
from seston.records import Assertion, Concept, Evidence, Polarity

_SHA256 = re.compile(r"[0-9a-f]{64}")


def nonconformities(core: Core, concepts: Sequence[Concept], assertions: Iterable[Assertion]) -> Iterator[Finding]:
    """Yield what breaks a shape.

    Parameters
    ----------
    core
        Taxa and categories.
    concepts
        The scheme.
    assertions
        Any assertions, about nodes that exist or not.

    Yields
    ------
    Finding
        With an S code.
    """
    said = list(assertions)
    yield from _nodes(core)
    yield from _matches(core)
    yield from _concepts(concepts)
    known = {concept.id for concept in concepts}
    for assertion in dict.fromkeys(said):
        yield from _assertion(core, known, assertion)
    for evidence, assertion in {a.evidence: a for a in reversed(said)}.items():
        yield from _evidence(evidence, assertion)
    yield from _conflicts(said)


def _nodes(core: Core) -> Iterator[Finding]:
    ids = core.hierarchy.ids
    for i in np.flatnonzero(core.kind != "group").tolist():
        if not core.hierarchy.names[i].strip():
            yield Finding("S001", ids[i], "It has no label.", "Give it its scientific name.")
    ranks = core.column("rank")
    for i in np.flatnonzero(core.kind == "taxon").tolist():
        if not (ranks[i] or "").strip():
            yield Finding("S002", ids[i], "It has no rank.", "Look its rank up in WoRMS; 'unranked' if it has none.")
    for row in core.names.to_pylist():
        if not row["text"].strip():
            yield Finding("S021", ids[row["node"]], "One of its names is empty.", "Leave the empty name out.")


def _matches(core: Core) -> Iterator[Finding]:
    holders: dict[str, list[str]] = defaultdict(list)
    for node, kind, others in zip(core.hierarchy.ids, core.kind, core.column("same_as"), strict=True):
        for other in others if kind == "taxon" else ():
            holders[other].append(node)
    for other, nodes in sorted(holders.items()):
        if len(nodes) > 1:
            message = f"It is the exact match of {len(nodes)} taxa: {', '.join(sorted(nodes))}."
            yield Finding("S019", other, message, "Keep it at the node of the same name and rank.")


def _concepts(concepts: Sequence[Concept]) -> Iterator[Finding]:
    for concept in concepts:
        for code, text, what in (
            ("S001", concept.label, "label"),
            ("S007", concept.definition, "definition"),
            ("S008", concept.broader, "part"),
        ):
            if not text.strip():
                yield Finding(code, concept.id, f"It has no {what}.", f"Write its {what} in ontology/morphology.ttl.")


def _assertion(core: Core, concepts: set[str], assertion: Assertion) -> Iterator[Finding]:
    about, page = assertion.about, assertion.evidence.page
    if about not in core.hierarchy or core.kind[core.hierarchy.index(about)] == "group":
        yield Finding("S009", about, f"{page} speaks of it, but it is no taxon and no label.", "Correct the page's id.")
    if assertion.concept not in concepts:
        message = f"{page} asserts {assertion.concept}, which the scheme lacks."
        yield Finding("S010", about, message, "Read the descriptions again, or add the concept.")
    if not 0 <= assertion.confidence <= 1:
        message = f"{assertion.concept} has confidence {assertion.confidence}."
        yield Finding("S012", about, message, "Give a confidence from 0 to 1.")


def _evidence(evidence: Evidence, assertion: Assertion) -> Iterator[Finding]:
    where = f"The evidence for {assertion.concept}"
    if not evidence.page:
        yield Finding("S014", assertion.about, f"{where} names no page.", "Say which page was read.")
    if not 0 <= evidence.start < evidence.end:
        message = f"{where} runs from {evidence.start} to {evidence.end}."
        yield Finding("S015", assertion.about, message, "Read the descriptions again.")
    if not _SHA256.fullmatch(evidence.quote_sha256):
        yield Finding("S016", assertion.about, f"{where} has no hash of its quote.", "Read the descriptions again.")
    if not evidence.licence:
        yield Finding("S017", assertion.about, f"{where} has no licence.", "Name the licence of the page.")
    if not evidence.source:
        yield Finding("S018", assertion.about, f"{where} has no source.", "Cite a source, or say 'general'.")


def _conflicts(assertions: Iterable[Assertion]) -> Iterator[Finding]:
    said = Counter((a.about, a.concept, a.polarity) for a in assertions if a.stage in GROWN)
    for about, concept, polarity in sorted(said):
        if polarity is Polarity.PRESENT and (about, concept, Polarity.ABSENT) in said:
            message = f"{concept} is said to be present and to be absent."
            yield Finding("S020", about, message, "Correct one of the sentences, or say 'sometimes' if it varies.")
