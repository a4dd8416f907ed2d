"""The stage that writes report.html."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.tree import DecisionTree, Floats, Ints
from seston.bundled import folder
from seston.disk import sha256_of, write_text
from seston.encode import load_silhouettes
from seston.errors import InvalidData
from seston.evaluate.curves import confusion_at, node_recall, operating_curve
from seston.evaluate.report import ReportData, render
from seston.evaluate.report.data import Credit, TreeNode
from seston.graph.columnar.core import Core
from seston.pipeline.classifying.carried import CONCEPTS, Carried, carried
from seston.pipeline.classifying.dataset import LABELS, Dataset, load_dataset
from seston.pipeline.classifying.explaining import Opened, explainer_of
from seston.pipeline.classifying.images import INDEX
from seston.pipeline.classifying.learning import CARD, METRICS, PREDICTIONS, STRICT, load_predictions, require_same
from seston.pipeline.classifying.measuring import FEATURES
from seston.pipeline.knowledge import ASSERTIONS, CORE_FILES, MATRIX, read_articles
from seston.pipeline.report.cases import RULE, CaseWriter
from seston.pipeline.report.pages import PageWriter, pages
from seston.pipeline.stages import Progress, Stage
from seston.version import VERSION
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
_SILHOUETTES = "data/planktonset/silhouettes.safetensors"


def write_report(workspace: Workspace, progress: Progress) -> Mapping[str, Any]:
    """Gather everything that the report shows, and write it.

    Raises
    ------
    InvalidFeatures, InvalidData
        If the model or its predictions were made from other images than those at hand.
    """
    opened, dataset = explainer_of(workspace, "strict", progress), load_dataset(workspace)
    require_same(opened.head, dataset.encoder, dataset.fingerprint, dataset.tree.labels)
    predictions = load_predictions(workspace)
    gone = sorted({*predictions[0]} - {item.record.id for item in dataset.images})
    if gone:
        raise InvalidData(
            f"{len(gone)} of {len(predictions[0])} images that were judged are no longer in the workspace.",
            hint="Run 'seston evaluate' again.",
            problems=gone,
        )
    write_text(workspace.path(REPORT), render(gather(workspace, opened, dataset, predictions)))
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
    tree, (ids, leaves, truth) = dataset.tree, predictions
    predicted = leaves.argmax(axis=1)
    counts, recall = node_recall(tree, truth, predicted)
    articles = {article.id: article for article in read_articles(opened.core)}
    names = dict(opened.node_names) | {i: articles[i].title for i in tree.labels if i in articles}
    ranks = _ranks(opened.core, tree)
    explainer = replace(opened.explainer, node_names=names)
    page_ranks = {**ranks, **dict.fromkeys(tree.labels, "")}
    concepts = explainer.concept_names
    judged = truth, predicted, counts, recall
    writer = PageWriter(tree, names, page_ranks, opened.sayings, articles, concepts, *judged)
    silhouettes = _silhouettes(tree)
    cases = CaseWriter(explainer, dataset, names, silhouettes)
    in_order, known = [ranks[node] for node in tree.nodes], carried(workspace, "strict")
    confusions = (confusion_at(tree, in_order, rank, truth, predicted) for rank in RANKS)
    return ReportData(
        title="Plankton, and why",
        version=VERSION,
        counts=_counts(opened, dataset, len(articles), len(truth)),
        metrics=json.loads(workspace.path(METRICS).read_text()),
        tree=tuple(_tree_nodes(tree, names, page_ranks, counts, recall)),
        operating=operating_curve(tree, in_order, truth, leaves),
        confusions=tuple(confusion for confusion in confusions if len(confusion.labels) > 1),
        pages=pages(writer, range(len(tree.nodes))),
        worked=tuple(cases.cases(ids, leaves, truth, _clades(tree, in_order))),
        worked_rule=RULE,
        silhouettes=silhouettes,
        sure=explainer.sure,
        doubtful=known.doubtful,
        provenance=_provenance(workspace, dataset),
        credits=CREDITS,
        limits=_limits(known, concepts),
    )


def _limits(known: Carried, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return what is known of concepts that do not carry over, as a sentence."""
    if known.note:
        return (known.note,)
    kept_back = ", ".join(sorted(names[concept] for concept in known.doubtful))
    return (
        (f"Not shown as reasons, for they do not carry over to labels never seen: {kept_back}.",) if kept_back else ()
    )


def _ranks(core: Core, tree: DecisionTree) -> dict[str, str]:
    pairs = zip(core.hierarchy.ids, core.column("rank"), strict=True)
    return {node: rank or "" for node, rank in pairs} | dict.fromkeys(tree.labels, "label")


def _clades(tree: DecisionTree, ranks: Sequence[str]) -> list[int]:
    """Return the phylum above each label, or its parent where there is none."""
    phyla = np.flatnonzero(np.array(ranks) == "phylum")
    above = [phyla[tree.ancestors[leaf, phyla]] for leaf in tree.leaves]
    return [int(p[0]) if len(p) else tree.parent[leaf] for p, leaf in zip(above, tree.leaves, strict=True)]


def _counts(opened: Opened, dataset: Dataset, articles: int, test_images: int) -> dict[str, int]:
    return {
        "taxa": int((opened.core.kind == "taxon").sum()),
        "labels": len(dataset.tree.labels),
        "descriptions": articles,
        "concepts": len(opened.scheme.concepts),
        "assertions": sum(assertion.evidence.method == "text" for assertion in opened.sayings.assertions),
        "train_images": int(dataset.train.sum()),
        "test_images": test_images,
    }


def _silhouettes(tree: DecisionTree) -> dict[str, NDArray[np.uint8]]:
    found = load_silhouettes(folder("data") / _SILHOUETTES.removeprefix("data/"))
    return {label: found[name] for label in tree.labels if (name := label.split(":")[-1]) in found}


def _tree_nodes(
    tree: DecisionTree, names: Mapping[str, str], ranks: Mapping[str, str], counts: Ints, recall: Floats
) -> Iterable[TreeNode]:
    labels = frozenset(tree.labels)
    for place, node in enumerate(tree.nodes):
        parent = tree.nodes[tree.parent[place]] if tree.parent[place] >= 0 else ""
        share = float(recall[place]) if np.isfinite(recall[place]) else None
        yield TreeNode(node, names[node], ranks[node], parent, int(counts[place]), share, node in labels)


def _provenance(workspace: Workspace, dataset: Dataset) -> dict[str, str]:
    return {
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
            _SILHOUETTES,
            "data/MANIFEST.json",
            "ontology/morphology.ttl",
        ),
        (INDEX, *CORE_FILES, MATRIX, ASSERTIONS, STRICT, CARD, METRICS, PREDICTIONS),
        (REPORT,),
        write_report,
        (f"{FEATURES}/*.safetensors", LABELS, CONCEPTS),
    ),
)
