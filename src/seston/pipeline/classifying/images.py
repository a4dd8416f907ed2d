"""The images of a workspace: which there are, where they lie, and what they are labelled."""

import csv
import gzip
import hashlib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from seston.bundled import folder
from seston.disk import write_bytes
from seston.errors import InvalidData, UnknownImage
from seston.records import ImageRecord
from seston.workspace import Workspace

INDEX = "images/index.csv.gz"
ALIKE = 75
_COLUMNS = ("id", "root", "path", "width", "height", "sha256", "label", "split")


@dataclass(frozen=True, slots=True)
class Listed:
    """An image and the folder or archive it lies in; ``root`` is empty when only its features are at hand."""

    record: ImageRecord
    root: str = ""


def read_index(workspace: Workspace) -> list[Listed]:
    """Return the images of a workspace, sorted by id; none when nothing was imported."""
    path = workspace.path(INDEX)
    if not path.exists():
        return []
    with gzip.open(path, "rt", newline="", encoding="utf-8") as stream:
        return [_listed(row) for row in csv.DictReader(stream)]


def write_index(workspace: Workspace, listed: Iterable[Listed]) -> None:
    """Write the images of a workspace."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for item in sorted(listed, key=lambda item: item.record.id):
        r = item.record
        writer.writerow((r.id, item.root, r.path, r.width, r.height, r.sha256, r.label, r.split))
    write_bytes(workspace.path(INDEX), gzip.compress(text.getvalue().encode(), mtime=0))


def add_images(workspace: Workspace, records: Iterable[ImageRecord], root: Path) -> int:
    """Add images to the index; a known id keeps its label and split where the new record has none.

    Returns
    -------
    int
        How many images the index holds now.
    """
    known = {item.record.id: item for item in read_index(workspace)}
    for record in records:
        before = known.get(record.id)
        if before is not None:
            label, split = record.label or before.record.label, record.split or before.record.split
            record = replace(record, label=label, split=split)
        known[record.id] = Listed(record, str(root.resolve()))
    write_index(workspace, known.values())
    return len(known)


def bundled_images() -> list[Listed]:
    """Return the images of PlanktonSet whose features are bundled; the images themselves are not."""
    with gzip.open(folder("data") / "planktonset" / "images.csv.gz", "rt", newline="") as stream:
        return [
            Listed(ImageRecord(r["file"], "", int(r["width"]), int(r["height"]), "", r["label"], r["split"]))
            for r in csv.DictReader(stream)
        ]


def use_bundled_images(workspace: Workspace) -> None:
    """Put the images whose features are bundled into the workspace, beside those that it has."""
    known = {item.record.id: item for item in bundled_images()}
    known |= {item.record.id: item for item in read_index(workspace) if item.root}
    write_index(workspace, known.values())


def find_image(workspace: Workspace, name: str) -> Listed | None:
    """Return the image of that id, or whose path ends in it; None when `name` is a file outside the workspace.

    Raises
    ------
    UnknownImage
        If it is neither.
    """
    listed = {item.record.id: item for item in read_index(workspace)}
    if name in listed:
        return listed[name]
    ends = [item for image, item in listed.items() if image.endswith("/" + name)]
    if len(ends) == 1:
        return ends[0]
    if Path(name).is_file():
        return None
    if ends:
        some = [item.record.id for item in ends[:3]]
        raise UnknownImage(name, nearest=some, hint=f"{len(ends)} images end so; give more of the path.")
    from rapidfuzz import process

    near = [match for match, _, _ in process.extract(name, list(listed), limit=3, score_cutoff=ALIKE)]
    raise UnknownImage(name, nearest=near, hint="Give the id of an image of the workspace, or an image file.")


def apply_labels(listed: list[Listed], path: Path) -> list[Listed]:
    """Return the images with the labels and splits of a table ``file,label,split``.

    Raises
    ------
    InvalidData
        If the columns are not there, or no row names an image of the workspace.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidData(f"Cannot read {path}: {error}.", hint="Give a CSV file: file,label,split.") from error
    if not rows or not {"file", "label"} <= rows[0].keys():
        raise InvalidData(f"{path} has no columns file and label.", hint="Give a CSV file: file,label,split.")
    table = {row["file"]: row for row in rows}
    if not any(item.record.id in table for item in listed):
        raise InvalidData(f"{path} names no image of the workspace.", hint="The column 'file' holds image ids.")
    return [_relabelled(item, table.get(item.record.id)) for item in listed]


def with_splits(listed: list[Listed]) -> list[Listed]:
    """Return the images with a split each; where none has one, a quarter becomes "test" by the hash of its id."""
    if any(item.record.split for item in listed):
        return [item for item in listed if item.record.split]
    return [_in_split(item) for item in listed]


def _in_split(item: Listed) -> Listed:
    first = hashlib.sha256(item.record.id.encode()).digest()[0]
    return replace(item, record=replace(item.record, split="test" if first < 64 else "train"))


def _relabelled(item: Listed, row: Mapping[str, str | None] | None) -> Listed:
    # A row that is too short holds None.
    label, split = (row["label"] or "", row.get("split") or "") if row else ("", "")
    return replace(item, record=replace(item.record, label=label, split=split))


def _listed(row: dict[str, str]) -> Listed:
    size = int(row["width"]), int(row["height"])
    return Listed(ImageRecord(row["id"], row["path"], *size, row["sha256"], row["label"], row["split"]), row["root"])
