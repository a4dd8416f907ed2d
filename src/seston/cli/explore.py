"""``check`` and ``taxon``: what the graph holds."""

from collections import Counter
from dataclasses import asdict

import click

from seston.cli.output import Progress, notice, print_json
from seston.cli.render import EXAMPLES, findings_text, taxon_text
from seston.errors import CheckFailed, UsageError
from seston.workspace import Workspace


@click.command()
@click.option("--code", "codes", multiple=True, metavar="CODE", help="Only these codes, and all that they find.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: every finding.")
@click.pass_obj
def check(workspace: Workspace, codes: tuple[str, ...], as_json: bool) -> None:
    """Check the graph: shapes and diagnostics; exit 3 when something needs a repair.

    Findings are grouped by code, with a few examples each. Errors and warnings need a repair; what is informational
    (a gap, an exception, a homonym) does not, and the command ends with 0 when there is nothing else.
    """
    from seston.graph.checking.findings import TITLES
    from seston.pipeline.exploring.describing import findings

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
    from seston.pipeline.exploring.describing import describe

    description = describe(workspace, name, Progress())
    if as_json:
        print_json(description)
    else:
        click.echo(taxon_text(description))
