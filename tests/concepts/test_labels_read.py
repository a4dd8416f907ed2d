"""Phrasings of the articles on labels that were once misread or not read, by kind."""

import os
import subprocess
import sys

import pytest

from seston.concepts import Extractor, load_scheme
from seston.records import Passage

READER = Extractor(load_scheme())
SIGNS = {"present": "+", "absent": "-", "variable": "~"}


def said(text: str, about: str = "planktonset:probe") -> set[str]:
    found = READER.read(text, about, "Appearance in images")
    return {s.concept + SIGNS[s.polarity.value] for s in found if s.subject == "self"}


CASES = {
    "tone of what sticks out": [
        ("The tentacles are paler than the body.", "contrast/faint-projections+ tentacles/present+"),
        ("The legs are fainter than the body.", "contrast/faint-projections+ limbs/present+"),
        ("The spines are darker than the body.", "contrast/faint-projections- spines/present+"),
        ("The arms are about as dark as the body.", "contrast/even-projections+ arms/present+"),
        ("Thin legs paler than the body stick out.", "contrast/faint-projections+ limbs/present+ limbs/thin+"),
        ("Faint lines leave a dark body.", "contrast/faint-projections+"),
    ],
    "inside": [
        ("A short dark bar stands inside.", "inside/bar+"),
        ("There is a single dark bar across the inside.", "inside/bar+"),
        ("There are no spoke-like lines inside.", "inside/spokes-"),
        ("There are no dark spots.", "inside/spots-"),
        ("It has a dark centre surrounded by a grey zone.", "inside/dark-centre+"),
        ("The body shows a dark spot at one end.", "inside/dark-end+"),
        ("The black eyes are the darkest spots.", "eyes/dark+"),
        ("It is a tube with dark side walls and a clear lumen.", "contrast/flank-lines+"),
    ],
    "ends": [
        ("The rear ends in a point.", "ends/pointed+"),
        ("The front ends in a point, and the rear is blunt.", "ends/pointed+ ends/blunt+"),
        ("The front is a rounded end.", "ends/rounded+"),
        ("Neither end is wider than the other.", "ends/wider-"),
        ("Neither end is pointed.", "ends/pointed-"),
        ("The width is even along the whole length.", "ends/wider- ends/even-taper- outline/bulges-"),
        ("The width of the border is even.", ""),
        ("The body is long-drawn, many times longer than wide.", "elongation/many+"),
    ],
    "denials": [
        ("Nothing sticks out.", "projections/none+"),
        ("There are no tentacles around the margin.", "tentacles/at-rim- tentacles/fringe-"),
        ("No tentacles stand around the margin.", "tentacles/at-rim- tentacles/fringe-"),
        ("No pale halo surrounds the body.", "halo/present-"),
        ("No line trails from one end.", "layout/body-and-line-"),
        ("The arms do not curve like arcs.", "projections/arched-"),
        ("It has no broad prosome.", "prosome/broad-"),
        ("It has no pleopods.", "limbs/pleopods-"),
        ("There are no stiff tentacles.", "tentacles/stiff-"),
        ("There is no clear border around the dark body.", "rim/clear-"),
        ("The tail is long. It is not opaque.", "tail/present+ tail/long+ opacity/opaque-"),
        ("It is neither a ball nor star-shaped.", "body-shape/sphere- body-shape/star-"),
        ("The outline is hairy because of the haze, not smooth.", "outline/hairy+ outline/smooth-"),
        ("The pictures show animals without eggs.", "eggs/attached-"),
        ("No antennae stick out.", "antennae/spread-"),
        ("The edge is not dark.", "rim/dark-"),
        ("It is complete and not a fragment.", "part/fragment-"),
        ("There are no projections all round the margin.", "projections/all-round-"),
        ("No projections are visible.", "projections/none+"),
        ("No part is cut by the frame.", "imaging/cut-"),
        ("It is not cut off by the edge of the picture.", "imaging/cut-"),
    ],
    "objects by another noun": [
        ("It is a narrow tube. The tube is transparent.", "opacity/clear+"),
        ("The picture shows a thin line. The line is straight and opaque.", "curvature/straight+ opacity/opaque+"),
        ("The bar is straight and opaque.", ""),
    ],
    "doubts": [
        ("It is straight or slightly curved.", "curvature/straight~ curvature/slight~"),
        ("A dark gut is sometimes visible.", "inside/gut~"),
        ("Some pictures are blurred.", "imaging/blurred~"),
        ("They are often two to eight.", ""),
        ("Some are seen from the side, some from above.", "view/side~ view/top~"),
        ("Long chains may be cut by the frame edge.", "colony/chain+ imaging/cut~"),
        ("Parts are out of focus in some pictures.", "imaging/blurred~"),
        ("In some chains the outline is hairy.", "outline/hairy~"),
        ("Legs are sometimes visible under the prosome.", "limbs/present~ prosome/present+"),
    ],
    "words for other things": [
        ("The spines are about as long as the body is wide.", "spines/present+"),
        ("The stalk looks like a long tail.", ""),
        ("The bell cavity is clear.", "gelatinous/cavity+"),
        ("This label holds salps of which only a part is seen.", "part/fragment+"),
        ("The margin fades into the water.", "outline/fuzzy+"),
        ("It floats alone.", "count/single+"),
        ("The head forms a triangle and then bulges at the sides.", "head/present+"),
        ("The bell has lappets.", "gelatinous/umbrella+ gelatinous/lappets+"),
        ("It has a moderately long tail.", "tail/present+"),
        ("The tail is nearly as long as the prosome.", "tail/present+ prosome/present+"),
        ("It is a big dinoflagellate.", ""),
        ("The bell is clear and soft.", "gelatinous/umbrella+ opacity/clear+ consistency/soft+"),
        ("The outline is blurred.", "outline/fuzzy+"),
        ("The body is cylindrical.", ""),
    ],
}


@pytest.mark.parametrize(("text", "expected"), [case for cases in CASES.values() for case in cases])
def test_what_was_misread_is_read(text: str, expected: str) -> None:
    assert said(text) == set(expected.split())


def test_a_part_of_a_doubted_kind_is_doubted_less() -> None:
    found = {s.concept: s.factor for s in READER.read("Some species bear stalked eyes.", "planktonset:probe")}
    assert found["eyes/dark"] < found["eyes/stalked"]


def test_what_a_page_calls_its_object_holds_over_its_sections() -> None:
    assert said("The stick is straight.", "planktonset:unknown_sticks") >= {"curvature/straight+"}
    texts: tuple[tuple[str, ...], ...] = ("The object is a thin line.", "The line is opaque."), ("The line is opaque.",)
    for sections, expected in zip(texts, (["opacity/opaque"], []), strict=True):
        passages = [Passage("planktonset:probe", "p", "r", "", 0, text, "CC-BY-4.0") for text in sections]
        assert [a.concept for a in READER.assertions(passages)] == expected


@pytest.mark.parametrize("seed", ["0", "1", "2"])
def test_readings_do_not_depend_on_the_hash_seed(seed: str) -> None:
    code = (
        "from tests.concepts.test_labels_read import READER;"
        "print([(s.concept, s.start, s.end) for s in READER.read('Spots inside are dark.')])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == "[('inside/spots', 0, 12)]"
