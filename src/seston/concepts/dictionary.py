"""The dictionary as files that others can read: JSON-LD, assertions as Parquet."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from seston.concepts.matrix import ConceptMatrix
from seston.concepts.scheme import Scheme
from seston.disk import replacing, write_text
from seston.errors import InvalidData
from seston.records import Assertion, Evidence, Polarity

_BASE = "https://w3id.org/seston/morphology/"
_CONTEXT: Mapping[str, Any] = {
    "@base": _BASE,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sst": "https://w3id.org/seston/ontology#",
    "id": "@id",
    "type": "@type",
    "label": {"@id": "skos:prefLabel", "@language": "en"},
    "definition": {"@id": "skos:definition", "@language": "en"},
    "wordings": {"@id": "skos:altLabel", "@language": "en"},
    "broader": {"@id": "skos:broader", "@type": "@id"},
    "concepts": {"@reverse": "skos:inScheme"},
    "implies": {"@id": "sst:implies", "@type": "@id"},
    "exclusive": "sst:exclusive",
    "measurement": "sst:measurement",
    "measure": "sst:measure",
    "least": {"@id": "sst:least", "@type": "http://www.w3.org/2001/XMLSchema#decimal"},
    "most": {"@id": "sst:most", "@type": "http://www.w3.org/2001/XMLSchema#decimal"},
    "cue": {"@id": "sst:cue", "@language": "en"},
    "stages": "sst:lifeStage",
    "matches": "skos:note",
    "instruments": "sst:instrument",
    "present": "sst:presentCount",
    "absent": "sst:absentCount",
    "version": "http://www.w3.org/2002/07/owl#versionInfo",
}
_FIELDS = ("page", "revision", "section", "start", "end", "quote_sha256", "licence", "source", "method")


def dictionary(
    scheme: Scheme, matrix: ConceptMatrix | None = None, mappings: Mapping[str, Sequence[str]] | None = None
) -> dict[str, Any]:
    """Return the scheme as a JSON-LD object.

    Parameters
    ----------
    scheme
        The concepts.
    matrix
        Counts in how many rows each concept is present and absent, when given.
    mappings
        For a concept, the terms of other vocabularies, each with how it matches.

    Returns
    -------
    dict
        With "@context", and "concepts": facets, parts and values.
    """
    entries: list[dict[str, Any]] = [
        {"id": f"facet/{f.id}", "type": "sst:Facet", "label": f.label, "definition": f.definition}
        for f in scheme.facets
    ]
    entries += [
        {
            "id": part.id,
            "type": "sst:Part",
            "label": part.label,
            "definition": part.definition,
            "broader": f"facet/{part.facet}",
            "exclusive": part.exclusive,
        }
        for part in scheme.parts
    ]
    counts = _counts(matrix)
    for concept in scheme.concepts:
        entry: dict[str, Any] = {
            "id": concept.id,
            "type": "sst:Morphology",
            "label": concept.label,
            "definition": concept.definition,
            "broader": concept.broader,
            "wordings": list(concept.wordings),
            "instruments": list(concept.instruments),
            "implies": list(scheme.implies.get(concept.id, ())),
            "measurement": concept.measurement,
            "measure": concept.measure,
            "least": concept.least,
            "most": concept.most,
            "cue": concept.cue,
            "stages": list(concept.stages),
            "matches": list((mappings or {}).get(concept.id, ())),
        }
        if matrix is not None:
            entry["present"], entry["absent"] = counts.get(concept.id, (0, 0))
        entries.append({key: value for key, value in entry.items() if value not in ("", [], None)})
    return {"@context": dict(_CONTEXT), "id": "scheme", "version": scheme.version, "concepts": entries}


def _counts(matrix: ConceptMatrix | None) -> dict[str, tuple[int, int]]:
    if matrix is None:
        return {}
    present, absent = (matrix.value == 1).sum(axis=0), (matrix.value == 0).sum(axis=0)
    return {c: (int(present[j]), int(absent[j])) for j, c in enumerate(matrix.concepts)}


def write_dictionary(path: Path, scheme: Scheme, matrix: ConceptMatrix | None = None) -> None:
    """Write `dictionary` as JSON; the same scheme and matrix always give the same bytes."""
    write_text(path, json.dumps(dictionary(scheme, matrix), indent=1, ensure_ascii=False) + "\n")


def write_assertions(path: Path, assertions: Iterable[Assertion]) -> None:
    """Write assertions as Parquet, one row each, in the order given; evidence in columns of its own.

    Parameters
    ----------
    path
        The file.
    assertions
        Any.
    """
    import pyarrow as pa
    from pyarrow import parquet

    rows = list(assertions)
    columns: dict[str, Any] = {
        "about": [a.about for a in rows],
        "concept": [a.concept for a in rows],
        "polarity": [a.polarity.value for a in rows],
        "confidence": pa.array([a.confidence for a in rows], pa.float64()),
        "stage": [a.stage for a in rows],
    }
    for name in _FIELDS:
        kind = pa.int64() if name in ("start", "end") else pa.string()
        columns[name] = pa.array([getattr(a.evidence, name) for a in rows], kind)
    table = pa.table({name: pa.array(c, pa.string()) if isinstance(c, list) else c for name, c in columns.items()})
    with replacing(path) as sibling:
        parquet.write_table(table, sibling, compression="zstd")


def read_assertions(path: Path) -> tuple[Assertion, ...]:
    """Read what `write_assertions` wrote.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    tuple of Assertion
        In the order of the file.

    Raises
    ------
    InvalidData
        If the file is missing, damaged, or has other columns.
    """
    from pyarrow import ArrowException, parquet

    try:
        rows = parquet.read_table(path, memory_map=False).to_pylist()
        return tuple(
            Assertion(
                row["about"],
                row["concept"],
                Polarity(row["polarity"]),
                row["confidence"],
                Evidence(**{name: row[name] for name in _FIELDS}),
                row["stage"],
            )
            for row in rows
        )
    except (OSError, ArrowException, KeyError, ValueError) as error:
        raise InvalidData(f"No assertions in {path}: {error}.", hint="Run 'seston build concepts'.") from error
