"""What an image encoder is, and which ones there are."""

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from seston.errors import InvalidImage, UsageError
from seston.vignettes import Grey

Matrix = NDArray[np.float32]


class ImageEncoder(Protocol):
    """Frozen: the same image has the same features, alone or in a batch, today or next year.

    Attributes
    ----------
    name
        Name of the encoder, as the command line knows it.
    fingerprint
        Changes whenever the features would: hash of weights and recipe.
    width
        Number of features, d.
    columns
        Names of the features, (d,), or empty when they have none.
    """

    @property
    def name(self) -> str: ...  # noqa: D102

    @property
    def fingerprint(self) -> str: ...  # noqa: D102

    @property
    def width(self) -> int: ...  # noqa: D102

    @property
    def columns(self) -> tuple[str, ...]: ...  # noqa: D102

    def encode(self, images: Sequence[Grey]) -> Matrix:
        """Encode images.

        Parameters
        ----------
        images
            n arrays (height, width) of 8-bit grey values, of any sizes.

        Returns
        -------
        Matrix
            Features (n, d), finite.

        Raises
        ------
        InvalidImage
            If an array has another type or shape, or no pixels.
        """
        ...


def check_images(images: Sequence[Grey]) -> None:
    """Refuse what is no non-empty (height, width) array of 8-bit values, all at once.

    Raises
    ------
    InvalidImage
        With one line for each array that does not fit.
    """
    wrong = [
        f"image {i}: {image.dtype} of shape {image.shape}"
        for i, image in enumerate(images)
        if image.ndim != 2 or image.dtype != np.uint8 or image.size == 0
    ]
    if wrong:
        raise InvalidImage(
            f"{len(wrong)} of {len(images)} images are no (height, width) arrays of 8-bit grey values: {wrong[0]}.",
            hint="Read images with seston.vignettes.",
            problems=wrong,
        )


def image_encoder(name: str, *, cache: Path | None = None) -> ImageEncoder:
    """Return the image encoder of that name.

    Parameters
    ----------
    name
        "efficientnet-lite0" or "morphometry".
    cache
        Folder for converted networks; by default ``seston`` in the user's cache folder.

    Returns
    -------
    ImageEncoder
        The encoder; its network is loaded when it is first used.

    Raises
    ------
    UsageError
        If there is no such encoder.

    Examples
    --------
    >>> image_encoder("morphometry").columns[0]
    'area'
    """
    from seston.encode.efficientnet import EfficientNetLite0
    from seston.encode.morphometry import Morphometry

    makers: dict[str, Callable[[], ImageEncoder]] = {
        EfficientNetLite0.name: lambda: EfficientNetLite0(cache=cache),
        Morphometry.name: Morphometry,
    }
    if name not in makers:
        meant = get_close_matches(name, makers, n=1)
        hint = f"Did you mean {meant[0]}?" if meant else f"Known encoders: {', '.join(makers)}."
        raise UsageError(f"No image encoder '{name}'.", hint=hint)
    return makers[name]()
