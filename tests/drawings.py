"""Drawn vignettes of a few labels: dark shapes on a light, noisy ground, as plankton cameras see them."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Grey = NDArray[np.uint8]
Mask = NDArray[np.bool_]
PER_LABEL = 12


def _ellipse(y: NDArray[np.float64], x: NDArray[np.float64], a: float, b: float) -> Mask:
    return (y / a) ** 2 + (x / b) ** 2 < 1


def _calanoid(y: NDArray[np.float64], x: NDArray[np.float64]) -> Mask:
    antennae = (np.abs(y + 0.35) < 0.03) & (np.abs(x) < 0.9)
    tail = (np.abs(x) < 0.06) & (y > 0.3) & (y < 0.9)
    return _ellipse(y, x, 0.55, 0.25) | antennae | tail


def _with_eggs(y: NDArray[np.float64], x: NDArray[np.float64]) -> Mask:
    return _calanoid(y, x) | _ellipse(y - 0.6, x - 0.15, 0.22, 0.22)


def _arrow_worm(y: NDArray[np.float64], x: NDArray[np.float64]) -> Mask:
    return _ellipse(y, x, 0.97, 0.06)


def _medusa(y: NDArray[np.float64], x: NDArray[np.float64]) -> Mask:
    bell = _ellipse(y + 0.2, x, 0.5, 0.6) & ~_ellipse(y + 0.2, x, 0.42, 0.52)
    return bell | ((np.abs(np.sin(9 * x)) < 0.2) & (np.abs(x) < 0.5) & (y > 0.2) & (y < 0.8))


def _blob(y: NDArray[np.float64], x: NDArray[np.float64]) -> Mask:
    return _ellipse(y, x, 0.6, 0.5) | _ellipse(y - 0.4, x + 0.4, 0.35, 0.3)


def _chain(y: NDArray[np.float64], x: NDArray[np.float64]) -> Mask:
    return (np.abs(y - 0.3 * np.sin(4 * x)) < 0.04) & (np.abs(x) < 0.95)


SHAPES: dict[str, Callable[[NDArray[np.float64], NDArray[np.float64]], Mask]] = {
    "chaetognath_sagitta": _arrow_worm,
    "copepod_calanoid": _calanoid,
    "copepod_calanoid_eggs": _with_eggs,
    "detritus_blob": _blob,
    "diatom_chain_string": _chain,
    "hydromedusae_solmaris": _medusa,
}


def drawing(label: str, seed: int) -> Grey:
    """Return a vignette (height, width) of a label, turned, sized and shaded by chance."""
    rng = np.random.default_rng((seed, sorted(SHAPES).index(label)))
    height, width = rng.integers(48, 80, 2)
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    turn = rng.normal(0, 0.3)
    mask = SHAPES[label](np.cos(turn) * y - np.sin(turn) * x, np.sin(turn) * y + np.cos(turn) * x)
    shade = np.where(mask, rng.integers(40, 90), 230) + rng.normal(0, 4, mask.shape)
    return np.clip(shade, 0, 255).astype(np.uint8)


def draw_folder(root: Path, per_label: int = PER_LABEL) -> Path:
    """Write a folder of vignettes, one folder a label, and return it."""
    for label in SHAPES:
        (root / label).mkdir(parents=True)
        for number in range(per_label):
            Image.fromarray(drawing(label, number)).save(root / label / f"{number:02d}.png")
    return root
