"""A report on the real taxa and labels with made-up numbers, for the tests."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from seston.bundled import folder
from seston.evaluate.report.data import (
    Ancestor,
    Confusion,
    Credit,
    Mark,
    MistakenFor,
    NodeConcept,
    NodePage,
    OperatingPoint,
    Portrait,
    ReportData,
    Sentence,
    TreeNode,
    Worked,
)
from seston.records import Explanation, Reason, Step, Taxon
from seston.sources.taxonomy import read_categories, read_taxa

ROOT, LIVING, NOT_LIVING = "seston:root", "seston:living", "seston:not-living"
EGGS = "planktonset:copepod_calanoid_eggs"
TEXT = "The body is oval and about twice as long as wide. The tail is forked. It has no tentacles. Some carry eggs."
CONCEPTS = {
    "body-shape/oval": ("oval body", "oval", "present"),
    "elongation/two": ("about twice as long as wide", "about twice as long as wide", "present"),
    "tail/forked": ("forked tail", "forked", "present"),
    "tentacles/any": ("tentacles", "no tentacles", "absent"),
    "egg/carried": ("carries eggs", "Some carry eggs", "variable"),
}
RANKS = ("label", "genus", "family", "order", "class", "phylum", "kingdom")


class Sample:
    """Builds the parts; the same seed always gives the same report."""

    def __init__(self) -> None:
        data = folder("data")
        self.taxa: dict[str, Taxon] = {taxon.id: taxon for taxon in read_taxa(data / "taxa.csv")}
        self.labels = read_categories(data / "labels.csv")
        self.rng = np.random.default_rng(0)
        self.above = {label.id: self._above(label.of_taxon, label.living) for label in self.labels}
        self.counts = {label.id: int(self.rng.integers(2, 600)) for label in self.labels}
        skill = {label.id: float(self.rng.beta(4, 2)) for label in self.labels}
        self.confusion = self._confusion(skill)

    def report(self, silhouettes: dict[str, NDArray[np.uint8]] | None = None, **parts: object) -> ReportData:
        ids = [label.id for label in self.labels]
        tree = self.tree()
        whole: dict[str, object] = {
            "title": "PlanktonSet, explained",
            "version": "0.1.0",
            "counts": {
                "taxa": 468,
                "labels": 121,
                "descriptions": 271,
                "concepts": 214,
                "assertions": 5210,
                "test_images": int(sum(self.counts.values())),
            },
            "metrics": metrics(),
            "tree": tree,
            "operating": operating(),
            "confusions": tuple(self.at_rank(rank) for rank in RANKS),
            "pages": tuple(self.page(node, tree) for node in tree),
            "worked": self.worked(),
            "silhouettes": silhouettes if silhouettes is not None else {label: blob(i) for i, label in enumerate(ids)},
            "sure": 0.8,
            "provenance": {"seed": "0", "features": "sha256:" + "0af1" * 16, "descriptions frozen at": "c1cf9e6"},
            "credits": (
                Credit("World Register of Marine Species", "cite", "names and lineages"),
                Credit("Descriptions", "CC BY 4.0", "concepts"),
            ),
            "limits": ("Fewer than ten test images stand behind 20 of the labels.",),
        }
        return ReportData(**{**whole, **parts})  # type: ignore[arg-type]

    def tree(self) -> tuple[TreeNode, ...]:
        ids = [label.id for label in self.labels]
        used = {node for line in self.above.values() for node in line}
        members = {node: np.array([node in self.above[label] for label in ids]) for node in used}
        nodes = [self._inner(node, members[node]) for node in sorted(used)]
        for i, label in enumerate(self.labels):
            total = self.confusion[i].sum()
            name = label.name.replace("_", " ").capitalize()
            recall = float(self.confusion[i, i] / total)
            nodes.append(TreeNode(label.id, name, "", self.above[label.id][-1], int(total), recall, True))
        return tuple(nodes)

    def at_rank(self, rank: str) -> Confusion:
        ids = [label.id for label in self.labels]
        if rank == "label":
            return Confusion(rank, tuple(ids), tuple(tuple(int(n) for n in row) for row in self.confusion))
        node = [next((n for n in self.above[i] if n in self.taxa and self.taxa[n].rank == rank), "") for i in ids]
        kept = sorted(set(node) - {""})
        table = np.zeros((len(kept), len(kept)), dtype=int)
        for i, row in enumerate(node):
            for j, column in enumerate(node):
                if row and column:
                    table[kept.index(row), kept.index(column)] += self.confusion[i, j]
        return Confusion(rank, tuple(kept), tuple(tuple(int(n) for n in row) for row in table))

    def page(self, node: TreeNode, tree: Sequence[TreeNode]) -> NodePage:
        by_id = {other.id: other for other in tree}
        line = []
        parent = node.parent
        while parent:
            line.append(by_id[parent])
            parent = by_id[parent].parent
        concepts = [
            NodeConcept(c, text, VALUES[kind], node.id, node.name, 0) for c, (text, _, kind) in CONCEPTS.items()
        ]
        own = concepts[: len(node.id) % 5 + 1]
        inherited = tuple(
            NodeConcept(c, text, VALUES[kind], origin.id, origin.name, 1)
            for origin, (c, (text, _, kind)) in zip(line, list(CONCEPTS.items())[len(own) :], strict=False)
        )
        return NodePage(
            node.id,
            node.name,
            node.rank,
            node.id.partition(":")[2] if node.is_label else "",
            tuple(Ancestor(n.id, n.name, n.rank) for n in reversed(line)),
            sentences(),
            (*own, *inherited),
            node.recall,
            node.n_test,
            (MistakenFor(EGGS, "Copepod calanoid eggs", 0.12),) if node.is_label and node.id != EGGS else (),
        )

    def worked(self) -> tuple[Worked, ...]:
        chosen = [EGGS, *(label.id for label in self.labels[3:111:12])]
        names = {node.id: node.name for node in self.tree()}
        return tuple(self._worked(label, names, first=i == 0) for i, label in enumerate(chosen))

    def _worked(self, label: str, names: dict[str, str], first: bool) -> Worked:
        before = self._explain(label, names)
        other = "planktonset:copepod_other"
        after = self._explain(other, names, (("egg/carried", 0.0),)) if first else None
        portraits = (
            Portrait(label, names[label], "true label"),
            Portrait(before.leaf, names[before.leaf], "prediction"),
            Portrait(other, names[other], "runner-up"),
        )
        return Worked(before, label, names[label], None, portraits, after)

    def _explain(
        self, label: str, names: dict[str, str], interventions: tuple[tuple[str, float], ...] = ()
    ) -> Explanation:
        line = [*self.above[label], label]
        steps = []
        probability = 1.0
        for node, child in pairwise(line):
            siblings = sorted({a[a.index(node) + 1] for a in map(self._line, self.above) if node in a[:-1]} - {child})
            probability *= float(self.rng.uniform(0.86, 0.99)) if siblings else 1.0
            rival = siblings[0] if siblings else ""
            steps.append(
                Step(
                    node,
                    child,
                    names[child],
                    probability,
                    rival,
                    names.get(rival, ""),
                    (1 - probability) * 0.7 if rival else 0.0,
                    0.25,
                    0.0,
                    tuple(self._reasons(node)) if rival else (),
                )
            )
        sure = next((step for step in reversed(steps) if step.probability >= 0.8), steps[0])
        return Explanation(
            f"{label.partition(':')[2]}/100723.jpg",
            sure.chosen,
            sure.chosen_label,
            sure.probability,
            label,
            probability,
            tuple(steps),
            interventions,
        )

    def _reasons(self, origin: str) -> list[Reason]:
        found = []
        for k in range(11):
            concept, (text, _, _) = list(CONCEPTS.items())[k % 5]
            score, weight = float(self.rng.uniform(0, 1)), float(self.rng.normal(0.3, 1))
            name = text if k < 5 else f"{text} {k}"
            sentence = sentences()[k % 4].text
            found.append(
                Reason(f"{concept}{k}", name, score, score, weight, score * weight, origin, sentence, "a page")
            )
        return found

    def _line(self, label: str) -> list[str]:
        return [*self.above[label], label]

    def _above(self, taxon: str, living: bool) -> list[str]:
        line: list[str] = []
        while taxon:
            line.append(taxon)
            taxon = self.taxa[taxon].parent
        return [ROOT, LIVING if living else NOT_LIVING, *reversed(line)]

    def _inner(self, node: str, member: NDArray[np.bool_]) -> TreeNode:
        total, found = self.confusion[member].sum(), self.confusion[member][:, member].sum()
        recall = float(found / total)
        if node in self.taxa:
            taxon = self.taxa[node]
            return TreeNode(node, taxon.name, taxon.rank, taxon.parent or LIVING, int(total), recall)
        name = {ROOT: "Everything", LIVING: "Living", NOT_LIVING: "Not living"}[node]
        return TreeNode(node, name, "", "" if node == ROOT else ROOT, int(total), recall)

    def _confusion(self, skill: dict[str, float]) -> NDArray[np.int64]:
        ids = [label.id for label in self.labels]
        table = np.zeros((len(ids), len(ids)), dtype=np.int64)
        for i, label in enumerate(ids):
            near = np.array([np.exp(1.1 * len(set(self.above[label]) & set(self.above[o]))) for o in ids])
            near *= self.rng.gamma(0.5, size=len(ids))
            near[i] = 0
            shares = near / near.sum() * (1 - skill[label])
            shares[i] = skill[label]
            table[i] = self.rng.multinomial(self.counts[label], shares)
        return table


VALUES = {"present": 1.0, "absent": 0.0, "variable": 0.5}


def sentences() -> tuple[Sentence, ...]:
    found = []
    for i, text in enumerate(part.strip() + "." for part in TEXT.split(".") if part.strip()):
        marks = tuple(
            Mark(text.index(words), text.index(words) + len(words), concept, kind)
            for concept, (_, words, kind) in CONCEPTS.items()
            if words in text
        )
        source = "general" if i % 2 else "A handbook of plankton"
        found.append(Sentence(text, marks, "Description" if i else "", source))
    return tuple(found)


def metrics() -> dict[str, object]:
    strict = {
        "n": 10_600,
        "top1": 0.702,
        "balanced_accuracy": 0.641,
        "balanced_accuracy_se": 0.008,
        "macro_f1": 0.612,
        "hf1": 0.861,
        "lca_distance": 1.31,
        "mistake_severity": 4.95,
        "ece": 0.021,
        "concepts_per_decision": 34.2,
        "additive_residual": 3.1e-14,
        "residual_share": 0.0,
        "row_rank": 119,
        "unseen_balanced_accuracy": 0.447,
        "unseen_balanced_accuracy_se": 0.017,
    }

    def less(by: float, unseen: float) -> dict[str, object]:
        small = {key: value for key, value in strict.items() if key in ("n", "lca_distance", "mistake_severity", "ece")}
        shares = {k: float(strict[k]) - by for k in ("top1", "balanced_accuracy", "macro_f1", "hf1")}
        return {**small, **shares, "unseen_balanced_accuracy": unseen, "unseen_balanced_accuracy_se": 0.012}

    sparse = {**strict, "balanced_accuracy": 0.655, "concepts_per_decision": 12.0, "unseen_balanced_accuracy": None}
    return {
        **strict,
        "unseen": {
            "rows": {
                "balanced_accuracy": 0.447,
                "balanced_accuracy_se": 0.017,
                "difference_to_taxonomy": 0.081,
                "difference_to_taxonomy_se": 0.014,
                "by_seed": [0.43, 0.46],
            },
            "random": {"balanced_accuracy": 0.052, "balanced_accuracy_se": 0.004},
            "shuffled": {"balanced_accuracy": 0.048, "balanced_accuracy_se": 0.005},
            "taxonomy": {"balanced_accuracy": 0.366, "balanced_accuracy_se": 0.012},
            "rows_and_taxonomy": {"balanced_accuracy": 0.502, "balanced_accuracy_se": 0.016},
            "taxonomy_and_qualifier": {"balanced_accuracy": 0.381, "balanced_accuracy_se": 0.013},
            "nothing": {"balanced_accuracy": 0.05, "balanced_accuracy_se": 0.0},
        },
        "heads": {"strict": strict, "sparse": sparse},
        "baseline": {**less(-0.02, 0.0), "unseen_balanced_accuracy": None},
        "control_taxonomy": less(0.01, 0.366),
        "control_random": less(0.005, 0.052),
        "control_shuffled": less(0.007, 0.048),
    }


def operating() -> tuple[OperatingPoint, ...]:
    found = []
    for sure in np.linspace(0, 0.98, 25):
        leaf = 1 - 0.75 * sure**1.5
        rest = 1 - leaf
        shares = {"label": leaf, "order": rest * 0.4, "suborder": rest * 0.1, "class": rest * 0.2, "phylum": rest * 0.2}
        shares["superdomain"] = rest * 0.1
        found.append(OperatingPoint(float(sure), float(0.7 + 0.28 * sure**1.2), float(9 - 4.5 * sure**2), shares))
    return tuple(found)


def blob(seed: int) -> NDArray[np.uint8]:
    """(64, 64) a soft ellipse that stands for a silhouette."""
    rows, columns = np.mgrid[-1:1:64j, -1:1:64j]
    width = 0.25 + 0.6 * ((seed * 37) % 100) / 100
    return np.asarray(200 * np.exp(-(((columns / 0.7) ** 2 + (rows / (0.7 * width)) ** 2) ** 2)), dtype=np.uint8)
