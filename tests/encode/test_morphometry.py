import numpy as np
import pytest

from seston.encode import MEASURES, Morphometry
from seston.encode.morphometry import measure
from seston.encode.silhouette import aligned, load_silhouettes, save_silhouettes, silhouette
from seston.errors import InvalidFeatures
from tests.encode.vignettes import bar, blob, disc

FIXED = {
    "area": 343,
    "perimeter": 90.6326,
    "major": 33.6923,
    "minor": 14.8369,
    "feret": 38.0789,
    "hull_area": 420,
    "objects": 1,
    "skeleton_length": 29,
    "thickness": 15.2315,
    "opacity_mean": 0.68592,
    "opacity_std": 0.0425971,
    "opacity_min": 0.619608,
    "border_darkness": 1.00126,
    "core_darkness": 1.00478,
    "texture": 0.0710027,
    "fuzziness": 0.408621,
    "symmetry_major": 0.797351,
    "symmetry_minor": 0.80252,
    "offset": 0.000814947,
}


def test_a_disc_measures_like_a_disc() -> None:
    found = measure(disc(80, 25))
    assert found["esd"] == pytest.approx(50, rel=0.02)
    assert found["major"] == pytest.approx(50, rel=0.02)
    assert found["feret"] == pytest.approx(50, abs=2)
    assert found["perimeter"] == pytest.approx(np.pi * 50, rel=0.03)
    assert found["circularity"] == pytest.approx(1, abs=0.06)
    assert found["elongation"] == pytest.approx(1, abs=0.01)
    assert found["solidity"] > 0.95
    assert found["symmetry_major"] > 0.95
    assert found["thickness"] == pytest.approx(50, abs=2)
    assert found["opacity_mean"] == pytest.approx(195 / 255, abs=1e-6)
    assert (found["holes"], found["objects"], found["frame_contact"]) == (0, 1, 0)


def test_a_bar_is_long() -> None:
    found = measure(bar(48, 8))
    assert found["area"] == 48 * 8
    assert found["elongation"] == pytest.approx(6, rel=0.01)
    assert found["eccentricity"] == pytest.approx(np.sqrt(1 - 1 / 36), abs=0.01)
    assert found["solidity"] == pytest.approx(1)
    assert found["skeleton_ends"] == 2


def test_a_ring_has_a_hole() -> None:
    found = measure(disc(80, 25, hole=10))
    assert found["holes"] == 1
    assert found["hole_fraction"] == pytest.approx((10 / 25) ** 2, abs=0.02)
    assert found["core_darkness"] < 0.9 < found["border_darkness"]


def test_objects_touching_the_frame_and_specks() -> None:
    image = bar(60, 8)
    image[2:5, 2:5] = 50
    image[50, 50] = 50
    found = measure(image)
    assert found["objects"] == 2
    assert found["frame_contact"] == pytest.approx(16 / 236)
    assert (found["frame_long"], found["frame_short"]) == (60, 60)


def test_a_lopsided_body_is_less_symmetric() -> None:
    assert measure(blob())["symmetry_minor"] < 0.85 < measure(bar())["symmetry_minor"]


def test_light_bodies_on_a_dark_ground_measure_the_same() -> None:
    dark, light = measure(blob()), measure(255 - blob())
    assert light == pytest.approx(dark)


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_turning_and_mirroring_change_nothing(turn: int) -> None:
    expected = measure(blob())
    for image in (np.rot90(blob(), turn), np.rot90(blob()[:, ::-1], turn)):
        found = measure(np.ascontiguousarray(image))
        for name in MEASURES:
            slack = 6 if name.startswith("skeleton") else 1e-6
            assert found[name] == pytest.approx(expected[name], rel=1e-6, abs=slack), name


@pytest.mark.parametrize("at", [(0, 0), (3, 5), (9, 9)])
def test_one_pixel_is_measured(at: tuple[int, int]) -> None:
    image = np.full((10, 10), 255, np.uint8)
    image[at] = 0
    found = measure(image)
    assert (found["area"], found["hull_area"], found["objects"]) == (1, 1, 1)
    assert np.isfinite(list(found.values())).all()


@pytest.mark.parametrize("shape", [(1, 9), (9, 1), (2, 2)])
def test_frames_a_pixel_thin(shape: tuple[int, int]) -> None:
    image = np.full(shape, 255, np.uint8)
    image[0, 0] = 10
    assert np.isfinite(list(measure(image).values())).all()


def test_noise_is_measured() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (50, 70), dtype=np.uint8)
    assert np.isfinite(list(measure(noise).values())).all()


def test_fixed_values_hold_the_fingerprint_to_the_code() -> None:
    # Where these change, `Morphometry.fingerprint` must change too, and the bundled measures be made anew.
    found = measure(blob())
    assert Morphometry.fingerprint == "ecb005eb75247b37"
    assert found == pytest.approx({**found, **FIXED}, rel=1e-4)


def test_names_and_their_order() -> None:
    assert Morphometry().columns == tuple(MEASURES) == tuple(measure(blob()))
    assert len(MEASURES) >= 30


def test_aligned_lies_level_with_its_heavier_end_left() -> None:
    image = np.full((90, 90), 255, np.uint8)
    image[10:80, 40:46] = 60
    image[62:80, 34:52] = 60
    level = aligned(silhouette(image))
    rows, columns = np.nonzero(level > 0.3)
    assert level.shape == (64, 64)
    assert np.ptp(columns) > 2 * np.ptp(rows)
    assert 50 <= np.ptp(columns) <= 58
    assert level[:, :32].sum() > 1.5 * level[:, 32:].sum()


def test_aligned_is_the_same_for_turned_images() -> None:
    expected = aligned(silhouette(blob()))
    turned = aligned(silhouette(np.ascontiguousarray(np.rot90(blob(), 2))))
    assert np.abs(turned - expected).mean() < 0.01


def test_averaged_silhouettes_round_trip(tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "silhouettes.safetensors"
    sums = {"b": 3 * aligned(silhouette(bar())), "a": aligned(silhouette(blob()))}
    save_silhouettes(path, sums, {"a": 1, "b": 3})
    found = load_silhouettes(path)
    assert list(found) == ["a", "b"]
    assert all(image.max() == 255 and image.shape == (64, 64) for image in found.values())
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(InvalidFeatures):
        load_silhouettes(path)
