"""What the table of taxa and concepts shows as a whole: columns that say the same, and what all children share."""

from collections.abc import Collection, Iterator, Sequence

import numpy as np

from seston.graph.checking.findings import Finding
from seston.graph.columnar.core import Core
from seston.graph.columnar.statements import ABSENT, PRESENT, Values
from seston.records import Assertion, Concept

# Fewer nodes than that agree by chance; fewer children are no pattern.
LEAST_SHOWN, LEAST_CHILDREN = 3, 3
_NAMED = 6


def same_columns(core: Core, concepts: Sequence[Concept], values: Values) -> Iterator[Finding]:
    """Yield a P011 for each concept that the same taxa and labels show, lack and leave open as another before it.

    Parameters
    ----------
    core
        n nodes; labels and taxa count.
    concepts
        (k,) the scheme.
    values
        (n, k) effective values.
    """
    rows = values[core.kind != "group"]
    first: dict[bytes, str] = {}
    for concept, column in zip(concepts, rows.T, strict=True):
        if (column == PRESENT).sum() < LEAST_SHOWN:
            continue
        twin = first.setdefault(column.tobytes(), concept.id)
        if twin != concept.id:
            message = f"The same {int((column == PRESENT).sum())} taxa and labels show it as {twin}."
            yield Finding("P011", concept.id, message, "Tell them apart in a text, or merge them.")


def shared_by_children(
    core: Core, concepts: Sequence[Concept], assertions: Collection[Assertion], values: Values
) -> Iterator[Finding]:
    """Yield a P012 for each taxon that leaves open what all its described children, three at least, show or lack.

    Parameters
    ----------
    core, concepts, values
        As for `same_columns`.
    assertions
        What is said; a child that nothing is said of does not count.
    """
    described = {said.about for said in assertions}
    tree = core.hierarchy
    for place, node in enumerate(tree.ids):
        children = [int(child) for child in tree.children(place) if tree.ids[int(child)] in described]
        children = [child for child in children if core.kind[child] == "taxon"]
        if core.kind[place] != "taxon" or len(children) < LEAST_CHILDREN:
            continue
        for sign, verb in ((PRESENT, "show"), (ABSENT, "lack")):
            shared = (values[children] == sign).all(axis=0) & (values[place] != PRESENT) & (values[place] != ABSENT)
            if shared.any():
                names = [concepts[j].id for j in np.flatnonzero(shared).tolist()]
                more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
                message = f"All {len(children)} described children {verb} {', '.join(names[:_NAMED])}{more}."
                yield Finding("P012", node, message, "If it holds for all members, say so in the text of this taxon.")
