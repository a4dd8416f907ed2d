"""Whom a clause speaks of, and where a part is present or absent."""

from collections.abc import Iterator, Sequence

from seston.concepts.extract.open.clause import Clause
from seston.concepts.extract.open.context import is_be
from seston.concepts.extract.open.doubts import Doubts
from seston.concepts.extract.open.phrase import Phrase
from seston.concepts.extract.open.vocabulary import vocabulary

_RULES = vocabulary().rules
_BE = frozenset(
    ("is", "are", "was", "were", "be", "may", "can", "might", "seems", "seem", "remains", "remain", "being")
)


class Scoped(Doubts):
    """A sentence that knows whom its clauses speak of."""

    def _names_of(self, clause: Clause) -> list[str]:
        """Return whom a clause speaks of, more than one where taxa share a verb."""
        if shared := self._fronted_taxa(clause):
            return shared
        named = [self.page.whom(one, self.words) for one in clause.subjects]
        return named if len(named) > 1 and all(named) and not clause.relative else [self._subject]

    def _fronted_taxa(self, clause: Clause) -> list[str]:
        """Return the taxa that a clause opens with, if more than one: "in copepods and penaeids no horns are found"."""
        at = clause.begin
        while at < clause.end and self.found[at].sort in ("join", "stop", "sub"):
            at += 1
        names: list[str] = []
        if clause.relative or at >= clause.end or self.found[at].low not in ("in", "among"):
            return names
        for phrase in self.found[at + 1 : clause.end]:
            if phrase.sort == "noun":
                name = "" if phrase in clause.subjects else self.page.whom(phrase, self.words)
                if not name:
                    break
                names.append(name)
            elif phrase.sort not in ("join", "mark", "adv"):
                break
        return names if len(names) > 1 and "self" not in names else []

    def _scope(self, clause: Clause) -> tuple[str, bool, str]:
        """Return whom the clause speaks of, whether of some only, and of which stage."""
        if clause.relative:
            return self._scope_of_relative(clause)
        whom, some, stage = self._opening(clause)
        if clause is self.clauses[0] and self._opens_with_rank():
            whom, some = "", False
        stage = stage or self._stage_of(clause.subjects)
        first = clause.subjects[0] if clause.subjects else None
        if not whom and first is not None and first.low in ("it", "they") and clause is self.clauses[0]:
            whom, stage = self.before.subject, self.before.stage
        if not whom and clause.shared:
            whom = self._whom
        others = first is not None and first.some and self.words[first.head].lemma in _RULES["ranks"]
        if not whom and clause.parent >= 0 and first is not None and first.kind not in ("taxon", "name") and not others:
            whom = self._whom
            goes_on = self.found[clause.begin].low in ("and", ",") and first.kind == "part"
            some = some or (goes_on and self._opened)
        if not clause.shared:
            self._opened = some and self.found[clause.begin].sort == "prep"
        self._whom = whom or "self"
        self._outer = some
        return self._whom, some, stage

    def _scope_of_relative(self, clause: Clause) -> tuple[str, bool, str]:
        before = [one for one in self.found[: clause.begin] if one.sort == "noun"][-1:]
        owners = before if self.found[clause.begin].low == "whose" else clause.subjects
        names = [self.page.whom(one, self.words) for one in owners]
        named = next((name for name in names if name and name != "self"), "")
        if named and (self._is_predicate(clause, owners) or self._opens_with_rank()):
            named = ""
        some = any(one.some for one in clause.subjects) or ((self._outer or self._some) and not named)
        return named or self._whom, some, self._stage_of(clause.subjects)

    def _opens_with_rank(self) -> bool:
        """Return whether the sentence has no verb and says what its taxon is: "A family of small fish that"."""
        if self.clauses[0].verb >= 0:
            return False
        nouns = [one for one in self.found[: self.clauses[0].end] if one.sort == "noun"]
        if not nouns or nouns[0].the:
            return False
        rank = self.words[nouns[0].head].lemma in _RULES["ranks"]
        return rank or (nouns[0].kind == "taxon" and nouns[0].qualities != [])

    def _opening(self, clause: Clause) -> tuple[str, bool, str]:
        """Return whom, of how many and which stage the words before the verb name."""
        whom, some, stage = "", clause.shared and self._outer, ""
        span = self.found[clause.begin : clause.verb if clause.verb >= 0 else clause.end]
        for place, phrase in enumerate(span):
            before = span[place - 1] if place else None
            if phrase.sort != "noun":
                some |= phrase.low in ("some", "most", "others", "many", "few", "several")
                continue
            governing = before.low if before is not None and before.sort == "prep" else ""
            aside = place > 1 and span[place - 2].low in ("especially", "particularly", "notably")
            behind = phrase in clause.subjects[1:] and clause.subjects[0].kind == "part"
            aside |= place > 1 and span[place - 2].low == "as"
            aside |= place > 2 and governing == "of" and span[place - 3].low in ("unlike", "like", "than")
            if not whom and not aside and not behind and governing in ("", "in", "of", "among", "within", "for"):
                whom = self.page.whom(phrase, self.words)
            if governing and place > 1 and span[place - 2].low == "as":
                continue  # "as in other insects"
            if before is not None and before.low in ("unlike", "like", "than", "with", "without"):
                continue
            opens = governing in ("in", "among", "for")
            some |= self._is_of_some(phrase, clause, opens, bool(governing), place == 0)
            if opens and phrase.kind == "whole" and not phrase.the and phrase.low not in ("species", "animals"):
                stage = stage or self._stage_of([phrase])
        return whom, some, stage

    def _is_of_some(self, phrase: Phrase, clause: Clause, opens: bool, governed: bool, first: bool) -> bool:
        """Return whether a phrase before the verb lets a clause hold for some only."""
        if phrase.low in ("rest", "remainder", "majority", "minority"):
            return phrase.the or phrase.indefinite
        members = phrase.kind in ("whole", "taxon", "name", "pron")
        members = members or self.words[phrase.head].lemma in _RULES["ranks"]
        if members and self._is_one_of(phrase, first or opens):
            return True
        many = phrase.number is not None and phrase.number.text in ("many", "few", "several")
        narrowed = phrase.some or (many and members and (opens or not governed)) or self._bare_some(phrase)
        return narrowed and (members or opens or phrase in clause.subjects)

    def _is_few(self, phrase: Phrase) -> bool:
        """Return whether a phrase is of some members only: "one subgenus", "some groups"."""
        members = phrase.kind == "whole" or self.words[phrase.head].lemma in _RULES["ranks"]
        first = self.words[phrase.begin].low
        return members and (phrase.some or first in ("one", "another", "other", "several", "few", "many"))

    def _is_one_of(self, phrase: Phrase, opens: bool) -> bool:
        """Return whether a phrase is of one or other members: "one genus", "other beetles", "a species with spines"."""
        if not opens or phrase.kind == "pron":
            return opens and phrase.low in ("others", "many", "several", "few")
        lows = [word.low for word in self.words[phrase.begin : phrase.head]]
        if lows[:1] == ["other"] or "one" in lows[:1]:
            return True
        ranked = self.words[phrase.head].lemma in ("species", "form", "group", "genus", "family")
        after = self.words[phrase.end].low if phrase.end < len(self.words) else ""
        return ranked and not phrase.the and after in ("with", "without", "that", "which")

    def _is_predicate(self, clause: Clause, owners: Sequence[Phrase]) -> bool:
        """Return whether a relative describes what the main clause says its subject is: "it is a protist that"."""
        main = self.clauses[max(clause.parent, 0)]
        if main is clause or main.verb < 0 or not is_be(self.found[main.verb]) or not owners:
            return False
        return owners[0].kind == "taxon" and self.found.index(owners[0]) > main.verb

    def _bare_some(self, phrase: Phrase) -> bool:
        return self.words[phrase.begin].low in ("some", "most", "others", "few", "certain") and phrase.kind != "part"

    def _stage_of(self, subjects: Sequence[Phrase]) -> str:
        for phrase in subjects:
            if phrase.head >= 0 and self.words[phrase.head].lemma in vocabulary().grammar["stage"]:
                return self.words[phrase.head].lemma
        return ""

    def _where(self, clause: Clause) -> Iterator[tuple[str, bool]]:
        """Yield the taxa that something is present or absent in, and whether in some of their members only."""
        within = False
        for place in range(clause.verb + 1, clause.end):
            phrase = self.found[place]
            if phrase.low in ("as", "unlike", "than"):
                return
            if phrase.low in ("in", "from", "among"):
                within = True
            elif phrase.sort == "noun" and within:
                animals = "animals" if self.words[phrase.head].lemma == "animal" and self.page.taxon else ""
                if name := self.page.whom(phrase, self.words) or animals:
                    yield name, phrase.some
            elif phrase.sort not in ("join", "mark", "adv"):
                within = within and phrase.sort == "quality" and phrase.low in _RULES["among"]

    def _owner(self, phrase: Phrase) -> str:
        """Return the other taxon that "of" gives the part to: "the skeletons of animals of the order _Aus_"."""
        at, owner = self.found.index(phrase) + 1, ""
        while at + 1 < len(self.found) and self.found[at].low == "of" and self.found[at + 1].sort == "noun":
            name = self.page.whom(self.found[at + 1], self.words)
            owner = name if name and name != "self" else owner
            at += 2
            if at < len(self.found) and self.found[at].sort == "noun" and self.found[at].kind == "name":
                owner = self.page.whom(self.found[at], self.words)
        return owner

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
