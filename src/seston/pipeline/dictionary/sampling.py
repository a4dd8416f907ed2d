"""Assertions drawn at random with the words they were read from, for a person to look over."""

import random
from typing import Any

from seston.pipeline.dictionary.schemes import scheme_of
from seston.pipeline.exploring.describing import TAXONOMY_CONCEPTS
from seston.pipeline.knowledge import CORE, read_sayings
from seston.pipeline.stages import Progress, bring_up_to_date
from seston.workspace import Workspace

SEED = 0


def sample(workspace: Workspace, most: int, progress: Progress) -> list[dict[str, Any]]:
    """Return assertions that texts make, the same ones on every run.

    Parameters
    ----------
    workspace
        Where.
    most
        How many; all when there are fewer.
    progress
        Told when something has to be built first.

    Returns
    -------
    list of dict
        In random order, each with ``about``, ``name``, ``concept``, ``label``, ``polarity``, ``confidence``,
        ``quoted`` (the words at its offsets, empty where they are not what they were), ``sentence``, ``page``,
        ``start``, ``end`` and ``method``. What follows from the scheme, and what was seen on images, is not drawn.
    """
    from seston.graph.columnar.core import Core

    bring_up_to_date(workspace, TAXONOMY_CONCEPTS, progress, missing_only=True)
    core, sayings = Core.load(workspace.path(CORE)), read_sayings(workspace)
    names = dict(zip(core.hierarchy.ids, core.hierarchy.names, strict=True))
    labels = {concept.id: concept.label for concept in scheme_of(workspace).concepts}
    read = [assertion for assertion in sayings.assertions if assertion.evidence.method == "text"]
    drawn = random.Random(SEED).sample(read, min(most, len(read)))  # noqa: S311
    return [
        {
            "about": assertion.about,
            "name": names[assertion.about],
            "concept": assertion.concept,
            "label": labels[assertion.concept],
            "polarity": assertion.polarity.value,
            "confidence": round(assertion.confidence, 4),
            "quoted": sayings.quoted(assertion.evidence),
            "sentence": sayings.sentence(assertion.evidence),
            "page": assertion.evidence.page,
            "start": assertion.evidence.start,
            "end": assertion.evidence.end,
            "method": assertion.evidence.method,
        }
        for assertion in drawn
    ]
