"""``demo``, ``build`` and ``status``: what is to be made, and what is stale."""

import json
from typing import Any

import click

from seston.cli.output import Progress, notice, print_json, print_table
from seston.workspace import Workspace


@click.command()
@click.pass_obj
def demo(workspace: Workspace) -> None:
    """Do the main job on the bundled data.

    Builds the graph and the dictionary, trains on the bundled PlanktonSet features, and writes metrics.json and
    report.html into the workspace.
    """
    from seston.pipeline.classifying.images import use_bundled_images
    from seston.pipeline.classifying.learning import METRICS
    from seston.pipeline.plan import in_use
    from seston.pipeline.report.writing import REPORT
    from seston.pipeline.stages import bring_up_to_date

    use_bundled_images(workspace)
    bring_up_to_date(workspace, in_use(workspace), Progress())
    _summary(json.loads(workspace.path(METRICS).read_text()))
    click.echo(f"metrics  {workspace.path(METRICS)}")
    click.echo(f"report   {workspace.path(REPORT)}")
    notice("Next: 'seston taxon Oithona', 'seston query --list', or open the report in a browser.")


@click.command()
@click.argument("stages", nargs=-1, metavar="[STAGE]...")
@click.option("--dry-run", is_flag=True, help="Say what would run, and why, and do nothing.")
@click.pass_obj
def build(workspace: Workspace, stages: tuple[str, ...], dry_run: bool) -> None:
    """Bring the graph, the concepts and the vectors up to date, or the STAGEs named."""
    from seston.pipeline.knowledge import KNOWLEDGE
    from seston.pipeline.plan import ALL
    from seston.pipeline.stages import bring_up_to_date, chosen, states

    wanted = chosen(ALL, stages) if stages else list(KNOWLEDGE)
    if dry_run:
        print_table(("stage", "why"), ((stage.name, why or "up to date") for stage, why in states(workspace, wanted)))
        return
    ran = bring_up_to_date(workspace, wanted, Progress())
    notice(f"{', '.join(ran) or 'Nothing'} built; {len(wanted) - len(ran)} of {len(wanted)} were up to date.")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def status(workspace: Workspace, as_json: bool) -> None:
    """Say what is stale, and why."""
    from seston.pipeline.plan import in_use
    from seston.pipeline.stages import states

    found = [(stage.name, stage.summary, why) for stage, why in states(workspace, in_use(workspace))]
    if as_json:
        print_json([{"stage": name, "summary": summary, "stale": why} for name, summary, why in found])
        return
    print_table(("stage", "state", "what it makes"), ((name, why or "up to date", what) for name, what, why in found))


def _summary(metrics: dict[str, Any]) -> None:
    rows = {
        "strict head": metrics["heads"]["strict"],
        "sparse head": metrics["heads"]["sparse"],
        "black box (ridge)": metrics["baseline"],
        "random rows": metrics["control_random"],
        "shuffled rows": metrics["control_shuffled"],
        "taxonomy only": metrics["control_taxonomy"],
    }
    keys = ("top1", "balanced_accuracy", "hf1", "unseen_balanced_accuracy")
    table = [(name, *(_share(figures[key]) for key in keys)) for name, figures in rows.items()]
    print_table(("", "accuracy", "balanced", "hF1", "labels never seen"), table)


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
