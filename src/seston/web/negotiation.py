"""Which format an `Accept` header wants, best first."""

from collections.abc import Mapping
from typing import TypeVar

from pyoxigraph import QueryResultsFormat, RdfFormat

Format = TypeVar("Format", QueryResultsFormat, RdfFormat)

RESULTS: Mapping[str, QueryResultsFormat] = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "text/xml": QueryResultsFormat.XML,
    "text/tsv": QueryResultsFormat.TSV,
}
"""Formats of SELECT and ASK by media type, the preferred first."""

GRAPHS: Mapping[str, RdfFormat] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/turtle": RdfFormat.TURTLE,
    "application/x-turtle": RdfFormat.TURTLE,
    "text/n3": RdfFormat.N3,
    "text/plain": RdfFormat.N_TRIPLES,
    "application/xml": RdfFormat.RDF_XML,
    "application/json": RdfFormat.JSON_LD,
}
"""Formats of CONSTRUCT and DESCRIBE by media type, the preferred first."""


def best(accept: str, formats: Mapping[str, Format]) -> Format | None:
    """Return the format that a client likes best, or None when it takes none of them.

    Parameters
    ----------
    accept
        The header; empty means anything.
    formats
        Formats by media type, the preferred first.

    Returns
    -------
    QueryResultsFormat or RdfFormat or None
        Of formats that the client likes equally, the one whose media type comes first.

    Examples
    --------
    >>> best("text/csv;q=0.5, application/json", RESULTS) == QueryResultsFormat.JSON
    True
    >>> best("text/*", GRAPHS) == RdfFormat.TURTLE
    True
    >>> best("image/png", RESULTS) is None
    True
    """
    ranges = _ranges(accept)
    liked = {media_type: _quality(media_type, ranges) for media_type in formats}
    first = max(liked, key=lambda media_type: liked[media_type])
    return formats[first] if liked[first] > 0 else None


def content_type(form: QueryResultsFormat | RdfFormat) -> str:
    """Return the media type of a format, with its charset where it is text."""
    name = form.media_type.partition(";")[0]
    return f"{name}; charset=utf-8" if name.startswith("text/") else name


def _ranges(accept: str) -> dict[str, float]:
    """Return the quality of each media range; a range that says nothing sensible counts as not there."""
    found = {}
    for part in (accept or "*/*").split(","):
        name, *options = (piece.strip().lower() for piece in part.split(";"))
        given = [option.removeprefix("q=") for option in options if option.startswith("q=")]
        try:
            found[name] = float(given[0]) if given else 1.0
        except ValueError:
            continue
    return found


def _quality(media_type: str, ranges: Mapping[str, float]) -> float:
    """Return the quality that the most specific range gives a media type."""
    whole = media_type.partition("/")[0] + "/*"
    return next((ranges[name] for name in (media_type, whole, "*/*") if name in ranges), 0.0)
