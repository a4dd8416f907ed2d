"""What the pages of the atlas show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from seston.concepts.scheme import Facet, Part
from seston.records import Concept


def file_of(name: str) -> str:
    """Return the file name of a concept or a node, without its folder.

    Examples
    --------
    >>> file_of("tail/fork"), file_of("worms:1080")
    ('tail-fork.html', 'worms-1080.html')
    """
    return "".join(c if c.isalnum() or c in "._-" else "-" for c in name) + ".html"


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence with its evidence in the middle; where the words are not ours, ``credit`` says where they are."""

    before: str = ""
    marked: str = ""
    after: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A concept at a node: "present", "absent" or "variable", who says so, and how sure that is."""

    concept: str
    label: str
    node: str
    name: str
    value: str
    confidence: float
    stage: str = ""
    origin: str = ""
    origin_name: str = ""
    method: str = "text"
    quote: Quote = field(default_factory=Quote)


@dataclass(frozen=True)
class Link:
    """A node or a concept that a page links to; ``told`` whether it has a page of its own."""

    id: str
    name: str
    told: bool = True


@dataclass(frozen=True)
class ConceptPage:
    """A concept, where it stands in the scheme, and who shows or lacks it.

    ``stated`` are those whose own text says so; ``inherited`` those that have it from an ancestor, or by implication.
    """

    concept: Concept
    part: Part
    facet: Facet
    siblings: tuple[Link, ...]
    implies: tuple[Link, ...]
    implied_by: tuple[Link, ...]
    matches: tuple[str, ...]
    stated: tuple[Place, ...]
    inherited: tuple[Link, ...]
    lacking: int


@dataclass(frozen=True)
class TaxonPage:
    """A taxon or label, its lineage and children, and its row: what is stated of it, inherited, and follows."""

    node: Link
    kind: str
    lineage: tuple[Link, ...]
    children: tuple[Link, ...]
    own: tuple[Place, ...]
    inherited: tuple[Place, ...]
    following: tuple[Place, ...]


@dataclass(frozen=True)
class Branch:
    """A node of the tree of taxa on the first page, with how many concepts its own text states."""

    node: Link
    rank: str
    stated: int
    below: tuple["Branch", ...] = ()


@dataclass(frozen=True)
class Atlas:
    """Everything that is rendered."""

    version: str
    facets: Sequence[tuple[Facet, Sequence[tuple[Part, Sequence[ConceptPage]]]]]
    concepts: Sequence[ConceptPage]
    taxa: Sequence[TaxonPage]
    tree: Sequence[Branch]
    counts: Mapping[str, int]
