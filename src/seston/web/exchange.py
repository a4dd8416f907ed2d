"""What is asked and what is answered, as it travels between the server and its evaluators."""

from dataclasses import dataclass

PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as the protocol sends it.

    Parameters
    ----------
    query
        SPARQL.
    default_graphs, named_graphs
        IRIs of the dataset that the request names; the whole graph as one when it names none.
    accept
        The header `Accept`.
    """

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    accept: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: its HTTP status, media type and content."""

    status: int
    media_type: str
    content: bytes


class Refusal(Exception):
    """A request that is not answered: its HTTP status, and why.

    Parameters
    ----------
    status
        HTTP status.
    reason
        What was got, what was expected, what to do.
    """

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason

    def answer(self) -> Answer:
        """Return the refusal as plain text."""
        return Answer(self.status, PLAIN, f"{self.reason}\n".encode())
