"""Vignettes: image files read as grey arrays, from a folder or from a zip archive.

Sources list them, encoders measure them; both must see the same pixels, so the reading lies below both.
"""

import io
import warnings
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from seston.errors import InvalidData, InvalidImage, UnknownImage, WorkspaceError

Grey = NDArray[np.uint8]

SUFFIXES = frozenset({".bmp", ".gif", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"})
MAX_PIXELS = 100_000_000
MAX_BYTES = 500_000_000


@dataclass(frozen=True, slots=True)
class Problem:
    """An image that was left out, and why."""

    image: str
    reason: str

    def __str__(self) -> str:
        return f"{self.image}: {self.reason}"


def decode(content: bytes, name: str) -> Grey:
    """Decode an image file of any mode into an 8-bit grey array.

    Colours become luminance, transparent pixels are laid on white, 16 bits are shifted down by the bit depth that the
    image uses, and of several frames the first is read.

    Parameters
    ----------
    content
        The bytes of the file.
    name
        Name of the image, for the message.

    Returns
    -------
    Grey
        Array (height, width) of 8-bit values, in pixels.

    Raises
    ------
    InvalidImage
        If the file is empty, broken, too large, or shows one colour only.
    """
    if not content:
        raise _invalid(name, "the file has 0 bytes")
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(content)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise _invalid(name, f"{image.width} × {image.height} pixels are more than {MAX_PIXELS:,}")
            grey = _grey(image)
    except InvalidImage:
        raise
    except Exception as error:  # a decoder meets arbitrary bytes, and each format fails in its own way
        raise _invalid(name, f"the image is broken ({_first_line(error)})") from error
    if grey.size == 0:
        raise _invalid(name, "the image has no pixels")
    if grey.min() == grey.max():
        raise _invalid(name, f"the image has one colour only ({grey.flat[0]})")
    return grey


class Vignettes:
    """The image files below a folder or inside a zip archive, opened for reading.

    Parameters
    ----------
    root
        A folder, or a zip archive.

    Raises
    ------
    InvalidData
        If `root` is neither.

    Examples
    --------
    >>> with Vignettes(Path("vignettes.zip")) as images:  # doctest: +SKIP
    ...     pixels = images.grey(images.names()[0])
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.refused: tuple[Problem, ...] = ()
        self._archive = None if root.is_dir() else _open_archive(root)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._archive is not None:
            self._archive.close()

    def names(self) -> list[str]:
        """Return the relative paths of all image files, sorted; members that point outside go to `refused`."""
        if self._archive is None:
            files = (path.relative_to(self.root) for path in self.root.rglob("*") if path.is_file())
            return sorted(path.as_posix() for path in files if _is_image(path.as_posix()))
        members = [info.filename for info in self._archive.infolist() if not info.is_dir()]
        found = [name for name in members if _is_image(name)]
        twice = {name for name, times in Counter(found).items() if times > 1}
        outside = [Problem(name, "the path points outside the archive") for name in found if not _is_inside(name)]
        self.refused = (*outside, *(Problem(name, "the archive holds the name twice") for name in sorted(twice)))
        return sorted({name for name in found if _is_inside(name)} - twice)

    def read(self, name: str) -> bytes:
        """Return the bytes of an image file.

        Raises
        ------
        UnknownImage
            If there is no such file.
        InvalidImage
            If the path points outside, or the member cannot be unpacked.
        """
        if not _is_inside(name):
            raise _invalid(name, "the path points outside")
        try:
            if self._archive is None:
                return (self.root / name).read_bytes()
            if self._archive.getinfo(name).file_size > MAX_BYTES:
                raise _invalid(name, f"it unpacks to more than {MAX_BYTES:,} bytes")
            return self._archive.read(name)
        except (KeyError, FileNotFoundError) as error:
            raise UnknownImage(name, hint=f"It was looked for in {self.root}.") from error
        except InvalidImage:
            raise
        except Exception as error:  # damaged or encrypted members raise BadZipFile, zlib.error, RuntimeError, OSError
            raise _invalid(name, f"the file cannot be read ({_first_line(error)})") from error

    def grey(self, name: str) -> Grey:
        """Return an image as an 8-bit grey array (height, width); raises what `read` and `decode` raise."""
        return decode(self.read(name), name)


def _open_archive(root: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(root)
    except FileNotFoundError as error:
        raise InvalidData(f"{root} does not exist.", hint="Give a folder of images or a zip archive.") from error
    except zipfile.BadZipFile as error:
        raise InvalidData(
            f"{root} is neither a folder nor a zip archive.", hint="Give a folder of images or a zip archive."
        ) from error
    except OSError as error:
        raise WorkspaceError(f"{root}: {error.strerror}.", hint="Give a file that can be read.") from error


def _is_image(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    hidden = path.name.startswith(".") or "__MACOSX" in path.parts
    return path.suffix.lower() in SUFFIXES and not hidden


def _is_inside(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return bool(parts) and ".." not in parts and not parts[0].startswith("/") and ":" not in parts[0]


def _grey(image: Image.Image) -> Grey:
    if image.mode.startswith(("I", "F")):
        return _to_bytes(np.asarray(image))
    if image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info:
        rgba = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", rgba.size, "white"), rgba).convert("RGB")
    elif image.mode == "P":
        image = image.convert("RGB")
    return np.array(image.convert("L"))


def _to_bytes(values: NDArray[Any]) -> Grey:
    if not np.isfinite(values).all():
        raise ValueError("some pixels are no numbers")
    if values.dtype.kind == "f" and values.max() <= 1:
        values = values * 255
    depth = max(int(values.max()), 0).bit_length()
    return np.clip(values / 2.0 ** max(depth - 8, 0), 0, 255).astype(np.uint8)


def _invalid(name: str, reason: str) -> InvalidImage:
    return InvalidImage(f"{name}: {reason}", hint="Replace the file, or leave it out.", problems=(reason,))


def _first_line(error: Exception) -> str:
    if isinstance(error, UnidentifiedImageError):
        return "of no format that is known"
    return (str(error).splitlines() or [type(error).__name__])[0]
