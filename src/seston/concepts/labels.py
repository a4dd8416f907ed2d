"""What the name of a morphological category states: ``part<Copepoda``, ``copepod_calanoid_eggs``, ``dead<Salpida``.

Only words for form, stage, view and count are read; the words that name the taxon are not, so that nothing is concluded
from what a Latin name means. A name is a weak source: it counts only where no text speaks of the category.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping

from seston.concepts.extract.tokens import lemma
from seston.concepts.scheme import Scheme
from seston.records import Assertion, Category, Evidence, Polarity

METHOD = "label"
PAGE = "label/"
# A name says what people meant to sort there; they do not always.
SURE = 0.7
_LICENCE = "CC0-1.0"
_WORD = re.compile(r"[A-Za-z][a-z]*|[A-Z]+")
_DENYING = frozenset(("no", "non", "without"))
_MEANINGS: Mapping[str, tuple[str, ...]] = {
    "adult": ("stage/adult",),
    "antennatucked": ("antennae/tucked",),
    "bell": ("gelatinous/umbrella",),
    "blob": ("body-shape/blob",),
    "bowtie": ("body-shape/hourglass",),
    "bract": ("cover/bracts", "part/fragment"),
    "chain": ("colony/chain",),
    "colony": ("colony/mass",),
    "dead": ("origin/moult",),
    "detritus": ("origin/non-living",),
    "edge": ("imaging/cut",),
    "egg": ("stage/egg",),
    "fiber": ("origin/plant", "body-shape/thread"),
    "fibre": ("origin/plant", "body-shape/thread"),
    "filament": ("body-shape/thread",),
    "filamentous": ("body-shape/thread",),
    "flathead": ("head/flat",),
    "fragment": ("part/fragment",),
    "frilly": ("antennae/frilly",),
    "halo": ("halo/present",),
    "head": ("part/fragment", "head/present"),
    "house": ("cover/house",),
    "juvenile": ("stage/young",),
    "larva": ("stage/larva",),
    "lateral": ("view/side",),
    "leg": ("part/fragment", "limbs/present"),
    "longantennae": ("antennae/long",),
    "multiple": ("count/several",),
    "nauplius": ("stage/larva", "limbs/three-pairs"),
    "nectophore": ("gelatinous/nectophore", "part/fragment"),
    "nurse": ("stage/nurse",),
    "part": ("part/fragment",),
    "partial": ("part/fragment",),
    "pellet": ("origin/non-living",),
    "piece": ("part/fragment",),
    "pluteus": ("stage/larva", "arms/present"),
    "side": ("view/side",),
    "sideview": ("view/side",),
    "star": ("body-shape/star",),
    "stick": ("body-shape/stick",),
    "straight": ("curvature/straight",),
    "string": ("body-shape/thread",),
    "tail": ("part/fragment", "tail/present"),
    "tentacle": ("tentacles/present",),
    "triangle": ("body-shape/triangle",),
    "tucked": ("antennae/tucked",),
    "veliger": ("stage/larva",),
    "wing": ("part/fragment", "fins/wings"),
    "young": ("stage/young",),
    "zoea": ("stage/larva",),
}
# Eggs beside an animal are carried; a part named beside another form is no fragment: "bell and tentacles".
_CARRIED = "eggs/attached"


def label_assertions(categories: Iterable[Category], names: Mapping[str, str], scheme: Scheme) -> Iterator[Assertion]:
    """Yield what the names of categories state.

    Parameters
    ----------
    categories
        Any; EcoTaxa's M nodes as well as labels of an image set.
    names
        The name of each taxon, whose words are not read.
    scheme
        A concept that it lacks is passed over.

    Yields
    ------
    Assertion
        Method "label"; the evidence's characters are those of the category's name.

    Examples
    --------
    >>> from seston.concepts.scheme import load_scheme
    >>> dead = Category("ecotaxa:1", "dead<Copepoda", "worms:1080", "part", True)
    >>> [a.concept for a in label_assertions([dead], {"worms:1080": "Copepoda"}, load_scheme())]
    ['origin/moult']
    """
    for category in categories:
        taken = {lemma(word.lower()) for word in _WORD.findall(names.get(category.of_taxon, ""))}
        words = [(lemma(m[0].lower()), m.start(), m.end()) for m in _WORD.finditer(_own_name(category))]
        stated = [(word, start, end) for word, start, end in words if word not in taken]
        alone = len(words) == 1 or category.qualifier == "egg"
        for number, (word, start, end) in enumerate(stated):
            denied = number > 0 and stated[number - 1][0] in _DENYING
            for concept in _meant(word, alone=alone):
                if concept in scheme.index:
                    yield _assertion(category, concept, start, end, denied=denied)


def _own_name(category: Category) -> str:
    """Return the name without the taxon behind "<"."""
    return category.name.partition("<")[0]


def _meant(word: str, *, alone: bool) -> tuple[str, ...]:
    if word == "egg" and not alone:
        return (_CARRIED,)
    meant = _MEANINGS.get(word, ())
    return (
        meant
        if alone or word in ("part", "partial", "fragment", "piece")
        else tuple(concept for concept in meant if concept != "part/fragment")
    )


def _assertion(category: Category, concept: str, start: int, end: int, *, denied: bool) -> Assertion:
    quote = category.name[start:end]
    evidence = Evidence(
        page=f"{PAGE}{category.id}",
        revision="",
        section="name",
        start=start,
        end=end,
        quote_sha256=hashlib.sha256(quote.encode()).hexdigest(),
        licence=_LICENCE,
        source="label",
        method=METHOD,
    )
    return Assertion(category.id, concept, Polarity.ABSENT if denied else Polarity.PRESENT, SURE, evidence)
