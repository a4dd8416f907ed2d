from pathlib import Path

import numpy as np
import pytest

from seston.concepts import ConceptMatrix, concept_matrix, label_rows
from seston.concepts.matrix import STEP, stages_of
from seston.errors import InvalidData, UnknownTaxon
from seston.records import Category
from tests.concepts.helpers import say, world

CONCEPTS = ("antennae/present", "eyes/dark", "limbs/many")
ASSERTIONS = (
    say("worms:2", "eyes/dark", sure=0.8),
    say("worms:1080", "antennae/present"),
    say("worms:1080", "limbs/many", "-", stage="nauplius"),
    say("worms:2", "limbs/many", stage="larva"),
    say("planktonset:copepod", "eyes/dark", "-"),
)


@pytest.fixture(scope="module")
def matrix() -> ConceptMatrix:
    return concept_matrix(world(), ASSERTIONS, CONCEPTS)


def row(matrix: ConceptMatrix, label: str) -> list[float | None]:
    values = label_rows(matrix, [label]).value[0]
    return [None if np.isnan(v) else float(v) for v in values]


def test_whole_animals_inherit_and_override(matrix: ConceptMatrix) -> None:
    assert row(matrix, "copepod") == [1.0, 0.0, None]


def test_larvae_take_what_is_said_of_their_stage(matrix: ConceptMatrix) -> None:
    assert row(matrix, "copepod_nauplius") == [None, None, 0.0]


def test_parts_take_nothing(matrix: ConceptMatrix) -> None:
    assert row(matrix, "copepod_part") == [None, None, None]


def test_eggs_take_nothing(matrix: ConceptMatrix) -> None:
    assert row(matrix, "copepod_eggs") == [None, None, None]


def test_origin_and_confidence_follow_the_assertion(matrix: ConceptMatrix) -> None:
    at, column = matrix.row("planktonset:copepod"), CONCEPTS.index("antennae/present")
    assert matrix.rows[matrix.origin[at, column]] == "worms:1080"
    assert ASSERTIONS[matrix.assertion[at, column]].concept == "antennae/present"
    assert matrix.confidence[at, column] == pytest.approx(0.85 * STEP)
    assert matrix.confidence[np.isnan(matrix.value)].max() == 0
    assert (matrix.origin[np.isnan(matrix.value)] == -1).all()


def test_own_rows_hold_no_more_than_the_node_says() -> None:
    own = concept_matrix(world(), ASSERTIONS, CONCEPTS, inherited=False)
    assert row(own, "copepod") == [None, 0.0, None]
    assert (own.own == (own.assertion >= 0)).all()


def test_variable_blocks_inheritance() -> None:
    said = (*ASSERTIONS[:1], say("worms:1080", "eyes/dark", "~"))
    assert row(concept_matrix(world(), said, CONCEPTS), "copepod") == [None, None, None]


def test_the_matrix_comes_back_byte_for_byte(matrix: ConceptMatrix, tmp_path: Path) -> None:
    matrix.save(tmp_path / "a")
    back = ConceptMatrix.load(tmp_path / "a")
    back.save(tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert back.rows == matrix.rows
    np.testing.assert_array_equal(back.value, matrix.value)


def test_a_broken_file_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"nothing")
    with pytest.raises(InvalidData, match="No concept matrix"):
        ConceptMatrix.load(tmp_path / "a")


def test_an_unknown_label_is_refused(matrix: ConceptMatrix) -> None:
    with pytest.raises(UnknownTaxon, match="planktonset:squid"):
        label_rows(matrix, ["squid"])


@pytest.mark.parametrize(
    ("name", "qualifier", "stages"),
    [
        ("fish", "larvae", ("larva",)),
        ("copepod_nauplius", "larvae", ("nauplius", "larva")),
        ("ephyra", "young", ("ephyra", "juvenile")),
        ("copepod_nauplius", "full_body", ()),
        ("fish", "part", ()),
    ],
)
def test_stages_of_labels(name: str, qualifier: str, stages: tuple[str, ...]) -> None:
    assert stages_of(Category(f"planktonset:{name}", name, "worms:2", qualifier, living=True)) == stages
