"""Studies on the test images of a workspace: how far a few labels reach, and taxa that were never learned."""

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seston.disk import write_text
from seston.errors import InvalidData
from seston.pipeline.classifying.dataset import Dataset, load_dataset
from seston.pipeline.classifying.rows import rows_of_labels
from seston.pipeline.stages import Progress
from seston.pipeline.threads import one_thread
from seston.workspace import Workspace

FEW_LABELS, NEW_TAXA = "evaluation/few-labels.json", "evaluation/new-taxa.json"
_ABOUT_THE_IMAGE = frozenset({"file", "label", "split"})
_HINT = "Give a CSV file with a column 'file' and a column of 0 and 1 for each draw, named GROUP_sNUMBER."


@one_thread()
def judge_draws(workspace: Workspace, path: Path, progress: Progress) -> dict[str, Any]:
    """Judge the recipe for few labels on every group of draws of a table, and keep the figures in the workspace.

    Parameters
    ----------
    workspace
        With a trained model, so that images, features, rows and tree are there.
    path
        CSV file: ``file``, and a column of 0 and 1 for each draw; ``p01_s0``, ``p01_s1`` … are draws of the group p01.
    progress
        Told of each group and draw.

    Raises
    ------
    InvalidData
        If the table has no draws, names no train image, or holds other values than 0 and 1.
    """
    from seston.evaluate.controls import taxonomy_rows
    from seston.evaluate.few_labels import Task, few_label_figures
    from seston.evaluate.unseen import Images

    dataset = load_dataset(workspace)
    groups = read_draws(path, dataset)
    train, test = (Images(dataset.features[part], dataset.codes[part]) for part in (dataset.train, dataset.test))
    task = Task(train, test, dataset.rows, taxonomy_rows(dataset.tree))
    figures: dict[str, Any] = {}
    for group, draws in groups.items():
        given = int(np.mean([draw.sum() for draw in draws.values()]))
        progress.stage(group, f"{len(draws)} draws of {given} labelled images")
        variants = few_label_figures(task, draws, progress.done)
        figures[group] = {"draws": len(draws), "labelled": given, "variants": variants}
        write_text(workspace.path(FEW_LABELS), json.dumps(figures, indent=1) + "\n")
    return figures


@one_thread()
def judge_new_taxa(workspace: Workspace, progress: Progress) -> dict[str, Any]:
    """Judge labels never learned from their rows and none, one or five images, and keep the figures in the workspace.

    Returns
    -------
    dict
        For ``single_labels`` and ``whole_clades`` held out, name of the rows to ``images_0``, ``images_1`` and
        ``images_5``, and ``unlabelled_0`` … with the labels' other train images at hand, unsorted: balanced accuracy
        among twenty labels (at most, of clades), with ``_se`` over ten seeds, and ``_over_no_rows`` for the paired
        difference to the same model without rows. For ``among_all_labels``, with the
        labels of the first, ``seen``, ``new`` and ``harmonic_mean`` recall when all labels are candidates.

    Raises
    ------
    InvalidData
        If there are too few labels to hold any out.
    """
    from seston.evaluate.generalised import generalised_recall
    from seston.evaluate.holding import single_labels, whole_clades
    from seston.evaluate.new_taxa import new_taxa_accuracy
    from seston.evaluate.unseen import LEAST, Images, pool_of

    dataset = load_dataset(workspace)
    train, test = (Images(dataset.features[part], dataset.codes[part]) for part in (dataset.train, dataset.test))
    pool = pool_of(dataset.tree.labels)
    labels = len(np.intersect1d(np.intersect1d(pool, train.codes), test.codes))
    if labels < LEAST:
        raise InvalidData(f"{labels} labels have train and test images.", hint=f"This study needs {LEAST} or more.")
    variants, figures = _rows_to_judge(workspace, dataset), {}
    for name, holds in {
        "single_labels": single_labels(pool),
        "whole_clades": whole_clades(dataset.tree, pool),
    }.items():
        progress.stage(name, "ten draws of labels held out")
        figures[name] = _over_no_rows(new_taxa_accuracy(train, test, holds, variants, progress.done))
    progress.stage("among_all_labels", "seen and new labels told apart together")
    recalls = generalised_recall(train, test, single_labels(pool), variants, progress.done)
    figures["among_all_labels"] = {name: _of_recalls(values) for name, values in recalls.items()}
    write_text(workspace.path(NEW_TAXA), json.dumps(figures, indent=1) + "\n")
    return figures


def _of_recalls(values: NDArray[np.float64]) -> dict[str, float]:
    keys = ("seen", "new", "harmonic_mean")
    return {k: v for key, column in zip(keys, values.T, strict=True) for k, v in _spread(key, column).items()}


def _rows_to_judge(workspace: Workspace, dataset: Dataset) -> dict[str, NDArray[np.float64]]:
    """Return the rows in use, those of text alone where people have answered, and what they are held against."""
    from seston.evaluate.controls import random_rows, shuffled_rows, taxonomy_rows

    rows, taxonomy = dataset.rows, taxonomy_rows(dataset.tree)
    text = rows_of_labels(workspace, dataset.tree.labels, "text")[0]
    return {
        "rows": rows,
        **({} if np.array_equal(text, rows, equal_nan=True) else {"rows of text alone": text}),
        "rows and taxonomy": np.hstack([rows, taxonomy]),
        "taxonomy": taxonomy,
        "random rows": random_rows(rows, 0),
        "shuffled rows": shuffled_rows(rows, 0),
        "no rows": np.zeros((len(rows), 1)),
    }


def _over_no_rows(found: Mapping[str, NDArray[np.float64]]) -> dict[str, Any]:
    """Return the figures of each of the rows, from what each of them reached by seed and images at hand."""
    from seston.evaluate.new_taxa import IMAGES_GIVEN

    keys = [f"{kind}_{given}" for given in IMAGES_GIVEN for kind in ("images", "unlabelled")]
    columns = {name: dict(zip(keys, values.reshape(len(values), -1).T, strict=True)) for name, values in found.items()}
    figures: dict[str, Any] = {}
    for name, own in columns.items():
        told = {key: value for key, value in own.items() if not np.isnan(value).any()}
        over = {f"{key}_over_no_rows": value - columns["no rows"][key] for key, value in told.items()}
        figures[name] = {key: value for each in (told | over).items() for key, value in _spread(*each).items()}
    return figures


def _spread(key: str, values: NDArray[np.float64]) -> dict[str, float]:
    return {key: float(values.mean()), f"{key}_se": float(values.std(ddof=1) / np.sqrt(len(values)))}


def read_draws(path: Path, dataset: Dataset) -> Mapping[str, Mapping[str, NDArray[np.bool_]]]:
    """Return group to draw to (n_train,) which train images of the dataset are labelled; errors as in `judge_draws`."""
    with path.open(newline="", encoding="utf-8-sig") as stream:
        rows = list(csv.DictReader(stream))
    names = [name for name in (rows[0] if rows else ()) if name not in _ABOUT_THE_IMAGE and "_s" in name]
    if not names or "file" not in rows[0]:
        raise InvalidData(f"{path} has no draws of labelled images.", hint=_HINT)
    strange = [
        f"line {line}: {name} is {row[name]!r}"
        for line, row in enumerate(rows, start=2)
        for name in names
        if row[name] not in {"0", "1"}
    ]
    if strange:
        raise InvalidData(f"{path} holds {len(strange)} values other than 0 and 1.", hint=_HINT, problems=strange)
    table = {row["file"]: row for row in rows}
    train = [item.record.id for item, chosen in zip(dataset.images, dataset.train, strict=True) if chosen]
    groups: dict[str, dict[str, NDArray[np.bool_]]] = {}
    for name in names:
        given = np.array([image in table and table[image][name] == "1" for image in train])
        if not given.any():
            raise InvalidData(f"Draw {name} of {path} names no train image of the workspace.", hint=_HINT)
        groups.setdefault(name.rsplit("_s", 1)[0], {})[name] = given
    return groups
