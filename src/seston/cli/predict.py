"""``predict``: one line an image."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from seston.cli.output import notice
from seston.errors import UsageError
from seston.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seston.pipeline.classifying.predicting import Named, Prediction

RANKS = ("kingdom", "phylum", "class", "order", "family", "genus", "label")
COLUMNS = (
    *("image", "id", "name", "rank", "probability", "label_id", "label", "label_probability"),
    *("runner_up_id", "runner_up", "runner_up_probability", "for", "against", "set", "outside"),
)
STRANGE = 0.95


@click.command()
@click.argument("images", nargs=-1)
@click.option(
    "--features",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file of features instead of images, as 'seston features' writes it.",
)
@click.option("--rank", type=click.Choice(RANKS), help="Answer at this rank.")
@click.option(
    "--decode",
    type=click.Choice(("leaf", "climb", "cost")),
    default="leaf",
    show_default=True,
    help="The likeliest label; the deepest node that is sure; or the node of least expected distance.",
)
@click.option("--coverage", type=float, help="Add a set of nodes that holds the truth as often as this, say 0.9.")
@click.option("--head", type=click.Choice(("strict", "sparse", "choquet")), default="strict", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--tsv", "as_tsv", is_flag=True, help="A table with tabs.")
@click.pass_obj
def predict(
    workspace: Workspace,
    images: tuple[str, ...],
    features: Path | None,
    rank: str | None,
    decode: str,
    coverage: float | None,
    head: str,
    as_json: bool,
    as_tsv: bool,
) -> int:
    """Name IMAGES: ids of images of the workspace, or image files; without any, all that have features.

    A line each, as soon as it is known. 'outside' is the share of labelled images that look more like a label than this
    one: from 0.95 on, it may show what no label stands for. An image that cannot be read is named on stderr, the others
    go on, and the exit code is 1.
    """
    from seston.errors import SestonError
    from seston.pipeline.classifying.predicting import Asked, predictor_of
    from seston.pipeline.classifying.predicting import predict as stream

    if as_json and as_tsv:
        raise UsageError("Either --json or --tsv, not both.")
    if features is not None and images:
        raise UsageError("Either images or --features, not both.")
    predictor = predictor_of(workspace, head, Asked(decode, rank or "", 0.0 if coverage is None else coverage or -1.0))
    if as_tsv:
        click.echo("\t".join(COLUMNS))
    failed = 0
    for found in stream(workspace, predictor, images, features):
        if isinstance(found, SestonError):
            failed += 1
            notice(f"left out: {found.message}")
        else:
            click.echo(_json(found) if as_json else _tsv(found) if as_tsv else _line(found))
    if failed:
        notice(f"{failed} of {len(images)} images left out.")
    return 1 if failed else 0


def _json(found: "Prediction") -> str:
    return json.dumps(asdict(found), ensure_ascii=False)


def _tsv(found: "Prediction") -> str:
    second = found.runner_up
    cells = [found.image, found.answer.id, found.answer.name, found.answer.rank, f"{found.answer.probability:.6f}"]
    cells += [found.label.id, found.label.name, f"{found.label.probability:.6f}"]
    cells += [second.id, second.name, f"{second.probability:.6f}"] if second else [""] * 3
    cells += [_reasons(found.reasons_for), _reasons(found.reasons_against), "; ".join(found.nodes)]
    cells.append("" if found.outside is None else f"{found.outside:.3f}")
    return "\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in cells)


def _line(found: "Prediction") -> str:
    parts = [f"{found.image}: {_named(found.answer)}"]
    if found.answer.id != found.label.id:
        parts.append(f"likeliest {_named(found.label)}")
    if found.runner_up:
        parts.append(f"runner-up {_named(found.runner_up)}")
    parts += [f"for {_reasons(found.reasons_for)}"] if found.reasons_for else []
    parts += [f"against {_reasons(found.reasons_against)}"] if found.reasons_against else []
    parts += [f"set {', '.join(found.nodes)}"] if found.nodes else []
    parts += [f"outside {found.outside:.2f}"] if (found.outside or 0) >= STRANGE else []
    return " | ".join(parts)


def _named(node: "Named") -> str:
    return f"{node.name} ({node.id}{', ' + node.rank if node.rank else ''}) {node.probability:.2f}"


def _reasons(reasons: "Sequence[tuple[str, float]]") -> str:
    return ", ".join(f"{concept} {share:+.2f}" for concept, share in reasons)
