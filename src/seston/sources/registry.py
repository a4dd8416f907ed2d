"""The one form in which every taxonomy source enters a workspace: ``sources/<name>.parquet``.

Whoever reads taxa of others (a table, an archive, a server) writes such a table; the stage "taxonomy" joins them with
the bundled taxa into one tree, and labels are linked against the result.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seston.disk import replacing
from seston.errors import InvalidData

FOLDER = "sources"
PROFILE = ("marine", "brackish", "freshwater", "terrestrial", "extinct")


@dataclass(frozen=True, slots=True)
class Registered:
    """A name as a register has it.

    Parameters
    ----------
    id
        CURIE, such as ``worms:1080`` or ``ecotaxa:25828``.
    name, rank, authority
        As the register writes them; the rank in small letters.
    parent
        CURIE of the parent in the same register, or empty.
    accepted
        CURIE of the accepted name; the id itself when it is the accepted one, or when that is not known.
    accepted_name
        The accepted name, where the register writes it beside its id.
    status
        The register's own word: "accepted", "unaccepted", "active", "deprecated", …
    morphological
        Whether it is a part, stage, view or artefact (EcoTaxa's M nodes) and no taxon.
    same_as
        CURIEs of the same taxon in other registers.
    renamed_to
        CURIE of the node that took its place, or empty.
    lineage
        (rank, name) from the kingdom down, as far as the register gives it beside the parent.
    vernaculars
        (language, name).
    marine, brackish, freshwater, terrestrial, extinct
        Whether it lives there, or no longer; None where the register does not say.
    """

    id: str
    name: str
    rank: str = ""
    parent: str = ""
    accepted: str = ""
    status: str = "accepted"
    authority: str = ""
    morphological: bool = False
    same_as: tuple[str, ...] = ()
    renamed_to: str = ""
    lineage: tuple[tuple[str, str], ...] = ()
    vernaculars: tuple[tuple[str, str], ...] = ()
    accepted_name: str = ""
    marine: bool | None = None
    brackish: bool | None = None
    freshwater: bool | None = None
    terrestrial: bool | None = None
    extinct: bool | None = None


def register_schema() -> Any:
    """Return the Arrow schema of a register's table, one column a field of `Registered`."""
    import pyarrow as pa

    texts = ("id", "name", "rank", "parent", "accepted", "status", "authority")
    pair = pa.list_(pa.struct([("first", pa.string()), ("second", pa.string())]))
    return pa.schema(
        [
            *((name, pa.string()) for name in texts),
            ("morphological", pa.bool_()),
            ("same_as", pa.list_(pa.string())),
            ("renamed_to", pa.string()),
            ("lineage", pair),
            ("vernaculars", pair),
            ("accepted_name", pa.string()),
            *((name, pa.bool_()) for name in PROFILE),
        ]
    )


def register_table(rows: Iterable[Registered]) -> Any:
    """Return rows as an Arrow table of `register_schema`."""
    import pyarrow as pa

    def plain(row: Registered, name: str) -> Any:
        value = getattr(row, name)
        return [{"first": a, "second": b} for a, b in value] if name in ("lineage", "vernaculars") else value

    rows, schema = list(rows), register_schema()
    return pa.table({name: [plain(row, name) for row in rows] for name in schema.names}, schema=schema)


def write_register(path: Path, table: Any) -> None:
    """Write a table of `register_schema` as Parquet; the same table always gives the same bytes.

    Parameters
    ----------
    path
        ``<workspace>/sources/<name>.parquet``.
    table
        What `register_table` returns, or an Arrow table built otherwise, which may lack the columns ``accepted_name``
        and `PROFILE`.
    """
    from pyarrow import parquet

    with replacing(path) as sibling:
        parquet.write_table(_completed(table).cast(register_schema()), sibling, compression="zstd")


def read_register(path: Path) -> list[Registered]:
    """Read what `write_register` wrote.

    Raises
    ------
    InvalidData
        The file is damaged or has other columns.
    """
    from pyarrow import ArrowException, parquet

    try:
        table = parquet.read_table(path, memory_map=False)
    except (OSError, ArrowException) as error:
        raise InvalidData(f"{path} cannot be read: {error}.", hint="Import or harvest it again.") from error
    table = _completed(table)
    if table.schema != register_schema():
        raise InvalidData(f"{path} holds a register of another format.", hint="Import or harvest it again.")
    return [_registered(row) for row in table.to_pylist()]


def _completed(table: Any) -> Any:
    """Return a table with the columns that it may lack: an empty accepted name, nothing known of where it lives."""
    import pyarrow as pa

    if "accepted_name" not in table.column_names:
        table = table.append_column("accepted_name", pa.array([""] * len(table), pa.string()))
    for name in PROFILE:
        if name not in table.column_names:
            table = table.append_column(name, pa.nulls(len(table), pa.bool_()))
    return table


def _registered(row: dict[str, Any]) -> Registered:
    pairs = {name: tuple((p["first"], p["second"]) for p in row[name]) for name in ("lineage", "vernaculars")}
    return Registered(**{**row, **pairs, "same_as": tuple(row["same_as"])})
