"""``train`` and ``evaluate``."""

import json
from pathlib import Path
from typing import Literal

import click

from seston.cli.concept_study import print_concept_study
from seston.cli.output import Progress, notice, print_json, print_table
from seston.workspace import Workspace

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
    "--new-taxa", is_flag=True, help="Judge labels never learned instead, from rows and a few images, or unsorted ones."
)
@click.option(
    "--concepts", is_flag=True, help="Judge instead whether concepts carry over to labels never seen, and what they do."
)
@click.pass_obj
def evaluate(workspace: Workspace, as_json: bool, draws: Path | None, new_taxa: bool, concepts: bool) -> None:
    """Judge the heads on test images, beside the black box and the controls."""
    from seston.errors import MissingStage
    from seston.pipeline.classifying.learning import CHOQUET, LEARNING, METRICS, STRICT
    from seston.pipeline.plan import to_model
    from seston.pipeline.stages import bring_up_to_date, chosen

    if not workspace.path(STRICT).exists():
        raise MissingStage(
            f"No model in {workspace.root}.", hint="Run 'seston train', or 'seston demo' for everything."
        )
    if concepts:
        print_concept_study(workspace, as_json)
        return
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


def _figure(figures: dict[str, float | None], key: str) -> str:
    if key not in figures:
        return ""
    value, error = figures[key], figures.get(f"{key}_se")
    if value is None:
        return "–"
    text = str(value) if isinstance(value, int) else f"{value:.2e}" if 0 < abs(value) < 1e-4 else f"{value:.3f}"
    return f"{text} ± {error:.3f}" if error is not None else text
