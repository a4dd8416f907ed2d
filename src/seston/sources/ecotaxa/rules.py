"""What EcoTaxa refuses in a table, found before it is sent."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from seston.sources.ecotaxa.dialect import Dialect
from seston.sources.ecotaxa.lines import Fault

STATUSES = frozenset({"", "p", "d", "v", "x", "predicted", "dubious", "validated", "discarded"})
NEEDED = ("img_file_name", "object_id")
#: Free columns that a project can hold, by prefix and type.
LIMITS = {
    ("object_", "[f]"): 500,
    ("object_", "[t]"): 20,
    ("process_", ""): 30,
    ("acq_", ""): 30,
    ("sample_", ""): 60,
}
_FIXED = re.compile(
    r"object_(id|link|lat|lon|date|time|depth_min|depth_max|lat_end|lon_end|annotation_\w+)|sample_(id|dataportal_\w+)|"
    r"acq_(id|instrument)|process_id"
)
_EMPTY = frozenset({"", "nan", "na"})
_DATE = re.compile(r"\d{8}|\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"\d{1,6}|\d{1,2}:\d{2}(:\d{2})?")


def header_faults(dialect: Dialect) -> list[str]:
    """Return what is wrong with the columns of a table that is to be sent to EcoTaxa."""
    faults = [f"no column {name}" for name in NEEDED if dialect.column(name) < 0]
    names = [name.lower().strip() for name in dialect.header]
    kinds = dialect.types or ("[f]",) * len(names)
    free = [(name, kind.lower()) for name, kind in zip(names, kinds, strict=False) if not _FIXED.fullmatch(name)]
    held = Counter(
        (prefix, kind) for n, k in free for prefix, kind in LIMITS if n.startswith(prefix) and kind in ("", k)
    )
    return faults + [
        f"{held[key]} free columns {key[0]}* {key[1]}".rstrip() + f", EcoTaxa holds {most}"
        for key, most in LIMITS.items()
        if held[key] > most
    ]


def annotation_faults(dialect: Dialect, batches: Iterable[Any]) -> Iterator[Fault]:
    """Yield each row whose category has no status, whose status has no category or is none of EcoTaxa's."""
    places = [dialect.column(f"object_annotation_{name}") for name in ("category", "category_id", "status")]
    first = 3 if dialect.types else 2
    for batch in batches:
        columns = [batch.column(i).to_pylist() if i >= 0 else [""] * len(batch) for i in places]
        for row, (category, number, status) in enumerate(zip(*columns, strict=True), start=first):
            if fault := _annotation_fault(category.strip() or number.strip(), status.strip().lower()):
                yield Fault(row, fault)
        first += len(batch)


def value_faults(dialect: Dialect, batches: Iterable[Any]) -> Iterator[Fault]:
    """Yield each position, date, time and depth that EcoTaxa cannot read, and each text in a column of numbers."""
    checks = {
        "object_lat": lambda v: _within(v, 90),
        "object_lon": lambda v: _within(v, 180),
        "object_date": lambda v: bool(_DATE.fullmatch(v)),
        "object_time": lambda v: bool(_TIME.fullmatch(v)),
        "object_depth_min": _is_number,
        "object_depth_max": _is_number,
    }
    numbers = {
        name.lower(): _is_number for name, kind in zip(dialect.header, dialect.types, strict=False) if kind == "[f]"
    }
    first = 3 if dialect.types else 2
    for batch in batches:
        for name, fits in (numbers | checks).items():
            if (place := dialect.column(name)) < 0:
                continue
            for row, value in enumerate(batch.column(place).to_pylist(), start=first):
                if value.strip().lower() not in _EMPTY and not fits(value.strip()):
                    yield Fault(row, f"{name} is '{value[:40]}'")
        first += len(batch)


def _annotation_fault(category: str, status: str) -> str:
    if status not in STATUSES:
        return f"status '{status}' is none of predicted, dubious, validated, discarded"
    if category and not status:
        return f"category '{category}' without a status"
    return "status without a category" if status and not category else ""


def _within(value: str, most: float) -> bool:
    return _is_number(value) and abs(float(value.replace(",", "."))) <= most


def _is_number(value: str) -> bool:
    try:
        float(value.replace(",", "."))
    except ValueError:
        return False
    return True
