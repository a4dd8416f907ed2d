"""Columns of an archive to columns of a register, without a loop over rows."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

LSID = "urn:lsid:marinespecies.org:taxname:"
_CURIE = r"^[a-z][a-z0-9._-]*:[A-Za-z0-9._~-]+$"


def prefix_of(core: Any, path: Path, given: str) -> str:
    """Return the prefix of plain ids: the given one, WoRMS's where the archive speaks of WoRMS, or the file's name."""
    from pyarrow import compute

    if given:
        return given
    named = (compute.any(compute.starts_with(core[name], LSID)).as_py() for name in ("id", "scientificNameID"))
    return "worms" if any(named) else re.sub("[^a-z0-9]+", "", path.stem.lower()) or "archive"


def curies(ids: Any, prefix: str) -> Any:
    """Return ids as CURIEs: WoRMS's LSIDs as ``worms:N``, others below `prefix`; what is a CURIE or empty stays."""
    import pyarrow as pa
    from pyarrow import compute

    ids = compute.utf8_trim_whitespace(ids)
    ids = ids.combine_chunks() if isinstance(ids, pa.ChunkedArray) else ids
    worms, empty = compute.starts_with(ids, LSID), compute.equal(ids, "")
    if compute.all(compute.or_(worms, empty)).as_py():
        return compute.replace_substring(ids, LSID, "worms:", max_replacements=1)
    numbers = compute.replace_substring(ids, LSID, "", max_replacements=1)
    asis = compute.or_(empty, compute.match_substring_regex(ids, _CURIE))
    start = compute.if_else(worms, "worms:", compute.if_else(asis, "", f"{prefix}:"))
    return compute.binary_join_element_wise(start, numbers, "")


def plain_ranks(ranks: Any) -> Any:
    """Return ranks in small letters, without the botanists' second word."""
    from pyarrow import compute

    few = ranks.combine_chunks().dictionary_encode()
    words = compute.utf8_lower(
        compute.utf8_trim_whitespace(compute.replace_substring_regex(few.dictionary, r"\(.*", ""))
    )
    return words.take(few.indices)


def flags(rows: Any, terms: Mapping[str, str], at: Any, count: int) -> dict[str, Any]:
    """Return what rows about `count` taxa say, as one column of true, false and null a name.

    Parameters
    ----------
    rows
        Table with a column of text for each term: "1" or "true", "0" or "false"; all else is null.
    terms
        The term of each column, by the name that it gets.
    at
        (n_rows,) place of the taxon of each row, -1 for none; the first row of a taxon holds.
    """
    import numpy as np
    import pyarrow as pa
    from pyarrow import compute

    source = np.full(count + 1, -1, np.int64)
    source[at[::-1]] = np.arange(len(at))[::-1]
    source = source[:-1]
    same = len(at) == count and bool((source == np.arange(count)).all())
    take = pa.array(source, mask=source < 0)
    words, truth = pa.array(["1", "true", "0", "false"]), pa.array([True, True, False, False])

    def column(term: str) -> Any:
        few = rows[term].combine_chunks().dictionary_encode()
        said = compute.index_in(compute.utf8_lower(compute.utf8_trim_whitespace(few.dictionary)), words)
        flags = truth.take(said).take(few.indices)
        return flags if same else flags.take(take)

    return {name: column(term) for name, term in terms.items()}


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


def no_lists(count: int) -> Any:
    """Return `count` empty lists of text."""
    import numpy as np
    import pyarrow as pa

    return pa.ListArray.from_arrays(pa.array(np.zeros(count + 1, np.int32)), pa.array([], pa.string()))


def _listed(first: Any, second: Any, counts: Any) -> Any:
    import numpy as np
    import pyarrow as pa

    values = pa.StructArray.from_arrays([first, second], ["first", "second"])
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), values)
