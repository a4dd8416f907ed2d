"""Columns of an archive to columns of a register, without a loop over rows."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

LSID = "urn:lsid:marinespecies.org:taxname:"


def prefix_of(core: Any, path: Path, given: str) -> str:
    """Return the prefix of plain ids: the given one, WoRMS's where the archive speaks of WoRMS, or the file's name."""
    from pyarrow import compute

    if given:
        return given
    named = (compute.any(compute.starts_with(core[name], LSID)).as_py() for name in ("id", "scientificNameID"))
    return "worms" if any(named) else re.sub("[^a-z0-9]+", "", path.stem.lower()) or "archive"


def curies(ids: Any, prefix: str) -> Any:
    """Return ids as CURIEs: WoRMS's LSIDs as ``worms:N``, others below `prefix`; empty stays empty."""
    import pyarrow as pa
    from pyarrow import compute

    ids = compute.utf8_trim_whitespace(ids)
    ids = ids.combine_chunks() if isinstance(ids, pa.ChunkedArray) else ids
    worms = compute.starts_with(ids, LSID)
    numbers = compute.replace_substring(ids, LSID, "", max_replacements=1)
    start = compute.if_else(worms, "worms:", compute.if_else(compute.equal(ids, ""), "", f"{prefix}:"))
    return compute.binary_join_element_wise(start, numbers, "")


def plain_ranks(ranks: Any) -> Any:
    """Return ranks in small letters, without the botanists' second word."""
    from pyarrow import compute

    return compute.utf8_lower(compute.utf8_trim_whitespace(compute.replace_substring_regex(ranks, r"\(.*", "")))


def lineages(core: Any, ranks: Sequence[str], own: Any) -> Any:
    """Return (rank, name) of each row from the kingdom down, itself left out."""
    import numpy as np
    import pyarrow as pa
    from pyarrow import compute

    n, columns = len(core), [core[rank].combine_chunks() for rank in ranks]
    given = np.empty((n, len(ranks)), bool)
    for place, (rank, column) in enumerate(zip(ranks, columns, strict=True)):
        itself = compute.equal(own, rank)
        kept = compute.and_not(compute.not_equal(column, ""), itself)
        given[:, place] = kept.to_numpy(zero_copy_only=False)
    rows, places = np.nonzero(given)
    names = pa.concat_arrays(columns).take(pa.array(places * n + rows))
    return _listed(pa.array(list(ranks)).take(pa.array(places)), names, given.sum(1))


def pairs(ids: Any, first: Any, second: Any, at: Any) -> Any:
    """Return for each id the pairs whose place `at` is its own; places below 0 are left out."""
    import numpy as np
    import pyarrow as pa

    order = np.argsort(at, kind="stable")
    order = pa.array(order[at[order] >= 0])
    return _listed(first.take(order), second.take(order), np.bincount(at[at >= 0], minlength=len(ids)))


def _listed(first: Any, second: Any, counts: Any) -> Any:
    import numpy as np
    import pyarrow as pa

    values = pa.StructArray.from_arrays([first, second], ["first", "second"])
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), values)
