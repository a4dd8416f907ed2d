"""The study of concepts: whether they carry over to labels never seen, and whether decisions rest on them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from seston.bottleneck.decoding.calibrated import Calibration
from seston.bottleneck.decoding.decode import softmax
from seston.bottleneck.head import ConceptHead
from seston.bottleneck.tree import Floats
from seston.disk import sha256_of, write_text
from seston.errors import InvalidData
from seston.pipeline.classifying.carried import CARRIES, CONCEPTS, verdicts_of
from seston.pipeline.classifying.dataset import Dataset, load_dataset
from seston.pipeline.classifying.learning import CALIBRATIONS, CARD, HEADS, STRICT, require_same
from seston.pipeline.classifying.rows import rows_of_labels
from seston.pipeline.dictionary.answers import TEXT_MATRIX, Rows, rows_in_use
from seston.pipeline.stages import Progress
from seston.pipeline.threads import one_thread
from seston.workspace import Workspace

if TYPE_CHECKING:
    from seston.evaluate.carrying.leaving import Detector
    from seston.evaluate.carrying.transfer import Leavings, Transfer
    from seston.evaluate.unseen import Images

JUDGED = ("strict", "sparse")
CONTROLS = ("random", "shuffled")
_CONTROL_SEED = 0
_KINDS: tuple[Rows, Rows] = ("answers", "text")


@one_thread()
def judge_concepts(workspace: Workspace, progress: Progress) -> dict[str, Any]:
    """Judge concepts, and keep the figures in the workspace.

    Returns
    -------
    dict
        ``model`` and ``rows`` that were judged; ``transfer`` for each kind of rows and each detector; ``verdicts`` on
        each concept for each head; ``deletion``, ``impurity`` and ``selective`` for each head.

    Raises
    ------
    InvalidData
        If train or test images are missing, or the model was trained on other concepts.
    InvalidFeatures
        If the model was trained on other features.
    """
    study = _Study.of(workspace, progress)
    progress.stage("transfer", "every label and every clade left out once")
    found = {name: study.transfers(rows) for name, rows in study.rows.items()}
    verdicts = study.verdicts(found)
    progress.stage("decisions", "reasons deleted, impurity, answers beside a flat model")
    figures = {
        "model": sha256_of(workspace.path(STRICT)),
        "rows": study.in_use,
        "transfer": {name: _figures(transfers) for name, transfers in found.items()},
        "verdicts": verdicts,
        **study.decisions(workspace, verdicts),
    }
    write_text(workspace.path(CONCEPTS), json.dumps(figures, indent=1) + "\n")
    return figures


def _figures(transfers: "Mapping[str, Transfer]") -> dict[str, Any]:
    """Return the figures of all detectors, and once more of those that train images choose."""
    best = max(transfers, key=lambda name: transfers[name].worth)
    own = {name: transfer.figures for name, transfer in transfers.items()}
    return own | {"chosen": {"detector": best, **transfers[best].figures}}


def _heads(workspace: Workspace, dataset: Dataset) -> dict[str, ConceptHead]:
    heads = {name: ConceptHead.load(workspace.path(HEADS[name])) for name in JUDGED}
    for name, head in heads.items():
        require_same(head, dataset.encoder, dataset.fingerprint, dataset.tree.labels)
        if head.concepts != dataset.concepts:
            raise InvalidData(
                f"The {name} head has {len(head.concepts)} other concepts than the {len(dataset.concepts)} at hand.",
                hint="Run 'seston train' again.",
            )
    return heads


@dataclass(frozen=True, eq=False)
class _Study:
    dataset: Dataset
    in_use: Rows
    rows: Mapping[str, Floats]
    heads: Mapping[str, ConceptHead]
    settings: Mapping[str, Mapping[str, float]]
    train: "Images"
    test: "Images"
    progress: Progress

    @classmethod
    def of(cls, workspace: Workspace, progress: Progress) -> "_Study":
        from seston.evaluate.controls import random_rows, shuffled_rows
        from seston.evaluate.unseen import Images

        dataset = load_dataset(workspace)
        if not dataset.train.any() or not dataset.test.any():
            raise InvalidData("There are no train or no test images.", hint="Give 'seston train --labels' with splits.")
        in_use = rows_in_use(workspace) if workspace.path(TEXT_MATRIX).exists() else "text"
        rows: dict[str, Floats] = {in_use: dataset.rows}
        if workspace.path(TEXT_MATRIX).exists():
            rows |= {kind: rows_of_labels(workspace, dataset.tree.labels, kind)[0] for kind in _KINDS if kind != in_use}
        rows |= {
            kind: make(dataset.rows, _CONTROL_SEED)
            for kind, make in zip(CONTROLS, (random_rows, shuffled_rows), strict=True)
        }
        card = json.loads(workspace.path(CARD).read_text())
        train, test = (Images(dataset.features[part], dataset.codes[part]) for part in (dataset.train, dataset.test))
        settings = {name: card[name] for name in JUDGED}
        return cls(dataset, in_use, rows, _heads(workspace, dataset), settings, train, test, progress)

    @cached_property
    def leavings(self) -> "Mapping[float, Leavings]":
        """Labels left out, for the ridge of each head."""
        from seston.evaluate.carrying.transfer import Leavings

        ridges = dict.fromkeys(self.settings[name]["ridge"] for name in JUDGED)
        tree, done = self.dataset.tree, self.progress.done
        return {ridge: Leavings.of(tree, self.train, self.test, ridge, done) for ridge in ridges}

    def transfers(self, rows: Floats) -> "dict[str, Transfer]":
        """Judge the heads' detectors, and the strict head's with other row ridges."""
        from seston.bottleneck.train import ROW_RIDGES
        from seston.evaluate.carrying.transfer import evidence_with, regressed

        strict = self.settings["strict"]
        detectors: dict[str, Detector] = {"strict": evidence_with(strict), "sparse": regressed}
        detectors |= {f"strict, row ridge {r:g}": evidence_with({**strict, "row_ridge": r}) for r in ROW_RIDGES}
        ridge = {name: self.settings[name]["ridge"] for name in JUDGED}
        return {
            name: self.leavings[ridge.get(name, ridge["strict"])].transfer(rows, detector)
            for name, detector in detectors.items()
        }

    def verdicts(self, found: "Mapping[str, Mapping[str, Transfer]]") -> dict[str, Any]:
        """Return the verdict on each concept for each head, and which share of random concepts would pass."""
        own = {name: verdicts_of(found[self.in_use][name], self.dataset.concepts, self.dataset.rows) for name in JUDGED}
        random = {
            name: float(found["random"][name].carries(CARRIES).mean()) if len(found["random"][name].concepts) else None
            for name in JUDGED
        }
        return {"threshold": CARRIES, "random_passing": random, **own}

    def decisions(self, workspace: Workspace, verdicts: Mapping[str, Any]) -> dict[str, Any]:
        """Return deletion, impurity and selective answers of each head, beside the same on rows that mean nothing."""
        from seston.evaluate.carrying.impurity import impurity_of

        figures: dict[str, Any] = {"deletion": {}, "impurity": {}, "selective": {}}
        controls = {kind: self._heads_on(self.rows[kind]) for kind in CONTROLS}
        for step, (name, head) in enumerate(self.heads.items(), start=1):
            others = {kind: heads[name] for kind, heads in controls.items()}
            figures["deletion"][name] = self._deletion(head, others, verdicts[name])
            figures["impurity"][name] = {"rows": impurity_of(head, self.test, self.dataset.rows)} | {
                f"{kind} rows": impurity_of(other, self.test, self.rows[kind]) for kind, other in others.items()
            }
            figures["selective"][name] = self._selective(head, Calibration.load(workspace.path(CALIBRATIONS[name])))
            self.progress.done(step, len(JUDGED))
        return figures

    def _deletion(
        self, head: ConceptHead, others: Mapping[str, ConceptHead], verdicts: Mapping[str, Any]
    ) -> dict[str, Any]:
        from seston.evaluate.carrying.deletion import deletion_figures, deletions

        shown = np.array([verdicts.get(concept, {}).get("carries") is not False for concept in head.concepts])
        images = self.train.features, self.test.features
        controls = {kind: deletions(other, *images) for kind, other in others.items()}
        return {
            "any concept": deletion_figures(deletions(head, *images), controls),
            "those fit to be shown": deletion_figures(deletions(head, *images, shown), controls),
            **{f"{kind} rows": deletion_figures(found) for kind, found in controls.items()},
        }

    def _selective(self, head: ConceptHead, calibration: Calibration) -> dict[str, Any]:
        from seston.evaluate.carrying.selective import selective_figures

        leaves = softmax(calibration.calibrated(head.logits(head.scores(self.test.features))))
        unseen = softmax(calibration.logits), calibration.truth
        return selective_figures(self.dataset.tree, unseen, (leaves, self.test.codes))

    def _heads_on(self, rows: Floats) -> dict[str, ConceptHead]:
        """Return the heads on other rows, with the settings of those on the rows in use."""
        from seston.bottleneck.fit import filled, strict_head
        from seston.bottleneck.train import LabelledFeatures, train_sparse

        data = LabelledFeatures.of(self.train.features, self.train.codes, len(self.dataset.tree.labels))
        settings, names = self.settings["strict"], self.dataset.names
        ridges = settings["ridge"], settings["row_ridge"], settings["temperature"]
        return {
            "strict": strict_head(data.whole, filled(rows, settings["unmentioned"]), *ridges, names),
            "sparse": train_sparse(data, rows, names)[0],
        }
