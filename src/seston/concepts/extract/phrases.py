"""The heads of the noun phrases of a sentence."""

from collections.abc import Sequence

from seston.concepts.extract import lexicon as words
from seston.concepts.extract.grammar import ADV, CONJ, COP, DET, NOMINAL, PUNCT, WORD, Noun
from seston.concepts.extract.tokens import Token
from seston.concepts.extract.wordings import Match, Wordings

_PARTICIPLES = words.words_of("shaped like looking drawn built grown cut set bent spread")


def find_nouns(
    tokens: Sequence[Token],
    classes: Sequence[int],
    qualities: Sequence[Match],
    wordings: Wordings,
    names: frozenset[str],
) -> list[Noun]:
    """Return the heads of the noun phrases from left to right."""
    inside = {place for match in qualities for place in range(match.begin, match.end)}
    entities = {match.end - 1: match for match in wordings.entity_table.find(tokens)}
    found: list[Noun] = []
    place = 0
    while place < len(tokens):
        if classes[place] not in NOMINAL:
            place += 1
            continue
        end = place
        while end < len(tokens) and classes[end] in NOMINAL:
            end += 1
        run = range(place, end - _ends_in_participle(range(place, end), tokens, classes, inside))
        if not _is_predicate(run, tokens, classes):
            found += _heads(run, tokens, inside, entities, wordings, names)
        place = end
    return found


def _ends_in_participle(run: range, tokens: Sequence[Token], classes: Sequence[int], inside: set[int]) -> bool:
    """Return whether a participle or comparative follows the noun: "a centre surrounded by", "legs paler than"."""
    last = run.stop - 1
    following = tokens[run.stop].lemma if run.stop < len(tokens) else ""
    by = following in ("by", "with") and tokens[last].lemma.endswith("ed")
    than = following == "than" and tokens[last].lemma.endswith("er")
    return (by or than) and len(run) > 1 and not {last, last - 1} & inside


def _is_predicate(run: range, tokens: Sequence[Token], classes: Sequence[int]) -> bool:
    """Return whether words that the scheme lacks are an adjective: "is a tall bell, thimble-shaped"."""
    before = classes[run.start - 1] if run.start else DET
    last = tokens[run.stop - 1]
    unknown = all(classes[place] == WORD for place in run)
    shaped = last.tied and (last.lemma in _PARTICIPLES or last.lemma.endswith("ed"))
    formed = len(run) == 1 and (last.lemma.endswith(("ed", "ous", "ical", "ose")) or last.lemma in words.PREDICATES)
    return unknown and before in (COP, ADV, PUNCT, CONJ) and (shaped or formed)


def _heads(
    run: range,
    tokens: Sequence[Token],
    inside: set[int],
    entities: dict[int, Match],
    wordings: Wordings,
    names: frozenset[str],
) -> list[Noun]:
    """Return the heads of one run of adjectives and nouns: a known noun before an adjective, and the last noun."""
    heads: list[Noun] = []
    for place in run:
        last = place + 1 == run.stop
        match = entities.get(place)
        plain = place not in inside
        if not last and place + 2 == run.stop and place + 1 in entities:
            continue  # the first word of a compound: "front bell"
        if match and match.begin >= run.start and (plain or last) and (last or place + 1 in inside):
            heads.append(_noun(match.begin, place + 1, tokens, wordings, names))
        elif last and tokens[place].lemma in wordings.shapes and not tokens[place].tied:
            plural = is_plural(tokens[place])
            # "The disc" is the body, "the mouth disc" is none.
            alone = place == run.start or place - 1 in inside
            heads.append(Noun(tokens[place].lemma, place, place + 1, whole=alone, plural=plural, shape=True))
        elif last and len(run) > 1 and not plain and place - 1 in inside and tokens[place].lemma in words.NOUNS:
            # "Rounded corners" rounds the corners, not what has them.
            heads.append(Noun(tokens[place].lemma, place, place + 1, plural=is_plural(tokens[place])))
        elif (
            plain
            and not tokens[place].text[0].isdigit()
            and (last or (place + 1 in inside and is_plural(tokens[place])))
        ):
            heads.append(_noun(place, place + 1, tokens, wordings, names))
    return heads


def is_plural(token: Token) -> bool:
    """Return whether a word differs from its lemma, or is the same in the plural."""
    return token.lemma != token.text.lower() or token.lemma in ("species", "series")


def _noun(begin: int, end: int, tokens: Sequence[Token], wordings: Wordings, names: frozenset[str]) -> Noun:
    key = tuple(token.lemma for token in tokens[begin:end])
    plural = is_plural(tokens[end - 1])
    whole = key[-1] in words.WHOLE or is_self(tokens[end - 1], names)
    return Noun(" ".join(key), begin, end, whole, key in wordings.entities, plural)


def is_self(token: Token, names: frozenset[str]) -> bool:
    """Return whether a word is one of the names, or begins as one does: "calanoids" for Calanoida."""
    low = token.lemma
    return low in names or (len(low) > 5 and any(name[:6] == low[:6] and len(name) > 5 for name in names))
