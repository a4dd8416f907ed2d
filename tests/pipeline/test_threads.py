"""Linear algebra on one thread."""

import scipy.linalg
from threadpoolctl import threadpool_info

from seston.pipeline.threads import one_thread


def threads() -> list[int]:
    return [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]


def test_one_thread_inside_and_as_many_as_before_after() -> None:
    assert scipy.linalg
    before = threads()
    with one_thread():
        assert threads() == [1] * len(before)
    assert threads() == before


def test_models_are_fitted_on_one_thread() -> None:
    from seston.pipeline.classifying.learning import evaluate, train

    assert all(hasattr(stage, "__wrapped__") for stage in (train, evaluate))
