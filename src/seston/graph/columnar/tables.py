"""Records to the columns of the core, and what is wrong with the records themselves."""

from collections.abc import Sequence
from dataclasses import astuple
from typing import Any

from seston.records import Category, Taxon

ROOT = "seston:root"
NOT_LIVING = "seston:not-living"
_GROUPS = {"id": [ROOT, NOT_LIVING], "name": ["seston", "not living"], "above": ["", ROOT]}


def node_schema() -> Any:
    """Return the Arrow schema of the table of nodes."""
    import pyarrow as pa

    text, number = pa.string(), pa.int32()
    return pa.schema(
        [
            ("id", text),
            ("name", text),
            ("kind", text),
            ("parent", number),
            ("leave", number),
            ("depth", number),
            ("rank", text),
            ("status", text),
            ("authority", text),
            ("source", text),
            ("same_as", pa.list_(text)),
            ("of_taxon", number),
            ("qualifier", text),
            ("living", pa.bool_()),
        ]
    )


def name_schema() -> Any:
    """Return the Arrow schema of the table of further names."""
    import pyarrow as pa

    return pa.schema([("node", pa.int32()), *((c, pa.string()) for c in ("text", "kind", "language", "authority"))])


def columns_of(taxa: Sequence[Taxon], categories: Sequence[Category]) -> dict[str, list[Any]]:
    """Return the columns of groups, taxa and categories, in that order; ``above`` and ``of`` hold ids."""
    top = next((taxon.id for taxon in taxa if not taxon.parent), ROOT)
    groups, gap, blank = [None] * 2, [None] * len(taxa), [None] * len(categories)

    def both(field: str) -> list[Any]:
        return [getattr(record, field) for record in (*taxa, *categories)]

    return {
        "id": _GROUPS["id"] + both("id"),
        "name": _GROUPS["name"] + both("name"),
        "kind": ["group"] * 2 + ["taxon"] * len(taxa) + ["category"] * len(categories),
        "above": [
            *_GROUPS["above"],
            *(taxon.parent or ROOT for taxon in taxa),
            *(category.of_taxon or (top if category.living else NOT_LIVING) for category in categories),
        ],
        "of": [*groups, *gap, *(category.of_taxon or None for category in categories)],
        "rank": [*groups, *(taxon.rank for taxon in taxa), *blank],
        "status": [*groups, *(taxon.status for taxon in taxa), *blank],
        "authority": [*groups, *(taxon.authority for taxon in taxa), *blank],
        "source": groups + both("source"),
        "same_as": [[], [], *(sorted(set(others)) for others in both("same_as"))],
        "qualifier": [*groups, *gap, *(category.qualifier for category in categories)],
        "living": [*groups, *gap, *(category.living for category in categories)],
    }


def record_faults(taxa: Sequence[Taxon], categories: Sequence[Category]) -> list[str]:
    """Return one line for each fault of a record; `preorder` finds those of the links between them."""
    morphological = {category.id for category in categories}
    records: list[Taxon | Category] = [*taxa, *categories]
    above = [(taxon.id, taxon.parent) for taxon in taxa] + [(c.id, c.of_taxon) for c in categories]
    roots = sorted(taxon.id for taxon in taxa if not taxon.parent)
    found = [f"{record.id or record.name}: its id is no CURIE" for record in records if not is_curie(record.id)]
    found += [f"{record.id}: its name is empty" for record in records if not record.name.strip()]
    found += [
        f"{node}: its parent {parent} is a category, not a taxon" for node, parent in above if parent in morphological
    ]
    found += [
        f"{record.id!a}: a text is not Unicode; read the file in its own encoding"
        for record in records
        if _garbled(record)
    ]
    if not roots:
        found.append("no root: every taxon names a parent" if taxa else "no taxon at all")
    elif len(roots) > 1:
        found.append(f"{len(roots)} roots: {', '.join(roots[:20])}")
    return found


def is_curie(node: str) -> bool:
    """Return whether ``node`` reads ``prefix:local`` without blanks and control characters.

    Examples
    --------
    >>> is_curie("worms:1080"), is_curie("1080"), is_curie("worms:10 80")
    (True, False, False)
    """
    prefix, colon, local = node.partition(":")
    return bool(prefix.isidentifier() and colon and local and node.isprintable() and not any(map(str.isspace, node)))


def _garbled(record: Taxon | Category) -> bool:
    """Return whether a text of the record holds a lone surrogate, the trace of bytes that were not UTF-8."""
    names = [text for name in getattr(record, "names", ()) for text in astuple(name)]
    texts = [getattr(record, column) for column in record.__slots__]
    return any(
        "\ud800" <= char <= "\udfff"
        for text in texts + names
        if isinstance(text, str) and not text.isascii()
        for char in text
    )
