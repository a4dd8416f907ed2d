"""The stages from features to models and figures."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.choquet.head import ChoquetHead
from seston.bottleneck.head import ConceptHead
from seston.bottleneck.tree import Floats, Ints
from seston.concepts.curation import read_answers
from seston.disk import write_text
from seston.encode.tensors import FORMAT, read_tensors, write_tensors
from seston.errors import InvalidData, InvalidFeatures
from seston.graph.columnar.core import Core
from seston.pipeline.classifying.dataset import LABELS, Dataset, load_dataset, node_ranks
from seston.pipeline.classifying.images import INDEX
from seston.pipeline.classifying.measuring import FEATURES
from seston.pipeline.classifying.rows import rows_of_labels
from seston.pipeline.dictionary.answers import ANSWERS, CHOICE, TEXT_MATRIX, rows_in_use
from seston.pipeline.knowledge import CORE, CORE_FILES, MATRIX
from seston.pipeline.stages import Progress, Stage
from seston.pipeline.threads import one_thread
from seston.workspace import Workspace

if TYPE_CHECKING:
    from seston.bottleneck.train import LabelledFeatures

STRICT, SPARSE, CARD = "model/strict.safetensors", "model/sparse.safetensors", "model/card.json"
PREDICTIONS = "evaluation/predictions.safetensors"
METRICS = "metrics.json"
CALIBRATIONS = {name: f"model/{name}.calibration.safetensors" for name in ("strict", "sparse")}
OUTSIDE = "model/outside.safetensors"
CHOQUET, CHOQUET_CARD = "model/choquet.safetensors", "model/choquet.json"
HEADS = {"strict": STRICT, "sparse": SPARSE, "choquet": CHOQUET}
Head = ConceptHead | ChoquetHead
ROWS = (CHOICE, TEXT_MATRIX, ANSWERS)


@one_thread()
def train(workspace: Workspace, progress: Progress) -> Mapping[str, Any]:
    """Fit the strict and the sparse head."""
    from seston.bottleneck.decoding.calibrated import Calibration
    from seston.bottleneck.decoding.outside import Outside
    from seston.bottleneck.train import sparse_out_of_fold, strict_out_of_fold, train_sparse, train_strict

    dataset = load_dataset(workspace)
    for note in notes_on(dataset):
        progress.note(note)
    data = _labelled(dataset)
    strict, strict_settings = train_strict(data, dataset.rows, dataset.names)
    sparse, sparse_settings = train_sparse(data, dataset.rows, dataset.names)
    strict.save(workspace.path(STRICT))
    sparse.save(workspace.path(SPARSE))
    unseen = {
        "strict": strict_out_of_fold(data, dataset.rows, dataset.names, strict_settings),
        "sparse": sparse_out_of_fold(data, dataset.rows, sparse),
    }
    for name, logits in unseen.items():
        Calibration.of(dataset.tree, logits, data.codes).save(workspace.path(CALIBRATIONS[name]))
    Outside.of(data).save(workspace.path(OUTSIDE))
    card = _about(dataset) | {"strict": strict_settings, "sparse": sparse_settings}
    write_text(workspace.path(CARD), json.dumps(card, indent=1) + "\n")
    return {"strict": strict_settings, "sparse": sparse_settings}


@one_thread()
def train_choquet(workspace: Workspace, progress: Progress) -> Mapping[str, Any]:
    """Fit the Choquet head."""
    from seston.bottleneck.choquet.train import train_choquet as fit

    dataset = load_dataset(workspace)
    head, settings = fit(_labelled(dataset), dataset.rows, dataset.tree, dataset.names)
    head.save(workspace.path(CHOQUET))
    write_text(workspace.path(CHOQUET_CARD), json.dumps(_about(dataset) | {"choquet": settings}, indent=1) + "\n")
    return settings


def _labelled(dataset: Dataset) -> "LabelledFeatures":
    from seston.bottleneck.coarse import with_coarse
    from seston.bottleneck.train import LabelledFeatures

    chosen = dataset.train
    if not chosen.any():
        raise InvalidData("No image is in the split 'train'.", hint="Give 'seston train --labels FILE' with splits.")
    data = LabelledFeatures.of(dataset.features[chosen], dataset.codes[chosen], len(dataset.tree.labels))
    return with_coarse(data, dataset.coarse, dataset.rows, dataset.names)


def _about(dataset: Dataset) -> dict[str, Any]:
    return {
        "encoder": dataset.encoder,
        "fingerprint": dataset.fingerprint,
        "images": int(dataset.train.sum()),
        "labels": len(dataset.tree.labels),
        "concepts": len(dataset.concepts),
    }


def notes_on(dataset: Dataset) -> list[str]:
    """Return which labelled images were left out, or take part in shares, and why."""
    notes = []
    if dataset.left_out:
        labels = ", ".join(dataset.left_out)
        notes.append(f"{len(dataset.left_out)} labels left out, unknown to the graph: {labels}")
    if dataset.coarse:
        nodes, images = ", ".join(dataset.coarse.nodes), len(dataset.coarse.features)
        notes.append(f"{images} images labelled above other labels teach these in shares, and are not judged: {nodes}")
    if dataset.unsplit:
        notes.append(f"{dataset.unsplit} labelled images left out: others have a split (train, test), these have none")
    return notes


def require_same(head: Head, encoder: str, fingerprint: str, labels: tuple[str, ...] | None = None) -> None:
    """Refuse a head that reads features of another encoder, or that knows other labels.

    Raises
    ------
    InvalidFeatures
        Saying what the model reads and what was given.
    InvalidData
        If `labels` are given and differ from the head's.
    """
    if (head.encoder, head.fingerprint) != (encoder, fingerprint):
        raise InvalidFeatures(
            f"The features are of {encoder} {fingerprint}, the {head.name} head reads {head.encoder} "
            f"{head.fingerprint}.",
            hint="Run 'seston train' to fit it on these features.",
        )
    if labels is not None and labels != head.labels:
        raise InvalidData(
            f"The {head.name} head was trained on {len(head.labels)} other labels than the {len(labels)} at hand.",
            hint="Run 'seston train' again.",
            problems=sorted(set(labels) ^ set(head.labels)),
        )


def load_head(workspace: Workspace, name: str = "strict") -> Head:
    """Return a fitted head: "strict", "sparse" or "choquet"."""
    kind = ChoquetHead if name == "choquet" else ConceptHead
    return kind.load(workspace.path(HEADS[name]))


@one_thread()
def evaluate(workspace: Workspace, progress: Progress) -> Mapping[str, Any]:
    """Judge the heads on the test images, beside the black box and the controls."""
    from seston.bottleneck.decoding.calibrated import Calibration
    from seston.evaluate.decoding import decoding_figures
    from seston.evaluate.figures import Data, all_figures

    dataset = load_dataset(workspace)
    if not dataset.test.any():
        raise InvalidData("No image is in the split 'test'.", hint="Give 'seston train --labels FILE' with splits.")
    core = Core.load(workspace.path(CORE))
    qualifiers = {category.id: category.qualifier for category in core.categories()}
    data = Data(
        dataset.tree,
        dataset.rows,
        dataset.names,
        tuple(qualifiers.get(label, "") for label in dataset.tree.labels),
        dataset.features[dataset.train],
        dataset.codes[dataset.train],
        dataset.features[dataset.test],
        dataset.codes[dataset.test],
        _other_rows(workspace, dataset),
        dataset.coarse,
    )
    heads = {name: load_head(workspace, name) for name, file in HEADS.items() if workspace.path(file).exists()}
    for head in heads.values():
        require_same(head, dataset.encoder, dataset.fingerprint, dataset.tree.labels)
    figures = all_figures(data, heads, progress.done) | {"rows": _rows(workspace)}
    figures["decoding"] = {
        name: decoding_figures(
            dataset.tree,
            node_ranks(core, dataset.tree),
            Calibration.load(workspace.path(file)),
            heads[name].logits(heads[name].scores(data.test_features)),
            data.test_codes,
        )
        for name, file in CALIBRATIONS.items()
    }
    write_text(workspace.path(METRICS), json.dumps(figures, indent=1) + "\n")
    strict = heads["strict"]
    leaves = strict.probabilities(strict.scores(data.test_features))
    ids = [item.record.id for item, test in zip(dataset.images, dataset.test, strict=True) if test]
    tensors: dict[str, NDArray[Any]] = {"leaves": leaves.astype(np.float32), "truth": data.test_codes}
    about = {"kind": "predictions", "format": FORMAT, "ids": ids, "labels": dataset.tree.labels}
    write_tensors(workspace.path(PREDICTIONS), tensors, about)
    return {}


def _other_rows(workspace: Workspace, dataset: Dataset) -> dict[str, Floats]:
    """Return the rows that are not in use, of text alone or with answers, where people have given any."""
    if not workspace.path(TEXT_MATRIX).exists():
        return {}
    if rows_in_use(workspace) == "answers":
        return {"text_rows": rows_of_labels(workspace, dataset.tree.labels, "text")[0]}
    return {"rows_with_answers": rows_of_labels(workspace, dataset.tree.labels, "answers")[0]}


def _rows(workspace: Workspace) -> dict[str, Any]:
    """Return which rows the heads learned from, and how many answers of people there are, of how many nodes."""
    answers = read_answers(workspace.path(ANSWERS))
    source = "text and answers" if answers and rows_in_use(workspace) == "answers" else "text"
    return {"source": source, "answers": len(answers), "nodes": len({answer.about for answer in answers})}


def load_predictions(workspace: Workspace) -> tuple[tuple[str, ...], Floats, Ints]:
    """Return ids (n,), leaf probabilities (n, n_labels) and true columns (n,) of the test images."""
    tensors, about = read_tensors(workspace.path(PREDICTIONS), "predictions")
    return tuple(about["ids"]), tensors["leaves"].astype(np.float64), tensors["truth"]


LEARNING = (
    Stage(
        "train",
        "the strict and the sparse head, settings chosen inside the labelled images",
        (),
        (INDEX, *CORE_FILES, MATRIX),
        (STRICT, SPARSE, CARD, OUTSIDE, *CALIBRATIONS.values()),
        train,
        (f"{FEATURES}/*.safetensors", LABELS, *ROWS),
    ),
    Stage(
        "choquet",
        "the Choquet head, an integral for each child of each node",
        (),
        (INDEX, *CORE_FILES, MATRIX),
        (CHOQUET, CHOQUET_CARD),
        train_choquet,
        (f"{FEATURES}/*.safetensors", LABELS, *ROWS),
    ),
    Stage(
        "evaluate",
        "figures on test images, beside the black box and the controls",
        (),
        (INDEX, *CORE_FILES, MATRIX, STRICT, SPARSE, *CALIBRATIONS.values()),
        (METRICS, PREDICTIONS),
        evaluate,
        (f"{FEATURES}/*.safetensors", LABELS, CHOQUET, *ROWS),
    ),
)
