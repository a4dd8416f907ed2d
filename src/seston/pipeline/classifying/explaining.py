"""Everything that an explanation needs, opened from a workspace."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from seston.concepts import Scheme, load_scheme
from seston.encode import FeatureSet
from seston.errors import MissingStage
from seston.explain.sentences import Sayings
from seston.explain.steps import Explainer
from seston.graph.columnar.core import Core
from seston.pipeline.classifying.dataset import tree_over
from seston.pipeline.classifying.images import find_image
from seston.pipeline.classifying.learning import HEADS, Head, load_head, require_same
from seston.pipeline.classifying.measuring import load_features, measure
from seston.pipeline.knowledge import CORE, KNOWLEDGE, read_sayings
from seston.pipeline.stages import Progress, bring_up_to_date
from seston.records import ImageRecord
from seston.workspace import Workspace


@dataclass(frozen=True, eq=False)
class Opened:
    """A head with the graph and the text behind it.

    Parameters
    ----------
    core, scheme, head, sayings
        As built in the workspace.
    """

    core: Core
    scheme: Scheme
    head: Head
    sayings: Sayings

    @cached_property
    def node_names(self) -> Mapping[str, str]:
        """What to call each node."""
        return dict(zip(self.core.hierarchy.ids, self.core.hierarchy.names, strict=True))

    @cached_property
    def explainer(self) -> Explainer:
        """The explainer over the head's labels."""
        names = {concept.id: concept.label for concept in self.scheme.concepts}
        tree = tree_over(self.core, self.head.labels)
        return Explainer(self.head, tree, self.sayings, self.node_names, names)


def explainer_of(workspace: Workspace, head: str, progress: Progress) -> Opened:
    """Open a head; the graph and the dictionary are built first when they are missing.

    Raises
    ------
    MissingStage
        If no model was trained.
    """
    if not workspace.path(HEADS[head]).exists():
        if head == "choquet":
            raise MissingStage(f"No Choquet head in {workspace.root}.", hint="Run 'seston train --head choquet'.")
        raise MissingStage(
            f"No model in {workspace.root}.", hint="Run 'seston train', or 'seston demo' for everything."
        )
    bring_up_to_date(workspace, KNOWLEDGE[:2], progress, missing_only=True)
    core, scheme = Core.load(workspace.path(CORE)), load_scheme()
    return Opened(core, scheme, load_head(workspace, head), read_sayings(workspace))


def features_of(workspace: Workspace, image: str, head: Head) -> tuple[str, NDArray[np.float32]]:
    """Return id and features (n_features,) of an image of the workspace, or of an image file, for a head to read.

    Raises
    ------
    UnknownImage
        If it is neither.
    InvalidImage
        If the file cannot be read as an image.
    InvalidFeatures
        If the features are not those that the head was trained on.
    """
    name, found = _measured(workspace, image)
    require_same(head, found.encoder, found.fingerprint)
    return name, found.values[0]


def _measured(workspace: Workspace, image: str) -> tuple[str, FeatureSet]:
    listed = find_image(workspace, image)
    if listed is None:
        path = Path(image)
        return image, measure([_record_of(path)], path.parent)
    known = load_features(workspace)
    if listed.record.id in known.ids:
        return listed.record.id, known.select([listed.record.id])
    return listed.record.id, measure([listed.record], Path(listed.root))


def _record_of(path: Path) -> ImageRecord:
    from seston.vignettes import decode

    pixels = decode(path.read_bytes(), path.name)
    return ImageRecord(path.name, path.name, pixels.shape[1], pixels.shape[0], "")
