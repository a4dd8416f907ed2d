"""Which concepts a model may name as reasons: the verdicts of the study of concepts, where it was run."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from seston.bottleneck.tree import Floats
from seston.disk import sha256_of
from seston.pipeline.classifying.learning import STRICT
from seston.workspace import Workspace

if TYPE_CHECKING:
    from seston.evaluate.carrying.transfer import Transfer

CONCEPTS = "evaluation/concepts.json"
CARRIES = 0.7
"""AUC on train images of labels left out, over clades and inside them, that a reason's concept must have."""
UNJUDGED = "Whether concepts carry over to labels never seen was not judged: seston evaluate --concepts."
OUTDATED = "Whether concepts carry over was judged for another model: seston evaluate --concepts judges this one."


@dataclass(frozen=True)
class Carried:
    """What is known of the concepts of a head.

    Parameters
    ----------
    doubtful
        Concepts whose detectors do not carry over: not to be shown as reasons.
    note
        Why nothing is known, where nothing is.
    """

    doubtful: frozenset[str] = frozenset()
    note: str = ""


def carried(workspace: Workspace, head: str) -> Carried:
    """Return what the study of concepts found for a head; the Choquet head has the detectors of the sparse one."""
    path = workspace.path(CONCEPTS)
    if not path.exists():
        return Carried(note=UNJUDGED)
    figures = json.loads(path.read_text())
    if figures["model"] != sha256_of(workspace.path(STRICT)):
        return Carried(note=OUTDATED)
    verdicts = figures["verdicts"]["sparse" if head == "choquet" else head]
    return Carried(frozenset(concept for concept, verdict in verdicts.items() if not verdict["carries"]))


def verdicts_of(found: "Transfer", concepts: tuple[str, ...], rows: Floats) -> dict[str, Any]:
    """Return for each concept judged the labels on each side, its AUCs, and whether it carries over.

    Parameters
    ----------
    found
        Of the head's detectors on `rows`.
    concepts
        (n_concepts,) ids.
    rows
        (n_labels, n_concepts).
    """
    carries = found.carries(CARRIES)
    names = ("seen", "clade", "inside", "train_clade", "train_inside")
    return {
        concepts[k]: {
            "present": int((rows[:, k] == 1).sum()),
            "absent": int((rows[:, k] == 0).sum()),
            **{name: _number(getattr(found, name)[place]) for name in names},
            "carries": bool(carries[place]),
        }
        for place, k in enumerate(found.concepts)
    }


def _number(value: float) -> float | None:
    return round(float(value), 4) if np.isfinite(value) else None
