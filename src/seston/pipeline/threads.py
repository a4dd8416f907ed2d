"""Linear algebra on one thread: the same bits on every machine, and no waiting of small products for each other."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep linear algebra to one thread inside the block.

    The heads are thousands of products of small matrices, which a second thread slows down: on two busy cores the
    stage "evaluate" took 216 s with two threads and 47 s with one. A sum's last bits depend on how many threads share
    it, so that one thread also gives the same model on machines of any size.
    """
    import scipy.linalg  # noqa: F401  # its BLAS is a library of its own, limited only once it is loaded
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1, user_api="blas"):
        yield
