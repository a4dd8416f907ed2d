"""The start page: what the graph holds, the named queries, and a box for SPARQL."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template

from seston.graph.querying.queries import Query
from seston.graph.vocabulary import PREFIXES
from seston.version import VERSION
from seston.web.exchange import Asked, Refusal
from seston.web.pool import Pool

_TEMPLATE = "start.html.j2"
_COUNTS = """
PREFIX sst: <https://w3id.org/seston/ontology#>
PREFIX dwc: <http://rs.tdwg.org/dwc/terms/>
SELECT ?taxa ?labels ?concepts ?assertions WHERE {
  { SELECT (COUNT(?x) AS ?taxa) WHERE { ?x a dwc:Taxon } }
  { SELECT (COUNT(?x) AS ?labels) WHERE { ?x a sst:MorphoCategory } }
  { SELECT (COUNT(?x) AS ?concepts) WHERE { ?x a sst:Morphology } }
  { SELECT (COUNT(?x) AS ?assertions) WHERE { ?x a sst:Assertion } }
}
"""


class StartPage:
    """The page, with counts that are asked for once.

    Parameters
    ----------
    queries
        The named queries, in the order to list them.
    """

    def __init__(self, queries: Sequence[Query]) -> None:
        self._queries = queries
        self._counts: dict[str, int] = {}

    async def html(self, pool: Pool) -> str:
        """Return the page; without counts when they cannot be had."""
        self._counts = self._counts or await _counts(pool)
        return _template().render(
            counts=self._counts, queries=self._queries, limits=pool.limits, prefixes=PREFIXES, version=VERSION
        )


async def _counts(pool: Pool) -> dict[str, int]:
    try:
        answer = await pool.answer(Asked(_COUNTS, accept="application/json"))
    except Refusal:
        return {}
    [row] = json.loads(answer.content)["results"]["bindings"]
    return {name: int(cell["value"]) for name, cell in row.items()}


@cache
def _template() -> Template:
    loader = FileSystemLoader(Path(__file__).with_name("templates"))
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True).get_template(_TEMPLATE)
