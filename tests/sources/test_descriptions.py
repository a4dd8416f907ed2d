import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seston.errors import InvalidDescription, WorkspaceError
from seston.records import Category, Passage
from seston.sources.descriptions import Article, read_article, read_descriptions
from seston.sources.taxonomy import read_categories

from .shared import BUNDLED

HEAD = """---
id: worms:1080
title: Copepoda
taxon: worms:1080
label: ""
sources:
  1: "A book"
licence: CC-BY-4.0
---
"""
BODY = """
Copepods are small. [general] They are many. [1]

## Description

The body is oval. [1]

It has legs. [general] [1]

## Life stages

The nauplius has three pairs of limbs. [general]
"""


def article(folder: Path, text: str, name: str = "worms-1080.md") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def faults(folder: Path, text: str, name: str = "worms-1080.md") -> tuple[str, ...]:
    with pytest.raises(InvalidDescription) as caught:
        read_article(article(folder, text, name))
    assert caught.value.hint
    return tuple(problem.removeprefix(f"{name}: ") for problem in caught.value.problems)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_an_article(tmp_path: Path, newline: str) -> None:
    text = (HEAD + BODY).replace("\n", newline)
    path = article(tmp_path, text)
    read = read_article(path)
    revision = hashlib.sha256(path.read_bytes()).hexdigest()
    assert (read.id, read.title, read.taxon, read.label) == ("worms:1080", "Copepoda", "worms:1080", "")
    assert (read.sources, read.licence, read.revision) == ({1: "A book"}, "CC-BY-4.0", revision)
    assert [(passage.section, passage.stage) for passage in read.passages] == [
        ("", ""),
        ("Description", ""),
        ("Life stages", "larva"),
    ]
    lead = "Copepods are small. [general] They are many. [1]"
    start = text.index(lead)
    page = "data/descriptions/worms-1080.md"
    assert read.passages[0] == Passage("worms:1080", page, revision, "", start, lead, "CC-BY-4.0", "")
    for passage in read.passages:
        assert text[passage.start : passage.start + len(passage.text)] == passage.text
    assert read.passages[1].text.split() == [
        "The",
        "body",
        "is",
        "oval.",
        "[1]",
        "It",
        "has",
        "legs.",
        "[general]",
        "[1]",
    ]


WORDS = st.lists(st.sampled_from(["The", "bell", "is", "flat", "0.5", "mm", "µm", "—"]), min_size=1, max_size=6).map(
    " ".join
)
PARAGRAPHS = st.lists(st.tuples(WORDS, st.sampled_from(["general", "1"])), min_size=1, max_size=4)


@given(st.lists(PARAGRAPHS, min_size=1, max_size=4), st.integers(0, 3), st.booleans())
def test_offsets_hold_whatever_the_blank_space(
    tmp_path_factory: pytest.TempPathFactory, sections: list[list[tuple[str, str]]], blank: int, ends: bool
) -> None:
    gap = "\n" * (blank + 2)
    bodies = [" ".join(f"{words}. [{mark}]" for words, mark in section) for section in sections]
    text = HEAD + gap + gap.join(f"## S{number}{gap}{body}" for number, body in enumerate(bodies)) + "\n" * ends
    read = read_article(article(tmp_path_factory.mktemp("articles"), text))
    assert [(passage.section, passage.text) for passage in read.passages] == [
        (f"S{number}", body) for number, body in enumerate(bodies)
    ]
    assert all(text[p.start : p.start + len(p.text)] == p.text for p in read.passages)


def test_a_file_without_front_matter(tmp_path: Path) -> None:
    assert faults(tmp_path, "Copepods are small. [general]\n") == ("no front matter between two lines of ---",)


def test_front_matter_that_is_no_yaml(tmp_path: Path) -> None:
    (problem,) = faults(tmp_path, '---\nid: "worms\n---\n\nSmall. [general]\n')
    assert problem.startswith("front matter is no YAML")


def test_front_matter_without_keys(tmp_path: Path) -> None:
    assert faults(tmp_path, "---\nonly words\n---\n\nSmall. [general]\n") == ("front matter has no keys",)


def test_everything_wrong_is_listed_at_once(tmp_path: Path) -> None:
    head = HEAD.replace("title: Copepoda", "title:").replace("licence: CC-BY-4.0", "colour: red")
    body = "\nSmall. [general] Many. Very many. [2]\n\n## Description\n\nIt has legs.\n"
    assert faults(tmp_path, head + body, "worms-1.md") == (
        "front matter has no 'licence'",
        "front matter has 'colour', which no article has",
        "'title' is empty",
        "id 'worms:1080' belongs in worms-1080.md",
        "line 11: [2] is not among the sources",
        "line 11: no mark after 'Many'",
        "line 15: no mark after 'It has legs.'",
    )


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("id: worms:1080", "id: Copepoda", "id 'Copepoda' is no CURIE such as worms:1080"),
        ("taxon: worms:1080", "taxon: worms:2", "taxon 'worms:2' does not fit id 'worms:1080'"),
        ('label: ""', "label: copepod_other", "label 'copepod_other' does not fit id 'worms:1080'"),
        ('  1: "A book"', '  - "A book"', "sources is no list of numbers"),
        ('  1: "A book"', '  one: "A book"', "sources is no list of numbers"),
    ],
)
def test_front_matter_that_does_not_fit(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert any(problem.startswith(fault) for problem in faults(tmp_path, HEAD.replace(old, new) + BODY))


def test_an_article_that_says_nothing(tmp_path: Path) -> None:
    assert faults(tmp_path, HEAD + "\n## Description\n\n") == ("no text",)


def test_an_article_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "worms-1080.md"
    path.write_bytes(HEAD.encode() + b"\xff")
    with pytest.raises(InvalidDescription, match="no UTF-8"):
        read_article(path)


def test_an_article_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError):
        read_article(tmp_path / "worms-1080.md")


def test_a_folder_lists_the_faults_of_all_its_articles(tmp_path: Path) -> None:
    article(tmp_path, "none\n", "worms-2.md")
    article(tmp_path, HEAD + BODY)
    article(tmp_path, HEAD + BODY, "worms-3.md")
    with pytest.raises(InvalidDescription) as caught:
        read_descriptions(tmp_path)
    assert {problem.split(":")[0] for problem in caught.value.problems} == {"worms-2.md", "worms-3.md"}


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="no such folder"):
        read_descriptions(tmp_path / "none")


def test_the_qualifier_of_a_label_tells_the_stage_of_its_article(tmp_path: Path) -> None:
    head = HEAD.replace("worms:1080\ntitle", "planktonset:ephyra\ntitle").replace('label: ""', "label: ephyra")
    article(tmp_path, head + BODY, "planktonset-ephyra.md")
    category = Category("planktonset:ephyra", "ephyra", "worms:1080", "young", True)
    (read,) = read_descriptions(tmp_path, [category])
    assert {passage.stage for passage in read.passages} == {"juvenile"}


@pytest.fixture(scope="module")
def bundled() -> list[Article]:
    return read_descriptions(BUNDLED / "descriptions", read_categories(BUNDLED / "labels.csv"))


def test_every_bundled_passage_lies_where_it_says(bundled: list[Article]) -> None:
    for read in bundled:
        text = (BUNDLED.parent / read.passages[0].page).read_bytes().decode()
        for passage in read.passages:
            assert text[passage.start : passage.start + len(passage.text)] == passage.text


def test_every_bundled_article_has_a_lead(bundled: list[Article]) -> None:
    assert [read.id for read in bundled if read.passages[0].section] == []
