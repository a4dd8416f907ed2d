"""An archive as a register: one row a name, in columns from end to end."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seston.errors import InvalidData, InvalidTaxonomy
from seston.sources.darwincore.archive import Archive
from seston.sources.darwincore.columns import curies, lineages, no_lists, plain_ranks, prefix_of
from seston.sources.darwincore.extensions import Extensions
from seston.sources.darwincore.reading import ID, gathered, with_lines
from seston.sources.darwincore.tree import Places, on_cycles, subtree

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
    _refuse_other_cores(archive)
    core = gathered(archive, archive.core, TERMS, reported)
    if not len(core):
        hint = "Check that its lines end as meta.xml says; or ask its publisher."
        raise InvalidData(f"{archive.core.location} of {path} has no rows below its header.", hint=hint)
    prefix = prefix_of(core, path, prefix)
    ids = curies(core[ID], prefix)
    parents = curies(core["parentNameUsageID"], prefix)
    accepted = curies(core["acceptedNameUsageID"], prefix)
    accepted = compute.if_else(compute.equal(accepted, ""), ids, accepted)
    places = Places(ids)
    up, valid = places.of(parents), places.of(accepted)
    _refuse(archive, ids, places.first, up, valid)
    reported += _dangling(archive, ids, {"parent": (parents, up), "accepted name": (accepted, valid)})
    extensions = Extensions(archive, core[ID], places, prefix, reported)
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
            "same_as": no_lists(len(core)),
            "renamed_to": empty,
            "lineage": lineages(core, RANKS, ranks),
            "vernaculars": extensions.vernaculars(),
            "accepted_name": core["acceptedNameUsage"],
            **extensions.profile(),
        }
    )
    return Read(table.take(subtree(table, up, valid, root, prefix)) if root else table, tuple(reported))


def _refuse_other_cores(archive: Archive) -> None:
    core, hint = archive.core, "Give an archive of taxa (a checklist); its core is of the type Taxon."
    if core.kind != "Taxon":
        raise InvalidData(f"The core of {archive.path} is of the type {core.kind}, expected Taxon.", hint=hint)
    if "scientificName" not in {*core.columns, *core.defaults}:
        raise InvalidData(f"{core.location} of {archive.path} has no column scientificName.", hint=hint)


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
        problems = with_lines(archive, archive.core, found)
        raise InvalidTaxonomy(f"{archive.path} is no tree of taxa.", hint=hint, problems=problems)


def _dangling(archive: Archive, ids: Any, columns: dict[str, tuple[Any, Any]]) -> list[str]:
    import numpy as np
    from pyarrow import compute

    found = []
    for what, (values, at) in columns.items():
        rows = np.flatnonzero((at < 0) & compute.not_equal(values, "").to_numpy(zero_copy_only=False))
        found += [(int(r), f"{ids[int(r)]} has the {what} {values[int(r)]}, which is not in the archive") for r in rows]
    return with_lines(archive, archive.core, found)
