"""Open statements of form, read beside the scheme."""

import pytest

from seston.bundled import folder
from seston.concepts.extract.open import Opened, OpenReader
from seston.concepts.extract.tokens import tokenise
from seston.concepts.scheme import load_scheme
from seston.sources.descriptions import read_descriptions


@pytest.fixture(scope="module")
def reader() -> OpenReader:
    return OpenReader(load_scheme())


def said(reader: OpenReader, text: str, taxon: str = "") -> set[tuple[str, str, str]]:
    return {(one.entity, one.quality, one.polarity) for one in reader.read(text, taxon)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The gills are red.", ("gill", "red", "present")),
        ("The gills are red or orange.", ("gill", "orange", "variable")),
        ("It has two fins and no shell.", ("shell", "present", "absent")),
        ("Some species have webbed arms.", ("arm", "webbed", "variable")),
        ("The eyes are not large.", ("eye", "large", "absent")),
    ],
)
def test_polarity(reader: OpenReader, text: str, expected: tuple[str, str, str]) -> None:
    assert expected in said(reader, text)


def test_length_is_a_quantity_and_no_adjective(reader: OpenReader) -> None:
    (one,) = reader.read("The body is up to 20 mm long.")
    assert (one.entity, one.quality, one.low, one.high) == ("body", "length", None, 20.0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "It was described by Haeckel in 1879.",
        "Les tentacules sont longs et rouges.",
        "It lives at depths of 200 m.",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "Smith, J. (1990). Journal of Plankton Research 12: 1-20.",
        "Th3 b0dy 1s tr@nsp4r3nt ;;; ##",
    ],
)
def test_what_says_nothing_of_form(reader: OpenReader, text: str) -> None:
    assert said(reader, text) == set()


def test_wiki_markup_keeps_offsets(reader: OpenReader) -> None:
    text = "'''Aus''' is {{cite}}. The [[gill]]s are red."
    assert "red" in {one.quality for one in reader.read(text)}
    assert all(one.quality in text[one.start : one.end] for one in reader.read(text) if one.quality == "red")


def test_a_long_line_is_read_to_its_end(reader: OpenReader) -> None:
    text = "Names and dates stand here " * 2_000 + ". The gills are red."
    assert [text[one.start : one.end] for one in reader.read(text)] == ["gills are red"]


def test_offsets_point_at_the_words_in_every_bundled_passage(reader: OpenReader) -> None:
    read = 0
    for article in read_descriptions(folder("data") / "descriptions"):
        for passage in article.passages:
            for one in reader.read(passage.text):
                read += 1
                quote = passage.text[one.start : one.end]
                assert quote and quote == quote.strip() and _said_in(one, quote)
    assert read > 5_000


def _said_in(one: Opened, quote: str) -> bool:
    if one.quality == "present":
        return one.entity.split()[-1][:4] in quote.lower()
    return bool(one.unit) or all(token.lemma[:4] in quote.lower() for token in tokenise(one.quality))
