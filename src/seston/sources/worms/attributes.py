"""The attributes of WoRMS, its traits, out of the journal: one row each, what qualifies it beside it, on disk."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from seston.sources.harvested import read_rows, write_rows
from seston.sources.web.journal import Journal
from seston.sources.worms.rows import curie
from seston.sources.worms.shapes import Record, is_id

ATTRIBUTES = "harvest/attributes.parquet"
KEY = "attributes"
"""Ends the key of a taxon's attributes in the journal: ``worms:104464/attributes``."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """A trait that WoRMS holds of a taxon.

    ``type`` and ``value`` are its measurementType and measurementValue, ``details`` what its children say, as (type,
    value), from the outer to the inner. ``source`` is the number of the reference, 0 for none; ``quality`` is
    "checked", "trusted" or "unreviewed"; ``date`` is the day on which WoRMS was asked.
    """

    about: str
    type_id: int
    type: str
    value: str
    details: tuple[tuple[str, str], ...]
    source: int
    reference: str
    quality: str
    date: str

    def detail(self, *names: str) -> str:
        """Return the first detail that has one of these names, in small letters; nothing where none has.

        >>> Attribute("worms:1", 15, "Body size", "2", (("Unit", "MM"),), 0, "", "checked", "").detail("unit")
        'mm'
        """
        return next((value.lower() for name, value in self.details if name.lower() in names), "")


def request_of(aphia_id: int) -> str:
    """Return the name of the question in the journal."""
    return f"AphiaAttributesByAphiaID/{aphia_id}?include_inherited=false"


def attributes_in(journal: Journal) -> Iterator[Attribute]:
    """Yield the attributes that a journal holds, by AphiaID, in the order in which WoRMS gave them.

    Those of synonyms are the taxon's own; those of another accepted taxon, which a mirror may add, are left out.
    """
    records = journal.records
    held = (int(key[len("worms:") : -len(KEY) - 1]) for key in records if key.endswith(f"/{KEY}"))
    for aphia_id in sorted(held):
        date = journal.time_of(request_of(aphia_id))[:10]
        for row in records[f"{curie(aphia_id)}/{KEY}"]:
            if _is_own(row, aphia_id, records):
                yield _attribute(row, curie(aphia_id), date)


def _is_own(row: Record, aphia_id: int, records: Mapping[str, Any]) -> bool:
    owner = row.get("AphiaID_Inherited") or aphia_id
    record = records.get(curie(owner), {})
    return owner == aphia_id or not record or record.get("valid_AphiaID") == aphia_id


def _attribute(row: Record, about: str, date: str) -> Attribute:
    return Attribute(
        about,
        row.get("measurementTypeID") or 0,
        _text(row, "measurementType"),
        _text(row, "measurementValue"),
        tuple(_details(row)),
        row["source_id"] if is_id(row.get("source_id")) else 0,
        _text(row, "reference"),
        _text(row, "qualitystatus"),
        date,
    )


def _details(row: Record) -> Iterator[tuple[str, str]]:
    """Yield what children say, and theirs: WoRMS hangs the dimension below the kind of a measure."""
    for child in row.get("children") or ():
        yield _text(child, "measurementType"), _text(child, "measurementValue")
        yield from _details(child)


def _text(row: Record, name: str) -> str:
    found = row.get(name)
    return "" if found is None else " ".join(str(found).split())


def attribute_schema() -> Any:
    """Return the Arrow schema, one column a field of `Attribute`."""
    import pyarrow as pa

    kinds = {"type_id": pa.int64(), "source": pa.int64(), "details": pa.list_(pa.list_(pa.string()))}
    return pa.schema([(f.name, kinds.get(f.name, pa.string())) for f in fields(Attribute)])


def write_attributes(path: Path, attributes: Iterable[Attribute]) -> int:
    """Write attributes and return how many; the same ones always give the same bytes."""
    rows = [asdict(attribute) for attribute in attributes]
    write_rows(path, attribute_schema(), rows)
    return len(rows)


def read_attributes(path: Path) -> list[Attribute]:
    """Read attributes; a file that is not there holds none.

    Raises
    ------
    InvalidData
        The file is damaged or has other columns.
    """
    rows = read_rows(path, attribute_schema(), "attributes")
    return [Attribute(**{**row, "details": tuple((name, value) for name, value in row["details"])}) for row in rows]
