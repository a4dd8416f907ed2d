"""Attributes of WoRMS in the stage of concepts, where a harvest brought them."""

from collections.abc import Mapping

from seston.concepts import Scheme
from seston.concepts.attributes import read_form
from seston.graph.columnar.core import Core
from seston.pipeline.stages import Progress
from seston.records import Assertion
from seston.sources.worms.attributes import ATTRIBUTES, read_attributes
from seston.workspace import Workspace

_SPECIES = frozenset(("species", "subspecies", "natio", "variety", "subvariety", "forma", "subforma", "mutatio"))


def attribute_assertions(workspace: Workspace, core: Core, scheme: Scheme, progress: Progress) -> tuple[Assertion, ...]:
    """Return what the attributes of a workspace say of the form of its taxa, and tell what was passed over."""
    held = read_attributes(workspace.path(ATTRIBUTES))
    known = [attribute for attribute in held if attribute.about in core.hierarchy]
    if not held:
        return ()
    ranks = zip(core.hierarchy.ids, core.column("rank"), strict=True)
    read = read_form(known, scheme, {node for node, rank in ranks if rank not in _SPECIES})
    taxa = len({assertion.about for assertion in read.assertions})
    progress.note(f"{read.used} of {len(held)} attributes of WoRMS speak of the form of {taxa} taxa")
    if read.without_concept:
        progress.note(f"no concept, stage or measure for what {_counted(read.without_concept)} say")
    if read.not_of_form:
        progress.note(f"passed over, not of form: {_counted(read.not_of_form)}")
    if len(known) < len(held):
        progress.note(f"{len(held) - len(known)} are about taxa that the tree lacks: run 'seston build taxonomy'")
    return read.assertions


def _counted(kinds: Mapping[str, int]) -> str:
    ranked = sorted(kinds.items(), key=lambda kind: (-kind[1], kind[0]))
    return ", ".join(f"{count} × {kind}" for kind, count in ranked)
