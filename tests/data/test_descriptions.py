"""The bundled articles keep the form that data/descriptions promises: front matter, marked sentences, a fair length."""

import csv
import re
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "data" / "descriptions").glob("*.md"))
LABELS = ROOT / "data" / "labels.csv"
KEYS = {"id", "title", "taxon", "label", "sources", "licence"}
MARK = re.compile(r"\[(general|[1-9]\d*)\]")
MARKED_SENTENCE = re.compile(r"(?P<text>[^\[\]]+[.!?][\"”’)]*)(?P<marks>(?:\s*\[(?:general|[1-9]\d*)\])+)(?:\s+|$)")
SENTENCE_GAP = re.compile(r"[.!?][\"”’)]*\s+[A-Z]")


class Article(NamedTuple):
    head: dict[str, object]
    body: str


def parse(text: str) -> Article:
    start, head, body = text.split("---\n", 2)
    assert start == "", "an article starts with its front matter"
    parsed = yaml.safe_load(head)
    assert isinstance(parsed, dict)
    return Article(parsed, body)


def paragraphs(body: str) -> list[str]:
    blocks = (block.strip() for block in re.split(r"\n\s*\n", body))
    return [" ".join(block.split()) for block in blocks if block and not block.startswith("#")]


def faults_of_marks(paragraph: str, sources: set[int]) -> list[str]:
    """Return what is wrong with the marks of one paragraph, empty when every sentence carries known ones."""
    faults = []
    end = 0
    for match in MARKED_SENTENCE.finditer(paragraph):
        if match.start() != end:
            break
        end = match.end()
        if SENTENCE_GAP.search(match["text"]):
            faults.append(f"unmarked sentence in: {match['text']}")
        numbers = {int(mark) for mark in MARK.findall(match["marks"]) if mark != "general"}
        faults += [f"[{number}] is not among the sources" for number in sorted(numbers - sources)]
    if end != len(paragraph):
        faults.append(f"no mark: {paragraph[end : end + 80]}")
    return faults


def count_words(body: str) -> int:
    bare = MARK.sub(" ", body)
    return sum(any(letter.isalnum() for letter in word) for word in bare.split())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_article_has_the_promised_form(path: Path) -> None:
    article = parse(path.read_text(encoding="utf-8"))
    assert set(article.head) == KEYS
    curie = article.head["id"]
    assert isinstance(curie, str)
    assert path.stem == curie.replace(":", "-", 1)
    assert article.head["title"]
    if curie.startswith("planktonset:"):
        assert curie == f"planktonset:{article.head['label']}"
    else:
        assert (article.head["taxon"], article.head["label"]) == (curie, "")
    sources = article.head["sources"]
    assert isinstance(sources, dict)
    assert sorted(sources) == list(range(1, len(sources) + 1))
    found = [fault for paragraph in paragraphs(article.body) for fault in faults_of_marks(paragraph, set(sources))]
    assert not found
    cited = {int(mark) for mark in MARK.findall(article.body) if mark != "general"}
    assert cited == set(sources), "a source that no sentence uses was not needed"
    assert 60 <= count_words(article.body) <= 250


def test_no_article_is_filed_twice() -> None:
    bodies = [parse(path.read_text(encoding="utf-8")).body for path in FILES]
    assert len(set(bodies)) == len(bodies)


def test_there_are_enough_taxon_articles() -> None:
    assert sum(not path.stem.startswith("planktonset-") for path in FILES) >= 150


def test_every_label_has_an_article() -> None:
    if not LABELS.is_file():
        pytest.skip("data/labels.csv is not there")
    with LABELS.open(encoding="utf-8", newline="") as stream:
        labels = {row["label"] for row in csv.DictReader(stream)}
    written = {path.stem.removeprefix("planktonset-") for path in FILES if path.stem.startswith("planktonset-")}
    assert labels - written == set()


@pytest.mark.parametrize(
    ("paragraph", "fault"),
    [
        ("The bell is tall. [general]", None),
        ("It is 0.5 mm long. [1] It has no tail. [general] [1]", None),
        ("The bell is tall.", "no mark"),
        ("The bell is tall. It is clear. [general]", "unmarked sentence"),
        ("The bell is tall. [2]", "not among the sources"),
        ("The bell is tall. [general] It is clear.", "no mark"),
    ],
)
def test_the_check_of_marks_can_fail(paragraph: str, fault: str | None) -> None:
    found = faults_of_marks(paragraph, {1})
    assert (fault is None) == (not found)
    assert fault is None or fault in found[0]
