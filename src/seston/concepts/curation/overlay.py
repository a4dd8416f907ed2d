"""Answers laid over what texts say: a person's look goes first, and what text says beside it stays."""

from collections.abc import Iterable, Sequence

from seston.concepts.consolidate import EXCLUSIVE, Conflict, Consolidated, consolidate, order
from seston.concepts.scheme import Scheme
from seston.records import Assertion, Polarity

Key = tuple[str, str, str]


def overlaid(said: Sequence[Assertion], seen: Iterable[Assertion], scheme: Scheme) -> Consolidated:
    """Return what holds when answers go before text.

    What was seen, and what it implies, replaces what text says of the same concept. What it merely excludes fills gaps
    and replaces what text merely excludes, but no sentence. "Unknown" opens its own concept and nothing else.

    Parameters
    ----------
    said
        Consolidated assertions of texts.
    seen
        Of answers; two people who differ make it open.
    scheme
        What implies and excludes what.

    Returns
    -------
    Consolidated
        One assertion at most for each node, stage and concept, sorted by them; conflicts are those between people.
    """
    answers = tuple(seen)
    sure = consolidate((a for a in answers if a.polarity is not Polarity.VARIABLE), scheme)
    held = {_key(assertion): assertion for assertion in said}
    for assertion in sure.assertions:
        if assertion.evidence.method != EXCLUSIVE or _is_excluded(held.get(_key(assertion))):
            held[_key(assertion)] = assertion
    stated = {_key(a) for a in answers if a.polarity is not Polarity.VARIABLE}
    held |= {_key(a): a for a in answers if a.polarity is Polarity.VARIABLE and _key(a) not in stated}
    return Consolidated(tuple(sorted(held.values(), key=order)), tuple(_between_people(sure.conflicts)))


def _key(assertion: Assertion) -> Key:
    return assertion.about, assertion.stage, assertion.concept


def _is_excluded(assertion: Assertion | None) -> bool:
    return assertion is None or assertion.evidence.method == EXCLUSIVE


def _between_people(conflicts: Iterable[Conflict]) -> Iterable[Conflict]:
    return (c for c in conflicts if c.present.evidence.section != c.absent.evidence.section)
