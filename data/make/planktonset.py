"""Measure PlanktonSet: features, projection, morphometry, averaged silhouettes, and the list of images.

Reads ``data/planktonset`` below ``SESTON_SHARED`` (by default ``shared`` beside the repository) and writes
``data/planktonset``. No image leaves it; what is averaged or fitted uses train images only. A killed run continues::

    python data/make/planktonset.py --work /tmp/planktonset [--compare]
"""

import argparse
import csv
import gzip
import io
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from seston.bundled import folder
from seston.disk import write_bytes
from seston.encode import FeatureSet, Projection, encode_to_file, image_encoder
from seston.encode.images import Progress
from seston.encode.silhouette import aligned, save_silhouettes, silhouette
from seston.encode.tensors import dequantised, quantised
from seston.records import ImageRecord
from seston.sources.images import read_images
from seston.vignettes import Vignettes

WIDTH = 1088
DRAWS = tuple(f"{share}_s{seed}" for share in ("p01", "p10") for seed in range(5))
COLUMNS = ("file", "label", "split", "width", "height", *DRAWS)
STRENGTHS = (1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2)
Row = dict[str, str]


def main() -> None:
    """Write every file of ``data/planktonset``."""
    default = os.environ.get("SESTON_SHARED", str(Path(__file__).resolve().parents[3] / "shared"))
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--shared", type=Path, default=Path(default), help="folder that holds data/planktonset")
    parser.add_argument("--work", type=Path, default=Path("planktonset-work"), help="folder for unprojected features")
    parser.add_argument("--compare", action="store_true", help="also compare other widths and bits on the hold-out")
    options = parser.parse_args()
    source, target = options.shared / "data" / "planktonset", folder("data") / "planktonset"
    images = source / "images.zip"
    with (source / "splits.csv").open(newline="") as stream:
        splits = {row["file"]: row for row in csv.DictReader(stream)}
    records = listed(images, splits)
    write_images(target / "images.csv.gz", records, splits)
    raw = encoded(options.work / "raw.safetensors", records, images, "efficientnet-lite0")
    train = [record.id for record in records if record.split == "train"]
    report(raw.select(train), [splits[name]["label"] for name in train], options.compare)
    projection = Projection.fit(raw.select(train), WIDTH)
    projection.save(target / "projection.safetensors")
    projection.apply(raw).save(target / "features.safetensors", bits=8)
    encoded(target / "morphometry.safetensors", records, images, "morphometry", bits=32)
    write_silhouettes(target / "silhouettes.safetensors", records, images)


def listed(images: Path, splits: dict[str, Row]) -> list[ImageRecord]:
    """Return the records of the images in `splits`, in its order; stops when one cannot be read."""
    listing = read_images(images)
    found = {record.id: record for record in listing.records}
    missing = [name for name in splits if name not in found]
    if missing or listing.problems:
        sys.exit(f"{len(missing)} images are missing; problems: {[str(problem) for problem in listing.problems]}")
    return [replace(found[name], label=row["label"], split=row["split"]) for name, row in splits.items()]


def write_images(path: Path, records: list[ImageRecord], splits: dict[str, Row]) -> None:
    """Write the list of images as gzipped CSV, without a clock time in it."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows({**splits[r.id], "width": r.width, "height": r.height} for r in records)
    write_bytes(path, gzip.compress(text.getvalue().encode(), 9, mtime=0))


def encoded(
    path: Path, records: list[ImageRecord], images: Path, encoder: str, *, bits: Literal[16, 32] = 16
) -> FeatureSet:
    """Return the features of all images, from `path` when they are there already.

    They are read back even when just made: the next run must start from the same bits.
    """
    maker = image_encoder(encoder)
    if not path.exists() or FeatureSet.load(path).fingerprint != maker.fingerprint:
        encode_to_file(path, records, images, maker, progress=show(encoder), bits=bits)
    return FeatureSet.load(path).select([record.id for record in records])


def show(what: str) -> Progress:
    """Return a function that prints progress to stderr."""
    return lambda done, total: print(f"{what}: {done:,} of {total:,}", file=sys.stderr)


def write_silhouettes(path: Path, records: list[ImageRecord], images: Path) -> None:
    """Write the averaged silhouette of each label's train images."""
    counts = Counter(record.label for record in records if record.split == "train")
    sums = {label: np.zeros((64, 64)) for label in counts}
    with Vignettes(images) as vignettes:
        for record in records:
            if record.split == "train":
                sums[record.label] += aligned(silhouette(vignettes.grey(record.path)))
    save_silhouettes(path, sums, counts)


def report(train: FeatureSet, labels: list[str], compare: bool) -> None:
    """Print what the projection loses, on a quarter of train that it was not fitted on."""
    names, y = np.unique(labels, return_inverse=True)
    held = hold_out(y, len(names))
    kept = [name for name, out in zip(train.ids, held, strict=True) if not out]
    print(f"ridge on {len(kept):,} train images, scored on {held.sum():,} others: accuracy, balanced accuracy")
    accuracy, balanced = ridge(train.values, y, held)
    print(f"unprojected, {train.width} columns: {accuracy:.4f} {balanced:.4f}")
    widest = 1216 if compare else WIDTH
    values = Projection.fit(train.select(kept), widest).apply(train).values
    for width, bits in choices(compare):
        accuracy, balanced = ridge(dequantised(quantised(values[:, :width], bits)), y, held)
        print(f"projected, {width} columns of {bits} bits: {accuracy:.4f} {balanced:.4f}", flush=True)


def choices(compare: bool) -> Iterator[tuple[int, int]]:
    """Yield columns and bits to try: what is shipped, and what else would fit into the same room."""
    yield WIDTH, 8
    if compare:
        yield from ((256, 32), (512, 16), (512, 8), (1024, 8), (1024, 16), (1216, 8))


def hold_out(y: NDArray[np.intp], labels: int) -> NDArray[np.bool_]:
    """Return a mask (n,) of a quarter of each label's images, at least one."""
    rng = np.random.default_rng(0)
    held = np.zeros(len(y), bool)
    for label in range(labels):
        rows = rng.permutation(np.flatnonzero(y == label))
        held[rows[: max(1, round(len(rows) / 4))]] = True
    return held


def ridge(values: NDArray[np.float32], y: NDArray[np.intp], held: NDArray[np.bool_]) -> tuple[float, float]:
    """Return accuracy and balanced accuracy of the best of a few ridge classifiers on the images held out."""
    targets = (y[:, None] == np.arange(y.max() + 1)).astype(np.float32)
    mean, prior = values[~held].mean(0), targets[~held].mean(0)
    centred = values[~held] - mean
    scale, basis = np.linalg.eigh((centred.T @ centred).astype(np.float64))
    inner = basis.T @ (centred.T @ (targets[~held] - prior))
    turned = (values[held] - mean) @ basis
    scores = (turned @ (inner / (scale + s * scale.mean())[:, None]) + prior for s in STRENGTHS)
    return max(accuracies(score.argmax(1), y[held]) for score in scores)


def accuracies(predicted: NDArray[np.intp], truth: NDArray[np.intp]) -> tuple[float, float]:
    """Return accuracy, and the mean of the labels' recalls."""
    hits = predicted == truth
    return float(hits.mean()), float(np.mean([hits[truth == label].mean() for label in np.unique(truth)]))


if __name__ == "__main__":
    main()
