"""The SPARQL 1.1 Protocol: from an HTTP request to what is asked."""

from urllib.parse import parse_qsl

from seston.web.exchange import Asked, Refusal

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_READ_ONLY = "This endpoint is read-only: it takes queries, no updates."
_MOST_FIELDS = 200

Pairs = list[tuple[str, str]]


def read_request(method: str, url_query: bytes, content_type: str, body: bytes, accept: str) -> Asked:
    """Return what a request asks.

    Parameters
    ----------
    method
        GET, HEAD or POST.
    url_query
        The URL's part after the question mark, as sent.
    content_type, accept
        The headers of that name, or nothing.
    body
        What was posted.

    Returns
    -------
    Asked
        The query, its dataset and the wanted formats.

    Raises
    ------
    Refusal
        400 for a request without its one query or not in UTF-8, 403 for an update, 415 for another media type.

    Examples
    --------
    >>> read_request("GET", b"query=ASK%20%7B%7D&default-graph-uri=http://a", "", b"", "").default_graphs
    ('http://a',)
    """
    if method != "POST":
        return _asked(_pairs(url_query), accept)
    kind, *options = (piece.strip().lower() for piece in content_type.split(";"))
    if kind == _UPDATE:
        raise Refusal(403, _READ_ONLY)
    if kind not in {FORM, QUERY}:
        raise Refusal(415, f"Content-Type '{kind}' is not taken: post {FORM} or {QUERY}.")
    if any(option.startswith("charset=") and option.strip('"')[8:].strip('"') != "utf-8" for option in options):
        raise Refusal(415, f"'{content_type}': only UTF-8 is taken.")
    if kind == FORM:
        return _asked(_pairs(body), accept)
    return _asked([*_pairs(url_query), ("query", _text(body))], accept)


def _asked(pairs: Pairs, accept: str) -> Asked:
    if _values(pairs, "update"):
        raise Refusal(403, _READ_ONLY)
    queries = _values(pairs, "query")
    if len(queries) != 1:
        raise Refusal(400, f"The request has {len(queries)} queries, not one: send the parameter 'query' once.")
    default, named = _values(pairs, "default-graph-uri"), _values(pairs, "named-graph-uri")
    return Asked(queries[0], default, named, accept)


def _values(pairs: Pairs, name: str) -> tuple[str, ...]:
    return tuple(value for key, value in pairs if key == name)


def _pairs(encoded: bytes) -> Pairs:
    try:
        text = _text(encoded)
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError as error:
        raise Refusal(400, f"Parameters that are not in UTF-8: {error}.") from error
    except ValueError as error:
        raise Refusal(400, f"More than {_MOST_FIELDS} parameters.") from error


def _text(encoded: bytes) -> str:
    try:
        return encoded.decode()
    except UnicodeDecodeError as error:
        raise Refusal(400, f"The request is not in UTF-8: {error}.") from error
