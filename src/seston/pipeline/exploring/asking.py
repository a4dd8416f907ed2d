"""A query asked of the workspace, of files, or of an endpoint elsewhere: the same table from each."""

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from queue import Empty, Queue

from pyoxigraph import RdfFormat, Store

from seston.bundled import folder
from seston.concepts import load_scheme
from seston.errors import AmbiguousTaxon, InvalidData, InvalidQuery, UnknownTaxon
from seston.graph.columnar.core import Core
from seston.graph.columnar.tables import is_curie
from seston.graph.querying.endpoint import Endpoint
from seston.graph.querying.queries import Query, bind, parse_query, run
from seston.graph.querying.store import open_store, read_store
from seston.graph.querying.tabular import Table
from seston.pipeline.exploring.describing import ONTOLOGY, TO_GRAPH
from seston.pipeline.exploring.serving import kept_store
from seston.pipeline.knowledge import CORE, QUADS
from seston.pipeline.stages import Progress, bring_up_to_date
from seston.sources.web.client import user_agent
from seston.workspace import Workspace

Ask = Callable[[Query, Mapping[str, str]], Table]
Find = Callable[[str], str]

_BY_NAME = parse_query(
    """# title: Nodes of a name
# param: name — a name as the graph writes it
# default: name=Copepoda
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sst: <https://w3id.org/seston/ontology#>
SELECT DISTINCT ?node WHERE { VALUES ?name { "Copepoda" } ?node skos:prefLabel ?name ; sst:depth ?depth } ORDER BY ?node
""",
    "nodes of a name",
)


def ask_workspace(
    workspace: Workspace, query: Query, params: Mapping[str, str], progress: Progress, seconds: float | None = None
) -> Table:
    """Answer a query from the graph of a workspace; taxa and concepts in parameters may be given by name.

    Raises
    ------
    InvalidQuery
        It is none, or takes longer than so many seconds.
    """
    bring_up_to_date(workspace, TO_GRAPH, progress)
    values = _by_id(query, params, lambda name: _in_tree(workspace, name))
    store = _store(workspace)
    return within(seconds, lambda: run(store, query, values))


def ask_files(files: Sequence[Path], query: Query, params: Mapping[str, str], seconds: float | None = None) -> Table:
    """Answer a query from RDF files, all their graphs taken as one; taxa may be given by the name in them.

    The store does not merge: a triple that stands in two graphs counts twice.

    Raises
    ------
    InvalidData
        A file is in no format that its ending tells, or does not parse.
    InvalidQuery
        See `ask_workspace`.
    """
    store = Store()
    for file in files:
        _load(store, file)
    return _asked(lambda wanted, values: within(seconds, lambda: run(store, wanted, values)), query, params)


def ask_endpoint(url: str, query: Query, params: Mapping[str, str], contact: str, timeout_s: float) -> Table:
    """Answer a query from an endpoint; taxa may be given by the name that they have there.

    Parameters
    ----------
    url
        Address of the endpoint, whose default graph must be the union of its graphs.
    query, params
        See `run`.
    contact
        The operator's address, for the User-Agent.
    timeout_s
        Longest silence, in seconds.
    """
    endpoint = Endpoint(url, user_agent(contact), timeout_s)
    return _asked(lambda wanted, values: endpoint.ask(bind(wanted, values)), query, params)


def within(seconds: float | None, work: Callable[[], Table]) -> Table:
    """Return what some work gives, unless it takes longer, or Ctrl-C is pressed.

    The store hears neither while it looks for a solution that never comes. So it works in a thread, which is left to
    end with the program.

    Raises
    ------
    InvalidQuery
        The time is over.
    """
    done: Queue[Table | BaseException] = Queue()

    def put() -> None:
        try:
            done.put(work())
        except BaseException as error:
            done.put(error)

    threading.Thread(target=put, daemon=True).start()
    try:
        found = done.get(timeout=seconds)
    except Empty as error:
        raise InvalidQuery(
            f"The query took longer than {seconds:g} s.", hint="Ask for less at once, or give more time with --timeout."
        ) from error
    if isinstance(found, BaseException):
        raise found
    return found


def _store(workspace: Workspace) -> Store:
    """Return the store that ``seston serve`` keeps, which opens at once, or else one in memory."""
    if kept := kept_store(workspace):
        return read_store(kept)
    return open_store(workspace.path(QUADS), [folder("ontology") / name for name in ONTOLOGY])


def _asked(ask: Ask, query: Query, params: Mapping[str, str]) -> Table:
    return ask(query, _by_id(query, params, lambda name: _in_graph(ask, name)))


def _by_id(query: Query, params: Mapping[str, str], find: Find) -> dict[str, str]:
    """Return parameters with names of taxa and concepts turned into ids; IRIs are left to the query."""
    kinds = {parameter.name: parameter.kind for parameter in query.parameters}
    return {name: _id_of(kinds.get(name, ""), value, find) for name, value in params.items()}


def _id_of(kind: str, value: str, find: Find) -> str:
    if value.startswith(("http:", "https:")):
        return value
    if kind == "concept":
        return load_scheme().concept(value).id
    return find(value) if kind == "node" else value


def _in_tree(workspace: Workspace, name: str) -> str:
    tree = Core.load(workspace.path(CORE)).hierarchy
    return tree.ids[tree.find(name)]


def _in_graph(ask: Ask, name: str) -> str:
    if is_curie(name):
        return name
    found = [str(node) for (node,) in ask(_BY_NAME, {"name": name}).rows]
    if not found:
        raise UnknownTaxon(name, hint="Give an id such as worms:1080, or the name exactly as the graph writes it.")
    if len(found) > 1:
        raise AmbiguousTaxon(f"{len(found)} nodes are called '{name}'.", hint="Give one of the ids.", problems=found)
    return found[0]


def _load(store: Store, file: Path) -> None:
    form = RdfFormat.from_extension(file.suffix.removeprefix("."))
    if form is None:
        raise InvalidData(
            f"{file} has no ending that tells its format.",
            hint="Files end in .nq, .nt, .ttl, .trig, .rdf, .jsonld or .n3.",
        )
    try:
        store.bulk_load(path=str(file), format=form)
    except (SyntaxError, ValueError) as error:
        raise InvalidData(f"{file} does not parse: {error}.", hint="Correct the file; nothing was asked.") from error
    except OSError as error:
        raise InvalidData(f"{file} cannot be read: {error}.", hint="Check the path and its permissions.") from error
