"""The word classes, and a sentence as nouns and clauses."""

from dataclasses import dataclass, field

from seston.concepts.extract.tokens import Token
from seston.concepts.extract.wordings import Match

DET, PREP, CONJ, SUB, VERB, COP, HAVE, MAKE, MODAL, ADV, PRON, NEG, PUNCT, QUAL, WORD = range(15)
VERBAL = frozenset((VERB, COP, HAVE, MAKE, MODAL))
NOMINAL = frozenset((QUAL, WORD))
BODY = "body"


@dataclass(frozen=True, slots=True)
class Noun:
    """The head of a noun phrase, tokens ``begin``:``end``; ``name`` is its lemmas.

    ``whole`` says that it names all of what the passage is about; ``known`` that the scheme has the word; ``pronoun``
    that a pronoun stands for it; ``shape`` that it is a shape used as a noun.
    """

    name: str
    begin: int
    end: int
    whole: bool = False
    known: bool = False
    plural: bool = False
    pronoun: bool = False
    shape: bool = False


@dataclass(frozen=True, slots=True)
class Before:
    """What pronouns may stand for: the subjects of the sentence before, and the last nouns in the plural there."""

    subjects: tuple[Noun, ...] = ()
    plurals: tuple[Noun, ...] = ()


@dataclass
class Clause:
    """Tokens ``begin``:``end`` with their subject nouns; ``verb`` is the first verb, ``end`` where there is none."""

    begin: int
    end: int
    verb: int
    subjects: tuple[Noun, ...] = ()
    relative: bool = False


@dataclass
class Parse:
    """What the grammar found in one sentence."""

    text: str
    tokens: list[Token]
    classes: list[int]
    qualities: list[Match]
    mentions: list[Match]
    nouns: list[Noun]
    clauses: list[Clause] = field(default_factory=list)
    names: frozenset[str] = frozenset()
    label: bool = False
    figures: frozenset[str] = frozenset()

    def clause_of(self, place: int) -> Clause:
        """Return the clause that holds a token."""
        return next(clause for clause in self.clauses if clause.begin <= place < clause.end)

    def quality_at(self, place: int) -> Match | None:
        """Return the quality whose match begins at a token."""
        return next((match for match in self.qualities if match.begin == place), None)
