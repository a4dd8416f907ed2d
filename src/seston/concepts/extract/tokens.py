"""Words of a sentence with their lemmas and their offsets."""

import re
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-zÀ-ÿ]+(?:['’][a-z]+)?|µm|μm|[^\sA-Za-z\d]")
# lemma: its forms
_FORMS = """
    see: seen saw; view: viewed;
    be: is are was were been being am; have: has had having; do: does did done; antenna: antennae; larva: larvae;
    seta: setae; chela: chelae; chaeta: chaetae; medusa: medusae; hydromedusa: hydromedusae; trachymedusa:
    trachymedusae; narcomedusa: narcomedusae; nauplius: nauplii; pluteus: plutei; zoea: zoeae zoeas; ephyra:
    ephyrae; bipinnaria: bipinnariae; auricularia: auriculariae; leptocephalus: leptocephali; cilium: cilia;
    flagellum: flagella; manubrium: manubria; parapodium: parapodia; podium: podia; tentillum: tentilla; ramus:
    rami; axis: axes axis; body: bodies; foot: feet; half: halves; sheaf: sheaves; nucleus: nuclei; furca: furcae;
    testis: testes; ocellus: ocelli; gonopodium: gonopodia; trochophore: trochophorae; genus: genera; net: nets;
    jellies: jellies; fish: fish fishes; lens: lens; calyx: calyces; apex: apices; lorica: loricae; centre: center
    centers centres; disc: disk disks; grey: gray; color: colour; chequered: checkered; darker: darker; fibre: fibers
    fiber; pincer:
    pincers; lie: lies lying; carry: carries carrying carried; bear: bearing bears borne; trail: trails trailing;
    hang: hanging hangs hung; stream: streaming; spread: spreading spreads; reach: reaching reaches; radiate:
    radiates radiating radiated; hold: holding; extend: extending extends; touch: touches touching; overlap:
    overlapping overlaps; stick: sticking; stand: standing; point: pointing; exceed: exceeds; stretch: stretched
    stretches; bend: bends; end: ends ending; look: looks looking; lack: lacking lacked; form: forming forms;
    series: series; species: species; two: 2; three: 3; four: 4; five: 5; six: 6; seven: 7; eight: 8; nine: 9; ten:
    10; twelve: 12; sixteen: 16; twenty: 20
"""
_IRREGULAR = {
    form: lemma
    for group in _FORMS.split(";")
    for lemma, _, forms in [group.strip().partition(":")]
    for form in forms.split()
}
_NO_PLURAL = ("ss", "us", "is", "ous")
_SKIPPED = "a an the its their his her this these those such each every any both"
_DETERMINERS = frozenset(_SKIPPED.split())


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
        if word in "-‐‑" and start > 0 and text[start - 1].isalnum() and text[end : end + 1].isalnum():
            tied = not text[start - 1].isdigit() or not text[end].isdigit()
            if tied:
                continue
        tokens.append(Token(word, lemma(word), start, end, tied))
        tied = False
    return tokens


def is_determiner(token: Token) -> bool:
    """Return whether a wording may leave the token out: articles, possessives, demonstratives."""
    return token.lemma in _DETERMINERS
