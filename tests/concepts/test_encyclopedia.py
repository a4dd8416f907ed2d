"""Pages of others: what is read of them, and that our own words go first."""

from dataclasses import replace

import pytest

from seston.concepts import Extractor, consolidate, load_scheme
from seston.concepts.extract.encyclopedia import SOURCE, is_on_form
from seston.records import Assertion, Passage, Polarity
from tests.concepts.helpers import say

SCHEME = load_scheme()
BRYOZOA = Extractor(SCHEME, {"worms:146142": ("Bryozoa",)})


def read(text: str, section: str = "", source: str = SOURCE) -> list[Assertion]:
    passage = Passage("worms:146142", "https://en.wikipedia.org/wiki/Bryozoa", "7", section, 100, text, "CC BY-SA 4.0")
    return list(BRYOZOA.assertions([passage], source))


def stated(text: str, section: str = "", source: str = SOURCE) -> set[str]:
    return {assertion.concept for assertion in read(text, section, source)}


def theirs(concept: str, sign: str = "+", sure: float = 0.7, start: int = 5) -> Assertion:
    said = say("t", concept, sign, sure, start=start, page="https://en.wikipedia.org/wiki/T")
    return replace(said, evidence=replace(said.evidence, source=SOURCE))


def outcome(*assertions: Assertion) -> dict[str, tuple[Polarity, str]]:
    return {a.concept: (a.polarity, a.evidence.page) for a in consolidate(assertions, SCHEME).assertions}


def test_what_the_page_says_of_itself_is_read_with_its_place() -> None:
    text = "Bryozoans are animals. They have tentacles that bear cilia."
    found = {assertion.concept: assertion for assertion in read(text)}
    assert set(found) == {"tentacles/present", "cilia/present"}
    tentacles = found["tentacles/present"]
    assert tentacles.confidence == 0.7
    evidence = tentacles.evidence
    assert text[evidence.start - 100 : evidence.end - 100] == "tentacles"
    assert (evidence.source, evidence.revision, evidence.licence) == (SOURCE, "7", "CC BY-SA 4.0")


def test_footnotes_of_the_page_do_not_count_as_sources_of_ours() -> None:
    assert {a.confidence for a in read("They have tentacles.[2] They have cilia.[general]")} == {0.7}


@pytest.mark.parametrize(
    "text",
    [
        "Brachiopods have a shell.",
        "Entoprocts, another phylum of filter-feeders, have solid tentacles.",
        "The head of _Thalmoporella_ bears tentacles.",
        "In the genus Plumatella the tentacles are long.",
        "Some species have eyes.",
        "Unlike these animals, sponges have no tentacles.",
        "They are small.",
        "They are non-living.",
    ],
)
def test_what_is_said_of_others_or_of_some_or_of_no_form_is_passed_over(text: str) -> None:
    assert stated(text) == set()


def test_our_own_articles_are_read_as_before() -> None:
    text = "In Thalmoporella the body has a shell. [1]"
    assert "cover/shell" in stated(text, source="")
    assert stated(text) == set()


@pytest.mark.parametrize(
    ("section", "on_form"),
    [
        ("", True),
        ("Description", True),
        ("Description / Feeding zooids", True),
        ("Anatomy and physiology / External characteristics", True),
        ("Anatomy and physiology / Digestion and excretion", False),
        ("Behaviour and ecology / Colour change", False),
        ("Taxonomy / Traditional view", False),
        ("Relationship to humans", False),
    ],
)
def test_sections_on_form_are_read(section: str, on_form: bool) -> None:
    assert is_on_form(section) is on_form
    assert bool(stated("They have tentacles.", section)) is on_form


def test_our_own_words_hold_however_sure_the_encyclopedia_is() -> None:
    result = consolidate([say("t", "halo/present", "-", 0.3), theirs("halo/present", sure=0.9)], SCHEME)
    assert [(a.concept, a.polarity, a.confidence) for a in result.assertions] == [
        ("halo/present", Polarity.ABSENT, 0.3)
    ]
    assert [(c.concept, c.outcome, c.present.evidence.source) for c in result.conflicts] == [
        ("halo/present", Polarity.ABSENT, SOURCE)
    ]


def test_what_our_words_exclude_or_imply_holds_too() -> None:
    found = outcome(say("t", "elongation/one"), theirs("elongation/many"), theirs("elongation/two"))
    assert found == outcome(say("t", "elongation/one"))
    found = outcome(say("t", "antennae/present", "-"), theirs("antennae/long"))
    assert found["antennae/long"] == (Polarity.ABSENT, "p")


def test_the_encyclopedia_fills_what_our_words_leave_open() -> None:
    found = outcome(say("t", "halo/present"), theirs("elongation/one"), theirs("antennae/long"))
    page = "https://en.wikipedia.org/wiki/T"
    assert found["halo/present"] == (Polarity.PRESENT, "p")
    assert found["antennae/present"] == (Polarity.PRESENT, page)
    assert found["elongation/many"] == (Polarity.ABSENT, page)
    assert "elongation/two" not in found, "what is left open takes nothing back that an ancestor says"


def test_two_pages_that_contradict_each_other_say_nothing() -> None:
    found = consolidate([theirs("halo/present"), theirs("halo/present", "-", start=9)], SCHEME)
    assert found.assertions == ()
    assert len(found.conflicts) == 1
