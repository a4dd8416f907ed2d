"""Wikipedia pages as plain text, read into passages as the bundled articles are.

Two forms are read: that of the Action API (`prop=extracts`, `explaintext`, `exsectionformat=wiki`), whose headings are
``== Title ==`` and whose paragraphs are lines, and that of Markdown dumps, whose headings are short lines that stand
alone between blank ones, two before a section and one before a subsection.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from seston.records import Passage
from seston.sources.descriptions import LARVA
from seston.sources.tables import read_text

LICENCE = "CC-BY-SA-3.0"
PROSE, LIST, TABLE, CAPTION, REFERENCE = "prose", "list", "table", "caption", "reference"
_APART = frozenset(
    {
        *("references", "notes", "notes and references", "general references", "citations", "footnotes", "sources"),
        *("bibliography", "literature", "cited texts", "further reading", "external links", "see also", "gallery"),
    }
)
_LARVAL = frozenset({"life stages", "larva", "larvae", "larval stages", "larval development"})
_WIKI_HEADING = re.compile(r"^(?P<level>={2,6})[ \t]*(?P<title>[^=\n].*?)[ \t]*(?P=level)[ \t]*$", re.MULTILINE)
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_BLOCK = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
_LIST = re.compile(r"[ \t]*(?:[-*•][ \t]|[-*•]$|\d+\.[ \t]|#|:|;)")
_TABLE = re.compile(r"[ \t]*(?:\+[-=]{2}|\||-{3,})")
_FOOTNOTE = re.compile(r"\[\d+\](?:[ \t]|$)")
_CATEGORY = re.compile(r"(?:^|\s)Category:")
_IMAGE = re.compile(
    r"\]\]$|^\S+\.(?:jpe?g|png|gif|svg|tiff?|webp)\b(?!.*[.!?](?:\[\d+\])*\W*$)", re.IGNORECASE | re.DOTALL
)
_HEADING_WORDS, _HEADING_LENGTH = 10, 80


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a page: ``kind`` is prose, list, table, caption or reference; ``section`` the titles above it.

    ``section`` joins the titles from the outermost with " / "; the lead has "".
    """

    kind: str
    section: str
    start: int
    end: int


def read_page(
    source: Path | str, *, about: str, page: str, revision: str = "", licence: str = LICENCE
) -> list[Passage]:
    r"""Read the prose of a page.

    Parameters
    ----------
    source
        The file of the page, or its text.
    about
        CURIE of the node that the page is about.
    page
        Name or address of the page.
    revision
        Number of the page's revision; the SHA-256 of the text when it is not known.
    licence
        Licence of the text.

    Returns
    -------
    list of Passage
        In the order of the page. A section gives one passage, or several where a list, a table or a caption breaks into
        it; these, and references, links and categories, are left out. ``read_blocks`` has them.

    Raises
    ------
    WorkspaceError
        When the file cannot be read.
    InvalidData
        When it is no UTF-8.

    Examples
    --------
    >>> text = "A medusa.\n\n\n== Description ==\nThe bell is tall.\n\n\n== References ==\nA book."
    >>> [(passage.section, passage.text) for passage in read_page(text, about="worms:1337", page="Medusa")]
    [('', 'A medusa.'), ('Description', 'The bell is tall.')]
    """
    text = read_text(source) if isinstance(source, Path) else source
    revision = revision or hashlib.sha256(text.encode()).hexdigest()
    return [
        Passage(about, page, revision, section, start, text[start:end], licence, _stage(section))
        for section, start, end in _runs(read_blocks(text))
    ]


def read_blocks(text: str) -> list[Block]:
    """Return the parts of a page, prose and what is kept apart from it.

    Parameters
    ----------
    text
        The page, in either form.

    Returns
    -------
    list of Block
        In the order of the page, without the headings; offsets are characters of ``text``.
    """
    titles: list[tuple[int, str]] = []
    blocks: list[Block] = []
    for level, start, end in _parts(text):
        words = text[start:end]
        if level:
            titles = [(above, title) for above, title in titles if above < level]
            titles.append((level, _title(words)))
        else:
            section = " / ".join(title for _, title in titles)
            apart = any(title.lower() in _APART for _, title in titles)
            blocks.append(Block(REFERENCE if apart else _kind(words), section, start, end))
    return blocks


def _parts(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield (heading level or 0, start, end) of each part."""
    headings = {match.start(): match for match in _WIKI_HEADING.finditer(text)}
    if headings:
        for line in _LINE.finditer(text):
            heading = headings.get(line.start())
            yield (len(heading["level"]) if heading else 0), line.start(), line.end()
        return
    blocks = list(_BLOCK.finditer(text))
    before = 0
    for number, block in enumerate(blocks):
        blank = text.count("\n", before, block.start()) - 1
        is_heading = 0 < number < len(blocks) - 1 and _is_heading(block[0])
        yield (_markdown_level(block[0], blank) if is_heading else 0), block.start(), block.end()
        before = block.end()


def _is_heading(block: str) -> bool:
    """Return whether a block of a Markdown dump is a heading: one short line without an end stop."""
    words = block.strip()
    return (
        "\n" not in words
        and len(words) <= _HEADING_LENGTH
        and len(words.split()) <= _HEADING_WORDS
        and words[-1] not in ".!?:;,]"
        and _kind(words) == PROSE
        and (words[0].isupper() or words[0].isdigit() or words[0] in "'\"_“")
    )


def _markdown_level(block: str, blank: int) -> int:
    if blank >= 2:
        return 2
    return 4 if block.isupper() else 3


def _title(heading: str) -> str:
    return heading.strip().strip("=").strip().strip("'").strip()


def _kind(block: str) -> str:
    words = block.strip()
    if _FOOTNOTE.match(words) or _CATEGORY.search(words):
        return REFERENCE
    if _TABLE.match(block):
        return TABLE
    if _LIST.match(block):
        return LIST
    return CAPTION if _IMAGE.search(words) else PROSE


def _runs(blocks: list[Block]) -> Iterator[tuple[str, int, int]]:
    """Yield (section, start, end) of each unbroken run of prose in one section."""
    run: tuple[str, int, int] | None = None
    for block in (*blocks, None):
        if run is not None and (block is None or block.kind != PROSE or block.section != run[0]):
            yield run
            run = None
        if block is not None and block.kind == PROSE:
            run = (block.section, block.start if run is None else run[1], block.end)


def _stage(section: str) -> str:
    return LARVA if section.rpartition(" / ")[2].lower() in _LARVAL else ""
