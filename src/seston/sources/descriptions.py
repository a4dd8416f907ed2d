"""The bundled articles: a Markdown file with front matter, whose every sentence says where it comes from."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from seston.errors import InvalidData, InvalidDescription, WorkspaceError
from seston.records import Category, Passage
from seston.sources.tables import read_text

FOLDER = "data/descriptions"
#: What the extractor calls the stage of a sentence that names none, in a section on life stages.
LARVA = "larva"
#: Stages that a label's qualifier tells.
STAGE_OF_QUALIFIER = {"larvae": LARVA, "young": "juvenile"}
_KEYS = ("id", "title", "taxon", "label", "sources", "licence")
_FRONT = re.compile(r"---\r?\n(?P<head>.*?)^---[ \t]*\r?\n", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^#+[ \t]+(?P<title>.+?)[ \t]*\r?$", re.MULTILINE)
_PARAGRAPH = re.compile(r"(?:[^\r\n]*\S[^\r\n]*\r?(?:\n|$))+")
_MARK = re.compile(r"\[(?P<source>general|[1-9]\d*)\]")
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Article:
    """An article on a taxon or on a label.

    ``sources`` are the works that its sentences cite by number, ``revision`` is the SHA-256 of the file. The passages
    follow the sections, the lead first with the section "".

    Examples
    --------
    >>> article = Article("worms:2", "Animalia", "worms:2", "", {1: "A book"}, "CC-BY-4.0", "0" * 64, ())
    >>> article.sources[1]
    'A book'
    """

    id: str
    title: str
    taxon: str
    label: str
    sources: Mapping[int, str]
    licence: str
    revision: str
    passages: tuple[Passage, ...]


def read_article(path: Path, *, stage: str = "") -> Article:
    """Read an article.

    Parameters
    ----------
    path
        A Markdown file named for the article's id, with a hyphen for the colon: ``worms-1080.md``.
    stage
        Life stage of what the whole article is about; empty for grown organisms.

    Returns
    -------
    Article
        ``passage.text`` is ``text[passage.start : passage.start + len(passage.text)]`` of the file's text, marks
        included. A passage of the section "Life stages" has the stage of larvae when the article has none of its own.

    Raises
    ------
    InvalidDescription
        With everything that is wrong with the file.
    WorkspaceError
        When the file cannot be read.
    """
    try:
        text = read_text(path)
    except WorkspaceError:
        raise
    except InvalidData as error:
        raise InvalidDescription(error.message, hint=error.hint, problems=error.problems) from error
    head, body_start, problems = _front_matter(text)
    problems += _faults_of_head(head, path) if head else []
    sections = list(_sections(text, body_start))
    problems += _faults_of_body(text, sections, head.get("sources"))
    if problems:
        raise _refusal(path.name, [f"{path.name}: {problem}" for problem in problems])
    revision = hashlib.sha256(path.read_bytes()).hexdigest()
    passages = tuple(
        Passage(
            str(head["id"]),
            f"{FOLDER}/{path.name}",
            revision,
            section,
            start,
            text[start:end],
            str(head["licence"]),
            stage or (LARVA if section.lower() == "life stages" else ""),
        )
        for section, start, end in sections
    )
    names = {key: str(head[key] or "") for key in ("id", "title", "taxon", "label", "licence")}
    sources = head["sources"]
    assert isinstance(sources, dict)  # noqa: S101 - checked above; tells the type checker
    return Article(sources={**sources}, revision=revision, passages=passages, **names)


def read_descriptions(folder: Path, categories: Iterable[Category] = ()) -> list[Article]:
    """Read all articles of a folder.

    Parameters
    ----------
    folder
        Holds Markdown files; others are passed over.
    categories
        The labels, whose qualifiers tell the life stage of their articles.

    Returns
    -------
    list of Article
        By file name.

    Raises
    ------
    InvalidDescription
        With everything that is wrong with any of the files.
    WorkspaceError
        When there is no such folder.
    """
    if not folder.is_dir():
        raise WorkspaceError(f"{folder}: no such folder", hint="Give the folder of the articles.")
    stages = {
        f"{category.id.replace(':', '-', 1)}.md": STAGE_OF_QUALIFIER.get(category.qualifier, "")
        for category in categories
    }
    articles: list[Article] = []
    problems: list[str] = []
    for path in sorted(folder.glob("*.md")):
        try:
            articles.append(read_article(path, stage=stages.get(path.name, "")))
        except InvalidDescription as error:
            problems += error.problems
    if problems:
        raise _refusal(folder.name, problems)
    return articles


def _front_matter(text: str) -> tuple[dict[str, object], int, list[str]]:
    """Return the front matter, the offset at which the body starts, and what is wrong."""
    import yaml

    match = _FRONT.match(text)
    if match is None:
        return {}, 0, ["no front matter between two lines of ---"]
    try:
        head = yaml.safe_load(match["head"])
    except yaml.YAMLError as error:
        return {}, match.end(), [f"front matter is no YAML: {' '.join(str(error).split())}"]
    if not isinstance(head, dict):
        return {}, match.end(), ["front matter has no keys"]
    return head, match.end(), []


def _faults_of_head(head: Mapping[str, object], path: Path) -> list[str]:
    problems = [f"front matter has no '{key}'" for key in _KEYS if key not in head]
    problems += [f"front matter has '{key}', which no article has" for key in head if key not in _KEYS]
    problems += [f"'{key}' is empty" for key in ("id", "title", "licence") if key in head and not head[key]]
    name = str(head.get("id") or "")
    if name and name.count(":") != 1:
        problems.append(f"id '{name}' is no CURIE such as worms:1080")
    elif name and path.stem != name.replace(":", "-", 1):
        problems.append(f"id '{name}' belongs in {name.replace(':', '-', 1)}.md")
    if "label" in head and head["label"] and name != f"planktonset:{head['label']}":
        problems.append(f"label '{head['label']}' does not fit id '{name}'")
    if "label" in head and not head["label"] and name.partition(":")[0] == "worms" and head.get("taxon") != name:
        problems.append(f"taxon '{head.get('taxon')}' does not fit id '{name}'")
    sources = head.get("sources")
    if "sources" in head and not (
        isinstance(sources, dict) and all(isinstance(key, int) and isinstance(sources[key], str) for key in sources)
    ):
        problems.append("sources is no list of numbers with a work each, such as {1: 'A book'}")
    return problems


def _sections(text: str, start: int) -> Iterator[tuple[str, int, int]]:
    """Yield (title, start, end) of each section that says anything, blank space at both ends left out."""
    title = ""
    for match in (*_HEADING.finditer(text, start), None):
        end = len(text) if match is None else match.start()
        if content := text[start:end].strip():
            begin = text.index(content[0], start)
            yield title, begin, begin + len(content)
        if match is not None:
            title, start = match["title"], match.end()


def _faults_of_body(text: str, sections: list[tuple[str, int, int]], sources: object) -> list[str]:
    """Return the sentences without a mark, and the marks that name no source."""
    known = set(sources) if isinstance(sources, dict) else set()
    problems = [] if sections else ["no text"]
    for _, start, end in sections:
        for paragraph in _PARAGRAPH.finditer(text, start, end):
            line = text.count("\n", 0, paragraph.start()) + 1
            problems += [f"line {line}: {fault}" for fault in _faults_of_marks(paragraph[0], known)]
    return problems


def _faults_of_marks(paragraph: str, known: set[object]) -> list[str]:
    marks = list(_MARK.finditer(paragraph))
    unknown = [mark["source"] for mark in marks if mark["source"] != "general" and int(mark["source"]) not in known]
    faults = [f"[{source}] is not among the sources" for source in unknown]
    ends = [0, *(mark.end() for mark in marks), len(paragraph)]
    starts = [*(mark.start() for mark in marks), len(paragraph)]
    for begin, end in zip(ends[:-1], starts, strict=True):
        *inner, last = _SENTENCE_END.split(paragraph[begin:end])
        unmarked = [*inner, last] if end == len(paragraph) else inner
        faults += [f"no mark after '{' '.join(words.split())[-60:]}'" for words in unmarked if words.strip()]
    return faults


def _refusal(name: str, problems: list[str]) -> InvalidDescription:
    more = f" and {len(problems) - 1} more" if len(problems) > 1 else ""
    first = problems[0] if problems[0].startswith(name) else f"{name}: {problems[0]}"
    hint = "Mend the articles listed; data/descriptions shows the form."
    return InvalidDescription(f"{first}{more}", hint=hint, problems=problems)
