"""The controlled scheme of morphology: facet → part → value, read from `ontology/morphology.ttl`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from seston.concepts.scheme_file import Entry, read_entries
from seston.errors import InvalidScheme, UnknownConcept
from seston.records import Concept


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of parts: "fins and tail"."""

    id: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class Part:
    """What a value is stated of.

    ``of_whole`` says that the values are stated of the whole body; ``entity_words`` are the nouns that name the part,
    all the same thing unless ``distinct_words``;
    ``exclusive`` that a body has one value, or two neighbours; ``concepts`` are the values in their order.
    """

    id: str
    label: str
    definition: str
    facet: str
    concepts: tuple[str, ...]
    entity_words: tuple[str, ...] = ()
    distinct_words: bool = False
    of_whole: bool = False
    exclusive: bool = False
    measurement: str = ""


@dataclass(frozen=True)
class Scheme:
    """The concepts with their parts and facets, what they imply, and which exclude each other.

    Parameters
    ----------
    concepts
        The values in the order of the file's parts: sorted by facet, part, then order or id.
    parts, facets
        What groups them.
    implies
        For a concept, the concepts that hold wherever it holds, closed under implication.
    near
        For a concept of an exclusive part, the values that may hold beside it.
    mentions
        Wordings, per concept, that state it wherever they stand.
    independent
        Concepts of exclusive parts that exclude nothing.
    version
        Version of the scheme.
    """

    concepts: tuple[Concept, ...]
    parts: tuple[Part, ...]
    facets: tuple[Facet, ...]
    implies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    near: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    mentions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    independent: frozenset[str] = frozenset()
    version: str = ""

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Return the column of each concept id."""
        return {concept.id: number for number, concept in enumerate(self.concepts)}

    @cached_property
    def part_of(self) -> Mapping[str, Part]:
        """Return the part of each concept id."""
        return {value: part for part in self.parts for value in part.concepts}

    @cached_property
    def excludes(self) -> Mapping[str, tuple[str, ...]]:
        """Return, for a concept of an exclusive part, the values that do not hold where it holds."""
        return {
            value: tuple(
                other
                for other in part.concepts
                if other != value and other not in self.near.get(value, ()) and other not in self.independent
            )
            for part in self.parts
            if part.exclusive
            for value in part.concepts
            if value not in self.independent
        }

    def __len__(self) -> int:
        return len(self.concepts)

    def concept(self, name: str) -> Concept:
        """Return a concept by its id, its label or one of its wordings.

        Parameters
        ----------
        name
            ``tail/fork``, "forked tail", or a wording; case does not matter.

        Returns
        -------
        Concept
            The concept.

        Raises
        ------
        UnknownConcept
            With the nearest names, if there is none.
        """
        if name in self.index:
            return self.concepts[self.index[name]]
        wanted = name.strip().lower()
        for concept in self.concepts:
            if wanted in (concept.id, concept.label.lower()):
                return concept
        named = [concept for concept in self.concepts if wanted in concept.wordings]
        if len(named) == 1:
            return named[0]
        raise UnknownConcept(name, nearest=self.nearest(wanted), hint="List the concepts with: seston concepts")

    def with_consequences(self, answers: Mapping[str, float]) -> dict[str, float]:
        """Return answers about an image with those that follow from them.

        What is there has all that it implies; what is not there takes along all that implies it: without eggs on the
        body there is no egg sac. An answer that was given is never changed.

        Parameters
        ----------
        answers
            Concept id to value: 0 surely not there, 1 surely there; 0.5 has no consequence.
        """
        followed: dict[str, float] = {}
        for concept, value in answers.items():
            if value > 0.5:
                followed |= dict.fromkeys(self.implies.get(concept, ()), value)
            elif value < 0.5:
                followed |= {other: value for other, implied in self.implies.items() if concept in implied}
        return {**followed, **answers}

    def nearest(self, name: str, n: int = 3) -> tuple[str, ...]:
        """Return the `n` concept ids whose id, label or wordings look most like `name`, best first."""
        from rapidfuzz import fuzz

        def likeness(concept: Concept) -> float:
            names = (concept.id, concept.id.split("/")[-1], concept.label.lower(), *concept.wordings)
            return max(fuzz.ratio(name, text) for text in names)

        ranked = sorted(self.concepts, key=lambda concept: (-likeness(concept), concept.id))
        return tuple(concept.id for concept in ranked[:n])


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
        If the file does not parse, or has cycles, duplicates, dangling or missing links; `problems` names all of them.

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


def check(entries: Iterable[Entry]) -> list[str]:
    """Return what is wrong with the entries of a scheme file, one line each."""
    by_id = {entry.id: entry for entry in entries}
    problems = [f"{key}: {text}" for key, entry in sorted(by_id.items()) for text in _own_problems(entry, by_id)]
    problems += [f"cycle of broader: {' → '.join(cycle)}" for cycle in _cycles(by_id, "broader")]
    problems += [f"cycle of implies: {' → '.join(cycle)}" for cycle in _cycles(by_id, "implies")]
    labels: dict[str, list[str]] = {}
    for key, entry in by_id.items():
        if entry.kind == "value":
            for label in entry.labels:
                labels.setdefault(label.lower(), []).append(key)
    problems += [
        f"label {label!r} is used by {', '.join(sorted(ids))}" for label, ids in sorted(labels.items()) if len(ids) > 1
    ]
    return problems


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
    for name, targets in (("sst:implies", entry.implies), ("skos:related", entry.related)):
        found += [
            f"{name} names {target}, which is not a value in the file"
            for target in targets
            if not _is_value(target, by_id)
        ]
    if entry.kind == "value" and not entry.id.startswith(tuple(f"{target}/" for target in entry.broader)):
        found.append("the IRI does not begin with the part that skos:broader names")
    if entry.kind == "value" and not entry.wordings:
        found.append("no skos:altLabel: nothing in a text could state it")
    return found


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


def _assemble(version: str, entries: tuple[Entry, ...]) -> Scheme:
    """Build the scheme from entries that passed the check."""
    by_id = {entry.id: entry for entry in entries}
    values = [entry for entry in entries if entry.kind == "value"]
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
