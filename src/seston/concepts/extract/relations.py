"""How parts compare with the body, and how its ends run out: "the legs are paler than the body"."""

from collections.abc import Iterator, Sequence

from seston.concepts.extract.grammar import ADV, COP, DET, HAVE, NOMINAL, PREP, VERBAL, Clause, Noun, Parse
from seston.concepts.extract.lexicon import PROJECTIONS, words_of
from seston.concepts.extract.readings import Scope
from seston.concepts.extract.statement import Statement, polarity_of

_BODY = words_of("body rest core centre trunk bell umbrella cell prosome nectophore animal silhouette")
_FAINTER = words_of("paler fainter lighter weaker greyer clearer")
_TONES = words_of("dark opaque black dense grey")
_SAME = words_of("even constant uniform")
_WIDER = words_of("wider broader thicker narrower thinner")
_ENDS = words_of("rear front end apex")
_TAPERING = words_of("end taper narrow run")
_BLUNT = words_of("blunt rounded")
# What a word of the whole says is not so.
_CONTRARY = {
    ("complete",): ("part/fragment",),
    ("even", "width"): ("ends/wider", "ends/even-taper", "outline/bulges"),
    ("evenly", "wide"): ("ends/wider", "ends/even-taper", "outline/bulges"),
}
_FAINT, _EVEN, _POINTED = "contrast/faint-projections", "contrast/even-projections", "ends/pointed"


def relations(parsed: Parse, scope: Scope) -> Iterator[Statement]:
    """Yield what a sentence states by comparing projections with the body, and of the points of the body's ends."""
    for clause in parsed.clauses:
        for place in range(clause.begin, clause.end):
            if scope.muted[place]:
                continue
            yield from _tone(parsed, scope, clause, place)
            yield from _point(parsed, scope, clause, place)
            yield from _width_of_an_end(parsed, scope, clause, place)
            yield from _no_taper(parsed, scope, clause, place)
            yield from _contrary(parsed, scope, clause, place)


def _tone(parsed: Parse, scope: Scope, clause: Clause, place: int) -> Iterator[Statement]:
    word = parsed.tokens[place].lemma
    if word in _FAINTER and _lemma(parsed, place + 1) != "than":
        if _of_projections(parsed, clause, place) and parsed.classes[clause.verb] == COP:
            yield _statement(parsed, scope, place, place + 1, _FAINT)
    elif word in _FAINTER or word == "darker":
        end = _standard(parsed, place + 2, _BODY)
        if end and _of_projections(parsed, clause, place):
            yield _statement(parsed, scope, place, end, _FAINT, denied=word == "darker")
        end = _standard(parsed, place + 2, PROJECTIONS)
        if end and any(noun.whole or noun.name in _BODY for noun in _left(parsed, clause, place)):
            yield _statement(parsed, scope, place, end, _FAINT, denied=word != "darker")
    elif word == "as" and _lemma(parsed, place + 1) in _TONES and _lemma(parsed, place + 2) == "as":
        end = _standard(parsed, place + 3, _BODY)
        if end and _of_projections(parsed, clause, place):
            yield _statement(parsed, scope, place, end, _EVEN)


def _point(parsed: Parse, scope: Scope, clause: Clause, place: int) -> Iterator[Statement]:
    """Yield that the body or an end of it runs out to a point."""
    if place != clause.verb or parsed.tokens[place].lemma not in _TAPERING:
        return
    if not clause.subjects or not all(noun.whole or noun.name in _ENDS for noun in clause.subjects):
        return
    for step in range(place + 1, clause.end):
        if parsed.tokens[step].lemma == "point" and _lemma(parsed, step - 1) not in _BLUNT:
            yield _statement(parsed, scope, place, step + 1, _POINTED)
        if parsed.classes[step] in VERBAL:
            return


def _width_of_an_end(parsed: Parse, scope: Scope, clause: Clause, place: int) -> Iterator[Statement]:
    """Yield that one end is wider: "one end is thicker than the other", "the wider end"."""
    if parsed.tokens[place].lemma not in _WIDER:
        return
    subjects = [noun.name for noun in clause.subjects]
    if _lemma(parsed, place + 1) == "end" or (subjects == ["end"] and parsed.classes[clause.verb] == COP):
        yield _statement(parsed, scope, place, place + 1, "ends/wider")


def _contrary(parsed: Parse, scope: Scope, clause: Clause, place: int) -> Iterator[Statement]:
    """Yield what "complete" or "of even width" denies of the whole."""
    for key, concepts in _CONTRARY.items():
        end = place + len(key)
        found = tuple(token.lemma for token in parsed.tokens[place:end]) == key
        open_ = scope.denied_quality[place] or _lemma(parsed, place - 1) in ("less", "more")
        if found and not open_ and _of_the_whole(parsed, clause, place, end):
            for concept in concepts:
                yield _statement(parsed, scope, place, end, concept, denied=True)


def _no_taper(parsed: Parse, scope: Scope, clause: Clause, place: int) -> Iterator[Statement]:
    """Yield what "the width is even" and "it does not taper" deny."""
    word, subjects = parsed.tokens[place].lemma, clause.subjects
    if word in _SAME and place > clause.verb and _is_the_width(parsed, subjects):
        for concept in _CONTRARY["even", "width"] if not scope.denied_quality[place] else ():
            yield _statement(parsed, scope, place, place + 1, concept, denied=True)
    elif word == "taper" and scope.denied_quality[place] and subjects and all(noun.whole for noun in subjects):
        yield _statement(parsed, scope, place, place + 1, "ends/even-taper")


def _is_the_width(parsed: Parse, nouns: Sequence[Noun]) -> bool:
    return [noun.name for noun in nouns] == ["width"] and _lemma(parsed, nouns[0].end) != "of"


def _of_the_whole(parsed: Parse, clause: Clause, place: int, end: int) -> bool:
    """Return whether words are said of the whole: "it is complete", "the body is of even width"."""
    said = clause.verb < place and parsed.classes[clause.verb] in (COP, HAVE)
    beside = [noun for noun in parsed.nouns if clause.verb < noun.end <= place and parsed.classes[place - 1] == PREP]
    nouns = [noun for noun in beside if noun.name not in _BODY] or clause.subjects
    before_noun = end < clause.end and parsed.classes[end] in NOMINAL
    return said and not before_noun and bool(nouns) and all(noun.whole for noun in nouns)


def _standard(parsed: Parse, place: int, nouns: frozenset[str]) -> int:
    """Return where "the body" or its like ends that begins at a token, 0 when it is none."""
    while place < len(parsed.tokens) and parsed.classes[place] in (DET, ADV):
        place += 1
    return place + 1 if _lemma(parsed, place) in nouns else 0


def _of_projections(parsed: Parse, clause: Clause, place: int) -> bool:
    nouns = _left(parsed, clause, place)
    return bool(nouns) and all(noun.name.split()[-1] in PROJECTIONS for noun in nouns)


def _left(parsed: Parse, clause: Clause, place: int) -> Sequence[Noun]:
    """Return what the comparison is said of: the noun before it when no verb stands between, else the subject."""
    if any(parsed.classes[step] in VERBAL for step in range(clause.begin, place)) is False:
        beside = [noun for noun in parsed.nouns if clause.begin <= noun.begin and noun.end <= place]
        return beside[-1:]
    step = place - 1
    while step > clause.verb and parsed.classes[step] not in VERBAL:
        found = [noun for noun in parsed.nouns if noun.end - 1 == step]
        if found and parsed.classes[step] in NOMINAL:
            return found
        step -= 1
    return clause.subjects


def _lemma(parsed: Parse, place: int) -> str:
    return parsed.tokens[place].lemma if 0 <= place < len(parsed.tokens) else ""


def _statement(parsed: Parse, scope: Scope, begin: int, end: int, concept: str, denied: bool = False) -> Statement:
    tokens = parsed.tokens
    doubted = scope.variable[begin] or scope.some[begin]
    polarity = polarity_of(scope.denied_quality[begin] != denied, doubted)
    span = tokens[begin].start, tokens[end - 1].end
    return Statement("body", tokens[begin].lemma, polarity, *span, concept, scope.factor[begin])
