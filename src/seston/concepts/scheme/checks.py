"""What is wrong with a scheme file: by itself each entry, its links, and cycles among them; each with its line."""

import re
from collections.abc import Iterable, Iterator, Mapping

from seston.concepts.scheme.turtle import Entry
from seston.encode.morphometry import MEASURES

_NAMES = frozenset((*MEASURES, "pixel_mm"))
_WORD = re.compile(r"[a-z_]+")


def check(entries: Iterable[Entry]) -> list[str]:
    """Return what is wrong with the entries of a scheme file, one line each, with the line of the file."""
    by_id = {entry.id: entry for entry in entries}
    problems = [
        f"{_place(entry)}: {text}" for _, entry in sorted(by_id.items()) for text in _own_problems(entry, by_id)
    ]
    problems += [f"cycle of broader: {' → '.join(cycle)}" for cycle in _cycles(by_id, "broader")]
    problems += [f"cycle of implies: {' → '.join(cycle)}" for cycle in _cycles(by_id, "implies")]
    return problems + list(_shared_labels(by_id))


def _place(entry: Entry) -> str:
    return f"line {entry.line}, {entry.id}" if entry.line else entry.id


def _shared_labels(by_id: Mapping[str, Entry]) -> Iterator[str]:
    labels: dict[str, list[str]] = {}
    for key, entry in by_id.items():
        if entry.kind == "value":
            for label in entry.labels:
                labels.setdefault(label.lower(), []).append(key)
    for label, ids in sorted(labels.items()):
        if len(ids) > 1:
            yield f"label {label!r} is used by {', '.join(sorted(ids))}"


def _own_problems(entry: Entry, by_id: Mapping[str, Entry]) -> list[str]:
    """Return what is wrong with one entry by itself and with its links."""
    found = []
    if len(entry.labels) != 1:
        found.append(f"expected one skos:prefLabel, found {len(entry.labels)}")
    if len(entry.definitions) != 1:
        found.append(f"expected one skos:definition, found {len(entry.definitions)}")
    above = {"facet": None, "part": "facet", "value": "part"}[entry.kind]
    if above and len(entry.broader) != 1:
        found.append(f"expected one skos:broader, found {len(entry.broader)}")
    for target in entry.broader:
        if target not in by_id:
            found.append(f"skos:broader names {target}, which is not in the file")
        elif above and by_id[target].kind != above:
            found.append(f"skos:broader names {target}, a {by_id[target].kind}, where a {above} is needed")
    if entry.kind == "value" and not entry.id.startswith(tuple(f"{target}/" for target in entry.broader)):
        found.append("the IRI does not begin with the part that skos:broader names")
    if entry.kind == "value" and not entry.wordings:
        found.append("no skos:altLabel: nothing in a text could state it")
    if entry.kind != "value" and not any(entry.id in other.broader for other in by_id.values()):
        found.append(f"nothing names this {entry.kind} with skos:broader")
    return [*found, *_link_problems(entry, by_id), *_measure_problems(entry)]


def _link_problems(entry: Entry, by_id: Mapping[str, Entry]) -> Iterator[str]:
    """Yield links to what is no value, or is retired."""
    links = (("sst:implies", entry.implies), ("skos:related", entry.related))
    for name, target in ((name, target) for name, targets in links for target in targets):
        if not _is_value(target, by_id):
            yield f"{name} names {target}, which is not a value in the file"
        elif by_id[target].retired and not entry.retired:
            yield f"{name} names {target}, which is retired"
    for target in entry.replaced_by:
        if not entry.retired:
            yield "dcterms:isReplacedBy without owl:deprecated true"
        if not _is_value(target, by_id) or by_id[target].retired:
            yield f"dcterms:isReplacedBy names {target}, which is no value in use"


def _measure_problems(entry: Entry) -> Iterator[str]:
    """Yield what is wrong with a cue, a measure or its bounds."""
    singles = (("sst:cue", entry.cues), ("sst:measure", entry.measures), ("sst:least", entry.least))
    for name, values in (*singles, ("sst:most", entry.most)):
        if len(values) > 1:
            yield f"expected one {name} at most, found {len(values)}"
    strange = {word for text in entry.measures for word in _WORD.findall(text)} - _NAMES
    if strange:
        yield f"sst:measure names {', '.join(sorted(strange))}, which the morphometric encoder does not measure"
    bounds = [*entry.least[:1], *entry.most[:1]]
    if any(_number(bound) is None for bound in bounds):
        yield f"expected numbers as bounds, found {' and '.join(bounds)}"
    elif len(bounds) == 2 and float(bounds[0]) >= float(bounds[1]):
        yield f"sst:least {bounds[0]} is not below sst:most {bounds[1]}"
    if bool(bounds) != bool(entry.measures):
        yield "sst:measure and its bounds go together"


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _is_value(key: str, by_id: Mapping[str, Entry]) -> bool:
    return key in by_id and by_id[key].kind == "value"


def _cycles(by_id: Mapping[str, Entry], link: str) -> list[tuple[str, ...]]:
    """Return each cycle of a link once, from its smallest member on."""
    found: set[tuple[str, ...]] = set()
    done: set[str] = set()

    def visit(key: str, path: tuple[str, ...]) -> None:
        if key in path:
            cycle = path[path.index(key) :]
            start = cycle.index(min(cycle))
            found.add(cycle[start:] + cycle[:start] + (min(cycle),))
        elif key not in done and key in by_id:
            for target in getattr(by_id[key], link):
                visit(target, (*path, key))
            done.add(key)

    for key in sorted(by_id):
        visit(key, ())
    return sorted(found)
