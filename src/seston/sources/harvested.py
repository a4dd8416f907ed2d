"""Rows that harvests keep, as Parquet files of one schema."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from seston.disk import replacing
from seston.errors import InvalidData

_AGAIN = "Remove it and harvest again."


def read_rows(path: Path, schema: Any, kind: str) -> list[dict[str, Any]]:
    """Read rows; a file that is not there holds none.

    Parameters
    ----------
    path
        The file.
    schema
        The Arrow schema that it must have.
    kind
        What the rows are, for the message.

    Raises
    ------
    InvalidData
        The file is damaged or has other columns.
    """
    from pyarrow import ArrowException, parquet

    if not path.exists():
        return []
    try:
        table = parquet.read_table(path, memory_map=False)
    except (OSError, ArrowException) as error:
        raise InvalidData(f"{path} cannot be read: {error}.", hint=_AGAIN) from error
    if table.schema != schema:
        raise InvalidData(f"{path} holds {kind} of another format.", hint=_AGAIN)
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows


def write_rows(path: Path, schema: Any, rows: Sequence[dict[str, Any]]) -> None:
    """Write rows of an Arrow schema; the same ones always give the same bytes."""
    import pyarrow as pa
    from pyarrow import parquet

    with replacing(path) as sibling:
        parquet.write_table(pa.Table.from_pylist(list(rows), schema=schema), sibling, compression="zstd")
