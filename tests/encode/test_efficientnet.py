import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from seston.encode import EfficientNetLite0, efficientnet, network
from seston.encode.frame import ground, square
from seston.encode.network import HEAD, openvino, torch_module
from seston.errors import UsageError
from seston.vignettes import Grey
from tests.encode.vignettes import blob, disc


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_turned_and_mirrored_images_have_the_same_features(lite: EfficientNetLite0, turn: int) -> None:
    image = square(blob(80, 120))
    same = [np.rot90(image, turn), np.rot90(image[:, ::-1], turn)]
    expected, *features = lite.encode([image, *same])
    for found in features:
        assert np.abs(found - expected).max() < 2e-3


def test_one_view_is_turned_with_the_image(cache: Path) -> None:
    one = EfficientNetLite0(views=1, cache=cache)
    upright, turned = one.encode([blob(), np.rot90(blob())])
    assert np.abs(upright - turned).max() > 0.05


def test_same_numbers_as_eager_torch(lite: EfficientNetLite0) -> None:
    import torch

    image, module = square(blob()), torch_module(1)
    with torch.no_grad():
        views = [np.rot90(side, turn)[None].copy() for side in (image, image.T) for turn in range(4)]
        plain = module(torch.from_numpy(np.concatenate(views))).mean(0).numpy()
    expected = np.copysign(np.sqrt(np.abs(plain)), plain)
    assert np.abs(lite.encode([image])[0] - expected).max() < 1e-2
    assert np.abs(lite.encode([image])[0, :HEAD] ** 2 - plain[:HEAD]).max() < 1e-3


def test_one_view_does_not_depend_on_the_images_beside_it(cache: Path) -> None:
    one, images = EfficientNetLite0(views=1, cache=cache), [blob(seed=seed) for seed in range(11)]
    together = one.encode(images)
    assert np.array_equal(together, np.concatenate([one.encode([image]) for image in images]))


def test_fingerprints_differ_by_views() -> None:
    assert EfficientNetLite0(views=1).fingerprint != EfficientNetLite0().fingerprint
    with pytest.raises(UsageError, match="1 or 8 views, not 3"):
        EfficientNetLite0(views=3)


def test_threads_do_not_change_features(lite: EfficientNetLite0, cache: Path) -> None:
    images = [blob(seed=seed) for seed in range(3)]
    assert np.array_equal(EfficientNetLite0(cache=cache, threads=1).encode(images), lite.encode(images))


@pytest.fixture
def conversions(lite: EfficientNetLite0, cache: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry for each conversion that was asked for; what comes out is the network converted before."""
    lite.encode([blob()])
    asked: list[int] = []

    def convert(views: int) -> object:
        asked.append(views)
        return openvino().Core().read_model(description(cache))

    monkeypatch.setattr(network, "convert", convert)
    return asked


def description(cache: Path) -> Path:
    [path] = cache.glob("efficientnet-lite0-8-*.xml")
    return path


def test_the_network_is_converted_once(lite: EfficientNetLite0, tmp_path: Path, conversions: list[int]) -> None:
    features = [EfficientNetLite0(cache=tmp_path / "new").encode([blob()]) for _ in range(2)]
    assert conversions == [8]
    assert np.array_equal(features[0], features[1])
    assert np.array_equal(features[0], lite.encode([blob()]))


def test_damaged_cache_is_made_anew(
    lite: EfficientNetLite0, cache: Path, tmp_path: Path, conversions: list[int]
) -> None:
    good = description(cache)
    (tmp_path / good.name).write_text(good.read_text()[:5000])
    (tmp_path / good.name).with_suffix(".bin").write_bytes(b"")
    assert np.array_equal(EfficientNetLite0(cache=tmp_path).encode([blob()]), lite.encode([blob()]))
    assert conversions == [8]
    assert (tmp_path / good.name).stat().st_size == good.stat().st_size


def test_cache_that_cannot_be_written_is_no_failure(tmp_path: Path, conversions: list[int]) -> None:
    (tmp_path / "file").write_text("")
    assert EfficientNetLite0(cache=tmp_path / "file").encode([blob()]).shape == (1, 4048)
    assert conversions == [8]


def test_converted_network_takes_one_image_of_bytes(lite: EfficientNetLite0, cache: Path) -> None:
    lite.encode([blob()])
    [image] = openvino().Core().read_model(description(cache)).inputs
    assert list(image.shape) == [1, 160, 160]
    assert image.element_type == openvino().Type.u8


def test_an_interrupted_call_leaves_the_next_one_whole(
    lite: EfficientNetLite0, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Grey] = []

    def interrupted(image: Grey) -> Grey:
        seen.append(image)
        if len(seen) == 3:
            raise KeyboardInterrupt
        return square(image)

    expected = lite.encode([blob()])
    with monkeypatch.context() as patch:
        patch.setattr(efficientnet, "square", interrupted)
        with pytest.raises(KeyboardInterrupt):
            lite.encode([disc()] * 5)
    assert np.array_equal(lite.encode([blob()]), expected)


def test_dropping_a_network_does_not_hang(lite: EfficientNetLite0, cache: Path) -> None:
    # OpenVINO's queue with callbacks hung here in one of three runs.
    lite.encode([blob()])
    code = (
        "import numpy as np; from pathlib import Path; from seston.encode import EfficientNetLite0\n"
        "for _ in range(12):\n"
        f"    encoder = EfficientNetLite0(views=1, cache=Path({str(cache)!r}))\n"
        "    for _ in range(4): encoder.encode([np.eye(30, dtype=np.uint8)] * 3)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


def test_cached_network_needs_no_torch(lite: EfficientNetLite0, cache: Path) -> None:
    lite.encode([blob()])
    code = (
        "import sys, numpy as np; from pathlib import Path; from seston.encode import EfficientNetLite0\n"
        f"EfficientNetLite0(cache=Path({str(cache)!r})).encode([np.eye(30, dtype=np.uint8)])\n"
        "print('torch' in sys.modules, sys.modules['openvino_telemetry'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "None"]


def test_square_keeps_the_proportions_and_the_ground() -> None:
    image = np.full((20, 80), 200, np.uint8)
    image[5:15, 10:70] = 30
    framed = square(image)
    assert framed.shape == (160, 160)
    assert ground(image) == 200
    assert (framed[:60] == 200).all()
    assert (framed[75:85, 30:130] == 30).all()


@pytest.mark.parametrize("shape", [(1, 500), (500, 1), (160, 160), (3, 2)])
def test_square_of_any_shape(shape: tuple[int, int]) -> None:
    assert square(np.full(shape, 9, np.uint8)).tolist() == np.full((160, 160), 9).tolist()
