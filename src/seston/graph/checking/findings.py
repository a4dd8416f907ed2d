"""What checks report."""

from dataclasses import dataclass

TITLES = {
    "P001": "a taxon or label without a description",
    "P002": "a statement against that of an ancestor",
    "P003": "sibling labels that no concept tells apart",
    "P005": "a rank that is not below its parent's",
    "P006": "a concept that no text speaks of",
    "P007": "a name that several taxa have",
    "P008": "a taxon that is not accepted",
    "P009": "three or more values of a part that takes one, or two neighbours",
    "P010": "a concept that the camera of the labels cannot show",
    "P011": "two concepts that the same taxa and labels show",
    "P012": "what all described children share and their parent leaves open",
    "R001": "a row whose table lacks its parent, which another table has",
    "R002": "a row whose parent no table has",
    "R003": "a cycle of parents in a register",
    "S001": "a label missing",
    "S002": "a rank missing",
    "S007": "a definition missing",
    "S008": "a part missing",
    "S009": "an assertion about a node that is not there",
    "S010": "an assertion in a concept that is not there",
    "S012": "a confidence outside 0 to 1",
    "S014": "evidence without a page",
    "S015": "evidence with impossible offsets",
    "S016": "evidence without the hash of its quote",
    "S017": "evidence without a licence",
    "S018": "evidence without a source",
    "S019": "an id of another source at several taxa",
    "S020": "a concept present and absent at one node",
    "S021": "an empty name",
}
"""What each code means; S codes are the shapes of ``ontology/shapes.ttl``, R codes defects of imported registers."""

INFORMATIONAL = frozenset({"P001", "P002", "P003", "P006", "P007", "P008", "P009", "P010", "P011", "P012", "R001"})
"""What may be as it should: gaps, exceptions, homonyms, names given up but in use, wide ranges, what was mended."""


def severity(code: str) -> str:
    """Return "error" for a broken shape, "warning" for what a person should mend, "info" for what may be right.

    Examples
    --------
    >>> severity("S002"), severity("P005"), severity("P001")
    ('error', 'warning', 'info')
    """
    if code in INFORMATIONAL:
        return "info"
    return "error" if code.startswith("S") else "warning"


@dataclass(frozen=True, order=True)
class Finding:
    """A problem.

    Parameters
    ----------
    code
        See `TITLES`.
    node
        The id of the node or concept it lies in.
    message
        What is wrong there.
    hint
        How to repair it.
    """

    code: str
    node: str
    message: str
    hint: str

    @property
    def severity(self) -> str:
        """One of "error", "warning" and "info", by the code."""
        return severity(self.code)
