"""Search, merging and candidates, with an encoder of letters in place of the model."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from seston.concepts import Extractor, find_candidates, load_scheme, search
from seston.concepts.candidates import Candidate
from seston.concepts.merge import merge_candidates, near_duplicates, scheme_duplicates
from seston.concepts.search import wordings_of
from seston.records import Evidence, Passage

SCHEME = load_scheme()


class Letters:
    """Counts pairs of letters: alike texts have alike vectors."""

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), 26 * 26), np.float32)
        for i, text in enumerate(texts):
            codes = [ord(c) - 97 for c in text.lower() if "a" <= c <= "z"]
            for a, b in pairwise(codes):
                rows[i, 26 * a + b] += 1
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        return rows


def candidate(phrase: str, *nodes: str) -> Candidate:
    return Candidate(phrase, len(nodes), nodes, Evidence("p", "", "", 0, 1, "", "", ""), 0.5)


def test_search_finds_the_concept_of_a_wording() -> None:
    hits = search(SCHEME, "Long feelers", Letters(), n=3)
    assert hits[0].concept.id == "antennae/long"
    assert len({hit.concept.id for hit in hits}) == 3
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_every_concept_can_be_searched() -> None:
    assert {concept for concept, _ in wordings_of(SCHEME)} == set(SCHEME.index)


def test_near_duplicates_keep_opposites_apart() -> None:
    pairs = near_duplicates(["forked tail", "forked tails", "long antennae", "short antennae"], Letters())
    assert [(p.first, p.second) for p in pairs] == [("forked tail", "forked tails")]


def test_the_scheme_reports_pairs_of_different_concepts_only() -> None:
    for pair in scheme_duplicates(SCHEME, Letters()):
        assert pair.owners[0] != pair.owners[1]


def test_candidates_that_say_the_same_are_merged() -> None:
    merged = merge_candidates(
        [candidate("dorsal crest", "a", "b"), candidate("dorsal crests", "b", "c", "d"), candidate("velum", "e")],
        Letters(),
    )
    assert [(c.phrase, c.support, c.merged) for c in merged] == [
        ("dorsal crests", 4, ("dorsal crest",)),
        ("velum", 1, ()),
    ]


def test_candidates_are_what_the_scheme_lacks() -> None:
    texts = {"a": "The body has an operculum. The tail is crenulated.", "b": "It bears an operculum. It has a tail."}
    passages = [Passage(f"worms:{k}", k, "r", "Description", 0, t, "CC-BY-4.0") for k, t in texts.items()]
    found = find_candidates(Extractor(SCHEME), passages, Letters(), least=1)
    assert {c.phrase: c.support for c in found} == {"operculum": 2, "crenulated tail": 1}
    best = found[0]
    assert texts[best.evidence.page][best.evidence.start : best.evidence.end] == "operculum"
    assert 0 < best.novelty <= 1


def test_what_siblings_share_ranks_below_what_tells_them_apart() -> None:
    nodes = {"a": "operculum", "b": "operculum", "c": "caruncle", "d": "caruncle"}
    passages = [Passage(n, f"{n}.md", "", "", 0, f"It bears a {word}.", "") for n, word in nodes.items()]
    parents = {"a": "x", "b": "x", "c": "y", "d": "z"}
    more = [Passage(n, f"{n}.md", "", "", 0, "It is long.", "") for n in ("e", "f")]
    found = find_candidates(Extractor(SCHEME), [*passages, *more], parents={**parents, "e": "y", "f": "z"})
    assert [(c.phrase, c.distinct) for c in found] == [("caruncle", 1.0), ("operculum", 0.0)]
    assert found[0].rank == 2 * found[1].rank
