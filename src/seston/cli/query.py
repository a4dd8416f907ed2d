"""``query``: a named query or SPARQL of one's own, asked of the workspace, of files, or of an endpoint."""

import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from seston.cli.harvest.options import ADDRESS, contact
from seston.cli.output import Progress, print_json, print_table
from seston.errors import UsageError
from seston.workspace import Workspace

if TYPE_CHECKING:
    from seston.graph.querying.queries import Query
    from seston.graph.querying.tabular import Table

_PATIENCE_S = 60.0
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("name", required=False)
@click.option("--list", "as_list", is_flag=True, help="List the named queries.")
@click.option("--param", "params", multiple=True, metavar="KEY=VALUE", help="Give a parameter; taxa by id or name.")
@click.option("--data", "files", multiple=True, type=_FILE, help="Ask this RDF file instead of the workspace.")
@click.option("--endpoint", metavar="URL", type=ADDRESS, help="Ask this SPARQL endpoint instead of the workspace.")
@click.option("--timeout", type=click.FloatRange(0.1), help="Seconds it may take; 60 of an endpoint, else no limit.")
@contact
@click.option("--csv", "form", flag_value="csv", help="Print CSV.")
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@click.pass_obj
def query(
    workspace: Workspace,
    name: str | None,
    as_list: bool,
    params: tuple[str, ...],
    files: tuple[Path, ...],
    endpoint: str | None,
    timeout: float | None,
    contact: str,
    form: str | None,
) -> None:
    """Run a named query, a SPARQL file, or - for standard input, over the graph.

    The graph is the workspace's, that of --data (several files make one graph), or that of --endpoint, whose default
    graph should be the union of its graphs.
    """
    from seston.graph.querying.queries import list_queries, load_query, parse_query

    if as_list:
        _print_list(list_queries(), form)
        return
    if name is None:
        raise UsageError("Which query?", hint="List them with 'seston query --list'.")
    if files and endpoint:
        raise UsageError("--data and --endpoint exclude each other.", hint="Give the one that is to be asked.")
    asked = parse_query(sys.stdin.read(), "standard input") if name == "-" else load_query(name)
    given = dict(_parameter(text) for text in params)
    _print_answer(_answer(workspace, asked, given, files, endpoint, contact, timeout), form)


def _answer(
    workspace: Workspace,
    asked: "Query",
    given: Mapping[str, str],
    files: tuple[Path, ...],
    endpoint: str | None,
    contact: str,
    timeout: float | None,
) -> "Table":
    from seston.pipeline.exploring.asking import ask_endpoint, ask_files, ask_workspace

    if endpoint:
        return ask_endpoint(endpoint, asked, given, contact, timeout or _PATIENCE_S)
    if files:
        return ask_files(files, asked, given, timeout)
    return ask_workspace(workspace, asked, given, Progress(), timeout)


def _print_answer(table: "Table", form: str | None) -> None:
    from seston.graph.querying.tabular import to_csv, to_json

    if form:
        click.echo(to_json(table) if form == "json" else to_csv(table), nl=False)
    else:
        print_table(table.columns, table.rows)


def _print_list(queries: "list[Query]", form: str | None) -> None:
    if form == "json":
        fields = ("name", "title", "question", "columns", "cost")
        print_json(
            [{f: getattr(q, f) for f in fields} | {"parameters": [asdict(p) for p in q.parameters]} for q in queries]
        )
    else:
        print_table(("name", "title", "parameters"), ((q.name, q.title, _parameters(q)) for q in queries))


def _parameters(query: "Query") -> str:
    return ", ".join(f"{parameter.name}={parameter.default}" for parameter in query.parameters)


def _parameter(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise UsageError(f"--param takes KEY=VALUE, got '{text}'.")
    return name, value
