"""The shapes of WoRMS's answers: each reader returns what is wanted, or raises `ValueError` on another shape."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Record = Mapping[str, Any]
"""An AphiaRecord as WoRMS gives it."""

_TEXTS = (
    "scientificname",
    "authority",
    "status",
    "rank",
    "valid_name",
    "kingdom",
    "phylum",
    "class",
    "order",
    "family",
)
_NUMBERS = ("valid_AphiaID", "parentNameUsageID")
_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Step:
    """A taxon on the way from the root of the register."""

    id: int
    rank: str
    name: str


def record(value: Any) -> Record:
    """Read an AphiaRecord.

    >>> record({"AphiaID": 1080, "scientificname": "Copepoda"})["AphiaID"]
    1080
    >>> record({"scientificname": "Copepoda"})
    Traceback (most recent call last):
    ValueError: expected a record with a whole number as AphiaID, got {'scientificname': 'Copepoda'}
    """
    if not isinstance(value, dict) or not is_id(value.get("AphiaID")):
        raise ValueError(f"expected a record with a whole number as AphiaID, got {str(value)[:200]}")
    if not isinstance(value.get("scientificname"), str):
        raise ValueError(f"the record {value['AphiaID']} has no scientificname")
    for name in _TEXTS:
        if not isinstance(value.get(name), str | None):
            raise ValueError(f"{name} of the record {value['AphiaID']} is {value[name]!r}, no text")
    for name in _NUMBERS:
        if not is_id(value.get(name)) and value.get(name) is not None:
            raise ValueError(f"{name} of the record {value['AphiaID']} is {value[name]!r}, no whole number")
    return value


def list_of(read: Callable[[Any], Any]) -> Callable[[Any], list[Any]]:
    """Return a reader of lists; a null among the items is left out."""

    def read_list(value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise ValueError(f"expected a list, got {str(value)[:200]}")
        return [read(item) for item in value if item is not None]

    return read_list


def record_lists(size: int) -> Callable[[Any], list[list[Record]]]:
    """Return a reader of a list of lists of records, one for each of so many names that were asked for."""
    read = list_of(record)

    def read_lists(value: Any) -> list[list[Record]]:
        if not isinstance(value, list) or len(value) != size:
            raise ValueError(f"expected a list of {size} lists, got {str(value)[:200]}")
        return [read(item or []) for item in value]

    return read_lists


def classification(value: Any) -> list[Step]:
    """Read the nested ``child`` as a list from the root down.

    >>> classification({"AphiaID": 1, "rank": "Superdomain", "scientificname": "Biota", "child": None})
    [Step(id=1, rank='Superdomain', name='Biota')]
    """
    steps: list[Step] = []
    while value:
        if not isinstance(value, dict) or not is_id(value.get("AphiaID")) or len(steps) == _DEEPEST:
            raise ValueError(f"expected a nested classification, got {str(value)[:200]}")
        steps.append(Step(value["AphiaID"], _text(value, "rank"), _text(value, "scientificname")))
        value = value.get("child")
    if not steps:
        raise ValueError("expected a nested classification, got an empty one")
    return steps


def fields(**kinds: type | tuple[type, ...]) -> Callable[[Any], Mapping[str, Any]]:
    """Return a reader of objects whose fields are of these kinds or null.

    >>> fields(vernacular=str)({"vernacular": 3})
    Traceback (most recent call last):
    ValueError: vernacular is 3 in {'vernacular': 3}
    """

    def read(value: Any) -> Mapping[str, Any]:
        if not isinstance(value, dict) or not kinds.keys() <= value.keys():
            raise ValueError(f"expected an object with {', '.join(kinds)}, got {str(value)[:200]}")
        for name, kind in kinds.items():
            if value[name] is not None and not isinstance(value[name], kind):
                raise ValueError(f"{name} is {value[name]!r} in {str(value)[:200]}")
        return value

    return read


def attribute(value: Any) -> Mapping[str, Any]:
    """Read an attribute with all its children.

    >>> attribute({"AphiaID": 1, "measurementType": "Body size", "measurementValue": "2", "children": [3]})
    Traceback (most recent call last):
    ValueError: expected an object with measurementType, measurementValue, children, got 3
    """
    _about(value)
    todo = [value]
    while todo:
        todo += _trait(todo.pop())["children"] or ()
    row: Mapping[str, Any] = value
    return row


_about = fields(AphiaID=int)
_trait = fields(measurementType=str, measurementValue=(str, int, float), children=list)


def about(aphia_id: int, read: Callable[[Any], list[Any]]) -> Callable[[Any], list[Any]]:
    """Return a reader of a list that must name the AphiaID that was asked for."""

    def read_about(value: Any) -> list[Any]:
        rows = read(value)
        if rows and all(row["AphiaID"] != aphia_id for row in rows):
            raise ValueError(f"expected what is about {aphia_id}, got {str(value)[:200]}")
        return rows

    return read_about


def text(value: Any) -> str:
    """Read a text."""
    if not isinstance(value, str):
        raise ValueError(f"expected a text, got {str(value)[:200]}")
    return value


def number(value: Any) -> int:
    """Read a whole number."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"expected a whole number, got {str(value)[:200]}")
    return value


def is_id(value: Any) -> bool:
    """Return whether a value is an AphiaID."""
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _text(value: Mapping[str, Any], name: str) -> str:
    found = value.get(name)
    if not isinstance(found, str | None):
        raise ValueError(f"{name} is {found!r}, no text")
    return found or ""
