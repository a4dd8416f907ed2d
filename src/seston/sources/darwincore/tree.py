"""The tree of an archive as arrays of places: ``up[i]`` is the place of the parent of row i, or -1."""

from typing import Any

from seston.errors import AmbiguousTaxon, UnknownTaxon

_LARGEST = 2**24  # a table of 64 MB
_DIGITS = 8


class Places:
    """At which row an id first stands: a table by number where all ids are `prefix:number`, else by hashing.

    Parameters
    ----------
    ids
        (n,) CURIEs, an Arrow array of strings.

    Attributes
    ----------
    first
        (n,) place at which each of `ids` first stands.

    Examples
    --------
    >>> import pyarrow as pa
    >>> ids = pa.array(["worms:7", "worms:2", "worms:7"])
    >>> Places(ids).of(pa.array(["worms:2", "worms:7", "worms:3", "gbif:2", ""])).tolist()
    [1, 0, -1, -1, -1]
    """

    def __init__(self, ids: Any) -> None:
        import numpy as np

        self._ids = ids
        self._prefix = f"{ids[0]}".partition(":")[0] + ":" if len(ids) else ":"
        numbers = _numbers(ids, self._prefix)
        self._numbered = bool(len(numbers)) and int(numbers.min()) >= 0 and int(numbers.max()) < _LARGEST
        if self._numbered:
            self._table = np.full(int(numbers.max()) + 1, -1, np.int32)
            self._table[numbers[::-1]] = np.arange(len(numbers), dtype=np.int32)[::-1]  # the first of equals stays
        self.first = self._of_numbers(numbers) if self._numbered else self.of(ids)

    def of(self, values: Any) -> Any:
        """Return the place of each value, the first one, or -1; (n,) int64."""
        import numpy as np
        from pyarrow import compute

        if not self._numbered:
            found = compute.fill_null(compute.index_in(values, self._ids), -1)
            return found.to_numpy(zero_copy_only=False).astype(np.int64)
        return self._of_numbers(_numbers(values, self._prefix))

    def _of_numbers(self, numbers: Any) -> Any:
        import numpy as np

        known = (numbers >= 0) & (numbers < len(self._table))
        return np.where(known, self._table[np.where(known, numbers, 0)], -1).astype(np.int64)


def _numbers(curies: Any, prefix: str) -> Any:
    """Return N of each ``prefix:N``, or -1 for what is written in another way, such as with zeros in front."""
    import numpy as np
    from pyarrow import compute

    if not len(curies):
        return np.empty(0, np.int64)
    offsets = np.frombuffer(curies.buffers()[1], np.int32)[curies.offset : curies.offset + len(curies) + 1]
    letters = np.frombuffer(curies.buffers()[2] or b"", np.uint8)
    end, count = offsets[1:], np.diff(offsets) - len(prefix)
    good = compute.starts_with(curies, prefix).to_numpy(zero_copy_only=False) & (count >= 1) & (count <= _DIGITS)
    numbers = np.zeros(len(curies), np.int64)
    for place in range(min(int(count.max(initial=0)), _DIGITS)):
        inside = good & (count > place)
        digit = letters[np.where(inside, end - 1 - place, 0)] - np.uint8(ord("0"))
        good &= ~inside | ((digit < 10) & ((digit > 0) | (count == 1) | (count > place + 1)))
        numbers += np.where(inside, digit, 0).astype(np.int64) * 10**place
    return np.where(good, numbers, -1)


def on_cycles(up: Any) -> Any:
    """Return the rows that are their own ancestors.

    >>> import numpy as np
    >>> on_cycles(np.array([-1, 0, 3, 2, 3])).tolist()
    [2, 3]
    """
    import numpy as np

    n = len(up)
    jump = np.append(np.where(up < 0, n, up), n)
    for _ in range(max(n, 1).bit_length()):
        jump = jump[jump]
    return np.unique(jump[jump < n])


def subtree(table: Any, up: Any, valid: Any, root: str, prefix: str) -> Any:
    """Return the rows of a taxon, of what is below it, of their synonyms, and of its lineage up.

    Raises
    ------
    UnknownTaxon, AmbiguousTaxon
        `root` (a name or an id) is no taxon, or is several.
    """
    import numpy as np

    top = int(valid[_found(table, root, prefix)])
    kept = np.zeros(len(up) + 1, bool)  # the last place stands for -1
    kept[top] = True
    while True:
        more = kept[:-1] | kept[up] | kept[valid]
        if (more == kept[:-1]).all():
            break
        kept[:-1] = more
    while (top := int(up[top])) >= 0:
        kept[top] = True
    return np.flatnonzero(kept[:-1])


def _found(table: Any, root: str, prefix: str) -> int:
    import numpy as np
    from pyarrow import compute

    from seston.sources.darwincore.columns import curies

    own = str(curies([root], prefix)[0])
    same = compute.or_(compute.equal(table["id"], root), compute.equal(table["id"], own))
    named = compute.equal(table["name"], root)
    for mask in (same, compute.and_(named, compute.equal(table["accepted"], table["id"])), named):
        rows = np.flatnonzero(mask.to_numpy())
        if len(rows) == 1:
            return int(rows[0])
        if len(rows):
            problems = [f"{table['id'][int(row)]} below {table['parent'][int(row)] or 'nothing'}" for row in rows]
            hint = "Give the id with --root."
            raise AmbiguousTaxon(f"{len(rows)} taxa are named '{root}'.", hint=hint, problems=problems)
    raise UnknownTaxon(root, hint="Give a name or id that the archive has.")
