"""Numbered diagnostics of a graph, each with what to do about it."""

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

import numpy as np

from seston.graph.checking.conformity import nonconformities
from seston.graph.checking.findings import Finding
from seston.graph.checking.patterns import same_columns, shared_by_children
from seston.graph.checking.seeable import unseeable
from seston.graph.columnar.core import Core
from seston.graph.columnar.ranks import level
from seston.graph.columnar.statements import ABSENT, GROWN, PRESENT, Values
from seston.records import Assertion, Concept, Polarity

_REFUSED = ("unaccepted", "deleted", "quarantined", "synonym")


def check(core: Core, concepts: Sequence[Concept], assertions: Collection[Assertion], values: Values) -> list[Finding]:
    """Return everything that is wrong, or missing, in a graph.

    Parameters
    ----------
    core
        n nodes.
    concepts
        (k,) the scheme, in the order of the columns of ``values``.
    assertions
        What descriptions say.
    values
        (n, k) effective values, from `inherit`.

    Returns
    -------
    list of Finding
        Sorted by code, then node.
    """
    findings = [
        *nonconformities(core, concepts, assertions),
        *_undescribed(core, assertions),
        *_exceptions(core, concepts, assertions, values),
        *_alike(core, values),
        *_ranks(core),
        *_unused(concepts, assertions),
        *_homonyms(core),
        *_refused(core),
        *_crowded(core, concepts, assertions, values),
        *unseeable(core, concepts, values),
        *same_columns(core, concepts, values),
        *shared_by_children(core, concepts, assertions, values),
    ]
    return sorted(findings)


def _undescribed(core: Core, assertions: Collection[Assertion]) -> Iterator[Finding]:
    described = {assertion.about for assertion in assertions}
    for node, name, kind in zip(core.hierarchy.ids, core.hierarchy.names, core.kind, strict=True):
        if kind != "group" and node not in described:
            yield Finding(
                "P001",
                node,
                f"No text says anything about {name}.",
                f"Write data/descriptions/{node.replace(':', '-')}.md.",
            )


def _own(core: Core, assertions: Collection[Assertion], column: dict[str, int]) -> Iterator[tuple[int, Assertion]]:
    """Yield, once each, the assertions about grown organisms whose node and concept exist, with the node's number."""
    seen = set()
    for said in assertions:
        key = (said.about, said.concept, said.polarity)
        if said.stage in GROWN and said.concept in column and said.about in core.hierarchy and key not in seen:
            seen.add(key)
            yield core.hierarchy.index(said.about), said


def _exceptions(
    core: Core, concepts: Sequence[Concept], assertions: Collection[Assertion], values: Values
) -> Iterator[Finding]:
    column = {concept.id: j for j, concept in enumerate(concepts)}
    opposite = {Polarity.PRESENT: ABSENT, Polarity.ABSENT: PRESENT}
    for node, said in _own(core, assertions, column):
        above = int(core.hierarchy.parent[node])
        if above < 0 or core.blocked[node] or said.polarity not in opposite:
            continue
        if values[above, column[said.concept]] == opposite[said.polarity]:
            message = f"It says that {said.concept} is {said.polarity}; above it, the opposite holds."
            hint = "Right if it is an exception; else correct this text, or say 'most' in the text above."
            yield Finding("P002", said.about, message, hint)


def _alike(core: Core, values: Values) -> Iterator[Finding]:
    ids, labels = core.hierarchy.ids, np.flatnonzero(core.kind == "category")
    parent = core.hierarchy.parent[labels]
    for family in np.unique(parent).tolist():
        siblings = labels[parent == family]
        present, absent = (np.asarray(values[siblings] == code, dtype=np.int32) for code in (PRESENT, ABSENT))
        differ = present @ absent.T
        for i, j in combinations(range(len(siblings)), 2):
            if differ[i, j] + differ[j, i] == 0:
                message = f"No concept is known to tell it from {ids[siblings[j]]}."
                hint = "Say in one text what the other lacks, and that it lacks it."
                yield Finding("P003", ids[siblings[i]], message, hint)


def _ranks(core: Core) -> Iterator[Finding]:
    names = [rank or "" for rank in core.column("rank")]
    place = {rank: level(rank) for rank in set(names)}
    levels = np.array([place[rank] for rank in names])
    above = core.hierarchy.parent
    for i in np.flatnonzero((above > 0) & (levels >= 0) & (levels[above] >= levels)).tolist():
        parent = core.hierarchy.ids[above[i]]
        message = f"It is a {names[i]} below {parent}, a {names[above[i]]}."
        yield Finding("P005", core.hierarchy.ids[i], message, "Correct one of the ranks, or the parent.")


def _unused(concepts: Sequence[Concept], assertions: Collection[Assertion]) -> Iterator[Finding]:
    used = {assertion.concept for assertion in assertions}
    for concept in concepts:
        if concept.id not in used:
            hint = "Use one of its wordings where it applies, or give it other wordings."
            yield Finding("P006", concept.id, "No text speaks of it.", hint)


def _homonyms(core: Core) -> Iterator[Finding]:
    holders: dict[str, list[str]] = {}
    for node, name, kind in zip(core.hierarchy.ids, core.hierarchy.names, core.kind, strict=True):
        if kind == "taxon":
            holders.setdefault(name.lower(), []).append(node)
    for nodes in holders.values():
        for node in nodes[1:]:
            message = f"It has the name of {nodes[0]}."
            yield Finding("P007", node, message, "Name it by its id, or as 'name<ancestor'.")


def _refused(core: Core) -> Iterator[Finding]:
    for node, status in zip(core.hierarchy.ids, core.column("status"), strict=True):
        if (status or "").lower() in _REFUSED:
            yield Finding(
                "P008", node, f"Its status is '{status}'.", "Use the accepted name, and this one as a synonym."
            )


def _crowded(
    core: Core, concepts: Sequence[Concept], assertions: Collection[Assertion], values: Values
) -> Iterator[Finding]:
    parts: dict[str, list[int]] = {}
    for j, concept in enumerate(concepts):
        if concept.exclusive:
            parts.setdefault(concept.broader, []).append(j)
    column = {concept.id: j for j, concept in enumerate(concepts) if concept.exclusive}
    touched = {(node, concepts[column[said.concept]].broader) for node, said in _own(core, assertions, column)}
    for node, part in sorted(touched):
        shown = [concepts[j].id for j in parts[part] if values[node, j] == PRESENT]
        if len(shown) > 2:
            message = f"It shows {len(shown)} values of {part}: {', '.join(shown)}."
            yield Finding(
                "P009", core.hierarchy.ids[node], message, "Keep the best one or two, or say 'some … others'."
            )
