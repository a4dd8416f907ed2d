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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The snout is long, the mouth small and terminal.", ("mouth", "terminal", "present")),
        ("The head is green, the spines on the back red and hooked.", ("spine", "hooked", "present")),
        ("The epistome, a hollow lobe, overhangs the mouth.", ("epistome", "hollow", "present")),
        ("The crop, a widened part of the gut, is lined with teeth.", ("crop", "widened", "present")),
        ("The head bears ocelli, small, simple eyes.", ("ocellus", "simple", "present")),
        ("The head has two long appendages, the cerci.", ("cercus", "long", "present")),
        ("Some hairy appendages, the maxillary and labial palps, are seen.", ("labial palp", "hairy", "variable")),
        ("The segments each bear two rows of chaetae.", ("chaeta", "two rows", "present")),
        ("The eyes are mounted on stalks.", ("eye", "on stalks", "present")),
        ("The leaves are arranged spirally around the stem.", ("leaf", "arranged around the stem", "present")),
        ("The shell reaches a height of 3 cm.", ("shell", "length", "present")),
        ("The whorls are umbonate and sulcated.", ("whorl", "umbonate", "present")),
        ("The phalanges are long.", ("phalanx", "long", "present")),
        ("The pores are scattered over the whole disc.", ("pore", "scattered over the whole disc", "present")),
        ("It is armed with three teeth, the middle one being the largest.", ("tooth", "largest", "present")),
        ("The trunk has six rings, of which the last is wide.", ("ring", "wide", "present")),
        ("It has up to fifty thousand cells.", ("cell", "up to fifty thousand", "present")),
        ("The head gives rise to long antennae.", ("antenna", "long", "present")),
        ("The arms are clad in green scales.", ("scale", "green", "present")),
        ("Its main feature is the long, upturned snout.", ("snout", "upturned", "present")),
        ("The mouth is small and on the underside of the head.", ("mouth", "on the underside of the head", "present")),
        ("The head bears long spines and shorter ones.", ("spine", "shorter", "present")),
        ("A characteristic of the genus is a forked tail.", ("tail", "forked", "present")),
        ("The larva is a white, legless grub.", ("body", "legless", "present")),
        ("The tail is replaced by a tuft of bristles.", ("bristle", "tuft", "present")),
        ("The head is surmounted by a crest.", ("crest", "present", "present")),
    ],
)
def test_what_is_said_of_which_part(reader: OpenReader, text: str, expected: tuple[str, str, str]) -> None:
    assert expected in said(reader, text)


def test_an_apposition_is_no_second_subject(reader: OpenReader) -> None:
    found = said(reader, "The epistome, a hollow lobe, overhangs the mouth.")
    assert {entity for entity, _, _ in found} == {"epistome"}


def test_an_arrangement_is_told_once(reader: OpenReader) -> None:
    assert said(reader, "The scales are arranged in rows.") == {("scale", "in rows", "present")}


def test_a_participle_behind_one_is_no_part(reader: OpenReader) -> None:
    found = said(reader, "The cell has two flagella, one directed forward and one trailing.")
    assert {entity for entity, _, _ in found} == {"flagellum"}
