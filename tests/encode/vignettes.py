"""Small generated vignettes: dark bodies on a light ground, as a shadowgraph shows them."""

import io
from pathlib import Path

import numpy as np
from PIL import Image

from seston.vignettes import Grey


def blob(height: int = 40, width: int = 60, *, seed: int = 0) -> Grey:
    """A dark, slanted, lopsided body with a tail, and a little grain inside it."""
    rows, columns = np.mgrid[:height, :width].astype(float)
    x, y = (columns - width / 2) / (0.3 * width), (rows - height / 2) / (0.25 * height)
    body = ((x + 0.4 * y) ** 2 + (y - 0.3 * x) ** 2 < 0.6) | ((abs(y - 0.5 * x) < 0.15) & (x > 0) & (x < 1.3))
    grain = np.random.default_rng(seed).integers(0, 40, (height, width))
    return np.where(body, 60 + grain, 255).astype(np.uint8)


def disc(side: int = 60, radius: float = 20, *, level: int = 60, hole: float = 0) -> Grey:
    rows, columns = np.mgrid[:side, :side] - (side - 1) / 2
    distance = np.hypot(rows, columns)
    return np.where((distance <= radius) & (distance >= hole), level, 255).astype(np.uint8)


def bar(length: int = 48, thickness: int = 8, side: int = 60) -> Grey:
    image = np.full((side, side), 255, np.uint8)
    top, left = (side - thickness) // 2, (side - length) // 2
    image[top : top + thickness, left : left + length] = 80
    return image


def png(image: Grey) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(image).save(buffer, "PNG")
    return buffer.getvalue()


def write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
