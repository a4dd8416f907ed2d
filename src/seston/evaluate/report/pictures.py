"""Averaged silhouettes as small pictures of one ink, so that the page chooses its colour."""

from base64 import b64encode
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

_LEVELS = 32


def ink(silhouette: NDArray[np.uint8]) -> str:
    """Return a silhouette as a data URI of a PNG: black ink, as opaque as the body was on average.

    Parameters
    ----------
    silhouette
        (height, width) opacity, 0 the ground. It is stretched to full darkness, for transparent bodies would vanish.

    Returns
    -------
    str
        ``data:image/png;base64,…``.
    """
    from PIL import Image

    opacity = np.asarray(silhouette, dtype=np.float64)
    levels = np.rint(opacity / max(float(opacity.max()), 1.0) * (_LEVELS - 1)).astype(np.uint8)
    # A palette whose entries differ only in opacity is half the size of grey with an alpha channel.
    image = Image.frombytes("P", (levels.shape[1], levels.shape[0]), levels.tobytes())
    image.putpalette([0] * (3 * _LEVELS))
    stream = BytesIO()
    alpha = bytes(round(255 * level / (_LEVELS - 1)) for level in range(_LEVELS))
    image.save(stream, "PNG", optimize=True, transparency=alpha)
    return f"data:image/png;base64,{b64encode(stream.getvalue()).decode('ascii')}"
