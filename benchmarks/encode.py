"""Rate of the image encoder against eager torch: same network, same images, same run.

    python benchmarks/encode.py [--json] [--images 32] [--rounds 5]

Eager torch is the network as its package publishes it, on three channels, with hooks on the stages that are pooled; it
gets all views of an image as one batch ("batched": the views of eight images), and all processors. Both sides are timed
in turn, and the ratio is the median over the rounds; on a busy machine eager torch loses more, so measure on a quiet
one. "network": framed images to features; "onnxruntime": the same by ONNX Runtime, where it is installed; "pipeline":
image files to features, decoding and framing included. With eight views, as `seston features` encodes, eager torch
gains from its batch of eight, and the ratio is smaller.
"""

import argparse
import io
import json
import os
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import torch
from efficientnet_lite_pytorch import EfficientNet
from PIL import Image

from seston.encode.efficientnet import EfficientNetLite0
from seston.encode.frame import square
from seston.encode.network import DEPTHWISE, PROJECTIONS, SIDE, images_a_call, torch_module, weights_path
from seston.vignettes import Grey, decode

Run = Callable[[Sequence[Any]], np.ndarray]


def drawn(n: int) -> list[bytes]:
    """Return n image files of the sizes that vignettes have: a dark blot on a light, noisy ground."""
    rng = np.random.default_rng(0)
    files = []
    for height, width in rng.integers(30, 160, (n, 2)):
        ground = rng.integers(225, 255, (height, width))
        rows, columns = np.ogrid[:height, :width]
        inside = ((rows / height - 0.5) ** 2 + (columns / width - 0.5) ** 2) < 0.1
        buffer = io.BytesIO()
        Image.fromarray(np.where(inside, ground // 3, ground).astype(np.uint8)).save(buffer, "JPEG")
        files.append(buffer.getvalue())
    return files


def turned(image: Grey) -> list[Grey]:
    """Return the quarter turns of a square image and their mirror images, itself first."""
    return [view for side in (image, image.T) for view in (side, side[::-1], side[:, ::-1], side[::-1, ::-1])]


def eager(views: int, images_a_call: int = 1) -> Run:
    """Return the same encoding, by the published network in eager torch, all views of a call's images in one batch."""
    network = EfficientNet.from_name("efficientnet-lite0", image_size=SIDE)
    network.load_state_dict(torch.load(weights_path(), weights_only=True))
    network.eval()
    seen: dict[str, torch.Tensor] = {}

    def keep(name: str) -> Callable[..., None]:
        return lambda module, inputs, output: seen.__setitem__(name, output)

    for i in DEPTHWISE:
        network._blocks[i]._bn1.register_forward_hook(keep(f"depthwise {i}"))
    for i in PROJECTIONS:
        network._blocks[i].register_forward_hook(keep(f"projection {i}"))

    def call(images: Sequence[Grey]) -> np.ndarray:
        batch = torch.from_numpy(np.stack([view for image in images for view in turned(square(image))[:views]]))
        x = (batch[:, None].float().expand(-1, 3, -1, -1) - 127) / 128
        with torch.inference_mode():
            head = network.extract_features(x)
            depthwise = [seen[f"depthwise {i}"].clamp(0, 6) for i in DEPTHWISE]
            projections = [seen[f"projection {i}"] for i in PROJECTIONS]
            pooled = [stage.mean((2, 3)) for stage in (head, *depthwise)]
            spreads = [stage.std((2, 3), unbiased=False) for stage in projections]
            means = [stage.mean((2, 3)) for stage in projections]
            every = torch.cat([*pooled, *spreads, *means], 1)
            features = every.reshape(len(images), views, -1).mean(1).numpy()
        rooted: np.ndarray = np.copysign(np.sqrt(np.abs(features)), features)
        return rooted

    return lambda images: np.concatenate([call(some) for some in in_calls(images, images_a_call)])


def in_calls(images: Sequence[Any], size: int) -> list[Sequence[Any]]:
    """Return the images, `size` a call."""
    return [images[start : start + size] for start in range(0, len(images), size)]


def onnxruntime(views: int) -> Run:
    """Return the same encoding by ONNX Runtime: one thread a call, as many calls at once as there are processors."""
    ort = import_module("onnxruntime")
    example = torch.zeros((1, SIDE, SIDE), dtype=torch.uint8)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings(action="ignore"):
        path = Path(folder) / "network.onnx"
        torch.onnx.export(torch_module(views), (example,), path, dynamo=False)  # deprecated, but needs no other package
        content = path.read_bytes()
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    session = ort.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    name, threads = session.get_inputs()[0].name, ThreadPoolExecutor(os.cpu_count())

    def one(image: Grey) -> np.ndarray:
        [[features]] = session.run(None, {name: square(image)[None]})
        rooted: np.ndarray = np.copysign(np.sqrt(np.abs(features)), features)
        return rooted

    return lambda images: np.stack(list(threads.map(one, images)))


def seconds(run: Run, items: Sequence[Any]) -> float:
    """Return how long `run` takes."""
    start = time.perf_counter()
    run(items)
    return time.perf_counter() - start


def compared(theirs: Run, ours: Run, items: Sequence[Any], rounds: int) -> dict[str, float]:
    """Return both rates in images a second and their ratio, medians of the rounds; both must have the same features."""
    difference = float(np.abs(ours(items[:8]) - theirs(items[:8])).max())
    if difference > 1e-2:
        raise SystemExit(f"The two sides do not compute the same: features differ by {difference:.2g}.")
    times = np.array([(seconds(ours, items), seconds(theirs, items)) for _ in range(rounds)])
    own, other = np.median(len(items) / times, axis=0)
    return {
        "images_per_s": float(own),
        "eager_images_per_s": float(other),
        "ratio": float(np.median(times[:, 1] / times[:, 0])),
    }


def on_files(encode: Run) -> Run:
    """Return `encode` with the decoding of the files before it."""
    return lambda files: encode([decode(content, "drawn") for content in files])


def main() -> None:
    """Print the table, or one JSON object."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--images", type=int, default=32, help="images a round")
    parser.add_argument("--rounds", type=int, default=5, help="rounds, both sides in turn")
    options = parser.parse_args()
    files = drawn(options.images)
    images = [square(decode(content, "drawn")) for content in files]
    figures: dict[str, dict[str, float]] = {}
    for views, suffix in ((1, "_one_view"), (8, "")):
        ours, theirs = EfficientNetLite0(views=views).encode, eager(views)
        figures[f"network{suffix}"] = compared(theirs, ours, images, options.rounds)
        if find_spec("onnxruntime"):
            figures[f"onnxruntime{suffix}"] = compared(theirs, onnxruntime(views), images, options.rounds)
        if views == 1:
            figures["batched_one_view"] = compared(eager(1, images_a_call(1)), ours, images, options.rounds)
        figures[f"pipeline{suffix}"] = compared(on_files(theirs), on_files(ours), files, options.rounds)
    if options.json:
        ratios = {
            "encode_vs_eager": "pipeline_one_view",
            "encode_vs_batched_eager": "batched_one_view",
            "encode_vs_eager_eight_views": "pipeline",
        }
        print(json.dumps({key: figures[name]["ratio"] for key, name in ratios.items()} | {"figures": figures}))
        return
    print(f"{'':20} {'images/s':>10} {'eager/s':>8} {'ratio':>6}")
    for name, row in figures.items():
        print(f"{name:20} {row['images_per_s']:10.1f} {row['eager_images_per_s']:8.1f} {row['ratio']:6.2f}")


if __name__ == "__main__":
    main()
