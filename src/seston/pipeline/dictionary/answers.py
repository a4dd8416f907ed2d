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
_DEGREE = {"present": 1.0, "unknown": 0.5, "absent": 0.0}


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


def answered(workspace: Workspace, labels: Sequence[str], concepts: Sequence[str]) -> NDArray[np.float64]:
    """Return what people answered on images of labels.

    Parameters
    ----------
    workspace
        With or without answers.
    labels, concepts
        Ids of rows and columns; answers about others do not matter.

    Returns
    -------
    numpy.ndarray
        (n_labels, n_concepts): the mean over people of 1 present, ½ for who could not tell, 0 absent; NaN where nobody
        looked.
    """
    retired = scheme_of(workspace).retired
    row, column = ({name: place for place, name in enumerate(names)} for names in (labels, concepts))
    answers = read_answers(workspace.path(ANSWERS))
    last = {(a.about, retired.get(a.concept) or a.concept, a.by): _DEGREE[a.answer] for a in answers}
    total, people = np.zeros((2, len(labels), len(concepts)))
    for (about, concept, _by), degree in last.items():
        if about in row and concept in column:
            total[row[about], column[concept]] += degree
            people[row[about], column[concept]] += 1
    return np.where(people > 0, total / np.maximum(people, 1), np.nan)


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
