"""An archive as a register: one row a name, in columns from end to end."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seston.errors import InvalidTaxonomy
from seston.sources.darwincore.archive import Archive
from seston.sources.darwincore.columns import curies, lineages, pairs, plain_ranks, prefix_of
from seston.sources.darwincore.meta import Part
from seston.sources.darwincore.reading import ID, batches, lines
from seston.sources.darwincore.tree import on_cycles, places, subtree

RANKS = ("kingdom", "phylum", "class", "order", "family", "genus", "subgenus")
TERMS = (
    "scientificNameID",
    "acceptedNameUsageID",
    "parentNameUsageID",
    "scientificName",
    "acceptedNameUsage",
    "taxonRank",
    "scientificNameAuthorship",
    "taxonomicStatus",
    *RANKS,
)


@dataclass(frozen=True)
class Read:
    """What an archive gave: a table of `register_schema`, and what is wrong with it but can be lived with."""

    table: Any
    reported: tuple[str, ...]


def read_archive(path: Path, *, prefix: str = "", root: str = "") -> Read:
    """Read a Darwin Core archive of taxa.

    Parameters
    ----------
    path
        A zip file or a folder.
    prefix
        Prefix of CURIEs for ids that are not WoRMS's; made from the file's name when it is empty.
    root
        Name or id of a taxon: only it, what is below it, its synonyms, and its lineage up are kept.

    Raises
    ------
    InvalidData
        The archive cannot be trusted or read.
    InvalidTaxonomy
        Duplicate ids or cycles: every one with its line.
    UnknownTaxon, AmbiguousTaxon
        `root` is no taxon, or is several.
    """
    import pyarrow as pa
    from pyarrow import compute

    archive, reported = Archive(path), list[str]()
    core = _gathered(archive, archive.core, TERMS, reported)
    prefix = prefix_of(core, path, prefix)
    ids = curies(core[ID], prefix)
    parents = curies(core["parentNameUsageID"], prefix)
    accepted = curies(core["acceptedNameUsageID"], prefix)
    accepted = compute.if_else(compute.equal(accepted, ""), ids, accepted)
    together = places(pa.concat_arrays([ids, parents, accepted]), ids)  # one hash table for all three
    first, up, valid = together.reshape(3, len(ids))
    _refuse(archive, ids, first, up, valid)
    reported += _dangling(archive, ids, {"parent": (parents, up), "accepted name": (accepted, valid)})
    status = compute.utf8_lower(core["taxonomicStatus"])
    ranks = plain_ranks(core["taxonRank"])
    empty = pa.repeat("", len(core))
    table = pa.table(
        {
            "id": ids,
            "name": core["scientificName"],
            "rank": ranks,
            "parent": parents,
            "accepted": accepted,
            "status": compute.if_else(compute.equal(status, ""), "accepted", status),
            "authority": core["scientificNameAuthorship"],
            "morphological": pa.repeat(False, len(core)),
            "same_as": pa.array([[]] * len(core), pa.list_(pa.string())),
            "renamed_to": empty,
            "lineage": lineages(core, RANKS, ranks),
            "vernaculars": _vernaculars(archive, ids, prefix, reported),
            "accepted_name": core["acceptedNameUsage"],
        }
    )
    return Read(table.take(subtree(table, up, valid, root, prefix)) if root else table, tuple(reported))


def _gathered(archive: Archive, part: Part, terms: tuple[str, ...], reported: list[str]) -> Any:
    import pyarrow as pa

    schema = pa.schema([(name, pa.string()) for name in (ID, *terms)])
    return pa.Table.from_batches(batches(archive, part, terms, reported), schema).combine_chunks()


def _refuse(archive: Archive, ids: Any, first: Any, up: Any, valid: Any) -> None:
    import numpy as np
    from pyarrow import compute

    again = np.flatnonzero(first != np.arange(len(first)))
    loops = {"its own ancestor": on_cycles(up), "accepted in a circle": on_cycles(np.where(valid == first, -1, valid))}
    found = [(int(row), f"{ids[int(row)]} is there a second time") for row in again]
    if not found:  # a duplicate id makes the tree itself unclear
        found = [(int(row), f"{ids[int(row)]} is {what}") for what, rows in loops.items() for row in rows]
    unnamed = np.flatnonzero(compute.equal(ids, "").to_numpy(zero_copy_only=False))
    found += [(int(row), "no id") for row in unnamed if row not in again]
    if found:
        hint = "Ask the publisher for a corrected archive."
        problems = _with_lines(archive, archive.core, found)
        raise InvalidTaxonomy(f"{archive.path} is no tree of taxa.", hint=hint, problems=problems)


def _dangling(archive: Archive, ids: Any, columns: dict[str, tuple[Any, Any]]) -> list[str]:
    import numpy as np
    from pyarrow import compute

    found = []
    for what, (values, at) in columns.items():
        rows = np.flatnonzero((at < 0) & compute.not_equal(values, "").to_numpy(zero_copy_only=False))
        found += [(int(r), f"{ids[int(r)]} has the {what} {values[int(r)]}, which is not in the archive") for r in rows]
    return _with_lines(archive, archive.core, found)


def _with_lines(archive: Archive, part: Part, found: list[tuple[int, str]]) -> list[str]:
    at = lines(archive, part, [row for row, _ in found]) if found else {}
    return [f"{part.location} line {at[row]}: {text}" for row, text in sorted(found)]


def _vernaculars(archive: Archive, ids: Any, prefix: str, reported: list[str]) -> Any:
    import numpy as np

    part = archive.extension("VernacularName")
    if part is None:
        return pairs(ids, ids[:0], ids[:0], np.empty(0, np.int64))
    rows = _gathered(archive, part, ("vernacularName", "language"), reported)
    of = curies(rows[ID], prefix)
    at = places(of, ids)
    lost = [(int(row), f"{of[int(row)]} is not in the archive; left out") for row in np.flatnonzero(at < 0)]
    reported += _with_lines(archive, part, lost)
    language, name = (rows[column].combine_chunks() for column in ("language", "vernacularName"))
    return pairs(ids, language, name, at)
