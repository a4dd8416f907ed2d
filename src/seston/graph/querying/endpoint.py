"""SPARQL endpoints elsewhere, asked through SPARQLWrapper; their answers are the same tables as a store's."""

import ast
import http.client
from typing import IO, TYPE_CHECKING, NoReturn
from urllib.error import HTTPError, URLError

from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results

from seston.errors import InvalidData, InvalidQuery, SourceUnreachable
from seston.graph.querying.tabular import Table, table_of, table_of_triples

if TYPE_CHECKING:
    from SPARQLWrapper import SPARQLWrapper

_LARGEST_ANSWER = 256 * 2**20
_EXCERPT = 500
_ACCEPT = "application/sparql-results+json, text/turtle;q=0.9"
_REFUSED = frozenset({400, 403, 413, 414})
"""Statuses that speak of the query, not of the service."""

_WITH_STATUS = {"QueryBadFormed": 400, "Unauthorized": 401, "EndPointNotFound": 404, "URITooLong": 414}


class Endpoint:
    """A SPARQL 1.1 endpoint.

    Parameters
    ----------
    url
        Its address.
    agent
        User-Agent, with the operator's address.
    timeout_s
        Longest silence, in seconds.
    """

    def __init__(self, url: str, agent: str, timeout_s: float) -> None:
        self.url, self._agent, self._timeout_s = url, agent, timeout_s

    def ask(self, query: str) -> Table:
        """Return the answer to a query, from whatever the endpoint takes for its default graph.

        Parameters
        ----------
        query
            SPARQL.

        Returns
        -------
        Table
            As `table_of` makes it from a store's answer.

        Raises
        ------
        InvalidQuery
            The endpoint refuses the query; its words are in the message.
        SourceUnreachable
            The endpoint does not answer, or not with success.
        InvalidData
            It answers with something else than results.
        """
        media_type, content = self._fetch(query)
        try:
            if form := RdfFormat.from_media_type(media_type):
                return table_of_triples(quad.triple for quad in parse(content, form))
            results = QueryResultsFormat.from_media_type(media_type) or QueryResultsFormat.JSON
            return table_of(parse_query_results(content, results))
        except (SyntaxError, ValueError) as error:
            raise InvalidData(
                f"The answer of {self.url} is no SPARQL result, but {media_type or 'of no type'}: {_short(content)}",
                hint="Give the address of the SPARQL endpoint itself, which often ends in /sparql or /query.",
            ) from error

    def _fetch(self, query: str) -> tuple[str, bytes]:
        from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

        wrapper = self._wrapper(query)
        try:
            answer = wrapper.query().response
            with answer:
                return answer.headers.get("Content-Type", ""), _read(answer)
        except SPARQLWrapperException as error:
            self._fail(_WITH_STATUS.get(type(error).__name__, 500), _body(error), error)
        except HTTPError as error:
            with error:
                self._fail(error.code, error.read(), error)
        except (URLError, OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", None) or error
            raise SourceUnreachable(
                f"{self.url} does not answer: {str(reason) or type(reason).__name__}.",
                hint="Check the address and the network; --timeout gives a slow endpoint more time.",
            ) from error

    def _wrapper(self, query: str) -> "SPARQLWrapper":
        from SPARQLWrapper import POST, SELECT, SPARQLWrapper

        wrapper = SPARQLWrapper(self.url, agent=self._agent)
        # setTimeout() would cut fractions off, and 0 means for ever.
        wrapper.timeout = self._timeout_s  # type: ignore[assignment]
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        # setQuery() would guess the form, and takes "# how many are described?" for DESCRIBE, "# add" for an update.
        wrapper.queryString, wrapper.queryType = query, SELECT
        wrapper.addCustomHttpHeader("Accept", _ACCEPT)
        return wrapper

    def _fail(self, status: int, content: bytes, cause: Exception) -> NoReturn:
        said = _short(content)
        if status in _REFUSED:
            raise InvalidQuery(f"{self.url} refuses the query (status {status}): {said}", hint=_HINT) from cause
        raise SourceUnreachable(
            f"{self.url} answers with status {status}: {said}",
            hint="Check the address: it is that of the endpoint itself, which often ends in /sparql or /query.",
        ) from cause


_HINT = "Correct the query as the endpoint says; 'seston query' without --endpoint asks the workspace."


def _read(answer: IO[bytes]) -> bytes:
    content = answer.read(_LARGEST_ANSWER + 1)
    if len(content) > _LARGEST_ANSWER:
        raise InvalidData(f"The answer is longer than {_LARGEST_ANSWER:,} bytes.", hint="Add LIMIT to the query.")
    return content


def _body(error: Exception) -> bytes:
    """Return what the endpoint said: SPARQLWrapper keeps it as the repr of bytes at the end of its own message."""
    kept = str(error).partition("Response:\n")[2]
    try:
        body = ast.literal_eval(kept)
    except (ValueError, SyntaxError):
        return kept.encode()
    return body if isinstance(body, bytes) else kept.encode()


def _short(content: bytes) -> str:
    text = " ".join(content[: 4 * _EXCERPT].decode("utf-8", "replace").split())
    return (text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…") or "nothing more"
