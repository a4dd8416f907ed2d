"""What pages say of taxa, on disk: passages, the pages they come from, and the pages that were rejected."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from seston.disk import write_text
from seston.errors import InvalidData
from seston.records import Passage
from seston.sources.harvested import read_rows, write_rows
from seston.sources.wikimedia.attach import Attachment

PASSAGES, ATTACHED, REJECTED = "harvest/passages.parquet", "harvest/attached.json", "harvest/rejected.json"


@dataclass(frozen=True, slots=True)
class Read:
    """A page that was read: what became of it, and its passages when it was attached."""

    attachment: Attachment
    passages: Sequence[Passage] = ()


def passage_schema() -> Any:
    """Return the Arrow schema of the passages, one column a field of `Passage`."""
    import pyarrow as pa

    return pa.schema([(f.name, pa.int64() if f.name == "start" else pa.string()) for f in fields(Passage)])


def read_passages(path: Path) -> list[Passage]:
    """Read passages; a file that is not there holds none.

    Raises
    ------
    InvalidData
        The file is damaged or has other columns.
    """
    return [Passage(**row) for row in read_rows(path, passage_schema(), "passages")]


def write_passages(path: Path, passages: Iterable[Passage]) -> None:
    """Write passages, sorted by taxon, page and place; the same passages always give the same bytes."""
    rows = [asdict(p) for p in sorted(passages, key=lambda p: (p.about, p.page, p.start))]
    write_rows(path, passage_schema(), rows)


def keep(root: Path, pages: Iterable[Read]) -> None:
    """Add pages to those of a workspace; a page that it has already is replaced.

    Parameters
    ----------
    root
        Folder of the workspace.
    pages
        Attached or rejected, each with its passages.
    """
    new = {read.attachment.page: read for read in pages}
    made = [
        *(old for old in read_attachments(root) if old.page not in new),
        *(read.attachment for read in new.values()),
    ]
    old_passages = (p for p in read_passages(root / PASSAGES) if p.page not in new)
    write_passages(root / PASSAGES, [*old_passages, *(p for read in new.values() for p in read.passages)])
    _write(root / ATTACHED, [one for one in made if one.taxon])
    _write(root / REJECTED, [one for one in made if not one.taxon])


def read_attachments(root: Path) -> list[Attachment]:
    """Return what became of every page that a workspace has read.

    Raises
    ------
    InvalidData
        A file is damaged.
    """
    found = []
    for path in (root / ATTACHED, root / REJECTED):
        try:
            rows = json.loads(path.read_text()) if path.exists() else []
            found += [Attachment(**{**row, "evidence": tuple(row["evidence"])}) for row in rows]
        except (ValueError, TypeError, KeyError) as error:
            raise InvalidData(f"{path} cannot be read: {error}.", hint="Remove it and harvest again.") from error
    return found


def _write(path: Path, made: Iterable[Attachment]) -> None:
    rows = [asdict(one) for one in sorted(made, key=lambda one: one.page)]
    write_text(path, json.dumps(rows, indent=1, ensure_ascii=False) + "\n")
