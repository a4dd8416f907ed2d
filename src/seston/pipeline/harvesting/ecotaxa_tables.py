"""EcoTaxa's tables in the workspace: imported without loss, with their images, and written back."""

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import IO, Any

from seston.disk import replacing, write_text
from seston.errors import InvalidData, UsageError, WorkspaceError
from seston.pipeline.classifying.images import add_images
from seston.pipeline.harvesting.ecotaxa_categories import VALIDATED, display_names
from seston.pipeline.stages import Progress
from seston.records import ImageRecord
from seston.sources.ecotaxa.dialect import Dialect, read_dialect
from seston.sources.ecotaxa.lines import told
from seston.sources.ecotaxa.rules import annotation_faults, header_faults, value_faults
from seston.sources.ecotaxa.tables import read_batches, write_table
from seston.sources.images import iter_images
from seston.sources.zips import names_in
from seston.workspace import Workspace

FOLDER = "ecotaxa"
CARD = "tables.json"
_TABLE_ENDS = (".tsv", ".txt")


@dataclass(frozen=True)
class Imported:
    """What came in: tables, objects, images, and what was left out."""

    tables: int
    rows: int
    images: int
    left_out: tuple[str, ...]


def import_ecotaxa(workspace: Workspace, path: Path, progress: Progress) -> Imported:
    """Read a table, or an archive or folder of tables and images, into the workspace.

    Parameters
    ----------
    workspace
        It is kept under ``ecotaxa/<stem>``; one of the same name is replaced.
    path
        A ``.tsv`` or ``.txt`` file, a zip, or a folder.
    progress
        Told of each table.

    Raises
    ------
    InvalidData
        No table; a broken one; a category without a status, as EcoTaxa would say: all rows of it.
    """
    members = _tables(path)
    if not members:
        raise InvalidData(f"{path} holds no table.", hint="Give ecotaxa*.tsv, or a zip or folder that holds one.")
    dialects = [read_dialect(open_, member) for member, open_ in members.items()]
    for dialect in dialects:
        open_ = members[dialect.member]
        _refuse(dialect, told(annotation_faults(dialect, read_batches(open_, dialect)), open_, dialect))
    folder, rows = f"{FOLDER}/{path.stem}", 0
    for number, dialect in enumerate(dialects):
        progress.note(f"{dialect.member}: {len(dialect.header)} columns")
        rows += _keep(workspace.path(f"{folder}/{number}.parquet"), dialect, members[dialect.member])
    card = {"source": str(path.resolve()), "tables": [asdict(dialect) for dialect in dialects]}
    write_text(workspace.path(f"{folder}/{CARD}"), json.dumps(card, indent=1, ensure_ascii=False) + "\n")
    images, left_out = _import_images(workspace, path, folder, dialects)
    return Imported(len(dialects), rows, images, left_out)


def export_ecotaxa(workspace: Workspace, path: Path, name: str = "") -> tuple[int, int, list[str]]:
    """Write tables back as they came, to a ``.zip`` with the images that are at hand, else the table alone.

    Returns
    -------
    tuple of int, int, list of str
        Rows, images, and what EcoTaxa would refuse in the tables.

    Raises
    ------
    UsageError
        Several tables were imported and none is named, or several are to go into one file.
    """
    folder, card = _card(workspace, name)
    dialects = [Dialect(**{**d, "header": tuple(d["header"]), "types": tuple(d["types"])}) for d in card["tables"]]
    if path.suffix != ".zip":
        if len(dialects) > 1:
            raise UsageError(f"{len(dialects)} tables do not go into one file.", hint="Give a path that ends in .zip.")
        with replacing(path) as sibling, sibling.open("wb") as stream:
            rows, images = write_table(stream, dialects[0], _batches(folder / "0.parquet")), 0
    else:
        with replacing(path) as sibling, zipfile.ZipFile(sibling, "w", zipfile.ZIP_DEFLATED) as archive:
            rows = sum(_add_table(archive, folder / f"{number}.parquet", d) for number, d in enumerate(dialects))
            images = _add_images(archive, Path(card["source"]))
    opened = [_member(path, d.member) if path.suffix == ".zip" else _opener(path) for d in dialects]
    faults = [_faults(folder / f"{number}.parquet", d, opened[number]) for number, d in enumerate(dialects)]
    return rows, images, [fault for found in faults for fault in found]


def _tables(path: Path) -> dict[str, Callable[[], IO[bytes]]]:
    """Return the tables of a file, folder or archive, each with what opens it."""
    if path.is_dir():
        found = sorted(item for item in path.rglob("*") if item.suffix.lower() in _TABLE_ENDS and item.is_file())
        return {item.relative_to(path).as_posix(): _opener(item) for item in found}
    if path.suffix.lower() in _TABLE_ENDS:
        return {path.name: _opener(path)}
    if path.suffix.lower() != ".zip" and not zipfile.is_zipfile(path):
        raise InvalidData(
            f"{path.name} is no table of EcoTaxa.",
            hint=f"Give a file ending in {' or '.join(_TABLE_ENDS)}, or a zip or folder that holds one.",
        )
    names = names_in(path)
    return {name: _member(path, name) for name in sorted(names) if name.lower().endswith(_TABLE_ENDS)}


def _opener(path: Path) -> Callable[[], IO[bytes]]:
    return lambda: path.open("rb")


def _member(path: Path, name: str) -> Callable[[], IO[bytes]]:
    return lambda: zipfile.ZipFile(path).open(name)


def _refuse(dialect: Dialect, faults: list[str]) -> None:
    if faults:
        raise InvalidData(
            f"{dialect.member}: EcoTaxa would refuse this table; {faults[0]}.",
            hint="Give object_annotation_status (predicted, dubious or validated) wherever there is a category.",
            problems=faults,
        )


def _keep(path: Path, dialect: Dialect, open_: Callable[[], IO[bytes]]) -> int:
    import pyarrow as pa
    from pyarrow import parquet

    rows = 0
    schema = pa.schema([(name, pa.string()) for name in dialect.header])
    with replacing(path) as sibling, parquet.ParquetWriter(sibling, schema, compression="zstd") as writer:
        for batch in read_batches(open_, dialect):
            writer.write_batch(batch)
            rows += len(batch)
    return rows


def _batches(path: Path) -> Iterator[Any]:
    from pyarrow import parquet

    with parquet.ParquetFile(path) as file:
        yield from file.iter_batches(batch_size=8192)


def _faults(table: Path, dialect: Dialect, written: Callable[[], IO[bytes]]) -> list[str]:
    """Return what EcoTaxa would refuse in a table, with the lines of the file that was written."""
    found = chain(annotation_faults(dialect, _batches(table)), value_faults(dialect, _batches(table)))
    faults = [*header_faults(dialect), *told(found, written, dialect)]
    return [f"{dialect.member}: {fault}" for fault in faults]


def _card(workspace: Workspace, name: str) -> tuple[Path, dict[str, Any]]:
    found = {card.parent.name: card for card in sorted(workspace.path(FOLDER).glob(f"*/{CARD}"))}
    if not found:
        raise WorkspaceError(f"No EcoTaxa table in {workspace.root}.", hint="Run 'seston import ecotaxa PATH' first.")
    if (name and name not in found) or (not name and len(found) > 1):
        raise UsageError(f"Which table? There are {', '.join(found)}.", hint="Name one with --from.")
    card = found[name or next(iter(found))]
    return card.parent, json.loads(card.read_text(encoding="utf-8"))


def _import_images(
    workspace: Workspace, path: Path, folder: str, dialects: list[Dialect]
) -> tuple[int, tuple[str, ...]]:
    if path.is_file() and path.suffix != ".zip":
        return 0, ()
    labels: dict[str, str] = {}
    for number, dialect in enumerate(dialects):
        labels |= _labels(dialect, workspace.path(f"{folder}/{number}.parquet"))
    found = list(iter_images(path))
    there = {item.id if isinstance(item, ImageRecord) else item.image for item in found}
    missing = tuple(f"{name}: named in the table, not there" for name in sorted(labels.keys() - there))
    records = [replace(item, label=labels.get(item.id, "")) for item in found if isinstance(item, ImageRecord)]
    if records:
        add_images(workspace, records, path)
    broken = tuple(str(item) for item in found if not isinstance(item, ImageRecord))
    return len(records), (*broken, *missing)


def _labels(dialect: Dialect, table: Path) -> dict[str, str]:
    """Return the label of each image, by its path: its category when that is validated, else nothing."""
    names = ("img_file_name", *(f"object_annotation_{name}" for name in ("category", "hierarchy", "status")))
    places = [dialect.column(name) for name in names]
    if places[0] < 0:
        return {}
    beside, labels, shown = PurePosixPath(dialect.member).parent, {}, display_names(table)
    for batch in _batches(table):
        columns = [batch.column(i).to_pylist() if i >= 0 else [""] * len(batch) for i in places]
        for file, category, hierarchy, status in zip(*columns, strict=True):
            label = shown.get((category.strip(), hierarchy.strip()), category)
            labels[str(beside / file)] = label if status.lower() in VALIDATED else ""
    return labels


def _add_table(archive: zipfile.ZipFile, table: Path, dialect: Dialect) -> int:
    with archive.open(zipfile.ZipInfo(dialect.member), "w", force_zip64=True) as stream:
        return write_table(stream, dialect, _batches(table))


def _add_images(archive: zipfile.ZipFile, source: Path) -> int:
    """Copy what stands beside the tables in the folder or archive they came from, where it is still there."""
    count = 0
    if source.is_dir():
        for item in sorted(source.rglob("*")):
            if item.is_file() and item.suffix.lower() not in _TABLE_ENDS:
                archive.write(item, item.relative_to(source).as_posix())
                count += 1
    elif source.suffix == ".zip" and source.exists():
        with zipfile.ZipFile(source) as original:
            for member in original.infolist():
                if not member.is_dir() and not member.filename.lower().endswith(_TABLE_ENDS):
                    archive.writestr(member, original.read(member))
                    count += 1
    return count
