"""What texts say of form and the scheme lacks, for a person to accept, merge or reject."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from seston.concepts.extract.extractor import Extractor
from seston.concepts.extract.grammar import COP, HAVE, NOMINAL, WORD, Noun, Parse
from seston.concepts.extract.lexicon import ADJECTIVAL, ASPECTS, NUMBERS, PICTURES, PLAIN, QUANTIFIERS, SEEING, WHOLE
from seston.concepts.search import Encoder, wordings_of
from seston.records import Evidence, Passage

_SECTIONS = ("habitat", "similar forms", "distribution", "ecology", "etymology", "history")
_EMPTY = frozenset((*WHOLE, *ASPECTS, *PICTURES, *PLAIN, *QUANTIFIERS, *SEEING, *NUMBERS))
_VAGUE = frozenset(
    """
    same other such many most own first second third later early lower upper main certain different similar various
    known common rare typical whole full part place name case time way water sea food animal thing lot rest few young
    old new good great live wide able unknown usual only single picture marine planktonic pelagic female male mature
    lost joined enclosed covered disturbed unusual placed unnamed studded like organ
    adult kind member side end length width height number pair top bottom middle front back
    """.split()  # noqa: SIM905 - a word list reads better as words
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase about form that no concept covers.

    ``support`` is the number of nodes that use it, ``novelty`` one minus the cosine to the nearest wording of the
    scheme, whose concept is ``nearest``; ``distinct`` is the mean share of a node's described siblings that do not use
    it, 1 where there are none; ``merged`` are phrases that say the same; ``evidence`` is the first place.
    """

    phrase: str
    support: int
    nodes: tuple[str, ...]
    evidence: Evidence
    novelty: float = 1.0
    nearest: str = ""
    merged: tuple[str, ...] = ()
    distinct: float = 1.0

    @property
    def rank(self) -> float:
        """Return support weighed by novelty and distinctiveness.

        What many say, the scheme is far from and siblings differ in comes first; what all siblings share counts half.
        """
        return float(np.log1p(self.support)) * self.novelty * (1 + self.distinct) / 2


@dataclass
class _Found:
    nodes: set[str] = field(default_factory=set)
    evidence: Evidence | None = None


def find_candidates(
    extractor: Extractor,
    passages: Iterable[Passage],
    encoder: Encoder | None = None,
    least: int = 2,
    parents: Mapping[str, str] | None = None,
) -> tuple[Candidate, ...]:
    """Collect phrases about form that the scheme lacks.

    Parameters
    ----------
    extractor
        With its scheme: what it reads is no candidate.
    passages
        Texts.
    encoder
        For novelty; without one the novelty is 1 throughout.
    least
        Smallest number of nodes that use a phrase.
    parents
        The parent of each node, for distinctiveness; without them it is 1 throughout.

    Returns
    -------
    tuple of Candidate
        By rank, best first, then by phrase.
    """
    found: dict[str, _Found] = {}
    described: set[str] = set()
    for passage in passages:
        described.add(passage.about)
        if passage.section.lower() not in _SECTIONS:
            for phrase, start, end in _phrases(extractor, passage):
                entry = found.setdefault(phrase, _Found())
                entry.nodes.add(passage.about)
                entry.evidence = entry.evidence or _evidence(passage, start, end)
    candidates = [
        Candidate(phrase, len(entry.nodes), tuple(sorted(entry.nodes)), entry.evidence)
        for phrase, entry in sorted(found.items())
        if len(entry.nodes) >= least and entry.evidence is not None
    ]
    if parents is not None:
        candidates = list(_with_distinctiveness(candidates, described, parents))
    if encoder is not None and candidates:
        candidates = list(_with_novelty(candidates, extractor, encoder))
    return tuple(sorted(candidates, key=lambda c: (-c.rank, c.phrase)))


def _phrases(extractor: Extractor, passage: Passage) -> Iterator[tuple[str, int, int]]:
    for sentence, parsed in extractor.parses(passage):
        for begin, end, phrase in (*_described(parsed), *_owned(parsed)):
            start, stop = parsed.tokens[begin].start, parsed.tokens[end - 1].end
            yield phrase, sentence.start + start, sentence.start + stop


def _described(parsed: Parse) -> Iterator[tuple[int, int, str]]:
    """Yield unknown adjectives with the noun that they stand before or are said of."""
    for noun in parsed.nouns:
        place = noun.begin - 1
        if noun.known and place >= 0 and _is_adjective(parsed, place):
            yield place, noun.end, f"{parsed.tokens[place].lemma} {_name(noun)}"
    for clause in parsed.clauses:
        place = clause.verb + 1
        if clause.verb < clause.end and parsed.classes[clause.verb] == COP and place < clause.end:
            ends = place + 1 == len(parsed.tokens) or parsed.classes[place + 1] not in NOMINAL
            for noun in clause.subjects:
                if ends and _is_adjective(parsed, place) and (noun.known or noun.whole):
                    yield place, place + 1, f"{parsed.tokens[place].lemma} {_name(noun)}"


def _owned(parsed: Parse) -> Iterator[tuple[int, int, str]]:
    """Yield unknown nouns that the subject is said to have."""
    for clause in parsed.clauses:
        if clause.verb == clause.end or parsed.classes[clause.verb] != HAVE:
            continue
        for noun in parsed.nouns:
            if clause.verb < noun.begin <= clause.verb + 4 and not noun.known and not noun.whole and _speaks(noun.name):
                yield noun.begin, noun.end, noun.name


def _is_adjective(parsed: Parse, place: int) -> bool:
    token = parsed.tokens[place]
    taken = any(match.begin <= place < match.end for match in (*parsed.qualities, *parsed.mentions))
    formed = token.lemma.endswith(ADJECTIVAL) or token.tied or token.lemma.endswith("y")
    return parsed.classes[place] == WORD and not taken and formed and _speaks(token.lemma)


def _speaks(word: str) -> bool:
    return word.isalpha() and len(word) > 3 and word not in _EMPTY and word not in _VAGUE


def _name(noun: Noun) -> str:
    return "body" if noun.whole else noun.name


def _evidence(passage: Passage, start: int, end: int) -> Evidence:
    return Evidence(
        page=passage.page,
        revision=passage.revision,
        section=passage.section,
        start=passage.start + start,
        end=passage.start + end,
        quote_sha256=hashlib.sha256(passage.text[start:end].encode()).hexdigest(),
        licence=passage.licence,
        source="",
    )


def _with_distinctiveness(
    candidates: Iterable[Candidate], described: Iterable[str], parents: Mapping[str, str]
) -> Iterator[Candidate]:
    families: dict[str, set[str]] = {}
    for node in described:
        families.setdefault(parents.get(node, ""), set()).add(node)
    for candidate in candidates:
        users = set(candidate.nodes)
        shares = [len(others - users) / len(others) for others in _siblings(users, families, parents) if others]
        yield replace(candidate, distinct=round(sum(shares) / len(shares), 4) if shares else 1.0)


def _siblings(nodes: Iterable[str], families: Mapping[str, set[str]], parents: Mapping[str, str]) -> Iterator[set[str]]:
    for node in sorted(nodes):
        yield families[parents.get(node, "")] - {node}


def _with_novelty(candidates: Sequence[Candidate], extractor: Extractor, encoder: Encoder) -> Iterator[Candidate]:
    pairs = wordings_of(extractor.scheme)
    cosines = encoder.encode([c.phrase for c in candidates]) @ encoder.encode([text for _, text in pairs]).T
    for candidate, row in zip(candidates, cosines, strict=True):
        best = int(np.argmax(row))
        yield replace(candidate, novelty=round(1 - float(row[best]), 4), nearest=pairs[best][0])
