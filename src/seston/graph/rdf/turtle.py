"""Our own Turtle writer: descriptions of subjects to grouped, sorted text with prefixes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from seston.disk import replacing
from seston.graph.rdf.columns import Columns, mapped, text_of
from seston.graph.rdf.nquads import Description
from seston.graph.vocabulary import BASE, PREFIXES, term

TURTLE_PREFIXES = {
    **PREFIXES,
    "ecotaxa": BASE + "taxon/ecotaxa/",
    "planktonset": BASE + "category/planktonset/",
    "worms": BASE + "taxon/worms/",
}
"""Those of the vocabulary, and those under which most nodes stand."""

_TYPE = term("rdf:type")
_DATATYPE = '"^^<'


class _Short(dict[str, str]):
    """N-Quads term → Turtle term; each IRI is looked at once."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        super().__init__()
        self._prefix = {namespace: prefix for prefix, namespace in prefixes.items()}
        # Turtle allows far more in a local name; what lies outside these stays a full IRI, which is never wrong.
        spaces = "|".join(re.escape(namespace) for namespace in sorted(self._prefix, key=len, reverse=True))
        self._pattern = re.compile(f"<({spaces})([A-Za-z0-9_](?:[A-Za-z0-9_-]*))>")

    def __missing__(self, iri: str) -> str:
        match = self._pattern.fullmatch(iri)
        self[iri] = found = f"{self._prefix[match[1]]}:{match[2]}" if match else iri
        return found

    def term(self, text: str) -> str:
        """Return any term; literals are not kept, and only their datatype is shortened."""
        if text[0] == "<":
            return self[text]
        if text[0] == '"' and text[-1] == ">":
            value, _, datatype = text.rpartition(_DATATYPE)
            return f'{value}"^^{self["<" + datatype]}'
        return text


def turtle(*parts: Iterable[Description], prefixes: Mapping[str, str] = TURTLE_PREFIXES) -> Iterator[str]:
    """Yield a Turtle document in pieces: the prefixes, then one block a subject.

    Parameters
    ----------
    parts
        Subjects in the order to write them, or `Columns`, which are sorted and written whole columns at a time.
        Objects are N-Quads terms, or a blank node written ``[ … ]``.
    prefixes
        Prefix → namespace; all are declared, so that the head does not depend on the content.

    Yields
    ------
    str
        Blocks, with the types first, then predicates and objects sorted and without repeats.

    Examples
    --------
    >>> copepods = ("<https://w3id.org/seston/taxon/worms/1080>", [(term("skos:prefLabel"), '"Copepoda"')])
    >>> print(list(turtle([copepods]))[-1].strip())
    worms:1080 skos:prefLabel "Copepoda" .
    """
    short = _Short(prefixes)
    yield "".join(f"@prefix {prefix}: <{prefixes[prefix]}> .\n" for prefix in sorted(prefixes))
    for part in parts:
        if isinstance(part, Columns):
            yield from _blocks(part, short)
            continue
        for subject, pairs in part:
            if pairs:
                yield _block(short[subject], pairs, short)


def write_turtle(path: Path, *parts: Iterable[Description], prefixes: Mapping[str, str] = TURTLE_PREFIXES) -> None:
    """Write a Turtle file, at once or not at all; parameters as for `turtle`.

    Raises
    ------
    InvalidData
        A text or an IRI that RDF cannot hold.
    WorkspaceError
        The file cannot be written.
    """
    with replacing(path) as sibling, sibling.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(turtle(*parts, prefixes=prefixes))


def _block(subject: str, pairs: list[tuple[str, str]], short: _Short) -> str:
    groups: dict[str, list[str]] = {}
    for predicate, value in sorted(set(pairs)):
        groups.setdefault(predicate, []).append(short.term(value))
    kinds = groups.pop(_TYPE, None)
    lines = [f"a {' , '.join(kinds)}"] if kinds else []
    lines += [f"{short[predicate]} {' , '.join(values)}" for predicate, values in groups.items()]
    return f"\n{subject} " + " ;\n    ".join(lines) + " .\n"


def _blocks(columns: Columns, short: _Short) -> Iterator[str]:
    for part in columns.slices():
        subject, said = _shortened(part.subject, short), part.objects
        predicates = sorted(said, key=lambda predicate: (predicate != _TYPE, predicate))
        told = [_told("a" if p == _TYPE else short[p], said[p], short) for p in predicates]
        statements = pc.binary_join_element_wise(*told, " ;\n    ", null_handling="skip")
        yield text_of(pc.binary_join_element_wise("\n", subject, " ", statements, " .\n", ""))


def _told(predicate: str, column: Any, short: _Short) -> Any:
    """Return (n,) a predicate with its objects, null where there is none."""
    if pa.types.is_list(column.type):
        values = pa.ListArray.from_arrays(column.offsets, _shortened(column.flatten(), short))
        column = pc.if_else(column.is_valid(), pc.binary_join(values, " , "), None)
    else:
        column = _shortened(column, short)
    return pc.binary_join_element_wise(f"{predicate} ", column, "")


def _shortened(terms: Any, short: _Short) -> Any:
    """Return terms as Turtle; plain literals and blank nodes stay as they are."""
    if not pc.any(pc.ends_with(terms, ">")).as_py():
        return terms
    return mapped(terms, short.term)
