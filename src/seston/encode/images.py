"""Images of a workspace to features: in chunks, resumable, with broken images left out and named."""

import hashlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from seston.disk import writing_errors
from seston.encode.base import ImageEncoder
from seston.encode.features import FeatureSet, merged
from seston.encode.projection import Projection
from seston.errors import InvalidFeatures, InvalidImage, UnknownImage
from seston.records import ImageRecord
from seston.vignettes import Grey, Problem, Vignettes

CHUNK = 256
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Encoded:
    """The features of the images that could be read, and the others with the reason."""

    features: FeatureSet
    problems: tuple[Problem, ...]


def encode_records(
    records: Sequence[ImageRecord],
    root: Path,
    encoder: ImageEncoder,
    projection: Projection | None = None,
    progress: Progress | None = None,
    chunks: Path | None = None,
) -> Encoded:
    """Encode images, a chunk at a time.

    Parameters
    ----------
    records
        The images; `path` is relative to `root`.
    root
        The folder or zip archive in which they lie.
    encoder
        The encoder.
    projection
        Makes the features narrower; by default they stay as they are.
    progress
        Called with the number of images done and of all images, after each chunk.
    chunks
        Folder that keeps finished chunks, so that a killed run continues; by default nothing is kept. The caller
        removes it once the features are saved; `encode_to_file` does.

    Returns
    -------
    Encoded
        Features in the order of the records, and the problems.

    Raises
    ------
    InvalidFeatures
        If the projection is for another encoder, or no image can be read.
    """
    if projection is not None:
        projection.accepts(encoder)
    parts: list[FeatureSet] = []
    problems: list[Problem] = []
    with Vignettes(root) as images:
        for start in range(0, len(records), CHUNK):
            chunk = records[start : start + CHUNK]
            kept = None if chunks is None else chunks / f"{_key(chunk, encoder, projection)}.safetensors"
            part, broken = _kept(kept, chunk, images) or _encoded(chunk, images, encoder, projection, kept)
            parts.append(part)
            problems.extend(broken)
            if progress is not None:
                progress(start + len(chunk), len(records))
    features = merged(parts or [_empty(encoder, projection)])
    if not features.ids:
        raise InvalidFeatures(
            f"None of {len(records)} images can be read.",
            hint="Look at the list of problems; 'seston import images' makes the list of images.",
            problems=[str(problem) for problem in problems],
        )
    return Encoded(features, tuple(problems))


def encode_to_file(
    path: Path,
    records: Sequence[ImageRecord],
    root: Path,
    encoder: ImageEncoder,
    projection: Projection | None = None,
    progress: Progress | None = None,
    *,
    bits: Literal[8, 16, 32] = 16,
) -> Encoded:
    """Encode images into a file of the feature store; finished chunks lie beside it until it is written.

    Parameters
    ----------
    path
        File to write; ``<path>.chunks`` is a folder while it is not finished.
    records, root, encoder, projection, progress
        As in `encode_records`.
    bits
        Bits a value, as in `FeatureSet.save`.

    Returns
    -------
    Encoded
        What was written, and the problems.
    """
    chunks = path.with_name(f"{path.name}.chunks")
    encoded = encode_records(records, root, encoder, projection, progress, chunks)
    encoded.features.save(path, bits=bits)
    with writing_errors(chunks):
        shutil.rmtree(chunks, ignore_errors=True)
    return encoded


def _encoded(
    chunk: Sequence[ImageRecord],
    images: Vignettes,
    encoder: ImageEncoder,
    projection: Projection | None,
    kept: Path | None,
) -> tuple[FeatureSet, list[Problem]]:
    readable: list[tuple[str, Grey]] = []
    problems: list[Problem] = []
    for item in _read(chunk, images):
        if isinstance(item, Problem):
            problems.append(item)
        else:
            readable.append(item)
    part = _empty(encoder, None)
    if readable:
        ids = tuple(name for name, _ in readable)
        values = encoder.encode([pixels for _, pixels in readable])
        part = FeatureSet(encoder.name, encoder.fingerprint, ids, values, encoder.columns)
    if projection is not None:
        part = projection.apply(part)
    if kept is not None:
        part.save(kept, bits=32)
    return part, problems


def _kept(
    path: Path | None, chunk: Sequence[ImageRecord], images: Vignettes
) -> tuple[FeatureSet, list[Problem]] | None:
    if path is None or not path.exists():
        return None
    try:
        part = FeatureSet.load(path)
    except InvalidFeatures:
        return None
    # The images that the chunk lacks are read again, to say why, and in case they have been mended.
    done = set(part.ids)
    again = list(_read([record for record in chunk if record.id not in done], images))
    problems = [item for item in again if isinstance(item, Problem)]
    return (part, problems) if len(problems) == len(again) == len(chunk) - len(done) else None


def _read(chunk: Sequence[ImageRecord], images: Vignettes) -> Iterator[tuple[str, Grey] | Problem]:
    for record in chunk:
        try:
            yield record.id, images.grey(record.path)
        except InvalidImage as error:
            yield Problem(record.id, error.problems[0])
        except UnknownImage:
            yield Problem(record.id, f"there is no file {record.path}")


def _empty(encoder: ImageEncoder, projection: Projection | None) -> FeatureSet:
    part = FeatureSet(encoder.name, encoder.fingerprint, (), np.empty((0, encoder.width), np.float32), encoder.columns)
    return part if projection is None else projection.apply(part)


def _key(chunk: Sequence[ImageRecord], encoder: ImageEncoder, projection: Projection | None) -> str:
    made_by = f"{encoder.name} {encoder.fingerprint} {projection.output_fingerprint if projection else ''}"
    lines = [made_by, *(f"{record.id}\t{record.path}\t{record.sha256}" for record in chunk)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:24]
