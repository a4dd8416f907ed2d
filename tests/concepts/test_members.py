"""Of how many members a sentence speaks."""

import pytest

from seston.concepts import Extractor, load_scheme


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(load_scheme(), {"worms:1100": ("Calanoida",)})


SIGNS = {"present": "+", "absent": "-", "variable": "~"}


def said(extractor: Extractor, text: str, about: str = "worms:1100") -> dict[str, tuple[str, float]]:
    found = extractor.read(text, about)
    return {s.concept: (SIGNS[s.polarity.value], s.factor) for s in found if s.subject == "self"}


@pytest.mark.parametrize(
    "text",
    [
        "A few species are transparent.",
        "Several genera are transparent.",
        "Many species are transparent.",
        "Tropical species are transparent.",
        "In some species the body is transparent.",
        "In several genera the body is oval, and its tissue is transparent.",
        "The body is transparent in Oithona.",
        "The body is transparent in a few.",
        "The males are transparent.",
        "Velamen has a transparent body.",
        "Calanoids of Oithona are transparent.",
    ],
)
def test_what_holds_for_some_members_varies(extractor: Extractor, text: str) -> None:
    assert said(extractor, text)["opacity/clear"][0] == "~"


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("All species are transparent.", 1.0),
        ("Planktonic species are transparent.", 1.0),
        ("The body is transparent in Calanoida.", 1.0),
        ("The body is transparent in one plane.", 1.0),
        ("Most species are transparent.", 0.9),
        ("Many animals are transparent.", 0.85),
        ("The females are transparent.", 0.8),
        ("Many are transparent.", 0.7),
    ],
)
def test_what_holds_for_most_is_less_sure(extractor: Extractor, text: str, factor: float) -> None:
    sign, sure = said(extractor, text)["opacity/clear"]
    assert sign == "+"
    assert sure == pytest.approx(factor)


def test_what_is_taken_for_granted_is_there(extractor: Extractor) -> None:
    assert said(extractor, "In males the right antennule is swollen.")["antennae/present"][0] == "+"


def test_lists_of_kinds_say_little_of_each(extractor: Extractor) -> None:
    assert said(extractor, "They are a class with small medusae and swimming colonies.")["size/small"][0] == "~"


def test_big_for_its_kind_is_less_sure(extractor: Extractor) -> None:
    assert said(extractor, "It is a large animal.")["size/large"] == ("+", 1.0)
    assert said(extractor, "It is a large ctenophore.")["size/large"] == ("+", 0.6)
    assert not said(extractor, "It is a large dinoflagellate.")
    assert not said(extractor, "It is a large genus.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The body is oval or pear-shaped.", {"body-shape/oval": "+", "body-shape/pear": "+"}),
        ("The body is oval or star-shaped.", {"body-shape/oval": "~", "body-shape/star": "~"}),
        ("The outline is smooth or spiny.", {"outline/smooth": "~", "outline/spiny": "~"}),
        ("The body is either oval or pear-shaped.", {"body-shape/oval": "~", "body-shape/pear": "~"}),
    ],
)
def test_only_neighbours_may_both_hold(extractor: Extractor, text: str, expected: dict[str, str]) -> None:
    assert {concept: sign for concept, (sign, _) in said(extractor, text).items()} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There are 8 to 36 tentacles.", {"tentacles/few": "~", "tentacles/many": "+"}),
        ("There are two to thirty tentacles.", {"tentacles/two": "~", "tentacles/few": "~", "tentacles/many": "~"}),
        ("There are three to four pairs of arms.", {"arms/many": "+"}),
        ("There are 160 tentacles.", {"tentacles/many": "+"}),
        ("It is 4 to 15 mm wide with the tentacles.", {}),
        ("The tentacles are several times longer than the bell.", {}),
        ("One lies between each pair of tentacles.", {}),
    ],
)
def test_counts(extractor: Extractor, text: str, expected: dict[str, str]) -> None:
    counted = ("tentacles/two", "tentacles/few", "tentacles/many", "arms/few", "arms/many")
    assert {c: sign for c, (sign, _) in said(extractor, text).items() if c in counted} == expected


def test_a_view_that_frames_a_shape_is_no_view(extractor: Extractor) -> None:
    assert "view/top" not in said(extractor, "Seen from above, it is a star.", "planktonset:x")
    assert "view/top" in said(extractor, "The animal is seen from above.", "planktonset:x")


def test_another_labels_pictures_are_others(extractor: Extractor) -> None:
    assert not said(extractor, "Most other animals are transparent.", "planktonset:x")
