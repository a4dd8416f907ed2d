"""Statements of form in a sentence: entity, quality, polarity, and the concept that they speak of."""

from collections.abc import Iterator, Sequence

from seston.concepts.extract import lexicon as words
from seston.concepts.extract.alternatives import EITHER, alternative
from seston.concepts.extract.attach import Attacher
from seston.concepts.extract.denial import plain_noun
from seston.concepts.extract.grammar import HAVE, NEG, NOMINAL, Noun, Parse
from seston.concepts.extract.measures import MEASURED, counts, quantities
from seston.concepts.extract.readings import Scope
from seston.concepts.extract.relations import relations
from seston.concepts.extract.silence import (
    denies_itself,
    denies_too_much,
    in_section,
    is_counted_out,
    is_given,
    is_governed,
    is_no_adjective,
    is_of_another,
    narrowed,
    narrowing,
    narrows,
    says_nothing,
    within_longer,
)
from seston.concepts.extract.statement import Statement, polarity_of
from seston.concepts.extract.wordings import Link, Match, Wordings, spelt
from seston.records import Polarity

_UNITS = frozenset(("nectophore", "bell", "shell", "umbrella", "test", "lorica"))
_OF_ONE = frozenset(("body-shape", "elongation", "symmetry"))
_ANIMAL_PARTS = frozenset(("size", "symmetry", "segmentation", "elongation"))
_BY_NUMBER = {
    "tentacles": frozenset(("tentacles/two", "tentacles/few", "tentacles/many")),
    "arms": frozenset(("arms/few", "arms/many")),
}
# Nouns that say enough only where there are none: appendages are of any kind, and eggs may lie elsewhere.
_LOOSE = (("appendage",), ("=eggs",))
# How sure it is that what is big or small for its kind is so in millimetres.
_FOR_ITS_KIND = 0.6


def find_statements(parsed: Parse, scope: Scope, wordings: Wordings) -> list[Statement]:
    """Return the statements of a parsed sentence, sorted by place and concept, spans relative to the sentence."""
    numbers = [*counts(parsed, scope)]
    spans = [(s.start, s.end, s.concept.split("/")[0]) for s in numbers]
    found = [*_mentions(parsed, scope, wordings), *quantities(parsed, scope), *numbers]
    found += relations(parsed, scope)
    for s in _qualities(parsed, scope, wordings):
        inside = any(a < s.end and s.start < b and s.concept in _BY_NUMBER[part] for a, b, part in spans)
        found += [] if inside else [s]
    unique = {(s.concept, s.start, s.end, s.polarity): s for s in found}
    return sorted(unique.values(), key=lambda s: (s.start, s.end, s.concept))


def _mentions(parsed: Parse, scope: Scope, wordings: Wordings) -> Iterator[Statement]:
    for match in parsed.mentions:
        last = match.end - 1
        if scope.muted[match.begin] or within_longer(match, parsed.qualities):
            continue
        noun = Noun("", match.begin, match.end)
        denied = scope.denied_noun[match.begin] or denies_itself(parsed, match)
        if parsed.classes[match.begin] == NEG and narrows(parsed, match):
            continue
        if denied and (not plain_noun(parsed, noun) or narrows(parsed, match) or narrowed(parsed, match, wordings)):
            continue
        if match.key in _LOOSE and not denied:
            continue
        factor = alternative(parsed, match, scope, wordings)
        given = is_given(parsed, match)
        some = scope.some[last] and not given
        varies = scope.variable[last] and not (given and is_governed(parsed, match))
        if some and is_counted_out(parsed, match):
            continue
        polarity = polarity_of(denied, varies or some or factor == 0)
        for concept in wordings.mentions[match.key]:
            if says_nothing(parsed, match, concept, wordings):
                continue
            sure = scope.factor[last] * (factor or EITHER)
            if polarity is Polarity.VARIABLE and narrowing(parsed, match, wordings):
                sure *= EITHER  # "some bear stalked eyes": the others may bear eyes too
            yield _statement(parsed, match, match, concept, polarity, sure, "present")


def _qualities(parsed: Parse, scope: Scope, wordings: Wordings) -> Iterator[Statement]:
    attacher = Attacher(parsed)
    for match in parsed.qualities:
        nouns = attacher.nouns_of(match)
        if scope.muted[match.begin] or in_section(parsed, match) or is_no_adjective(parsed, match):
            continue
        factor = alternative(parsed, match, scope, wordings)
        given = bool(nouns) and match.end <= nouns[0].begin and is_given(parsed, match)
        doubted = scope.variable[match.begin] or (scope.some[match.begin] and not given) or factor == 0
        denied = scope.denied_quality[match.begin] or denies_itself(parsed, match)
        polarity = polarity_of(denied, doubted)
        for link in wordings.qualities.get(match.key, ()):
            kind = _for_its_kind(link.concept, match, nouns)
            for noun in nouns if kind else ():
                if _is_within_another(parsed, match, link, wordings):
                    continue
                whole = denied and parsed.label
                if _fits(link, noun, whole) and not _edge_of_a_part(parsed, match, noun):
                    if polarity is Polarity.ABSENT and denies_too_much(parsed, match, noun, link.concept):
                        continue
                    sign = polarity
                    if polarity is Polarity.PRESENT and noun.end and scope.denied_noun[noun.begin]:
                        if not _says_of_none(parsed, match, noun):
                            continue
                        sign = Polarity.ABSENT
                    if _is_each(parsed, noun, link.concept):
                        continue
                    span = _span(match, noun)
                    certainty = scope.factor[match.begin] * (factor or EITHER) * kind
                    quality = spelt(match.key)
                    yield _statement(parsed, match, span, link.concept, sign, certainty, quality, noun)


def _is_within_another(parsed: Parse, match: Match, link: Link, wordings: Wordings) -> bool:
    """Return whether a tone is but part of a longer wording: "a clear border around the dark body"."""
    tone = link.concept.startswith(("opacity/", "tone/", "rim/"))
    return tone and within_longer(match, [m for m in parsed.mentions if is_of_another(m, wordings)])


def _says_of_none(parsed: Parse, match: Match, noun: Noun) -> bool:
    """Return whether nothing of that sort is so: "carries no eggs", "no eggs are attached"."""
    begin = noun.begin
    while begin and parsed.classes[begin - 1] in NOMINAL:
        begin -= 1
    denied = begin > 0 and parsed.tokens[begin - 1].lemma == "no" and plain_noun(parsed, noun)
    return denied and not match.begin <= noun.begin < match.end


def _is_each(parsed: Parse, noun: Noun, concept: str) -> bool:
    """Return whether a form is that of several like parts, not of the body: "the nectophores are conical"."""
    several = noun.plural or (noun.begin > 0 and parsed.tokens[noun.begin - 1].lemma == "each")
    return several and noun.end > 0 and not noun.whole and noun.name in _UNITS and concept.split("/")[0] in _OF_ONE


def _for_its_kind(concept: str, match: Match, nouns: Sequence[Noun]) -> float:
    """Return how far a size holds in millimetres: "a big ctenophore" is big for its kind, "a big order" is not."""
    if not concept.startswith("size/") or not nouns or not match.end <= nouns[0].begin or not nouns[0].whole:
        return 1.0
    head = nouns[0].name.split()[-1]
    return 0.0 if head in words.RANKS | words.MICROBES else 1.0 if head in words.BODIES else _FOR_ITS_KIND


def _fits(link: Link, noun: Noun, whole: bool) -> bool:
    """Return whether a quality states the concept of the noun.

    After "The tail is thin. It is small." the size is taken for the animal's: tails are not sized in millimetres. With
    `whole`, so is what "it" is not: "it is not opaque" on the page of a label.
    """
    if noun.pronoun and link.concept.startswith("rim/"):
        return False  # "the outline is smooth; it is dark"
    if noun.name in link.nouns or (link.whole and noun.whole):
        return True
    of_animal = link.concept.split("/")[0] in _ANIMAL_PARTS or (whole and not noun.plural)
    return noun.pronoun and link.whole and of_animal


def _edge_of_a_part(parsed: Parse, match: Match, noun: Noun) -> bool:
    """Return whether a margin belongs to a part: "the fin has smooth margins"."""
    clause = parsed.clause_of(match.begin)
    having = clause.verb < clause.end and parsed.classes[clause.verb] == HAVE
    if not having or noun.name not in ("margin", "edge", "border") or noun in clause.subjects:
        return False
    return any(s.known and not s.whole and s.name not in MEASURED for s in clause.subjects)


def _span(match: Match, noun: Noun) -> Match:
    """Return the tokens from the quality to its noun, or the quality alone when the noun is far or not written."""
    begin, end = min(match.begin, noun.begin), max(match.end, noun.end)
    return Match(begin, end, match.key) if noun.end and end - begin <= 12 else match


def _statement(
    parsed: Parse,
    match: Match,
    span: Match,
    concept: str,
    polarity: Polarity,
    factor: float,
    quality: str,
    noun: Noun | None = None,
) -> Statement:
    tokens = parsed.tokens
    entity = noun.name if noun else spelt(match.key)
    return Statement(entity, quality, polarity, tokens[span.begin].start, tokens[span.end - 1].end, concept, factor)
