"""What a page of an encyclopedia says of its own taxon.

Our articles speak of one taxon in every sentence. A page of others speaks of relatives, habits, history and people too,
so that less of it is read: the lead and the sections on form, and there no sentence that names somebody else.
"""

import re

from seston.concepts.extract.grammar import Clause, Parse
from seston.concepts.extract.lexicon import words_of
from seston.concepts.extract.phrases import is_self

SOURCE = "wikipedia"
"""What evidence from such a page cites."""

_FORM = words_of("""
    description characteristic characteristics features morphology anatomy structure appearance form forms body
    external size identification diagnosis shell shells skeleton skeletons exoskeleton zooid zooids polyp medusa medusae
    larva larvae larval colony colonies cell cells frustule frustules theca coloration colouration colour color
    """)
_ELSEWHERE = words_of("""
    physiology feeding excretion digestion respiration circulation circulatory locomotion nervous senses sense behavior
    reproduction reproductive behaviour intelligence regeneration polymorphism comparison genetics biochemistry genome
    phylogeny phylogenetics evolution fossil fossils taxonomy classification etymology history ecology distribution
    habitat uses humans culture
    """)
#: Parts of the scheme that say what a thing is, or how a picture shows it, and nothing of its form.
_NO_FORM = ("origin/", "count/", "stage/", "view/")
_LIMITING = words_of("another unlike some several few other others certain various one")
_WORD = re.compile(r"[^\W\d_]+")
_QUOTES = frozenset("_'\"“‘(")


def is_on_form(section: str) -> bool:
    """Return whether a section speaks of form: the lead does, else some title says so and none turns elsewhere.

    Examples
    --------
    >>> [is_on_form(s) for s in ("", "Description / Zooids", "Anatomy and physiology / Digestion", "Taxonomy")]
    [True, True, False, False]
    """
    titles = [frozenset(_WORD.findall(title)) for title in section.lower().split(" / ")]
    turns_away = any(title & _ELSEWHERE and not title & _FORM for title in titles)
    return not section or (any(title & _FORM for title in titles) and not turns_away)


def stranger(parsed: Parse) -> str:
    """Return what tells that a sentence is about others, or about some of its own only, or nothing.

    A word such as "some" or "unlike" does, a proper name that is not its own, and a subject that is no known part.

    Parameters
    ----------
    parsed
        A sentence; its ``names`` are those of the taxon itself.

    Returns
    -------
    str
        The word that tells.
    """
    limiting = next((token.text for token in parsed.tokens if token.text.lower() in _LIMITING), "")
    if limiting:
        return limiting
    for place, token in enumerate(parsed.tokens):
        opens = all(before.text in _QUOTES for before in parsed.tokens[:place])
        named = place and parsed.tokens[place - 1].text == "_"
        proper = token.text[0].isupper() and len(token.text) > 2 and (named or not opens)
        if proper and not is_self(token, parsed.names):
            return token.text
    return next((name for name in map(_foreign, parsed.clauses[:1]) if name), "")


def is_of_form(concept: str, quote: str) -> bool:
    """Return whether a concept may be taken from such a page: what is of form; of sizes, those that are measured.

    >>> [is_of_form("size/small", quote) for quote in ("small", "1 to 2 mm")], is_of_form("origin/living", "alive")
    ([False, True], False)
    """
    relative = concept.startswith("size/") and not any(character.isdigit() for character in quote)
    return not relative and not concept.startswith(_NO_FORM)


def _foreign(clause: Clause) -> str:
    """Return the subject of a clause that neither the scheme nor the lexicon knows, or nothing."""
    if any(noun.whole or noun.known or noun.pronoun for noun in clause.subjects):
        return ""
    return clause.subjects[0].name if clause.subjects else ""
