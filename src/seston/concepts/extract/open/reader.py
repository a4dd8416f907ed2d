"""Texts to statements of form, with the concept where the scheme has one."""

import re
from dataclasses import dataclass, field
from functools import cache

from seston.concepts.extract.open.aliases import aliases
from seston.concepts.extract.open.claims import Sentence
from seston.concepts.extract.open.context import Antecedent
from seston.concepts.extract.open.prose import Prose
from seston.concepts.extract.open.statement import Opened
from seston.concepts.extract.open.vocabulary import vocabulary
from seston.concepts.extract.open.whom import Page
from seston.concepts.extract.sentences import split_sentences
from seston.concepts.extract.wordings import Wordings, compile_wordings, key_of
from seston.concepts.scheme import Scheme

_WORD = re.compile(r"[a-z]+")


@cache
def _protist() -> frozenset[str]:
    named = vocabulary().grammar["protist"]
    return named | {f"{word}s" for word in named} | {"algae", "flagella"}


def _is_cellular(words: frozenset[str]) -> bool:
    """Return whether a text is of cells: it names a protist, or cells and nothing that only animals have."""
    named = words & _protist()
    return bool(named - {"cell", "cells"}) or (bool(named) and words.isdisjoint(vocabulary().rules["animal"]))


@dataclass(frozen=True)
class OpenReader:
    """Reads every statement of form, those that the scheme has no concept for included.

    Parameters
    ----------
    scheme
        The concepts to link to.

    Examples
    --------
    >>> from seston.concepts.scheme import load_scheme
    >>> [(s.entity, s.quality, s.polarity) for s in OpenReader(load_scheme()).read("The gills are red.")]
    [('gill', 'red', 'present')]
    """

    scheme: Scheme
    _wordings: Wordings = field(init=False, repr=False)
    _links: dict[tuple[str, str], str] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_wordings", compile_wordings(self.scheme))

    def read(self, text: str, taxon: str = "") -> list[Opened]:
        """Return the statements of a text in its order.

        Parameters
        ----------
        text
            Plain text of any length.
        taxon
            The name of what the text is about.
        """
        page = Page(taxon, aliases(text, taxon))
        page.cellular = _is_cellular(frozenset(_WORD.findall(f"{taxon} {text[:2000]}".lower())))
        found: list[Opened] = []
        before = Antecedent()
        prose = Prose(text)
        for one in split_sentences(text):
            if not prose.holds(one.start):
                continue
            sentence = Sentence(one.text, page, before)
            found.extend(said.at(one.start, self._concept(said)) for said in sentence.statements())
            before = sentence.next
        return found

    def _concept(self, one: Opened) -> str:
        key = (one.entity, one.quality)
        if key not in self._links:
            self._links[key] = self._linked(*key)
        return self._links[key]

    def _linked(self, entity: str, quality: str) -> str:
        if quality == "present":
            return next(iter(self._wordings.mentions.get(key_of(entity), ())), "")
        whole = entity in ("body", "cell", "colony")
        for link in self._wordings.qualities.get(key_of(quality), ()):
            if (link.whole and whole) or entity in link.nouns or entity.split()[-1] in link.nouns:
                return link.concept
        alone = self._wordings.mentions.get(key_of(quality if whole else f"{quality} {entity}"), ())
        return next(iter(alone), "")
