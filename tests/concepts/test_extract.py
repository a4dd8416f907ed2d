import pytest

from seston.concepts import Extractor, load_scheme
from seston.records import Passage


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(load_scheme(), {"worms:1100": ("Calanoida",)})


SIGNS = {"present": "+", "absent": "-", "variable": "~"}


def said(extractor: Extractor, text: str, section: str = "", about: str = "worms:1100") -> set[str]:
    found = extractor.read(text, about, section)
    return {s.concept + SIGNS[s.polarity.value] for s in found if s.subject == "self"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The antennae are long.", "antennae/long+ antennae/present+"),
        ("It has long, thin antennae.", "antennae/long+ antennae/present+ antennae/thin+"),
        ("The antennae are as long as the body.", "antennae/long+ antennae/present+"),
        ("It has long and frilly antennae.", "antennae/long+ antennae/frilly+ antennae/present+"),
        ("The body is transparent, and the gut is dark.", "opacity/clear+ inside/gut+"),
        ("The body is transparent with a dark gut.", "opacity/clear+ inside/gut+"),
        ("The tail is straight.", "tail/straight+ tail/present+"),
        ("The centre is dark.", "inside/dark-centre+"),
        ("It is a thin, straight rod.", "curvature/straight+ body-shape/stick+"),
        ("The animal is shaped like an arrow.", "body-shape/arrow+"),
        ("A pair of tentacles hangs down.", "tentacles/two+ tentacles/trailing+ tentacles/present+"),
        ("Calanoids are small crustaceans.", "size/small+"),
    ],
)
def test_qualities_find_their_entities(extractor: Extractor, text: str, expected: str) -> None:
    assert said(extractor, text) == set(expected.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The stomach is dark.", "gelatinous/stomach+"),
        ("The antennae are straight.", "antennae/present+"),
        ("Its eyes are small.", "eyes/dark+"),
        ("It lives in clear water.", ""),
        ("They are relatives of sea stars.", ""),
        ("It has ciliary bands like those of others.", "cilia/bands+"),
        ("The mouth disc is oval.", ""),
        ("The hind end of the body is smooth.", ""),
    ],
)
def test_a_quality_of_a_part_is_not_one_of_the_body(extractor: Extractor, text: str, expected: str) -> None:
    assert said(extractor, text) == set(expected.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It has no tentacles.", "tentacles/present-"),
        ("It has no antennae, limbs or tail.", "antennae/present- limbs/present- tail/present-"),
        ("The body is not segmented.", "segmentation/segmented-"),
        ("It lacks fins and a tail.", "fins/present- tail/present-"),
        ("There are neither limbs nor antennae.", "limbs/present- antennae/present-"),
        ("The carapace is absent.", "cover/carapace-"),
        ("It has no tentacles but a long tail.", "tentacles/present- tail/long+ tail/present+"),
        ("It has no tentacles, and the body is oval.", "tentacles/present- body-shape/oval+"),
        ("There is no stem outside the bell.", "gelatinous/stolon- gelatinous/umbrella+"),
        ("There are no long trailing tentacles.", "tentacles/long- tentacles/trailing-"),
        ("The antennae are not frilly.", "antennae/present+ antennae/frilly-"),
        ("It has no tail fin.", "tail/fin-"),
        ("Long antennae are absent.", "antennae/long-"),
        ("No animal has a silica frustule.", "cover/frustule-"),
        ("None ends in a claw.", "limbs/claws-"),
        ("There is no body with head, gut or tail.", "head/present- inside/gut- tail/present-"),
        ("It has no clear waist.", "segmentation/waist-"),
        ("The body is oval rather than spherical.", "body-shape/oval+ body-shape/sphere-"),
    ],
)
def test_negation_keeps_its_scope(extractor: Extractor, text: str, expected: str) -> None:
    assert said(extractor, text) == set(expected.split())


@pytest.mark.parametrize(
    ("text", "concept", "factor"),
    [
        ("The body is usually transparent.", "opacity/clear", 0.9),
        ("The body is probably transparent.", "opacity/clear", 0.7),
        ("The body is perhaps transparent.", "opacity/clear", 0.5),
        ("The body is oval or spherical.", "body-shape/oval", 0.8),
    ],
)
def test_hedges_lower_the_confidence(extractor: Extractor, text: str, concept: str, factor: float) -> None:
    assert {s.concept: s.factor for s in extractor.read(text)}[concept] == pytest.approx(factor)


@pytest.mark.parametrize(
    "text",
    [
        "The body is sometimes transparent.",
        "Some individuals are transparent.",
        "The body may be transparent.",
        "The body is transparent, grey or black.",
    ],
)
def test_what_holds_for_some_varies(extractor: Extractor, text: str) -> None:
    assert "opacity/clear~" in said(extractor, text)


@pytest.mark.parametrize(
    "text",
    [
        "Eucalanus, by contrast, has long antennae.",
        "Unlike Oithona with its long antennae, it is plain.",
        "It moves like an animal with long antennae.",
    ],
)
def test_others_are_not_the_subject(extractor: Extractor, text: str) -> None:
    assert "antennae/long+" not in said(extractor, text)


def test_similar_forms_speak_of_others_unless_a_pronoun_begins(extractor: Extractor) -> None:
    assert said(extractor, "Oithona has long antennae.", "Similar forms") == set()
    assert said(extractor, "It has long antennae.", "Similar forms") == {"antennae/long+", "antennae/present+"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is 1 to 2 mm long.", "size/small+"),
        ("The animal reaches up to 20 cm.", "size/huge+"),
        ("The cell is 40 µm across.", "size/tiny+"),
        ("The body is three times as long as wide.", "elongation/four+"),
        ("It is more than six times as long as wide.", "elongation/many+"),
        ("It is 2 to 8 mm long.", "size/small+ size/medium+"),
        ("The length stays under 1.5 mm.", "size/tiny+ size/small+"),
        ("The antennae are 2 mm long.", "antennae/present+"),
    ],
)
def test_quantities_fall_into_bins(extractor: Extractor, text: str, expected: str) -> None:
    assert said(extractor, text) == set(expected.split())


def test_pronouns_stand_for_the_subject_before(extractor: Extractor) -> None:
    assert said(extractor, "The tentacles stand on the margin. They are short.") >= {"tentacles/short+"}
    assert "opacity/clear+" not in said(extractor, "The apex is pointed. It is transparent.")
    assert "opacity/clear+" in said(extractor, "The animal swims. It is transparent.")


def test_a_larva_speaks_for_its_stage_only(extractor: Extractor) -> None:
    found = extractor.read("The nauplius has three pairs of limbs.", "worms:1080")
    assert {s.stage for s in found} == {"nauplius"}
    assert {s.stage for s in extractor.read("The larva is oval.", "planktonset:x")} == {""}


def test_confidence_follows_the_mark_and_evidence_gives_back_the_words(extractor: Extractor) -> None:
    text = "The body is usually transparent. [1] It has a tail. [general]"
    passage = Passage("worms:1100", "page", "r1", "Description", 100, text, "CC-BY-4.0")
    found = {a.concept: a for a in extractor.assertions([passage])}
    assert found["opacity/clear"].confidence == pytest.approx(0.95 * 0.9)
    assert found["tail/present"].confidence == pytest.approx(0.85)
    evidence = found["opacity/clear"].evidence
    assert text[evidence.start - 100 : evidence.end - 100] == "body is usually transparent"
    assert evidence.source == "1"


@pytest.mark.parametrize(
    "text", ["", "   ", "…", "||||", "12 34", "Der Körper ist durchsichtig.", "[1] [2]", "-" * 500]
)
def test_odd_texts_state_nothing(extractor: Extractor, text: str) -> None:
    assert extractor.read(text) == []
