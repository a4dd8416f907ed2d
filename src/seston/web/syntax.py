r"""What a query reaches for, read from its parse tree.

The store's own parser hands out no tree, so rdflib parses once more. That takes a third of a second, so it happens only
where the letters of a keyword occur at all: outside of those queries there is nothing to find.

The two parsers must not disagree about where a string or a comment ends, or a SERVICE could hide in what one of them
takes for a string. So line ends are made equal first (rdflib ends a comment at a line feed only), ``\u`` escapes are
not expanded before parsing (rdflib would: ``"\u0022"`` would end a string), and what rdflib cannot parse is refused.
"""

import re
from collections.abc import Iterator
from typing import Any

from seston.web.exchange import Refusal

_FROM = re.compile(r"\bfrom\b", re.IGNORECASE)


def refuse_service(query: str) -> None:
    """Pass a query that asks this endpoint only.

    Raises
    ------
    Refusal
        403 for a query with SERVICE; 400 for one that speaks of a service and cannot be parsed.

    Examples
    --------
    >>> refuse_service('SELECT * { ?s ?p "SERVICE <http://x> {}" } # SERVICE <http://x> {}')
    >>> refuse_service("ASK { SERVICE <http://x> { ?s ?p ?o } }")
    Traceback (most recent call last):
    ...
    seston.web.exchange.Refusal: SERVICE is not taken: this endpoint asks no other.
    """
    # casefold turns ſ into s, which no SPARQL keyword does; that costs a parse and nothing else.
    if "service" not in query.casefold():
        return
    try:
        found = "ServiceGraphPattern" in _names(query)
    except Exception as error:
        reason = str(error).partition("\n")[0][:300]
        hint = "In a query that has the word 'service', write characters as they are, without \\u."
        raise Refusal(400, f"The query cannot be read: {reason}. {hint}") from error
    if found:
        raise Refusal(403, "SERVICE is not taken: this endpoint asks no other.")


def names_dataset(query: str) -> bool:
    """Return whether a query names its own dataset, with FROM or FROM NAMED.

    Examples
    --------
    >>> names_dataset("SELECT * FROM <http://a> { ?s ?p ?o }"), names_dataset('ASK { ?s ?p "from" }')
    (True, False)
    """
    if not _FROM.search(query):
        return False
    try:
        return "DatasetClause" in _names(query)
    except Exception:  # the store's parser then says what is wrong
        return False


def _names(query: str) -> set[str]:
    from rdflib.plugins.sparql.parser import Query

    return set(_walk(Query.parse_string(query.replace("\r", "\n"), parse_all=True)))


def _walk(tree: Any) -> Iterator[str]:
    """Yield the names of all parts of a parse tree."""
    from pyparsing import ParseResults
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(tree, CompValue):
        yield tree.name
        tree = list(tree.values())
    if isinstance(tree, ParseResults | list | tuple | set):
        for part in tree:
            yield from _walk(part)
