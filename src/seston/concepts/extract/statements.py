"""Statements of form in a sentence: entity, quality, polarity, and the concept that they speak of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from seston.concepts.extract.attach import Attacher
from seston.concepts.extract.parse import ADV, COP, DET, HAVE, NEG, NOMINAL, PREP, Noun, Parse
from seston.concepts.extract.quantities import Quantity, find_quantities
from seston.concepts.extract.scope import Scope, plain_noun
from seston.concepts.extract.wordings import Link, Match, Wordings, spelt
from seston.records import Polarity

_MEASURED = frozenset(
    ("size", "length", "diameter", "height", "width", "breadth", "bell", "umbrella", "colony", "chain", "shell")
)
_WHOLE_PARTS = frozenset(("size", "opacity", "elongation", "curvature"))
_ANIMAL_PARTS = frozenset(("size", "symmetry", "segmentation", "elongation"))
_PLAIN_WHOLES = frozenset(("body", "outline", "shape", "form", "animal", "silhouette"))
_NOT_LENGTH = frozenset(("apart", "thick", "deep", "below", "from"))


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
        if parsed.classes[match.begin] == NEG and _narrows(parsed, match):
            continue
        if denied and (not plain_noun(parsed, noun) or _narrows(parsed, match)):
            continue
        factor = _alternative(parsed, match, scope, wordings)
        polarity = _polarity(denied, scope.variable[last] or factor == 0)
        for concept in wordings.mentions[match.key]:
            if concept.startswith("stage/") and _is_governed(parsed, match):
                continue
            yield _statement(parsed, match, match, concept, polarity, scope.factor[last] * (factor or 1.0), "present")


def _within_longer(match: Match, others: Sequence[Match]) -> bool:
    """Return whether a longer wording holds the match."""
    return any(
        o.begin <= match.begin and match.end <= o.end and o.end - o.begin > match.end - match.begin for o in others
    )


def _is_governed(parsed: Parse, match: Match) -> bool:
    """Return whether a preposition governs the noun: "smaller than the adults" does not say that these are adults."""
    place = match.begin - 1
    while place >= 0 and parsed.classes[place] in (*NOMINAL, ADV, DET):
        place -= 1
    return place >= 0 and parsed.classes[place] == PREP


def _narrows(parsed: Parse, match: Match) -> bool:
    """Return whether the wording is but the first part of a longer noun: "tentacle sheaths"."""
    after = match.end
    return after < len(parsed.tokens) and (
        parsed.classes[after] in NOMINAL or parsed.tokens[after].lemma in ("of", "with")
    )


def _denies_too_much(parsed: Parse, match: Match, noun: Noun, concept: str) -> bool:
    """Return whether a denied phrase denies less than the concept.

    "No large bell" says nothing of the size of the animal, and "not a tall bell" does not deny a bell.
    """
    head = match.end == len(parsed.tokens) or parsed.classes[match.end] not in NOMINAL
    if head and not plain_noun(parsed, Noun("", match.begin, match.end)):
        return True
    return concept.split("/")[0] in _WHOLE_PARTS and match.end <= noun.begin and noun.name not in _PLAIN_WHOLES


def _is_no_adjective(parsed: Parse, match: Match) -> bool:
    """Return whether the word belongs to a number or stands for "around": "2 mm long", "all round"."""
    before = parsed.tokens[match.begin - 1].text.lower() if match.begin else ""
    if match.key != ("round",):
        return before in ("mm", "cm", "µm", "μm", "m")
    follows = match.end < len(parsed.tokens) and parsed.classes[match.end] == DET
    return before in ("all", "right", "way") or follows


def _in_section(parsed: Parse, match: Match) -> bool:
    """Return whether the adjective describes a cut through the body: "circular in cross section"."""
    after = [token.lemma for token in parsed.tokens[match.end : match.end + 3]]
    return after[:1] == ["in"] and "section" in after


def _qualities(parsed: Parse, scope: Scope, wordings: Wordings) -> Iterator[Statement]:
    attacher = Attacher(parsed)
    for match in parsed.qualities:
        nouns = attacher.nouns_of(match)
        if scope.muted[match.begin] or _in_section(parsed, match) or _is_no_adjective(parsed, match):
            continue
        factor = _alternative(parsed, match, scope, wordings)
        polarity = _polarity(scope.denied_quality[match.begin], scope.variable[match.begin] or factor == 0)
        for link in wordings.qualities.get(match.key, ()):
            for noun in nouns:
                if _fits(link, noun) and not _edge_of_a_part(parsed, match, noun):
                    if polarity is Polarity.ABSENT and _denies_too_much(parsed, match, noun, link.concept):
                        continue
                    if polarity is Polarity.PRESENT and noun.end and scope.denied_noun[noun.begin]:
                        continue
                    span = _span(match, noun)
                    certainty = scope.factor[match.begin] * (factor or 1.0)
                    quality = spelt(match.key)
                    yield _statement(parsed, match, span, link.concept, polarity, certainty, quality, noun)


def _fits(link: Link, noun: Noun) -> bool:
    """Return whether a quality states the concept of the noun.

    After "The tail is thin. It is small." the size is taken for the animal's: tails are not sized in millimetres.
    """
    if noun.name in link.nouns or (link.whole and noun.whole):
        return True
    return noun.pronoun and link.whole and link.concept.split("/")[0] in _ANIMAL_PARTS


def _edge_of_a_part(parsed: Parse, match: Match, noun: Noun) -> bool:
    """Return whether a margin belongs to a part: "the fin has smooth margins"."""
    clause = parsed.clause_of(match.begin)
    having = clause.verb < clause.end and parsed.classes[clause.verb] == HAVE
    if not having or noun.name not in ("margin", "edge", "border") or noun in clause.subjects:
        return False
    return any(s.known and not s.whole and s.name not in _MEASURED for s in clause.subjects)


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
    entity = noun.name if noun else spelt(match.key)
    return Statement(entity, quality, polarity, tokens[span.begin].start, tokens[span.end - 1].end, concept, factor)


def _alternative(parsed: Parse, match: Match, scope: Scope, wordings: Wordings) -> float:
    """Return 1, less for one of two alternatives ("oval or round"), 0 for one of more: then it varies.

    Alternatives are those of one part: in "needle-shaped, straight or curved" the needle is not in doubt.
    """
    if scope.denied_quality[match.begin]:
        return 1.0
    clause = parsed.clause_of(match.begin)
    matches = [m for m in (*parsed.qualities, *parsed.mentions) if clause.begin <= m.begin < clause.end]
    for place in range(clause.begin, clause.end):
        if parsed.tokens[place].text.lower() != "or":
            continue
        right = next((m for m in sorted(matches, key=lambda m: m.begin) if place < m.begin <= place + 4), None)
        low = place
        while low > clause.begin and _joins(parsed, low - 1):
            low -= 1
        group = [m for m in matches if low <= m.begin < place]
        if right is not None:
            group = [m for m in group if _concepts(m, wordings) != _concepts(right, wordings)]
            group = [m for m in group if _parts(m, wordings) & _parts(right, wordings) or m.end == place]
        if group and (match in group or match == right):
            first = min(m.begin for m in group)
            return 0.0 if any(token.text == "," for token in parsed.tokens[first:place]) else 0.8
    return 1.0


def _joins(parsed: Parse, place: int) -> bool:
    return parsed.classes[place] in (*NOMINAL, ADV, DET) or parsed.tokens[place].text == ","


def _concepts(match: Match, wordings: Wordings) -> set[str]:
    return {*wordings.mentions.get(match.key, ()), *(link.concept for link in wordings.qualities.get(match.key, ()))}


def _parts(match: Match, wordings: Wordings) -> set[str]:
    return {concept.split("/")[0] for concept in _concepts(match, wordings)}


def _quantities(parsed: Parse, scope: Scope) -> Iterator[Statement]:
    for quantity in find_quantities(parsed.text):
        place = next((n for n, token in enumerate(parsed.tokens) if token.end > quantity.start), None)
        after = next((token.lemma for token in parsed.tokens if token.start >= quantity.end), "")
        if place is None or scope.muted[place] or after in _NOT_LENGTH or scope.denied_quality[place]:
            continue
        nouns = _measured(parsed, place)
        if not nouns or not all(noun.whole or noun.pronoun or noun.name.split()[-1] in _MEASURED for noun in nouns):
            continue
        for concept, share in quantity.shares:
            sure = share >= 0.25
            polarity = Polarity.VARIABLE if scope.variable[place] or not sure else Polarity.PRESENT
            factor = scope.factor[place] * (1.0 if share > 0.6 else 0.9)
            entity = nouns[0].name
            yield Statement(
                entity, quantity.unit, polarity, quantity.start, quantity.end, concept, factor, quantity=quantity
            )


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
