"""The worked explanations of the report: which test images, by what rule, and what is shown of each."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from seston.bottleneck.decoding.decode import climb
from seston.bottleneck.tree import DecisionTree, Floats, Ints
from seston.errors import SestonError
from seston.evaluate.report.data import Portrait, Worked
from seston.explain.steps import Explainer
from seston.pipeline.classifying.dataset import Dataset
from seston.pipeline.classifying.images import Listed
from seston.vignettes import Vignettes

CORRECTED = "eggs/attached"
RULE = (
    "The images were chosen from the test images by rule, not by eye: one that carries eggs, of the first label whose "
    "description says so, where that concept is then set to 0; five answered rightly, two answered rightly at a "
    "coarser rank, and two answered wrongly. Each is the one of median confidence in its label; labels with most such "
    "images come first, one of each phylum as far as there are enough."
)
_RIGHT, _CAUTIOUS, _WRONG = 5, 2, 2
_PIXELS = 320

Bools = NDArray[np.bool_]


def worked_images(
    tree: DecisionTree,
    leaves: Floats,
    truth: Ints,
    sure: float,
    *,
    clades: Sequence[int],
    corrected: Iterable[int] = (),
) -> tuple[int | None, list[int]]:
    """Choose test images to explain, by `RULE`.

    Parameters
    ----------
    tree
        The decision tree.
    leaves
        (n_images, n_labels) leaf probabilities.
    truth
        (n_images,) columns of the true labels.
    sure
        Probability that an answer must have.
    clades
        (n_labels,) the clade of each label, over which images are spread.
    corrected
        Columns of the labels whose images are fit for the correction.

    Returns
    -------
    tuple
        The image to correct, None when none is fit, and the others.
    """
    predicted, confidence = leaves.argmax(axis=1), leaves.max(axis=1)
    answer = climb(tree, leaves, sure)
    is_leaf, true_leaf = answer == tree.leaves[predicted], tree.leaves[truth]
    right = is_leaf & (predicted == truth)
    wrong = ~tree.ancestors[true_leaf, answer]
    cautious = ~right & ~wrong & (answer > 0)
    pick = _Picker(truth, confidence, clades)
    fit = next((pick.typical(right, code) for code in sorted(corrected) if (right & (truth == code)).any()), None)
    others = [pick.spread(group, n) for group, n in ((right, _RIGHT), (cautious, _CAUTIOUS), (wrong, _WRONG))]
    return fit, [image for group in others for image in group]


class _Picker:
    """Picks images of labels that were not picked before."""

    def __init__(self, truth: Ints, confidence: Floats, clades: Sequence[int]) -> None:
        self.truth, self.confidence, self.clades = truth, confidence, clades
        self.taken: set[int] = set()

    def typical(self, group: Bools, code: int) -> int:
        """Return the image of a label in the group whose confidence is the median."""
        self.taken.add(code)
        images = np.flatnonzero(group & (self.truth == code))
        return int(images[np.argsort(self.confidence[images], kind="stable")[len(images) // 2]])

    def spread(self, group: Bools, how_many: int) -> list[int]:
        """Return an image each of that many labels of the group, of different clades as far as there are enough."""
        counts = np.bincount(self.truth[group], minlength=len(self.clades))
        order = [int(c) for c in np.argsort(-counts, kind="stable") if counts[c] and int(c) not in self.taken]
        firsts = {self.clades[code]: code for code in reversed(order)}
        spread = sorted(order, key=lambda code: firsts[self.clades[code]] != code)
        chosen = spread[:how_many]
        return [self.typical(group, code) for code in chosen]


@dataclass(frozen=True, eq=False)
class CaseWriter:
    """Explains chosen images.

    Parameters
    ----------
    explainer
        Over the head's labels.
    dataset
        The labelled images.
    names
        What to call each node.
    silhouettes
        Averaged silhouettes by label.
    """

    explainer: Explainer
    dataset: Dataset
    names: Mapping[str, str]
    silhouettes: Mapping[str, NDArray[np.uint8]]

    def cases(self, ids: tuple[str, ...], leaves: Floats, truth: Ints, clades: Sequence[int]) -> Iterator[Worked]:
        """Yield the worked explanations, the corrected one first.

        Parameters
        ----------
        ids, leaves, truth
            (n,) ids, (n, n_labels) leaf probabilities and (n,) true columns of the test images.
        clades
            (n_labels,) as in `worked_images`.
        """
        tree = self.dataset.tree
        fit, others = worked_images(
            tree, leaves, truth, self.explainer.sure, clades=clades, corrected=self._correctable()
        )
        row = {item.record.id: place for place, item in enumerate(self.dataset.images)}
        chosen = [*([] if fit is None else [fit]), *others]
        pictures = vignettes([self.dataset.images[row[ids[image]]] for image in chosen])
        for image, picture in zip(chosen, pictures, strict=True):
            answers = {CORRECTED: 0.0} if image == fit else {}
            features = self.dataset.features[row[ids[image]]]
            yield self._case(ids[image], features, tree.labels[truth[image]], picture, answers)

    def _correctable(self) -> list[int]:
        """Return the labels whose rows hold the concept to correct."""
        concepts = self.dataset.concepts
        if CORRECTED not in concepts or CORRECTED not in self.explainer.head.concepts:
            return []
        return [int(code) for code in np.flatnonzero(self.dataset.rows[:, concepts.index(CORRECTED)] > 0.5)]

    def _case(
        self, image: str, features: NDArray[np.float32], label: str, picture: bytes | None, answers: dict[str, float]
    ) -> Worked:
        before = self.explainer.explain(image, features)
        after = self.explainer.explain(image, features, answers) if answers else None
        return Worked(before, label, self.names[label], picture, self._portraits(label, before.leaf, features), after)

    def _portraits(self, label: str, leaf: str, features: NDArray[np.float32]) -> tuple[Portrait, ...]:
        """Return the silhouettes of the truth, of the best label and of the next best."""
        head, tree = self.explainer.head, self.dataset.tree
        probabilities = head.probabilities(head.scores(features[None]))[0]
        order = [tree.labels[int(code)] for code in np.argsort(-probabilities, kind="stable")[:2]]
        roles = {label: ["true label"]}
        for node, role in zip(order, ("best guess", "next best"), strict=False):
            roles.setdefault(node, []).append(role)
        return tuple(
            Portrait(node, self.names[node], ", ".join(said))
            for node, said in roles.items()
            if node in self.silhouettes
        )


def vignettes(images: Sequence[Listed]) -> list[bytes | None]:
    """Return each image as a PNG of at most 320 pixels a side, None where it is not at hand."""
    with ExitStack() as stack:
        opened: dict[str, Vignettes] = {}
        for root in {item.root for item in images if item.root and Path(item.root).exists()}:
            opened[root] = stack.enter_context(Vignettes(Path(root)))
        return [_png(opened[item.root], item.record.path) if item.root in opened else None for item in images]


def _png(images: Vignettes, name: str) -> bytes | None:
    from PIL import Image

    try:
        picture = Image.fromarray(images.grey(name))
    except SestonError:  # moved or damaged since it was measured: the features are all that is needed
        return None
    picture.thumbnail((_PIXELS, _PIXELS))
    stream = io.BytesIO()
    picture.save(stream, "PNG", optimize=True)
    return stream.getvalue()
