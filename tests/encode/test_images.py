import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from seston.encode import FeatureSet, Morphometry, Projection, encode_records, encode_to_file
from seston.encode import images as encoding
from seston.encode.base import Matrix
from seston.errors import InvalidFeatures
from seston.records import ImageRecord
from seston.vignettes import Grey
from tests.encode.vignettes import blob, png, write


class Counting(Morphometry):
    """Counts the images that it measures, and is killed at the call that is asked for."""

    def __init__(self, killed_at: int = -1) -> None:
        self.measured = self.calls = 0
        self.killed_at = killed_at

    @property
    def fingerprint(self) -> str:  # type: ignore[override]
        return "counting"

    def encode(self, images: Sequence[Grey]) -> Matrix:
        self.calls += 1
        if self.calls == self.killed_at:
            raise KeyboardInterrupt
        self.measured += len(images)
        return super().encode(images)


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "CHUNK", 3)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for i in range(8):
        write(tmp_path / "in" / f"{i}.png", png(blob(30 + i, 40, seed=i)))
    return tmp_path / "in"


def records(count: int = 8) -> list[ImageRecord]:
    return [ImageRecord(f"{i}.png", f"{i}.png", 40, 30 + i, f"hash{i}") for i in range(count)]


@pytest.mark.usefixtures("small_chunks")
def test_features_in_the_order_of_the_records_with_progress(root: Path) -> None:
    seen: list[tuple[int, int]] = []
    encoded = encode_records(records()[::-1], root, Morphometry(), progress=lambda *step: seen.append(step))
    assert encoded.features.ids == tuple(f"{i}.png" for i in range(7, -1, -1))
    assert encoded.features.columns == Morphometry.columns
    assert np.array_equal(encoded.features.values[0], Morphometry().encode([blob(37, 40, seed=7)])[0])
    assert seen == [(3, 8), (6, 8), (8, 8)]
    assert encoded.problems == ()


def test_a_zip_archive_gives_the_same(root: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        for path in root.iterdir():
            archive.write(path, path.name)
    zipped = encode_records(records(), tmp_path / "in.zip", Morphometry()).features
    assert np.array_equal(zipped.values, encode_records(records(), root, Morphometry()).features.values)


@pytest.mark.usefixtures("small_chunks")
def test_broken_images_are_left_out_and_named(root: Path) -> None:
    write(root / "1.png", b"")
    write(root / "2.png", b"nonsense")
    write(root / "4.png", png(np.full((9, 9), 7, np.uint8)))
    (root / "7.png").unlink()
    encoded = encode_records(records(), root, Morphometry())
    assert encoded.features.ids == ("0.png", "3.png", "5.png", "6.png")
    assert [problem.image for problem in encoded.problems] == ["1.png", "2.png", "4.png", "7.png"]
    reasons = [problem.reason for problem in encoded.problems]
    assert "0 bytes" in reasons[0]
    assert "broken" in reasons[1]
    assert "one colour only (7)" in reasons[2]
    assert "no file" in reasons[3]


@pytest.mark.usefixtures("small_chunks")
def test_a_whole_chunk_of_broken_images(root: Path) -> None:
    for i in range(3):
        write(root / f"{i}.png", b"")
    assert len(encode_records(records(), root, Morphometry()).features.ids) == 5


def test_no_readable_image_is_an_error_with_all_reasons(root: Path) -> None:
    write(root / "0.png", b"")
    with pytest.raises(InvalidFeatures, match="None of 1 images") as caught:
        encode_records(records(1), root, Morphometry())
    assert "0 bytes" in caught.value.problems[0]
    with pytest.raises(InvalidFeatures, match="None of 0 images"):
        encode_records([], root, Morphometry())


@pytest.mark.usefixtures("small_chunks")
def test_a_killed_run_continues_to_the_same_bytes(root: Path, tmp_path: Path) -> None:
    write(root / "1.png", b"")
    path = tmp_path / "out" / "features.safetensors"
    with pytest.raises(KeyboardInterrupt):
        encode_to_file(path, records(), root, Counting(killed_at=3))
    assert not path.exists()
    second = Counting()
    encoded = encode_to_file(path, records(), root, second)
    assert second.measured == 2
    assert [problem.image for problem in encoded.problems] == ["1.png"]
    assert [item.name for item in path.parent.iterdir()] == ["features.safetensors"]
    encode_to_file(tmp_path / "whole", records(), root, Counting())
    assert path.read_bytes() == (tmp_path / "whole").read_bytes()


@pytest.mark.usefixtures("small_chunks")
def test_chunks_of_changed_or_mended_images_are_made_anew(root: Path, tmp_path: Path) -> None:
    write(root / "4.png", b"")
    chunks = tmp_path / "chunks"
    encode_records(records(), root, Counting(), chunks=chunks)
    write(root / "4.png", png(blob()))
    changed = records()
    changed[0] = ImageRecord("0.png", "0.png", 40, 30, "other hash")
    again = Counting()
    assert len(encode_records(changed, root, again, chunks=chunks).features.ids) == 8
    assert again.measured == 6


@pytest.mark.usefixtures("small_chunks")
def test_a_damaged_chunk_is_made_anew(root: Path, tmp_path: Path) -> None:
    whole = encode_records(records(), root, Counting(), chunks=tmp_path).features
    for path in tmp_path.glob("*.safetensors"):
        path.write_bytes(path.read_bytes()[:50])
    again = Counting()
    assert np.array_equal(encode_records(records(), root, again, chunks=tmp_path).features.values, whole.values)
    assert again.measured == 8


@pytest.mark.usefixtures("small_chunks")
def test_projected_features_are_of_the_projection(root: Path) -> None:
    plain = encode_records(records(), root, Morphometry()).features
    projection = Projection.fit(plain, 4)
    found = encode_records(records(), root, Morphometry(), projection).features
    assert found.fingerprint == projection.output_fingerprint
    assert np.allclose(found.values, projection.apply(plain).values, rtol=1e-3, atol=1e-3)


def test_a_projection_of_another_encoder_is_refused(root: Path) -> None:
    other = Projection("lite", "f1", np.zeros(3, np.float32), np.zeros((3, 2), np.float16))
    with pytest.raises(InvalidFeatures, match="is for lite f1, not morphometry"):
        encode_records(records(), root, Morphometry(), other)


def test_written_features_are_read_back(root: Path, tmp_path: Path) -> None:
    encoded = encode_to_file(tmp_path / "f", records(), root, Morphometry(), bits=32)
    assert np.array_equal(FeatureSet.load(tmp_path / "f").values, encoded.features.values)
