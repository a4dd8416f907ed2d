"""Time the heads: fit, sparse path against scikit-learn's saga, Choquet fit, Shapley values, an edited row.

Run as ``python benchmarks/classifier.py [--json]``. All times are the processor's, linear algebra on one thread.
"""

import argparse
import json
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np

from seston.bottleneck.choquet.capacity import Capacity
from seston.bottleneck.choquet.node import Sample, fit_node
from seston.bottleneck.editing import EditableRows
from seston.bottleneck.elastic import MIX, Scored, elastic_path, penalties
from seston.bottleneck.prototypes import Discriminant
from seston.bottleneck.train import LabelledFeatures, train_sparse, train_strict
from seston.evaluate.figures import Data, head_figures
from seston.pipeline.classifying.dataset import load_dataset
from seston.pipeline.classifying.images import use_bundled_images
from seston.pipeline.plan import to_model
from seston.pipeline.stages import bring_up_to_date, chosen
from seston.pipeline.threads import one_thread
from seston.workspace import Workspace

CONCEPTS = 40
TAXA, DICTIONARY, WIDTH = 600, 1000, 1280


class Quiet:
    """Progress that nobody reads."""

    def stage(self, name: str, summary: str) -> None:
        pass

    def done(self, done: int, total: int) -> None:
        pass

    def note(self, text: str) -> None:
        pass


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """Return the processor's time that `work` takes, the least of several."""
    taken = []
    for _ in range(times):
        begin = time.process_time()
        work()
        taken.append(time.process_time() - begin)
    return min(taken)


def fit() -> float:
    """Fit the strict and the sparse head on PlanktonSet's bundled features, and judge both on the test images."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder))
        use_bundled_images(workspace)
        bring_up_to_date(workspace, chosen(to_model(), ["taxonomy", "concepts", "features"]), Quiet())
        dataset = load_dataset(workspace)
    features, codes, train, test = dataset.features, dataset.codes, dataset.train, dataset.test
    given = features[train], codes[train], features[test], codes[test]
    data = Data(dataset.tree, dataset.rows, dataset.names, ("",) * len(dataset.rows), *given)

    def work() -> None:
        learned = LabelledFeatures.of(given[0], given[1], len(dataset.rows))
        for fit_head in (train_strict, train_sparse):
            head_figures(data, fit_head(learned, dataset.rows, dataset.names)[0])

    return seconds(work)


def sparse_vs_saga() -> float:
    """Solve a path of six penalties; saga stops where it says it is done, and we where we are as good, or better."""
    from sklearn.linear_model import LogisticRegression

    rng = np.random.default_rng(0)
    n_images, n_labels, n_concepts = 1500, 15, 80
    rows, codes = rng.integers(0, 2, (n_labels, n_concepts)), rng.integers(0, n_labels, n_images)
    scores = rows[codes] + 1.2 * rng.normal(size=(n_images, n_concepts))
    scores = (scores - scores.mean(axis=0)) / scores.std(axis=0)
    images = Scored.of(scores, codes, n_labels)
    path = penalties(images.strongest(), 7, 0.02)[1:]
    begin = time.process_time()
    solutions = list(elastic_path(images, path))
    ours = time.process_time() - begin
    saga = LogisticRegression(solver="saga", l1_ratio=MIX, max_iter=200, warm_start=True, random_state=0)
    theirs = 0.0
    for solution in solutions:
        saga.set_params(C=1 / (n_images * solution.penalty))
        with warnings.catch_warnings(action="ignore"):
            theirs += seconds(lambda: saga.fit(scores, codes))
        loss, _ = images.slope(scores @ saga.coef_.T + saga.intercept_)
        penalty = MIX * np.abs(saga.coef_).sum() + (1 - MIX) / 2 * (saga.coef_**2).sum()
        reached = loss + solution.penalty * penalty
        if solution.objective > reached * (1 + 1e-4):
            raise SystemExit(f"saga reached {reached}, we {solution.objective}: no fair comparison.")
    return theirs / ours


def choquet() -> tuple[float, float]:
    """Fit a node of three children over 40 concepts and 780 pairs; then all Shapley values and interactions."""
    rng = np.random.default_rng(0)
    values, agrees = rng.random((2000, CONCEPTS)), rng.random((3, CONCEPTS)) < 0.5
    toward = np.where(agrees[:, None], values, 1 - values)
    scores = 4 * np.minimum(toward[:, :, 0], toward[:, :, 1]) + 4 * np.maximum(toward[:, :, 2], toward[:, :, 3])
    child = (scores + rng.gumbel(size=scores.shape)).argmax(axis=0)
    sample = Sample(values, child, np.full(2000, 1 / 2000), agrees)
    one, other = np.triu_indices(CONCEPTS)
    weights = rng.random(2 * len(one))
    upper = np.repeat([False, True], len(one))

    def shapley() -> None:
        capacity = Capacity(CONCEPTS, np.tile(one, 2), np.tile(other, 2), upper, weights)
        _ = capacity.shapley, capacity.interactions

    return seconds(lambda: fit_node(sample, 3e-3)), 1000 * seconds(shapley, 20)


def edit() -> float:
    """Change one row of 600 taxa × 1,000 concepts over 1,280 features, and decide anew."""
    rng = np.random.default_rng(0)
    means = rng.normal(size=(TAXA, WIDTH))
    overlap = means @ means.T / WIDTH
    prior = np.full(TAXA, 1 / TAXA)
    discriminant = Discriminant(np.arange(TAXA), prior, np.zeros(WIDTH), means.T / WIDTH, overlap)
    rows = (rng.random((TAXA, DICTIONARY)) < 0.3).astype(np.float64)
    editable = EditableRows.of(discriminant, rows, 0.1)
    changed = rows[7].copy()
    changed[3] = 1 - changed[3]
    return 1000 * seconds(lambda: editable.edited(7, changed).decision, 10)


def measure() -> dict[str, float]:
    """Return the figures of one run."""
    with one_thread():
        choquet_fit_s, shapley_ms = choquet()
        return {
            "fit_s": fit(),
            "sparse_vs_saga": sparse_vs_saga(),
            "choquet_fit_s": choquet_fit_s,
            "shapley_ms": shapley_ms,
            "edit_ms": edit(),
        }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    as_json = parser.parse_args().json
    figures = measure()
    lines = [json.dumps(figures)] if as_json else [f"{name}: {value:.3f}" for name, value in figures.items()]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
