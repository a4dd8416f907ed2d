"""Measure decoding, sets, strangeness and questions on PlanktonSet's given split and its draws of few labels.

Run as ``python benchmarks/heads.py [--workspace DIR] [--draws p01_s0 …] [--only decoding|questions|outside] [--json]``.
The workspace holds PlanktonSet's bundled features and rows with answers of people; without, rows are of text alone.
Everything is chosen on labelled train images; the test images are only judged.
"""

import argparse
import csv
import gzip
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.decoding.calibrated import Calibration
from seston.bottleneck.decoding.decode import leaf
from seston.bottleneck.decoding.outside import Strangeness, auroc
from seston.bottleneck.decoding.risk import cheapest, price
from seston.bottleneck.few.gallery import Gallery
from seston.bottleneck.few.model import EXPECTED_LOST
from seston.bottleneck.few.recipe import FewLabelRecipe
from seston.bottleneck.statistics import LabelStatistics
from seston.bottleneck.train import (
    LabelledFeatures,
    sparse_out_of_fold,
    strict_out_of_fold,
    train_sparse,
    train_strict,
)
from seston.bundled import folder
from seston.evaluate.decoding import answers, decoding_figures
from seston.evaluate.holding import HELD, SEEDS
from seston.evaluate.interventions import intervention_figures, own_figures
from seston.evaluate.unseen import pool_of
from seston.graph.columnar.core import Core
from seston.pipeline.classifying.dataset import Dataset, load_dataset, node_ranks
from seston.pipeline.classifying.images import use_bundled_images
from seston.pipeline.knowledge import CORE
from seston.pipeline.plan import to_model
from seston.pipeline.stages import bring_up_to_date, chosen
from seston.pipeline.threads import one_thread
from seston.workspace import Workspace

JUDGED = 2000
CONTROLS = (0, 1, 2, 3)


class Quiet:
    """Progress that nobody reads."""

    def stage(self, name: str, summary: str) -> None:
        pass

    def done(self, done: int, total: int) -> None:
        pass

    def note(self, text: str) -> None:
        pass


def opened(place: Path | None) -> tuple[Dataset, tuple[str, ...]]:
    """Return the bundled images with their features, and the ranks of the tree's nodes."""
    if place is not None:
        return _loaded(Workspace(place))
    with tempfile.TemporaryDirectory() as place:
        workspace = Workspace(Path(place))
        use_bundled_images(workspace)
        bring_up_to_date(workspace, chosen(to_model(), ["taxonomy", "concepts", "features"]), Quiet())
        return _loaded(workspace)


def _loaded(workspace: Workspace) -> tuple[Dataset, tuple[str, ...]]:
    dataset = load_dataset(workspace)
    return dataset, node_ranks(Core.load(workspace.path(CORE)), dataset.tree)


def draw(dataset: Dataset, name: str) -> NDArray[np.bool_]:
    """Return the labelled images of a draw such as "p01_s0"; "all" are all train images."""
    if name == "all":
        return dataset.train
    with gzip.open(folder("data") / "planktonset" / "images.csv.gz", "rt", newline="") as stream:
        labelled = {row["file"] for row in csv.DictReader(stream) if row[name] == "1"}
    return np.array([item.record.id in labelled for item in dataset.images])


def decoding(dataset: Dataset, ranks: Sequence[str], name: str) -> dict[str, Any]:
    """Judge both closed-form heads, and below 2 % labels the recipe for few labels."""
    tree, labelled, test = dataset.tree, draw(dataset, name), dataset.test
    data = LabelledFeatures.of(dataset.features[labelled], dataset.codes[labelled], len(tree.labels))
    features, truth = dataset.features[test], dataset.codes[test]
    strict, settings = train_strict(data, dataset.rows, dataset.names)
    sparse, _ = train_sparse(data, dataset.rows, dataset.names)
    unseen = {
        "strict": (strict, strict_out_of_fold(data, dataset.rows, dataset.names, settings)),
        "sparse": (sparse, sparse_out_of_fold(data, dataset.rows, sparse)),
    }
    found: dict[str, Any] = {}
    for kind, (head, logits) in unseen.items():
        raw = head.logits(head.scores(features))
        found[kind] = decoding_figures(tree, ranks, Calibration.of(tree, logits, data.codes), raw, truth)
        found[kind]["head_top1"] = float((raw.argmax(axis=1) == truth).mean())
    if labelled.sum() < 0.02 * dataset.train.sum():
        codes = np.where(labelled, dataset.codes, -1)[dataset.train]
        model = FewLabelRecipe().fit(Gallery.of(dataset.features[dataset.train]), codes, dataset.rows)
        leaves = model.probabilities(features).astype(np.float64)
        answer = cheapest(tree, leaves, price(tree, leaves, EXPECTED_LOST))
        found["few"] = {"leaf": answers(tree, truth, leaf(tree, leaves)), "cost": answers(tree, truth, answer)}
    return found


def asking(dataset: Dataset, name: str) -> dict[str, Any]:
    """Ask about 2,000 test images."""
    labelled = draw(dataset, name)
    data = LabelledFeatures.of(dataset.features[labelled], dataset.codes[labelled], len(dataset.tree.labels))
    some = np.random.default_rng(0).permutation(np.flatnonzero(dataset.test))[:JUDGED]
    images = dataset.features[some], dataset.codes[some]
    return {
        "right": intervention_figures(data, dataset.rows, images, names=dataset.names, seeds=CONTROLS),
        "one_in_ten_wrong": own_figures(data, dataset.rows, images, names=dataset.names, wrong=0.1),
    }


def outside(dataset: Dataset) -> list[float]:
    """Return the AUROC of images of twenty labels left out against test images of the others, ten draws."""
    labels, (train, test) = dataset.tree.labels, (dataset.train, dataset.test)
    whole = LabelStatistics.of(dataset.features[train], dataset.codes[train], len(labels))
    found = []
    for seed in range(SEEDS):
        held = np.random.default_rng(seed).choice(pool_of(labels), HELD, replace=False)
        out = np.isin(dataset.codes, held)
        left = whole.without(LabelStatistics.of(dataset.features[train & out], dataset.codes[train & out], len(labels)))
        strange = Strangeness.of(left).of_images(dataset.features[test])
        found.append(auroc(strange[out[test]], strange[~out[test]]))
    return found


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("--draws", nargs="*", default=["all", *(f"p10_s{n}" for n in range(5))])
    parser.add_argument("--only", choices=("decoding", "questions", "outside"))
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    dataset, ranks = opened(given.workspace)
    figures: dict[str, Any] = {}
    with one_thread():
        for name in given.draws:
            if given.only in (None, "decoding"):
                figures[f"decoding {name}"] = decoding(dataset, ranks, name)
            if given.only in (None, "questions"):
                figures[f"questions {name}"] = asking(dataset, name)
        if given.only in (None, "outside"):
            figures["outside"] = outside(dataset)
    sys.stdout.write(json.dumps(figures, indent=None if given.json else 1) + "\n")


if __name__ == "__main__":
    main()
