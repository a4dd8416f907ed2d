"""Concepts by meaning: "long feelers" finds long antennae."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from seston.concepts.extract.wordings import key_of
from seston.concepts.scheme import Scheme
from seston.records import Concept


class Encoder(Protocol):
    """Turns texts into unit vectors: `seston.encode.text.TextEncoder`."""

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        """Return (n, d) unit vectors of n texts."""
        ...


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept that was found, the wording, definition or cue that matched best, and their cosine."""

    concept: Concept
    wording: str
    score: float


def wordings_of(scheme: Scheme) -> tuple[tuple[str, str], ...]:
    """Return all pairs (concept id, text) that name concepts: labels and wordings, without repeats."""
    pairs = [(c.id, text) for c in scheme.concepts for text in (c.label.lower(), *_spelt_out(c, scheme))]
    return tuple(dict.fromkeys(pairs))


def _spelt_out(concept: Concept, scheme: Scheme) -> Iterator[str]:
    """Yield the wordings, the body spelt out where a bare adjective could mean anything ("clear body").

    The first that names its part is also said with the other words for the part: "long feelers".
    """
    part = scheme.part_of[concept.id]
    for text in concept.wordings:
        yield f"{text} body" if part.of_whole and " " not in text else text
    if part.of_whole or part.distinct_words:
        return
    nouns = {key_of(word): word for word in part.entity_words}
    for text in concept.wordings:
        head, _, last = text.rpartition(" ")
        if head and key_of(last) in nouns:
            yield from (f"{head} {word}s" for key, word in nouns.items() if key != key_of(last))
            return


def _meanings(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """Yield each concept with its definition, and with its cue: everyday words for what no text may call so."""
    for concept in scheme.concepts:
        yield concept.id, concept.definition
        if concept.cue:
            yield concept.id, concept.cue


def search(scheme: Scheme, text: str, encoder: Encoder, n: int = 10) -> tuple[Hit, ...]:
    """Find the concepts that a text means.

    Parameters
    ----------
    scheme
        Where to look.
    text
        Any words.
    encoder
        Gives texts vectors; the scheme's own wordings, definitions and cues are encoded once and cached.
    n
        How many concepts to return at most.

    Returns
    -------
    tuple of Hit
        Best first; each concept once.
    """
    pairs = (*wordings_of(scheme), *_meanings(scheme))
    vectors = encoder.encode([wording for _, wording in pairs])
    cosines = vectors @ encoder.encode([text.strip().lower()])[0]
    best: dict[str, Hit] = {}
    for place in np.argsort(-cosines, kind="stable").tolist():
        concept, wording = pairs[place]
        if concept not in best and len(best) < n:
            best[concept] = Hit(scheme.concept(concept), wording, round(float(cosines[place]), 4))
    return tuple(best.values())
