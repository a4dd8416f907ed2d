"""What one request may cost."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost.

    Parameters
    ----------
    seconds
        Time for waiting, and again for evaluating.
    rows
        Rows of a SELECT, or triples of a CONSTRUCT.
    answer_bytes
        Size of an answer.
    request_bytes
        Size of what is sent.
    memory_bytes
        Address space of the process that evaluates.
    """

    seconds: float = 30.0
    rows: int = 100_000
    answer_bytes: int = 64 * 2**20
    request_bytes: int = 2**20
    memory_bytes: int = 4 * 2**30
