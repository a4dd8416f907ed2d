"""An archive on disk, zip or folder: what may be opened in it."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from seston.errors import InvalidData
from seston.sources.darwincore.meta import Part, read_meta
from seston.sources.zips import names_in

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
        self._names = _folder_names(path) if path.is_dir() else names_in(path)
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

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """Open a member for reading, as it is on disk, and close it with the archive."""
        if self.path.is_dir():
            with (self.path / name).open("rb") as stream:
                yield stream
            return
        with zipfile.ZipFile(self.path) as archive, archive.open(name) as member:
            yield member

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
