"""The published dictionary: written, read back, and read by people who have only JSON."""

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

import seston.concepts
from seston.concepts import ConceptMatrix, load_scheme
from seston.concepts.artefact import (
    CARD,
    DICTIONARY,
    MATRIX,
    VECTORS,
    concept_vectors,
    read_matrix,
    taxa_of,
    write_card,
    write_matrix,
    write_vectors,
)
from seston.concepts.dictionary import dictionary
from seston.disk import write_text
from seston.errors import InvalidData

SCHEME = load_scheme()
NAMES = {"worms:1": "Biota", "x:y": "y"}


class Lengths:
    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        rows = np.array([[len(text), text.count("a") + 1.0] for text in texts], np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def matrix() -> ConceptMatrix:
    k = len(SCHEME)
    value = np.full((2, k), np.nan, np.float32)
    value[0, :2], value[1, 2] = (1, 0), 1
    confidence = np.where(np.isfinite(value), 0.85, 0).astype(np.float32)
    origin = np.where(np.isfinite(value), 0, -1).astype(np.int32)
    return ConceptMatrix(tuple(NAMES), tuple(c.id for c in SCHEME.concepts), value, confidence, origin, origin * 0 - 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    content = dictionary(SCHEME, matrix(), {"colour/red": ["skos:closeMatch PATO:0000322"]})
    write_text(tmp_path / DICTIONARY, json.dumps(content | {"taxa": taxa_of(matrix(), NAMES, ["x:y", "worms:1"])}))
    write_matrix(tmp_path / MATRIX, matrix(), NAMES)
    write_vectors(tmp_path / VECTORS, SCHEME, concept_vectors(SCHEME, Lengths()), "lengths")
    write_card(tmp_path / CARD, {"concepts": len(SCHEME)})
    return tmp_path


def test_one_line_loads_it(folder: Path) -> None:
    found = seston.concepts.load(folder)
    assert np.array_equal(found.matrix.value, matrix().value, equal_nan=True)
    assert np.array_equal(found.matrix.confidence, matrix().confidence)
    first, second, third = (c.id for c in SCHEME.concepts[:3])
    assert found.row("worms:1") == {first: True, second: False}
    assert found.row("x:y") == {third: True}
    assert found.vectors.shape == (len(SCHEME), 2)
    assert np.allclose(np.linalg.norm(found.vectors, axis=1), 1, atol=1e-5)
    assert found.card == {"concepts": len(SCHEME)}


def test_json_alone_tells_concepts_and_taxa(folder: Path) -> None:
    content = json.loads((folder / DICTIONARY).read_text())
    entries = {entry["id"]: entry for entry in content["concepts"]}
    assert entries["colour/red"]["matches"] == ["skos:closeMatch PATO:0000322"]
    assert entries["elongation/four"]["least"] == 2.5
    assert entries["tail/fork"]["cue"] == "The tail ends in two prongs."
    assert entries["arms/rods"]["stages"] == ["larva"]
    assert content["taxa"][0] == {"id": "x:y", "name": "y", "present": [SCHEME.concepts[2].id], "absent": []}


def test_any_arrow_reader_reads_the_matrix(folder: Path) -> None:
    from pyarrow import ipc

    with ipc.open_file(folder / MATRIX) as reader:
        rows = reader.read_all().to_pylist()
    assert [row["node"] for row in rows] == list(NAMES)
    assert rows[0]["value"][:3] == [1, 0, -1]


def test_the_same_matrix_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    write_matrix(tmp_path / "again.arrow", matrix(), NAMES)
    assert (tmp_path / "again.arrow").read_bytes() == (folder / MATRIX).read_bytes()


@pytest.mark.parametrize("name", [DICTIONARY, MATRIX, VECTORS, CARD])
def test_a_damaged_or_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"\x00 no")
    with pytest.raises(InvalidData):
        seston.concepts.load(folder)
    (folder / name).unlink()
    with pytest.raises(InvalidData):
        seston.concepts.load(folder)


def test_the_matrix_alone_is_refused_when_it_is_none(tmp_path: Path) -> None:
    with pytest.raises(InvalidData, match="No matrix"):
        read_matrix(tmp_path / "none.arrow")
