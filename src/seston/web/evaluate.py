"""The answer to what is asked, from a store: SERVICE refused, dataset chosen, format negotiated, size limited."""

import io
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import IO, Any, cast

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    Store,
    Triple,
    parse_query_results,
    serialize,
)

from seston.graph.vocabulary import PREFIXES
from seston.web.exchange import Answer, Asked, Refusal
from seston.web.limits import Limits
from seston.web.negotiation import GRAPHS, RESULTS, best, content_type
from seston.web.syntax import names_dataset, refuse_service


def answer(store: Store, asked: Asked, limits: Limits) -> Answer:
    """Return the answer of a store, or a refusal as plain text.

    Parameters
    ----------
    store
        The graph; unless the request or the query names a dataset, all its graphs are queried as one.
    asked
        What is asked.
    limits
        How long an answer may be; the time is not watched here.

    Returns
    -------
    Answer
        200 with results or triples; 400 for what is no query, 403 for SERVICE and for an answer that is too long, 406
        for a format that there is not.
    """
    try:
        return _evaluated(store, asked, limits)
    except Refusal as refusal:
        return refusal.answer()


def _evaluated(store: Store, asked: Asked, limits: Limits) -> Answer:
    refuse_service(asked.query)
    try:
        results = store.query(asked.query, **_dataset(asked))
        kept = _Kept(limits.answer_bytes)
        sink = cast(IO[bytes], kept)
        if isinstance(results, QueryBoolean | QuerySolutions):
            form = _chosen(asked, RESULTS)
            results.serialize(sink, form)
            _refuse_rows(isinstance(results, QuerySolutions), kept.content(), form, limits)
        else:
            form = _chosen(asked, GRAPHS)
            serialize(_counted(results, limits), sink, form, prefixes=PREFIXES)
    except SyntaxError as error:
        raise Refusal(400, f"That is no SPARQL query: {error.msg}.") from error
    except (RuntimeError, ValueError, OSError) as error:
        raise Refusal(500, f"The store cannot answer this: {error}.") from error
    return Answer(200, content_type(form), kept.content())


def _dataset(asked: Asked) -> dict[str, Any]:
    """Return the dataset as the protocol has it: the request's, else the query's, else all graphs as one."""
    if asked.default_graphs or asked.named_graphs:
        try:
            default = [NamedNode(iri) for iri in asked.default_graphs]
            return {"default_graph": default, "named_graphs": [NamedNode(iri) for iri in asked.named_graphs]}
        except ValueError as error:
            raise Refusal(400, f"A graph's name that is no IRI: {error}.") from error
    return {} if names_dataset(asked.query) else {"use_default_graph_as_union": True}


def _chosen(asked: Asked, formats: Any) -> Any:
    form = best(asked.accept, formats)
    if form is None:
        there = ", ".join(sorted({content_type(form) for form in formats.values()}))
        raise Refusal(406, f"'{asked.accept}' accepts none of the formats for this query: {there}.")
    return form


def _counted(triples: Iterable[Triple], limits: Limits) -> Iterator[Triple]:
    for count, triple in enumerate(triples):
        if count == limits.rows:
            raise Refusal(403, _too_long(f"{limits.rows:,} triples"))
        yield triple


def _refuse_rows(solutions: bool, content: bytes, form: QueryResultsFormat, limits: Limits) -> None:
    """Pass an answer with no more rows than allowed; a row takes at least one byte, so short ones need no counting."""
    if solutions and len(content) > limits.rows and _ROWS[form](content, limits.rows + 1) > limits.rows:
        raise Refusal(403, _too_long(f"{limits.rows:,} rows"))


def _too_long(bound: str) -> str:
    return f"The answer is longer than {bound}, which is the limit here: add LIMIT, or load the N-Quads yourself."


def _json_rows(content: bytes, most: int) -> int:
    found = parse_query_results(content, QueryResultsFormat.JSON)
    return sum(1 for _ in islice(found, most)) if isinstance(found, QuerySolutions) else 0


_ROWS: dict[QueryResultsFormat, Callable[[bytes, int], int]] = {
    QueryResultsFormat.JSON: _json_rows,
    # Texts are escaped in XML, so that a tag is a tag; in TSV, so that a line is a row.
    QueryResultsFormat.XML: lambda content, most: content.count(b"<result>"),
    QueryResultsFormat.TSV: lambda content, most: content.count(b"\n") - 1,
    # Line feeds within quotes belong to texts; a doubled quote within them opens and closes nothing.
    QueryResultsFormat.CSV: lambda content, most: sum(part.count(b"\n") for part in content.split(b'"')[::2]) - 1,
}


class _Kept(io.RawIOBase):
    """Keeps what is written, up to a bound."""

    def __init__(self, bound: int) -> None:
        self._parts: list[bytes] = []
        self._left = bound
        self._bound = bound

    def write(self, data: Any) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise Refusal(403, _too_long(f"{self._bound:,} bytes"))
        self._parts.append(bytes(data))
        return len(data)

    def content(self) -> bytes:
        """Return all that was written."""
        return b"".join(self._parts)
