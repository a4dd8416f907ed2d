"""Write, rename, then record: a killed run leaves a valid state.

Every file of a workspace is written to a sibling first and then renamed, so that a reader sees the old file or the new
one and never half of one. A read-only or full disk is one clear line.
"""

import errno
import glob
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from seston.errors import WorkspaceError

_HINTS = {
    errno.ENOSPC: "Free some space, or choose another workspace with -w.",
    errno.EROFS: "Choose a workspace on a disk that can be written, with -w.",
    errno.EACCES: "Choose a workspace that you may write to, with -w.",
    errno.EPERM: "Choose a workspace that you may write to, with -w.",
    errno.ENOTDIR: "A file stands where a folder is needed; choose another workspace with -w.",
    errno.EEXIST: "A file stands where a folder is needed; choose another workspace with -w.",
}


@contextmanager
def writing_errors(path: Path) -> Iterator[None]:
    """Turn an `OSError` while writing below `path` into a `WorkspaceError` of one line."""
    try:
        yield
    except WorkspaceError:
        raise
    except OSError as error:
        # The system's words: libraries wrap them in words of their own.
        reason = os.strerror(error.errno) if error.errno else str(error)
        hint = _HINTS.get(error.errno or 0, "Check the path, or choose another workspace with -w.")
        raise WorkspaceError(f"Cannot write {path}: {reason}.", hint=hint) from error


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary sibling to write to, and rename it to `path` once the block has ended well.

    Parameters
    ----------
    path
        The file to write; its folder is made when it is missing.

    Yields
    ------
    Path
        The sibling to write to.

    Raises
    ------
    WorkspaceError
        If the disk is full, read-only, or the folder cannot be made.
    """
    with writing_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path)
        sibling = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            yield sibling
            sibling.replace(path)
        finally:
            with suppress(OSError):
                sibling.unlink(missing_ok=True)


def _sweep(path: Path) -> None:
    """Remove what killed runs left beside `path`."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.*.part"):
        process = left.name.removesuffix(".part").rpartition(".")[2]
        if process.isdigit() and not _runs(int(process)):
            left.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    if os.name != "posix":  # elsewhere signal 0 would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def write_bytes(path: Path, content: bytes) -> None:
    """Write `content` to `path` at once, or not at all."""
    with replacing(path) as sibling:
        sibling.write_bytes(content)


def write_text(path: Path, content: str) -> None:
    """Write `content` to `path` as UTF-8 at once, or not at all."""
    write_bytes(path, content.encode())


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, or of the sorted names and contents of a folder, as hexadecimal digits."""
    if path.is_dir():
        parts = sorted(item for item in path.rglob("*") if item.is_file())
        lines = [f"{item.relative_to(path).as_posix()} {sha256_of(item)}\n" for item in parts]
        return hashlib.sha256("".join(lines).encode()).hexdigest()
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
