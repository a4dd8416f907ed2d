"""What the report shows: plain frozen records, so that whoever fills them needs to know nothing about pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from seston.records import Explanation


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A node of the decision tree, in any order.

    ``parent`` is an id or empty at the root. ``n_test`` counts the test images under the node, ``recall`` is the share
    of them whose prediction lies under it too, None when there is none. ``rank`` is empty for a label.
    """

    id: str
    name: str
    rank: str
    parent: str
    n_test: int
    recall: float | None
    is_label: bool = False


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """The classifier told to climb until it holds the probability ``sure``.

    ``accuracy`` is the share of answers that are the truth or an ancestor of it, ``mean_depth`` the mean edges from the
    root to the answer, ``answered`` the share of images answered at each rank ("label" for a leaf, "" for none).
    """

    sure: float
    accuracy: float
    mean_depth: float
    answered: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Confusion:
    """Counts of test images at one rank: rows the truth, columns the answer, both in the order of ``labels``.

    ``rank`` is "label" for the leaves; ``labels`` are ids, named through the tree, and last, where it is needed, "no"
    with the rank: answers outside every node of it. An image whose truth has no node of that rank is in no cell.
    """

    rank: str
    labels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


class Mark(NamedTuple):
    """Characters ``start`` to ``end`` of a sentence say something about ``concept`` (an id).

    ``polarity`` is "present", "absent" or "variable".
    """

    start: int
    end: int
    concept: str
    polarity: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article; ``source`` is what it cites, "general" for general knowledge."""

    text: str
    marks: tuple[Mark, ...] = ()
    section: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class NodeConcept:
    """What a node shows (``value`` > 0.5), lacks (< 0.5) or varies in (0.5).

    ``origin`` is the node whose article says it: the node itself, or an ancestor. ``sentence`` is the position of the
    sentence among the origin's ``sentences``, or None.
    """

    id: str
    label: str
    value: float
    origin: str
    origin_name: str
    sentence: int | None = None


class Ancestor(NamedTuple):
    """A node above another."""

    id: str
    name: str
    rank: str = ""


class MistakenFor(NamedTuple):
    """Another label (id, name) and the share of the test images of a node that were taken for it."""

    id: str
    name: str
    share: float


@dataclass(frozen=True, slots=True)
class NodePage:
    """The page of a taxon or label. ``lineage`` runs from the root to the parent; ``key`` is a label's own spelling."""

    id: str
    name: str
    rank: str = ""
    key: str = ""
    lineage: tuple[Ancestor, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    concepts: tuple[NodeConcept, ...] = ()
    recall: float | None = None
    n_test: int = 0
    confused_with: tuple[MistakenFor, ...] = ()


class Portrait(NamedTuple):
    """A silhouette to print beside an explanation; ``role`` is "true label", "prediction" or "runner-up"."""

    label: str
    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Worked:
    """An explanation to read through.

    ``vignette_png`` is the image itself, when it is at hand; ``after`` is the explanation of the same image after an
    intervention.
    """

    explanation: Explanation
    true_label: str
    true_name: str
    vignette_png: bytes | None = None
    silhouettes: tuple[Portrait, ...] = ()
    after: Explanation | None = None


class Credit(NamedTuple):
    """A source and its licence."""

    name: str
    licence: str
    used_for: str = ""


@dataclass(frozen=True, slots=True)
class ReportData:
    """Everything the report shows; what is empty is left out of the page.

    Parameters
    ----------
    title, version
        Title of the page, and version of Seston.
    counts
        Counts to print at the top, in this order: ``taxa``, ``labels``, ``concepts``, ``assertions``, ``images``, …
    metrics
        The content of ``metrics.json``.
    tree
        The decision tree.
    operating
        Points of the operating curve, in any order.
    confusions
        One for each rank that can be chosen, the first shown first.
    pages
        Pages of the nodes, in any order; the report puts them in the order of the tree.
    worked
        Explanations to read through.
    worked_rule
        By what rule they were chosen, in sentences.
    silhouettes
        Averaged silhouette of a label id: (64, 64) uint8 opacity, 0 the ground.
    sure
        The probability that answers of `worked` had to hold.
    doubtful
        Concepts that `worked` does not show as reasons, since they do not carry over to labels never seen.
    provenance
        Names and values: hashes, seeds, versions.
    credits
        Sources and licences.
    limits
        Sentences about what the figures do not say, besides those that hold for every report.
    """

    title: str
    version: str
    counts: Mapping[str, int] = field(default_factory=dict)
    metrics: Mapping[str, Any] = field(default_factory=dict)
    tree: tuple[TreeNode, ...] = ()
    operating: tuple[OperatingPoint, ...] = ()
    confusions: tuple[Confusion, ...] = ()
    pages: tuple[NodePage, ...] = ()
    worked: tuple[Worked, ...] = ()
    worked_rule: str = ""
    silhouettes: Mapping[str, NDArray[np.uint8]] = field(default_factory=dict)
    sure: float | None = None
    doubtful: frozenset[str] = frozenset()
    provenance: Mapping[str, str] = field(default_factory=dict)
    credits: tuple[Credit, ...] = ()
    limits: tuple[str, ...] = ()
