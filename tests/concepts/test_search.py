"""Search by meaning, with the model that the package brings, over a few parts of the scheme."""

from dataclasses import replace

import pytest

from seston.concepts import load_scheme, search
from seston.encode.text import TextEncoder

WHOLE = load_scheme()
PARTS = tuple(part for part in WHOLE.parts if part.id in ("antennae", "opacity", "eggs", "horns", "tail"))
SCHEME = replace(WHOLE, parts=PARTS, concepts=tuple(WHOLE.concept(c) for part in PARTS for c in part.concepts))


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> TextEncoder:
    return TextEncoder(cache=tmp_path_factory.mktemp("vectors") / "vectors.safetensors")


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("long feelers", "antennae/long"),
        ("see-through animal", "opacity/clear"),
        ("carries its eggs around", "eggs/attached"),
        ("nothing shows through it", "opacity/opaque"),
        ("prongs at the hind end", "tail/fork"),
    ],
)
def test_everyday_words_find_the_concept(encoder: TextEncoder, asked: str, wanted: str) -> None:
    found = [hit.concept.id for hit in search(SCHEME, asked, encoder, n=4)]
    assert wanted in found
    assert asked != "long feelers" or found[0] == wanted
