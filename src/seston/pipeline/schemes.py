"""The scheme of a workspace: the bundled one, grown by the decisions that the workspace keeps."""

from seston.concepts import Scheme, load_scheme
from seston.concepts.curation import grown, read_decisions
from seston.workspace import Workspace

DECISIONS = "curated/decisions.csv"


def scheme_of(workspace: Workspace) -> Scheme:
    """Return the scheme of a workspace.

    Raises
    ------
    InvalidData
        If a decision cannot be read, or does not fit the scheme; `problems` names all of them.
    """
    return grown(load_scheme(), read_decisions(workspace.path(DECISIONS)))
