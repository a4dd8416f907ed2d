"""Linear algebra on one thread: the worlds are small, and threads that wait for each other take most of the time."""

from collections.abc import Iterator

import pytest

from seston.pipeline.threads import one_thread


@pytest.fixture(scope="session", autouse=True)
def alone() -> Iterator[None]:
    with one_thread():
        yield
