"""Small assertions and small worlds."""

from seston.graph.columnar.core import Core, build_core
from seston.records import Assertion, Category, Evidence, Polarity, Taxon


def say(
    about: str, concept: str, sign: str = "+", sure: float = 0.85, stage: str = "", start: int = 0, page: str = "p"
) -> Assertion:
    polarity = {"+": Polarity.PRESENT, "-": Polarity.ABSENT, "~": Polarity.VARIABLE}[sign]
    evidence = Evidence(page, "r", "", start, start + 1, "", "CC-BY-4.0", "general")
    return Assertion(about, concept, polarity, sure, evidence, stage)


def world() -> Core:
    """Biota > animals > copepods, with labels of whole animals, larvae, eggs, parts."""
    taxa = [
        Taxon("worms:1", "Biota", "superdomain", ""),
        Taxon("worms:2", "Animalia", "kingdom", "worms:1"),
        Taxon("worms:1080", "Copepoda", "class", "worms:2"),
    ]
    kinds = {"copepod": "full_body", "copepod_nauplius": "larvae", "copepod_eggs": "egg", "copepod_part": "part"}
    labels = [Category(f"planktonset:{n}", n, "worms:1080", q, living=True) for n, q in kinds.items()]
    return build_core(taxa, labels)
