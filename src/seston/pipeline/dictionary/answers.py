"""The answers of people in the stage of concepts: laid over what texts say, which is then kept apart."""

import json
from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from seston.concepts import ConceptMatrix, Scheme, concept_matrix, write_assertions
from seston.concepts.consolidate import Consolidated
from seston.concepts.curation import overlaid, read_answers, seen_assertions
from seston.disk import write_text
from seston.errors import UnknownTaxon
from seston.graph.columnar.core import Core
from seston.pipeline.dictionary.schemes import scheme_of
from seston.pipeline.stages import Progress
from seston.workspace import Workspace

ANSWERS = "curated/assertions.csv"
# What texts alone say; there only where answers are.
TEXT_ASSERTIONS, TEXT_MATRIX = "concepts/text/assertions.parquet", "concepts/text/matrix.safetensors"
# Which rows a model learns from; there only once a person has chosen.
CHOICE = "curated/rows.json"
Rows = Literal["answers", "text"]


def rows_in_use(workspace: Workspace) -> Rows:
    """Return whether models learn from rows with answers of people, as they do unless told otherwise, or from text."""
    path = workspace.path(CHOICE)
    chosen = json.loads(path.read_text())["rows"] if path.exists() else "answers"
    return "text" if chosen == "text" else "answers"


def use_rows(workspace: Workspace, rows: Rows) -> None:
    """Choose the rows that models learn from."""
    write_text(workspace.path(CHOICE), json.dumps({"rows": rows}) + "\n")


def load_rows(workspace: Workspace, matrix: str, rows: Rows) -> ConceptMatrix:
    """Return the taxon-concept matrix of text alone or with answers; `matrix` is the file of the latter."""
    alone = workspace.path(TEXT_MATRIX)
    return ConceptMatrix.load(alone if rows == "text" and alone.exists() else workspace.path(matrix))


def left_open(workspace: Workspace, labels: Sequence[str], concepts: Sequence[str]) -> NDArray[np.bool_]:
    """Return (n_labels, n_concepts) what people looked for on images of a label and could not tell, or not agree on.

    Parameters
    ----------
    workspace
        With or without answers.
    labels, concepts
        Ids of rows and columns; answers about others do not matter.
    """
    retired = scheme_of(workspace).retired
    row, column = ({name: place for place, name in enumerate(names)} for names in (labels, concepts))
    last = {
        (a.about, retired.get(a.concept) or a.concept, a.by): a.answer for a in read_answers(workspace.path(ANSWERS))
    }
    said: dict[tuple[str, str], set[str]] = {}
    for (about, concept, _by), answer in last.items():
        said.setdefault((about, concept), set()).add(answer)
    found = np.zeros((len(labels), len(concepts)), dtype=bool)
    for (about, concept), answers in said.items():
        if about in row and concept in column and answers not in ({"present"}, {"absent"}):
            found[row[about], column[concept]] = True
    return found


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
