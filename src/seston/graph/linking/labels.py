"""A label taken apart: what it names, below what, in which words."""

import re
from dataclasses import dataclass

_PARENT = re.compile(r"^(?P<leaf>[^()]+?)\s*\((?P<parent>[^()]+)\)\s*$")
_FOLDER = re.compile(r"__\d+/?$")
_APART = re.compile(r"[\s_,.;:/+&]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NUMBER = re.compile(r"\d+$")


@dataclass(frozen=True, slots=True)
class Label:
    """The parts of a label.

    Parameters
    ----------
    leaf
        What stands deepest.
    above
        What it stands below, nearest first.
    """

    leaf: str
    above: tuple[str, ...] = ()


def read_label(text: str) -> Label:
    """Take a label apart.

    Examples
    --------
    >>> read_label("nauplii<Cirripedia")
    Label(leaf='nauplii', above=('Cirripedia',))
    >>> read_label("living>Eukaryota>Copepoda").above
    ('Eukaryota', 'living')
    >>> read_label("Part (Copepoda)")
    Label(leaf='Part', above=('Copepoda',))
    """
    text = _FOLDER.sub("", text.strip())
    if ">" in text:
        parts = [part.strip() for part in text.split(">") if part.strip()][::-1]
    elif "<" in text:
        parts = [part.strip() for part in text.split("<") if part.strip()]
    elif (match := _PARENT.match(text)) and match["parent"][:1].isupper():
        parts = [match["leaf"], match["parent"]]
    else:
        parts = [text]
    return Label(parts[0], tuple(parts[1:])) if parts else Label("")


def words_of(text: str) -> list[str]:
    """Return the words of a label, with their case; numbers at a word's end go.

    Examples
    --------
    >>> words_of("copepod_cyclopoid_oithona_eggs"), words_of("LClass_siphonophora"), words_of("dino30")
    (['copepod', 'cyclopoid', 'oithona', 'eggs'], ['LClass', 'siphonophora'], ['dino'])
    """
    words = [_NUMBER.sub("", word).strip("-'\"?!*#") for word in _APART.split(text)]
    return [word for word in words if word]


def split_compound(word: str) -> list[str]:
    """Return the parts of a word that hyphens or capitals join: ``copepoda-cut``, ``DinoLarge``."""
    return [part for piece in word.split("-") for part in _CAMEL.split(piece) if part]
