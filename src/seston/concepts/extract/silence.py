"""Words that stand in a sentence without stating their concept of the subject."""

from collections.abc import Sequence

from seston.concepts.extract import lexicon as words
from seston.concepts.extract.denial import plain_noun
from seston.concepts.extract.grammar import ADV, CONJ, COP, DET, NEG, NOMINAL, PREP, PRON, PUNCT, Noun, Parse
from seston.concepts.extract.wordings import Match, Wordings

_WHOLE_PARTS = frozenset(("size", "opacity", "elongation", "curvature"))
_ADJECTIVES = frozenset(("hollow", "empty", "serpentine"))
_FORMS = frozenset(("broad", "wide"))
_PLACES = frozenset(("front", "rear"))
_RELATING = frozenset(("contrast", "halo", "layout", "projections", "rim"))
_PLAIN_WHOLES = frozenset(("body", "outline", "shape", "form", "animal", "silhouette"))


def says_nothing(parsed: Parse, match: Match, concept: str, wordings: Wordings) -> bool:
    """Return whether the words stand there without stating the concept of the subject."""
    part = concept.split("/")[0]
    if part == "stage":
        return is_governed(parsed, match) or _describes_a_part(parsed, match, frozenset())
    if part == "view":
        return _is_frame(parsed, match)
    if part == "inside" and match.key == ("gut",) and _is_owned(parsed, match):
        return True
    if match.key == ("single", "cell") and parsed.tokens[match.end - 1].text.lower() == "cells":
        return True  # "single cells are tiny": each by itself
    if part == "colony" and _is_of_a_part(parsed, match, wordings):
        return True
    if len(match.key) == 1 and _is_a_verb(parsed, match):
        return True
    if match.key[-1] in _PLACES and match.end < len(parsed.tokens) and parsed.classes[match.end] in NOMINAL:
        return True  # "a pointed front bell"
    adjective = match.key[-1].endswith(words.ADJECTIVAL) or match.key[-1] in _ADJECTIVES
    loose = concept == "inside/spots" or match.key[-1] in _ADJECTIVES
    if loose and _is_said_of_a_part(parsed, match):
        return True
    return adjective and _describes_a_part(parsed, match, wordings.nouns[part])


def _is_a_verb(parsed: Parse, match: Match) -> bool:
    """Return whether the word acts where it stands: "plastids that stem from", "it floats alone", "then bulges"."""
    if match.begin == 0 or parsed.tokens[match.begin].lemma not in (*words.OTHER_VERBS, "stem"):
        return False
    before, kind = parsed.tokens[match.begin - 1].lemma, parsed.classes[match.begin - 1]
    relative = before in ("that", "which", "who") and kind != DET
    subject = relative or kind == PRON or (kind == ADV and parsed.clause_of(match.begin).verb != match.begin - 2)
    return subject and (before == "it" or relative or before == "they" or kind == ADV)


def _is_said_of_a_part(parsed: Parse, match: Match) -> bool:
    """Return whether a predicate speaks of a part: "the tentacles are hollow", "the eyes are dark spots"."""
    clause = parsed.clause_of(match.begin)
    if not clause.verb < match.begin or parsed.classes[clause.verb] != COP or not clause.subjects:
        return False
    between = range(clause.verb + 1, match.begin)
    direct = all(parsed.classes[step] in (*NOMINAL, ADV, DET, CONJ, PUNCT, NEG) for step in between)
    return direct and all(noun.name.split()[-1] in (*words.PROJECTIONS, "eye", "gonad") for noun in clause.subjects)


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


def is_given(parsed: Parse, match: Match) -> bool:
    """Return whether "the" takes the thing for granted: "in males the right antennule is swollen"."""
    place = match.begin - 1
    while place >= 0 and parsed.classes[place] in (*NOMINAL, ADV):
        place -= 1
    return place >= 0 and parsed.tokens[place].text.lower() in ("the", "its", "their")


def within_longer(match: Match, others: Sequence[Match]) -> bool:
    """Return whether a longer wording holds the match."""
    return any(
        o.begin <= match.begin and match.end <= o.end and o.end - o.begin > match.end - match.begin for o in others
    )


def is_governed(parsed: Parse, match: Match) -> bool:
    """Return whether a preposition governs the noun: "smaller than the adults" does not say that these are adults."""
    place = match.begin - 1
    while place >= 0 and parsed.classes[place] in (*NOMINAL, ADV, DET):
        place -= 1
    return place >= 0 and parsed.classes[place] == PREP


def narrowed(parsed: Parse, match: Match, wordings: Wordings) -> bool:
    """Return whether an adjective of width makes another concept: "no broad prosome" leaves a prosome open."""
    return any(q.key[0] in _FORMS for q in narrowing(parsed, match, wordings))


def narrowing(parsed: Parse, match: Match, wordings: Wordings) -> list[Match]:
    """Return the adjectives before a noun that make another concept of it: "some bear stalked eyes"."""
    noun, stated = " ".join(match.key), wordings.mentions[match.key]
    place = match.begin
    while place > 0 and parsed.classes[place - 1] in NOMINAL:
        place -= 1
    before = [q for q in parsed.qualities if place <= q.begin and q.end <= match.begin]
    return [
        q
        for q in before
        if any(noun in link.nouns and link.concept not in stated for link in wordings.qualities.get(q.key, ()))
    ]


def is_of_another(match: Match, wordings: Wordings) -> bool:
    """Return whether the body's tone in the wording is not stated of it: "a clear border around the dark body"."""
    return any(concept.split("/")[0] in _RELATING for concept in wordings.mentions[match.key])


def is_counted_out(parsed: Parse, match: Match) -> bool:
    """Return whether "some" picks from things that are there: "in some chains lines are visible"."""
    before = parsed.tokens[match.begin - 1].text.lower() if match.begin else ""
    whole = any(noun.whole and (noun.begin, noun.end) == (match.begin, match.end) for noun in parsed.nouns)
    return before in ("some", "few", "several", "other") and whole


def denies_itself(parsed: Parse, match: Match) -> bool:
    """Return whether the wording is met with "not" inside: "arms do not curve like arcs"."""
    return "not" not in match.key and any(t.lemma == "not" for t in parsed.tokens[match.begin : match.end])


def narrows(parsed: Parse, match: Match) -> bool:
    """Return whether the wording is but the first part of a longer noun: "tentacle sheaths"."""
    after = match.end
    return after < len(parsed.tokens) and (
        parsed.classes[after] in NOMINAL
        or parsed.tokens[after].lemma in ("of", "with")
        or (parsed.tokens[match.begin].lemma == "no" and parsed.classes[after] == PREP)
    )


def denies_too_much(parsed: Parse, match: Match, noun: Noun, concept: str) -> bool:
    """Return whether a denied phrase denies less than the concept.

    "No large bell" says nothing of the size of the animal, and "not a tall bell" does not deny a bell.
    """
    head = match.end == len(parsed.tokens) or parsed.classes[match.end] not in NOMINAL
    behind = noun.end and noun.end == match.begin  # "no tentacles around the margin"
    if head and not plain_noun(parsed, noun if behind else Noun("", match.begin, match.end)):
        return True
    return concept.split("/")[0] in _WHOLE_PARTS and match.end <= noun.begin and noun.name not in _PLAIN_WHOLES


def is_no_adjective(parsed: Parse, match: Match) -> bool:
    """Return whether the word belongs to a number or stands for "around": "2 mm long", "all round"."""
    before = parsed.tokens[match.begin - 1].text.lower() if match.begin else ""
    if match.key != ("round",):
        return before in ("mm", "cm", "µm", "μm", "m")
    follows = match.end < len(parsed.tokens) and parsed.classes[match.end] == DET
    return before in ("all", "right", "way") or follows


def in_section(parsed: Parse, match: Match) -> bool:
    """Return whether the adjective describes a cut through the body: "circular in cross section"."""
    after = [token.lemma for token in parsed.tokens[match.end : match.end + 3]]
    return after[:1] == ["in"] and "section" in after
