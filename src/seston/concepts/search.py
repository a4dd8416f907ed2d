"""Concepts by meaning: "long feelers" finds long antennae."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from seston.concepts.scheme import Scheme
from seston.records import Concept


class Encoder(Protocol):
    """Turns texts into unit vectors: `seston.encode.text.TextEncoder`."""

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        """Return (n, d) unit vectors of n texts."""
        ...


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept that was found, the wording that matched best, and their cosine."""

    concept: Concept
    wording: str
    score: float


def wordings_of(scheme: Scheme) -> tuple[tuple[str, str], ...]:
    """Return all pairs (concept id, text) that name concepts: labels and wordings, without repeats."""
    pairs = [(c.id, text) for c in scheme.concepts for text in (c.label.lower(), *_spelt_out(c, scheme))]
    return tuple(dict.fromkeys(pairs))


def _spelt_out(concept: Concept, scheme: Scheme) -> tuple[str, ...]:
    """Return the wordings with the body spelt out where a bare adjective would mean anything: "clear body"."""
    whole = scheme.part_of[concept.id].of_whole
    return tuple(f"{text} body" if whole and " " not in text else text for text in concept.wordings)


def search(scheme: Scheme, text: str, encoder: Encoder, n: int = 10) -> tuple[Hit, ...]:
    """Find the concepts that a text means.

    Parameters
    ----------
    scheme
        Where to look.
    text
        Any words.
    encoder
        Gives texts vectors; the scheme's own wordings are encoded once and cached.
    n
        How many concepts to return at most.

    Returns
    -------
    tuple of Hit
        Best first; each concept once.
    """
    pairs = wordings_of(scheme)
    vectors = encoder.encode([wording for _, wording in pairs])
    cosines = vectors @ encoder.encode([text.strip().lower()])[0]
    best: dict[str, Hit] = {}
    for place in np.argsort(-cosines, kind="stable").tolist():
        concept, wording = pairs[place]
        if concept not in best and len(best) < n:
            best[concept] = Hit(scheme.concept(concept), wording, round(float(cosines[place]), 4))
    return tuple(best.values())
