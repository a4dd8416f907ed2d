"""Image folders and zip archives, read as records.

A folder names the label of the images in it: ``label/file.jpg``, or ``DisplayName__ID/file.jpg`` as EcoTaxa writes it,
whose label is the node ``ecotaxa:ID``. Images at the top carry no label.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from seston.errors import InvalidImage
from seston.records import ImageRecord
from seston.vignettes import Problem, Vignettes, decode

_ECOTAXA_FOLDER = re.compile(r".*__(\d+)")


@dataclass(frozen=True, slots=True)
class ImageListing:
    """The images that can be used, and those that cannot, each with its reason."""

    records: tuple[ImageRecord, ...]
    problems: tuple[Problem, ...]


def read_images(root: Path) -> ImageListing:
    """Read a folder or a zip archive of images into records.

    Every image is decoded once, so that a broken, empty or one-coloured one is known by name before any work starts.

    Parameters
    ----------
    root
        A folder, or a zip archive of the same form.

    Returns
    -------
    ImageListing
        Records sorted by id (the relative path), and the problems.

    Raises
    ------
    InvalidData
        If `root` is neither a folder nor a zip archive.
    """
    found = list(iter_images(root))
    return ImageListing(
        tuple(item for item in found if isinstance(item, ImageRecord)),
        tuple(item for item in found if isinstance(item, Problem)),
    )


def iter_images(root: Path) -> Iterator[ImageRecord | Problem]:
    """Yield each image below `root` as a record, or as a problem; one image at a time is held in memory.

    Parameters
    ----------
    root
        A folder, or a zip archive of the same form.

    Yields
    ------
    ImageRecord or Problem
        In the order of their relative paths; what points outside the archive comes first.
    """
    with Vignettes(root) as images:
        names = images.names()
        yield from images.refused
        for name in names:
            yield _record(images, name)


def label_of(name: str) -> str:
    """Return the label that the folder of an image names, or an empty string.

    Parameters
    ----------
    name
        Relative path of the image, with forward slashes.

    Returns
    -------
    str
        The folder's name; ``ecotaxa:ID`` for a folder ``DisplayName__ID``.

    Examples
    --------
    >>> label_of("copepod_calanoid/1.jpg"), label_of("Oithonidae__61993/1.png"), label_of("1.jpg")
    ('copepod_calanoid', 'ecotaxa:61993', '')
    """
    folder = PurePosixPath(name).parent.name
    numbered = _ECOTAXA_FOLDER.fullmatch(folder)
    return f"ecotaxa:{numbered[1]}" if numbered else folder


def _record(images: Vignettes, name: str) -> ImageRecord | Problem:
    try:
        content = images.read(name)
        height, width = decode(content, name).shape
    except InvalidImage as error:
        return Problem(name, error.problems[0])
    digest = hashlib.sha256(content).hexdigest()
    return ImageRecord(name, name, width, height, digest, label=label_of(name))
