"""What the names of categories state, and what they do not."""

import hashlib

import pytest

from seston.bundled import folder
from seston.concepts import load_scheme
from seston.concepts.labels import label_assertions
from seston.records import Category
from seston.sources.taxonomy import read_categories

SCHEME = load_scheme()
NAMES = {"worms:1": "Copepoda", "worms:2": "Asterias", "worms:3": "Starfish larva"}


def said(name: str, taxon: str = "worms:1", qualifier: str = "full_body") -> set[str]:
    category = Category("x:1", name, taxon, qualifier, True)
    found = label_assertions([category], NAMES, SCHEME)
    return {a.concept + {"present": "+", "absent": "-"}[a.polarity.value] for a in found}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("part<Copepoda", {"part/fragment+"}),
        ("tail<Appendicularia", {"part/fragment+", "tail/present+"}),
        ("egg<other", {"stage/egg+"}),
        ("copepod_calanoid_eggs", {"eggs/attached+"}),
        ("copepod_calanoid_large_side_antennatucked", {"view/side+", "antennae/tucked+"}),
        ("ctenophore_cydippid_no_tentacles", {"tentacles/present-"}),
        ("hydromedusae_bell_and_tentacles", {"gelatinous/umbrella+", "tentacles/present+"}),
        ("copepod_calanoid_frillyAntennae", {"antennae/frilly+"}),
        ("copepod_calanoid_flatheads", {"head/flat+"}),
        ("copepod_calanoid_small_longantennae", {"antennae/long+"}),
        ("trichodesmium_bowtie", {"body-shape/hourglass+"}),
        ("hydromedusae_shapeA_sideview_small", {"view/side+"}),
        ("nauplii<Crustacea", {"stage/larva+", "limbs/three-pairs+"}),
        ("dead<Copepoda", {"origin/moult+"}),
        ("t001", set()),
        ("", set()),
    ],
)
def test_words_for_form_are_read(name: str, expected: set[str]) -> None:
    assert said(name) == expected


def test_words_of_the_taxon_are_not_read() -> None:
    assert said("star_larva", "worms:3") == {"body-shape/star+"}
    assert said("starfish_larva_part", "worms:3") == {"part/fragment+"}


def test_the_evidence_is_the_word_of_the_name() -> None:
    (found,) = label_assertions([Category("ecotaxa:9", "chain<Salpida", "worms:1", "part", True)], NAMES, SCHEME)
    assert (found.evidence.start, found.evidence.end, found.evidence.method) == (0, 5, "label")
    assert found.evidence.quote_sha256 == hashlib.sha256(b"chain").hexdigest()
    assert found.confidence == 0.7


def test_no_meaning_is_lost_to_the_scheme() -> None:
    labels = read_categories(folder("data") / "labels.csv")
    found = list(label_assertions(labels, {}, SCHEME))
    assert len({a.about for a in found}) > 40
    assert {a.concept for a in found} <= set(SCHEME.index)
