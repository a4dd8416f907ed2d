"""Statements of form in a sentence: entity, quality, polarity, and the concept that they speak of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from seston.concepts.extract import lexicon as words
from seston.concepts.extract.attach import Attacher
from seston.concepts.extract.counts import find_counts
from seston.concepts.extract.parse import ADV, COP, DET, HAVE, NEG, NOMINAL, PREP, WORD, Noun, Parse
from seston.concepts.extract.quantities import Quantity, find_quantities
from seston.concepts.extract.scope import Scope, plain_noun
from seston.concepts.extract.wordings import Link, Match, Wordings, spelt
from seston.records import Polarity

_ACROSS = frozenset(("width", "breadth", "thickness"))
_UNITS = frozenset(("nectophore", "bell", "shell", "umbrella", "test", "lorica"))
_OF_ONE = frozenset(("body-shape", "elongation", "symmetry"))
_MEASURED = frozenset(
    ("size", "length", "diameter", "height", "width", "breadth", "bell", "umbrella", "colony", "chain", "shell")
)
_WHOLE_PARTS = frozenset(("size", "opacity", "elongation", "curvature"))
_ANIMAL_PARTS = frozenset(("size", "symmetry", "segmentation", "elongation"))
_PLAIN_WHOLES = frozenset(("body", "outline", "shape", "form", "animal", "silhouette"))
_BY_NUMBER = {
    "tentacles": frozenset(("tentacles/two", "tentacles/few", "tentacles/many")),
    "arms": frozenset(("arms/few", "arms/many")),
}
# How sure it is that what is big or small for its kind is so in millimetres.
_FOR_ITS_KIND = 0.6
# One of two alternatives; less sure than a plain word for either, which therefore wins.
_EITHER = 0.8
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
    counts = [*_counts(parsed, scope)]
    spans = [(s.start, s.end, s.concept.split("/")[0]) for s in counts]
    found = [*_mentions(parsed, scope, wordings), *_quantities(parsed, scope), *counts]
    for s in _qualities(parsed, scope, wordings):
        inside = any(a < s.end and s.start < b and s.concept in _BY_NUMBER[part] for a, b, part in spans)
        found += [] if inside else [s]
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
        some = scope.some[last] and not _is_given(parsed, match)
        polarity = _polarity(denied, scope.variable[last] or some or factor == 0)
        for concept in wordings.mentions[match.key]:
            if _says_nothing(parsed, match, concept, wordings):
                continue
            sure = scope.factor[last] * (factor or _EITHER)
            yield _statement(parsed, match, match, concept, polarity, sure, "present")


def _says_nothing(parsed: Parse, match: Match, concept: str, wordings: Wordings) -> bool:
    """Return whether the words stand there without stating the concept of the subject."""
    part = concept.split("/")[0]
    if part == "stage":
        return _is_governed(parsed, match) or _describes_a_part(parsed, match, frozenset())
    if part == "view":
        return _is_frame(parsed, match)
    if part == "inside" and match.key == ("gut",) and _is_owned(parsed, match):
        return True
    if match.key == ("single", "cell") and parsed.tokens[match.end - 1].text.lower() == "cells":
        return True  # "single cells are tiny": each by itself
    if part == "colony" and _is_of_a_part(parsed, match, wordings):
        return True
    before = parsed.tokens[match.begin - 1].lemma if match.begin else ""
    if len(match.key) == 1 and before in ("that", "which", "who", "they") and parsed.classes[match.begin - 1] != DET:
        return parsed.tokens[match.begin].text.lower() == match.key[0]  # "plastids that stem from"
    adjective = match.key[-1].endswith(words.ADJECTIVAL) or match.key[-1] in ("hollow", "empty")
    return adjective and _describes_a_part(parsed, match, wordings.nouns[part])


def _describes_a_part(parsed: Parse, match: Match, own: frozenset[str]) -> bool:
    """Return whether the words are an adjective of some other part: "the young stem", "hollow tentacles"."""
    if match.end >= len(parsed.tokens) or parsed.classes[match.end] not in NOMINAL:
        return False
    end = match.end
    while end < len(parsed.tokens) and parsed.classes[end] in NOMINAL:
        end += 1
    noun = next((noun for noun in parsed.nouns if match.end <= noun.begin < end), None)
    if noun is None or noun.whole or noun.shape or noun.name in own:
        return False
    return noun.known or not own


def _is_owned(parsed: Parse, match: Match) -> bool:
    """Return whether the body is said to have a gut, and nothing of whether it shows: "a mouth and a gut"."""
    clause = parsed.clause_of(match.begin)
    having = clause.verb < match.begin and parsed.tokens[clause.verb].lemma == "have"
    return having and parsed.tokens[match.begin - 1].text.lower() in ("a", "and")


def _is_frame(parsed: Parse, match: Match) -> bool:
    """Return whether a view is where a form shows, not how the animal is met: "seen from above, it is a star"."""
    before = parsed.tokens[match.begin - 1].lemma if match.begin else ""
    return match.begin == 0 or before in ("when", "where", "if") or (match.begin == 1 and before in ("in", "from"))


def _is_of_a_part(parsed: Parse, match: Match, wordings: Wordings) -> bool:
    """Return whether strands are those of a part: "a rostrum of two filaments"."""
    place = match.begin - 1
    while place > 0 and parsed.classes[place] in (*NOMINAL, ADV, DET):
        place -= 1
    head = next((noun for noun in parsed.nouns if noun.end == place), None)
    if head is not None and head.name in words.QUANTIFIERS:
        return False
    governed = place > 0 and parsed.tokens[place].lemma == "of" and head is not None
    return governed and head is not None and head.known and not head.whole and head.name not in wordings.nouns["colony"]


def _is_given(parsed: Parse, match: Match) -> bool:
    """Return whether "the" takes the thing for granted: "in males the right antennule is swollen"."""
    place = match.begin - 1
    while place >= 0 and parsed.classes[place] in (*NOMINAL, ADV):
        place -= 1
    return place >= 0 and parsed.tokens[place].text.lower() in ("the", "its", "their")


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
        given = bool(nouns) and match.end <= nouns[0].begin and _is_given(parsed, match)
        doubted = scope.variable[match.begin] or (scope.some[match.begin] and not given) or factor == 0
        polarity = _polarity(scope.denied_quality[match.begin], doubted)
        for link in wordings.qualities.get(match.key, ()):
            kind = _for_its_kind(link.concept, match, nouns)
            for noun in nouns if kind else ():
                if _fits(link, noun) and not _edge_of_a_part(parsed, match, noun):
                    if polarity is Polarity.ABSENT and _denies_too_much(parsed, match, noun, link.concept):
                        continue
                    sign = polarity
                    if polarity is Polarity.PRESENT and noun.end and scope.denied_noun[noun.begin]:
                        if not _says_of_none(parsed, match, noun):
                            continue
                        sign = Polarity.ABSENT
                    if _is_each(parsed, noun, link.concept):
                        continue
                    span = _span(match, noun)
                    certainty = scope.factor[match.begin] * (factor or _EITHER) * kind
                    quality = spelt(match.key)
                    yield _statement(parsed, match, span, link.concept, sign, certainty, quality, noun)


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
    """Return how far a size holds in millimetres: "a big dinoflagellate" is big for its kind, "a big order" is not."""
    if not concept.startswith("size/") or not nouns or not match.end <= nouns[0].begin or not nouns[0].whole:
        return 1.0
    head = nouns[0].name.split()[-1]
    return 0.0 if head in words.RANKS else 1.0 if head in words.BODIES else _FOR_ITS_KIND


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
    """Return 1, less for one of two neighbours ("oval or round"), 0 for other alternatives: then it varies.

    Alternatives are those of one part: in "needle-shaped, straight or curved" the needle is not in doubt.
    """
    if scope.denied_quality[match.begin]:
        return 1.0
    clause = parsed.clause_of(match.begin)
    if _counts_only(match):
        beside = {parsed.tokens[p].text.lower() for p in (match.begin - 1, match.end) if clause.begin <= p < clause.end}
        return _EITHER if "or" in beside else 1.0
    matches = [m for m in (*parsed.qualities, *parsed.mentions) if clause.begin <= m.begin < clause.end]
    for place in range(clause.begin, clause.end):
        if parsed.tokens[place].text.lower() != "or":
            continue
        after = [m for m in sorted(matches, key=lambda m: m.begin) if place < m.begin <= place + 4]
        right = next((m for m in after if m.key != ("little",) and not _counts_only(m)), None)
        if right is not None and _is_presence(match, right, wordings):
            return 1.0
        low = place
        while low > clause.begin and _joins(parsed, low - 1):
            low -= 1
        group = [m for m in matches if low <= m.begin < place and not _counts_only(m)]
        if right is not None:
            group = [m for m in group if _concepts(m, wordings) != _concepts(right, wordings)]
            group = [m for m in group if _parts(m, wordings) & _parts(right, wordings) or m.end == place]
        if group and (match in group or match == right):
            first = min(m.begin for m in group)
            unknown = any(_is_unknown(parsed, p) and parsed.tokens[p + 1].text == "," for p in range(low, first))
            listed = unknown or any(token.text == "," for token in parsed.tokens[first:place])
            return _EITHER if not listed and _are_neighbours(group, right, wordings) else 0.0
    return 1.0


def _counts_only(match: Match) -> bool:
    """Return whether a match is a number: "eight or nine muscle bands" leaves no doubt of the bands."""
    return len(match.key) == 1 and match.key[0] in words.NUMBERS


def _is_presence(match: Match, right: Match, wordings: Wordings) -> bool:
    """Return whether the thing is there under both alternatives: "one tentacle or several"."""
    there = {concept.split("/")[0] for concept in wordings.mentions.get(match.key, ()) if concept.endswith("/present")}
    return bool(there & _parts(right, wordings))


def _is_unknown(parsed: Parse, place: int) -> bool:
    return parsed.tokens[place].tied and parsed.classes[place] == WORD


def _are_neighbours(group: Sequence[Match], right: Match | None, wordings: Wordings) -> bool:
    """Return whether all alternatives are values of one part that may hold side by side: "oval or pear-shaped"."""
    if right is None:
        return True
    there = _concepts(right, wordings)
    return all(
        any(
            one == other or one in wordings.near.get(other, ()) for one in _concepts(match, wordings) for other in there
        )
        for match in group
    )


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
        if nouns and nouns[0].name in _ACROSS and _more_lengths(parsed):
            continue  # "20 mm long, and the width is below 0.2 mm"
        if not nouns or not all(noun.whole or noun.pronoun or noun.name.split()[-1] in _MEASURED for noun in nouns):
            continue
        for concept, share in quantity.shares:
            sure = share >= 0.25
            doubted = scope.variable[place] or scope.some[place] or not sure
            polarity = Polarity.VARIABLE if doubted else Polarity.PRESENT
            factor = scope.factor[place] * (1.0 if share > 0.6 else 0.9)
            entity = nouns[0].name
            yield Statement(
                entity, quantity.unit, polarity, quantity.start, quantity.end, concept, factor, quantity=quantity
            )


def _more_lengths(parsed: Parse) -> bool:
    return sum(1 for quantity in find_quantities(parsed.text) if quantity.unit == "mm") > 1


def _counts(parsed: Parse, scope: Scope) -> Iterator[Statement]:
    for count in find_counts(parsed.text):
        place = next(n for n, token in enumerate(parsed.tokens) if token.end > count.start)
        if scope.muted[place] or scope.denied_noun[place] or scope.denied_quality[place]:
            continue
        for concept, sure in count.concepts:
            doubted = scope.variable[place] or scope.some[place] or not sure
            polarity = Polarity.VARIABLE if doubted else Polarity.PRESENT
            yield Statement(count.what, "number", polarity, count.start, count.end, concept, scope.factor[place])


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
