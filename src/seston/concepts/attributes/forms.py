"""Skeletons, shapes and colonies: the concepts that the values of an attribute state."""

import re
from collections.abc import Mapping

from seston.concepts.scheme import Scheme
from seston.sources.worms.attributes import Attribute

_ENCLOSURE = ("supporting structure & enclosure", "supporting structure and enclosure", "skeleton")
_COMPOSITION = ("composition of skeleton", "skeleton composition")
# Parts of the scheme in whose wordings the values of such an attribute are looked up.
_PARTS: Mapping[str, tuple[str, ...]] = {
    "body shape": ("body-shape",),
    "growth form": ("body-shape", "colony"),
    "sociability": ("colony",),
    "coloniality": ("colony",),
}
TYPES = frozenset((*_ENCLOSURE, *_COMPOSITION, *_PARTS))
"""The kinds of attributes that speak of form, sizes apart, in small letters."""
_SILICA = re.compile(r"\bsilic|\bopal")
_CHITIN = re.compile(r"\bchitin")
_MINERAL = re.compile(r"\bcalc|\baragonit|\bstrontium|\bcelestit|\bacantharin")


def concepts_of(attribute: Attribute, scheme: Scheme) -> tuple[str, ...]:
    """Return the concepts that an attribute states; none where the scheme has none for its value.

    A mineral inside the body, or anywhere, makes a skeleton; outside it may be a shell, or the crust of a crab, and the
    attribute does not say which.

    Examples
    --------
    >>> from seston.concepts.scheme import load_scheme
    >>> def told(kind, value, *details):
    ...     return concepts_of(Attribute("worms:1", 1, kind, value, details, 0, "", "", ""), load_scheme())
    >>> told("Composition of skeleton", "Siliceous"), told("Body shape", "vermiform")
    (('skeleton/silica',), ('body-shape/vermiform',))
    >>> told("Supporting structure & enclosure", "Endoskeleton", ("Structure", "Solid"), ("Composition", "Calcareous"))
    ('cover/skeleton',)
    >>> told("Supporting structure & enclosure", "Exoskeleton (including shells)", ("Composition", "Calcareous"))
    ()
    """
    kind, value = attribute.type.lower(), attribute.value.lower()
    if kind in _PARTS:
        stated = _worded(value, _PARTS[kind], scheme)
    elif kind in _COMPOSITION:
        stated = _made_of(value, attribute.detail("structure", "position"))
    elif kind in _ENCLOSURE:
        stated = _made_of(attribute.detail("composition"), value)
    else:
        return ()
    return tuple(concept for concept in stated if concept in scheme.index)


def _made_of(material: str, where: str) -> tuple[str, ...]:
    inside, outside = "endoskeleton" in where, "exoskeleton" in where
    if _SILICA.search(material):
        return ("skeleton/silica",)
    if _CHITIN.search(material):
        return () if inside else ("cover/exoskeleton",)
    if _MINERAL.search(material):
        return () if outside else ("cover/skeleton",)
    return ()


def _worded(value: str, parts: tuple[str, ...], scheme: Scheme) -> tuple[str, ...]:
    """Return the one concept of these parts that is worded so; several are none."""
    found = [
        concept.id
        for concept in scheme.concepts
        if scheme.part_of[concept.id].id in parts
        and value in (concept.label.lower(), concept.id.partition("/")[2], *concept.wordings)
    ]
    return tuple(found) if len(found) == 1 else ()
