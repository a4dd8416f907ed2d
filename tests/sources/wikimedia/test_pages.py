import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seston.errors import WorkspaceError
from seston.sources.wikimedia.pages import CAPTION, LIST, PROSE, REFERENCE, TABLE, read_blocks, read_page

from ..shared import SHARED, shared

MARKDOWN = """, _Some jelly_]]

A medusa is a stage of a jelly.[1]

It swims.


Description

Shape

The bell is tall.

-   one tentacle
-   two tentacles

The rim is smooth.

OUTER LAYER

It is thin.


Larvae

The planula is oval.


References

Notes on shape

A cited book.

[1] Another book.
"""
EXTRACT = """A medusa is a stage of a jelly.
It swims.


== Description ==


=== Shape ===
The bell is tall.
The rim is smooth.


== Larvae ==
The planula is oval.


== See also ==
Polyp
"""


def told(text: str) -> list[tuple[str, str]]:
    return [(passage.section, passage.text) for passage in read_page(text, about="worms:1337", page="Medusa")]


def test_a_markdown_page() -> None:
    assert told(MARKDOWN) == [
        ("", "A medusa is a stage of a jelly.[1]\n\nIt swims."),
        ("Description / Shape", "The bell is tall."),
        ("Description / Shape", "The rim is smooth."),
        ("Description / Shape / OUTER LAYER", "It is thin."),
        ("Larvae", "The planula is oval."),
    ]


def test_a_page_of_the_action_api() -> None:
    assert told(EXTRACT) == [
        ("", "A medusa is a stage of a jelly.\nIt swims."),
        ("Description / Shape", "The bell is tall.\nThe rim is smooth."),
        ("Larvae", "The planula is oval."),
    ]


@pytest.mark.parametrize("text", [MARKDOWN, EXTRACT])
def test_what_a_passage_carries(text: str) -> None:
    passages = read_page(text, about="worms:1337", page="Medusa")
    for passage in passages:
        assert text[passage.start : passage.start + len(passage.text)] == passage.text
        assert (passage.about, passage.page, passage.licence) == ("worms:1337", "Medusa", "CC-BY-SA-3.0")
        assert passage.revision == hashlib.sha256(text.encode()).hexdigest()
        assert passage.stage == ("larva" if passage.section == "Larvae" else "")


def test_a_revision_that_is_known_is_kept() -> None:
    (passage,) = read_page("A medusa.", about="worms:1337", page="Medusa", revision="912", licence="CC BY-SA 4.0")
    assert (passage.revision, passage.licence) == ("912", "CC BY-SA 4.0")


def test_what_is_no_prose_is_kept_apart() -> None:
    kinds = [(block.kind, MARKDOWN[block.start : block.end]) for block in read_blocks(MARKDOWN) if block.kind != PROSE]
    assert kinds == [
        (CAPTION, ", _Some jelly_]]"),
        (LIST, "-   one tentacle\n-   two tentacles"),
        (REFERENCE, "A cited book."),
        (REFERENCE, "[1] Another book."),
    ]


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        ("+----+\n| a  |\n+----+", TABLE),
        ("1. first\n2. second", LIST),
        (":: Summary", LIST),
        ("A_net.jpg", CAPTION),
        ("A_net.jpg A net catches plankton.[1]", PROSE),
        ("Category:Diatoms", REFERENCE),
        ("Sagitta_(genus) Category:Arrow worms", REFERENCE),
        ("Short words that end the page", PROSE),
        ("lower case words\n\nThe end.", PROSE),
    ],
)
def test_the_kind_of_a_block(block: str, kind: str) -> None:
    text = f"The lead is here.\n\n{block}"
    assert [b.kind for b in read_blocks(text)][1] == kind


def test_an_empty_page_has_no_passages() -> None:
    assert told("") == told("\n \n") == []


def test_a_page_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError):
        read_page(tmp_path / "none.md", about="worms:1", page="None")


@given(st.text(alphabet="aB.= \n-[]1|:+_'", max_size=200))
def test_blocks_are_in_order_and_never_overlap(text: str) -> None:
    ends = 0
    for block in read_blocks(text):
        assert ends <= block.start < block.end <= len(text)
        assert text[block.start : block.end].strip()
        ends = block.end
    for passage in read_page(text, about="worms:1", page="x"):
        assert text[passage.start : passage.start + len(passage.text)] == passage.text


def test_the_real_pages() -> None:
    shared("wikipedia")
    for path in sorted((SHARED / "wikipedia").glob("*.md")):
        passages = read_page(path, about="worms:1", page=path.name)
        assert passages[0].section == "", path.name
        assert not any("Category:" in passage.text for passage in passages)


def test_the_sections_of_a_real_page() -> None:
    passages = read_page(shared("wikipedia/Bryozoa.md"), about="worms:146142", page="Bryozoa")
    sections = list(dict.fromkeys(passage.section for passage in passages))
    assert "Description / Types of zooid" in sections
    assert not {"References", "Notes", "External links", "Further reading"} & set(sections)
