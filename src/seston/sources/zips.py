"""What may be opened in a zip archive of others: nothing outside it, and nothing that unpacks without end."""

import zipfile
from pathlib import Path, PurePosixPath

from seston.errors import InvalidData

MAX_BYTES = 16 * 2**30
MAX_RATIO = 200
_SMALL = 2**20


def names_in(path: Path) -> set[str]:
    """Return the names of the members of a zip archive, folders left out.

    Raises
    ------
    InvalidData
        It is no zip archive; or members lead out of it, unpack to more than `MAX_RATIO` times their size, or all of
        them to more than `MAX_BYTES`: every one is listed.
    """
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
    return {item.filename for item in members if not item.is_dir()}


def _reason_against(item: zipfile.ZipInfo) -> str:
    name = item.orig_filename
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or "\\" in name or ":" in name or "\0" in name:
        return "leads out of the archive"
    if item.file_size > _SMALL and item.file_size > MAX_RATIO * max(item.compress_size, 1):
        return f"unpacks {item.compress_size} bytes to {item.file_size}, at most {MAX_RATIO} times are read"
    return ""
