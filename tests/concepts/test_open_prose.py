"""What open reading finds in the prose of handbooks and encyclopaedias."""

import pytest

from seston.concepts.extract.open import OpenReader
from seston.concepts.scheme import load_scheme

Said = set[tuple[str, str, str, str]]


@pytest.fixture(scope="module")
def reader() -> OpenReader:
    return OpenReader(load_scheme())


def said(reader: OpenReader, text: str, taxon: str = "Gordius") -> Said:
    return {(one.entity, one.quality, one.polarity, one.subject) for one in reader.read(text, taxon)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The head bears antennae and jaws.", ("jaw", "present", "present", "self")),
        ("The head is dome-shaped with large eyes.", ("head", "dome-shaped", "present", "self")),
        ("The thorax holds four to six pairs of legs.", ("leg", "four to six pairs", "present", "self")),
        ("There are between four and ten hooks.", ("hook", "between four and ten", "present", "self")),
        ("It has a conical or paddle-shaped, snout.", ("snout", "paddle-shaped", "variable", "self")),
        ("The antennae are small, hairy appendages.", ("antenna", "hairy", "present", "self")),
        ("It bears two pairs of arms, and the hind pair is short.", ("hind arm pair", "short", "present", "self")),
        ("The mouth is round and ventral.", ("mouth", "ventral", "present", "self")),
        ("The skin is glabrous.", ("skin", "glabrous", "present", "self")),
        ("An outer coat, which is found in fishes, is lacking.", ("outer coat", "present", "absent", "self")),
        ("Small, slender animals with a tail.", ("body", "slender", "present", "self")),
        ("The soft eelpout is a small fish.", ("body", "small", "present", "self")),
    ],
)
def test_statements_of_a_handbook(reader: OpenReader, text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in said(reader, text)


def test_a_latin_name_of_two_words_opens_a_sentence(reader: OpenReader) -> None:
    found = said(reader, "Chironex fleckeri is large and has long tentacles.", "Scyphozoa")
    assert found == {
        ("body", "large", "present", "Chironex fleckeri"),
        ("tentacle", "long", "present", "Chironex fleckeri"),
    }


def test_the_taxon_is_called_by_its_common_name(reader: OpenReader) -> None:
    text = "Sagittidae, commonly known as arrow worms, are predators. Arrow worms have long bodies."
    assert said(reader, text, "Sagittidae") == {("body", "long", "present", "self")}


def test_a_size_is_told_once_in_two_units(reader: OpenReader) -> None:
    sizes = [(one.low, one.high, one.unit) for one in reader.read("It grows to 5 cm (2.0 in) long.", "Gordius")]
    assert sizes == [(None, 5.0, "cm")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bell length is 5 mm.", ("bell", "length", "present", "self")),
        ("The papillae are tipped with pale yellow.", ("papilla", "tipped with pale yellow", "present", "self")),
        ("The inside of the shell is chocolate brown.", ("inside", "chocolate brown", "present", "self")),
        ("It has a thick shell, that is banded.", ("shell", "banded", "present", "self")),
        ("The body bears a ring of plates.", ("plate", "ring", "present", "self")),
        ("The medusa is a flat disc.", ("body", "disc", "present", "self")),
        ("The velum is narrow or absent.", ("velum", "present", "variable", "self")),
        ("Fins present.", ("fin", "present", "present", "self")),
        ("The animals don't have long tentacles.", ("long tentacle", "present", "absent", "self")),
        ("The head bears a horn, or spike.", ("horn", "present", "present", "self")),
        ("The shell varies in colour from olive to violet.", ("shell", "violet", "variable", "self")),
        ("It has a float, bluish in colour and up to 3 cm long.", ("float", "length", "present", "self")),
        ("It has a mouth for taking in water and an anal pore.", ("anal pore", "present", "present", "self")),
    ],
)
def test_more_of_a_handbook(reader: OpenReader, text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in said(reader, text)


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("The head bears a horn, or spike.", "spike"),
        ("A muscle allows the jaws to be extended.", "muscle"),
        ("Both pairs of antennae are short.", "pair"),
    ],
)
def test_what_a_handbook_does_not_say(reader: OpenReader, text: str, denied: str) -> None:
    assert not any(denied in (entity, quality) for entity, quality, *_ in said(reader, text))


@pytest.mark.parametrize(
    ("text", "taxon", "subject"),
    [
        ("Krill have black eyes.", "Euphausiacea", "self"),
        ("Euphausiids have black eyes.", "Euphausiacea", "self"),
        ("Moon jellyfish have round bells.", "Scyphozoa", "Moon jellyfish"),
        ("Adult jellyfish have round bells.", "Scyphozoa", "self"),
        ("Colonial algae with round cells.", "Volvox", "self"),
        ("Unlike those of fishes, its eyes are red.", "Sagitta", "self"),
    ],
)
def test_whose_form_is_told(reader: OpenReader, text: str, taxon: str, subject: str) -> None:
    assert {whom for *_, whom in said(reader, text, taxon)} == {subject}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It has round, oval, or flat eyes.", ("eye", "oval", "variable", "self")),
        ("The jaws no longer have teeth.", ("tooth", "present", "absent", "self")),
        ("The shell has disappeared.", ("shell", "present", "absent", "self")),
        ("Its shape can vary: coiled, conical or globular.", ("body", "conical", "variable", "self")),
        ("It bears a backwardly directed spine.", ("spine", "backwardly directed", "present", "self")),
        ("The 6th segment bears a telson.", ("telson", "present", "present", "self")),
        ("It carries no lure.", ("lure", "present", "absent", "self")),
        ("It has a disc instead of jaws.", ("disc", "present", "present", "self")),
        ("Its shell is thin, and it is white.", ("shell", "thin", "present", "self")),
    ],
)
def test_still_more_of_a_handbook(reader: OpenReader, text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in said(reader, text)
