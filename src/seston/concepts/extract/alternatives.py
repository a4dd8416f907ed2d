"""What "or" between two wordings leaves open."""

from collections.abc import Sequence

from seston.concepts.extract import lexicon as words
from seston.concepts.extract.grammar import ADV, DET, NOMINAL, WORD, Parse
from seston.concepts.extract.readings import Scope
from seston.concepts.extract.wordings import Match, Wordings

# One of two alternatives; less sure than a plain word for either, which therefore wins.
EITHER = 0.8
# Neighbours of which only one can hold: "straight or slightly curved".
_CONTRARY = "curvature/"


def alternative(parsed: Parse, match: Match, scope: Scope, wordings: Wordings) -> float:
    """Return 1, less for one of two neighbours ("oval or round"), 0 for other alternatives: then it varies.

    Alternatives are those of one part: in "needle-shaped, straight or curved" the needle is not in doubt.
    """
    if scope.denied_quality[match.begin]:
        return 1.0
    clause = parsed.clause_of(match.begin)
    if _counts_only(match):
        beside = {parsed.tokens[p].text.lower() for p in (match.begin - 1, match.end) if clause.begin <= p < clause.end}
        return EITHER if "or" in beside else 1.0
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
        group = [m for m in matches if low < m.end <= place and not _counts_only(m)]
        if right is not None:
            group = [m for m in group if _concepts(m, wordings) != _concepts(right, wordings)]
            group = [m for m in group if _parts(m, wordings) & _parts(right, wordings) or m.end == place]
        if group and (match in group or match == right):
            first = min(m.begin for m in group)
            unknown = any(_is_unknown(parsed, p) and parsed.tokens[p + 1].text == "," for p in range(low, first))
            listed = unknown or any(token.text == "," for token in parsed.tokens[first:place])
            return EITHER if not listed and _are_neighbours(group, right, wordings) else 0.0
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
            one == other or (one in wordings.near.get(other, ()) and not one.startswith(_CONTRARY))
            for one in _concepts(match, wordings)
            for other in there
        )
        for match in group
    )


def _joins(parsed: Parse, place: int) -> bool:
    return parsed.classes[place] in (*NOMINAL, ADV, DET) or parsed.tokens[place].text == ","


def _concepts(match: Match, wordings: Wordings) -> set[str]:
    return {*wordings.mentions.get(match.key, ()), *(link.concept for link in wordings.qualities.get(match.key, ()))}


def _parts(match: Match, wordings: Wordings) -> set[str]:
    return {concept.split("/")[0] for concept in _concepts(match, wordings)}
