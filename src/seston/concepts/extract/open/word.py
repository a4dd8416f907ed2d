"""A word of a sentence, and the classes of words."""

from dataclasses import dataclass

from seston.concepts.extract.open.vocabulary import Verb

DET, PRON, REL, CONJ, SUB, PREP, NEG, ADV, VERB, QUALITY, ADJECTIVE, NUMBER, NOUN, SIGN = range(14)


@dataclass(slots=True)
class Word:
    """A word, number or sign at ``start``:``end`` of its sentence.

    ``kind`` of a noun is "part", "whole", "taxon", "name" or "" (any other); ``lemma`` the singular, in lower case.
    """

    text: str
    low: str
    start: int
    end: int
    tag: int
    kind: str = ""
    verb: Verb | None = None
    lemma: str = ""
