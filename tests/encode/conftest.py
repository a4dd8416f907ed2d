from pathlib import Path

import pytest

from seston.encode import EfficientNetLite0, ImageEncoder, Morphometry


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def lite(cache: Path) -> EfficientNetLite0:
    return EfficientNetLite0(cache=cache)


@pytest.fixture(scope="session", params=["efficientnet-lite0", "efficientnet-lite0, one view", "morphometry"])
def encoder(request: pytest.FixtureRequest, lite: EfficientNetLite0, cache: Path) -> ImageEncoder:
    """Every image encoder; the contract suite runs over each of them."""
    if request.param == "efficientnet-lite0":
        return lite
    return Morphometry() if request.param == "morphometry" else EfficientNetLite0(views=1, cache=cache)
