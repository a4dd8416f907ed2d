from pathlib import Path

import numpy as np
import pytest

from seston.encode.text import TextEncoder
from seston.errors import UsageError


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("text") / "vectors.safetensors"


@pytest.fixture(scope="module")
def encoder(cache: Path) -> TextEncoder:
    encoder = TextEncoder(cache=cache)
    encoder.encode(["long antennae", "short antennae", "a gas float"])
    return encoder


def test_vectors_are_unit_rows(encoder: TextEncoder) -> None:
    vectors = encoder.encode(["long antennae", "a gas float"])
    assert vectors.shape == (2, encoder.width)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_meaning_is_near_meaning(encoder: TextEncoder) -> None:
    feelers, antennae, afloat = encoder.encode(["long feelers", "long antennae", "a gas float"])
    assert feelers @ antennae > feelers @ afloat


def test_only_new_texts_go_through_the_model(encoder: TextEncoder, cache: Path) -> None:
    fresh = TextEncoder(cache=cache)
    fresh.encode(["long antennae", "long antennae", "short antennae"])
    assert fresh.encoded == 0
    np.testing.assert_array_equal(fresh.encode(["a gas float"]), encoder.encode(["a gas float"]))


def test_a_damaged_cache_is_left_unread(encoder: TextEncoder, tmp_path: Path) -> None:
    path = tmp_path / "cache"
    path.write_bytes(b"not a cache")
    other = TextEncoder(cache=path)
    np.testing.assert_allclose(other.encode(["long antennae"]), encoder.encode(["long antennae"]), atol=1e-5)
    assert other.encoded == 1
    assert path.stat().st_size > 100


def test_no_texts_are_no_rows(encoder: TextEncoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.width)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no sentence-transformers model"):
        TextEncoder(model=tmp_path)


def test_the_fingerprint_is_stable(encoder: TextEncoder) -> None:
    assert encoder.fingerprint == TextEncoder().fingerprint
    assert len(encoder.fingerprint) == 64
