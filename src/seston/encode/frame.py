"""The frame of a vignette: its ground, and the square that a network wants."""

import numpy as np
from PIL import Image

from seston.encode.network import SIDE
from seston.vignettes import Grey


def square(image: Grey, side: int = SIDE) -> Grey:
    """Scale an image to fit a square and fill the rest with its ground.

    Parameters
    ----------
    image
        Array (height, width) of 8-bit values.
    side
        Side of the square, in pixels.

    Returns
    -------
    Grey
        Array (side, side).
    """
    scale = side / max(image.shape)
    height, width = (max(1, round(length * scale)) for length in image.shape)
    canvas = np.full((side, side), ground(image), np.uint8)
    top, left = (side - height) // 2, (side - width) // 2
    scaled = Image.fromarray(image).resize((width, height), Image.Resampling.BILINEAR)
    canvas[top : top + height, left : left + width] = np.asarray(scaled)
    return canvas


def ground(image: Grey) -> int:
    """Return the median grey value of the border of an image."""
    return int(np.median(np.concatenate((image[0], image[-1], image[:, 0], image[:, -1]))))
