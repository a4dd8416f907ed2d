"""The stage that writes report.html."""

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.decode import climb
from seston.bottleneck.tree import DecisionTree, Floats, Ints
from seston.bundled import folder
from seston.disk import sha256_of, write_text
from seston.encode import load_silhouettes
from seston.evaluate.curves import confusion_at, node_recall, operating_curve
from seston.evaluate.report import ReportData, render
from seston.evaluate.report.data import Credit, Portrait, TreeNode, Worked
from seston.pipeline.dataset import Dataset, load_dataset
from seston.pipeline.explaining import Opened, explainer_of
from seston.pipeline.images import INDEX, Listed, read_index
from seston.pipeline.knowledge import ASSERTIONS, CORE_FILES, MATRIX, read_articles
from seston.pipeline.learning import CARD, METRICS, PREDICTIONS, STRICT, load_predictions
from seston.pipeline.measuring import FEATURES
from seston.pipeline.report_pages import PageWriter, pages
from seston.pipeline.stages import Progress, Stage
from seston.version import VERSION
from seston.vignettes import Vignettes
from seston.workspace import Workspace

REPORT = "report.html"
RANKS = ("label", "genus", "family", "order", "class", "phylum", "kingdom")
CREDITS = (
    Credit("World Register of Marine Species (WoRMS)", "facts cited with their AphiaIDs", "names, ranks, lineages"),
    Credit("EcoTaxa", "facts cited with their ids", "ids of the same taxa"),
    Credit("PlanktonSet 1.0 (NOAA NCEI 0127422; Kaggle NDSB 2015)", "numbers measured on it only", "features, figures"),
    Credit("EfficientNet-Lite0, ImageNet weights", "Apache-2.0", "image features"),
    Credit("all-MiniLM-L6-v2", "Apache-2.0", "text embeddings"),
    Credit("Descriptions of taxa and labels", "CC-BY-4.0, by this project", "concepts and their sentences"),
)
_CORRECTED = "eggs/attached"
_SILHOUETTES = "data/planktonset/silhouettes.safetensors"


def write_report(workspace: Workspace, progress: Progress) -> Mapping[str, Any]:
    """Gather everything that the report shows, and write it."""
    opened, dataset = explainer_of(workspace, "strict", progress), load_dataset(workspace)
    ids, leaves, truth = load_predictions(workspace)
    write_text(workspace.path(REPORT), render(gather(workspace, opened, dataset, (ids, leaves, truth))))
    return {}


def gather(
    workspace: Workspace, opened: Opened, dataset: Dataset, predictions: tuple[tuple[str, ...], Floats, Ints]
) -> ReportData:
    """Return what the report shows.

    Parameters
    ----------
    workspace
        With metrics and a model.
    opened
        The strict head with graph and text.
    dataset
        The labelled images.
    predictions
        Ids (n,), leaf probabilities (n, n_labels) and true columns (n,) of the test images.
    """
    tree, (_, leaves, truth) = dataset.tree, predictions
    predicted = leaves.argmax(axis=1)
    counts, recall = node_recall(tree, truth, predicted)
    articles = {article.id: article for article in read_articles(opened.core)}
    ids = opened.core.hierarchy.ids
    ranks = {node: rank or "" for node, rank in zip(ids, opened.core.column("rank"), strict=True)}
    ranks |= dict.fromkeys(tree.labels, "label")
    names = dict(opened.node_names) | {i: articles[i].title for i in tree.labels if i in articles}
    in_order = [ranks[node] for node in tree.nodes]
    writer = PageWriter(
        tree,
        names,
        {**ranks, **dict.fromkeys(tree.labels, "")},
        opened.sayings,
        articles,
        opened.explainer.concept_names,
        truth,
        predicted,
        counts,
        recall,
    )
    silhouettes = _silhouettes(tree)
    described = [a for a in opened.sayings.assertions if a.evidence.method == "text"]
    return ReportData(
        "Plankton, and why",
        VERSION,
        {
            "taxa": int((opened.core.kind == "taxon").sum()),
            "labels": len(tree.labels),
            "descriptions": len(articles),
            "concepts": len(opened.scheme.concepts),
            "assertions": len(described),
            "train_images": int(dataset.train.sum()),
            "test_images": len(truth),
        },
        json.loads(workspace.path(METRICS).read_text()),
        tuple(_tree_nodes(tree, names, ranks, counts, recall)),
        operating_curve(tree, in_order, truth, leaves),
        tuple(c for c in (confusion_at(tree, in_order, r, truth, predicted) for r in RANKS) if len(c.labels) > 1),
        pages(writer, range(len(tree.nodes))),
        tuple(_worked(workspace, opened, dataset, predictions, names, silhouettes)),
        silhouettes,
        opened.explainer.sure,
        _provenance(workspace, dataset),
        CREDITS,
    )


def worked_images(tree: DecisionTree, ids: tuple[str, ...], leaves: Floats, truth: Ints, sure: float) -> list[int]:
    """Choose ten test images to explain, by rule: two to correct, four right, two cautious, two wrong.

    To correct: the surest images of egg-carrying copepods that are named rightly. Right, cautious (an ancestor of the
    truth was answered) and wrong: of the labels with most images, each the image nearest the median confidence, no
    label twice.
    """
    predicted, confidence = leaves.argmax(axis=1), leaves.max(axis=1)
    answer = climb(tree, leaves, sure)
    is_leaf = answer == tree.leaves[predicted]
    right = is_leaf & (predicted == truth)
    cautious = ~is_leaf & tree.ancestors[tree.leaves[truth], answer] & (answer > 0)
    wrong = ~tree.ancestors[tree.leaves[truth], answer]
    eggs = np.array([tree.labels[code].endswith("_eggs") for code in truth], dtype=bool)
    order = np.argsort(-confidence, kind="stable")
    chosen = [int(image) for image in order if right[image] and eggs[image]][:2]
    for group, how_many in ((right, 4), (cautious, 2), (wrong, 2)):
        chosen += _typical(truth, confidence, group, {int(truth[i]) for i in chosen}, how_many)
    return chosen


def _typical(truth: Ints, confidence: Floats, group: NDArray[np.bool_], taken: set[int], how_many: int) -> list[int]:
    labels, counts = np.unique(truth[group], return_counts=True)
    found: list[int] = []
    for label in labels[np.argsort(-counts, kind="stable")]:
        if int(label) not in taken and len(found) < how_many:
            images = np.flatnonzero(group & (truth == label))
            middle = np.argsort(confidence[images], kind="stable")[len(images) // 2]
            found.append(int(images[middle]))
    return found


def _worked(
    workspace: Workspace,
    opened: Opened,
    dataset: Dataset,
    predictions: tuple[tuple[str, ...], Floats, Ints],
    names: Mapping[str, str],
    silhouettes: Mapping[str, NDArray[np.uint8]],
) -> Iterator[Worked]:
    ids, leaves, truth = predictions
    tree, explainer = dataset.tree, opened.explainer
    row = {item.record.id: place for place, item in enumerate(dataset.images)}
    listed = {item.record.id: item for item in read_index(workspace)}
    for image in worked_images(tree, ids, leaves, truth, explainer.sure):
        features = dataset.features[row[ids[image]]]
        before = explainer.explain(ids[image], features)
        label = tree.labels[truth[image]]
        corrected = label.endswith("_eggs") and _CORRECTED in explainer.head.concepts
        after = explainer.explain(ids[image], features, {_CORRECTED: 0.0}) if corrected else None
        runner_up = before.steps[-1].runner_up if before.steps else ""
        roles = {label: "true label", before.leaf: "prediction", runner_up: "runner-up"}
        portraits = tuple(Portrait(node, names[node], role) for node, role in roles.items() if node in silhouettes)
        yield Worked(before, label, names[label], _vignette(listed.get(ids[image])), portraits, after)


def _vignette(item: Listed | None) -> bytes | None:
    if item is None or not item.root or not Path(item.root).exists():
        return None
    from PIL import Image

    with Vignettes(Path(item.root)) as images:
        pixels = images.grey(item.record.path)
    content = io.BytesIO()
    Image.fromarray(pixels).save(content, "PNG")
    return content.getvalue()


def _silhouettes(tree: DecisionTree) -> dict[str, NDArray[np.uint8]]:
    found = load_silhouettes(folder("data") / Path(_SILHOUETTES).relative_to("data"))
    return {label: found[name] for label in tree.labels if (name := label.split(":")[-1]) in found}


def _tree_nodes(
    tree: DecisionTree, names: Mapping[str, str], ranks: Mapping[str, str], counts: Ints, recall: Floats
) -> Iterable[TreeNode]:
    labels = set(tree.labels)
    for place, node in enumerate(tree.nodes):
        parent = tree.nodes[tree.parent[place]] if tree.parent[place] >= 0 else ""
        share = float(recall[place]) if np.isfinite(recall[place]) else None
        rank = "" if node in labels else ranks[node]
        yield TreeNode(node, names[node], rank, parent, int(counts[place]), share, node in labels)


def _provenance(workspace: Workspace, dataset: Dataset) -> dict[str, str]:
    return {
        "Seston": VERSION,
        "image encoder": dataset.encoder,
        "its fingerprint": dataset.fingerprint,
        "bundled data (SHA-256 of its manifest)": sha256_of(folder("data") / "MANIFEST.json"),
        "strict head (SHA-256)": sha256_of(workspace.path(STRICT)),
        "settings": json.dumps(json.loads(workspace.path(CARD).read_text())["strict"]),
    }


REPORTING = (
    Stage(
        "report",
        "one page with figures, tree, articles and worked explanations",
        (
            "data/descriptions",
            "data/planktonset/silhouettes.safetensors",
            "data/MANIFEST.json",
            "ontology/morphology.ttl",
        ),
        (INDEX, *CORE_FILES, MATRIX, ASSERTIONS, STRICT, CARD, METRICS, PREDICTIONS),
        (REPORT,),
        write_report,
        (f"{FEATURES}/*.safetensors",),
    ),
)
