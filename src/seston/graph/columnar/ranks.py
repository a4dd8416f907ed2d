"""The order of ranks, from the widest down."""

# "section" and "series" are left out: zoologists put them above the family, botanists below the genus.
_RANKS = (
    "superdomain", "domain", "realm", "superkingdom", "kingdom", "subkingdom", "infrakingdom", "superphylum", "phylum",
    "subphylum", "infraphylum", "parvphylum", "gigaclass", "megaclass", "superclass", "class", "subclass", "infraclass",
    "subterclass", "superorder", "order", "suborder", "infraorder", "parvorder", "superfamily", "epifamily", "family",
    "subfamily", "supertribe", "tribe", "subtribe", "genus", "subgenus", "species", "subspecies", "variety",
    "subvariety", "forma", "subforma",
)  # fmt: skip
_LEVEL = {rank: level for level, rank in enumerate(_RANKS)}


def level(rank: str) -> int:
    """Return how far down a rank stands, -1 for one that has no fixed place.

    Examples
    --------
    >>> level("Phylum (Division)") < level("class"), level("unranked")
    (True, -1)
    """
    return _LEVEL.get(rank.lower().partition(" (")[0].strip(), -1)
