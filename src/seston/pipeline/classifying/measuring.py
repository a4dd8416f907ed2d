"""The stage from images to features: what the network sees, and beside it what is measured on the silhouette."""

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from seston.bundled import folder
from seston.disk import replacing
from seston.encode import FeatureSet, Projection, image_encoder
from seston.encode.images import encode_records, encode_to_file
from seston.encode.joined import joined
from seston.errors import MissingStage
from seston.pipeline.classifying.images import INDEX, bundled_images, read_index
from seston.pipeline.stages import Progress, Stage
from seston.pipeline.threads import one_thread
from seston.records import ImageRecord
from seston.workspace import Workspace

FEATURES = "features"
NETWORK, MEASURES = "efficientnet-lite0", "morphometry"
PROJECTION = "planktonset/projection.safetensors"
BUNDLED = {NETWORK: "planktonset/features.safetensors", MEASURES: "planktonset/morphometry.safetensors"}
_BUNDLED_KEY = "planktonset"


@one_thread()
def measure_features(workspace: Workspace, progress: Progress) -> Mapping[str, Any]:
    """Encode the images of the workspace whose files are at hand; bundled features are copied."""
    listed = read_index(workspace)
    if not listed:
        raise MissingStage(f"No images in {workspace.root}.", hint="Run 'seston import images PATH' first.")
    if any(not item.root for item in listed):
        for encoder, file in BUNDLED.items():
            with replacing(workspace.path(features_file(encoder, _BUNDLED_KEY))) as sibling:
                shutil.copyfile(folder("data") / file, sibling)
    for root in sorted({item.root for item in listed if item.root}):
        _measure(workspace, [item.record for item in listed if item.root == root], root, progress)
    return {"encoders": [NETWORK, MEASURES]}


@one_thread()
def measure(records: Sequence[ImageRecord], root: Path) -> FeatureSet:
    """Return the features of a few images, nothing kept on disk."""
    deep, measures = (
        encode_records(records, root, image_encoder(name), _projection(name)).features for name in (NETWORK, MEASURES)
    )
    return joined(deep, measures, reference())


def load_features(workspace: Workspace) -> FeatureSet:
    """Return the features of all images of a workspace; measured ones go before bundled ones.

    Raises
    ------
    MissingStage
        If there are none.
    InvalidFeatures
        If files are of different encoders.
    """
    roots = sorted({item.root for item in read_index(workspace) if item.root})
    found = []
    for key in (*map(_key, roots), _BUNDLED_KEY):
        files = [workspace.path(features_file(name, key)) for name in (NETWORK, MEASURES)]
        if all(file.exists() for file in files):
            found.append(joined(FeatureSet.load(files[0]), FeatureSet.load(files[1]), reference()))
    if not found:
        hint = "Run 'seston features' after 'seston import images PATH'."
        raise MissingStage(f"No features in {workspace.root}.", hint=hint)
    return union(found)


def union(sets: Sequence[FeatureSet]) -> FeatureSet:
    """Return all images of several feature sets, each from the first set that has it."""
    import numpy as np

    whole = sets[0]
    for other in sets[1:]:
        other.require(encoder=whole.encoder, fingerprint=whole.fingerprint, width=whole.width)
        have = set(whole.ids)
        rest = [name for name in other.ids if name not in have]
        if rest:
            values = np.concatenate([whole.values, other.select(rest).values])
            whole = FeatureSet(whole.encoder, whole.fingerprint, (*whole.ids, *rest), values, whole.columns)
    return whole


def reference() -> FeatureSet:
    """Return the measures of the bundled train images, which say what is usual."""
    train = [item.record.id for item in bundled_images() if item.record.split == "train"]
    return FeatureSet.load(folder("data") / BUNDLED[MEASURES]).select(train)


def features_file(encoder: str, key: str) -> str:
    """Return the file of the workspace that holds what an encoder made of the images of a source."""
    return f"{FEATURES}/{encoder}-{key}.safetensors"


def _measure(workspace: Workspace, records: Sequence[ImageRecord], root: str, progress: Progress) -> None:
    problems: dict[str, None] = {}
    for name in (NETWORK, MEASURES):
        path = workspace.path(features_file(name, _key(root)))
        encoded = encode_to_file(path, records, Path(root), image_encoder(name), _projection(name), progress.done)
        problems |= dict.fromkeys(str(problem) for problem in encoded.problems)
    for problem in problems:
        progress.note(f"left out: {problem}")
    progress.note(f"{len(records) - len(problems)} images measured, {len(problems)} left out")


def _projection(encoder: str) -> Projection | None:
    return Projection.load(folder("data") / PROJECTION) if encoder == NETWORK else None


def _key(root: str) -> str:
    return hashlib.sha256(root.encode()).hexdigest()[:8]


MEASURING = (
    Stage(
        "features",
        "images to features: eight views through the network, and the silhouette measured",
        (f"data/{PROJECTION}", *(f"data/{file}" for file in BUNDLED.values())),
        (INDEX,),
        (),
        measure_features,
        makes=(f"{FEATURES}/*.safetensors",),
    ),
)
