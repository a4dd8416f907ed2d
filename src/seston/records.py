"""The frozen records that every room speaks.

A node of the graph is named by a CURIE: ``worms:1080`` for a taxon of WoRMS, ``ecotaxa:85011`` for a node of EcoTaxa,
``planktonset:copepod_calanoid_eggs`` for a label of a data set. A concept is named ``part/value``: ``tail/forked``.
"""

from dataclasses import dataclass
from enum import StrEnum


class Polarity(StrEnum):
    """Whether a taxon shows a concept; `VARIABLE` holds for some members only."""

    PRESENT = "present"
    ABSENT = "absent"
    VARIABLE = "variable"


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a taxon: ``kind`` is "scientific", "synonym" or "vernacular"."""

    text: str
    kind: str = "scientific"
    language: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Taxon:
    """A node of a taxonomy; ``parent`` is an id or empty at the root."""

    id: str
    name: str
    rank: str
    parent: str
    status: str = "accepted"
    authority: str = ""
    same_as: tuple[str, ...] = ()
    names: tuple[Name, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """A morphological category: a label that people sort images into, and no taxon.

    ``of_taxon`` is the taxon whose members, stages, parts or views it holds, or empty; ``qualifier`` says which
    ("full_body", "larvae", "part", "egg", …); ``living`` places it in the decision tree when there is no taxon.
    """

    id: str
    name: str
    of_taxon: str
    qualifier: str
    living: bool
    same_as: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text about one node. ``start`` is the offset of ``text`` in the page, in characters."""

    about: str
    page: str
    revision: str
    section: str
    start: int
    text: str
    licence: str
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """A morphological sub-concept. ``id`` is ``part/value``; ``broader`` is the id of its parent or of its facet.

    ``cue`` draws it in words for annotators, ``stages`` are the life stages at which it is met, any if there are none.
    ``measure`` is the measure of the silhouette, or a ratio or product of two, that confirms it between ``least`` and
    ``most``.
    """

    id: str
    label: str
    definition: str
    broader: str
    wordings: tuple[str, ...] = ()
    exclusive: bool = False
    measurement: str = ""
    instruments: tuple[str, ...] = ()
    cue: str = ""
    stages: tuple[str, ...] = ()
    measure: str = ""
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where an assertion is written: characters ``start`` to ``end`` of ``page`` at ``revision``.

    ``quote_sha256`` is the hash of the quoted words, ``source`` what the sentence itself cites ("general" when it
    cites nothing), ``method`` what read it ("text", "attribute", "label", "taxonomy", "seen on images", "curated").
    """

    page: str
    revision: str
    section: str
    start: int
    end: int
    quote_sha256: str
    licence: str
    source: str
    method: str = "text"


@dataclass(frozen=True, slots=True)
class Assertion:
    """A node shows, lacks or varies in a concept, says the evidence. ``confidence`` lies in [0, 1]."""

    about: str
    concept: str
    polarity: Polarity
    confidence: float
    evidence: Evidence
    stage: str = ""


@dataclass(frozen=True, slots=True)
class ImageRecord:
    """An image of a workspace. ``width`` and ``height`` in pixels; ``label`` and ``split`` are empty when unknown."""

    id: str
    path: str
    width: int
    height: int
    sha256: str
    label: str = ""
    split: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One concept's share of a step: ``contribution`` = ``weight`` × ``score``, for (+) or against (−) the choice.

    In the Choquet head the weight is a Shapley value and the contribution the concept's share of an integral.
    ``value`` is the score on a scale from 0, surely not there, to 1, surely there.
    ``origin`` is the node whose description asserts the concept, ``sentence`` the words that do.
    """

    concept: str
    label: str
    value: float
    score: float
    weight: float
    contribution: float
    origin: str = ""
    sentence: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One branching of the tree: the child chosen at ``node``, and why it beat ``runner_up``."""

    node: str
    chosen: str
    chosen_label: str
    probability: float
    runner_up: str
    runner_up_label: str
    runner_up_probability: float
    bias: float
    residual: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A prediction as steps from the root; ``prediction`` is the deepest node that is sure enough."""

    image: str
    prediction: str
    prediction_label: str
    probability: float
    leaf: str
    leaf_probability: float
    steps: tuple[Step, ...]
    interventions: tuple[tuple[str, float], ...] = ()
