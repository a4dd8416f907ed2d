"""Open statements of form, read beside the scheme."""

from time import process_time

import pytest

from seston.bundled import folder
from seston.concepts.extract.open import Opened, OpenReader
from seston.concepts.extract.open.vocabulary import singular
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
        return singular(quote.split()[-1]) == one.entity.split()[-1] or one.entity.split()[-1][:4] in quote.lower()
    return bool(one.unit) or all(token.text.lower()[:4] in quote.lower() for token in tokenise(one.quality))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The body is covered by large scales.", {("scale", "large", "present")}),
        (
            "It has a flattened body and two tentacles.",
            {("body", "flattened", "present"), ("tentacle", "two", "present")},
        ),
        ("The dorsal and anal fins are short.", {("dorsal fin", "short", "present"), ("anal fin", "short", "present")}),
        ("Neither eyes nor antennae are present.", {("eye", "present", "absent"), ("antenna", "present", "absent")}),
        ("The cell is oval to round.", {("cell", "oval", "variable"), ("cell", "round", "variable")}),
        ("It has no horns with a groove.", {("horn", "present", "absent")}),
        ("They have swim bladders.", {("swim bladder", "present", "present")}),
        ("The head, which is large, bears a pair of eyes.", {("head", "large", "present"), ("eye", "pair", "present")}),
        ("It is wingless and lives in clear water.", {("body", "wingless", "present")}),
        ("The test is shaped like a bell.", {("test", "shaped like a bell", "present")}),
        ("The tail is twice as long as the trunk.", {("tail", "twice as long as the trunk", "present")}),
        ("Usually the eggs are not visible.", {("egg", "visible", "variable")}),
        (
            "The cells are oval, spherical or angular.",
            {("cell", "oval", "variable"), ("cell", "spherical", "variable"), ("cell", "angular", "variable")},
        ),
        (
            "The first antennae are long, the second short.",
            {("first antenna", "long", "present"), ("second antenna", "short", "present")},
        ),
        ("The shell is not always red.", {("shell", "red", "variable")}),
        ("Without a shell, the body is soft.", {("shell", "present", "absent"), ("body", "soft", "present")}),
        (
            "Round and flat, the shell bears no spines.",
            {("shell", "round", "present"), ("shell", "flat", "present"), ("spine", "present", "absent")},
        ),
        (
            "From the rim there hangs a tentacle, thick and short.",
            {
                ("tentacle", "from the rim", "present"),
                ("tentacle", "thick", "present"),
                ("tentacle", "short", "present"),
            },
        ),
        ("The fins are fused with the body.", {("fin", "fused", "present")}),
        ("The gills lie behind the head.", {("gill", "behind the head", "present")}),
        ("The tail tapers to a point.", {("tail", "tapering", "present")}),
        ("The shell, which is red when fresh, is flat.", {("shell", "red", "variable"), ("shell", "flat", "present")}),
        ("The ends are three- or four-sided.", {("end", "three-sided", "variable"), ("end", "four-sided", "variable")}),
    ],
)
def test_grammar(reader: OpenReader, text: str, expected: set[tuple[str, str, str]]) -> None:
    assert said(reader, text, "Aus") == expected


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Diatoms and brown algae have plastids.", {"Diatoms", "brown algae"}),
        ("Bryozoans have tentacles.", {"self"}),
        ("In the genus _Aus_, the shell is thin.", {"Aus"}),
        ("The shells of snails are coiled.", {"snails"}),
        ("Unlike copepods, they have a shell.", {"self"}),
        ("The shell is thin in copepods.", {"copepods"}),
        ("Shells are absent in copepods and jellyfish.", {"copepods", "jellyfish"}),
        ("In copepods and krill no shells are found.", {"copepods", "krill"}),
    ],
)
def test_whom_a_statement_is_about(reader: OpenReader, text: str, subjects: set[str]) -> None:
    assert {one.subject for one in reader.read(text, "Bryozoa")} == subjects


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("It is 2 to 5 mm long.", [("length", 2.0, 5.0, "mm")]),
        ("The cells are up to 1 cm in diameter.", [("diameter", None, 1.0, "cm")]),
        ("It is over 3 µm wide.", [("width", 3.0, None, "µm")]),
        ("It reaches 18 mm.", [("length", None, 18.0, "mm")]),
        ("The body rarely exceeds 2 mm.", [("length", None, 2.0, "mm")]),
        ("The eggs are 50 by 30 µm.", [("length", 50.0, 50.0, "µm"), ("width", 30.0, 30.0, "µm")]),
        ("The colony is 25 cm or more.", [("length", 25.0, None, "cm")]),
        ("It was caught at a depth of 200 m with a net of 1 mm mesh.", []),
    ],
)
def test_sizes_are_quantities_as_written_and_no_counts(
    reader: OpenReader, text: str, sizes: list[tuple[str, float | None, float | None, str]]
) -> None:
    assert [(one.quality, one.low, one.high, one.unit) for one in reader.read(text, "Aus")] == sizes


@pytest.mark.parametrize(
    "text",
    [
        "Der Körper ist oval und transparent.",
        "El cuerpo es oval y los tentáculos son cortos.",
        "Smith, J. (1990). The red eyes are large. Journal of Plankton Research 12: 1-20.",
        "It is a genus.\n\nReferences\n\nThe red eyes of copepods are large.",
        "File:Aus.jpg|thumb|The shell is red.",
    ],
)
def test_what_is_no_english_prose_states_nothing(reader: OpenReader, text: str) -> None:
    assert reader.read(text, "Aus") == []


@pytest.mark.parametrize(
    "unit", ["The body is oval, e.g. about 2 mm long, as A. Smith saw. ", ".", "e.g. ", "[[a|", "(a "]
)
def test_time_is_linear_in_the_length_of_a_line(reader: OpenReader, unit: str) -> None:
    short, long = (_seconds(reader, unit * (size // len(unit))) for size in (20_000, 160_000))
    assert long < 24 * short + 0.2


def _seconds(reader: OpenReader, text: str) -> float:
    begin = process_time()
    reader.read(text, "Aus")
    return process_time() - begin
