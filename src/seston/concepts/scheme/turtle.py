"""The Turtle of a concept scheme as plain entries, unchecked: what is written, and nothing inferred."""

import re
from dataclasses import dataclass
from pathlib import Path

from seston.errors import InvalidScheme

BASE = "https://w3id.org/seston/morphology/"
SST = "https://w3id.org/seston/ontology#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_VERSION = "http://www.w3.org/2002/07/owl#versionInfo"
_SUBJECT = re.compile(r"<([^>]+)>")
_KINDS = {f"{SST}Facet": "facet", f"{SST}Part": "part", f"{SST}Morphology": "value"}

_TEXTS = {
    f"{_SKOS}prefLabel": "labels",
    f"{_SKOS}definition": "definitions",
    f"{_SKOS}broader": "broader",
    f"{_SKOS}altLabel": "wordings",
    f"{_SKOS}related": "related",
    f"{SST}implies": "implies",
    f"{SST}mention": "mentions",
    f"{SST}entityWord": "entity_words",
    f"{SST}instrument": "instruments",
    f"{SST}lifeStage": "stages",
    f"{SST}cue": "cues",
    f"{SST}measure": "measures",
    f"{SST}least": "least",
    f"{SST}most": "most",
    "http://purl.org/dc/terms/isReplacedBy": "replaced_by",
}
_FLAGS = {
    f"{SST}exclusive": "exclusive",
    f"{SST}ofWhole": "of_whole",
    f"{SST}independent": "independent",
    f"{SST}distinctWords": "distinct_words",
    "http://www.w3.org/2002/07/owl#deprecated": "retired",
}


@dataclass(slots=True)
class Entry:
    """A facet, a part or a value as the file gives it; ``id`` is the IRI without its base, ``line`` where it begins."""

    id: str
    kind: str
    line: int = 0
    labels: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    implies: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    entity_words: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    least: tuple[str, ...] = ()
    most: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    measurement: str = ""
    order: int = 0
    exclusive: bool = False
    of_whole: bool = False
    independent: bool = False
    distinct_words: bool = False
    retired: bool = False

    def take(self, predicate: str, value: str) -> None:
        """Take in one triple about the entry; a predicate that the scheme does not use is passed over."""
        if predicate in _TEXTS:
            name = _TEXTS[predicate]
            setattr(self, name, (*getattr(self, name), value))
        elif predicate in _FLAGS:
            setattr(self, _FLAGS[predicate], value == "true")
        elif predicate == f"{SST}measurement":
            self.measurement = value
        elif predicate == f"{SST}order":
            self.order = int(value) if value.isdecimal() else 0


def read_entries(path: Path) -> tuple[str, tuple[Entry, ...]]:
    """Read the facets, parts and values of a Turtle file.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    tuple
        The version and the entries, in the order in which the file first types them.

    Raises
    ------
    InvalidScheme
        If the file is missing or is no Turtle.
    """
    triples = _triples(path)
    entries: dict[str, Entry] = {}
    lines = _lines(path)
    for subject, predicate, value in triples:
        if predicate == _TYPE and value in _KINDS:
            entries[subject] = Entry(_local(subject), _KINDS[value], lines.get(_local(subject), 0))
    version = ""
    for subject, predicate, value in triples:
        if predicate == _VERSION:
            version = value
        elif subject in entries:
            entries[subject].take(predicate, _local(value))
    return version, tuple(entries.values())


def _triples(path: Path) -> list[tuple[str, str, str]]:
    import pyoxigraph

    try:
        parsed = pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
        return [(t.subject.value, t.predicate.value, t.object.value) for t in parsed]
    except OSError as error:
        raise InvalidScheme(f"Cannot read the concept scheme {path}: {error}.", hint="Give a Turtle file.") from error
    except SyntaxError as error:
        hint = "Correct the line that the message names."
        raise InvalidScheme(f"{path.name} is not valid Turtle: {error}.", hint=hint) from error


def _lines(path: Path) -> dict[str, int]:
    """Return the line on which each subject is first written."""
    found: dict[str, int] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if subject := _SUBJECT.match(line):
            found.setdefault(_local(subject[1]), number)
    return found


def _local(iri: str) -> str:
    return iri.removeprefix(BASE)
