"""Rate of the image encoder against eager torch on the same network, the same images, in the same run.

    python benchmarks/encode.py [--json] [--images 64]

Eager torch runs the module from which the converted network was made, with all processors. With eight views each call
is a batch of eight. The images are drawn, of the sizes that vignettes have; the last column includes decoding nothing
but framing: what `seston features` spends on an image that is in memory.
"""

import argparse
import json
import time
from collections.abc import Callable

import numpy as np
import torch

from seston.encode.efficientnet import EfficientNetLite0
from seston.encode.frame import square
from seston.encode.network import torch_module

Images = list[np.ndarray]


def drawn(n: int) -> Images:
    """Return n grey images (height, width) with a dark blot on a light, noisy ground."""
    rng = np.random.default_rng(0)
    images = []
    for height, width in rng.integers(30, 160, (n, 2)):
        ground = rng.integers(225, 255, (height, width))
        rows, columns = np.ogrid[:height, :width]
        inside = ((rows / height - 0.5) ** 2 + (columns / width - 0.5) ** 2) < 0.1
        images.append(np.where(inside, ground // 3, ground).astype(np.uint8))
    return images


def rate(run: Callable[[Images], object], images: Images) -> float:
    """Return images a second of the better of two runs, after one to warm up."""
    run(images[:8])
    seconds = []
    for _ in range(2):
        start = time.perf_counter()
        run(images)
        seconds.append(time.perf_counter() - start)
    return len(images) / min(seconds)


def eager(views: int) -> Callable[[Images], object]:
    """Return the same encoding through the torch module."""
    module = torch_module(views)

    def run(images: Images) -> object:
        with torch.inference_mode():
            return [module(torch.from_numpy(square(image)[None])) for image in images]

    return run


def main() -> None:
    """Print the table, or one JSON object."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--images", type=int, default=64)
    options = parser.parse_args()
    images = drawn(options.images)
    figures: dict[str, float] = {}
    for views in (1, 8):
        ours, theirs = rate(EfficientNetLite0(views=views).encode, images), rate(eager(views), images)
        suffix = "" if views == 8 else "_one_view"
        figures |= {
            f"encode_vs_eager{suffix}": ours / theirs,
            f"images_per_s{suffix}": ours,
            f"eager_images_per_s{suffix}": theirs,
        }
    if options.json:
        print(json.dumps({name: round(value, 3) for name, value in figures.items()}))
        return
    print(f"{'views':>5}  {'OpenVINO/s':>10}  {'eager/s':>8}  {'ratio':>6}")
    for views, suffix in ((1, "_one_view"), (8, "")):
        row = (figures[f"{name}{suffix}"] for name in ("images_per_s", "eager_images_per_s", "encode_vs_eager"))
        ours, theirs, ratio = row
        print(f"{views:>5}  {ours:>10.1f}  {theirs:>8.1f}  {ratio:>6.2f}")


if __name__ == "__main__":
    main()
