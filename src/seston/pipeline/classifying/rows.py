"""The rows that a data set's labels are learned by: concepts that its camera can show, with text and answers."""

from collections.abc import Sequence

import numpy as np

from seston.bottleneck.tree import Floats
from seston.concepts import Scheme
from seston.graph.checking.seeable import CAMERAS
from seston.pipeline.dictionary.answers import Rows, answered, load_rows
from seston.pipeline.dictionary.schemes import scheme_of
from seston.pipeline.knowledge import MATRIX
from seston.workspace import Workspace


def rows_of_labels(workspace: Workspace, labels: Sequence[str], rows: Rows) -> tuple[Floats, tuple[str, ...]]:
    """Return the rows of labels.

    Parameters
    ----------
    workspace
        With a dictionary.
    labels
        n ids, all of one data set or of several.
    rows
        Of text alone, or with answers laid over it.

    Returns
    -------
    rows, concepts
        (n, k): 1 present, 0 absent, NaN where nobody says anything, and between 0 and 1 where people looked and
        could not tell, or not agree, as `answered` says. (k,) ids of the concepts, without those that the camera
        cannot show.
    """
    matrix = load_rows(workspace, MATRIX, rows)
    seeable = _seeable(scheme_of(workspace), labels)
    shown = [place for place, concept in enumerate(matrix.concepts) if concept in seeable]
    concepts = tuple(matrix.concepts[place] for place in shown)
    values = matrix.take(labels).value[:, shown].astype(np.float64)
    if rows == "answers":
        seen = answered(workspace, labels, concepts)
        values = np.where(np.isnan(seen), values, seen)
    return values, concepts


def _seeable(scheme: Scheme, labels: Sequence[str]) -> frozenset[str]:
    """Return the concepts that images of the labels can show: all, unless one known camera took them all."""
    camera = {CAMERAS.get(label.split(":")[0], "") for label in labels}
    if len(camera) != 1 or camera == {""}:
        return frozenset(scheme.index)
    return frozenset(c.id for c in scheme.concepts if not c.instruments or camera & set(c.instruments))
