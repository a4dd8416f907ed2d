"""What the first sentence of a page defines.

"*Oithona* is a genus of copepods in the family Oithonidae": the subject gives the names that the page is about,
the head of the predicate the rank that it states, and predicate, categories and the bracket of the title the groups to
which it belongs.
"""

import re
import unicodedata
from dataclasses import dataclass

from seston.sources.wikimedia.pages import PROSE, read_blocks

_RANKS = {
    "domain": "domain", "domains": "domain", "kingdom": "kingdom", "kingdoms": "kingdom", "phylum": "phylum",
    "phyla": "phylum", "division": "phylum", "divisions": "phylum", "class": "class", "classes": "class",
    "order": "order", "orders": "order", "family": "family", "families": "family", "tribe": "tribe",
    "tribes": "tribe", "genus": "genus", "genera": "genus", "species": "species", "variety": "variety",
    "varieties": "variety", "forma": "forma", "section": "section", "series": "series", "cohort": "cohort",
}  # fmt: skip
_STEP = re.compile(r"(?P<step>super|sub|infra|parv|mega|micro)-?(?P<rank>[a-z]+)")
_VERB = re.compile(r"\b(?:is|are|was|were|comprises?|constitutes?)\b")
_HEAD_END = re.compile(
    r"\b(?:of|in|under|within|containing|that|which|whose|who|with|comprising|for|from|to|by)\b|[;:]"
)
_ONE_OF = re.compile(r"\b(?:one|any|some|two|several|a group|a number) of\b")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_STOP = re.compile(r"(?<=[\w)\]\"'”])[.!?](?=\s|$)")
_CATEGORY = re.compile(r"Category:(.*?)(?=\s*Category:|\n|$)")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r",|;|/|\bor\b|\band\b|\balso\b|\bknown as\b|\bcalled\b|\bcommonly\b|\bcommon name\b")
_REFERS = re.compile(r"\b(?:may|can|could|might|commonly|most often) (?:also )?(?:refers?|means?)\b", re.IGNORECASE)
_MARKS = re.compile(r"[_*“”\"«»]|''+")


@dataclass(frozen=True, slots=True)
class Definition:
    """What a page says that its subject is.

    Parameters
    ----------
    names
        Folded names of the subject: the title without its bracket, and those before the verb.
    ranks
        Ranks that the head of the predicate states, in small letters; none when it states none.
    predicate
        The sentence from the verb on; empty when the page defines nothing.
    placed
        Categories and the bracket of the title, which place the subject too.
    lists
        Whether the page is a list of meanings.
    """

    names: tuple[str, ...]
    ranks: frozenset[str]
    predicate: str
    placed: str
    lists: bool = False


def fold(text: str) -> str:
    """Return a name without accents, case, underscores and repeated blanks.

    >>> fold("Tripos_(dinoflagellate)")
    'tripos (dinoflagellate)'
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(bare.replace("_", " ").casefold().split())


def read_definition(title: str, text: str, categories: tuple[str, ...] = ()) -> Definition:
    """Read what the first sentence of a page defines.

    Parameters
    ----------
    title
        Title of the page, with its bracket.
    text
        The page as plain text, in either form that `read_blocks` reads.
    categories
        Its categories, when the text does not hold them.

    Returns
    -------
    Definition
        With the names of the title only, and no predicate, when the page has no sentence with a verb.

    Examples
    --------
    >>> page = read_definition("Oithona", "Oithona is a genus of copepods in the family Oithonidae. It is common.")
    >>> page.names, sorted(page.ranks), page.predicate
    (('oithona',), ['genus'], 'a genus of copepods in the family Oithonidae')
    """
    bare, bracket = _split_title(title)
    sentence = _first_sentence(text)
    verb = _VERB.search(sentence)
    subject, predicate = (sentence[: verb.start()], sentence[verb.end() :].strip()) if verb else ("", "")
    names = dict.fromkeys(filter(None, (fold(bare), *_names(subject))))
    placed = " | ".join((bracket, *categories, *_CATEGORY.findall(text)))
    return Definition(tuple(names), _ranks(predicate), predicate, placed, bool(_REFERS.search(sentence)))


def _split_title(title: str) -> tuple[str, str]:
    bare, _, bracket = title.replace("_", " ").partition("(")
    return bare.strip(), bracket.rstrip(") ")


def _first_sentence(text: str) -> str:
    """Return the first sentence of the lead that has a verb, without brackets and marks of emphasis."""
    lead = (text[b.start : b.end] for b in read_blocks(text) if b.kind == PROSE and not b.section)
    for paragraph in lead:
        plain = _MARKS.sub("", _without_brackets(paragraph.replace("\n", " ")))
        if _VERB.search(plain) or _REFERS.search(plain):
            stop = _STOP.search(plain, (_VERB.search(plain) or _REFERS.search(plain)).end())  # type: ignore[union-attr]
            return plain[: stop.start()] if stop else plain
    return ""


def _without_brackets(text: str) -> str:
    while (shorter := _BRACKETS.sub("", text)) != text:
        text = shorter
    return " ".join(text.split()).replace(" ,", ",")


def _names(subject: str) -> list[str]:
    """Return the folded names before the verb."""
    return [fold(_ARTICLE.sub("", part.strip(" .'"))) for part in _BETWEEN_NAMES.split(subject)]


def _ranks(predicate: str) -> frozenset[str]:
    words = _ONE_OF.sub("", predicate)
    end = _HEAD_END.search(words)
    head = fold(words[: end.start()] if end else words)
    return frozenset(filter(None, (_rank(word) for word in re.findall(r"[a-z-]+", head))))


def _rank(word: str) -> str:
    if word in _RANKS:
        return _RANKS[word]
    step = _STEP.fullmatch(word)
    return step["step"] + _RANKS[step["rank"]] if step and step["rank"] in _RANKS else ""
