"""An archive on disk, zip or folder: what may be opened in it."""

import zipfile
from pathlib import Path, PurePosixPath
from typing import IO

from seston.errors import InvalidData
from seston.sources.darwincore.meta import Part, read_meta

MAX_BYTES = 16 * 2**30
MAX_RATIO = 200
_SMALL = 2**20
_MAX_META = 2**22


class Archive:
    """A Darwin Core archive; nothing of it is ever unpacked to disk.

    Parameters
    ----------
    path
        A zip file, or a folder with the same files.

    Raises
    ------
    InvalidData
        It is no zip; members leave the archive or unpack to too much; meta.xml or the core file is missing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._names = _folder_names(path) if path.is_dir() else _zip_names(path)
        if "meta.xml" not in self._names:
            raise InvalidData(
                f"{path} has no meta.xml.", hint="Give a Darwin Core archive: a zip or folder with meta.xml."
            )
        with self.open("meta.xml") as stream:
            content = stream.read(_MAX_META + 1)
        if len(content) > _MAX_META:
            raise InvalidData(f"meta.xml of {path} is larger than {_MAX_META} bytes.", hint="It is no such archive.")
        self.core, *extensions = read_meta(content)
        self.extensions: tuple[Part, ...] = tuple(extensions)
        self._check_locations()

    def open(self, name: str) -> IO[bytes]:
        """Open a member for reading, as it is on disk."""
        if self.path.is_dir():
            return (self.path / name).open("rb")
        return zipfile.ZipFile(self.path).open(name)

    def extension(self, kind: str) -> Part | None:
        """Return the extension of a kind, such as "VernacularName", if the archive has it."""
        return next((part for part in self.extensions if part.kind == kind), None)

    def _check_locations(self) -> None:
        wanted = [part.location for part in (self.core, *self.extensions)]
        missing = [f"{name}: named in meta.xml, not in the archive" for name in wanted if name not in self._names]
        if missing:
            hint = "Download the archive again; it may be cut short."
            raise InvalidData(f"{self.path} lacks files that meta.xml names.", hint=hint, problems=missing)


def _folder_names(path: Path) -> set[str]:
    root = path.resolve()
    inside = (item for item in path.rglob("*") if item.is_file() and item.resolve().is_relative_to(root))
    return {item.relative_to(path).as_posix() for item in inside}


def _zip_names(path: Path) -> set[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (OSError, zipfile.BadZipFile) as error:
        raise InvalidData(f"{path} is no zip archive: {error}.", hint="Download it again.") from error
    problems = [f"{item.filename}: {reason}" for item in members if (reason := _reason_against(item))]
    total = sum(item.file_size for item in members)
    if total > MAX_BYTES:
        problems.append(f"all members: {total} bytes unpacked, at most {MAX_BYTES} are read")
    if problems:
        hint = "Do not use this archive; get it from its publisher."
        raise InvalidData(f"{path} has members that cannot be trusted.", hint=hint, problems=problems)
    return {item.filename for item in members}


def _reason_against(item: zipfile.ZipInfo) -> str:
    name = item.orig_filename
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or "\\" in name or ":" in name or "\0" in name:
        return "leads out of the archive"
    if item.file_size > _SMALL and item.file_size > MAX_RATIO * max(item.compress_size, 1):
        return f"unpacks {item.compress_size} bytes to {item.file_size}, at most {MAX_RATIO} times are read"
    return ""
