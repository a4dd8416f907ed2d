"""An attribute as the evidence of an assertion: how sure it is, of which life stage it speaks, and how it is cited."""

import hashlib
import re

from seston.concepts.extract.lexicon import STAGES
from seston.concepts.extract.tokens import lemma
from seston.records import Assertion, Evidence, Polarity
from seston.sources.worms.attributes import Attribute

METHOD = "attribute"
# Between general knowledge (0.85) and a cited sentence (0.95); what no editor has looked at comes after both.
REVIEWED, UNREVIEWED = 0.9, 0.75
_LOOKED_AT = frozenset(("checked", "trusted"))
PAGE = "https://www.marinespecies.org/aphia.php?p=taxdetails&id="
_LICENCE = "CC-BY-4.0"
_WORD = re.compile(r"[a-z]+")
_GROWN = frozenset(("", "adult", "adults", "medusa", "unspecified", "unknown"))
_OTHER_STAGES = {"hydroid": "polyp", "subadult": "juvenile", "hatchling": "juvenile"}


def stage_of(attribute: Attribute) -> str | None:
    """Return the life stage, empty for grown ones and where none is told, or None when it is not known here.

    >>> [stage_of(_staged(name)) for name in ("Adult", "larvae", "larvae (cyphonautes)", "copepodite VI", "fetus")]
    ['', 'larva', 'cyphonautes', 'copepodite', None]
    """
    told = attribute.detail("life stage", "lifestage", "stage")
    words = _WORD.findall(told)
    if told in _GROWN or "adult" in words:
        return ""
    known = {**STAGES, **_OTHER_STAGES}
    named = [stage for word in words if (stage := known.get(word) or known.get(lemma(word)))]
    return next((stage for stage in named if stage != "larva"), named[0] if named else None)


def _staged(name: str) -> Attribute:
    return Attribute("worms:1", 15, "Body size", "1", (("Life stage", name),), 0, "", "", "")


def assertion_of(
    attribute: Attribute, concept: str, *, polarity: Polarity = Polarity.PRESENT, factor: float = 1.0
) -> Assertion:
    """Return what an attribute asserts of the taxon that WoRMS holds it of.

    Parameters
    ----------
    attribute
        Of a stage that is known here.
    concept, polarity
        What follows from it.
    factor
        How far it does, in [0, 1].

    Returns
    -------
    Assertion
        With method "attribute"; the section of the evidence is the attribute in words, its revision the day of the
        harvest, its characters those of the words.
    """
    words, stage = in_words(attribute), stage_of(attribute)
    evidence = Evidence(
        page=f"{PAGE}{attribute.about.partition(':')[2]}",
        revision=attribute.date,
        section=words,
        start=0,
        end=len(words),
        quote_sha256=hashlib.sha256(words.encode()).hexdigest(),
        licence=_LICENCE,
        source=_cited(attribute),
        method=METHOD,
    )
    looked_at = attribute.quality.lower() in _LOOKED_AT
    sure = (REVIEWED if looked_at else UNREVIEWED) * factor
    return Assertion(attribute.about, concept, polarity, round(sure, 4), evidence, stage or "")


def in_words(attribute: Attribute) -> str:
    """Return an attribute as one line.

    >>> in_words(_staged("adult"))
    'Body size: 1 (Life stage: adult)'
    """
    details = ", ".join(f"{name}: {value}" for name, value in attribute.details)
    return f"{attribute.type}: {attribute.value}" + (f" ({details})" if details else "")


def _cited(attribute: Attribute) -> str:
    """Return the number of the kind of attribute, then that of its source and the reference, as far as there are."""
    source = [str(attribute.source)] if attribute.source else []
    return " ".join(
        (f"WoRMS attribute {attribute.type_id}", *source, *([attribute.reference] if attribute.reference else []))
    )
