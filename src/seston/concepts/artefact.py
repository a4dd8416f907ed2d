"""The dictionary for others: JSON-LD, the matrix as Arrow, vectors as safetensors, and a card with figures."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seston.concepts.matrix import ConceptMatrix
from seston.concepts.scheme import Scheme
from seston.concepts.search import Encoder, wordings_of
from seston.disk import replacing, write_text
from seston.errors import InvalidData

DICTIONARY, MATRIX, VECTORS, CARD = "dictionary.json", "matrix.arrow", "embeddings.safetensors", "card.json"
_UNKNOWN = -1


@dataclass(frozen=True, eq=False)
class Published:
    """A dictionary that `load` has read.

    Parameters
    ----------
    content
        ``dictionary.json``: "concepts", and "taxa" with what each shows and lacks.
    matrix
        (n, k) values and confidence of every node.
    vectors
        (k, d) float32: the mean of the unit vectors of each concept's wordings, scaled to length 1.
    card
        Figures on coverage.
    """

    content: Mapping[str, Any]
    matrix: ConceptMatrix
    vectors: NDArray[np.float32]
    card: Mapping[str, Any]

    @cached_property
    def concepts(self) -> Mapping[str, Mapping[str, Any]]:
        """Return the entry of each concept by its id."""
        return {entry["id"]: entry for entry in self.content["concepts"] if entry["type"] == "sst:Morphology"}

    def row(self, node: str) -> dict[str, bool]:
        """Return what is known of a node: concept to whether it is present."""
        values = self.matrix.value[self.matrix.row(node)]
        known = np.flatnonzero(np.isfinite(values)).tolist()
        return {self.matrix.concepts[place]: bool(values[place] > 0.5) for place in known}


def load(path: Path | str) -> Published:
    """Read a dictionary that ``seston export dictionary`` wrote.

    Parameters
    ----------
    path
        The folder.

    Returns
    -------
    Published
        All of it. Without this package, ``json.load(open("dictionary.json"))`` gives concepts and taxa.

    Raises
    ------
    InvalidData
        If a file is missing or damaged.

    Examples
    --------
    >>> import seston.concepts
    >>> dictionary = seston.concepts.load("dictionary")  # doctest: +SKIP
    >>> dictionary.row("worms:1080")["antennae/present"]  # doctest: +SKIP
    True
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    root = Path(path)
    try:
        content = json.loads((root / DICTIONARY).read_text(encoding="utf-8"))
        card = json.loads((root / CARD).read_text(encoding="utf-8"))
        vectors = load_file(root / VECTORS)["concepts"]
    except (OSError, ValueError, KeyError, SafetensorError) as error:
        hint = "Give the folder that 'seston export dictionary' wrote."
        raise InvalidData(f"No dictionary in {root}: {error}.", hint=hint) from error
    return Published(content, read_matrix(root / MATRIX), vectors, card)


def write_matrix(path: Path, matrix: ConceptMatrix, names: Mapping[str, str]) -> None:
    """Write the matrix as an Arrow file: a row a node, its values and confidence as lists in the order of the concepts.

    Parameters
    ----------
    path
        The file.
    matrix
        (n, k).
    names
        The name of each node.
    """
    import pyarrow as pa
    from pyarrow import ipc

    k = len(matrix.concepts)

    def lists(table: NDArray[Any], kind: Any) -> Any:
        return pa.FixedSizeListArray.from_arrays(pa.array(np.ascontiguousarray(table).ravel(), kind), k)

    columns = {
        "node": pa.array(matrix.rows),
        "name": pa.array([names.get(node, "") for node in matrix.rows]),
        "value": lists(np.nan_to_num(matrix.value, nan=_UNKNOWN).astype(np.int8), pa.int8()),
        "confidence": lists(matrix.confidence, pa.float32()),
        "origin": lists(matrix.origin, pa.int32()),
    }
    table = pa.table(columns).replace_schema_metadata({"concepts": json.dumps(matrix.concepts)})
    options = ipc.IpcWriteOptions(compression="zstd")
    with replacing(path) as sibling, ipc.new_file(sibling, table.schema, options=options) as writer:
        writer.write_table(table)


def read_matrix(path: Path) -> ConceptMatrix:
    """Read what `write_matrix` wrote; which assertion holds is not in it.

    Raises
    ------
    InvalidData
        If the file is missing or damaged.
    """
    from pyarrow import ArrowException, ipc

    try:
        with ipc.open_file(path) as reader:
            table = reader.read_all()
        concepts = tuple(json.loads(table.schema.metadata[b"concepts"]))
        value, confidence, origin = (
            table[name].combine_chunks().flatten().to_numpy(zero_copy_only=False).reshape(-1, len(concepts))
            for name in ("value", "confidence", "origin")
        )
    except (OSError, ArrowException, KeyError, TypeError, ValueError) as error:
        raise InvalidData(f"No matrix in {path}: {error}.", hint="Run 'seston export dictionary' again.") from error
    known = np.where(value == _UNKNOWN, np.nan, value).astype(np.float32)
    return ConceptMatrix(
        tuple(table["node"].to_pylist()), concepts, known, confidence.copy(), origin.copy(), np.full_like(origin, -1)
    )


def concept_vectors(scheme: Scheme, encoder: Encoder) -> NDArray[np.float32]:
    """Return (k, d): the mean of the vectors of each concept's label and wordings, scaled to length 1."""
    pairs = wordings_of(scheme)
    vectors = encoder.encode([text for _, text in pairs])
    sums = np.zeros((len(scheme), vectors.shape[1]), np.float32)
    np.add.at(sums, [scheme.index[concept] for concept, _ in pairs], vectors)
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9), np.float32)


def write_vectors(path: Path, scheme: Scheme, vectors: NDArray[np.float32], model: str) -> None:
    """Write vectors with the ids of their concepts and the model that made them."""
    from safetensors.numpy import save

    about = {"concepts": json.dumps([concept.id for concept in scheme.concepts]), "model": model}
    with replacing(path) as sibling:
        sibling.write_bytes(save({"concepts": vectors}, about))


def taxa_of(matrix: ConceptMatrix, names: Mapping[str, str], nodes: Sequence[str]) -> list[dict[str, Any]]:
    """Return, for people who have only JSON, the concepts that each of some nodes shows and lacks."""
    chosen = matrix.take(nodes).value
    found = []
    for node, values in zip(nodes, chosen, strict=True):
        shown, lacked = ([matrix.concepts[j] for j in np.flatnonzero(values == sign).tolist()] for sign in (1, 0))
        found.append({"id": node, "name": names.get(node, node), "present": shown, "absent": lacked})
    return found


def write_card(path: Path, figures: Mapping[str, Any]) -> None:
    """Write the card."""
    write_text(path, json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
