"""Our own escaped N-Quads writer: descriptions of subjects to sorted lines."""

import re
from collections.abc import Iterable, Iterator

from seston.errors import InvalidData

Description = tuple[str, list[tuple[str, str]]]
"""A subject and its (predicate, object) pairs, all written as N-Quads terms."""

_UNSAFE = re.compile(r'[\x00-\x1f"\\\x7f\ud800-\udfff\ufffe\uffff]')
_UNLAWFUL = re.compile('[\x00-\x20<>"{}|^`\\\\\ud800-\udfff]')
# Language, script, region: the part of BCP 47 that names of organisms need, and that every parser takes.
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?", re.ASCII | re.IGNORECASE)
_SHORT = {"\t": "\\t", "\b": "\\b", "\n": "\\n", "\r": "\\r", "\f": "\\f", '"': '\\"', "\\": "\\\\"}
_UNUSUAL = {"nan": "NaN", "inf": "INF", "-inf": "-INF"}
_XSD = "http://www.w3.org/2001/XMLSchema#"


def literal(text: str, language: str = "") -> str:
    r"""Return a string as a literal, with its language tag if that is a lawful one.

    Parameters
    ----------
    text
        Any text without lone surrogates.
    language
        A language tag, with script and region if need be; anything else is left out.

    Returns
    -------
    str
        The escaped literal.

    Raises
    ------
    InvalidData
        The text holds a lone surrogate, which no UTF-8 file can hold.

    Examples
    --------
    >>> print(literal('a "big" head', "en"))
    "a \"big\" head"@en
    """
    escaped = _UNSAFE.sub(_escape, text) if _UNSAFE.search(text) else text
    return f'"{escaped}"{language_tag(language)}'


def language_tag(language: str) -> str:
    """Return the end of a literal in a language, nothing for what is no lawful tag."""
    return f"@{language.lower()}" if language and _LANGUAGE.fullmatch(language) else ""


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    if "\ud800" <= char <= "\udfff":
        raise InvalidData(
            f"Text with a lone surrogate (U+{ord(char):04X}): {match.string[:60]!a}.",
            hint="The file was not UTF-8: read it in its own encoding.",
        )
    return _SHORT.get(char) or f"\\u{ord(char):04X}"


def typed(value: bool | int | float) -> str:
    """Return a boolean, integer or double as a typed literal."""
    if isinstance(value, bool):
        return f'"{str(value).lower()}"^^<{_XSD}boolean>'
    if isinstance(value, int):
        return f'"{value}"^^<{_XSD}integer>'
    return f'"{_UNUSUAL.get(repr(value), repr(value))}"^^<{_XSD}double>'


def iri(text: str) -> str:
    """Return an IRI in angle brackets.

    Raises
    ------
    InvalidData
        The text holds a character that no IRI may hold.
    """
    if _UNLAWFUL.search(text) or ":" not in text:
        raise InvalidData(f"Not an IRI: {text[:80]!a}.", hint="Percent-encode blanks, quotes and brackets.")
    return f"<{text}>"


def lines(graph: str, descriptions: Iterable[Description]) -> Iterator[str]:
    """Yield the lines of one named graph, each subject's sorted and without repeats.

    Parameters
    ----------
    graph
        IRI of the graph.
    descriptions
        Subjects in the order to write them; sorted subjects give sorted lines.

    Yields
    ------
    str
        The lines of one subject, each ending in a line feed.
    """
    end = f" <{graph}> .\n"
    for subject, pairs in descriptions:
        yield "".join(sorted({f"{subject} {predicate} {value}{end}" for predicate, value in pairs}))
