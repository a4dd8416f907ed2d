"""Similes, comparisons and conditions, which state nothing of the subject."""

from seston.concepts.extract import lexicon as words
from seston.concepts.extract.denial import DEFINITE, next_word
from seston.concepts.extract.grammar import PUNCT, SUB, Parse
from seston.concepts.extract.readings import Scope

_LIMBS = frozenset(("tail", "head", "leg", "arm", "wing", "fin", "tentacle", "antenna", "horn", "claw", "eye"))
# Nouns whose likeness is the animal's.
_SHAPED = frozenset((*words.PICTURES, *words.ASPECTS, "bell", "umbrella", "shell", "colony", "trunk"))


def mute(parsed: Parse, scope: Scope) -> None:
    """Mute similes, comparisons and conditions up to the next comma, and deny what "rather than" rejects."""
    tokens = parsed.tokens
    matched = {p for match in (*parsed.qualities, *parsed.mentions) for p in range(match.begin, match.end)}
    for place, token in enumerate(tokens):
        before = tokens[place - 1].lemma if place else ""
        low = token.lemma
        if (low == "than" and before == "rather") or (low == "of" and before == "instead"):
            _until_comma(parsed, place, scope.denied_quality)
            _until_comma(parsed, place, scope.denied_noun)
        elif (
            (low == "like" and before not in ("look", "appear", "seem", "shape", "shaped", "be") and not token.tied)
            or low in ("unlike", "whether", "if")
            or (low == "than" and before in ("more", "less") and not _is_number(parsed, place + 1))
            or (low == "that" and before in ("than", "to", "like"))
        ) and place not in matched:
            _until_comma(parsed, place, scope.muted)
        if low == "like" and before in ("look", "appear"):
            end = _end_of_likeness(parsed, place)
            scope.muted[place:end] = [True] * (end - place)
        if low == "eye" and before in ("the", "naked") and "to" in {t.lemma for t in tokens[max(0, place - 3) : place]}:
            scope.muted[place] = True
        plain = before != "rather" and place not in matched and not _is_number(parsed, place + 1)
        if (before, low) in words.AROUND and next_word(parsed, place) not in DEFINITE:
            scope.muted[place : parsed.clause_of(place).end] = [True] * (parsed.clause_of(place).end - place)
        compared = low == "than" and plain
        apart = low == "from" and _has_verb(parsed, place, words.APART)
        standard = {
            next_word(parsed, place),
            next_word(parsed, place, 2) if next_word(parsed, place) in ("at", "on") else "",
        }
        if apart or (compared and not standard & DEFINITE):
            _until_comma(parsed, place, scope.muted)
    for match in (*parsed.qualities, *parsed.mentions):
        # "As long as the body is wide" speaks of another length.
        right = [token.lemma for token in tokens[match.end : match.end + 2]]
        if match.key[-1] == "body" and right[:1] == ["be"] and right[1:] in (["wide"], ["broad"], ["thick"]):
            scope.muted[match.begin] = True
    for match in parsed.qualities:
        left = [token.lemma for token in tokens[max(0, match.begin - 2) : match.begin]]
        right = [token.lemma for token in tokens[match.end :]]
        counted = right[:1] in (["time"], ["mm"], ["cm"], ["µm"], ["m"])
        if left[1:] == ["than"] and left[0] in ("more", "less", "few", "fewer") and not counted:
            scope.muted[match.begin] = True
        # "Big enough to be seen", "long for a cyclopoid" and "short compared with Oithona" are no measures.
        others = right[1:2] == ["with"] and any(_is_other(parsed, match.end + step) for step in range(2, 6))
        if (
            right[:1] == ["enough"]
            or right[:2] in (["for", "a"], ["for", "an"])
            or (right[:1] == ["compared"] and others)
        ):
            scope.muted[match.begin] = True
        # "As long as the prosome" is no measure, "twice as long as the body" is.
        compared = left[-1:] == ["as"] and right[:1] == ["as"] and left[0] not in ("time", "twice")
        if compared or left[-1:] in (["moderately"], ["half"]):
            scope.muted[match.begin] = True
        if left[-1:] in (["more"], ["less"], ["too"]) and match.key[0] != "than":
            scope.muted[match.begin] = True


def _end_of_likeness(parsed: Parse, place: int) -> int:
    """Return where ends what a part is likened to: "the stalk looks like a long tail" gives the animal no tail."""
    subjects = parsed.clause_of(place).subjects
    likened = next((noun for noun in parsed.nouns if noun.begin > place), None)
    animal = not subjects or any(noun.whole or noun.name in _SHAPED for noun in subjects)
    return place if animal or likened is None or likened.name not in _LIMBS else likened.end


def _has_verb(parsed: Parse, place: int, lemmas: frozenset[str]) -> bool:
    clause = parsed.clause_of(place)
    return any(parsed.tokens[step].lemma in lemmas for step in range(clause.begin, place))


def _is_other(parsed: Parse, place: int) -> bool:
    token = parsed.tokens[place] if place < len(parsed.tokens) else None
    return token is not None and (token.text[0].isupper() or token.lemma == "other")


def _is_number(parsed: Parse, place: int) -> bool:
    if place >= len(parsed.tokens):
        return False
    token = parsed.tokens[place]
    return token.text[0].isdigit() or token.lemma in words.NUMBERS


def _until_comma(parsed: Parse, place: int, flags: list[bool]) -> None:
    for step in range(place, parsed.clause_of(place).end):
        if step > place and (parsed.classes[step] == PUNCT or parsed.classes[step] == SUB):
            return
        flags[step] = True
