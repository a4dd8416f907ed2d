"""Adverbs of degree and of shade before an adjective."""

from collections.abc import Sequence

from seston.concepts.extract.lexicon import words_of
from seston.concepts.extract.open.vocabulary import vocabulary
from seston.concepts.extract.open.word import ADV, Word

SHADES = ("deep", "bright", "pale", "dark", "light", "dull", "rich", "vivid")
# colours that shade another: "chocolate brown"
HUES = words_of("""
    chocolate chestnut lemon straw salmon olive ruby emerald jet milky silvery golden reddish yellowish greenish bluish
    brownish purplish pinkish blackish greyish grayish whitish creamy rusty slate smoky dusky orange yellow rosy
    translucent
""")
SHADED = (*SHADES, *HUES, "well")
_PLAIN_DEGREES = frozenset(
    ("probably", "roughly", "only", "possibly", "likely", "especially", "particularly", "usually")
)


def wording(words: Sequence[Word], place: int) -> str:
    """Return the adjective with its adverb of degree: "slightly curved", and its noun: "ribbon shaped"."""
    text = words[place].text if words[place].text[:1] == "U" and "-" in words[place].text else words[place].low
    before = words[place - 1] if place else None
    if words[place].low in ("shaped", "like") and before:
        return f"{before.low} {words[place].low}"
    if before and before.tag == ADV and before.low in SHADED:
        return f"{before.low} {text}"
    if before and before.tag == ADV and before.low.endswith("ly") and before.low not in vocabulary().grammar["some"]:
        return text if before.low in _PLAIN_DEGREES else f"{before.low} {text}"
    return text
