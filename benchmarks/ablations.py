"""What the rows of the dictionary are worth on labels never seen, and what that hangs on.

Run as ``python benchmarks/ablations.py WORKSPACE [--json]`` after 'seston demo'; with answers, after 'seston concepts
review --from data/planktonset/looks.csv' and 'seston train'. Every line is the protocol of 'seston evaluate': twenty
labels held out, ten draws, mean ± standard error, and the paired difference to the whole rows.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from seston.bottleneck.tree import Floats
from seston.concepts import concept_matrix, read_assertions
from seston.evaluate.controls import random_rows, shuffled_rows, taxonomy_rows
from seston.evaluate.unseen import Images, unseen_accuracy
from seston.graph.columnar.core import Core
from seston.pipeline.classifying.dataset import Dataset, load_dataset
from seston.pipeline.classifying.rows import rows_of_labels
from seston.pipeline.dictionary.answers import TEXT_ASSERTIONS, rows_in_use
from seston.pipeline.dictionary.schemes import scheme_of
from seston.pipeline.knowledge import ASSERTIONS, CORE
from seston.pipeline.threads import one_thread
from seston.workspace import Workspace

FIRST_SCHEME = Path(__file__).with_name("first_scheme.txt")
WRONG = (0.02, 0.05, 0.1)
FORGOTTEN = 0.25
SEED = 0


def variants(workspace: Workspace, dataset: Dataset) -> Iterator[tuple[str, Floats]]:
    """Yield each variant of the rows: (n_labels, k), with NaN for unknown."""
    rows, taxonomy = dataset.rows, taxonomy_rows(dataset.tree)
    yield "whole rows", rows
    if rows_in_use(workspace) == "answers" and workspace.path(TEXT_ASSERTIONS).exists():
        yield "text alone", rows_of_labels(workspace, dataset.tree.labels, "text")[0]
    yield "taxonomy alone", taxonomy
    yield "with taxonomy", np.hstack([rows, taxonomy])
    yield "random", random_rows(rows, SEED)
    yield "shuffled", shuffled_rows(rows, SEED)
    yield "unknown taken as absent", np.nan_to_num(rows, nan=0.0)
    yield "what is present only", np.where(rows > 0, rows, np.nan)
    yield from _own_words(workspace, dataset)
    yield from _spoilt(rows)
    first = set(FIRST_SCHEME.read_text().split())
    yield f"first scheme, {len(first)} concepts", rows[:, [concept in first for concept in dataset.concepts]]
    for facet, kept in _without_each_facet(workspace, dataset):
        yield f"without {facet}", rows[:, kept]


def _own_words(workspace: Workspace, dataset: Dataset) -> Iterator[tuple[str, Floats]]:
    if workspace.path(TEXT_ASSERTIONS).exists():
        return
    said = read_assertions(workspace.path(ASSERTIONS))
    matrix = concept_matrix(Core.load(workspace.path(CORE)), said, dataset.concepts, inherited=False)
    yield "own words, nothing inherited", matrix.take(dataset.tree.labels).value.astype(np.float64)


def _spoilt(rows: Floats) -> Iterator[tuple[str, Floats]]:
    rng = np.random.default_rng(SEED)
    for share in WRONG:
        yield f"{share:.0%} of known cells wrong", np.where(rng.random(rows.shape) < share, 1 - rows, rows)
    yield f"{FORGOTTEN:.0%} of known cells unknown", np.where(rng.random(rows.shape) < FORGOTTEN, np.nan, rows)


def _without_each_facet(workspace: Workspace, dataset: Dataset) -> Iterator[tuple[str, list[bool]]]:
    scheme = scheme_of(workspace)
    facet_of = {concept: part.facet for part in scheme.parts for concept in part.concepts}
    for facet in scheme.facets:
        kept = [facet_of.get(concept) != facet.id for concept in dataset.concepts]
        if not all(kept):
            yield f"{facet.label} ({len(kept) - sum(kept)})", kept


@one_thread()
def measure(workspace: Workspace) -> dict[str, dict[str, float]]:
    """Return balanced accuracy and the paired difference to the whole rows of every variant, each with its error."""
    dataset = load_dataset(workspace)
    train, test = (Images(dataset.features[part], dataset.codes[part]) for part in (dataset.train, dataset.test))
    found = unseen_accuracy(train, test, dataset.tree.labels, dict(variants(workspace, dataset)))
    root = np.sqrt(len(found["whole rows"]))
    figures = {}
    for name, values in found.items():
        away = values - found["whole rows"]
        figures[name] = {
            "balanced_accuracy": float(values.mean()),
            "balanced_accuracy_se": float(values.std(ddof=1) / root),
            "difference": float(away.mean()),
            "difference_se": float(away.std(ddof=1) / root),
        }
    return figures


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(Workspace(options.workspace))
    if options.json:
        print(json.dumps(figures, indent=1))
        return
    for name, f in figures.items():
        error = f"{f['balanced_accuracy']:.3f} ± {f['balanced_accuracy_se']:.3f}"
        print(f"{name:45} {error}   {f['difference']:+.3f} ± {f['difference_se']:.3f}")


if __name__ == "__main__":
    main()
