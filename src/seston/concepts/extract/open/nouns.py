"""Noun phrases: articles, numbers, adjectives and nouns."""

from collections.abc import Sequence

from seston.concepts.extract.lexicon import words_of
from seston.concepts.extract.open.amounts import count, counts
from seston.concepts.extract.open.phrase import Phrase, Quality
from seston.concepts.extract.open.shades import SHADES, wording
from seston.concepts.extract.open.vocabulary import vocabulary
from seston.concepts.extract.open.word import ADJECTIVE, ADV, DET, NEG, NOUN, NUMBER, PREP, QUALITY, Word

_NOMINAL = frozenset((NOUN, ADJECTIVE, QUALITY, NUMBER))
_JOINING = frozenset(("and", "or", ",", "to", "but", "/", "nor"))
_LIMITS = frozenset(("up", "about", "over", "at", "least", "more", "than", "only", "around", "just", "or"))
_QUOTES = frozenset(("'", "“", "”", '"', "_", "‘", "’"))
# "reduced to small pits" is no range
LEADING_TO = frozenset(words_of("reduced fused attached joined united linked connected adapted parallel equal"))
_JOINT = -1
_STOP = -1


def noun_phrase(words: Sequence[Word], place: int) -> Phrase | None:
    """Read articles, numbers, adjectives and nouns; nothing where no noun ends them."""
    return _Reader(words, place).read()


class _Reader:
    """A noun phrase being read: the places of its ``parts``, of the words that join ``alternatives``, of its head."""

    def __init__(self, words: Sequence[Word], place: int) -> None:
        self.words, self.begin = words, place
        self.phrase = Phrase("noun", place, place)
        self.alternatives: list[int] = []
        self.parts: list[int] = []
        self.head = -1

    def read(self) -> Phrase | None:
        at = self.begin
        while 0 <= at < len(self.words):
            at = self._take(at)
        return self._ended() if self.head >= 0 else None

    def _take(self, at: int) -> int:
        """Take the word at a place, and return the next place, or `_STOP` behind the phrase."""
        word, phrase, words = self.words[at], self.phrase, self.words
        open_ = self.head < 0
        if word.tag in (DET, NEG) and open_ and not self.parts and not phrase.qualities and phrase.number is None:
            return self._article(word, at)
        if word.low == "other" and open_ and phrase.number is not None and phrase.number.end == at:
            return at + 1  # "a few other families"
        if word.low in ("or", "to") and phrase.number and phrase.number.end == at and _more(words, at + 1):
            text = f"{phrase.number.text} {word.text} {words[at + 1].low}"
            phrase.number = Quality(text, phrase.number.begin, at + 2)
            return at + 2
        if word.tag == NUMBER and open_:
            phrase.number = _number(words, self.begin, at, phrase.number)
        elif word.tag == ADV and open_ and at + 1 < len(words) and words[at + 1].tag in (*_NOMINAL, ADV, DET):
            first = at == self.begin or words[at - 1].tag in (DET, PREP)
            superlative = word.low == "most" and at > self.begin
            phrase.some |= first and not superlative and word.low in ("some", "most", "certain", "various")
        elif (word.tag == QUALITY and (open_ or words[self.head].tag != NOUN or _goes_on(words, at))) or (
            word.tag == ADJECTIVE and open_ and _is_posture(word) and _part_follows(words, at)
        ):
            self._quality(word, at)
        elif word.tag == ADJECTIVE and (open_ or _goes_on(words, at)):
            self.parts.append(at)
        elif word.tag == NOUN:
            return self._noun(word, at)
        else:
            return at + 1 if self._joins(word, at) else _STOP
        return at + 1

    def _article(self, word: Word, at: int) -> int:
        phrase = self.phrase
        if word.tag == NEG and word.low not in ("no", "neither", "nor"):
            return _STOP
        phrase.none |= word.low in ("no", "neither", "nor")
        phrase.some |= word.low in ("some", "most", "certain", "various", "few")
        phrase.own |= word.low in ("its", "their")
        phrase.indefinite |= word.low in ("a", "an")
        phrase.the |= word.low in ("the", "its", "their", "this", "these", "those", "his", "her")
        return at + 1

    def _quality(self, word: Word, at: int) -> None:
        before = self.words[at - 1]
        degree = at > self.begin and before.tag == ADV and before.low.endswith(("ly", *SHADES))
        self.phrase.qualities.append(Quality(wording(self.words, at), at - 1 if degree else at, at + 1))
        if word.low in ("shaped", "like") and self.parts:
            self.parts.pop()
            self.head = -1

    def _noun(self, word: Word, at: int) -> int:
        if word.low.endswith(("'", "’", "'s", "’s")):
            if word.kind != "name":
                self.parts, self.phrase.qualities = [], []  # "the small stag beetle's jaws"
            return at + 1
        head = self.words[self.head] if self.head >= 0 else None
        if head is not None and not word.kind and head.kind not in ("", "name") and head.low != head.lemma:
            return _STOP  # "tentacles strains": a plural does not stand before a noun
        self.parts.append(at)
        self.head = at
        return at + 1

    def _joins(self, word: Word, at: int) -> bool:
        """Return whether a word joins adjectives, or is a mark within the phrase."""
        words, open_ = self.words, self.head < 0
        if word.low == "to" and words[at - 1].low in LEADING_TO:
            return False
        if word.low == "," and open_ and self.phrase.qualities and self._is_serial(at):
            self._joint(at, at + 2)
            return True
        if word.low in _JOINING and open_ and self.phrase.qualities and _adjective_then_noun(words, at + 1):
            if word.low in ("or", "to"):
                self.alternatives.append(at)
            if word.low != "to" and words[at - 1].low != ",":
                self._joint(at, at + 1)
            return True
        if word.low in ("and", ",", "or") and self.parts and open_ and _adjective_then_noun(words, at + 1):
            if words[at + 1].tag != QUALITY:
                self.parts.append(_JOINT)  # "dorsal and anal fins", not "an outer, round wall"
            return True
        listed = word.low == "," and open_ and self.phrase.indefinite and len(self.phrase.qualities) > 1
        if listed and at + 1 < len(words) and words[at + 1].kind == "part":
            return True  # "a single, long, tail segment"
        if word.low in (",", "or") and open_ and self.phrase.indefinite and _either_then_part(words, at):
            self.alternatives.extend([at] if word.low == "or" else [])
            return True
        return word.low in _QUOTES and open_ and at + 1 < len(words) and words[at + 1].tag in _NOMINAL

    def _is_brought(self) -> bool:
        """Return whether a verb of having, "with" or "and" stands before the phrase."""
        before = self.words[self.begin - 1] if self.begin else None
        having = before is not None and before.verb is not None and before.verb.group == "have"
        return having or (before is not None and before.low in ("with", "and"))

    def _joint(self, at: int, after: int) -> None:
        """Keep apart what "dorsal, caudal" name."""
        plain = self.words[at - 1].tag == self.words[after].tag == ADJECTIVE
        if self.parts and self.parts[-1] != _JOINT and plain:
            self.parts.append(_JOINT)

    def _is_serial(self, at: int) -> bool:
        """Return whether a comma stands before the "or" of "round, oval, or flat eyes"."""
        words = self.words
        last = at + 2 < len(words) and words[at + 1].low in ("or", "and")
        if not last:
            return False
        before = words[self.begin - 1] if self.begin else None
        had = before is not None and (before.tag == PREP or (before.verb is not None and before.verb.group == "have"))
        return (had or words[self.begin].tag in (DET, NUMBER)) and _adjective_then_noun(words, at + 2)

    def _ended(self) -> Phrase:
        phrase, head = self.phrase, self.words[self.head]
        phrase.end, phrase.head, phrase.kind, phrase.low = self.head + 1, self.head, head.kind, head.low
        phrase.qualities = [one for one in phrase.qualities if one.end <= phrase.end]
        _alternatives(self.words, phrase.qualities, self.alternatives)
        if head.lemma == "structure" and phrase.indefinite and phrase.qualities and not self._is_brought():
            phrase.kind = "part"  # "a long pointed structure"
        phrase.name = _named(self.words, [one for one in self.parts if one <= self.head])
        if phrase.low in ("one", "ones"):
            phrase.kind, phrase.name = "pron", "~"
        elif phrase.low == "pair" and not (phrase.end < len(self.words) and self.words[phrase.end].low == "of"):
            which = [self.words[one].low for one in self.parts if 0 <= one < self.head]
            phrase.kind, phrase.name, phrase.low = "pron", "~", " ".join(which) or "pair"
        inner = noun_phrase(self.words, phrase.end + 1) if counts(self.words, phrase) else None
        if inner is not None and inner.head >= 0:
            count(self.words, phrase, inner)
        phrase.aspect = phrase.kind != "part" and self.words[phrase.head].lemma in vocabulary().grammar["aspect"]
        return phrase


def _part_follows(words: Sequence[Word], at: int) -> bool:
    after = words[at + 1 : at + 3]
    return bool(after) and (after[0].kind == "part" or (after[0].tag == QUALITY and after[-1].kind == "part"))


def _is_posture(word: Word) -> bool:
    """Return whether an adjective in -ing tells how a part is held or shaped: "a hanging stomach"."""
    verb = word.verb
    return verb is not None and verb.form == "ing" and verb.lemma in vocabulary().rules["posture"]


def _more(words: Sequence[Word], at: int) -> bool:
    return at < len(words) and (words[at].tag == NUMBER or words[at].low in ("more", "fewer", "less"))


def _alternatives(words: Sequence[Word], qualities: Sequence[Quality], joints: Sequence[int]) -> None:
    """Mark the adjectives that "or" joins: in "thin dark or grey bar" the last two."""
    for joint in joints:
        last = joint - 1 if words[joint - 1].low == "," else joint
        for number, one in enumerate(qualities):
            if one.begin == joint + 1 or (one.end == last and number + 1 < len(qualities)):
                one.either = True
                at = number - 1
                while words[joint].low == "or" and one.end == last and at >= 0 and words[qualities[at].end].low == ",":
                    qualities[at].either = True
                    at -= 1


def _number(words: Sequence[Word], begin: int, at: int, before: Quality | None) -> Quality:
    start = before.begin if before else at
    if start - 2 >= begin and words[start - 2].low == "up" and words[start - 1].low == "to":
        start -= 2
    while start > begin and words[start - 1].low in _LIMITS:
        start -= 1
    return Quality(" ".join(word.low for word in words[start : at + 1]), start, at + 1)


def _goes_on(words: Sequence[Word], at: int) -> bool:
    """Return whether a noun follows directly: then an adjective behind a noun is within its phrase."""
    return at + 1 < len(words) and words[at + 1].tag == NOUN


def _adjective_then_noun(words: Sequence[Word], at: int) -> bool:
    """Return whether adjectives stand there, and a noun behind them."""
    start = at
    while at < len(words) and (
        words[at].tag in (QUALITY, ADJECTIVE, ADV) or (at > start and words[at].low in ("and", "or", ",", "to", "but"))
    ):
        at += 1
    if at < len(words) and at > start and words[at].tag == NOUN:
        return words[at - 1].tag in (QUALITY, ADJECTIVE)
    return False


def _either_then_part(words: Sequence[Word], at: int) -> bool:
    """Return whether the rest of "a conical or paddle-shaped, snout" stands there, from "or" or its comma on."""
    if words[at].low == "or" and at + 2 < len(words) and words[at + 1].tag == QUALITY:
        at += 2
    after = words[at + 1] if at + 1 < len(words) else None
    joined = at > 1 and "or" in (words[at - 1].low, words[at - 2].low)
    return joined and words[at].low == "," and after is not None and after.kind in ("part", "whole")


def _is_proper(word: Word) -> bool:
    return word.kind == "name" or (word.kind == "taxon" and word.text[0].isupper())


def _named(words: Sequence[Word], parts: Sequence[int]) -> str:
    if not parts:
        return ""
    front = [
        "&" if one == _JOINT else words[one].low for one in parts[:-1] if one == _JOINT or not _is_proper(words[one])
    ]
    front = [word for word in front if word not in ("other", "different", "certain", "same")]
    last = words[parts[-1]]
    return " ".join([*front, last.text if last.kind == "name" else last.lemma]).replace("'s", "")
