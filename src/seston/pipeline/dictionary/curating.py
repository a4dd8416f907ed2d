"""A person's short look: the row of a node, its sentences and images, and the answers, kept apart from text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from seston.concepts import Scheme
from seston.concepts.curation import Answer, read_answers, write_answers
from seston.errors import InvalidData, UnknownConcept
from seston.graph.columnar.core import Core
from seston.pipeline.classifying.dataset import LABELS, label_nodes
from seston.pipeline.classifying.images import Listed, apply_labels, bundled_images, read_index, with_splits
from seston.pipeline.dictionary.answers import ANSWERS
from seston.pipeline.dictionary.contact import MOST, chosen_images, write_sheet
from seston.pipeline.dictionary.schemes import scheme_of
from seston.pipeline.exploring.describing import describe
from seston.pipeline.knowledge import CORE
from seston.pipeline.stages import Progress
from seston.workspace import Workspace

SHEETS = "curated/sheets"
_NO_IMAGES = "No train image of it is at hand: 'seston import images PATH' lists a folder or archive of label/image."


@dataclass(frozen=True)
class Look:
    """What a person sees of a node before they answer.

    Parameters
    ----------
    row
        As `describe` returns it.
    answers
        Those that are kept of the node, the last first.
    images
        Ids of the train images on the sheet, ten at most.
    sheet
        The contact sheet, empty without images.
    hint
        How to get images, where there are none.
    """

    row: Mapping[str, Any]
    answers: tuple[Answer, ...]
    images: tuple[str, ...]
    sheet: str
    hint: str


def look(workspace: Workspace, name: str, progress: Progress) -> Look:
    """Return the row of a node with its sentences, and write the contact sheet of its train images.

    Parameters
    ----------
    workspace
        Where.
    name
        A label or a taxon, by id or name.
    progress
        Told when something has to be built first.

    Raises
    ------
    UnknownTaxon
        With the nearest names.
    """
    row = describe(workspace, name, progress)
    node = row["id"]
    images = chosen_images(_train_images(workspace, node), MOST)
    sheet = workspace.path(f"{SHEETS}/{node.replace(':', '-')}.png")
    if images:
        write_sheet(sheet, images)
    kept = tuple(answer for answer in reversed(read_answers(workspace.path(ANSWERS))) if answer.about == node)
    ids = tuple(item.record.id for item in images)
    return Look(row, kept, ids, str(sheet) if images else "", "" if images else _NO_IMAGES)


def _train_images(workspace: Workspace, node: str) -> list[Listed]:
    """Return the train images of a node; one whose features are bundled has the bundled split, whoever imported it."""
    bundled = {item.record.id: item.record.split for item in bundled_images()}
    listed = [_in_split(item, bundled.get(item.record.id, "")) for item in read_index(workspace)]
    if workspace.path(LABELS).exists():
        listed = apply_labels(listed, workspace.path(LABELS))
    listed = [item for item in with_splits([i for i in listed if i.record.label]) if item.record.split == "train"]
    nodes, _, _ = label_nodes(Core.load(workspace.path(CORE)), sorted({item.record.label for item in listed}))
    return [item for item in listed if nodes.get(item.record.label) == node]


def _in_split(item: Listed, split: str) -> Listed:
    return replace(item, record=replace(item.record, split=split)) if split else item


def keep_answers(workspace: Workspace, seen: Look, given: Mapping[str, Sequence[str]], by: str, date: str) -> int:
    """Add answers to ``curated/assertions.csv``; nothing is written when one of them cannot be used.

    Parameters
    ----------
    workspace
        Where.
    seen
        What the person looked at.
    given
        For "present", "absent" and "unknown", concepts by id, label or wording.
    by, date
        Who, and when (ISO 8601).

    Returns
    -------
    int
        How many were added.

    Raises
    ------
    InvalidData
        With every concept that there is not, and every one that was given two answers.
    """
    named = _named(scheme_of(workspace), given)
    shown = ";".join(seen.images)
    new = [Answer(seen.row["id"], concept, answer, by, date, shown) for concept, answer in named.items()]
    write_answers(workspace.path(ANSWERS), [*read_answers(workspace.path(ANSWERS)), *new])
    return len(new)


def _named(scheme: Scheme, given: Mapping[str, Sequence[str]]) -> dict[str, str]:
    named: dict[str, str] = {}
    problems: list[str] = []
    for answer, concepts in given.items():
        for name in concepts:
            try:
                concept = scheme.concept(name).id
            except UnknownConcept as error:
                problems.append(f"{error.message} {error.hint}".strip())
                continue
            if named.setdefault(concept, answer) != answer:
                problems.append(f"{concept} is said to be {named[concept]} and {answer}")
    if problems:
        hint = "Nothing was kept; list the concepts with 'seston concepts'."
        raise InvalidData(f"{len(problems)} answers cannot be used: {problems[0]}", hint=hint, problems=problems)
    return named


def keep_all(workspace: Workspace, answers: Iterable[Answer]) -> int:
    """Add answers of a table to those of the workspace; return how many.

    Raises
    ------
    InvalidData
        With every node and every concept that there is not, each with what looks most like it.
    """
    new, scheme = list(answers), scheme_of(workspace)
    core = Core.load(workspace.path(CORE))
    strange = sorted({a.concept for a in new} - set(scheme.index))
    problems = [f"no concept {name}{_meant(scheme.nearest(name, 1))}" for name in strange]
    strange = [name for name in sorted({a.about for a in new}) if name not in core.hierarchy]
    problems += [f"no taxon or label {name}{_meant(core.hierarchy.name_index.nearest(name)[:1])}" for name in strange]
    if problems:
        hint = "Nothing was kept; correct the table."
        raise InvalidData(f"{len(problems)} names of the table are unknown.", hint=hint, problems=problems)
    write_answers(workspace.path(ANSWERS), [*read_answers(workspace.path(ANSWERS)), *new])
    return len(new)


def _meant(alike: Sequence[str]) -> str:
    return f"; did you mean {alike[0]}?" if alike else ""


def to_ask(workspace: Workspace, seen: Look, most: int = 20) -> list[tuple[str, str, str]]:
    """Return the concepts that are worth asking about: what siblings have or lack and the row leaves open.

    Parameters
    ----------
    workspace
        Where.
    seen
        The row.
    most
        How many at most.

    Returns
    -------
    list of tuple
        Id, label and cue; the most evenly split among the labels first.
    """
    import numpy as np

    from seston.concepts import ConceptMatrix
    from seston.pipeline.knowledge import MATRIX

    scheme, core = scheme_of(workspace), Core.load(workspace.path(CORE))
    matrix = ConceptMatrix.load(workspace.path(MATRIX))
    labels = matrix.take([category.id for category in core.categories()]).value
    split = np.minimum((labels == 1).sum(axis=0), np.maximum((labels == 0).sum(axis=0), 1))
    known = {concept["id"] for concept in seen.row["concepts"]} | {answer.concept for answer in seen.answers}
    order = np.argsort(-split, kind="stable").tolist()
    chosen = [scheme.concepts[place] for place in order if scheme.concepts[place].id not in known][:most]
    return [(concept.id, concept.label, concept.cue) for concept in chosen]
