import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from seston.encode import FeatureSet, Projection
from seston.encode.base import Matrix
from seston.encode.features import merged
from seston.encode.tensors import dequantised, quantised
from seston.errors import InvalidFeatures, WorkspaceError


def features(n: int = 5, d: int = 3, *, seed: int = 0, encoder: str = "lite", fingerprint: str = "f1") -> FeatureSet:
    values = np.random.default_rng(seed).normal(size=(n, d)).astype(np.float32)
    return FeatureSet(encoder, fingerprint, tuple(f"a/{seed}-{i}.jpg" for i in range(n)), values)


@pytest.mark.parametrize(("bits", "slack"), [(8, 1 / 255), (16, 1 / 65535), (32, 0)])
def test_round_trip(tmp_path: Path, bits: Literal[8, 16, 32], slack: float) -> None:
    path = tmp_path / "deep" / "features.safetensors"
    stored = FeatureSet("lite", "f1", ("ä b.jpg", "c"), np.array([[1, -2], [3, 5]], np.float32), ("area", "esd"))
    stored.save(path, bits=bits)
    found = FeatureSet.load(path)
    assert (found.encoder, found.fingerprint, found.ids, found.columns) == ("lite", "f1", stored.ids, stored.columns)
    assert found.values.dtype == np.float32
    assert np.abs(found.values - stored.values).max() <= 7 * slack


@given(arrays(np.float32, st.tuples(st.integers(1, 8), st.integers(1, 4)), elements=st.floats(-1e6, 1e6, width=32)))
def test_quantised_is_off_by_half_a_step_at_most(values: Matrix) -> None:
    for bits in (8, 16):
        tensors = quantised(values, bits)
        step = np.ptp(values.astype(np.float64), axis=0) / (2**bits - 1)
        assert (np.abs(dequantised(tensors) - values) <= 0.51 * step + 1e-6 * np.abs(values).max(0) + 1e-30).all()


def test_a_constant_column_survives() -> None:
    assert np.array_equal(dequantised(quantised(np.full((3, 1), 7.25, np.float32), 8)), np.full((3, 1), 7.25))


def test_no_image_is_a_feature_set_too(tmp_path: Path) -> None:
    for bits in (8, 16, 32):
        features(0).save(tmp_path / "f", bits=bits)
        assert FeatureSet.load(tmp_path / "f").values.shape == (0, 3)


def test_bytes_are_the_same_in_another_process(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.encode.test_features import features\n"
        "features(40, 7).save(Path(sys.argv[1]), bits=8)"
    )
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        subprocess.run([sys.executable, "-c", code, str(tmp_path / seed)], check=True, env=environment)
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()
    features(40, 7).save(tmp_path / "3", bits=8)
    assert (tmp_path / "3").read_bytes() == (tmp_path / "1").read_bytes()


def test_the_file_is_plain_safetensors_with_json_metadata(tmp_path: Path) -> None:
    from safetensors import safe_open

    features().save(tmp_path / "f", bits=8)
    with safe_open(tmp_path / "f", "numpy") as file:
        about = json.loads(file.metadata()["seston"])
        assert sorted(file.keys()) == ["ids", "offset", "scale", "values"]
        assert file.get_tensor("values").dtype == np.uint8
    assert about == {"kind": "features", "format": 1, "encoder": "lite", "fingerprint": "f1", "columns": []}


def test_nan_is_refused_by_name() -> None:
    values = np.ones((4, 2), np.float32)
    values[1, 0], values[3, 1] = np.nan, np.inf
    with pytest.raises(InvalidFeatures, match="2 images are no numbers, such as b") as caught:
        FeatureSet("lite", "f1", ("a", "b", "c", "d"), values)
    assert caught.value.problems == ("b", "d")


def test_shapes_and_twice_are_refused() -> None:
    with pytest.raises(InvalidFeatures, match=r"shape \(2, 3\), expected \(1, any\)"):
        FeatureSet("lite", "f1", ("a",), np.ones((2, 3), np.float32))
    with pytest.raises(InvalidFeatures, match=r"expected \(2, 2\)"):
        FeatureSet("lite", "f1", ("a", "b"), np.ones((2, 3), np.float32), ("area", "esd"))
    with pytest.raises(InvalidFeatures, match=r"expected \(1, any\)"):
        FeatureSet("lite", "f1", ("a",), np.ones(3, np.float32))
    with pytest.raises(InvalidFeatures) as caught:
        FeatureSet("lite", "f1", ("a", "b", "a", "c", "b"), np.ones((5, 1), np.float32))
    assert caught.value.problems == ("a", "b")


def test_of_another_encoder_or_width_is_refused_saying_which() -> None:
    found = features()
    found.require(encoder="lite", fingerprint="f1", width=3)
    with pytest.raises(InvalidFeatures, match="are of lite f1, expected lite f2"):
        found.require(encoder="lite", fingerprint="f2", width=3)
    with pytest.raises(InvalidFeatures, match="expected morphometry f1"):
        found.require(encoder="morphometry", fingerprint="f1", width=3)
    with pytest.raises(InvalidFeatures, match="3 columns, expected 4"):
        found.require(encoder="lite", fingerprint="f1", width=4)


def test_select_in_any_order_and_name_all_that_are_missing() -> None:
    found = features()
    ids = (found.ids[3], found.ids[0])
    assert np.array_equal(found.select(ids).values, found.values[[3, 0]])
    assert found.select([]).values.shape == (0, 3)
    with pytest.raises(InvalidFeatures, match="2 of 3 images") as caught:
        found.select([found.ids[0], "x", "y"])
    assert caught.value.problems == ("x", "y")


def test_column_by_name() -> None:
    found = FeatureSet("m", "1", ("a",), np.array([[3, 4]], np.float32), ("area", "esd"))
    assert found.column("esd").tolist() == [4]
    with pytest.raises(InvalidFeatures, match="no column 'volume'"):
        found.column("volume")


def test_merged_keeps_order_and_refuses_other_encoders() -> None:
    first, second = features(2), features(3, seed=1)
    both = merged([first, second])
    assert both.ids == first.ids + second.ids
    assert np.array_equal(both.values[2:], second.values)
    with pytest.raises(InvalidFeatures):
        merged([first, features(2, seed=2, fingerprint="f2")])
    with pytest.raises(InvalidFeatures):
        merged([])


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\x08\0\0\0\0\0\0\0{}      "])
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "f"
    path.write_bytes(content)
    for load in (FeatureSet.load, Projection.load):
        with pytest.raises(InvalidFeatures, match="holds no features that can be read"):
            load(path)


def test_missing_and_cut_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "f"
    with pytest.raises(InvalidFeatures, match="does not exist"):
        FeatureSet.load(path)
    features().save(path)
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(InvalidFeatures):
        FeatureSet.load(path)


def test_a_projection_is_no_feature_set(tmp_path: Path) -> None:
    Projection.fit(features(9), 2).save(tmp_path / "p")
    with pytest.raises(InvalidFeatures, match="holds projection"):
        FeatureSet.load(tmp_path / "p")


def test_ids_that_cannot_be_stored_are_refused(tmp_path: Path) -> None:
    broken = FeatureSet("lite", "f1", ("a\nb",), np.ones((1, 1), np.float32))
    with pytest.raises(InvalidFeatures):
        broken.save(tmp_path / "f")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WorkspaceError, match="Cannot write"):
        features().save(tmp_path / "file" / "f")


def test_projection_round_trip_and_same_space(tmp_path: Path) -> None:
    train = features(60, 8)
    fitted = Projection.fit(train, 5)
    fitted.save(tmp_path / "p")
    loaded = Projection.load(tmp_path / "p")
    assert (loaded.width, loaded.output_fingerprint) == (5, fitted.output_fingerprint)
    assert np.array_equal(loaded.apply(train).values, fitted.apply(train).values)
    assert loaded.apply(train).fingerprint.startswith("f1-")


def test_projection_keeps_what_varies_most_and_its_signs() -> None:
    rng = np.random.default_rng(0)
    values = rng.normal(size=(500, 1)) @ np.ones((1, 4)) + 0.05 * rng.normal(size=(500, 4))
    train = FeatureSet("lite", "f1", tuple(map(str, range(500))), values.astype(np.float32))
    projected = Projection.fit(train, 2).apply(train).values
    assert projected[:, 0].std() > 10 * projected[:, 1].std()
    assert np.corrcoef(projected[:, 0], values.mean(1))[0, 1] > 0.99
    assert np.abs(projected.mean(0)).max() < 1e-3


def test_a_dead_column_is_not_blown_up() -> None:
    train = features(50, 4)
    train.values[:, 2] = 0
    new = FeatureSet("lite", "f1", ("new",), np.array([[0, 0, 1, 0]], np.float32))
    assert np.abs(Projection.fit(train, 3).apply(new).values).max() < 20


def test_projection_refuses_other_features_and_encoders() -> None:
    fitted = Projection.fit(features(20), 2)
    with pytest.raises(InvalidFeatures, match="expected lite f1"):
        fitted.apply(features(2, fingerprint="f2"))
    with pytest.raises(InvalidFeatures, match="4 columns, expected 3"):
        fitted.apply(features(2, 4))


def test_projections_that_differ_have_fingerprints_that_differ() -> None:
    assert Projection.fit(features(20), 2).output_fingerprint != Projection.fit(features(20), 1).output_fingerprint
    assert (
        Projection.fit(features(20), 2).output_fingerprint != Projection.fit(features(20, seed=1), 2).output_fingerprint
    )
