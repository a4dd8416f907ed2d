"""The organism cut from its ground: opacity, mask, and pose."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from seston.encode.frame import ground
from seston.encode.tensors import FORMAT, read_tensors, write_tensors
from seston.vignettes import Grey

Opacity = NDArray[np.float64]
Mask = NDArray[np.bool_]

SIDE = 64
_FAINTEST = 8 / 255
_MARGIN = 4


@dataclass(frozen=True)
class Silhouette:
    """An organism and its ground.

    Parameters
    ----------
    opacity
        Array (height, width) in [0, 1]: how much a pixel differs from the ground, 0 the ground itself.
    mask
        Array (height, width): the connected object of the largest summed opacity.
    objects
        Number of connected objects of at least 4 px² and a hundredth of its area.
    """

    opacity: Opacity
    mask: Mask
    objects: int


def silhouette(image: Grey) -> Silhouette:
    """Cut the organism from its ground.

    The ground is the median of the border; on a light ground objects are dark, on a dark one light. Everything above
    half of Otsu's threshold counts, so that transparent bodies stay in one piece.

    Parameters
    ----------
    image
        Array (height, width) of 8-bit values, of more than one.

    Returns
    -------
    Silhouette
        Of arrays (height, width); its mask holds at least one pixel.
    """
    from scipy.ndimage import label

    level = ground(image)
    darker = (level - image.astype(np.float64)) / 255
    opacity = np.clip(darker if level >= 128 else -darker, 0, None)
    if not opacity.any():
        opacity = np.abs(darker)
    threshold = min(max(_otsu(opacity) / 2, _FAINTEST), opacity.max() * 0.999)
    labels, _ = label(opacity > threshold, np.ones((3, 3)))
    areas = np.bincount(labels.ravel())[1:]
    main = int(np.bincount(labels.ravel(), opacity.ravel())[1:].argmax())
    return Silhouette(opacity, labels == main + 1, int((areas >= max(areas[main] / 100, 4)).sum()) or 1)


def pose(weights: Opacity) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return where a body lies.

    Parameters
    ----------
    weights
        Array (height, width), zero outside the body.

    Returns
    -------
    tuple
        Centre (row, column), axes (2, 2) with the longer one first as unit rows, and variances (2,) in px².
    """
    rows, columns = np.nonzero(weights)
    w = weights[rows, columns] / weights.sum()
    points = np.stack([rows, columns]).astype(np.float64)
    centre = points @ w
    shifted = points - centre[:, None]
    # A pixel is a square of side 1, whose own variance is 1/12.
    variances, vectors = np.linalg.eigh((shifted * w) @ shifted.T + np.eye(2) / 12)
    return centre, vectors.T[::-1], variances[::-1]


def aligned(body: Silhouette, side: int = SIDE) -> Opacity:
    """Turn a body so that its longer axis lies level and its heavier end left, and scale it to a square.

    Parameters
    ----------
    body
        The organism.
    side
        Side of the square, in pixels.

    Returns
    -------
    Opacity
        Array (side, side): opacity of the body, 0 outside.
    """
    from scipy.ndimage import affine_transform, gaussian_filter

    inside = np.where(body.mask, body.opacity, 0.0)
    centre, axes, _ = pose(body.mask.astype(np.float64))
    long, short = axes * _heavier_side(inside, centre, axes)[:, None]
    points = (np.argwhere(body.mask) - centre) @ np.stack([short, long]).T
    low, high = points.min(0) - 0.5, points.max(0) + 0.5
    scale = (high - low).max() / (side - 2 * _MARGIN)
    # What is shrunk is blurred first, or thin parts would drop between the samples.
    smooth = gaussian_filter(inside, 0.4 * scale) if scale > 1 else inside
    turn = np.stack([short, long], 1) * scale
    middle = centre + np.stack([short, long], 1) @ (low + high) / 2
    offset = middle - turn @ np.full(2, (side - 1) / 2)
    turned: Opacity = np.clip(affine_transform(smooth, turn, offset, (side, side), order=1), 0, 1)
    return turned


def save_silhouettes(path: Path, sums: Mapping[str, Opacity], counts: Mapping[str, int]) -> None:
    """Write averaged silhouettes, one a label; each is brightened until its darkest pixel is opaque.

    Parameters
    ----------
    path
        File to write, safetensors.
    sums
        For each label the summed `aligned` images (side, side).
    counts
        For each label how many images were summed.
    """
    labels = sorted(sums)
    averages = np.stack([sums[label] / sums[label].max() for label in labels])
    about = {"kind": "silhouettes", "format": FORMAT, "labels": labels, "counts": [counts[label] for label in labels]}
    write_tensors(path, {"silhouettes": np.rint(255 * averages).astype(np.uint8)}, about)


def load_silhouettes(path: Path) -> dict[str, Grey]:
    """Read averaged silhouettes.

    Parameters
    ----------
    path
        File that `save_silhouettes` wrote.

    Returns
    -------
    dict
        For each label an array (64, 64): 0 the ground, 255 opaque.
    """
    tensors, about = read_tensors(path, "silhouettes")
    return dict(zip(about["labels"], tensors["silhouettes"], strict=True))


def _otsu(opacity: Opacity) -> float:
    from skimage.filters import threshold_otsu

    return float(threshold_otsu(opacity))  # type: ignore[no-untyped-call]  # until scikit-image is annotated


def _heavier_side(inside: Opacity, centre: NDArray[np.float64], axes: NDArray[np.float64]) -> NDArray[np.float64]:
    # The third moment says towards which end the tail points; the body's weight then lies on the other.
    rows, columns = np.nonzero(inside)
    along = (np.stack([rows, columns], 1) - centre) @ axes.T
    skewness = inside[rows, columns] @ along**3
    return np.where(skewness < 0, -1.0, 1.0)
