"""The error tree.

Every error carries a hint, which says what to do next, and the exit code of the command line::

    SestonError                         1  an expected failure
    ├── NotFound (LookupError)          1  a name that nothing answers to
    │   ├── UnknownTaxon
    │   ├── UnknownConcept
    │   ├── UnknownImage
    │   └── UnknownQuery
    ├── InvalidData (ValueError)        1  input that cannot be used
    │   ├── AmbiguousTaxon
    │   ├── InvalidTaxonomy
    │   ├── InvalidScheme
    │   ├── InvalidDescription
    │   ├── InvalidFeatures
    │   ├── InvalidImage
    │   ├── InvalidQuery
    │   └── ContradictoryAssertions
    ├── WorkspaceError (OSError)        1  the workspace cannot be read or written
    │   └── MissingStage
    ├── UsageError                      2  a call that makes no sense
    ├── CheckFailed                     3  a check found problems
    └── SourceUnreachable               4  a server does not answer
"""

from collections.abc import Sequence


class SestonError(Exception):
    """An expected failure: what happened, and what to do.

    Parameters
    ----------
    message
        What was got and what was expected.
    hint
        What to do next.
    problems
        The offending records, all of them, one line each.
    """

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "", problems: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return self.message


class NotFound(SestonError, LookupError):
    """Nothing answers to a name.

    Parameters
    ----------
    kind
        What was looked for: "taxon", "concept", "image", "query".
    name
        What was asked.
    nearest
        Names that exist and look alike, best first.
    """

    kind = "thing"

    def __init__(self, name: str, *, nearest: Sequence[str] = (), hint: str = "") -> None:
        meant = f" Did you mean {' or '.join(nearest)}?" if nearest else ""
        super().__init__(f"No {self.kind} '{name}'.{meant}", hint=hint)
        self.name = name
        self.nearest = tuple(nearest)


class UnknownTaxon(NotFound):
    """No taxon of that name or id."""

    kind = "taxon"


class UnknownConcept(NotFound):
    """No concept of that name or id."""

    kind = "concept"


class UnknownImage(NotFound):
    """No image of that name."""

    kind = "image"


class UnknownQuery(NotFound):
    """No named query."""

    kind = "query"


class InvalidData(SestonError, ValueError):
    """Input that cannot be used."""


class AmbiguousTaxon(InvalidData):
    """A name that several taxa have: each with its lineage in `problems`."""


class InvalidTaxonomy(InvalidData):
    """Cycles, missing parents, duplicate ids: all of them in `problems`."""


class InvalidScheme(InvalidData):
    """A concept scheme with cycles, duplicates or dangling parents."""


class InvalidDescription(InvalidData):
    """An article without the front matter or the marks that it needs."""


class InvalidFeatures(InvalidData):
    """Features with NaN, of the wrong width, or of another encoder."""


class InvalidImage(InvalidData):
    """An image that is broken, empty or of one colour."""


class InvalidQuery(InvalidData):
    """A query that does not parse, or a parameter that it does not have."""


class ContradictoryAssertions(InvalidData):
    """The same concept present and absent at one node."""


class WorkspaceError(SestonError, OSError):
    """The workspace cannot be read or written."""


class MissingStage(WorkspaceError):
    """A stage that must be built first."""


class UsageError(SestonError):
    """A call that makes no sense."""

    exit_code = 2


class CheckFailed(SestonError):
    """A check found problems."""

    exit_code = 3


class SourceUnreachable(SestonError):
    """A server does not answer."""

    exit_code = 4
