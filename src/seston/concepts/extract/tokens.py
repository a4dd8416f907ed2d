"""Words of a sentence with their lemmas and their offsets."""

import re
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-zÀ-ÿ]+(?:['’][a-z]+)?|µm|μm|[^\sA-Za-z\d]")
_IRREGULAR = {
    "is": "be",
    "are": "be",
    "was": "be",
    "were": "be",
    "been": "be",
    "being": "be",
    "am": "be",
    "has": "have",
    "had": "have",
    "having": "have",
    "does": "do",
    "did": "do",
    "done": "do",
    "antennae": "antenna",
    "larvae": "larva",
    "setae": "seta",
    "chelae": "chela",
    "chaetae": "chaeta",
    "medusae": "medusa",
    "hydromedusae": "hydromedusa",
    "trachymedusae": "trachymedusa",
    "narcomedusae": "narcomedusa",
    "nauplii": "nauplius",
    "plutei": "pluteus",
    "zoeae": "zoea",
    "zoeas": "zoea",
    "ephyrae": "ephyra",
    "bipinnariae": "bipinnaria",
    "auriculariae": "auricularia",
    "leptocephali": "leptocephalus",
    "cilia": "cilium",
    "flagella": "flagellum",
    "manubria": "manubrium",
    "parapodia": "parapodium",
    "podia": "podium",
    "tentilla": "tentillum",
    "rami": "ramus",
    "axes": "axis",
    "bodies": "body",
    "feet": "foot",
    "halves": "half",
    "sheaves": "sheaf",
    "nuclei": "nucleus",
    "furcae": "furca",
    "testes": "testis",
    "ocelli": "ocellus",
    "gonopodia": "gonopodium",
    "trochophorae": "trochophore",
    "genera": "genus",
    "nets": "net",
    "fish": "fish",
    "fishes": "fish",
    "lens": "lens",
    "calyces": "calyx",
    "apices": "apex",
    "loricae": "lorica",
    "center": "centre",
    "centers": "centre",
    "centres": "centre",
    "disk": "disc",
    "disks": "disc",
    "gray": "grey",
    "colour": "color",
    "checkered": "chequered",
    "darker": "darker",
    "fibers": "fibre",
    "fiber": "fibre",
    "axis": "axis",
    "pincers": "pincer",
    "lies": "lie",
    "lying": "lie",
    "carries": "carry",
    "carrying": "carry",
    "carried": "carry",
    "bearing": "bear",
    "bears": "bear",
    "borne": "bear",
    "trails": "trail",
    "trailing": "trail",
    "hanging": "hang",
    "hangs": "hang",
    "hung": "hang",
    "streaming": "stream",
    "spreading": "spread",
    "spreads": "spread",
    "reaching": "reach",
    "reaches": "reach",
    "radiates": "radiate",
    "radiating": "radiate",
    "radiated": "radiate",
    "holding": "hold",
    "extending": "extend",
    "extends": "extend",
    "touches": "touch",
    "touching": "touch",
    "overlapping": "overlap",
    "overlaps": "overlap",
    "sticking": "stick",
    "standing": "stand",
    "pointing": "point",
    "exceeds": "exceed",
    "stretched": "stretch",
    "stretches": "stretch",
    "bends": "bend",
    "ends": "end",
    "ending": "end",
    "looks": "look",
    "looking": "look",
    "lacking": "lack",
    "lacked": "lack",
    "forming": "form",
    "forms": "form",
    "series": "series",
    "species": "species",
}
_DIGITS = dict(
    zip(
        "2 3 4 5 6 7 8 9 10 12 16 20".split(),
        "two three four five six seven eight nine ten twelve sixteen twenty".split(),
        strict=True,
    )
)
_NO_PLURAL = ("ss", "us", "is", "ous", "ous")
_DETERMINERS = frozenset("a an the its their his her this these those such each every any both".split())


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign at ``start``:``end`` of its sentence. ``tied`` says that a hyphen joins it to the last."""

    text: str
    lemma: str
    start: int
    end: int
    tied: bool = False


@lru_cache(maxsize=65536)
def lemma(word: str) -> str:
    """Return the lower-case singular of a noun or the plain form of a verb; other words as they are.

    Examples
    --------
    >>> [lemma(w) for w in ("Antennae", "bodies", "boxes", "segmented", "comb")]
    ['antenna', 'body', 'box', 'segmented', 'comb']
    """
    low = word.lower()
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if low in _DIGITS:
        return _DIGITS[low]
    if len(low) <= 3 or not low.endswith("s") or low.endswith(_NO_PLURAL):
        return low
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("ches", "shes", "xes", "sses", "zes")):
        return low[:-2]
    return low[:-1]


def tokenise(text: str) -> list[Token]:
    """Split a sentence into tokens; hyphenated words fall into their parts, and the hyphens away.

    Examples
    --------
    >>> [(t.lemma, t.tied) for t in tokenise("Disc-shaped bodies.")]
    [('disc', False), ('shaped', True), ('body', False), ('.', False)]
    """
    tokens: list[Token] = []
    tied = False
    for match in _TOKEN.finditer(text):
        word, start, end = match.group(), match.start(), match.end()
        if word in "-‐‑" and 0 < start and text[start - 1].isalnum() and text[end : end + 1].isalnum():
            tied = not text[start - 1].isdigit() or not text[end].isdigit()
            if tied:
                continue
        tokens.append(Token(word, lemma(word), start, end, tied))
        tied = False
    return tokens


def is_determiner(token: Token) -> bool:
    """Return whether a wording may leave the token out: articles, possessives, demonstratives."""
    return token.lemma in _DETERMINERS
