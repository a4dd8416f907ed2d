"""The controlled scheme of morphology: facet → part → value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from seston.errors import UnknownConcept
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
    retired
        Concepts that are no longer used, and the one that replaces each, or nothing.
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
    retired: Mapping[str, str] = field(default_factory=dict)
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
    def implied_by(self) -> Mapping[str, tuple[str, ...]]:
        """Return, for a concept, those that imply it."""
        found: dict[str, list[str]] = {}
        for concept, targets in self.implies.items():
            for target in targets:
                found.setdefault(target, []).append(concept)
        return {target: tuple(concepts) for target, concepts in found.items()}

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
            With the nearest names, if there is none; with its successor, if it is retired.
        """
        if name in self.index:
            return self.concepts[self.index[name]]
        wanted = name.strip().lower()
        for concept in self.concepts:
            if wanted in (concept.id, concept.label.lower()):
                return concept
        if name in self.retired:
            successor = self.retired[name]
            hint = f"It is retired; use {successor}." if successor else "It is retired, and nothing replaces it."
            raise UnknownConcept(name, nearest=(successor,) if successor else (), hint=hint)
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
