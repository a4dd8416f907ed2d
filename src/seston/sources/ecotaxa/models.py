"""Answers of EcoTaxa's taxonomy service, read as nodes of its tree."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from seston.errors import InvalidData
from seston.sources.ecotaxa.tree import EcotaxaNode
from seston.sources.worms.rows import plain_rank

_STATUS = {"A": "active", "N": "new", "D": "deprecated"}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A node with what the service says of its place: ``line`` from its parent up, ``children`` below it."""

    node: EcotaxaNode
    line: tuple[int, ...]
    children: tuple[int, ...]


def fetched(answer: Any) -> Fetched | None:
    """Return the node of a TaxonModel, or None for null: the service answers an unknown id with 200 and null.

    Raises
    ------
    InvalidData
        The answer is neither null nor a TaxonModel.

    Examples
    --------
    >>> copepoda = {"id": 25828, "name": "Copepoda", "type": "P", "status": "A", "display_name": "Copepoda",
    ... "lineage": ["Copepoda", "Biota"], "id_lineage": [25828, 1], "nb_objects": 3, "nb_children_objects": 9,
    ... "children": [], "renm_id": None, "aphia_id": 1080, "rank": "Subclass"}
    >>> fetched(copepoda).node.aphia_id, fetched(copepoda).node.parent, fetched(None)
    (1080, 1, None)
    """
    if answer is None:
        return None
    try:
        return _fetched(answer)
    except (TypeError, KeyError, ValueError, IndexError, AttributeError) as error:
        shown = str(answer)[:80]
        raise InvalidData(
            f"EcoTaxa answered '{shown}', expected a taxon ({error!r}).",
            hint="Try again later; what was fetched is kept.",
        ) from error


def _fetched(answer: Mapping[str, Any]) -> Fetched:
    number, line = int(answer["id"]), [int(step) for step in answer["id_lineage"]]
    if answer["type"] not in ("P", "M") or not line or line[0] != number:
        raise ValueError("type or id_lineage")
    node = EcotaxaNode(
        number,
        line[1] if len(line) > 1 else None,
        answer["name"].strip(),
        answer["display_name"].strip(),
        answer["type"] == "M",
        _STATUS[answer["status"]],
        plain_rank(answer.get("rank") or ""),
        _optional(answer.get("aphia_id")),
        _optional(answer.get("renm_id")),
        max(int(answer["nb_objects"] or 0), int(answer["nb_children_objects"] or 0)),
    )
    return Fetched(node, tuple(line[1:]), tuple(int(child) for child in answer["children"] or ()))


def _optional(value: Any) -> int | None:
    return None if value is None else int(value)
