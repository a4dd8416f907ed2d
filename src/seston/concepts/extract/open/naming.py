"""Which words with a capital are names, of taxa or of others."""

import re

from seston.concepts.extract.open.vocabulary import vocabulary
from seston.concepts.extract.open.word import ADJECTIVE, NOUN, QUALITY, Word

_LATIN = re.compile(
    r".+(?:idae|inae|aceae|ales|oidea|acea|phyta|phyceae|mycota|zoa|poda|ptera|pterygii|formes|ida|ina|aria|phora"
    r"|[^o]us|opsis|ella|ium|ops|ii)$"
)
# the second word of a Latin name: "fleckeri", "antarcticus"
_EPITHET = re.compile(r"[a-z]{3,}(?:i|us|a|um|is|ae|ens|ensis|ense|oides|are|ale|e?x)$")


def name(word: Word, before: Word | None, after: Word | None) -> None:
    """Take a word with a capital for a name where the capital does not only open the sentence."""
    opens = before is None or before.text in "\"'“‘:"
    common = word.kind in ("part", "whole", "taxon")
    if (not opens and len(word.text) > 2 and not word.text.isupper()) or (word.text.isupper() and len(word.text) > 5):
        word.tag, word.kind = NOUN, word.kind if common else "name"
    elif opens and not common and (_LATIN.match(word.low) or (word.tag == NOUN and not _opens_phrase(word, after))):
        word.tag, word.kind = NOUN, "name"


def binomial(word: Word, after: Word | None) -> None:
    """Take "Chironex fleckeri" for a name of two words."""
    latin = word.kind in ("", "name") or (word.kind == "taxon" and word.low.endswith(("a", "us", "um", "is")))
    if after is None or after.tag not in (NOUN, ADJECTIVE) or after.kind or not latin:
        return
    known = (
        after.verb is not None or after.low in vocabulary().adjectives or after.low in vocabulary().grammar["adjective"]
    )
    if not known and word.text.isalpha() and not word.text.isupper() and _EPITHET.match(after.text):
        word.tag = after.tag = NOUN
        word.kind = after.kind = "name"


def _opens_phrase(word: Word, after: Word | None) -> bool:
    """Return whether a capital only opens the sentence: a noun follows, or the word is a plural."""
    return after is None or after.tag in (NOUN, ADJECTIVE, QUALITY) or word.low.endswith("s") or len(word.text) < 4
