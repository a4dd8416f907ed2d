"""Wikidata's query service, asked through SPARQLWrapper in the turns of the polite client."""

import http.client
import urllib.error
from collections.abc import Callable, Sequence
from typing import Any

from seston.sources.web import Faulty, PoliteClient
from seston.sources.web.faults import Refused, check_status, in_words, parse_json
from seston.sources.wikimedia.items import PROPERTIES, Item
from seston.sources.wikimedia.sparql import ENDPOINT, Rows, items_of, items_query, parents_query, rows_of

BATCH = 100
"""Ids in one question."""
_SHOWN = 3


class Wikidata:
    """Asks for the items of taxa.

    Parameters
    ----------
    client
        With the manners `WIKIDATA_QUERY`: one question at a time.
    endpoint
        Address of the SPARQL service.
    languages
        Language codes of the Wikipedias whose pages are wanted.
    """

    def __init__(self, client: PoliteClient, endpoint: str = ENDPOINT, languages: Sequence[str] = ("en",)) -> None:
        self.client, self.endpoint, self.languages = client, endpoint, tuple(languages)

    def items(self, key: str, values: Sequence[str]) -> list[Item]:
        """Return the items that carry ids or names, with everything above them.

        Parameters
        ----------
        key
            P850, P685, P846 or P225.
        values
            At most `BATCH` ids or names.

        Returns
        -------
        list of Item
            Sorted by id; none when there are none. Two requests, or one when there are none.

        Raises
        ------
        InvalidData
            The service refuses the question.
        SourceUnreachable
            No usable answer after all attempts.
        """
        asked = f"{key} {', '.join(values[:_SHOWN])}{' …' if len(values) > _SHOWN else ''}"
        rows = self.rows(items_query(key, values, self.languages), f"items with {asked}", _carry(key, values))
        found = sorted({row["item"].rpartition("/")[2] for row in rows})
        return items_of(rows, self.rows(parents_query(found), f"parents of items with {asked}") if found else [])

    def rows(self, query: str, what: str, fits: Callable[[Rows], bool] = lambda rows: True) -> Rows:
        """Return the rows of a SELECT query.

        Parameters
        ----------
        query
            In SPARQL.
        what
            What it asks for, in messages.
        fits
            Whether rows answer it; others are asked for again.
        """

        def once() -> Rows:
            rows = self._ask(query)
            if not fits(rows):
                raise Faulty("rows that were not asked for")
            return rows

        return self.client.attempt(once, f"{what} from {self.endpoint}", fault=_fault)

    def _ask(self, query: str) -> Rows:
        from SPARQLWrapper import JSON, POST, SPARQLWrapper

        service = SPARQLWrapper(self.endpoint, agent=self.client.user_agent, returnFormat=JSON)
        service.setTimeout(round(self.client.manners.timeout_s))
        service.setMethod(POST)
        service.setOnlyConneg(True)
        service.setQuery(query)
        with service.query().response as response:
            content = response.read()
        try:
            return rows_of(parse_json(content))
        except ValueError as error:
            raise Faulty(str(error).rstrip(".")) from error


def _carry(key: str, values: Sequence[str]) -> Callable[[Rows], bool]:
    """Return whether every item of an answer carries one of the ids that were asked for."""
    register = next((name for name, code in PROPERTIES.items() if code == key), "")
    wanted = frozenset(values)

    def fits(rows: Rows) -> bool:
        carried = {row["item"] for row in rows if row.get(register) in wanted}
        return not register or carried == {row["item"] for row in rows}

    return fits


def _fault(error: Exception) -> Faulty | None:
    """Return what an exception of SPARQLWrapper or of the network stands for."""
    from SPARQLWrapper.SPARQLExceptions import EndPointInternalError, QueryBadFormed, SPARQLWrapperException

    if isinstance(error, urllib.error.HTTPError):
        with error:
            return _of_status(error)
    if isinstance(error, QueryBadFormed):
        return Refused("the query is malformed")
    if isinstance(error, EndPointInternalError):
        return Faulty("status 500")
    if isinstance(error, SPARQLWrapperException):
        return Faulty(type(error).__name__, again=False)
    if isinstance(error, OSError | http.client.HTTPException):
        reason = getattr(error, "reason", error)
        return Faulty(in_words(reason) if isinstance(reason, Exception) else str(reason))
    return None


def _of_status(error: urllib.error.HTTPError) -> Faulty:
    headers: dict[str, Any] = {name.lower(): value for name, value in error.headers.items()}
    try:
        check_status(error.code, headers, b"", frozenset())
    except Faulty as faulty:
        return faulty
    return Faulty(f"status {error.code}")
