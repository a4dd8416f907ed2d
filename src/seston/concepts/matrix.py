"""The taxon-concept matrix: what each node shows, by its own description or by inheritance, and how sure that is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seston.concepts.extract.lexicon import LARVAL, STAGES
from seston.concepts.extract.tokens import tokenise
from seston.disk import replacing
from seston.errors import InvalidData, UnknownTaxon
from seston.graph.columnar.core import Core
from seston.graph.columnar.hierarchy import Bools, Hierarchy
from seston.graph.columnar.inheritance import origin_matrix
from seston.graph.columnar.statements import GROWN, settle
from seston.records import Assertion, Category, Polarity

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
# Each step down the tree makes a general statement a little less sure of the member.
STEP = 0.97
_CODE = {Polarity.PRESENT: 1, Polarity.ABSENT: 0, Polarity.VARIABLE: -1}


@dataclass(frozen=True, eq=False)
class ConceptMatrix:
    """Values of n nodes in k concepts.

    Parameters
    ----------
    rows
        (n,) node ids.
    concepts
        (k,) concept ids.
    value
        (n, k) float32: 1 present, 0 absent, nan unknown or variable.
    confidence
        (n, k) float32 in [0, 1]; 0 where the value is unknown.
    origin
        (n, k) int32: row of the node whose assertion holds, -1 where unknown.
    assertion
        (n, k) int32: index into the consolidated assertions, -1 where unknown.
    """

    rows: tuple[str, ...]
    concepts: tuple[str, ...]
    value: Floats
    confidence: Floats
    origin: Ints
    assertion: Ints

    def __post_init__(self) -> None:
        shape = (len(self.rows), len(self.concepts))
        wrong = [a.shape for a in (self.value, self.confidence, self.origin, self.assertion) if a.shape != shape]
        if wrong:
            raise ValueError(f"expected arrays of shape {shape}, got {wrong}")

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Return the row of each node id."""
        return {node: number for number, node in enumerate(self.rows)}

    @property
    def own(self) -> NDArray[np.bool_]:
        """(n, k) whether the node's own description says it."""
        return np.asarray(self.origin == np.arange(len(self.rows))[:, None])

    def row(self, node: str) -> int:
        """Return the row of a node.

        Raises
        ------
        UnknownTaxon
            If the matrix has no such node.
        """
        if node not in self.index:
            raise UnknownTaxon(node, hint="The matrix has the nodes of the graph and the labels of the data set.")
        return self.index[node]

    def take(self, nodes: Sequence[str]) -> "ConceptMatrix":
        """Return the rows of `nodes`, in that order; an ``origin`` that is not among them becomes -2."""
        chosen = np.array([self.row(node) for node in nodes], dtype=np.intp)
        place = np.full(len(self.rows) + 1, -2, dtype=np.int32)
        place[chosen], place[-1] = np.arange(len(chosen)), -1
        return ConceptMatrix(
            tuple(nodes),
            self.concepts,
            self.value[chosen],
            self.confidence[chosen],
            place[self.origin[chosen]],
            self.assertion[chosen],
        )

    def save(self, path: Path) -> None:
        """Write four tensors and the ids as one safetensors file; the same matrix always gives the same bytes.

        Each tensor is written as its distinct rows and the row of each node: most taxa only inherit.
        """
        import json

        from safetensors.numpy import save

        about = {"kind": _KIND, "rows": self.rows, "concepts": self.concepts}
        tensors: dict[str, NDArray[Any]] = {}
        for name in _TENSORS:
            tensors[name], tensors[f"{name}_row"] = _distinct(getattr(self, name))
        with replacing(path) as sibling:
            sibling.write_bytes(save(tensors, {"seston": json.dumps(about, sort_keys=True)}))

    @classmethod
    def load(cls, path: Path) -> "ConceptMatrix":
        """Read what `save` wrote.

        Raises
        ------
        InvalidData
            If the file is missing, damaged, or something else.
        """
        import json

        from safetensors import SafetensorError, safe_open

        try:
            with safe_open(path, "numpy") as file:
                about = json.loads((file.metadata() or {}).get("seston", "{}"))
                tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - no mapping
        except (OSError, SafetensorError, ValueError) as error:
            raise InvalidData(f"No concept matrix in {path}: {error}.", hint="Run 'seston build concepts'.") from error
        if about.get("kind") != _KIND:
            raise InvalidData(f"{path} holds no concept matrix.", hint="Run 'seston build concepts'.")
        full = {name: tensors[name][tensors[f"{name}_row"]] for name in _TENSORS}
        return cls(tuple(about["rows"]), tuple(about["concepts"]), **full)


_KIND = "concept matrix by distinct rows"
_TENSORS = ("value", "confidence", "origin", "assertion")


def _distinct(table: NDArray[Any]) -> tuple[NDArray[Any], Ints]:
    """Return the distinct rows (r, k) of a table (n, k), in the order of their first use, and each row's place (n,)."""
    places: dict[bytes, int] = {}
    row = np.array([places.setdefault(line.tobytes(), len(places)) for line in table], dtype=np.int32)
    _, first = np.unique(row, return_index=True)
    return np.ascontiguousarray(table[first]), row


def concept_matrix(
    core: Core, assertions: Sequence[Assertion], concepts: Sequence[str], *, inherited: bool = True
) -> ConceptMatrix:
    """Fill the matrix of all nodes of a graph.

    Taxa inherit what their ancestors say of grown animals; which categories do is `Core.blocked`'s to say, as in the
    graph. On top of that, one of larvae or of young takes what its taxon and ancestors say of the stages that it
    holds; one of parts, or of look-alikes, has nothing but its own words.

    Parameters
    ----------
    core
        The graph, n nodes.
    assertions
        Consolidated: at most one for each node, stage and concept.
    concepts
        (k,) ids of the columns.
    inherited
        Whether to inherit at all; without, every row holds its own words only.

    Returns
    -------
    ConceptMatrix
        (n, k).
    """
    tree = core.hierarchy
    column = {concept: number for number, concept in enumerate(concepts)}
    place = {node: number for number, node in enumerate(tree.ids)}
    stages = {category.id: stages_of(category) for category in core.categories()}
    by_stage: dict[str, list[int]] = {}
    for number, assertion in enumerate(assertions):
        if assertion.about in place and assertion.concept in column:
            by_stage.setdefault("" if assertion.stage in GROWN else assertion.stage, []).append(number)
    blocked = core.blocked if inherited else np.ones(len(tree), dtype=bool)
    chosen = _settled(tree, by_stage.get("", ()), assertions, column, place, blocked)
    if inherited:
        for category in core.categories():
            for stage in stages[category.id]:
                _take_stage(chosen, category, stage, by_stage, tree, assertions, column, place)
    return _assemble(tree, tuple(concepts), chosen, assertions, place)


def label_rows(matrix: ConceptMatrix, labels: Sequence[str]) -> ConceptMatrix:
    """Return the rows of labels of a data set.

    Parameters
    ----------
    matrix
        With a row for each label.
    labels
        n ids, ``planktonset:<label>`` or the label alone.

    Returns
    -------
    ConceptMatrix
        (n, k) in the order of `labels`.

    Raises
    ------
    UnknownTaxon
        If a label has no row.
    """
    return matrix.take([label if label in matrix.index or ":" in label else f"planktonset:{label}" for label in labels])


def stages_of(category: Category) -> tuple[str, ...]:
    """Return the life stages whose assertions a category takes, the more special ones first; none for grown animals.

    Examples
    --------
    >>> stages_of(Category("planktonset:x_bipinnaria", "x_bipinnaria", "worms:1", "larvae", True))
    ('bipinnaria', 'larva')
    """
    last = {"larvae": ("larva",), "young": ("juvenile",)}.get(category.qualifier, ())
    if not last:
        return ()
    names = f"{category.name} {category.id.split(':')[-1]}".replace("_", " ")
    named = {STAGES[token.lemma] for token in tokenise(names) if STAGES.get(token.lemma) in LARVAL}
    return (*sorted(named - set(last)), *last)


def _settled(
    tree: Hierarchy,
    numbers: Sequence[int],
    assertions: Sequence[Assertion],
    column: Mapping[str, int],
    place: Mapping[str, int],
    blocked: Bools,
) -> Ints:
    """Return (n, k): the assertion that holds at each node, -1 where none does."""
    node = np.array([place[assertions[i].about] for i in numbers], dtype=np.int32)
    concept = np.array([column[assertions[i].concept] for i in numbers], dtype=np.int32)
    sign = np.array([_CODE[assertions[i].polarity] for i in numbers], dtype=np.int8)
    stated = np.full((len(tree), len(column)), -1, dtype=np.int32)
    stated[node, concept] = numbers
    statements = settle(node, concept, sign, tree.ids, tuple(column))
    origin = origin_matrix(tree, statements, len(column), blocked)
    held = np.where(origin >= 0, stated[origin, np.arange(len(column))], -1)
    return np.asarray(held, dtype=np.int32)


def _take_stage(
    chosen: Ints,
    category: Category,
    stage: str,
    by_stage: Mapping[str, Sequence[int]],
    tree: Hierarchy,
    assertions: Sequence[Assertion],
    column: Mapping[str, int],
    place: Mapping[str, int],
) -> None:
    """Fill what a larval category does not say itself with what is said of its stage, the nearest ancestor first."""
    if category.of_taxon not in place:
        return
    row = chosen[place[category.id]]
    silent = {concept for concept, number in column.items() if row[number] < 0}
    silent -= {a.concept for a in assertions if a.about == category.id}
    lineage = [tree.ids[i] for i in tree.lineage(place[category.of_taxon]).tolist()]
    depth = {node: number for number, node in enumerate(lineage)}
    numbers = [i for i in by_stage.get(stage, ()) if assertions[i].about in depth]
    for i in sorted(numbers, key=lambda i: depth[assertions[i].about]):
        said = assertions[i]
        if said.concept in silent:
            row[column[said.concept]] = -1 if said.polarity is Polarity.VARIABLE else i


def _assemble(
    tree: Hierarchy, concepts: tuple[str, ...], chosen: Ints, assertions: Sequence[Assertion], place: Mapping[str, int]
) -> ConceptMatrix:
    value = np.array([_CODE[a.polarity] for a in assertions] + [np.nan], dtype=np.float32)
    sure = np.array([a.confidence for a in assertions] + [0.0], dtype=np.float32)
    about = np.array([place.get(a.about, -1) for a in assertions] + [-1], dtype=np.int32)
    origin = about[chosen]
    steps = np.where(origin >= 0, tree.depth[:, None] - tree.depth[origin], 0)
    confidence = sure[chosen] * np.float32(STEP) ** steps
    return ConceptMatrix(tree.ids, concepts, value[chosen], confidence.astype(np.float32), origin, chosen)
