"""``export owl|skos|nquads|ntriples|svg|diff``: releases of the graph, and what changed between two of them."""

from collections import Counter
from dataclasses import asdict
from pathlib import Path

import click

from seston.cli.output import Progress, notice, print_json, print_table
from seston.workspace import Workspace

_path = click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
_either = click.Path(exists=True, path_type=Path)


@click.command("owl")
@_path
@click.option(
    "--reason", is_flag=True, help="Classify it with ELK or HermiT first (needs Java); exit 3 if it says otherwise."
)
@click.pass_obj
def export_owl(workspace: Workspace, path: Path, reason: bool) -> None:
    """Write taxa as OWL classes, with what holds for all their members, as Turtle."""
    from seston.pipeline.exploring.releasing import release_owl

    found = release_owl(workspace, path, Progress(), reason=reason)
    if found:
        notice(found)
    _written(path)


@click.command("skos")
@_path
@click.pass_obj
def export_skos(workspace: Workspace, path: Path) -> None:
    """Write taxa, labels and concepts as SKOS, in Turtle."""
    from seston.pipeline.exploring.releasing import release_skos

    release_skos(workspace, path, Progress())
    _written(path)


@click.command("nquads")
@_path
@click.pass_obj
def export_nquads(workspace: Workspace, path: Path) -> None:
    """Write the whole graph, with its named graphs."""
    from seston.pipeline.exploring.releasing import release_nquads

    release_nquads(workspace, path, Progress())
    _written(path)


@click.command("ntriples")
@_path
@click.pass_obj
def export_ntriples(workspace: Workspace, path: Path) -> None:
    """Write the whole graph as one, without named graphs."""
    from seston.pipeline.exploring.releasing import release_ntriples

    release_ntriples(workspace, path, Progress())
    _written(path)


@click.command("svg")
@_path
@click.option("--root", required=True, metavar="NAME|ID", help="The topmost taxon to draw.")
@click.option("--depth", type=click.IntRange(min=0), help="How many levels below it; all when not given.")
@click.pass_obj
def export_svg(workspace: Workspace, path: Path, root: str, depth: int | None) -> None:
    """Draw a branch of the tree with its concepts."""
    from seston.pipeline.exploring.releasing import release_svg

    count = release_svg(workspace, path, root, depth, Progress())
    notice(f"{count} nodes drawn.")
    _written(path)


@click.command("diff")
@click.argument("before", metavar="A", type=_either)
@click.argument("after", metavar="B", type=_either)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def export_diff(before: Path, after: Path, as_json: bool) -> None:
    """Show what changed from release A to release B: each a file of this command, or a workspace."""
    from seston.pipeline.exploring.releasing import difference

    changes = difference(before, after)
    if as_json:
        print_json([asdict(change) for change in changes])
        return
    print_table(("change", "id", "name", "before", "after"), (tuple(asdict(change).values()) for change in changes))
    counts = Counter(change.kind for change in changes)
    notice(", ".join(f"{n} {kind}" for kind, n in counts.items()) or "No difference.")


def _written(path: Path) -> None:
    click.echo(str(path))


RELEASES = (export_owl, export_skos, export_nquads, export_ntriples, export_svg, export_diff)
