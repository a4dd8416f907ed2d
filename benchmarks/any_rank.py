"""What images named above their label are worth: exact labels for a draw, nodes one to three up for all others.

Run as ``python benchmarks/any_rank.py [--workspace DIR] [--draws p01_s0 …]``; judged on all test images.
"""

import argparse
from pathlib import Path

import numpy as np

from heads import draw, opened
from seston.bottleneck.coarse import CoarseImages, with_coarse
from seston.bottleneck.train import LabelledFeatures, train_sparse, train_strict
from seston.evaluate.controls import random_rows, shuffled_rows
from seston.evaluate.metrics import balanced_accuracy, top1
from seston.pipeline.classifying.dataset import Dataset
from seston.pipeline.threads import one_thread

STEPS_UP = (0, 1, 2, 3)
HEADS = {"strict": train_strict, "sparse": train_sparse}


def named_above(dataset: Dataset, codes: np.ndarray, steps: int) -> np.ndarray:
    """Return which labels (n_images, n_labels) lie under the node `steps` above each label, the root left out."""
    parent = np.array(dataset.tree.parent)
    nodes = dataset.tree.leaves[codes]
    for _ in range(steps):
        nodes = np.where(parent[nodes] > 0, parent[nodes], nodes)
    return np.asarray(dataset.tree.members[:, nodes].T)


def figures(dataset: Dataset, name: str) -> dict[tuple[str, str, int], tuple[float, float]]:
    """Return accuracy and balanced accuracy by rows, head and steps up; 0 steps: the other images take no part."""
    features, codes = dataset.features[dataset.train], dataset.codes[dataset.train]
    test, truth = dataset.features[dataset.test], dataset.codes[dataset.test]
    exact = draw(dataset, name)[dataset.train]
    data = LabelledFeatures.of(features[exact], codes[exact], len(dataset.tree.labels))
    variants = {
        "rows": dataset.rows,
        "random rows": random_rows(dataset.rows, 0),
        "shuffled rows": shuffled_rows(dataset.rows, 0),
    }
    found = {}
    for steps in STEPS_UP:
        coarse = CoarseImages((), features[~exact], named_above(dataset, codes[~exact], steps)) if steps else None
        for matrix, rows in variants.items():
            learned = with_coarse(data, coarse, rows, dataset.names)
            for kind, train in HEADS.items():
                head, _ = train(learned, rows, dataset.names)
                answer = head.logits(head.scores(test)).argmax(axis=1)
                found[matrix, kind, steps] = top1(truth, answer), balanced_accuracy(truth, answer)
    return found


@one_thread()
def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--workspace", type=Path, help="workspace with PlanktonSet's bundled features")
    parser.add_argument("--draws", nargs="*", default=[f"p01_s{n}" for n in range(5)])
    given = parser.parse_args()
    dataset, _ = opened(given.workspace)
    every = [figures(dataset, name) for name in given.draws]
    print("| rows | head | others named | accuracy | balanced |\n| --- | --- | --- | --- | --- |")
    for key in sorted(every[0]):
        values = np.array([found[key] for found in every])
        error = values.std(axis=0, ddof=1) / np.sqrt(len(values)) if len(values) > 1 else np.full(2, np.nan)
        cells = " | ".join(f"{mean:.3f} ± {se:.3f}" for mean, se in zip(values.mean(axis=0), error, strict=True))
        matrix, kind, steps = key
        print(f"| {matrix} | {kind} | {f'{steps} nodes up' if steps else 'not at all'} | {cells} |")


if __name__ == "__main__":
    main()
