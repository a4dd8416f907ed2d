"""Categories that no text speaks of: what their names state, in the stage of concepts."""

from seston.concepts import Scheme, consolidate
from seston.concepts.consolidate import Consolidated, order
from seston.concepts.labels import label_assertions
from seston.graph.columnar.core import Core
from seston.pipeline.stages import Progress


def with_names(core: Core, scheme: Scheme, said: Consolidated, progress: Progress) -> Consolidated:
    """Return what texts say, and for a category that they say nothing of what its name states."""
    spoken_of = {assertion.about for assertion in said.assertions}
    silent = [category for category in core.categories() if category.id not in spoken_of]
    if not silent:
        return said
    names = dict(zip(core.hierarchy.ids, core.hierarchy.names, strict=True))
    named = consolidate(label_assertions(silent, names, scheme), scheme)
    told = len({assertion.about for assertion in named.assertions})
    progress.note(f"{len(silent)} labels without a text; the names of {told} say something of their form")
    both = sorted((*said.assertions, *named.assertions), key=order)
    return Consolidated(tuple(both), (*said.conflicts, *named.conflicts))
