"""What every image encoder owes: one suite, run over all of them."""

from typing import Any

import numpy as np
import pytest

from seston.encode import ImageEncoder, image_encoder
from seston.errors import InvalidImage, UsageError
from tests.encode.vignettes import bar, blob, disc

IMAGES = [blob(), disc(), bar(), blob(33, 90, seed=1), disc(8, 2), blob(200, 41, seed=2)]


def test_width_type_and_finite(encoder: ImageEncoder) -> None:
    features = encoder.encode(IMAGES)
    assert features.shape == (len(IMAGES), encoder.width)
    assert features.dtype == np.float32
    assert np.isfinite(features).all()
    assert len(encoder.columns) in (0, encoder.width)


def test_no_image_has_no_features(encoder: ImageEncoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.width)


def test_alone_or_in_a_batch_in_any_order_to_the_bit(encoder: ImageEncoder) -> None:
    batch = encoder.encode(IMAGES)
    backwards = encoder.encode(IMAGES[::-1])[::-1]
    alone = np.concatenate([encoder.encode([image]) for image in IMAGES])
    assert np.array_equal(batch, alone)
    assert np.array_equal(batch, backwards)


def test_images_that_differ_have_features_that_differ(encoder: ImageEncoder) -> None:
    features = encoder.encode(IMAGES)
    for i in range(len(IMAGES)):
        for j in range(i):
            assert not np.allclose(features[i], features[j], rtol=1e-3)


def test_images_are_left_as_they_are(encoder: ImageEncoder) -> None:
    image = blob()
    before = image.copy()
    encoder.encode([image])
    assert np.array_equal(image, before)


def test_views_of_other_arrays_are_read_right(encoder: ImageEncoder) -> None:
    turned = np.rot90(blob())
    assert not turned.flags.c_contiguous
    assert np.array_equal(encoder.encode([turned]), encoder.encode([np.ascontiguousarray(turned)]))


@pytest.mark.parametrize(
    "image",
    [np.zeros((4, 4)), np.zeros((4, 4, 3), np.uint8), np.zeros((0, 4), np.uint8)],
    ids=["float", "rgb", "empty"],
)
def test_other_arrays_are_refused(encoder: ImageEncoder, image: Any) -> None:
    with pytest.raises(InvalidImage, match="1 of 2 images") as caught:
        encoder.encode([blob(), image])
    assert caught.value.problems[0].startswith("image 1: ")


def test_fingerprint_is_stable_within_a_version(encoder: ImageEncoder) -> None:
    assert len(encoder.fingerprint) == 16
    assert (
        encoder.fingerprint
        == type(encoder)(**({"views": encoder.views} if hasattr(encoder, "views") else {})).fingerprint
    )


def test_encoders_by_name() -> None:
    assert image_encoder("morphometry").name == "morphometry"
    assert image_encoder("efficientnet-lite0").width == 4048
    with pytest.raises(UsageError) as caught:
        image_encoder("efficientnet-lite")
    assert "efficientnet-lite0" in caught.value.hint
