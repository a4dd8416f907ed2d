"""From an assertion to the sentence that says so."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from seston.bundled import folder
from seston.concepts.extract.sentences import split_sentences
from seston.concepts.matrix import ConceptMatrix
from seston.records import Assertion, Evidence, Passage


@dataclass(frozen=True)
class Said:
    """What a node's row holds of a concept, and where it comes from.

    ``origin`` is the node whose text says so, ``sentence`` the words, ``page`` the page with the offset after "#".
    ``evidence`` is None where nothing is said.
    """

    value: float
    confidence: float
    origin: str = ""
    sentence: str = ""
    page: str = ""
    method: str = ""
    evidence: Evidence | None = None


@dataclass(frozen=True, eq=False)
class Sayings:
    """The rows of the taxon-concept matrix with the sentences behind them.

    Parameters
    ----------
    matrix
        Rows are nodes.
    assertions
        Those that the matrix points to.
    passages
        Texts of others, where the sentences of pages are that are not bundled.
    """

    matrix: ConceptMatrix
    assertions: Sequence[Assertion]
    passages: Sequence[Passage] = ()

    def of(self, node: str, concept: str) -> Said:
        """Return what is said of a concept at a node; value NaN when nothing is."""
        row, column = self.matrix.index[node], self._column[concept]
        value, confidence = float(self.matrix.value[row, column]), float(self.matrix.confidence[row, column])
        number = int(self.matrix.assertion[row, column])
        if number < 0 or not np.isfinite(value):
            return Said(value, confidence)
        assertion = self.assertions[number]
        evidence = assertion.evidence
        return Said(
            value,
            confidence,
            assertion.about,
            self.sentence(evidence),
            f"{evidence.page}#{evidence.start}-{evidence.end}",
            evidence.method,
            evidence,
        )

    def sentence(self, evidence: Evidence) -> str:
        """Return the sentence that a piece of evidence is in, or nothing when its page has another revision by now."""
        for passage in self._pages.get((evidence.page, evidence.revision), ()):
            if passage.start <= evidence.start < passage.start + len(passage.text):
                return sentence_at(passage.text, evidence.start - passage.start)
        return sentence_at(page_text(evidence.page), evidence.start)

    def quoted(self, evidence: Evidence) -> str:
        """Return the words at the offsets of a piece of evidence; nothing where its hash is of other words."""
        for passage in self._pages.get((evidence.page, evidence.revision), ()):
            if passage.start <= evidence.start and evidence.end <= passage.start + len(passage.text):
                words = passage.text[evidence.start - passage.start : evidence.end - passage.start]
                break
        else:
            words = page_text(evidence.page)[evidence.start : evidence.end]
        return words if hashlib.sha256(words.encode()).hexdigest() == evidence.quote_sha256 else ""

    @cached_property
    def _pages(self) -> Mapping[tuple[str, str], Sequence[Passage]]:
        pages: dict[tuple[str, str], list[Passage]] = {}
        for passage in self.passages:
            pages.setdefault((passage.page, passage.revision), []).append(passage)
        return pages

    @cached_property
    def _column(self) -> Mapping[str, int]:
        return {concept: place for place, concept in enumerate(self.matrix.concepts)}


@lru_cache(maxsize=1024)
def page_text(page: str) -> str:
    """Return the text of a bundled page, named as in its evidence: ``data/descriptions/….md``; else nothing."""
    if not page.startswith("data/"):
        return ""
    path = folder("data") / Path(page).relative_to("data")
    return path.read_text() if path.exists() else ""


@lru_cache(maxsize=65536)
def sentence_at(text: str, start: int) -> str:
    """Return the sentence of `text` that holds the character `start`, without its mark."""
    for sentence in _sentences(text):
        if sentence[0] <= start < sentence[1]:
            return sentence[2]
    return ""


@lru_cache(maxsize=1024)
def _sentences(text: str) -> tuple[tuple[int, int, str], ...]:
    return tuple((s.start, s.start + len(s.text), s.text.strip()) for s in split_sentences(text))
