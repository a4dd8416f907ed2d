"""What numbers state: lengths, proportions and counts."""

from collections.abc import Iterator, Sequence

from seston.concepts.extract.counts import find_counts
from seston.concepts.extract.grammar import ADV, COP, DET, Noun, Parse
from seston.concepts.extract.quantities import find_quantities
from seston.concepts.extract.readings import Scope
from seston.concepts.extract.statement import Statement
from seston.records import Polarity

MEASURED = frozenset(
    ("size", "length", "diameter", "height", "width", "breadth", "bell", "umbrella", "colony", "chain", "shell")
)
_ACROSS = frozenset(("width", "breadth", "thickness"))
_NOT_LENGTH = frozenset(("apart", "thick", "deep", "below", "from"))


def quantities(parsed: Parse, scope: Scope) -> Iterator[Statement]:
    """Yield what lengths and proportions in numbers state."""
    for quantity in find_quantities(parsed.text):
        place = next((n for n, token in enumerate(parsed.tokens) if token.end > quantity.start), None)
        after = next((token.lemma for token in parsed.tokens if token.start >= quantity.end), "")
        if place is None or scope.muted[place] or after in _NOT_LENGTH or scope.denied_quality[place]:
            continue
        nouns = _measured(parsed, place)
        if nouns and nouns[0].name in _ACROSS and _more_lengths(parsed):
            continue  # "20 mm long, and the width is below 0.2 mm"
        if not nouns or not all(noun.whole or noun.pronoun or noun.name.split()[-1] in MEASURED for noun in nouns):
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


def counts(parsed: Parse, scope: Scope) -> Iterator[Statement]:
    """Yield what ranges of counts state."""
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
