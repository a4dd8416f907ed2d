"""A clause and its subjects."""

from dataclasses import dataclass, field

from seston.concepts.extract.open.phrase import Phrase


@dataclass(slots=True)
class Clause:
    """Phrases ``begin``:``end`` of a sentence. ``subjects`` are noun phrases, ``verb`` the place of its finite verb.

    ``parent`` is the clause whose subject it shares, or whose noun a relative clause describes (``relative``).
    """

    begin: int
    end: int
    subjects: list[Phrase] = field(default_factory=list)
    verb: int = -1
    parent: int = -1
    relative: bool = False
    shared: bool = False
    inverted: bool = False
    within: bool = False
    fronted: Phrase | None = None
