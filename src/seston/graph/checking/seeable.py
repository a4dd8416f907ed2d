"""Concepts that the camera behind a data set cannot show, though its labels are told by them."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from seston.graph.checking.findings import Finding
from seston.graph.columnar.core import Core
from seston.graph.columnar.statements import PRESENT, Values
from seston.records import Concept

CAMERAS: Mapping[str, str] = {"planktonset": "ISIIS"}
"""The instrument that took the images of each data set, by the prefix of its labels."""


def unseeable(core: Core, concepts: Sequence[Concept], values: Values) -> Iterator[Finding]:
    """Yield a P010 for each concept that a data set's camera cannot show and some of its labels have.

    Parameters
    ----------
    core
        n nodes.
    concepts
        (k,) the scheme.
    values
        (n, k) effective values.
    """
    for data, camera in sorted(CAMERAS.items()):
        rows = np.array([core.hierarchy.index(c.id) for c in core.categories() if c.id.startswith(f"{data}:")], np.intp)
        shown = (values[rows] == PRESENT).sum(axis=0) if len(rows) else np.zeros(len(concepts), int)
        for concept, count in zip(concepts, shown.tolist(), strict=True):
            if count and concept.instruments and camera not in concept.instruments:
                others = ", ".join(concept.instruments)
                yield Finding(
                    "P010",
                    concept.id,
                    f"{camera} cannot show it, yet {count} labels of {data} have it.",
                    f"Images of {others} can; for these, review the labels and answer 'unknown'.",
                )
