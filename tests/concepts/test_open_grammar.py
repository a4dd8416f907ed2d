"""What the grammar of open reading makes of words that stand in for others, of denials and of lines without a verb."""

import pytest

from seston.concepts.extract.open import OpenReader
from seston.concepts.scheme import load_scheme

Said = set[tuple[str, str, str]]


@pytest.fixture(scope="module")
def reader() -> OpenReader:
    return OpenReader(load_scheme())


def said(reader: OpenReader, text: str, taxon: str = "Gordius") -> Said:
    return {(one.entity, one.quality, one.polarity) for one in reader.read(text, taxon)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bell bears many tentacles. They are long.", ("tentacle", "long", "present")),
        ("Copepods have a long tail. It is forked.", ("tail", "forked", "present")),
        ("The eyes are red. It is transparent.", ("body", "transparent", "present")),
        ("It has eyes on stalks that are long.", ("stalk", "long", "present")),
        ("There is a pore between two tentacles, which is round.", ("pore", "round", "present")),
    ],
)
def test_pronouns_and_relatives_agree_in_number(reader: OpenReader, text: str, expected: tuple[str, str, str]) -> None:
    assert expected in said(reader, text)


def test_no_denies_the_whole_list(reader: OpenReader) -> None:
    absent = {(part, "present", "absent") for part in ("head", "eye", "limb", "fin")}
    assert said(reader, "No head, eyes, limbs or fins can be recognised.") == absent
    assert said(reader, "Red, with no head, eyes, limbs or fins.") >= absent


@pytest.mark.parametrize(
    "text",
    [
        "The body is not covered with scales.",
        "Trailing tentacles are seldom seen.",
        "The light it ejects is yellow.",
        "The object is too little to be told apart.",
        "John Vaughan Thompson developed a net.",
        "The naming of groups of animals is complex.",
    ],
)
def test_what_is_not_said_of_a_body(reader: OpenReader, text: str) -> None:
    assert said(reader, text) == set()


def test_what_a_denied_part_would_have_is_not_there(reader: OpenReader) -> None:
    assert ("sucker", "present", "present") not in said(reader, "There is no keel, no fin with a sucker and no eye.")


def test_a_line_without_a_verb_is_of_the_animal(reader: OpenReader) -> None:
    found = said(reader, "Flat, round and greenish, 5–8 mm across, with two eyes.")
    assert found >= {("body", "flat", "present"), ("body", "greenish", "present"), ("eye", "two", "present")}


def test_how_often_is_no_certainty(reader: OpenReader) -> None:
    assert said(reader, "Sharp spines are rare.") == {("spine", "sharp", "variable")}


@pytest.mark.parametrize("amount", ["more than two", "at least four", "up to ten"])
def test_a_number_keeps_its_limit(reader: OpenReader, amount: str) -> None:
    assert said(reader, f"There are {amount} arms.") == {("arm", amount, "present")}
