"""Labels as people write them, resolved to taxa; homonyms are settled by lineage or left undecided."""

from seston.graph.linking.link import ABSENT, RESOLVED, UNDECIDED, Link, Linker

__all__ = ["ABSENT", "RESOLVED", "UNDECIDED", "Link", "Linker"]
