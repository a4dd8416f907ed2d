"""The answers of people in the stage of concepts: laid over what texts say, which is then kept apart."""

from seston.concepts import Scheme, concept_matrix, write_assertions
from seston.concepts.consolidate import Consolidated
from seston.concepts.curation import overlaid, read_answers, seen_assertions
from seston.errors import UnknownTaxon
from seston.graph.core import Core
from seston.pipeline.stages import Progress
from seston.workspace import Workspace

ANSWERS = "curated/assertions.csv"
# What texts alone say; there only where answers are.
TEXT_ASSERTIONS, TEXT_MATRIX = "concepts/text/assertions.parquet", "concepts/text/matrix.safetensors"


def with_answers(
    workspace: Workspace, core: Core, scheme: Scheme, said: Consolidated, progress: Progress
) -> Consolidated:
    """Return what holds with the answers of people; what texts alone say is then written beside it.

    Raises
    ------
    UnknownTaxon
        If an answer is about a node that the graph lacks.
    """
    seen = seen_assertions(read_answers(workspace.path(ANSWERS)), scheme)
    strange = sorted({assertion.about for assertion in seen if assertion.about not in core.hierarchy})
    if strange:
        raise UnknownTaxon(strange[0], hint=f"{ANSWERS} has answers about {', '.join(strange)}; correct them by hand.")
    if not seen:
        for name in (TEXT_ASSERTIONS, TEXT_MATRIX):
            workspace.path(name).unlink(missing_ok=True)
        return said
    write_assertions(workspace.path(TEXT_ASSERTIONS), said.assertions)
    ids = [concept.id for concept in scheme.concepts]
    concept_matrix(core, said.assertions, ids).save(workspace.path(TEXT_MATRIX))
    both = overlaid(said.assertions, seen, scheme)
    progress.note(f"{len(seen)} answers to images seen, of {len({a.about for a in seen})} labels or taxa")
    return Consolidated(both.assertions, (*said.conflicts, *both.conflicts))
