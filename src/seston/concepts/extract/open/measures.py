"""Sizes with units, and proportions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_VALUE = r"\d+(?:[.,]\d+)*|half an?|half a|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|several"
_UNITS = (
    "micrometres?|micrometers?|microns?|millimetres?|millimeters?|centimetres?|centimeters?|metres?|meters?|"
    r"in(?=\)|\s(?:long|wide|across|tall|high|in (?:diameter|length))\b)|"
    "nanometres?|nanometers?|inches|inch|feet|foot|ft|mm|cm|nm|µm|μm|um|µ|m"
)
_BOUND = (
    "(?:seldom|rarely|never|hardly) (?:more than|over|above|exceeds?|exceeding|longer than"
    "|(?:grows?|gets?|be) (?:beyond|over|above))"
    "|(?:do|does|not) (?:not )?exceed(?:ing)?|reach(?:es|ing)?|attain(?:s|ing)?|grow(?:s|ing)? to|up to|as much as"
    "|less than|under|below|at most|not more than|no more than|maximum of|over|more than|at least"
    "|exceeds?|exceeding|above|nearly|almost|about|around|approximately|ca\\.?|c\\.|roughly|only"
)
_SIZE = re.compile(
    rf"(?:(?P<bound>{_BOUND})\s+)?(?<![\w./])(?P<low>{_VALUE})\s?(?P<unit1>{_UNITS})?"
    rf"(?:\s?(?:to|–|-|−|or|and|up to|to about|to over)\s?(?P<high>{_VALUE}))?[\s-]?(?P<unit>{_UNITS})?"
    rf"(?:\s(?:by|×|x)\s(?P<across>{_VALUE})\s?(?P<unit2>{_UNITS}))?(?P<more>\sor more\b)?"
    r"(?![\w²³°])(?!\s?[/²³])",
    re.I,
)
_QUICK = re.compile(rf"\d\s?-?(?:{_UNITS})\b|(?:metre|meter|micron|inch|feet|foot|\bmm\b|\bcm\b)", re.I)
_CONVERTED = re.compile(rf"\d\s?(?:{_UNITS})\s?\($", re.I)
_DIMENSIONS = (
    (re.compile(r"^\W*(?:in |of )?(?:\w+ )?(?:diameter|across)\b", re.I), "diameter"),
    (re.compile(r"^\W*(?:in |of )?(?:wide|width|broad|breadth|thick)\b", re.I), "width"),
    (re.compile(r"^\W*(?:in |of )?(?:\w+ )?(?:long|length|tall|high|height|size)\b", re.I), "length"),
)
_BEFORE = (
    (re.compile(r"\b(?:diameters?)\b[^,;.]{0,30}$", re.I), "diameter"),
    (re.compile(r"\b(?:width|breadth|wide)\b[^,;.]{0,30}$", re.I), "width"),
)
_NO_SIZE = re.compile(
    r"\b(?:depths?|deep|waters?|seas?|apart|distance|waves?|wavelengths?|altitudes?|mesh|nets?|below|per|rain"
    r"|at (?:a |the )?heights? of|above the|shore|swim|travel|migrat\w+|rise|level|sediment|surfaces?|years?|trees?)\b",
    re.I,
)
# "sea" and "deep" in names of animals tell no depth
_LIVING = re.compile(r"\b(?:deep-(?:sea|water|living)|sea (?:urchin|star|cucumber|anemone|squirt|slug))s?\b", re.I)
_BRACKETED = re.compile(r"^\s?\([^()]{1,25}\)")
_WORDS = {
    name: float(n)
    for n, name in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
} | {"a": 1.0, "an": 1.0, "twenty": 20.0, "half a": 0.5, "half an": 0.5}
_DIM = "wide|broad|long|high|tall|deep|thick"
_ABOUT = "about|nearly|almost|over|more than|at least|up to|roughly"
_FRACTION = r"(?:an?\s|one\s|two\s|three\s)?(?:thirds?|quarters?|fifths?|tenth)"
_TIMES_ = rf"(?:(?:{_ABOUT})\s+)?(?:{_FRACTION}|[\w.]+(?:\s(?:to|or)\s[\w.]+)?\stimes|twice|half)\s"
_TIMES = rf"(?:{_TIMES_})?"
_NO_NOUN = (
    "and|or|in|with|on|of|but|when|which|that|is|are|while|to|by|at|from|as|so|it|they|the|for|has|have|was|were|bears?"
    "|usually|often"
)
_WORD = rf"(?!(?:{_NO_NOUN})\b)[\w-]+"
_ARTICLE = "the|its|their|those of the|that of the|those of|that of|an?"
_PART = rf"(?:{_ARTICLE}) {_WORD}(?: {_WORD}){{0,3}}(?: (?:is|are) (?:{_DIM})\b)?"
_THAN = rf"(?: (?:it|they) (?:is|are))?\s(?:{_DIM}|{_PART}"
_PROPORTION = re.compile(
    rf"(?<![;.]\s)(?<!\bno )(?P<q>{_TIMES}(?:as (?:{_DIM}|large|short) as{_THAN}|[\w-]+)"
    rf"|{_TIMES_}(?:the (?:length|width|breadth|height|diameter|size|thickness) of {_PART}"
    rf"|longer|wider|broader|larger|bigger|thicker|taller)"
    rf"|(?:longer|wider|taller|broader|higher|deeper|shorter|thicker) than{_THAN})))",
    re.I,
)
# "shaped like a bell", "looks like a string of units", "resemble a head of lettuce", "in the shape of a horseshoe"
_NEXT = r" (?!(?:and|but|or|in|with|on|of|to|that|for|from|by|at|as|when|which)\b|[\w-]+(?:ed|ing)\b)[\w-]+"
_GOES_ON = rf"(?:{_NEXT})?"
_NO_PRONOUN = r"(?!(?:it|they|he|this|that|those|these|each|one)\b)"
_FIGURE = re.compile(
    rf"(?P<shaped>shaped like (?:an? |the )?[\w-]+{_GOES_ON}(?: of [\w-]+)?)"
    rf"|(?:look(?:s|ing)? (?:very |rather |much )?like|resembl(?:es?|ing)"
    r"|(?:in|has|have|having) the (?:shape|form|appearance|look|profile|outline) of(?= an? )) "
    rf"(?P<figure>{_NO_PRONOUN}(?:(?:an?|the|two|three|four|many) [\w-]+(?:{_NEXT}){{0,2}}|[\w-]+{_GOES_ON})"
    rf"(?: of [\w-]+{_GOES_ON})?)"
    r"|(?i:(?P<like>(?<!as )\b(?:flat|thin|thick|broad|fine|round|soft|hard|clear|stiff|straight|white|red|smooth)"
    r" as (?:an? )?[\w-]+))"
)
_ARRANGED = re.compile(
    r"\b(?:close together|far apart|next to (?:each other|one another)|side by side|end to end|back to back"
    r"|on top of [\w-]+"
    r"|of (?:similar|equal|unequal|different|varying|variable) (?:lengths?|sizes?|widths?|shapes?)"
    r"|at (?:a )?right angles(?: to the [\w-]+)?|at an (?:acute |oblique |obtuse )?angle"
    r"|in (?:pairs|rows|a row|a ring|a circle|a spiral|clusters|whorls|chains|bundles|two rows|a single row|one row))\b"
)
_NET = re.compile(r"\b(?:nets?|mesh|scale bars?|trawl|thumb)\b", re.I)
_ARRANGING: tuple[str, ...] = (
    "together",
    "apart",
    "other",
    "side by",
    "end to",
    "back to",
    "on top",
    "angle",
    "equal",
    "similar",
    "different",
)
_ARRANGING += ("var", "pairs", "row", "ring", "circle", "spiral", "clusters", "whorls", "chains", "bundles")
_OTHERS = re.compile(rf"(?<=er) than (?:{_PART}|(?!(?:{_DIM})\b)[\w-]+)$", re.I)
_LEAD = re.compile(r"^(?:about|nearly|almost|roughly)\s+", re.I)


_AT_MOST = (
    "seldom", "rarely", "never", "hardly", "do", "not", "reach", "attain", "grow", "up", "as much", "less", "under",
    "below", "at most", "no more", "max",
)  # fmt: skip
_DEEPER = ("below", "above", "under", "over")
_MEASURED_FOOT = re.compile(r"\W*(?:long|high|tall|wide|across)")
_AWAY = re.compile(r"\W*(?:deep|below|apart|above|away|from(?! (?:end|tip|the (?:tip|front|top|base|head)))|thick)\b")
_TAIL = re.compile(
    r"\s?(?:(?:in|of)\s(?:\w+\s)?)?(?:long|wide|broad|across|diameter|length|width|high|tall|height|thick)\b"
)


@dataclass(frozen=True, slots=True)
class Measure:
    """Words ``start``:``end`` that say a size, a proportion, a likeness or an arrangement.

    ``kind`` is "size", "proportion", "figure", "arranged", or "elsewhere" for a size that is none of the body;
    ``quality`` is the dimension or the words, ``low`` and ``high`` are in ``unit``, as written.
    """

    start: int
    end: int
    quality: str
    kind: str = "size"
    low: float | None = None
    high: float | None = None
    unit: str = ""


def measures(text: str) -> Iterator[Measure]:
    """Yield the sizes, then the proportions, of a sentence.

    >>> [(m.quality, m.low, m.high, m.unit) for m in measures("It is 2 to 5 mm long and up to 1 cm in diameter.")]
    [('length', 2.0, 5.0, 'mm'), ('diameter', None, 1.0, 'cm')]
    >>> [m.quality for m in measures("It is about twice as long as wide.")]
    ['twice as long as wide']
    """
    if _QUICK.search(text):
        elsewhere = bool(_NET.search(text))
        for match in _SIZE.finditer(text):
            if text[match.start() - 1] == "(" and _CONVERTED.search(text[max(0, match.start() - 25) : match.start()]):
                continue
            if match["across"]:
                yield from _by(match)
            elif match["unit"] or match["unit1"]:
                size = None if elsewhere else _size(text, match)
                away = _AWAY.match(text, match.end())
                if size is None and away is None and match["low"].lower() in ("a", "the", "one", "two"):
                    continue  # "a foot is": a part
                yield size or Measure(match.start("low"), away.end() if away else match.end(), "", "elsewhere")
    if (
        " as " in text
        or "the shape of" in text
        or "the form of" in text
        or "appearance of" in text
        or "look of" in text
        or "profile of" in text
        or "outline of" in text
        or "shaped like" in text
        or "resembl" in text
        or "look" in text
    ):
        for match in _FIGURE.finditer(text):
            quality = match["shaped"] or match["figure"] or match["like"]
            verb = match["figure"] and text[match.start()] in "lr"  # it stays a verb
            yield Measure(match.start("figure") if verb else match.start(), match.end(), quality.lower(), "figure")
    for match in _ARRANGED.finditer(text) if any(word in text for word in _ARRANGING) else ():
        yield Measure(match.start(), match.end(), match[0].lower(), "arranged")
    if " as " in text or "er than " in text or " times " in text or "half " in text or "twice " in text:
        for match in _PROPORTION.finditer(text):
            quality = _LEAD.sub("", _OTHERS.sub("", match["q"])).replace("it is ", "").replace("they are ", "").lower()
            yield Measure(match.start(), match.end(), quality, "proportion")


def _by(match: re.Match[str]) -> Iterator[Measure]:
    """Yield the length and the width of "50 by 30 µm"."""
    for group, quality in (("low", "length"), ("across", "width")):
        value = _value(match[group])
        start, end = (match.start(), match.end()) if group == "low" else (match.start("across"), match.end())
        yield Measure(start, end, quality, "size", value, value, match["unit2"])


def _size(text: str, match: re.Match[str]) -> Measure | None:
    unit = match["unit"] or match["unit1"]
    after, before = text[match.end() : match.end() + 40], text[max(0, match.start() - 60) : match.start()]
    after = _BRACKETED.sub("", after)
    dimension = next((name for pattern, name in _DIMENSIONS if pattern.match(after)), "")
    dimension = dimension or next((name for pattern, name in _BEFORE if pattern.search(before)), "")
    low, high = _value(match["low"]), _value(match["high"]) if match["high"] else None
    if match["low"].lower() in ("a", "an") and before.endswith("of "):
        return None  # "a tenth of a millimetre"
    if low is None or _is_elsewhere(match, unit.lower(), before, after, dimension):
        return None
    tail = _TAIL.match(after)
    end = match.end() + (tail.end() if tail else 0)
    bound = (match["bound"] or "").lower()
    if high is not None:
        return Measure(match.start("low"), end, dimension or "length", "size", low, high, unit)
    lower = bool(match["more"]) or bound.startswith(("over", "more", "at least", "exceed", "above"))
    verbal = bound.startswith(("reach", "attain", "grow", "exceed"))
    start = match.start("low" if verbal else 0)
    least, most = None if bound.startswith(_AT_MOST) else low, None if lower else low
    return Measure(start, end, dimension or "length", "size", least, most, unit)


def _is_elsewhere(match: re.Match[str], unit: str, before: str, after: str, dimension: str) -> bool:
    """Return whether a size is none of a body: a depth, a distance, a mesh, "a foot is"."""
    if unit in ("foot", "feet") and not (match["low"][0].isdigit() or _MEASURED_FOOT.match(after)):
        return True
    if unit == "m" and not (after.strip() and re.match(r"\W*(?:long|in |tall|wide|$)", after)):
        return True
    if re.search(r"\b(?:from|at|to)\s+$", before) and (match["bound"] or "").lower() in _DEEPER:
        return True
    before, after = _LIVING.sub("", before), _LIVING.sub("", after)
    near = re.split(r"[;,]", before)[-1] + " " + re.split(r"[;,.]", after)[0]
    return bool((not dimension and _NO_SIZE.search(near)) or _AWAY.match(after))


def _value(text: str) -> float | None:
    low = text.lower()
    if low in _WORDS:
        return _WORDS[low]
    number = low.replace(",", "") if low.count(",") and len(low.rpartition(",")[2]) == 3 else low.replace(",", ".")
    try:
        return float(number)
    except ValueError:
        return None
