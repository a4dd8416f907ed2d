"""Descriptions of many subjects at once, as Arrow columns of terms.

What has one row a node is written from here: lines and blocks of Turtle are joined from whole columns, and only a text
that needs escapes is looked at alone.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from seston.graph.rdf.nquads import Description, literal

# As `nquads._UNSAFE`; Arrow holds UTF-8, so that there are no lone surrogates.
_UNSAFE = r'[\x00-\x1f"\\\x7f\x{fffe}\x{ffff}]'
_SLICE = 16_384


@dataclass(frozen=True, eq=False)
class Columns:
    """What is said of n subjects.

    Parameters
    ----------
    subject
        (n,) strings: N-Quads terms, each once, and each with something said of it.
    objects
        Predicate → (n,) strings, or lists of strings that are sorted and without repeats; null where nothing is said.

    Examples
    --------
    >>> label = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
    >>> print("".join(Columns(pa.array(["<urn:a>"]), {label: pa.array(['"A"'])}).lines("urn:g")), end="")
    <urn:a> <http://www.w3.org/2004/02/skos/core#prefLabel> "A" <urn:g> .
    """

    subject: Any
    objects: Mapping[str, Any]

    def __len__(self) -> int:
        return len(self.subject)

    def __iter__(self) -> Iterator[Description]:
        """Yield the same as descriptions, sorted by subject."""
        for part in self.slices():
            values = {predicate: column.to_pylist() for predicate, column in part.objects.items()}
            for i, subject in enumerate(part.subject.to_pylist()):
                pairs = ((predicate, column[i]) for predicate, column in values.items() if column[i] is not None)
                yield subject, [(p, v) for p, said in pairs for v in ([said] if isinstance(said, str) else said)]

    def slices(self) -> Iterator["Columns"]:
        """Yield all that is said, some thousand subjects at a time: subjects and predicates sorted, no empty column."""
        order = pc.sort_indices(self.subject)
        said = {predicate: self.objects[predicate] for predicate in sorted(self.objects)}
        for start in range(0, len(order), _SLICE):
            rows = order[start : start + _SLICE]
            columns = ((predicate, column.take(rows)) for predicate, column in said.items())
            yield Columns(
                self.subject.take(rows), {p: column for p, column in columns if column.null_count < len(rows)}
            )

    def filter(self, chosen: Any) -> "Columns":
        """Return what is said of some subjects; ``chosen`` (n,) says of which."""
        said = {predicate: column.filter(chosen) for predicate, column in self.objects.items()}
        return Columns(self.subject.filter(chosen), said)

    def lines(self, graph: str) -> Iterator[str]:
        """Yield sorted N-Quads, as `nquads.lines` does of the descriptions; ``graph`` is an IRI."""
        end = f" <{graph}> .\n"
        for part in self.slices():
            columns = (_lines(part.subject, f" {p} ", column, end) for p, column in part.objects.items())
            yield text_of(pc.binary_join_element_wise(*columns, "", null_handling="skip"))


def _lines(subject: Any, predicate: str, column: Any, end: str) -> Any:
    if not pa.types.is_list(column.type):
        return pc.binary_join_element_wise(subject, predicate, column, end, "")
    owners, values = subject.take(pc.list_parent_indices(column)), column.flatten()
    written = pc.binary_join_element_wise(owners, predicate, values, end, "")
    return pc.binary_join(pa.ListArray.from_arrays(column.offsets, written), "")


def text_of(strings: Any) -> str:
    """Return all strings of an array as one."""
    return "".join(strings.to_pylist())


def literals(texts: Any) -> Any:
    r"""Return texts as literals, as `nquads.literal` does; nulls stay.

    Examples
    --------
    >>> print(*literals(pa.array(["plain", 'a "big" head'])).to_pylist())
    "plain" "a \"big\" head"
    """
    quoted = pc.binary_join_element_wise('"', texts, '"', "")
    odd = pc.match_substring_regex(texts, _UNSAFE).fill_null(False)
    if not pc.any(odd).as_py():
        return quoted
    escaped = [literal(text) for text in texts.filter(odd).to_pylist()]
    return pc.replace_with_mask(quoted, odd, pa.array(escaped, pa.string()))


def mapped(keys: Any, term_of: Callable[[Any], str | None]) -> Any:
    """Return (n,) the term of each key, null for null and for keys without one; each distinct key is looked at once."""
    coded = keys.dictionary_encode()
    found = pa.array([term_of(key) for key in coded.dictionary.to_pylist()], pa.string())
    return found.take(coded.indices)


def grouped(n: int, owner: Any, terms: Any) -> Any:
    """Return (n,) lists of the terms of each owner, sorted and without repeats; null where there is none.

    Parameters
    ----------
    n
        How many rows.
    owner
        (m,) row of each term.
    terms
        (m,) strings.
    """
    rows = np.asarray(owner, dtype=np.int64)
    table = pa.table({"row": rows, "term": terms}).group_by(["row", "term"]).aggregate([])
    table = table.sort_by([("row", "ascending"), ("term", "ascending")]).combine_chunks()
    counts = np.bincount(table["row"].to_numpy(), minlength=n)
    offsets = pa.array(np.concatenate([[0], np.cumsum(counts)]), pa.int32())
    strings = table["term"].combine_chunks() if len(table) else pa.array([], pa.string())
    return pa.ListArray.from_arrays(offsets, strings, mask=pa.array(counts == 0))


def stacked(parts: Sequence[Columns]) -> Columns:
    """Return several sets of subjects as one."""
    objects = {}
    for predicate in dict.fromkeys(chain.from_iterable(part.objects for part in parts)):
        held = [part.objects.get(predicate) for part in parts]
        kind = next(column.type for column in held if column is not None)
        if any(column is not None and pa.types.is_list(column.type) for column in held):
            kind = pa.list_(pa.string())
        objects[predicate] = pa.concat_arrays(
            [pa.nulls(len(part), kind) if c is None else _as(c, kind) for part, c in zip(parts, held, strict=True)]
        )
    return Columns(pa.concat_arrays([part.subject for part in parts]), objects)


def _as(column: Any, kind: Any) -> Any:
    """Return a column of strings as one of lists, where another part has lists."""
    if column.type == kind or not pa.types.is_list(kind):
        return column
    rows = np.flatnonzero(column.is_valid())
    return grouped(len(column), rows, column.take(rows))
