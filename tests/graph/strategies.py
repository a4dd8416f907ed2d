"""Generated trees, statements and records."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from seston.graph.columnar.hierarchy import Hierarchy
from seston.graph.columnar.statements import Statements, settle


@dataclass
class Case:
    """A tree with statements."""

    hierarchy: Hierarchy
    statements: Statements
    n_concepts: int
    blocked: NDArray[np.bool_]


@st.composite
def parent_links(draw: st.DrawFn, most: int = 24) -> tuple[list[str], list[str]]:
    """Return ids and parent ids of a tree, shuffled."""
    size = draw(st.integers(1, most))
    names = [f"n:{i}" for i in draw(st.permutations(range(size)))]
    links = [(names[i], names[draw(st.integers(0, i - 1))] if i else "") for i in range(size)]
    shuffled = draw(st.permutations(links))
    return [node for node, _ in shuffled], [parent for _, parent in shuffled]


@st.composite
def hierarchies(draw: st.DrawFn, most: int = 24) -> Hierarchy:
    """Return a tree."""
    return Hierarchy.from_parents(*draw(parent_links(most)))


@st.composite
def cases(draw: st.DrawFn, most: int = 24) -> Case:
    """Return a tree with statements, exceptions, retractions and blocked nodes."""
    hierarchy = draw(hierarchies(most))
    n_concepts = draw(st.integers(1, 4)) if draw(st.booleans()) else draw(st.sampled_from([64, 65]))
    cells = st.tuples(st.integers(0, len(hierarchy) - 1), st.integers(max(0, n_concepts - 4), n_concepts - 1))
    said = draw(st.dictionaries(cells, st.sampled_from([1, 0, -1]), max_size=3 * len(hierarchy)))
    blocked = np.array(draw(st.lists(st.booleans(), min_size=len(hierarchy), max_size=len(hierarchy))))
    if draw(st.booleans()):
        blocked[:] = False
    concepts = [f"facet/{j}" for j in range(n_concepts)]
    statements = settle([n for n, _ in said], [c for _, c in said], list(said.values()), hierarchy.ids, concepts)
    return Case(hierarchy, statements, n_concepts, blocked)
