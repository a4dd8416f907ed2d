"""Whom a clause speaks of, and where a part is present or absent."""

from collections.abc import Sequence

from seston.concepts.extract.open.clause import Clause
from seston.concepts.extract.open.context import is_be
from seston.concepts.extract.open.members import is_fraction, is_limited, is_members, is_part_of_members
from seston.concepts.extract.open.phrase import Phrase
from seston.concepts.extract.open.presence import Presence
from seston.concepts.extract.open.vocabulary import vocabulary

_RULES = vocabulary().rules
# nouns before which an adjective or a noun tells the stage, and the words that tell it
_STAGED = frozenset(("stage", "form", "phase", "female", "male", "animal", "individual", "specimen", "colony"))
_AGED = {"young": "juvenile", "immature": "juvenile", "larval": "larva", "adult": "adult", "mature": "adult"}


class Scoped(Presence):
    """A sentence that knows whom its clauses speak of."""

    def _names_of(self, clause: Clause) -> list[str]:
        """Return whom a clause speaks of, more than one where taxa share a verb."""
        if shared := self._fronted_taxa(clause):
            return shared
        if included := self._included(clause):
            return included
        subjects = clause.subjects
        if len(subjects) > 2 and is_members(subjects[0], self.words):
            subjects = subjects[1:]  # "two families, the _Aus_ and the _Bus_"
        between = self.found[self.found.index(subjects[0]) + 1 : self.found.index(subjects[-1])] if subjects else []
        if all(one.low not in ("and", "or", "nor", "but") for one in between) and not any(one.none for one in subjects):
            subjects = []  # "the sea snails, _Aus_, are"
        named = [self._whom_of(one) for one in subjects]
        if any(named[:1]) and len(named) > 1:
            named = [one or self._plain_plural(phrase) for one, phrase in zip(named, subjects, strict=True)]
        return named if len(named) > 1 and all(named) and not clause.relative else [self._subject]

    def _whom_of(self, phrase: Phrase) -> str:
        return "self" if phrase.low in ("it", "they") else self.page.whom(phrase, self.words)

    def _plain_plural(self, phrase: Phrase) -> str:
        """Return the name of what stands in a row of taxa and is a plural that no list has: "beetles and ladybirds"."""
        head = self.words[phrase.head] if phrase.head >= 0 else None
        plain = head is not None and phrase.kind == "" and head.low != head.lemma and not phrase.qualities
        plain = plain and not phrase.the and head is not None and head.lemma not in _RULES["kin"]
        return phrase.name and " ".join(w.text for w in self.words[phrase.begin : phrase.end]) if plain else ""

    def _scope(self, clause: Clause) -> tuple[str, bool, str]:
        """Return whom the clause speaks of, whether of some only, and of which stage."""
        if clause.relative:
            return self._scope_of_relative(clause)
        whom, some, stage = self._opening(clause)
        if clause is self.clauses[0] and self._opens_with_rank():
            whom, some = "", False
        if whom and whom != "self" and clause.subjects and clause.subjects[0].kind in ("taxon", "name"):
            named = self.page.whom(clause.subjects[0], self.words)
            whom = named if named not in ("", "self") else whom  # "among the _Aus_, the _Bus_ have"
        stage = stage or self._stage_of(clause.subjects)
        first = clause.subjects[0] if clause.subjects else None
        if not whom and first is not None and first.low in ("it", "they") and clause is self.clauses[0]:
            whom, stage = self.before.subject, stage or self.before.stage
        owned = first is not None and first.own and clause is self.clauses[0] and self.before.subject != "self"
        if not whom and owned and first is not None:  # "_Aus_ is benthic. Its body is short."
            agrees = (self.words[first.begin].low == "their") == self.before.plural
            whom = self.before.subject if agrees else ""
        if not whom and clause.shared:
            whom = self._whom
        before_verb = self.found[clause.begin : clause.verb] if clause.verb >= 0 else []
        goes_on = bool(before_verb) and all(one.sort in ("join", "adv") for one in before_verb)
        if not whom and goes_on and first is not None and first.end <= self.found[clause.begin].begin:
            whom = self.page.whom(first, self.words)  # "the _Aus_, which swim, have"
        others = first is not None and first.some and self.words[first.head].lemma in _RULES["ranks"]
        if not whom and clause.parent >= 0 and first is not None and first.kind not in ("taxon", "name") and not others:
            whom = self._agreeing(first) or self._whom
            goes_on = self.found[clause.begin].low in ("and", ",") and first.kind == "part"
            some = some or (goes_on and self._opened)
        if not clause.shared:
            self._opened = some and self.found[clause.begin].sort == "prep"
        self._whom = whom or "self"
        self._outer = some
        self._spoken.append((self._is_of_many(clause), self._whom))
        return self._whom, some, stage

    def _agreeing(self, first: Phrase) -> str:
        """Return whom the last clause spoke of whose subject agrees in number with "it" or "they"."""
        if first.low not in ("it", "they"):
            return ""
        return next((whom for many, whom in reversed(self._spoken) if many == (first.low == "they")), "")

    def _scope_of_relative(self, clause: Clause) -> tuple[str, bool, str]:
        before = [one for one in self.found[: clause.begin] if one.sort == "noun"][-1:]
        ruled = clause.begin > 1 and self.found[clause.begin - 1].sort == "prep"  # "in which the shell is thick"
        owners = before if ruled or self.found[clause.begin].low in ("whose", "where") else clause.subjects
        names = [self.page.whom(one, self.words) for one in owners]
        named = next((name for name in names if name and name != "self"), "") or self._likened_taxon(clause)
        if named and (self._is_predicate(clause, owners) or self._opens_with_rank()):
            named = ""
        some = any(one.some for one in clause.subjects) or ((self._outer or self._some) and not named)
        return named or self._whom, some, self._stage_of(clause.subjects)

    def _opens_with_rank(self) -> bool:
        """Return whether the sentence has no verb and says what its taxon is: "A family of small fish that"."""
        if self.clauses[0].verb >= 0:
            return False
        nouns = [one for one in self.found[: self.clauses[0].end] if one.sort == "noun"]
        if len(nouns) > 1 and self.page.whom(nouns[0], self.words) == "self" and nouns[1].indefinite:
            nouns = nouns[1:]  # "_Aus_, a genus of worms in which"
        if not nouns or nouns[0].the:
            return False
        rank = self.words[nouns[0].head].lemma in _RULES["ranks"]
        return rank or (nouns[0].kind == "taxon" and nouns[0].qualities != [])

    def _opening(self, clause: Clause) -> tuple[str, bool, str]:
        """Return whom, of how many and which stage the words before the verb name."""
        whom, some, stage = "", clause.shared and self._outer, ""
        span = self.found[clause.begin : clause.verb if clause.verb >= 0 else clause.end]
        compared = False
        for place, phrase in enumerate(span):
            compared |= phrase.sort == "prep" and phrase.low in ("like", "unlike")
            compared = compared and phrase not in clause.subjects
            if compared:
                continue
            before = span[place - 1] if place else None
            if phrase.sort != "noun":
                some |= phrase.low in ("some", "most", "others", "many", "few", "several")
                continue
            governing = before.low if before is not None and before.sort == "prep" else ""
            if self._may_name(clause, span, place, governing):
                other = self.page.whom(phrase, self.words)
                explains = whom in ("", "self") and self._explains_subject(clause, phrase)
                whom = other if other and (not whom or explains) else whom
                if other not in ("", "self") and place > 1 and span[place - 1].low == "," and not governing:
                    some = some and not is_members(span[place - 2], self.words)  # "one genus, _Aus_, has"
            if governing and place > 1 and span[place - 2].low in ("as", "unlike"):
                continue  # "as in other insects"
            if before is not None and before.low in ("unlike", "like", "than", "with", "without"):
                continue
            opens = governing in ("in", "among", "for")
            some |= place > 1 and governing == "of" and is_fraction(span[place - 2], phrase, self.words)
            some |= self._is_of_some(phrase, clause, opens, bool(governing), place == 0)
            opens = opens or governing in ("during", "as", "at") or (not place and phrase.low == "as")
            if opens and phrase.kind in ("whole", "part") and phrase.low not in ("species", "animals"):
                stage = stage or self._stage_of([phrase])
        return whom, some, stage

    def _may_name(self, clause: Clause, span: Sequence[Phrase], place: int, governing: str) -> bool:
        """Return whether a noun before the verb may name whom a clause speaks of: not "except in _Aus_"."""
        if governing not in ("", "in", "of", "among", "within", "for"):
            return False
        if span[place] in clause.subjects[1:] and clause.subjects[0].kind == "part":
            return False
        two = span[place - 2].low if place > 1 else ""
        three = span[place - 3].low if place > 2 else ""
        if two in ("especially", "particularly", "notably", "as", "except", "unlike"):
            return False
        if governing == "of" and (two == "exception" or three in ("unlike", "like", "than")):
            return False
        if governing == "of" and place > 1 and span[place - 2].sort in ("other", "verb"):
            return False  # "reminiscent of horsetails"
        if two and span[place - 1].low == "but" and self.words[span[place - 2].begin].low == "all":
            return False
        kinds = bool(clause.subjects) and clause.subjects[0].kind in ("taxon", "whole")
        kinds = kinds or any(is_members(one, self.words) for one in clause.subjects[:1])
        kinds = kinds and span[place] not in clause.subjects[:1]
        return not (kinds and place and self._is_example(clause.begin + place - 1))

    def _explains_subject(self, clause: Clause, phrase: Phrase) -> bool:
        """Return whether a name stands between commas right behind the subject."""
        at = self.found.index(phrase)
        named = phrase.the or phrase.kind == "name"
        closed = at + 1 < clause.end and self.found[at + 1].low == ","
        return named and closed and self.found[at - 1].low == "," and self.found[at - 2] is clause.subjects[0]

    def _is_of_some(self, phrase: Phrase, clause: Clause, opens: bool, governed: bool, first: bool) -> bool:
        """Return whether a phrase before the verb lets a clause hold for some only."""
        ruler = self.found[max(self.found.index(phrase) - 2, 0)]  # the larvae of "the larvae of flightless species"
        if phrase.low in ("rest", "remainder", "majority", "minority"):
            return phrase.the or phrase.indefinite
        if (
            is_limited(self.words, phrase)
            or self._is_all_but(phrase)
            or (is_part_of_members(phrase, self.words) and (first or opens or (governed and ruler in clause.subjects)))
        ):
            return True
        members = phrase.kind in ("whole", "taxon", "name", "pron")
        members = members or self.words[phrase.head].lemma in _RULES["ranks"]
        if members and self._is_one_of(phrase, first or opens):
            return True
        many = phrase.number is not None and phrase.number.text in ("many", "few", "several")
        narrowed = phrase.some or (many and members and (opens or not governed)) or self._bare_some(phrase)
        return narrowed and (members or opens or phrase in clause.subjects)

    def _is_all_but(self, phrase: Phrase) -> bool:
        """Return whether "all but one class" ends with a phrase."""
        front = [word.low for word in self.words[max(phrase.begin - 2, 0) : phrase.begin]]
        return front == ["all", "but"] and is_members(phrase, self.words)

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
        if self.found[main.verb].lemma == "resemble":
            return False
        at = self.found.index(owners[0])
        ruled = self.found[at - 1].sort == "prep" and self.found[at - 1].low != "of"
        return owners[0].kind == "taxon" and at > main.verb and not ruled

    def _bare_some(self, phrase: Phrase) -> bool:
        return self.words[phrase.begin].low in ("some", "most", "others", "few", "certain") and phrase.kind != "part"

    def _stage_of(self, subjects: Sequence[Phrase]) -> str:
        stages = vocabulary().grammar["stage"]
        for phrase in subjects:
            if phrase.head < 0:
                continue
            head = self.words[phrase.head].lemma
            if head in stages:
                return head
            if head in _STAGED:  # "adult females", "the nauplius stage", "young animals"
                lows = [word.lemma for word in self.words[phrase.begin : phrase.head]]
                found = next((_AGED.get(low, low) for low in lows if low in stages or low in _AGED), "")
                if found:
                    return found
        return ""
