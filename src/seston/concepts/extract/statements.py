"""Statements of form in a sentence: entity, quality, polarity, and the concept that they speak of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from seston.concepts.extract.attach import Attacher
from seston.concepts.extract.parse import ADV, CONJ, COP, DET, NOMINAL, Noun, Parse
from seston.concepts.extract.quantities import Quantity, find_quantities
from seston.concepts.extract.scope import Scope, plain_noun
from seston.concepts.extract.wordings import Match, Wordings
from seston.records import Polarity

_MEASURED = frozenset("size length diameter height width breadth bell umbrella colony chain shell".split())
_NOT_LENGTH = frozenset("apart thick deep below from".split())


@dataclass(frozen=True, slots=True)
class Statement:
    """What a sentence says of one entity.

    ``start``:``end`` are characters of the text that was read; ``factor`` multiplies the source's confidence;
    ``subject`` is "self" or the other taxon's name; ``concept`` is empty where the scheme lacks one.
    """

    entity: str
    quality: str
    polarity: Polarity
    start: int
    end: int
    concept: str = ""
    factor: float = 1.0
    subject: str = "self"
    stage: str = ""
    quantity: Quantity | None = None

    def moved(self, by: int) -> "Statement":
        """Return the statement with its span shifted."""
        return replace(self, start=self.start + by, end=self.end + by)


def find_statements(parsed: Parse, scope: Scope, wordings: Wordings) -> list[Statement]:
    """Return the statements of a parsed sentence, sorted by place and concept, spans relative to the sentence."""
    found = [*_mentions(parsed, scope, wordings), *_qualities(parsed, scope, wordings), *_quantities(parsed, scope)]
    unique = {(s.concept, s.start, s.end, s.polarity): s for s in found}
    return sorted(unique.values(), key=lambda s: (s.start, s.end, s.concept))


def _mentions(parsed: Parse, scope: Scope, wordings: Wordings) -> Iterator[Statement]:
    for match in parsed.mentions:
        last = match.end - 1
        if scope.muted[match.begin] or _within_longer(match, parsed.qualities):
            continue
        noun = Noun("", match.begin, match.end)
        denied = scope.denied_noun[match.begin]
        if denied and not plain_noun(parsed, noun):
            continue
        factor = _alternative(parsed, match, scope)
        polarity = _polarity(denied, scope.variable[last] or factor == 0)
        for concept in wordings.mentions[match.key]:
            yield _statement(parsed, match, match, concept, polarity, scope.factor[last] * (factor or 1.0), "present")


def _within_longer(match: Match, others: Sequence[Match]) -> bool:
    """Return whether a longer wording holds the match."""
    return any(o.begin <= match.begin and match.end <= o.end and o.end - o.begin > match.end - match.begin for o in others)


def _in_section(parsed: Parse, match: Match) -> bool:
    """Return whether the adjective describes a cut through the body: "circular in cross section"."""
    after = [token.lemma for token in parsed.tokens[match.end : match.end + 3]]
    return after[:1] == ["in"] and "section" in after


def _qualities(parsed: Parse, scope: Scope, wordings: Wordings) -> Iterator[Statement]:
    attacher = Attacher(parsed)
    for match in parsed.qualities:
        nouns = attacher.nouns_of(match)
        if scope.muted[match.begin] or _in_section(parsed, match):
            continue
        factor = _alternative(parsed, match, scope)
        polarity = _polarity(scope.denied_quality[match.begin], scope.variable[match.begin] or factor == 0)
        for link in wordings.qualities[match.key]:
            for noun in nouns:
                if noun.name in link.nouns or (link.whole and noun.whole):
                    span = _span(match, noun)
                    certainty = scope.factor[match.begin] * (factor or 1.0)
                    quality = " ".join(word.removeprefix("=") for word in match.key)
                    yield _statement(parsed, match, span, link.concept, polarity, certainty, quality, noun)


def _polarity(denied: bool, variable: bool) -> Polarity:
    return Polarity.ABSENT if denied else Polarity.VARIABLE if variable else Polarity.PRESENT


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
    entity = noun.name if noun else " ".join(word.removeprefix("=") for word in match.key)
    return Statement(entity, quality, polarity, tokens[span.begin].start, tokens[span.end - 1].end, concept, factor)


def _alternative(parsed: Parse, match: Match, scope: Scope) -> float:
    """Return 1, less for one of two alternatives ("oval or round"), 0 for one of more: then it varies."""
    if scope.denied_quality[match.begin]:
        return 1.0
    clause = parsed.clause_of(match.begin)
    group = _coordinated(parsed, match, clause.begin, clause.end)
    if "or" not in {token.text.lower() for token in parsed.tokens[group.begin : group.end]}:
        return 1.0
    members = sum(1 for m in (*parsed.qualities, *parsed.mentions) if group.begin <= m.begin < group.end)
    return 0.0 if members > 2 else 0.8


def _coordinated(parsed: Parse, match: Match, begin: int, end: int) -> Match:
    """Return the stretch of adjectives, nouns, commas and conjunctions around a match."""
    low, high = match.begin, match.end
    while low > begin and _joins(parsed, low - 1):
        low -= 1
    while high < end and _joins(parsed, high):
        high += 1
    return Match(low, high, match.key)


def _joins(parsed: Parse, place: int) -> bool:
    return parsed.classes[place] in (*NOMINAL, ADV, CONJ, DET) or parsed.tokens[place].text == ","


def _quantities(parsed: Parse, scope: Scope) -> Iterator[Statement]:
    for quantity in find_quantities(parsed.text):
        place = next((n for n, token in enumerate(parsed.tokens) if token.end > quantity.start), None)
        after = next((token.lemma for token in parsed.tokens if token.start >= quantity.end), "")
        if place is None or scope.muted[place] or after in _NOT_LENGTH or scope.denied_quality[place]:
            continue
        nouns = _measured(parsed, place)
        if not nouns or not all(noun.whole or noun.name.split()[-1] in _MEASURED for noun in nouns):
            continue
        for concept, share in quantity.shares:
            sure = share >= 0.25
            polarity = Polarity.VARIABLE if scope.variable[place] or not sure else Polarity.PRESENT
            factor = scope.factor[place] * (1.0 if share > 0.6 else 0.9)
            entity = nouns[0].name
            yield Statement(entity, quantity.unit, polarity, quantity.start, quantity.end, concept, factor, quantity=quantity)


def _measured(parsed: Parse, place: int) -> Sequence[Noun]:
    """Return what a length belongs to: the noun right before it, else the subject."""
    clause = parsed.clause_of(place)
    step = place - 1
    while step >= clause.begin and parsed.classes[step] in (ADV, DET):
        step -= 1
    if step >= clause.begin and parsed.tokens[step].lemma == "of":
        step -= 1
    beside = [noun for noun in parsed.nouns if noun.end - 1 == step]
    if beside and clause.verb < beside[0].begin and parsed.classes[step] != COP:
        return beside
    return clause.subjects
