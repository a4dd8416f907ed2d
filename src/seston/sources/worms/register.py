"""The journal of WoRMS as a register: one row a name, whatever was harvested so far."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from seston.sources.registry import Registered
from seston.sources.worms.rows import curie, plain_rank
from seston.sources.worms.shapes import Record

_RANKS = ("kingdom", "phylum", "class", "order", "family", "genus")
_RECORD = re.compile(r"worms:\d+")


def records_of(records: Mapping[str, Any]) -> Iterator[Record]:
    """Yield the AphiaRecords among the records of a journal, by AphiaID."""
    ids = sorted(int(key.partition(":")[2]) for key in records if _RECORD.fullmatch(key))
    return (records[curie(aphia_id)] for aphia_id in ids)


def registered_names(records: Mapping[str, Any]) -> list[Registered]:
    """Return the names that a journal holds, by AphiaID; synonyms are rows that name what is accepted.

    Examples
    --------
    >>> rows = registered_names({"worms:2": {"AphiaID": 2, "scientificname": "Animalia", "parentNameUsageID": 1}})
    >>> rows[0].id, rows[0].parent, rows[0].accepted
    ('worms:2', 'worms:1', 'worms:2')
    """
    return [
        _registered(record, records.get(f"{curie(record['AphiaID'])}/vernaculars", ()))
        for record in records_of(records)
    ]


def _registered(record: Record, vernaculars: Any) -> Registered:
    aphia_id, parent = record["AphiaID"], record.get("parentNameUsageID")
    lineage = [(rank, record.get(rank)) for rank in _RANKS]
    names = {(row["language_code"] or "", row["vernacular"]) for row in vernaculars if row["vernacular"]}
    return Registered(
        curie(aphia_id),
        record["scientificname"].strip(),
        plain_rank(record.get("rank") or ""),
        curie(parent) if parent and parent != aphia_id else "",
        curie(record.get("valid_AphiaID") or aphia_id),
        record.get("status") or "",
        (record.get("authority") or "").strip(),
        lineage=tuple((rank, name) for rank, name in lineage if name),
        vernaculars=tuple(sorted(names)),
        accepted_name=(record.get("valid_name") or "").strip(),
    )
