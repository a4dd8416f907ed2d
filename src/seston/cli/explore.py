"""``check``, ``taxon``, ``query`` and ``concepts``: what the graph and the dictionary hold."""

import sys
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from seston.cli.output import Progress, notice, print_json, print_table
from seston.cli.render import EXAMPLES, findings_text, taxon_text
from seston.errors import CheckFailed, UsageError
from seston.workspace import Workspace

if TYPE_CHECKING:
    from seston.graph.queries import Query


@click.command()
@click.option("--code", "codes", multiple=True, metavar="CODE", help="Only these codes, and all that they find.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: every finding.")
@click.pass_obj
def check(workspace: Workspace, codes: tuple[str, ...], as_json: bool) -> None:
    """Check the graph: shapes and diagnostics; exit 3 when something needs a repair.

    Findings are grouped by code, with a few examples each. Errors and warnings need a repair; what is informational
    (a gap, an exception, a homonym) does not, and the command ends with 0 when there is nothing else.
    """
    from seston.graph.findings import TITLES
    from seston.pipeline.exploring import findings

    if strange := sorted(set(codes) - set(TITLES)):
        raise UsageError(f"No code {', '.join(strange)}.", hint=f"The codes are: {', '.join(sorted(TITLES))}.")
    found = [finding for finding in findings(workspace, Progress()) if not codes or finding.code in codes]
    if as_json:
        print_json([asdict(finding) | {"severity": finding.severity} for finding in found])
    else:
        click.echo(findings_text(found, len(found) if codes else EXAMPLES), nl=False)
    counts = Counter(finding.severity for finding in found)
    told = f"{len(found)} findings: " + ", ".join(f"{counts[s]} {s}" for s in ("error", "warning", "info"))
    if counts["error"] or counts["warning"]:
        raise CheckFailed(f"{told}.", hint="Each finding says how to repair it; all of one kind: --code CODE.")
    notice(f"{told}; nothing needs a repair.")


@click.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def taxon(workspace: Workspace, name: str, as_json: bool) -> None:
    """Show a taxon or label: lineage, ids, own and inherited concepts with their sentences."""
    from seston.pipeline.exploring import describe

    description = describe(workspace, name, Progress())
    if as_json:
        print_json(description)
    else:
        click.echo(taxon_text(description))


@click.command()
@click.argument("name", required=False)
@click.option("--list", "as_list", is_flag=True, help="List the named queries.")
@click.option("--param", "params", multiple=True, metavar="KEY=VALUE", help="Give a parameter; taxa by id or name.")
@click.option("--csv", "form", flag_value="csv", help="Print CSV.")
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@click.pass_obj
def query(workspace: Workspace, name: str | None, as_list: bool, params: tuple[str, ...], form: str | None) -> None:
    """Run a named query, a SPARQL file, or - for standard input, over the graph."""
    from seston.graph.queries import list_queries, load_query, parse_query
    from seston.graph.tabular import to_csv, to_json
    from seston.pipeline.exploring import answer

    if as_list:
        queries = list_queries()
        if form == "json":
            fields = ("name", "title", "question", "columns", "cost")
            print_json(
                [
                    {f: getattr(q, f) for f in fields} | {"parameters": [asdict(p) for p in q.parameters]}
                    for q in queries
                ]
            )
        else:
            print_table(("name", "title", "parameters"), ((q.name, q.title, _parameters(q)) for q in queries))
        return
    if name is None:
        raise UsageError("Which query?", hint="List them with 'seston query --list'.")
    asked = parse_query(sys.stdin.read(), "standard input") if name == "-" else load_query(name)
    table = answer(workspace, asked, dict(_parameter(text) for text in params), Progress())
    if form == "json":
        click.echo(to_json(table), nl=False)
    elif form == "csv":
        click.echo(to_csv(table), nl=False)
    else:
        print_table(table.columns, table.rows)


@click.command()
@click.option("--search", metavar="TEXT", help="Find concepts by meaning.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def concepts(workspace: Workspace, search: str | None, as_json: bool) -> None:
    """Show the dictionary of morphological sub-concepts."""
    from seston.pipeline.exploring import concept_table, dictionary_of, similar

    if search is not None:
        hits = similar(workspace, search)
        if as_json:
            print_json([{"concept": h.concept.id, "wording": h.wording, "score": round(h.score, 4)} for h in hits])
        else:
            rows = ((f"{h.score:.2f}", h.concept.id, h.concept.label, h.wording) for h in hits)
            print_table(("likeness", "concept", "label", "nearest wording"), rows)
        return
    content = dictionary_of(workspace, Progress())
    if as_json:
        print_json(content)
    else:
        print_table(("concept", "label", "shown by", "lacked by", "definition"), concept_table(content))
        notice("Search by meaning with --search; print everything with --json.")


def _parameters(query: "Query") -> str:
    return ", ".join(f"{parameter.name}={parameter.default}" for parameter in query.parameters)


def _parameter(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise UsageError(f"--param takes KEY=VALUE, got '{text}'.")
    return name, value
