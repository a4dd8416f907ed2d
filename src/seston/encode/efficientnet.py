"""The image encoder that needs no download: EfficientNet-Lite0, several stages pooled, averaged over eight views."""

import hashlib
import os
from collections import deque
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from seston.encode.base import Matrix, check_images
from seston.encode.frame import square
from seston.encode.network import SIDE, WIDTH, cached_model, images_a_call, openvino, weights_path
from seston.errors import UsageError
from seston.vignettes import Grey

RECIPE = "efficientnet-lite0/1: 160 px, square, stages head dw15 dw10 spread4,10,15 mean4,10,15, root"


class EfficientNetLite0:
    """EfficientNet-Lite0 with ImageNet weights, run by OpenVINO.

    An image is scaled, bilinearly, until its longer side has 160 pixels, and padded to a square with the median of its
    border, which is the ground it was cut from. Its features are averaged over the four quarter turns and their mirror
    images, since plankton has no upright, and their signed square roots are taken.

    Every call of the network has one fixed shape of eight views, of one image or of eight, and runs on one thread, so
    that features do not depend on the batch; calls run beside each other.

    Parameters
    ----------
    views
        8, or 1 for the image as it is: eight times faster on eight images or more, and a few points less accurate.
    cache
        Folder for the converted network; by default ``seston`` in the user's cache folder.
    threads
        Images that are encoded at once; by default one a processor.

    Examples
    --------
    >>> EfficientNetLite0().width
    4048
    """

    name = "efficientnet-lite0"
    columns: tuple[str, ...] = ()
    width = WIDTH

    def __init__(self, *, views: int = 8, cache: Path | None = None, threads: int | None = None) -> None:
        if views not in (1, 8):
            raise UsageError(f"An image has 1 or 8 views, not {views}.", hint="Use views=1 or views=8.")
        self.views = views
        self._cache = cache
        self._threads = threads or _processors()

    @cached_property
    def fingerprint(self) -> str:
        """Hash of the weights and the recipe, 16 hexadecimal digits."""
        digest = hashlib.sha256(f"{RECIPE}, {self.views} views".encode())
        digest.update(weights_path().read_bytes())
        return digest.hexdigest()[:16]

    @cached_property
    def _requests(self) -> list[Any]:
        settings = {
            "NUM_STREAMS": self._threads,
            "INFERENCE_NUM_THREADS": self._threads,
            # Some processors would otherwise compute in bfloat16, and other features would come out.
            "INFERENCE_PRECISION_HINT": "f32",
        }
        model = cached_model(self.views, self._cache)
        compiled = openvino().Core().compile_model(model, "CPU", settings)
        return [compiled.create_infer_request() for _ in range(2 * self._threads)]

    def encode(self, images: Sequence[Grey]) -> Matrix:
        """Encode images.

        Parameters
        ----------
        images
            n arrays (height, width) of 8-bit grey values, of any sizes.

        Returns
        -------
        Matrix
            Features (n, 4048).

        Raises
        ------
        InvalidImage
            If an array has another type or shape, or no pixels.
        """
        check_images(images)
        size = images_a_call(self.views)
        features = np.empty((len(images), WIDTH), np.float32)
        running: deque[tuple[int, Any]] = deque()
        try:
            for call, start in enumerate(range(0, len(images), size)):
                busy = len(running) == len(self._requests)
                request = _finish(running, features) if busy else self._requests[call]
                request.start_async(_framed(images[start : start + size], size))
                running.append((start, request))
        finally:  # an interrupted call must not leave requests that run on into the next one
            while running:
                _finish(running, features)
        rooted: Matrix = np.copysign(np.sqrt(np.abs(features)), features)
        return rooted


def _finish(running: "deque[tuple[int, Any]]", features: Matrix) -> Any:
    # Requests are waited for, oldest first. OpenVINO's queue with callbacks is no faster, and hangs now and then: its
    # threads want the interpreter's lock to let go of a callback while whoever drops the network holds it.
    start, request = running.popleft()
    request.wait()
    places = features[start : start + request.get_output_tensor(0).shape[0]]
    places[:] = request.get_output_tensor(0).data[: len(places)]
    return request


def _framed(images: Sequence[Grey], size: int) -> Grey:
    framed = np.zeros((size, SIDE, SIDE), np.uint8)
    for place, image in zip(framed, images, strict=False):
        place[:] = square(image)
    return framed


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
