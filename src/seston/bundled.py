"""Where the authored files and the bundled data lie, in a checkout and in an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parents[1]


def folder(name: str) -> Path:
    """Return the folder "data", "ontology" or "queries".

    Parameters
    ----------
    name
        Name of the folder at the top of the repository.

    Returns
    -------
    Path
        The folder in the checkout, or its copy inside an installed wheel.
    """
    installed = _PACKAGE / "_bundled" / name
    return installed if installed.is_dir() else _CHECKOUT / name
