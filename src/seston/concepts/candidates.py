"""What texts say of form and the scheme lacks, for a person to accept, merge or reject."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from seston.concepts.extract.extractor import Extractor
from seston.concepts.extract.lexicon import ADJECTIVAL, ASPECTS, NUMBERS, PICTURES, PLAIN, QUANTIFIERS, SEEING, WHOLE
from seston.concepts.extract.parse import COP, HAVE, NOMINAL, WORD, Noun, Parse
from seston.concepts.search import Encoder, wordings_of
from seston.records import Evidence, Passage

_SECTIONS = ("habitat", "similar forms", "distribution", "ecology", "etymology", "history")
_EMPTY = frozenset((*WHOLE, *ASPECTS, *PICTURES, *PLAIN, *QUANTIFIERS, *SEEING, *NUMBERS))
_VAGUE = frozenset(
    """
    same other such many most own first second third later early lower upper main certain different similar various
    known common rare typical whole full part place name case time way water sea food animal thing lot rest few young
    old new good great live wide able unknown usual only single picture marine planktonic pelagic female male mature
    adult kind member side end length width height number pair top bottom middle front back
    """.split()  # noqa: SIM905 - a word list reads better as words
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase about form that no concept covers.

    ``support`` is the number of nodes that use it, ``novelty`` one minus the cosine to the nearest wording of the
    scheme, whose concept is ``nearest``; ``merged`` are phrases that say the same; ``evidence`` is the first place.
    """

    phrase: str
    support: int
    nodes: tuple[str, ...]
    evidence: Evidence
    novelty: float = 1.0
    nearest: str = ""
    merged: tuple[str, ...] = ()

    @property
    def rank(self) -> float:
        """Return support weighed by novelty: what many say and the scheme is far from comes first."""
        return float(np.log1p(self.support)) * self.novelty


@dataclass
class _Found:
    nodes: set[str] = field(default_factory=set)
    evidence: Evidence | None = None


def find_candidates(
    extractor: Extractor, passages: Iterable[Passage], encoder: Encoder | None = None, least: int = 2
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

    Returns
    -------
    tuple of Candidate
        By rank, best first, then by phrase.
    """
    found: dict[str, _Found] = {}
    for passage in passages:
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


def _with_novelty(candidates: Sequence[Candidate], extractor: Extractor, encoder: Encoder) -> Iterator[Candidate]:
    from dataclasses import replace

    pairs = wordings_of(extractor.scheme)
    cosines = encoder.encode([c.phrase for c in candidates]) @ encoder.encode([text for _, text in pairs]).T
    for candidate, row in zip(candidates, cosines, strict=True):
        best = int(np.argmax(row))
        yield replace(candidate, novelty=round(1 - float(row[best]), 4), nearest=pairs[best][0])
