"""Where a part is present or absent: "found in", "absent in", "typical of"."""

from collections.abc import Iterator

from seston.concepts.extract.open.clause import Clause
from seston.concepts.extract.open.members import is_fraction, is_members
from seston.concepts.extract.open.others import Others
from seston.concepts.extract.open.vocabulary import vocabulary

_RULES = vocabulary().rules
_BE = frozenset(
    ("is", "are", "was", "were", "be", "may", "can", "might", "seems", "seem", "remains", "remain", "being")
)


class Presence(Others):
    """A sentence that knows where its parts are said to be present or absent."""

    def _where(self, clause: Clause) -> Iterator[tuple[str, bool]]:
        """Yield the taxa that something is present or absent in, and whether in some of their members only."""
        within = False
        for place in range(clause.verb + 1, clause.end):
            phrase = self.found[place]
            if phrase.low == "but" and self.words[phrase.begin - 1].low == "all":
                yield self._whom, True  # "in all but a few species"
            if phrase.low in ("as", "unlike", "than", "except") or (phrase.low == "but" and place + 1 < clause.end):
                return
            if phrase.low in ("in", "from", "among") or (
                phrase.low in ("of", "to") and self.words[phrase.begin - 1].low in _RULES["proper"]
            ):
                within = True
            elif phrase.sort == "noun" and within:
                animals = "animals" if self.words[phrase.head].lemma == "animal" and self.page.taxon else ""
                if name := self.page.whom(phrase, self.words) or animals:
                    yield name, phrase.some or self._is_few(phrase)
                elif is_members(phrase, self.words) and not self._names_after(place):
                    few = phrase.some or self._is_few(phrase)
                    yield self._whom, few or is_fraction(self.found[place - 2], phrase, self.words)
                elif phrase.name == "~" or (phrase.kind == "part" and phrase.qualities):
                    return  # "in _Aus_, round ones in _Bus_"
            elif phrase.low in ("some", "many", "others", "most") and within:
                yield self._whom, True
            elif phrase.low == "of" and within:
                continue
            elif phrase.sort not in ("join", "mark", "adv"):
                within = within and phrase.sort == "quality" and phrase.low in _RULES["among"]

    def _names_after(self, place: int) -> bool:
        """Return whether "of" and another name follow: "in species of _Aus_"."""
        after = self.found[place + 1 : place + 3]
        if after and after[0].low == "of":
            after = after[1:]
        return bool(after) and after[0].sort == "noun" and bool(self.page.whom(after[0], self.words))

    def _missing(self, clause: Clause) -> str:
        """Return "absent" or "present" where the predicate says only that."""
        if clause.verb < 0:
            return ""
        if self.found[clause.verb].lemma in ("occur", "appear", "exist"):
            if self.found[clause.verb].denied and self.found[clause.verb].lemma != "appear":
                return "absent"
            return "present" if any(self._where(clause)) else ""
        if self.words[self.found[clause.verb].begin].low not in _BE:
            return ""
        after = self.words[self.found[clause.verb].end : self.found[clause.end - 1].end]
        verb = self.found[clause.verb]
        lows = [word.low for word in after[:4] if word.tag != 7]
        if verb.end - verb.begin > 1 and self.words[verb.end - 1].low in ("wanting", "lacking", "missing"):
            lows = [self.words[verb.end - 1].low]
        denied = self.found[clause.verb].denied or lows[:1] == ["not"]
        lows = [low for low in lows if low != "not"]
        if lows[:2] == ["absent", "or"]:
            return "variable"
        if lows[:1] in (["absent"], ["lacking"], ["missing"], ["wanting"]):
            return "present" if denied else "absent"
        if lows[:1] == ["present"] and "absent" in lows:
            return "variable"
        if lows[:1] == ["present"]:
            return "absent" if denied else "present"
        known = set(lows[:1]) | {self.words[verb.end - 1].low}
        if known & _RULES["among"] and any(self._where(clause)):
            return "absent" if denied else "variable" if known & {"common", "frequent", "widespread"} else "present"
        return ""

    def _seen(self, clause: Clause) -> str:
        for word in self.words[self.found[clause.verb].begin : self.found[clause.end - 1].end]:
            if word.low in ("seen", "visible", "recognisable", "attached", "resolved", "apparent"):
                return word.low
        return ""

    def _is_there(self, clause: Clause) -> bool:
        return any(one.kind == "pron" and one.low == "there" for one in clause.subjects)
