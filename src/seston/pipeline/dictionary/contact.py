"""Contact sheets: a few images of a label side by side, for a short look."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np

from seston.disk import write_bytes
from seston.pipeline.classifying.images import Listed
from seston.vignettes import Grey, Vignettes

MOST = 10
_COLUMNS, _CELL, _GAP, _TEXT = 5, 220, 8, 16


def chosen_images(listed: Sequence[Listed], most: int = MOST) -> list[Listed]:
    """Return at most `most` images that lie at hand, spread evenly over their sorted ids; the same on every run."""
    there = sorted((item for item in listed if item.root), key=lambda item: item.record.id)
    if len(there) <= most:
        return there
    places = np.linspace(0, len(there) - 1, most).round().astype(int)
    return [there[place] for place in places.tolist()]


def write_sheet(path: Path, images: Sequence[Listed]) -> None:
    """Write a PNG of images in rows of five, each enlarged or reduced to its cell, with its size in pixels below.

    Parameters
    ----------
    path
        The file.
    images
        At least one, all with a root.
    """
    from PIL import Image, ImageDraw

    rows = -(-len(images) // _COLUMNS)
    step, drop = _CELL + _GAP, _CELL + _TEXT + _GAP
    sheet = Image.new("L", (_GAP + step * min(_COLUMNS, len(images)), _GAP + drop * rows), 255)
    pen = ImageDraw.Draw(sheet)
    for number, item in enumerate(images):
        left, top = _GAP + step * (number % _COLUMNS), _GAP + drop * (number // _COLUMNS)
        grey = _read(item)
        picture = Image.fromarray(grey)
        scale = min(_CELL / grey.shape[1], _CELL / grey.shape[0])
        picture = picture.resize((max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale))))
        sheet.paste(picture, (left + (_CELL - picture.width) // 2, top + (_CELL - picture.height) // 2))
        pen.rectangle((left, top, left + _CELL, top + _CELL), outline=190)
        pen.text((left + 2, top + _CELL + 2), f"{number + 1}: {grey.shape[1]} x {grey.shape[0]} px", fill=70)
    buffer = BytesIO()
    sheet.save(buffer, "PNG", optimize=True)
    write_bytes(path, buffer.getvalue())


def _read(item: Listed) -> Grey:
    with Vignettes(Path(item.root)) as images:
        return images.grey(item.record.path)
