"""``train``, ``evaluate`` and ``explain``."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from seston.cli.output import Progress, notice, print_json, print_table
from seston.cli.render import explanation_text
from seston.errors import UsageError
from seston.workspace import Workspace

if TYPE_CHECKING:
    from seston.concepts.scheme import Scheme

HEADS = ("strict", "sparse", "choquet")


@click.command()
@click.option(
    "--labels",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV file with columns file, label and, if you like, split (train or test).",
)
@click.option(
    "--head", type=click.Choice(HEADS), help="Print the card of this head only; choquet is fitted on request."
)
@click.option(
    "--rows",
    type=click.Choice(("answers", "text")),
    help="Learn from rows with people's answers to images, or from text alone; kept until chosen again.",
)
@click.pass_obj
def train(workspace: Workspace, labels: Path | None, head: str | None, rows: Literal["answers", "text"] | None) -> None:
    """Fit the strict and the sparse head on the labelled images, and with --head choquet the Choquet head too."""
    from seston.disk import write_bytes
    from seston.pipeline.classifying.dataset import LABELS
    from seston.pipeline.classifying.images import apply_labels, read_index, use_bundled_images
    from seston.pipeline.classifying.learning import CARD, CHOQUET_CARD
    from seston.pipeline.dictionary.answers import use_rows
    from seston.pipeline.plan import to_model
    from seston.pipeline.stages import bring_up_to_date

    if not read_index(workspace):
        notice("No images were imported: the bundled PlanktonSet features are used.")
        use_bundled_images(workspace)
    if labels is not None:
        apply_labels(read_index(workspace), labels)  # refused before anything is written
        write_bytes(workspace.path(LABELS), labels.read_bytes())
    if rows is not None:
        use_rows(workspace, rows)
    choquet = head == "choquet"
    ran = bring_up_to_date(workspace, to_model(choquet=choquet), Progress())
    if ("choquet" if choquet else "train") not in ran:
        notice("The model is up to date.")
    card = json.loads(workspace.path(CHOQUET_CARD if choquet else CARD).read_text())
    print_json({key: value for key, value in card.items() if head is None or key not in HEADS or key == head})


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print metrics.json.")
@click.option(
    "--draws",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Judge how far few labels reach instead: CSV file with a column file, and one of 0 and 1 for each draw.",
)
@click.option(
    "--new-taxa", is_flag=True, help="Judge labels never learned instead, from rows and none, one or five images."
)
@click.pass_obj
def evaluate(workspace: Workspace, as_json: bool, draws: Path | None, new_taxa: bool) -> None:
    """Judge the heads on test images, beside the black box and the controls."""
    from seston.errors import MissingStage
    from seston.pipeline.classifying.learning import CHOQUET, LEARNING, METRICS, STRICT
    from seston.pipeline.plan import to_model
    from seston.pipeline.stages import bring_up_to_date, chosen

    if not workspace.path(STRICT).exists():
        raise MissingStage(
            f"No model in {workspace.root}.", hint="Run 'seston train', or 'seston demo' for everything."
        )
    if draws is not None or new_taxa:
        _print_study(workspace, draws, as_json)
        return
    needed = to_model(choquet=workspace.path(CHOQUET).exists())
    bring_up_to_date(workspace, [*needed, *chosen(LEARNING, ["evaluate"])], Progress())
    metrics = json.loads(workspace.path(METRICS).read_text())
    if as_json:
        print_json(metrics)
        return
    groups = {f"{name} head": figures for name, figures in metrics["heads"].items()}
    groups |= {"black box": metrics["baseline"]}
    groups |= {name.replace("control_", "") + " rows": v for name, v in metrics.items() if name.startswith("control_")}
    keys = [key for key in next(iter(groups.values())) if not key.endswith("_se")]
    table = [(key, *(_figure(figures, key) for figures in groups.values())) for key in keys]
    print_table(("", *groups), table)


def _print_study(workspace: Workspace, draws: Path | None, as_json: bool) -> None:
    from seston.pipeline.classifying.studies import judge_draws, judge_new_taxa

    figures = judge_draws(workspace, draws, Progress()) if draws else judge_new_taxa(workspace, Progress())
    if as_json:
        print_json(figures)
        return
    for group, found in figures.items():
        if draws:
            _print_variants(f"{group}: {found['labelled']} labels", found["variants"])
        else:
            _print_variants(group.replace("_", " "), found)


def _print_variants(title: str, variants: dict[str, dict[str, float]]) -> None:
    keys = [key for key in next(iter(variants.values())) if not key.endswith("_se")]
    rows = [
        (name, *(f"{found[key]:.3f} ± {found[f'{key}_se']:.3f}" if key in found else "" for key in keys))
        for name, found in variants.items()
    ]
    print_table((title, *keys), rows)


@click.command()
@click.argument("image")
@click.option("--set", "answers", multiple=True, metavar="CONCEPT=VALUE", help="Overrule a concept: 0 no, 1 yes.")
@click.option("--head", type=click.Choice(HEADS), default="strict", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with every contribution.")
@click.pass_obj
def explain(workspace: Workspace, image: str, answers: tuple[str, ...], head: str, as_json: bool) -> None:
    """Explain the prediction for IMAGE: the id of an image of the workspace, or an image file.

    With --set, the explanation before and after the correction is shown.
    """
    from seston.pipeline.classifying.explaining import explainer_of, features_of

    explainer = explainer_of(workspace, head, Progress())
    asked = dict(_answer(answer, explainer.scheme) for answer in answers)
    values = explainer.scheme.with_consequences(asked)
    name, features = features_of(workspace, image, explainer.head)
    before = explainer.explainer.explain(name, features)
    after = explainer.explainer.explain(name, features, values) if values else None
    if as_json:
        print_json(asdict(after) | {"before": asdict(before)} if after else asdict(before))
        return
    click.echo(explanation_text(before, explainer.node_names, explainer.explainer.sure))
    if after is not None:
        click.echo(f"\nWith {', '.join(f'{concept} = {value:g}' for concept, value in asked.items())}:\n")
        followed = sorted(values.keys() - asked.keys())
        if followed:
            click.echo(f"Hence also {', '.join(f'{concept} = {values[concept]:g}' for concept in followed)}.\n")
        click.echo(explanation_text(after, explainer.node_names, explainer.explainer.sure))


def _answer(text: str, scheme: "Scheme") -> tuple[str, float]:
    concept, sign, value = text.rpartition("=")
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if not concept or not sign or not 0 <= number <= 1:
        raise UsageError(f"--set takes CONCEPT=VALUE with a value from 0 to 1, got '{text}'.")
    return scheme.concept(concept).id, number


def _figure(figures: dict[str, float | None], key: str) -> str:
    if key not in figures:
        return ""
    value, error = figures[key], figures.get(f"{key}_se")
    if value is None:
        return "–"
    text = str(value) if isinstance(value, int) else f"{value:.2e}" if 0 < abs(value) < 1e-4 else f"{value:.3f}"
    return f"{text} ± {error:.3f}" if error is not None else text
