"""Own statements of nodes as arrays, with the conflicts found."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seston.errors import ContradictoryAssertions, UnknownConcept, UnknownTaxon
from seston.graph.columnar.hierarchy import Hierarchy
from seston.graph.columnar.order import Ints
from seston.records import Assertion, Polarity

Values = NDArray[np.int8]
PRESENT, ABSENT, UNKNOWN = 1, 0, -1
_CODE = {Polarity.PRESENT: PRESENT, Polarity.ABSENT: ABSENT, Polarity.VARIABLE: UNKNOWN}
GROWN = ("", "adult")


@dataclass(frozen=True, eq=False)
class Statements:
    """What nodes themselves show, lack or vary in: one row a node and concept, sorted by node, then concept.

    Parameters
    ----------
    node
        (m,) number of the node.
    concept
        (m,) column of the concept.
    polarity
        (m,) 1 present, 0 absent, -1 variable: unknown from here down.
    """

    node: Ints
    concept: Ints
    polarity: Values

    def __len__(self) -> int:
        return len(self.node)


def settle(
    node: Sequence[int] | Ints,
    concept: Sequence[int] | Ints,
    polarity: Sequence[int] | Values,
    nodes: Sequence[str],
    concepts: Sequence[str],
) -> Statements:
    """Make one statement of all that are made of the same node and concept.

    Present and variable give variable, absent and variable too: what holds for some holds for no more than some.

    Parameters
    ----------
    node, concept, polarity
        (m,) each, as in `Statements`; in any order, with repeats.
    nodes, concepts
        Ids, to name conflicts.

    Returns
    -------
    Statements
        Sorted, without repeats.

    Raises
    ------
    ContradictoryAssertions
        Concepts both present and absent at one node: all in ``problems``.
    """
    at, of, sign = np.asarray(node, dtype=np.int64), np.asarray(concept, dtype=np.int64), np.asarray(polarity)
    key, row = np.unique(at * len(concepts) + of, return_inverse=True)
    said = np.zeros((3, len(key)), dtype=bool)
    said[sign.astype(np.int64), row] = True
    number, column = np.divmod(key, max(len(concepts), 1))
    clash = [f"{nodes[number[i]]}: {concepts[column[i]]}" for i in np.flatnonzero(said[PRESENT] & said[ABSENT])]
    if clash:
        raise ContradictoryAssertions(
            f"Present and absent at the same node: {', '.join(clash[:5])}{' …' if len(clash) > 5 else ''}.",
            hint="Correct one of the sentences, or say 'sometimes' if it varies.",
            problems=clash,
        )
    value = np.where(said[UNKNOWN], UNKNOWN, np.where(said[PRESENT], PRESENT, ABSENT))
    return Statements(number.astype(np.int32), column.astype(np.int32), value.astype(np.int8))


def statements_of(
    hierarchy: Hierarchy,
    concepts: Sequence[str],
    assertions: Iterable[Assertion],
    stages: Collection[str] = GROWN,
) -> Statements:
    """Return the statements that assertions make of whole, grown organisms.

    Parameters
    ----------
    hierarchy
        The nodes.
    concepts
        (k,) ids of the columns.
    assertions
        Assertions about any of the nodes.
    stages
        Life stages to read; a larva's eyes say nothing about the adult.

    Returns
    -------
    Statements
        Sorted by node, then concept.

    Raises
    ------
    UnknownTaxon, UnknownConcept
        Assertions about what is not there; the hint lists all of it.
    ContradictoryAssertions
        See `settle`.
    """
    column = {concept: j for j, concept in enumerate(concepts)}
    read = [assertion for assertion in assertions if assertion.stage in stages]
    strange = sorted({assertion.concept for assertion in read} - set(column))
    if strange:
        raise UnknownConcept(strange[0], hint=f"Asserted, but not in the scheme: {', '.join(strange)}.")
    lost = sorted({assertion.about for assertion in read if assertion.about not in hierarchy})
    if lost:
        raise UnknownTaxon(lost[0], hint=f"Described, but not in the taxonomy: {', '.join(lost)}.")
    return settle(
        [hierarchy.index(assertion.about) for assertion in read],
        [column[assertion.concept] for assertion in read],
        [_CODE[assertion.polarity] for assertion in read],
        hierarchy.ids,
        concepts,
    )
