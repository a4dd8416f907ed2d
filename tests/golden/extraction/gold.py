"""The gold set as records: places of sentences, and the labels of a pass."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.golden.extraction.pages import read

HERE = Path(__file__).parent
Quantity = Mapping[str, float | str | None]


@dataclass(frozen=True)
class Place:
    """Where a sentence stands, or stood with which words when our articles were rewritten, and in which half it is."""

    id: str
    source: str
    file: str
    start: int
    end: int
    sha256: str
    taxon: str
    split: str
    text: str = ""

    def key(self) -> tuple[str, str, int]:
        return self.source, self.file, self.start


@dataclass(frozen=True)
class Label:
    """A statement of form: of a person's pass, or of an extractor (which may also link a concept)."""

    entity: str
    quality: str
    polarity: str
    subject: str
    stage: str | None
    span: tuple[int, int]
    quantity: Quantity | None

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> "Label":
        """Return the label of a JSON record; fields that labels do not have are passed over."""
        values: dict[str, Any] = {name: record.get(name) for name in cls.__annotations__}
        values["span"] = tuple(record["span"])
        return cls(**values)


@cache
def places() -> list[Place]:
    lines = (HERE / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
    return [Place(**json.loads(line)) for line in lines]


def text_of(place: Place) -> str:
    return place.text or read(place.source, place.file)[place.start : place.end]


@cache
def labels(name: str) -> dict[str, list[Label]]:
    """Return the labels of a pass (``pass_one``, ``adjudicated``…) by the sentence's id."""
    records = map(json.loads, (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())
    return {record["id"]: [Label.of(one) for one in record["statements"]] for record in records}
