"""Near duplicates: wordings that say the same in other words, by embedding and by letters."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from seston.concepts.candidates import Candidate
from seston.concepts.scheme import Scheme
from seston.concepts.search import Encoder, wordings_of

# Chosen by reading pairs: above it, pairs differ in number, spelling or word order, seldom in meaning.
COSINE = 0.88
_LEXICAL = 90.0
_OPPOSITES: tuple[tuple[str, str], ...] = (
    ("long", "short"),
    ("large", "small"),
    ("thick", "thin"),
    ("many", "few"),
    ("flat", "tall"),
)
_OPPOSITES += (("two", "four"), ("single", "paired"), ("side", "above"), ("present", "absent"), ("tall", "flat"))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that may say the same; ``owners`` are the concepts that they belong to, if any."""

    first: str
    second: str
    cosine: float
    owners: tuple[str, str] = ("", "")


def near_duplicates(texts: Sequence[str], encoder: Encoder, cosine: float = COSINE) -> tuple[Pair, ...]:
    """Find pairs of texts that may say the same.

    Parameters
    ----------
    texts
        n texts.
    encoder
        Gives texts unit vectors.
    cosine
        Smallest cosine; pairs of nearly the same letters count from 0.1 less on. Opposites are kept apart: for an
        embedding "long" and "short" antennae are neighbours.

    Returns
    -------
    tuple of Pair
        By cosine, largest first.
    """
    from rapidfuzz import fuzz

    unique = list(dict.fromkeys(texts))
    vectors = encoder.encode(unique)
    likeness = np.triu(vectors @ vectors.T, 1)
    pairs = [
        Pair(unique[i], unique[j], round(float(likeness[i, j]), 4))
        for i, j in np.argwhere(likeness >= cosine - 0.1).tolist()
        if not _opposite(unique[i], unique[j])
        and (likeness[i, j] >= cosine or fuzz.token_sort_ratio(unique[i], unique[j]) >= _LEXICAL)
    ]
    return tuple(sorted(pairs, key=lambda pair: (-pair.cosine, pair.first, pair.second)))


def _opposite(first: str, second: str) -> bool:
    one, other = set(first.split()), set(second.split())
    return any((a in one and b in other) or (b in one and a in other) for a, b in _OPPOSITES)


def scheme_duplicates(scheme: Scheme, encoder: Encoder, cosine: float = COSINE) -> tuple[Pair, ...]:
    """Report wordings of different concepts that may say the same; the scheme itself is left as its authors wrote it.

    Parameters
    ----------
    scheme
        The scheme.
    encoder, cosine
        As for `near_duplicates`.

    Returns
    -------
    tuple of Pair
        With the concepts of both wordings; concepts of which one implies the other are left out.
    """
    owner: dict[str, str] = {}
    for concept, text in wordings_of(scheme):
        owner.setdefault(text, concept)
    found = []
    for pair in near_duplicates(list(owner), encoder, cosine):
        a, b = owner[pair.first], owner[pair.second]
        if a != b and b not in scheme.implies.get(a, ()) and a not in scheme.implies.get(b, ()):
            found.append(replace(pair, owners=(a, b)))
    return tuple(found)


def merge_candidates(
    candidates: Sequence[Candidate], encoder: Encoder, cosine: float = COSINE
) -> tuple[Candidate, ...]:
    """Merge candidates that say the same into the one that most nodes use.

    Parameters
    ----------
    candidates
        In any order.
    encoder, cosine
        As for `near_duplicates`.

    Returns
    -------
    tuple of Candidate
        By rank; ``merged`` names the phrases taken in, and the support counts the nodes of all.
    """
    by_phrase = {candidate.phrase: candidate for candidate in candidates}
    head = {phrase: phrase for phrase in by_phrase}

    def root(phrase: str) -> str:
        while head[phrase] != phrase:
            phrase = head[phrase]
        return phrase

    for pair in near_duplicates(sorted(by_phrase), encoder, cosine):
        first, second = root(pair.first), root(pair.second)
        if first != second:
            keep = max((first, second), key=lambda phrase: (by_phrase[phrase].support, phrase))
            head[second if keep == first else first] = keep
    groups: dict[str, list[Candidate]] = {}
    for phrase in sorted(by_phrase):
        groups.setdefault(root(phrase), []).append(by_phrase[phrase])
    merged = [_merge(by_phrase[keep], group) for keep, group in groups.items()]
    return tuple(sorted(merged, key=lambda c: (-c.rank, c.phrase)))


def _merge(keep: Candidate, group: Sequence[Candidate]) -> Candidate:
    nodes = tuple(sorted({node for candidate in group for node in candidate.nodes}))
    others = tuple(sorted(candidate.phrase for candidate in group if candidate.phrase != keep.phrase))
    return replace(keep, support=len(nodes), nodes=nodes, merged=others)
