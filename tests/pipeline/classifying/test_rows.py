"""Rows to learn from: what the camera can show, and what people saw laid over what texts say."""

from pathlib import Path

import numpy as np

from seston.concepts import ConceptMatrix
from seston.pipeline.classifying.rows import rows_of_labels
from seston.pipeline.dictionary.schemes import scheme_of
from seston.pipeline.knowledge import MATRIX
from seston.workspace import Workspace
from tests.command import done

NODE = "planktonset:copepod_calanoid_eggs"
OTHER = "planktonset:chaetognath_sagitta"


def look(workspace: Path, by: str, *answers: str) -> None:
    done("concepts", "review", NODE, *answers, "--by", by, "--date", "2026-01-31", workspace=workspace)


def test_a_row_is_the_mean_of_what_people_saw(own: Path) -> None:
    look(own, "A", "--present", "halo/present", "--unknown", "eggs/attached", "--absent", "antennae/long")
    look(own, "B", "--absent", "halo/present", "--absent", "eggs/attached", "--absent", "antennae/long")
    look(own, "B", "--present", "halo/present", "--absent", "tail/fork")
    done("build", "concepts", workspace=own)
    rows, concepts = rows_of_labels(Workspace(own), (NODE, OTHER), "answers")
    row = dict(zip(concepts, rows[0].tolist(), strict=True))
    asked = ("halo/present", "eggs/attached", "antennae/long", "tail/fork")
    assert [row[concept] for concept in asked] == [1.0, 0.25, 0.0, 0.0]
    text, _ = rows_of_labels(Workspace(own), (NODE, OTHER), "text")
    assert text[0, concepts.index("antennae/long")] == 1
    assert np.array_equal(rows[1], text[1], equal_nan=True)


def test_what_the_camera_cannot_show_is_not_learned(small: Path) -> None:
    scheme = scheme_of(Workspace(small))
    _, concepts = rows_of_labels(Workspace(small), (NODE,), "text")
    hidden = {concept.id for concept in scheme.concepts if concept.instruments and "ISIIS" not in concept.instruments}
    assert hidden
    assert not hidden & set(concepts)
    every = rows_of_labels(Workspace(small), ("worms:1080",), "text")[1]
    assert every == ConceptMatrix.load(Workspace(small).path(MATRIX)).concepts
