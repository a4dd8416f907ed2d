"""All attributes of a workspace: what they assert, and what of them is passed over."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from seston.concepts.attributes.evidence import assertion_of, stage_of
from seston.concepts.attributes.forms import TYPES, concepts_of
from seston.concepts.attributes.sizes import TYPE, by_source, is_open, millimetres, size_assertions
from seston.concepts.scheme import Scheme
from seston.records import Assertion
from seston.sources.worms.attributes import Attribute


@dataclass(frozen=True, slots=True)
class Reading:
    """What attributes assert; how many were used; how many speak of form in ways that the scheme lacks, or of no form.

    ``without_concept`` and ``not_of_form`` count by the kind of attribute.
    """

    assertions: tuple[Assertion, ...]
    used: int
    without_concept: Mapping[str, int]
    not_of_form: Mapping[str, int]


def read_form(attributes: Iterable[Attribute], scheme: Scheme, groups: Collection[str] = ()) -> Reading:
    """Read what attributes say of form.

    Parameters
    ----------
    attributes
        Of any kind, about nodes of the graph.
    scheme
        The concepts; where it has none for a value, nothing is said.
    groups
        Ids of taxa that hold species: the largest of them does not tell how large the others are, so that sizes
        count there only with both ends of the range.

    Returns
    -------
    Reading
        Assertions in the order of taxa, sizes first.

    Examples
    --------
    >>> from seston.concepts.scheme import load_scheme
    >>> details = (("Unit", "mm"), ("Type", "maximum"), ("Dimension", "length"))
    >>> size = Attribute("worms:104464", 15, "Body size", "3.0", details, 1, "Somebody (1890)", "checked", "2026-12-01")
    >>> group = Attribute("worms:104464", 4, "Functional group", "zooplankton", (), 0, "", "checked", "2026-12-01")
    >>> read = read_form([size, group], load_scheme())
    >>> [(a.concept, a.confidence) for a in read.assertions], dict(read.not_of_form)
    ([('size/small', 0.9)], {'Functional group': 1})
    """
    sizes: list[Attribute] = []
    stated: list[Assertion] = []
    used, lacking, elsewhere = 0, Counter[str](), Counter[str]()
    for attribute in attributes:
        kind = attribute.type.lower()
        if kind not in TYPES and kind != TYPE:
            elsewhere[attribute.type] += 1
            continue
        found = [] if stage_of(attribute) is None else concepts_of(attribute, scheme)
        if kind == TYPE and stage_of(attribute) is not None and millimetres(attribute) is not None:
            sizes.append(attribute)
        elif found:
            stated += [assertion_of(attribute, concept) for concept in found]
            used += 1
        else:
            lacking[attribute.type] += 1
    ranges = [found for found in by_source(sizes) if not (found[0].about in groups and is_open(found))]
    told = [assertion for found in ranges for assertion in size_assertions(found)]
    count = sum(len(found) for found in ranges)
    if count < len(sizes):
        lacking[sizes[0].type] += len(sizes) - count
    return Reading((*told, *stated), used + count, lacking, elsewhere)
