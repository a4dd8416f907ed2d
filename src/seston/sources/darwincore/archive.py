"""An archive on disk, zip or folder: what may be opened in it."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from seston.errors import InvalidData
from seston.sources.darwincore.meta import Part, read_meta
from seston.sources.zips import names_in

_MAX_META = 2**22
_CORRUPT = (zipfile.BadZipFile, zlib.error, EOFError)
_HINT = "Give a Darwin Core archive: a zip or folder with meta.xml. For a single table, use 'seston import table'."


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
        if not path.is_dir() and not zipfile.is_zipfile(path):
            raise InvalidData(f"{path} is no zip archive, or is cut short.", hint=_HINT)
        self._names = _folder_names(path) if path.is_dir() else names_in(path)
        if "meta.xml" not in self._names:
            raise InvalidData(f"{path} has no meta.xml.", hint=_HINT)
        with self.open("meta.xml") as stream:
            content = stream.read(_MAX_META + 1)
        if len(content) > _MAX_META:
            raise InvalidData(f"meta.xml of {path} is larger than {_MAX_META} bytes.", hint="It is no such archive.")
        self.core, *extensions = read_meta(content)
        self.extensions: tuple[Part, ...] = tuple(extensions)
        self._check_locations()

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """Open a member for reading, as it is on disk, and close it with the archive.

        Raises
        ------
        InvalidData
            It cannot be unpacked, or unpacks to other bytes than were packed.
        """
        try:
            with ExitStack() as opened:
                if self.path.is_dir():
                    yield opened.enter_context((self.path / name).open("rb"))
                else:
                    archive = opened.enter_context(zipfile.ZipFile(self.path))
                    yield opened.enter_context(_member(archive, name))
        except _CORRUPT as error:
            hint = "Download the archive again."
            raise InvalidData(f"{name} of {self.path} cannot be unpacked: {error}.", hint=hint) from error

    def extension(self, kind: str) -> Part | None:
        """Return the extension of a kind, such as "VernacularName", if the archive has it."""
        return next((part for part in self.extensions if part.kind == kind), None)

    def _check_locations(self) -> None:
        wanted = [part.location for part in (self.core, *self.extensions)]
        missing = [f"{name}: named in meta.xml, not in the archive" for name in wanted if name not in self._names]
        if missing:
            hint = "Download the archive again; it may be cut short."
            raise InvalidData(f"{self.path} lacks files that meta.xml names.", hint=hint, problems=missing)


def _member(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    try:
        return archive.open(name)
    except RuntimeError as error:  # a password, or a way of packing that Python does not know
        raise zipfile.BadZipFile(str(error)) from error


def _folder_names(path: Path) -> set[str]:
    root = path.resolve()
    inside = (item for item in path.rglob("*") if item.is_file() and item.resolve().is_relative_to(root))
    return {item.relative_to(path).as_posix() for item in inside}
