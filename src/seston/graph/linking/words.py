"""The words of labels that are no names of taxa: stages, parts, views, qualities, matter, English names of groups."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from seston.bundled import folder

#: Words that say what of a taxon is shown; they make up the qualifier.
QUALIFYING = frozenset({"stage", "part", "view", "arrangement", "quality", "doubt", "matter"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of ``data/words.csv``; ``taxon`` is the only taxon that has such a stage or part, or empty."""

    kind: str
    meaning: str
    taxon: str


@cache
def vocabulary() -> Mapping[str, Word]:
    """Return the words, in small letters and in the singular."""
    with (folder("data") / "words.csv").open(newline="", encoding="utf-8") as stream:
        return {row["word"]: Word(row["kind"], row["meaning"], row["taxon"]) for row in csv.DictReader(stream)}


def find_word(text: str) -> Word | None:
    """Return the entry of a word, in the singular or a plural, whatever its case.

    Examples
    --------
    >>> find_word("Nauplii").meaning, find_word("larvae").kind, find_word("Calanus")
    ('nauplius', 'stage', None)
    """
    words = vocabulary()
    return next((words[form] for form in _singulars(text.lower()) if form in words), None)


def _singulars(word: str) -> list[str]:
    endings = (("s", ""), ("es", ""), ("ies", "y"), ("ae", "a"), ("i", "us"), ("es", "is"), ("a", "on"), ("ia", "ium"))
    forms = [word[: -len(end)] + put for end, put in endings if word.endswith(end) and len(word) > len(end) + 2]
    return [word, *forms]
