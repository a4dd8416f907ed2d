"""What is said of other taxa, and of what is no taxon: exceptions, examples, owners, bearers."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from seston.concepts.extract.open.clause import Clause
from seston.concepts.extract.open.doubts import Doubts
from seston.concepts.extract.open.members import is_members, is_part_of_members
from seston.concepts.extract.open.phrase import Phrase
from seston.concepts.extract.open.statement import Opened
from seston.concepts.extract.open.subjects import asks_plural
from seston.concepts.extract.open.vocabulary import singular, vocabulary

_RULES = vocabulary().rules
# whose form is none of the page's: statements of it are left out
NOBODY = "-"
_GOVERNING = frozenset(("by", "on", "upon", "from", "to", "against"))


class Others(Doubts):
    """A sentence that knows which taxa it names besides."""

    def _is_of_many(self, clause: Clause) -> bool:
        """Return whether the subject of a clause is plural, by its verb where that tells."""
        told = asks_plural(self.found[clause.verb], self.words) if clause.verb >= 0 else None
        return told if told is not None else any(self._is_plural(one) for one in clause.subjects)

    def _deny_single(self) -> None:
        """Let "not a single species" and "not one species" be no species."""
        for before, phrase in pairwise(self.found):
            first = [word.low for word in self.words[phrase.begin : phrase.begin + 2]]
            if before.low == "not" and phrase.sort == "noun" and (first == ["a", "single"] or first[:1] == ["one"]):
                phrase.none = True

    def _is_alien(self, clause: Clause) -> bool:
        """Return whether a clause speaks of a predator, a gene or a person: of nothing whose form is told here."""
        end = self.found[clause.end - 1].end
        named = "Latin" in self.text or "Greek" in self.text
        if named and any(word.low in ("latin", "greek") for word in self.words[self.found[clause.begin].begin : end]):
            return True  # what a name means
        if self._was_believed(clause):
            return True
        if clause.verb < 0 or not clause.subjects:
            return False
        first = clause.subjects[0]
        if first.low == "he":
            return True
        if first.sort != "noun" or first.head < 0 or first.kind == "part":
            return False
        if first.kind == "name" and self.page.words and not self.page.whom(first, self.words):
            capitals = [word for word in self.words[first.begin : first.end] if word.text[:1].isupper()]
            return len(capitals) > 1 or (clause.relative and self.found[clause.begin].low == "who")
        foreign = self.words[first.head].lemma in _RULES["alien"] and first.kind not in ("taxon", "name")
        return foreign and not any(self.page.whom(one, self.words) for one in clause.subjects)

    def _brings_members(self, clause: Clause) -> bool:
        """Return whether "there are red forms" or "there are species with horns" says what some members are like."""
        there = clause.verb >= 0 and any(one.low == "there" for one in clause.subjects)
        first = next((one for one in self.found[clause.verb + 1 : clause.end] if one.sort == "noun"), None)
        if not there or first is None or first.the:
            return False
        return is_part_of_members(first, self.words) or (
            is_members(first, self.words)
            and self.words[first.end : first.end + 1] != []
            and self.words[first.end].low in ("with", "without", "that", "whose", "in")
        )

    def _was_believed(self, clause: Clause) -> bool:
        """Return whether "it was once believed that" stands before."""
        before = self.clauses[clause.parent] if clause.parent >= 0 else None
        if before is None or before.verb < 0 or self.found[clause.begin].low != "that":
            return False
        verb = self.found[before.verb]
        past = self.words[verb.begin].low in ("was", "were") and verb.passive
        return past and verb.lemma in ("believe", "think", "suppose", "assume", "claim")

    def _bearer(self, phrase: Phrase) -> str:
        """Return the other animal that "with" gives the part to: "they are eaten by fish with large mouths"."""
        at = self.found.index(phrase)
        if phrase.name == "~" and at and self.found[at - 1].low in ("and", ",", "while", "but"):
            return self.page.whom(phrase, self.words)  # "and _Aus_ short ones"
        if at > 2 and phrase.name == "~" and self.found[at - 1].kind in ("taxon", "name"):
            joined = self.found[at - 2].low in ("and", ",", "while", "but")
            return self.page.whom(self.found[at - 1], self.words) if joined else ""  # "and _Aus_ short ones"
        listed = at > 4 and self.found[at - 2].low == "," and any(one.low == ":" for one in self.found[:at])
        if listed and self.found[at - 1].low == "with" and self.found[at - 3].kind in ("taxon", "name"):
            return self.page.whom(self.found[at - 3], self.words)  # ": the _Aus_, with long arms, the _Bus_, with"
        if at < 3 or self.found[at - 1].low != "with" or phrase.own or self.found[at - 2].sort != "noun":
            return ""
        bearer, before = self.found[at - 2], self.found[at - 3]
        if is_members(bearer, self.words) and not bearer.the and before.sort == "verb" and before.group != "be":
            self._some = True  # "it contains species with horns"
            return ""
        object_ = before.sort == "verb" and before.group == "other" and not before.passive
        if not object_ and not (before.sort == "prep" and before.low in _GOVERNING):
            return ""
        if not object_ and self.words[bearer.head].lemma in _RULES["alien"] and bearer.kind != "part":
            return NOBODY
        return self.page.whom(bearer, self.words) if bearer.kind in ("taxon", "name", "whole") else ""

    def _asides(self, clause: Clause) -> Iterator[tuple[int, list[str], bool]]:
        """Yield from which character on a clause is of other taxa or of some: "and, in _Aus_, packed with plates"."""
        for place in range(max(clause.verb, clause.begin) + 1, clause.end - 1):
            if self.found[place].sort == "prep" and self._aside_end(place):
                names = [name for name in self._listed_from(place + 1) if name != "self"]
                yield self.words[self.found[place].begin].start, names, self._is_few(self.found[place + 1])

    def _within_asides(self, clause: Clause, read: Sequence[Opened]) -> list[Opened]:
        """Return the statements of a clause with what its asides make of them."""
        kept = list(read)
        for start, names, some in self._asides(clause):
            before = [one for one in kept if one.start < start or one.subject != self._subject]
            behind = [one for one in kept if one not in before]
            behind = [replace(one, subject=name) for name in names for one in behind] if names else behind
            if some:
                behind = [replace(one, polarity="variable") for one in behind]
            kept = before + behind
        return kept

    def _included(self, clause: Clause) -> list[str]:
        """Return the taxa that are those with a part: "beetles with horns include _Aus_ and _Bus_"."""
        verb = self.found[clause.verb] if clause.verb >= 0 else None
        if verb is not None and verb.group == "be" and not verb.passive:
            return self._found_in(clause)
        if verb is None or verb.lemma != "include" or verb.passive or len(clause.subjects) != 1:
            return []
        at = self.found.index(clause.subjects[0]) + 1
        return self._listed_from(clause.verb + 1) if self.found[at].low in ("with", "without") else []

    def _found_in(self, clause: Clause) -> list[str]:
        """Return the taxa behind "are a form found in", which says whose the subject is."""
        for place in range(clause.verb + 2, clause.end - 2):
            verb, before = self.found[place], self.found[place - 1]
            told = verb.sort == "verb" and not verb.finite and verb.lemma in ("find", "know", "see")
            if told and before.sort == "noun" and before.kind != "part" and self.found[place + 1].low in ("in", "from"):
                return [one for one in self._listed_from(place + 2) if one != "self"]
        return []

    def _excepted(self, clause: Clause) -> tuple[list[str], int]:
        """Return the taxa of which a clause holds not and where they stand: "except for _Aus_", "all but _Aus_"."""
        for place in range(clause.begin, clause.end - 1):
            low, after = self.found[place].low, self.found[place + 1]
            wholly = low == "but" and place > 0 and self.words[self.found[place - 1].begin].low in ("all", "every")
            if wholly or low == "except" or (low, after.low) in (("exception", "of"), ("apart", "from")):
                at = place + 1
                while at < clause.end and self.found[at].sort == "prep":
                    at += 1
                return [one for one in self._listed_from(at) if one != "self"], place
        return [], -1

    def _examples(self, begin: int, end: int) -> list[str]:
        """Return the taxa that "such as" or "for example" names between two places."""
        for place in range(begin, end):
            if self._is_example(place):
                return self._listed_from(place + 1)
        return []

    def _likened_taxon(self, clause: Clause) -> str:
        """Return the taxon of a likeness that a relative clause stands behind: "it looks like a shrimp, which has"."""
        start = self.words[self.found[clause.begin].begin].start
        for one in self.sizes:
            if 0 <= start - one.end < 3 and not one.unit:
                named = [word for word in self.text[one.start : one.end].split() if singular(word) in vocabulary().taxa]
                return next((word for word in named if not self.page.is_own(word.lower())), "")
        return ""

    def _is_example(self, place: int) -> bool:
        """Return whether "such as", "for example" or "e.g." ends at a place."""
        low = self.words[self.found[place].begin].text.lower()
        before = self.words[self.found[place].begin - 1].text.lower() if self.found[place].begin else ""
        return low == "including" or (before, low) in (("such", "as"), ("for", "example"), ("for", "instance"))

    def _listed_from(self, at: int) -> list[str]:
        """Return the taxa that are named one behind the other from a place on."""
        names: list[str] = []
        while at < len(self.found):
            phrase = self.found[at]
            if phrase.sort == "noun":
                name = self.page.whom(phrase, self.words)
                if not name and not self._leads_to_name(at):
                    break
                names.extend([name] if name and name not in names else [])
            elif phrase.sort not in ("mark", "adv") and phrase.low not in ("and", ",", "or"):
                break
            at += 1
        return names

    def _said_by(self, at: int, read: Sequence[Opened]) -> Opened:
        """Return the statement that an exception belongs to: the next one, or the last before it."""
        start = self.words[self.found[at].begin].start
        return next((one for one in sorted(read, key=lambda s: s.start) if one.start > start), read[-1])

    def _contrasted(self, clause: Clause) -> Iterator[tuple[str, str]]:
        """Yield the taxa behind "but absent in", with "absent" or "present"."""
        for place in range(clause.verb + 1, clause.end - 3) if clause.verb >= 0 else ():
            low = self.found[place + 1].low
            joined = self.found[place].low in ("but", "and", "or") and low in (
                "absent",
                "present",
                "lacking",
                "missing",
            )
            if joined and self.found[place + 2].low in ("in", "from", "among"):
                for name in self._listed_from(place + 3):
                    yield name, "present" if low == "present" else "absent"

    def _leads_to_name(self, at: int) -> bool:
        """Return whether "one genus, _Aus_" stands there."""
        rank = self.words[self.found[at].head].lemma in _RULES["ranks"]
        return (
            rank and at + 1 < len(self.found) and (self.found[at + 1].low == "," or self.found[at + 1].sort == "noun")
        )

    def _fronted_taxa(self, clause: Clause) -> list[str]:
        """Return the taxa that a clause opens with, if more than one: "in copepods and penaeids no horns are found"."""
        at = clause.begin
        while at < clause.end and self.found[at].sort in ("join", "stop", "sub"):
            at += 1
        names: list[str] = []
        if clause.relative or at >= clause.end or self.found[at].low not in ("in", "among"):
            return names
        if at + 2 < clause.end and self.found[at + 1].name == "~" and self.found[at + 2].low == "of":
            at += 2  # "in those of copepods"
        for phrase in self.found[at + 1 : clause.end]:
            if phrase.sort == "noun":
                name = "" if phrase in clause.subjects else self.page.whom(phrase, self.words)
                if not name:
                    break
                names.append(name)
            elif phrase.sort not in ("join", "mark", "adv"):
                break
        return names if len(names) > 1 and "self" not in names else []

    def _owner(self, phrase: Phrase) -> str:
        """Return the other taxon that "of" gives the part to: "the skeletons of animals of the order _Aus_"."""
        at, owner = self.found.index(phrase) + 1, self._bearer(phrase)
        if self._is_lacked(at - 2):
            return owner  # "they lack the shell of snails"
        while at + 1 < len(self.found) and self.found[at].low == "of" and self.found[at + 1].sort == "noun":
            name = self.page.whom(self.found[at + 1], self.words)
            owner = name if name and name != "self" else owner
            at += 2
            if at < len(self.found) and self.found[at].sort == "noun" and self.found[at].kind == "name":
                owner = self.page.whom(self.found[at], self.words)
        return owner

    def _is_lacked(self, at: int) -> bool:
        """Return whether "lack" or "without" stands at a place, or "no" before it."""
        before = self.found[at] if at >= 0 else None
        return before is not None and (before.group == "lack" or before.low == "without" or before.denied)

    def _is_few(self, phrase: Phrase) -> bool:
        """Return whether a phrase is of some members only: "one subgenus", "some groups"."""
        members = phrase.kind == "whole" or self.words[phrase.head].lemma in _RULES["ranks"]
        first = self.words[phrase.begin].low
        few = members and (phrase.some or first in ("one", "another", "other", "several", "few", "many"))
        return few or is_part_of_members(phrase, self.words)
