"""The questions put to Wikidata, and what its answers say.

Each question is about a batch of ids or items, so that it stays well under the service's limit of 60 s. Taxa are asked
for by identifier; by name only together with the chain of parents, which the caller holds against the taxonomy.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from seston.errors import InvalidData
from seston.sources.wikimedia.items import NAME, PROPERTIES, Item

ENDPOINT = "https://query.wikidata.org/sparql"
_ENTITY = "http://www.wikidata.org/entity/"
_PREFIXES = f"""PREFIX wd: <{_ENTITY}>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <http://schema.org/>
"""
_SITE = re.compile(r"https://(?P<language>[a-z-]+)\.wikipedia\.org/")
_FOLLOWED = 40

Rows = list[dict[str, str]]


def items_query(key: str, values: Iterable[str], languages: Iterable[str]) -> str:
    """Return the question for the items that carry ids or names.

    Parameters
    ----------
    key
        Property whose values are given: P850, P685, P846 or P225.
    values
        Ids or names.
    languages
        Language codes of the Wikipedias whose pages are wanted.

    Returns
    -------
    str
        A SELECT query with the columns item, name, rank, worms, ncbi, gbif, site and title.
    """
    given = " ".join(_literal(value) for value in values)
    sites = " ".join(f"<https://{language}.wikipedia.org/>" for language in languages)
    ids = "\n".join(f"  OPTIONAL {{ ?item wdt:{code} ?{register} }}" for register, code in PROPERTIES.items())
    return f"""{_PREFIXES}SELECT DISTINCT ?item ?name ?rank ?worms ?ncbi ?gbif ?site ?title WHERE {{
  VALUES ?key {{ {given} }}
  ?item wdt:{key} ?key .
  OPTIONAL {{ ?item wdt:{NAME} ?name }}
  OPTIONAL {{ ?item wdt:P105 ?ranked . ?ranked rdfs:label ?rank FILTER(LANG(?rank) = "en") }}
{ids}
  OPTIONAL {{
    VALUES ?site {{ {sites} }}
    ?page schema:about ?item ; schema:isPartOf ?site ; schema:name ?title .
  }}
}}"""


def parents_query(items: Iterable[str]) -> str:
    """Return the question for everything above items: the columns node, parent and name of the parent."""
    given = " ".join(f"wd:{item}" for item in items)
    return f"""{_PREFIXES}SELECT DISTINCT ?node ?parent ?name WHERE {{
  VALUES ?item {{ {given} }}
  ?item wdt:P171* ?node .
  ?node wdt:P171 ?parent .
  OPTIONAL {{ ?parent wdt:{NAME} ?name }}
}}"""


def rows_of(answer: Any) -> Rows:
    """Return the rows of an answer in SPARQL's JSON, one dictionary a row, unbound columns left out.

    Raises
    ------
    InvalidData
        The answer has another shape: an error page, a cut answer.
    """
    try:
        return [{name: str(cell["value"]) for name, cell in row.items()} for row in answer["results"]["bindings"]]
    except (TypeError, KeyError, AttributeError) as error:
        raise InvalidData(
            "The answer of Wikidata is no SPARQL result.", hint="Try again later; what was fetched is kept."
        ) from error


def items_of(rows: Sequence[Mapping[str, str]], edges: Sequence[Mapping[str, str]]) -> list[Item]:
    """Return the items of the rows of `items_query`, with the parents that those of `parents_query` give.

    Examples
    --------
    >>> rows = [{"item": "http://www.wikidata.org/entity/Q8412", "name": "Copepoda", "worms": "1080"}]
    >>> items_of(rows, [])[0].ids
    ('worms:1080',)
    """
    grouped: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        grouped.setdefault(_local(row["item"]), []).append(row)
    above, names = _edges(edges)
    return [
        Item(
            item,
            _only(group, "name"),
            _only(group, "rank"),
            tuple(f"{register}:{value}" for register in PROPERTIES for value in _every(group, register)),
            tuple(names[node] for node in _line(item, above) if names.get(node)),
            dict(sorted(_pages(group))),
        )
        for item, group in sorted(grouped.items())
    ]


def _literal(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'


def _local(iri: str) -> str:
    return iri.removeprefix(_ENTITY)


def _every(group: Sequence[Mapping[str, str]], column: str) -> list[str]:
    return sorted({row[column] for row in group if row.get(column)})


def _only(group: Sequence[Mapping[str, str]], column: str) -> str:
    """Return the one value of a column; several, which contradict each other, count as none."""
    values = _every(group, column)
    return values[0] if len(values) == 1 else ""


def _pages(group: Sequence[Mapping[str, str]]) -> Iterable[tuple[str, str]]:
    for row in group:
        site = _SITE.fullmatch(row.get("site", ""))
        if site and row.get("title"):
            yield site["language"], row["title"]


def _edges(rows: Sequence[Mapping[str, str]]) -> tuple[dict[str, list[str]], dict[str, str]]:
    above: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for row in rows:
        node, parent = _local(row["node"]), _local(row["parent"])
        above.setdefault(node, []).append(parent)
        names.setdefault(parent, row.get("name", ""))
    return {node: sorted(set(parents)) for node, parents in above.items()}, names


def _line(item: str, above: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the items above one, the nearest first; a parent reached twice or in a circle counts once."""
    line: dict[str, None] = {}
    level = [item]
    for _ in range(_FOLLOWED):
        level = [parent for node in level for parent in above.get(node, ()) if parent not in line and parent != item]
        line |= dict.fromkeys(level)
    return list(line)
