"""From `ontology/morphology.ttl`, or another file, to the scheme."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path

from seston.concepts.scheme.checks import check
from seston.concepts.scheme.model import Facet, Part, Scheme
from seston.concepts.scheme.turtle import Entry, read_entries
from seston.errors import InvalidScheme
from seston.records import Concept


def load_scheme(path: Path | None = None) -> Scheme:
    """Read the scheme from Turtle and check it.

    Parameters
    ----------
    path
        A Turtle file; the bundled `ontology/morphology.ttl` when left out.

    Returns
    -------
    Scheme
        The checked scheme.

    Raises
    ------
    InvalidScheme
        If the file does not parse, or has cycles, duplicates, dangling or missing links, links to retired values, or
        wrong bounds; `problems` names all of them, with their lines.

    Examples
    --------
    >>> scheme = load_scheme()
    >>> scheme.concept("forked tail").id
    'tail/fork'
    >>> scheme.part_of["tail/fork"].facet
    'fins-tail'
    """
    if path is None:
        from seston.bundled import folder

        path = folder("ontology") / "morphology.ttl"
    version, entries = read_entries(path)
    problems = check(entries)
    if problems:
        message = f"{path.name} has {len(problems)} problem{'s' * (len(problems) > 1)}: {problems[0]}"
        raise InvalidScheme(message, hint="Correct the Turtle file; every problem is listed.", problems=problems)
    return _assemble(version, entries)


def _assemble(version: str, entries: tuple[Entry, ...]) -> Scheme:
    """Build the scheme from entries that passed the check."""
    retired = {e.id: next(iter(e.replaced_by), "") for e in entries if e.kind == "value" and e.retired}
    by_id = {entry.id: entry for entry in entries if entry.id not in retired}
    values = [entry for entry in by_id.values() if entry.kind == "value"]
    facets = tuple(
        Facet(e.id.removeprefix("facet/"), e.labels[0], e.definitions[0]) for e in entries if e.kind == "facet"
    )
    parts = tuple(_part(entry, values) for entry in entries if entry.kind == "part")
    concepts = tuple(_concept(by_id[key], part) for part in parts for key in part.concepts)
    return Scheme(
        concepts=concepts,
        parts=parts,
        facets=facets,
        implies={entry.id: _closure(entry.id, by_id) for entry in values if entry.implies},
        near=_near(parts, by_id),
        mentions={entry.id: entry.mentions for entry in values if entry.mentions},
        independent=frozenset(entry.id for entry in values if entry.independent),
        retired=retired,
        version=version,
    )


def _part(entry: Entry, values: Iterable[Entry]) -> Part:
    own = sorted((v for v in values if v.broader == (entry.id,)), key=lambda v: (v.order, v.id))
    return Part(
        id=entry.id,
        label=entry.labels[0],
        definition=entry.definitions[0],
        facet=entry.broader[0].removeprefix("facet/"),
        concepts=tuple(value.id for value in own),
        entity_words=entry.entity_words,
        distinct_words=entry.distinct_words,
        of_whole=entry.of_whole,
        exclusive=entry.exclusive,
        measurement=entry.measurement,
    )


def _concept(entry: Entry, part: Part) -> Concept:
    return Concept(
        id=entry.id,
        label=entry.labels[0],
        definition=entry.definitions[0],
        broader=part.id,
        wordings=entry.wordings,
        exclusive=part.exclusive and not entry.independent,
        measurement=entry.measurement or part.measurement,
        instruments=entry.instruments,
        cue="".join(entry.cues),
        stages=entry.stages,
        measure="".join(entry.measures),
        least=float(entry.least[0]) if entry.least else None,
        most=float(entry.most[0]) if entry.most else None,
    )


def _closure(key: str, by_id: Mapping[str, Entry]) -> tuple[str, ...]:
    found: list[str] = []
    waiting = list(by_id[key].implies)
    while waiting:
        target = waiting.pop()
        if target not in found:
            found.append(target)
            waiting += by_id[target].implies
    return tuple(sorted(found))


def _near(parts: Iterable[Part], by_id: Mapping[str, Entry]) -> dict[str, tuple[str, ...]]:
    """Return the neighbours of each value of an exclusive part: by order where graded, else the related ones."""
    near: dict[str, set[str]] = {}
    for part in parts:
        if not part.exclusive:
            continue
        graded = [key for key in part.concepts if by_id[key].order]
        for first, second in pairwise(graded):
            near.setdefault(first, set()).add(second)
            near.setdefault(second, set()).add(first)
        for key in part.concepts:
            for other in by_id[key].related:
                near.setdefault(key, set()).add(other)
                near.setdefault(other, set()).add(key)
    return {key: tuple(sorted(others)) for key, others in sorted(near.items())}
