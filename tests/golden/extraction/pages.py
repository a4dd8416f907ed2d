"""Prose sentences of a page, as offsets into the file's text as it stands (no normalisation)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import yaml

from tests.sources.shared import ROOT, SHARED

FOLDERS = {"wikipedia": SHARED / "wikipedia", "descriptions": ROOT / "data" / "descriptions"}

_BACK_MATTER = re.compile(
    r"^(?:See also|Notes|References|Citations|Bibliography|Further reading|External links|\[1\] ?.*|Category:.*)$", re.M
)
_MARK = r"(?:\[(?:\d+|general)\])"
_END = re.compile(rf"[.!?]['\")_]*(?:\s?{_MARK})*(?=\s+[\"'(_]*[A-Z]|\s*$)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|e\.g|i\.e|ca?|cf|vs|approx|spp?|var|St|Dr|Prof|No|Fig|al|etc)|\b[A-Z][a-z]{0,2})\.$"
)
_LEADING = re.compile(rf"(?:\s|{_MARK})*")
_TRAILING = re.compile(rf"(?:\s|{_MARK})*$")
_FRONT_MATTER = re.compile(r"---\n(.*?)\n---\n", re.S)


@dataclass(frozen=True)
class Sentence:
    """A sentence's place in a file, with the heading above it.

    Parameters
    ----------
    source
        ``wikipedia`` or ``descriptions``.
    file
        Name of the file in the folder of its source.
    start, end
        Characters of the file's text, end excluded.
    """

    source: str
    file: str
    start: int
    end: int
    heading: str = ""


def read(source: str, file: str) -> str:
    """Return the text of a page as it stands."""
    return (FOLDERS[source] / file).read_bytes().decode("utf-8")


def digest(sentence: str) -> str:
    return sha256(sentence.encode()).hexdigest()


def taxon(source: str, file: str) -> str:
    """Return the page's taxon: the title in the front matter, or the page's name."""
    if source == "wikipedia":
        return Path(file).stem.replace("_", " ")
    front = _FRONT_MATTER.match(read(source, file))
    return str(yaml.safe_load(front.group(1))["title"]) if front else ""


def sentences(source: str, file: str) -> Iterator[Sentence]:
    """Yield the sentences of the page's prose, without lists, captions, front and back matter.

    Marks of sources between sentences (``[3]``, ``[general]``) belong to none.
    """
    text = read(source, file)
    front = _FRONT_MATTER.match(text)
    first = front.end() if front else 0
    back = _BACK_MATTER.search(text, first)
    heading = ""
    for line in re.finditer(r"[^\n]+", text[: back.start() if back else len(text)]):
        if line.start() < first:
            continue
        if len(line.group()) < 60 and not _END.search(line.group()):
            heading = line.group().strip("# ")
        elif not re.match(r"\s|[-|(:*]|.*\]\]", line.group()):
            yield from (Sentence(source, file, *span, heading) for span in _split(text, *line.span()))


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for found in _END.finditer(text, start, end):
        stop = re.compile(r"[.!?]['\")_]*").match(text, found.start())
        body = text[at : found.start() + 1]
        if _ABBREVIATION.search(body) or body.count("(") > text[at : found.end()].count(")"):
            continue
        begin = _LEADING.match(text, at)
        if stop and begin:
            yield begin.end(), stop.end()
        at = found.end()
