"""Named queries: files of plain SPARQL whose parameters are VALUES blocks.

Each file of ``queries/`` runs as it stands on any endpoint, with its defaults. To bind a parameter, its block
``VALUES ?name { … }`` is filled with one RDF term, serialised by the RDF library: text never becomes syntax.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from seston.bundled import folder
from seston.errors import InvalidData, InvalidQuery, UnknownQuery
from seston.graph.columnar.tables import is_curie
from seston.graph.querying.tabular import Table, cell, table_of
from seston.graph.rdf.nquads import iri, literal, typed
from seston.graph.vocabulary import BASE, compact, concept_iri, node_iri

_HEADER = re.compile(r"#\s*(title|question|param|default|columns|cost):\s*(.*)")
_INSIDE = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|<[^<>]*>|[^}}"'<])*"""
_BLOCK = rf"(VALUES\s+\?(?P<name>{{name}})\s*\{{{{)({_INSIDE})(\}}}})"
_MORPHOLOGY = BASE + "morphology/"


@dataclass(frozen=True)
class Parameter:
    """A parameter of a query: ``kind`` is "node", "concept", "iri", "text" or "number", as its default is."""

    name: str
    meaning: str
    kind: str
    default: str


@dataclass(frozen=True)
class Query:
    """A query with what its header says. ``columns`` is empty when the header names none."""

    name: str
    title: str
    question: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    cost: str
    text: str


def list_queries(where: Path | None = None) -> list[Query]:
    """Return the named queries, by number.

    Parameters
    ----------
    where
        A folder of ``.rq`` files; the bundled ones when not given.

    Returns
    -------
    list of Query
        Sorted by file name.
    """
    return [_read(file) for file in sorted((where or folder("queries")).glob("*.rq"))]


def load_query(name: str, where: Path | None = None) -> Query:
    """Return a query by its name, with or without its number, or by the path of a file.

    Parameters
    ----------
    name
        ``lineage``, ``01-lineage``, or a path that ends in ``.rq`` or ``.sparql``.
    where
        A folder of ``.rq`` files; the bundled ones when not given.

    Returns
    -------
    Query
        The query.

    Raises
    ------
    UnknownQuery
        Neither a name nor a file.
    InvalidQuery
        The file's header is not right.
    """
    queries = list_queries(where)
    for query in queries:
        if name in (query.name, query.name.partition("-")[2]):
            return query
    file = Path(name)
    if file.suffix in {".rq", ".sparql"} and file.is_file():
        return _read(file)
    from rapidfuzz import process

    near = [match for match, _, _ in process.extract(name, [query.name for query in queries], limit=3, score_cutoff=50)]
    raise UnknownQuery(name, nearest=near, hint="List the queries with 'seston query --list', or give a file.")


def parse_query(text: str, name: str = "query") -> Query:
    """Return the query that a text holds.

    Parameters
    ----------
    text
        SPARQL, with a header of comments or without.
    name
        What to call it.

    Returns
    -------
    Query
        The query.

    Raises
    ------
    InvalidQuery
        A parameter without a default, or without its VALUES block.
    """
    header: dict[str, list[str]] = {}
    for line in text.splitlines():
        if match := _HEADER.fullmatch(line.strip()):
            header.setdefault(match[1], []).append(match[2].strip())
    defaults = dict(_pair(entry, "=", name) for entry in header.get("default", ()))
    meanings = [_pair(entry, "—", name) for entry in header.get("param", ())]
    parameters = tuple(Parameter(p, meaning, _kind(text, p, name), defaults.get(p, "")) for p, meaning in meanings)
    missing = [parameter.name for parameter in parameters if parameter.name not in defaults]
    if missing:
        raise InvalidQuery(f"{name}: no default for {', '.join(missing)}.", hint="Add '# default: name=value'.")
    first = {key: values[0] for key, values in header.items()}
    columns = tuple(first.get("columns", "").split())
    return Query(
        name, first.get("title", name), first.get("question", ""), parameters, columns, first.get("cost", ""), text
    )


def bind(query: Query, values: Mapping[str, str]) -> str:
    """Return the SPARQL text with parameters bound; those not given keep their defaults.

    Parameters
    ----------
    query
        The query.
    values
        Values by parameter: CURIEs, concept ids, IRIs, texts or numbers, as the parameter's kind wants.

    Returns
    -------
    str
        SPARQL that any endpoint runs.

    Raises
    ------
    InvalidQuery
        No such parameter, or a value of the wrong kind.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    strange = sorted(set(values) - set(known))
    if strange:
        takes = ", ".join(known) or "none"
        raise InvalidQuery(
            f"{query.name} has no parameter '{strange[0]}'.", hint=f"It takes: {takes}.", problems=strange
        )
    return _fill(query.text, {name: _term(known[name], value) for name, value in values.items()})


def run(store: Store, query: Query, params: Mapping[str, str] | None = None) -> Table:
    """Answer a query from a store, all named graphs taken as one.

    Parameters
    ----------
    store
        The graph.
    query
        A named query, or one from `parse_query`.
    params
        Values by parameter; see `bind`.

    Returns
    -------
    Table
        ASK gives one cell, CONSTRUCT and DESCRIBE give subject, predicate and object.

    Raises
    ------
    InvalidQuery
        The text is no SPARQL query, or a parameter does not fit.
    """
    try:
        return table_of(store.query(bind(query, params or {}), use_default_graph_as_union=True))
    except SyntaxError as error:
        raise InvalidQuery(
            f"{query.name} is no SPARQL query: {error}.", hint="Only queries are run, no updates."
        ) from error


def _fill(text: str, terms: Mapping[str, str]) -> str:
    """Return the text with its term in every VALUES block of each variable.

    All are filled in one pass: a term that was filled in is never looked at again, whatever it contains.
    """
    if not terms:
        return text
    names = "|".join(map(re.escape, terms))
    return re.sub(_BLOCK.format(name=names), lambda block: f"{block[1]} {terms[block['name']]} {block[4]}", text)


def _read(file: Path) -> Query:
    try:
        return parse_query(file.read_text(encoding="utf-8"), file.stem)
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidQuery(f"{file} cannot be read: {error}.", hint="Give a UTF-8 file.") from error


def _pair(entry: str, sign: str, name: str) -> tuple[str, str]:
    key, found, value = entry.partition(sign)
    if not found or not key.strip().isidentifier():
        raise InvalidQuery(
            f"{name}: the header line '{entry}' does not read 'name {sign} …'.", hint="Correct the header."
        )
    return key.strip(), value.strip()


def _kind(text: str, name: str, query: str) -> str:
    """Return the kind of a parameter, from the term that stands in its block."""
    blocks = [block[3] for block in re.finditer(_BLOCK.format(name=re.escape(name)), text)]
    terms = list(_terms(blocks))
    if not terms:
        raise InvalidQuery(f"{query}: no block 'VALUES ?{name} {{ term }}'.", hint="Add it with the default's term.")
    if isinstance(terms[0], Literal):
        return "text" if isinstance(cell(terms[0]), str) else "number"
    if terms[0].value.startswith(_MORPHOLOGY):
        return "concept"
    return "node" if is_curie(compact(terms[0].value)) and terms[0].value.startswith(BASE) else "iri"


def _terms(blocks: list[str]) -> Iterator[NamedNode | Literal]:
    for block in blocks:
        try:
            [triple] = parse(f"<a:s> <a:p> {block.strip()} .", format=RdfFormat.TURTLE)
        except (SyntaxError, ValueError):
            return
        if isinstance(triple.object, NamedNode | Literal):
            yield triple.object


def _term(parameter: Parameter, value: str) -> str:
    """Return a value as the RDF term that its parameter wants."""
    try:
        if parameter.kind == "number":
            return typed(int(value)) if re.fullmatch(r"[+-]?\d+", value) else typed(float(value))
        if parameter.kind == "text":
            return literal(value)
        if value.startswith(("http://", "https://")):
            return iri(value)
        if parameter.kind == "concept" and "/" in value:
            return iri(concept_iri(value))
        if parameter.kind == "node" and is_curie(value):
            return iri(node_iri(value))
    except (InvalidData, ValueError):
        pass
    wanted = {"node": "an id such as worms:1080", "concept": "an id such as tail/fork", "number": "a number"}
    raise InvalidQuery(
        f"'{value}' does not fit the parameter '{parameter.name}'.",
        hint=f"Give {wanted.get(parameter.kind, 'an IRI')}, for example {parameter.default}.",
    )
