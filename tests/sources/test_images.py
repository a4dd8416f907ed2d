import hashlib
import io
import struct
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from seston.errors import InvalidData, InvalidImage, UnknownImage
from seston.records import ImageRecord
from seston.sources.images import iter_images, label_of, read_images
from seston.vignettes import Vignettes, decode

GRADIENT = np.arange(0, 240, dtype=np.uint8).reshape(12, 20)


def encoded(image: Image.Image, form: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form)
    return buffer.getvalue()


def put(path: Path, content: bytes | None = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encoded(Image.fromarray(GRADIENT)) if content is None else content)
    return path


def archive(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


def test_folders_name_labels(tmp_path: Path) -> None:
    put(tmp_path / "chaetognath" / "2.png")
    content = put(tmp_path / "chaetognath" / "1.png").read_bytes()
    put(tmp_path / "Oithonidae__61993" / "3.PNG")
    put(tmp_path / "notes.txt")
    put(tmp_path / "chaetognath" / ".hidden.png")
    listing = read_images(tmp_path)
    assert listing.problems == ()
    assert [(record.id, record.label) for record in listing.records] == [
        ("Oithonidae__61993/3.PNG", "ecotaxa:61993"),
        ("chaetognath/1.png", "chaetognath"),
        ("chaetognath/2.png", "chaetognath"),
    ]
    first = listing.records[1]
    digest = hashlib.sha256(content).hexdigest()
    assert first == ImageRecord("chaetognath/1.png", "chaetognath/1.png", 20, 12, digest, label="chaetognath")


def test_a_flat_folder_has_no_labels(tmp_path: Path) -> None:
    put(tmp_path / "1.png")
    assert [record.label for record in read_images(tmp_path).records] == [""]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("a/b/c.png", "b"),
        ("part<Copepoda__12/1.png", "ecotaxa:12"),
        ("a__b/1.png", "a__b"),
        ("a__b__7/1.png", "ecotaxa:7"),
    ],
)
def test_labels_of_paths(name: str, label: str) -> None:
    assert label_of(name) == label


def test_a_zip_archive_reads_like_the_folder(tmp_path: Path) -> None:
    put(tmp_path / "in" / "a" / "1.png")
    put(tmp_path / "in" / "2.png")
    members = {name: (tmp_path / "in" / name).read_bytes() for name in ("2.png", "a/1.png")}
    zipped = archive(tmp_path / "in.zip", {**members, "__MACOSX/a/1.png": b"", "a/": b""})
    assert read_images(zipped) == read_images(tmp_path / "in")


def test_bad_images_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    put(tmp_path / "a" / "good.png")
    put(tmp_path / "a" / "empty.jpg", b"")
    put(tmp_path / "a" / "text.jpg", b"no image")
    put(
        tmp_path / "a" / "cut.png",
        encoded(Image.fromarray(np.random.default_rng(0).integers(0, 255, (99, 99), np.uint8)))[:900],
    )
    put(tmp_path / "a" / "white.png", encoded(Image.new("L", (9, 9), 255)))
    listing = read_images(tmp_path)
    assert [record.id for record in listing.records] == ["a/good.png"]
    assert {problem.image: problem.reason.split(" (")[0] for problem in listing.problems} == {
        "a/cut.png": "the image is broken",
        "a/empty.jpg": "the file has 0 bytes",
        "a/text.jpg": "the image is broken",
        "a/white.png": "the image has one colour only",
    }
    assert str(listing.problems[1]) == "a/empty.jpg: the file has 0 bytes"


@pytest.mark.parametrize("name", ["../out.png", "a/../../out.png", "/out.png", "..\\out.png", "C:/out.png"])
def test_members_that_point_outside_are_refused(tmp_path: Path, name: str) -> None:
    zipped = archive(
        tmp_path / "in.zip", {name: encoded(Image.fromarray(GRADIENT)), "a/1.png": encoded(Image.fromarray(GRADIENT))}
    )
    listing = read_images(zipped)
    assert [record.id for record in listing.records] == ["a/1.png"]
    [problem] = listing.problems
    assert problem.image == name
    assert "outside" in problem.reason
    with Vignettes(zipped) as images, pytest.raises(InvalidImage, match="outside"):
        images.read(name)


def test_a_folder_is_not_left_either(tmp_path: Path) -> None:
    put(tmp_path / "out.png")
    (tmp_path / "in").mkdir()
    with Vignettes(tmp_path / "in") as images, pytest.raises(InvalidImage, match="outside"):
        images.read("../out.png")


def test_a_name_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr("1.png", encoded(Image.fromarray(GRADIENT)))
        file.writestr("1.png", b"other")
    listing = read_images(tmp_path / "in.zip")
    assert listing.records == ()
    assert "twice" in listing.problems[0].reason


def test_a_damaged_member_is_named(tmp_path: Path) -> None:
    zipped = archive(
        tmp_path / "in.zip", {"1.png": encoded(Image.fromarray(GRADIENT)), "2.png": encoded(Image.fromarray(GRADIENT))}
    )
    content = bytearray(zipped.read_bytes())
    content[60] ^= 255
    zipped.write_bytes(bytes(content))
    listing = read_images(zipped)
    assert [record.id for record in listing.records] == ["2.png"]
    assert "cannot be read" in listing.problems[0].reason


def test_neither_folder_nor_archive(tmp_path: Path) -> None:
    for path in (tmp_path / "absent", put(tmp_path / "1.png")):
        with pytest.raises(InvalidData):
            read_images(path)


def test_an_image_that_is_not_there(tmp_path: Path) -> None:
    for root in (tmp_path, archive(tmp_path / "in.zip", {})):
        with Vignettes(root) as images, pytest.raises(UnknownImage, match=r"No image 'x\.png'"):
            images.read("x.png")


def test_images_stream(tmp_path: Path) -> None:
    put(tmp_path / "1.png")
    put(tmp_path / "2.png", b"")
    found = iter_images(tmp_path)
    assert isinstance(next(found), ImageRecord)
    (tmp_path / "2.png").unlink()
    with pytest.raises(UnknownImage):
        next(found)


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "LA", "P", "CMYK", "YCbCr", "1", "HSV"])
def test_every_mode_becomes_grey(mode: str) -> None:
    form = "TIFF" if mode in {"CMYK", "YCbCr", "HSV"} else "PNG"
    image = Image.fromarray(GRADIENT)
    if mode == "HSV":
        content = encoded(image.convert("RGB"))
    else:
        content = encoded(image.convert(mode, dither=Image.Dither.NONE), form)
    grey = decode(content, "x")
    expected = np.where(GRADIENT > 127, 255, 0) if mode == "1" else GRADIENT
    assert grey.dtype == np.uint8
    assert grey.shape == (12, 20)
    assert np.abs(grey.astype(int) - expected).max() <= 3


def test_transparent_pixels_are_white() -> None:
    image = np.zeros((4, 4, 4), np.uint8)
    image[0, 0] = (0, 0, 0, 255)
    grey = decode(encoded(Image.fromarray(image, "RGBA")), "x")
    assert (grey[0, 0], grey[1, 1]) == (0, 255)


def test_sixteen_and_twelve_bits_are_shifted_by_the_depth_they_use() -> None:
    for top, shift in ((65535, 8), (4095, 4), (255, 0)):
        values = np.linspace(0, top, 60).astype(np.uint16).reshape(6, 10)
        assert np.array_equal(decode(encoded(Image.fromarray(values)), "x"), (values >> shift).astype(np.uint8))


def test_floats_and_what_is_no_number() -> None:
    values = np.linspace(0, 1, 60, dtype=np.float32).reshape(6, 10)
    assert decode(encoded(Image.fromarray(values), "TIFF"), "x").max() == 255
    values[0, 0] = np.nan
    with pytest.raises(InvalidImage, match="no numbers"):
        decode(encoded(Image.fromarray(values), "TIFF"), "x")


def test_an_enormous_image_is_refused_before_it_is_unpacked() -> None:
    content = bytearray(encoded(Image.new("L", (8, 8))))
    content[16:24] = struct.pack(">II", 60_000, 2_000)
    content[29:33] = struct.pack(">I", zlib.crc32(content[12:29]))
    with pytest.raises(InvalidImage, match="60000 × 2000 pixels"):
        decode(bytes(content), "x")
