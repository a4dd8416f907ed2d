"""What attributes of WoRMS assert of form."""

import pytest

from seston.concepts import consolidate, load_scheme
from seston.concepts.attributes import Reading, read_form
from seston.records import Assertion, Evidence, Polarity
from seston.sources.worms.attributes import Attribute

SCHEME = load_scheme()
PRESENT, VARIABLE = Polarity.PRESENT, Polarity.VARIABLE
Details = tuple[tuple[str, str], ...]


def held(
    kind: str,
    value: str,
    *details: tuple[str, str],
    about: str = "worms:2",
    source: int = 7,
    quality: str = "checked",
) -> Attribute:
    return Attribute(about, 15, kind, value, details, source, "Somebody (1890)", quality, "2026-11-30")


def size(
    value: str,
    kind: str = "maximum",
    *,
    unit: str = "mm",
    dimension: str = "length",
    stage: str = "adult",
    source: int = 7,
    quality: str = "checked",
) -> Attribute:
    details = (("Unit", unit), ("Type", kind), ("Dimension", dimension), ("Life stage", stage))
    return held("Body size", value, *(detail for detail in details if detail[1]), source=source, quality=quality)


def told(*attributes: Attribute) -> list[tuple[str, Polarity, str]]:
    return [(a.concept, a.polarity, a.stage) for a in read_form(attributes, SCHEME).assertions]


SIZES = {
    "a maximum is read as 'up to'": ((size("0.96"),), [("size/tiny", PRESENT, "")]),
    "a minimum as 'over'": ((size("4", "minimum"),), [("size/medium", PRESENT, "")]),
    "both ends as a range": (
        (size("1.2", "minimum"), size("2.8")),
        [("size/small", PRESENT, "")],
    ),
    "a mean as it is": ((size("12", "mean"),), [("size/large", PRESENT, "")]),
    "micrometres": ((size("80", "", unit="µm", dimension="diameter", stage=""),), [("size/tiny", PRESENT, "")]),
    "the other sign for micro": ((size("80", "", unit="μm"),), [("size/tiny", PRESENT, "")]),
    "centimetres": ((size("40", unit="cm", dimension="bell diameter", stage="Medusa"),), [("size/huge", PRESENT, "")]),
    "a fish's length": ((size("7", dimension="total length (TL)"),), [("size/medium", PRESENT, "")]),
    "a comma": ((size("0,9"),), [("size/tiny", PRESENT, "")]),
    "a larva's size is the larva's": ((size("0.3", stage="nauplius"),), [("size/tiny", PRESENT, "nauplius")]),
    "larvae": ((size("0.3", stage="larvae (cyphonautes)"),), [("size/tiny", PRESENT, "cyphonautes")]),
    "a width alone counts": ((size("60", dimension="width"),), [("size/huge", PRESENT, "")]),
    "beside a length it does not": (
        (size("0.2", "mean", dimension="width"), size("20", "mean")),
        [("size/large", PRESENT, "")],
    ),
}


@pytest.mark.parametrize("case", SIZES)
def test_sizes_fall_into_the_bins_of_the_scheme(case: str) -> None:
    attributes, expected = SIZES[case]
    assert told(*attributes) == expected


@pytest.mark.parametrize(
    "attribute",
    [
        size("87", unit="kg"),
        size("3", unit=""),
        size("0.7", dimension="prosome length"),
        size("large"),
        size("0"),
        size("1", stage="fetus"),
        held("Body shape", "half cone with flattened ellipsoid"),
        held("Composition of skeleton", "proteins"),
        held("Supporting structure & enclosure", "Hydrostatic skeleton"),
        held("Supporting structure & enclosure", "Exoskeleton (including shells)", ("Composition", "Calcareous")),
    ],
)
def test_where_the_scheme_has_no_concept_nothing_is_said_but_counted(attribute: Attribute) -> None:
    assert read_form([attribute], SCHEME) == Reading((), 0, {attribute.type: 1}, {})


@pytest.mark.parametrize(
    ("attribute", "concept"),
    [
        (held("Composition of skeleton", "silica"), "skeleton/silica"),
        (held("Composition of skeleton", "calcium carbonate"), "cover/skeleton"),
        (held("Composition of skeleton", "chitin"), "cover/exoskeleton"),
        (held("Body shape", "vermiform"), "body-shape/vermiform"),
        (held("Body shape", "Spherical"), "body-shape/sphere"),
        (held("Sociability", "colonial"), "colony/mass"),
        (
            held(
                "Supporting structure & enclosure",
                "Exoskeleton (including shells)",
                ("Structure", "Solid"),
                ("Composition", "Chitinous"),
            ),
            "cover/exoskeleton",
        ),
    ],
)
def test_skeletons_and_shapes_are_concepts(attribute: Attribute, concept: str) -> None:
    assert told(attribute) == [(concept, PRESENT, "")]


def test_what_is_not_of_form_is_counted_by_its_kind() -> None:
    others = [held("AMBI ecological group", "sensitive"), held("Functional group", "zooplankton")]
    read = read_form([*others, others[1], size("2")], SCHEME)
    assert (read.used, read.not_of_form) == (1, {"AMBI ecological group": 1, "Functional group": 2})


def test_the_largest_of_a_group_does_not_tell_how_large_its_members_are() -> None:
    read = read_form([size("18")], SCHEME, {"worms:2"})
    assert read == Reading((), 0, {"Body size": 1}, {})
    whole = read_form([size("9", "minimum"), size("18")], SCHEME, {"worms:2"})
    assert [a.concept for a in whole.assertions] == ["size/large"]


def test_evidence_tells_the_value_the_source_and_the_day() -> None:
    (said,) = read_form([size("2")], SCHEME).assertions
    evidence = said.evidence
    assert evidence.method == "attribute"
    assert evidence.source == "WoRMS attribute 15 7 Somebody (1890)"
    assert evidence.section == "Body size: 2 (Unit: mm, Type: maximum, Dimension: length, Life stage: adult)"
    assert (evidence.revision, evidence.end) == ("2026-11-30", len(evidence.section))
    assert evidence.page.endswith("id=2")


def test_what_no_editor_has_looked_at_is_less_sure() -> None:
    sure = {
        quality: read_form([size("2", quality=quality)], SCHEME).assertions[0].confidence
        for quality in ("checked", "trusted", "unreviewed", "")
    }
    assert sure == {"checked": 0.9, "trusted": 0.9, "unreviewed": 0.75, "": 0.75}


def said_by_text(concept: str, polarity: Polarity, confidence: float) -> Assertion:
    evidence = Evidence("data/descriptions/x.md", "", "", 3, 9, "", "CC-BY-4.0", "general")
    return Assertion("worms:2", concept, polarity, confidence, evidence)


@pytest.mark.parametrize(("quality", "holds"), [("checked", PRESENT), ("unreviewed", Polarity.ABSENT)])
def test_against_a_text_the_surer_holds_and_the_conflict_is_kept(quality: str, holds: Polarity) -> None:
    colony = held("Sociability", "colonial", quality=quality)
    text = said_by_text("colony/mass", Polarity.ABSENT, 0.85)
    settled = consolidate([text, *read_form([colony], SCHEME).assertions], SCHEME)
    assert {a.concept: a.polarity for a in settled.assertions}["colony/mass"] is holds
    assert len(settled.conflicts) == 1


def test_sources_that_differ_leave_the_middle_open() -> None:
    read = read_form([size("1.5", source=1), size("5", source=2)], SCHEME)
    settled = {a.concept: a.polarity for a in consolidate(read.assertions, SCHEME).assertions}
    assert (settled["size/small"], settled["size/huge"]) == (PRESENT, Polarity.ABSENT)
