"""Run what others offer on the arrays that our heads learn from, and print a table.

Run as ``python benchmarks/peers.py [--workspace DIR] [--draws all p01_s0] [--only NAME …] [--json]``. The workspace
holds PlanktonSet's bundled features; without, one is built, with rows of text alone. A peer that is not installed is
named with the order that installs it. Settings of each, ours too, are chosen on a quarter of the labelled train images
by accuracy plus balanced accuracy, and the choice counts in the time, which is the processor's, on one thread.
"""

import argparse
import importlib.metadata
import json
import os
import sys
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

# LightGBM and torch read these when they are imported.
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")

import numpy as np
from numpy.typing import NDArray

from heads import draw, opened
from seston.bottleneck.few.gallery import Gallery
from seston.bottleneck.few.recipe import FewLabelRecipe
from seston.bottleneck.fit import filled
from seston.bottleneck.train import LabelledFeatures, train_sparse, train_strict
from seston.bottleneck.tree import Ints
from seston.evaluate.blackbox import train_ridge
from seston.evaluate.metrics import balanced_accuracy, hierarchical_f1, top1
from seston.pipeline.classifying.dataset import Dataset
from seston.pipeline.threads import one_thread

COMPONENTS = 50
STEPS = (500, 1000, 2000)
BATCH, RATE, HIDDEN = 128, 1e-3, 256
Features = NDArray[np.float32]
Fit = Callable[[Features, Ints, Any], Callable[[Features], Ints]]


@dataclass(frozen=True, eq=False)
class Task:
    """Labelled images to learn from and test images to be judged on."""

    dataset: Dataset
    labelled: NDArray[np.bool_]

    @cached_property
    def data(self) -> LabelledFeatures:
        codes = self.dataset.codes[self.labelled]
        return LabelledFeatures.of(self.dataset.features[self.labelled], codes, len(self.dataset.tree.labels))

    @property
    def test(self) -> Features:
        return self.dataset.features[self.dataset.test]

    @cached_property
    def scale(self) -> float:
        """What all features are divided by: their spread, so that columns keep their weight beside each other."""
        return float(self.data.features.std())

    def chosen(self, fit: Fit, settings: Sequence[Any]) -> Ints:
        """Return labels of the test images by the setting that is best on the images held out."""
        data = self.data
        values, kept, held = data.features / self.scale, ~data.held, data.held
        trials = [_judged(data.codes[held], fit(values[kept], data.codes[kept], s)(values[held])) for s in settings]
        best = settings[int(np.argmax(trials))]
        return fit(values, data.codes, best)(self.test / self.scale)

    @cached_property
    def paths(self) -> NDArray[np.object_]:
        """(n_labels, depth) nodes from below the root to each label, filled up with ""."""
        tree = self.dataset.tree
        found = [[tree.nodes[node] for node in np.flatnonzero(tree.ancestors[leaf])[1:]] for leaf in tree.leaves]
        depth = max(map(len, found))
        return np.array([path + [""] * (depth - len(path)) for path in found], dtype=object)


def _judged(truth: Ints, predicted: Ints) -> float:
    return top1(truth, predicted) + balanced_accuracy(truth, predicted)


def ours(kind: str) -> Callable[[Task], Ints]:
    """Return one of our heads as a peer."""

    def run(task: Task) -> Ints:
        dataset = task.dataset
        if kind == "choquet":
            from seston.bottleneck.choquet.train import train_choquet

            choquet, _ = train_choquet(task.data, dataset.rows, dataset.tree, dataset.names)
            return np.asarray(choquet.logits(choquet.scores(task.test)).argmax(axis=1))
        head, _ = {"strict": train_strict, "sparse": train_sparse}[kind](task.data, dataset.rows, dataset.names)
        return np.asarray(head.logits(head.scores(task.test)).argmax(axis=1))

    return run


def few(task: Task) -> Ints:
    """Our recipe for few labels, which also reads the train images that have none."""
    dataset = task.dataset
    codes = np.where(task.labelled, dataset.codes, -1)[dataset.train]
    model = FewLabelRecipe().fit(Gallery.of(dataset.features[dataset.train]), codes, dataset.rows)
    return np.asarray(model.probabilities(task.test).argmax(axis=1))


def black_box(task: Task) -> Ints:
    return np.asarray(train_ridge(task.data)[0].logits(task.test).argmax(axis=1))


def estimator(make: Callable[[Any], Any], settings: Sequence[Any], components: int = 0) -> Callable[[Task], Ints]:
    """Return an estimator of scikit-learn's kind as a peer, on principal components if their number is given."""

    def fit(values: Features, codes: Ints, setting: Any) -> Callable[[Features], Ints]:
        model = make(setting)
        if components:
            from sklearn.decomposition import PCA
            from sklearn.pipeline import make_pipeline

            model = make_pipeline(PCA(components, random_state=0), model)
        model.fit(values, codes)
        return lambda images: np.asarray(model.predict(images))

    return lambda task: task.chosen(fit, settings)


def ridge(setting: float) -> Any:
    from sklearn.linear_model import RidgeClassifier

    return RidgeClassifier(alpha=setting)


def logistic(setting: float) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=setting, max_iter=200)


def discriminant(setting: float) -> Any:
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

    return LinearDiscriminantAnalysis(solver="lsqr", shrinkage=setting)


def neighbours(setting: int) -> Any:
    from sklearn.neighbors import KNeighborsClassifier

    return KNeighborsClassifier(setting, metric="cosine", weights="distance")


def forest(setting: int) -> Any:
    from sklearn.ensemble import RandomForestClassifier

    return RandomForestClassifier(300, min_samples_leaf=setting, random_state=0)


def boosting(setting: int) -> Any:
    from lightgbm import LGBMClassifier

    return LGBMClassifier(min_child_samples=setting, random_state=0, n_jobs=1, verbose=-1)


def hiclass(name: str) -> Callable[[Task], Ints]:
    """Return a classifier of hiclass with logistic regression inside."""

    def run(task: Task) -> Ints:
        import hiclass as library

        names = {"".join(path): code for code, path in enumerate(task.paths)}

        def fit(values: Features, codes: Ints, setting: float) -> Callable[[Features], Ints]:
            model = getattr(library, name)(local_classifier=logistic(setting))
            model.fit(values, task.paths[codes])
            return lambda images: np.array([names["".join(map(str, path))] for path in model.predict(images)])

        return task.chosen(fit, (0.01, 0.1, 1.0))

    return run


def trained(model: Any, loss: Callable[[Any, Ints], Any], values: Features, codes: Ints, steps: int) -> Any:
    """Return a torch model after steps of Adam over batches drawn anew in each pass."""
    import torch

    rng, optimizer = np.random.default_rng(0), torch.optim.Adam(model.parameters(), lr=RATE)
    order = np.concatenate([rng.permutation(len(codes)) for _ in range(1 + steps * BATCH // len(codes))])
    model.train()
    for step in range(steps):
        batch = order[step * BATCH : (step + 1) * BATCH]
        optimizer.zero_grad()
        loss(torch.from_numpy(values[batch]), codes[batch]).backward()
        optimizer.step()
    return model.eval()


def concepts(name: str) -> Callable[[Task], Ints]:
    """Return a model of PyC over our rows: features → 256 hidden units → concepts → labels, trained jointly."""

    def run(task: Task) -> Ints:
        import torch
        from torch.nn import Linear, ReLU, Sequential
        from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy
        from torch_concepts import Annotations, nn

        rows = torch.from_numpy(filled(task.dataset.rows).astype(np.float32))
        ids, labels = [f"c{column}" for column in range(rows.shape[1])], len(rows)
        types, sizes = ["binary"] * len(ids) + ["categorical"], [1] * len(ids) + [labels]
        kinds = Annotations([*ids, "label"], types=types, cardinalities=sizes)

        def fit(values: Features, codes: Ints, steps: int) -> Callable[[Features], Ints]:
            torch.manual_seed(0)
            backbone = Sequential(Linear(values.shape[1], HIDDEN), ReLU())
            model = getattr(nn, name)(values.shape[1], kinds, ["label"], backbone=backbone, latent_size=HIDDEN)

            def loss(images: Any, truth: Ints) -> Any:
                logits = model(query=[*ids, "label"], input=images).logits
                wrong = binary_cross_entropy_with_logits(_plain(logits[ids]), rows[truth])
                return wrong + cross_entropy(_plain(logits["label"]), torch.from_numpy(truth))

            trained(model, loss, values, codes, steps)

            @torch.no_grad()
            def predict(images: Features) -> Ints:
                logits = model(query=["label"], input=torch.from_numpy(images)).logits["label"]
                return np.asarray(_plain(logits).argmax(dim=1))

            return predict

        return task.chosen(fit, STEPS)

    return run


def _plain(tensor: Any) -> Any:
    import torch

    return tensor.as_subclass(torch.Tensor)


def tree_softmax(task: Task) -> Ints:
    """A softmax at each node of the tree over one linear layer."""
    import hierarchicalsoftmax as library
    import torch
    from hierarchicalsoftmax.inference import leaf_probabilities

    tree = task.dataset.tree
    nodes = [library.SoftmaxNode(tree.nodes[0])]
    for node, parent in zip(tree.nodes[1:], tree.parent[1:], strict=True):
        nodes.append(library.SoftmaxNode(node, parent=nodes[parent]))
    root = nodes[0]
    root.set_indexes()
    place = {leaf: code for code, leaf in enumerate(tree.leaves)}
    columns = [place[nodes.index(leaf)] for leaf in root.leaves]
    targets = np.array([root.node_to_id[nodes[leaf]] for leaf in tree.leaves])
    criterion = library.HierarchicalSoftmaxLoss(root=root)

    def fit(values: Features, codes: Ints, steps: int) -> Callable[[Features], Ints]:
        torch.manual_seed(0)
        model = library.HierarchicalSoftmaxLinear(in_features=values.shape[1], root=root)
        trained(model, lambda x, truth: criterion(model(x), torch.from_numpy(targets[truth])), values, codes, steps)

        @torch.no_grad()
        def predict(images: Features) -> Ints:
            shares = leaf_probabilities(model(torch.from_numpy(images)), root=root)
            return np.array(columns)[np.asarray(shares.argmax(dim=1))]

        return predict

    return task.chosen(fit, STEPS)


C, TREES = (0.01, 0.1, 1.0), (2, 20)
PEERS: Mapping[str, tuple[str, Callable[[Task], Ints]]] = {
    "Seston, strict head": ("seston", ours("strict")),
    "Seston, sparse head": ("seston", ours("sparse")),
    "Seston, Choquet head": ("seston", ours("choquet")),
    "Seston, recipe for few labels": ("seston", few),
    "Seston, black box (ridge)": ("seston", black_box),
    "scikit-learn, ridge": ("scikit-learn", estimator(ridge, (30.0, 300.0, 3000.0))),
    "scikit-learn, logistic": ("scikit-learn", estimator(logistic, C)),
    "scikit-learn, LDA": ("scikit-learn", estimator(discriminant, (0.003, 0.03, 0.3))),
    "scikit-learn, k nearest": ("scikit-learn", estimator(neighbours, (1, 5, 10, 20))),
    "scikit-learn, forest on 50 components": ("scikit-learn", estimator(forest, (1, 3), COMPONENTS)),
    "LightGBM on 50 components": ("lightgbm", estimator(boosting, TREES, COMPONENTS)),
    "hiclass, flat": ("hiclass", hiclass("FlatClassifier")),
    "hiclass, a classifier per parent": ("hiclass", hiclass("LocalClassifierPerParentNode")),
    "hierarchicalsoftmax, linear": ("hierarchicalsoftmax", tree_softmax),
    "PyC, concept bottleneck": ("pytorch-concepts", concepts("ConceptBottleneckModel")),
    "PyC, concept embeddings": ("pytorch-concepts", concepts("ConceptEmbeddingModel")),
}


def measured(task: Task, name: str) -> dict[str, Any]:
    """Return the figures of a peer, or how to install it."""
    package, run = PEERS[name]
    if package == "seston":
        task = Task(task.dataset, task.labelled)  # our statistics count in our time
    begin = time.process_time()
    try:
        with warnings.catch_warnings(action="ignore"):
            predicted = run(task)
    except ImportError as error:
        if error.name and error.name.startswith("seston"):
            raise
        return {"not_installed": f"pip install {'--pre ' if package == 'pytorch-concepts' else ''}{package}"}
    tree, truth = task.dataset.tree, task.dataset.codes[task.dataset.test]
    return {
        "version": importlib.metadata.version(package),
        "top1": top1(truth, predicted),
        "balanced_accuracy": balanced_accuracy(truth, predicted),
        "hf1": hierarchical_f1(tree, tree.leaves[truth], tree.leaves[predicted]),
        "cpu_s": time.process_time() - begin,
    }


def table(figures: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> str:
    """Return figures as a table."""
    lines = []
    for task, peers in figures.items():
        lines += [f"| {task} | version | accuracy | balanced | hF1 | CPU s |", "| --- " * 6 + "|"]
        for name, found in peers.items():
            if "not_installed" in found:
                lines.append(f"| {name} | not installed: {found['not_installed']} | | | | |")
                continue
            shares = " | ".join(f"{found[key]:.3f}" for key in ("top1", "balanced_accuracy", "hf1"))
            lines.append(f"| {name} | {found['version']} | {shares} | {found['cpu_s']:.1f} |")
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("--draws", nargs="*", default=["all", "p01_s0"])
    parser.add_argument("--only", nargs="*", choices=PEERS, metavar="NAME", default=list(PEERS))
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    dataset, _ = opened(given.workspace)
    figures: dict[str, dict[str, Any]] = {}
    with one_thread():
        for name in given.draws:
            task = Task(dataset, draw(dataset, name))
            _ = task.data  # the images held out are the same for everybody
            figures[name] = {}
            for peer in given.only:
                figures[name][peer] = measured(task, peer)
                sys.stderr.write(f"{name}: {peer}: {figures[name][peer]}\n")
    sys.stdout.write((json.dumps(figures) if given.json else table(figures)) + "\n")


if __name__ == "__main__":
    main()
