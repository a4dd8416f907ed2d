"""Of which taxon a phrase speaks."""

import re
from collections.abc import Sequence
from itertools import pairwise

from seston.concepts.extract.lexicon import words_of
from seston.concepts.extract.open.phrase import Phrase
from seston.concepts.extract.open.vocabulary import singular, vocabulary
from seston.concepts.extract.open.word import ADJECTIVE, ADV, DET, NEG, NOUN, NUMBER, Word

COLOURED = words_of("green brown red golden blue-green yellow-green golden-brown")
_ENDING = re.compile(r"(?:ae|a|i|us|um|is|es|an|e|s)$")
_LATIN_END = re.compile(r"(?:a|us|um|is|ae|es|ii|os|ys|ops|ax|ix|yx|on|as|phora|zoa|ids|ans|oids|ytes|pods)$")
_SINGLE_LATIN = re.compile(r"(?:a|us|um|is|idae|inae|oidea|aceae|ales)$")
_GROUP = re.compile(r"(?:acea|aceae|idae|inae|ida|idea|oidea|iformes)$")
_MEMBER = re.compile(r"(?:ids?|oids?|ans?|ines?)$")
_AGES = words_of("grown adult mature young living fresh whole")
_COMMON = words_of("with from and the type other part form large small long short like shape")


class Page:
    """The names by which a text calls what it is about.

    Parameters
    ----------
    taxon
        The page's taxon; with none, every taxon named is the text's own.
    aliases
        Its common names, singular.
    """

    def __init__(self, taxon: str, aliases: frozenset[str] = frozenset()) -> None:
        self.taxon = taxon.lower()
        low = self.taxon.replace("_", " ")
        self.words = frozenset(singular(word.strip(".,()")) for word in low.split() if len(word) > 2) - _COMMON
        self.stems = tuple(stem for word in self.words if len(stem := _ENDING.sub("", word)) > 3)
        self.roots = tuple(root for word in self.words if (root := _GROUP.sub("", word)) != word and len(root) > 3)
        self.cellular = False
        self.aliases = aliases
        self._ends = frozenset(alias.split()[-1] for alias in aliases)
        self.thing = bool(vocabulary().grammar["thing"] & frozenset(low.split()[-1:])) or low.endswith(
            ("osis", "sterane")
        )

    def is_own(self, word: str) -> bool:
        """Return whether a word names the page's taxon, in Latin or as an English noun made of it.

        >>> [Page("Bryozoa").is_own(word) for word in ("bryozoans", "Bryozoa", "Cnidaria")]
        [True, True, False]
        """
        noun = singular(word)
        if noun in self.aliases or (self.roots and word.startswith(self.roots) and _MEMBER.search(word)):
            return True
        return noun in self.words or (len(noun) > 3 and noun.startswith(self.stems) if self.stems else False)

    def ends(self, noun: str) -> bool:
        """Return whether a noun is the last word of a common name of the taxon."""
        return noun in self._ends

    def whom(self, phrase: Phrase, words: Sequence[Word]) -> str:
        """Return "self", the name as written of another taxon, or "" for a phrase that names none."""
        if self.aliases and self._is_alias(phrase, words):
            return "self"
        if phrase.kind not in ("taxon", "name"):
            return self._of_modifier(phrase, words)
        last = words[phrase.head].text
        latin = self._is_living(last) or (last.islower() and words[phrase.head - 1].kind == "name")
        if phrase.kind == "name" and (not latin or self.is_person(phrase, words)):
            return ""
        text = self._written(phrase, words) if phrase.kind == "taxon" else self._proper(phrase, words)
        if not self.words:
            return "self"
        head = words[phrase.head]
        if phrase.kind == "name" and "_" in text:
            return "self" if text.lower() == self.taxon else text
        if phrase.kind == "name":
            named = text.split()
            known = self.is_own(named[0]) and all(self.is_own(word) for word in named if word.islower())
            known = known and not self._is_kindred(named[0])
            return "self" if known or self._is_abbreviated(named) else text
        if phrase.kind == "taxon" and self._points(phrase, words):
            return "self"
        if phrase.kind == "taxon" and phrase.the and head.low == head.lemma and phrase.end - phrase.begin == 2:
            return "self"
        aged = words[phrase.head - 1].low in _AGES and phrase.end - phrase.begin == 3
        if phrase.kind == "taxon" and (phrase.the or phrase.indefinite) and head.low == head.lemma and aged:
            return "self"
        coloured = head.lemma == "alga" and any(q.text in COLOURED for q in phrase.qualities)
        front = [word.low for word in words[phrase.begin : phrase.head] if word.tag in (ADJECTIVE, NOUN)]
        if any(self.is_own(word) for word in front) and not coloured and not self.is_own(head.low):
            return "self"  # "calanoid copepods" on the page of Calanoida
        narrowed = coloured or any(not self._general(word) for word in front)
        return "self" if self.is_own(head.low) and not narrowed else text

    def _is_kindred(self, name: str) -> bool:
        """Return whether a Latin name is another's, though made of the same stem: "Salpa" on the page of "Salp"."""
        low = name.lower()
        latin = name[:1].isupper() and bool(_SINGLE_LATIN.search(low)) and not name.isupper()
        return latin and low not in self.taxon.replace("_", " ").split() and singular(low) not in self.words

    def _is_abbreviated(self, named: Sequence[str]) -> bool:
        """Return whether "E. huxleyi" is the page's own _Emiliania huxleyi_."""
        own = self.taxon.replace("_", " ").split()
        if len(named) != 2 or len(own) != 2 or not named[0].endswith("."):
            return False
        return own[0].startswith(named[0][:-1].lower()) and named[1].lower() == own[1]

    def _points(self, phrase: Phrase, words: Sequence[Word]) -> bool:
        """Return whether a group is the page's own by a word: "this salp", "copepods of this family"."""
        within = [word.low for word in words[phrase.begin : phrase.head]]
        behind = [word.low for word in words[phrase.head + 1 : phrase.head + 3]]
        own = within[:1] + [after for word, after in pairwise(within) if word == "of"]
        own += behind[1:] if behind[:1] == ["of"] else []
        return not {"these", "those", "this", "such"}.isdisjoint(own)

    def _is_alias(self, phrase: Phrase, words: Sequence[Word]) -> bool:
        """Return whether a phrase ends in a common name that the text gives its taxon: "moon jellyfish"."""
        if phrase.head < 0:
            return False
        named = [word.low for word in words[phrase.begin : phrase.head] if word.tag not in (DET, ADV, NEG, NUMBER)]
        named.append(words[phrase.head].lemma.lower())
        while len(named) > 1 and (named[0] in _AGES or named[0] in vocabulary().grammar["adjective"]):
            named = named[1:]
        return " ".join(named) in self.aliases

    def _of_modifier(self, phrase: Phrase, words: Sequence[Word]) -> str:
        """Return the taxon that a word before the head names: "_Aus_ species", "crab larvae", "fungal cell walls"."""
        if not self.words or (phrase.head >= 0 and words[phrase.head].lemma == "body"):
            return ""  # "the plant body" of an alga
        for place in range(phrase.begin, phrase.head if phrase.head >= 0 else phrase.begin):
            word = words[place]
            ranked = words[phrase.head].lemma in vocabulary().rules["ranks"]
            if ranked and word.text.isupper() and word.text.isalpha() and 1 < len(word.text) < 6:
                return f"{word.text} {words[phrase.head].text}"  # "the DO clade"
            if word.low.endswith(("'s", "’s", "s'", "s’")) and (owner := self._of_owner(words, phrase.begin, place)):
                return owner
            if word.kind == "name" and self._is_living(word.text) and not self.is_own(word.low):
                return word.text.removesuffix("'s")
            before = words[place - 1] if place > phrase.begin else None
            plain = before is not None and before.tag == NOUN and not before.kind and not self._general(before.low)
            if self.is_own(word.low) and before is not None and plain:
                return f"{before.text} {word.text}"  # "stag beetle larvae" on the page of beetles
            group = word.kind == "taxon" or word.low in vocabulary().rules["of-taxa"]
            if group and not self.thing and not self.is_own(word.low) and not self.ends(word.lemma):
                return word.text.removesuffix("'s")
        return ""

    def _of_owner(self, words: Sequence[Word], begin: int, place: int) -> str:
        """Return the taxon of "the stag beetle's jaws", "self" for the page's own; nothing for another noun."""
        owner = words[place].text.removesuffix("'s").removesuffix("’s").rstrip("'’")
        low = owner.lower()
        front = [word.text for word in words[begin:place] if word.tag == NOUN]
        if self.is_own(low):
            return " ".join([*front, owner]) if front else "self"
        proper = place > begin and owner[:1].isupper() and self._is_living(owner)
        return " ".join([*front, owner]) if proper or singular(low) in vocabulary().taxa else ""

    def _general(self, word: str) -> bool:
        return (
            self.is_own(word)
            or word in vocabulary().grammar["adjective"]
            or word.endswith(("ous", "ic", "al", "ar", "ed", "ing"))
        )

    def _is_living(self, name: str) -> bool:
        """Return whether a proper name may be a taxon's: Latin by its ending, two words, a label, or the page's own."""
        low = name.lower()
        if low in vocabulary().grammar["place"]:
            return False
        return " " in name or "_" in name or bool(_LATIN_END.search(low)) or self.is_own(low)

    def is_person(self, phrase: Phrase, words: Sequence[Word]) -> bool:
        """Return whether a proper name is of two capitals and none of a taxon: "Vaughan Thompson"."""
        named = [word.text for word in words[phrase.begin : phrase.head + 1] if word.kind == "name"]
        capitals = [name for name in named if name[:1].isupper() and " " not in name and "_" not in name]
        return len(capitals) > 1 and not phrase.the and not any(self.is_own(name.lower()) for name in capitals)

    def _proper(self, phrase: Phrase, words: Sequence[Word]) -> str:
        return " ".join(word.text for word in words[phrase.begin : phrase.head + 1] if word.kind == "name")

    def _written(self, phrase: Phrase, words: Sequence[Word]) -> str:
        groups = [words[q.end - 1] for q in phrase.qualities if q.text in COLOURED]
        begin = max([n for n in range(phrase.begin, phrase.head) if words[n].low == "of"], default=phrase.begin)
        kept = [w for w in words[begin : phrase.head + 1] if w.kind or w.tag in (ADJECTIVE, NOUN) or w in groups]
        return " ".join(word.text for word in kept if word.low not in ("other", "certain"))
