"""The tree of an archive as arrays of places: ``up[i]`` is the place of the parent of row i, or -1."""

from typing import Any

from seston.errors import AmbiguousTaxon, UnknownTaxon


def places(values: Any, ids: Any) -> Any:
    """Return the place of each value among `ids`, the first one, or -1; (n,) int64."""
    from pyarrow import compute

    return compute.fill_null(compute.index_in(values, ids), -1).to_numpy(zero_copy_only=False).astype("int64")


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
