"""A sentence as tokens, word classes, noun phrases and clauses: just enough grammar to know what an adjective is about.

There is no tagger and no model: closed classes come from the lexicon, adjectives from the scheme, and every other word
is taken for a noun. Each decision can therefore be traced to a line of a word list.
"""

from collections.abc import Sequence
from dataclasses import replace

from seston.concepts.extract.classing import classify
from seston.concepts.extract.clauses import add_clauses
from seston.concepts.extract.grammar import VERB, Before, Noun, Parse
from seston.concepts.extract.lexicon import ADJECTIVAL
from seston.concepts.extract.phrases import find_nouns
from seston.concepts.extract.tokens import tokenise
from seston.concepts.extract.wordings import Match, Wordings

_NONE = Before()


def parse(
    text: str,
    wordings: Wordings,
    names: frozenset[str],
    before: Before = _NONE,
    label: bool = False,
    figures: frozenset[str] = frozenset(),
) -> Parse:
    """Parse a sentence.

    Parameters
    ----------
    text
        The sentence.
    wordings
        The compiled scheme.
    names
        Lower-case words that name what the passage is about.
    before
        What pronouns may stand for.
    label
        Whether the text is about a label of a data set, which has no members of other names.
    figures
        Nouns such as "line" by which the text calls the whole object: "the line is straight".

    Returns
    -------
    Parse
        Tokens, classes, matches, nouns and clauses.
    """
    tokens = tokenise(text)
    qualities = wordings.quality_table.find(tokens)
    mentions = wordings.mention_table.find(tokens)
    # An adjective that states its concept alone ("gelatinous") still stands where adjectives stand.
    qualities += [match for match in mentions if match.key[-1].endswith(ADJECTIVAL) and match not in qualities]
    classes = classify(tokens, qualities, mentions, wordings.shapes)
    # A shape that turned out a verb ("flakes stick to a thread") is none.
    qualities = [match for match in qualities if not (_is_shape(match, wordings) and classes[match.begin] == VERB)]
    nouns = find_nouns(tokens, classes, qualities, wordings, names)
    parsed = Parse(text, tokens, classes, qualities, mentions, nouns, names=names, label=label, figures=figures)
    # Nouns of another sentence have no place in this one.
    add_clauses(parsed, Before(_moved(before.subjects), _moved(before.plurals)))
    return parsed


def _is_shape(match: Match, wordings: Wordings) -> bool:
    return match.end - match.begin == 1 and match.key[0] in wordings.shapes


def antecedents(parsed: Parse, before: Before) -> Before:
    """Return what pronouns of the next sentence may stand for."""
    subjects = next((clause.subjects for clause in reversed(parsed.clauses) if clause.subjects), before.subjects)
    plurals = tuple(noun for noun in parsed.nouns if noun.plural and noun.known)[-1:]
    return Before(subjects, plurals)


def _moved(nouns: Sequence[Noun]) -> tuple[Noun, ...]:
    return tuple(replace(noun, begin=0, end=0) for noun in nouns)
