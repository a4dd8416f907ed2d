"""Clauses to statements."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from seston.concepts.extract.open.clause import Clause
from seston.concepts.extract.open.clauses import clauses
from seston.concepts.extract.open.context import Antecedent
from seston.concepts.extract.open.nouns import noun_phrase
from seston.concepts.extract.open.others import NOBODY
from seston.concepts.extract.open.phrase import Phrase
from seston.concepts.extract.open.phrases import phrases, renamed
from seston.concepts.extract.open.reading import Reading
from seston.concepts.extract.open.statement import Opened
from seston.concepts.extract.open.subjects import asks_plural
from seston.concepts.extract.open.vocabulary import vocabulary
from seston.concepts.extract.open.word import VERB

_RULES = vocabulary().rules


class Sentence(Reading):
    """A sentence whose statements are read."""

    def statements(self) -> list[Opened]:
        """Return the statements, in the order of the text, none twice."""
        if not self._may_speak_of_form():
            self.next = self._passed_over()
            return []
        self.found = renamed(phrases(self.words))
        self._ends = {self.words[one.end - 1].end: n for n, one in enumerate(self.found)}
        self.clauses = clauses(self.found, self.words)
        made: list[Opened] = []
        self._whom = "self"
        if " not " in self.text or self.text.startswith("Not "):
            self._deny_single()
        for clause in self.clauses:
            read = self._within_asides(clause, list(self._of_clause(clause)))
            if self._is_alien(clause):
                read = [one for one in read if self.text[: one.start].endswith(("its ", "their "))]
            made.extend(self._of_others(clause, read))
            for name in self._names_of(clause):
                moves = name != self._subject
                made.extend(
                    replace(one, subject=name) if moves and one.subject == self._subject else one for one in read
                )
        made = [told for one in made if one.subject != NOBODY for told in self._within_taxa(one)]
        made = _without_bare(made, self.text)
        unique = {(s.entity, s.quality, s.subject, s.start if s.unit else 0): s for s in made}
        return sorted(unique.values(), key=lambda s: (s.start, s.end))

    def _passed_over(self) -> Antecedent:
        """Return what pronouns may stand for behind a sentence that says nothing of form: "_Aus_ is common. It is"."""
        first = noun_phrase(self.words, 0) if self.words else None
        after = self.words[first.end : first.end + 1] if first is not None else []
        if first is None or first.kind not in ("taxon", "name") or not after or after[0].tag != VERB:
            return self.before
        whom = self.page.whom(first, self.words)
        return Antecedent(self._whole(), whom, "", self._is_plural(first)) if whom else self.before

    def _of_others(self, clause: Clause, read: Sequence[Opened]) -> Iterator[Opened]:
        """Yield what a clause says of the taxa that it excepts or gives as examples."""
        own = [one for one in read if one.subject == self._subject and one.quality]
        names, at = self._excepted(clause) if own else ([], -1)
        for name in names:
            said = self._said_by(at, own)
            yield replace(said, subject=name, polarity="present" if said.polarity == "absent" else "absent")
        for name in self._examples(clause.begin, clause.verb) if self._some else ():
            for one in own:
                sure = one.polarity == "variable" and not self._doubted(one.end)
                yield replace(one, subject=name, polarity="present" if sure else one.polarity)

        if read and (" absent " in self.text or " present " in self.text) and self._missing(clause):
            for name, polarity in self._contrasted(clause):
                yield from (replace(one, subject=name, polarity=polarity) for one in read[:1])

    def _antecedent(
        self, subjects: Sequence[Phrase], entity: str, whom: str, stage: str, verb: Phrase | None
    ) -> Antecedent:
        """Return what pronouns of the next sentence may stand for."""
        plural = len(subjects) > 1 or any(self._is_plural(one) for one in subjects)
        if len(subjects) == 1 and subjects[0].low in _RULES["invariant"] and verb is not None:
            plural = asks_plural(verb, self.words) or False
        last = {False: "", True: ""}
        for place, phrase in enumerate(self.found):
            governed = place > 0 and self.found[place - 1].sort == "prep" and self.found[place - 1].low != "with"
            if phrase.kind == "part" and not governed and not phrase.none and phrase not in subjects:
                last[self._is_plural(phrase)] = self._entities(phrase)[-1]
        return Antecedent(entity, whom, stage, plural, last[False], last[True])

    def _is_a_living_thing(self, clause: Clause) -> bool:
        """Return whether a clause says that its unknown subject is an animal, or has a body: "the ling is a fish"."""
        if len(clause.subjects) != 1 or clause.subjects[0].kind or clause.verb < 0 or self.page.thing:
            return False
        after = self.found[clause.verb + 1] if clause.verb + 1 < clause.end else None
        verb = self.found[clause.verb]
        if verb.lemma == "have" and after is not None and after.sort == "noun" and after.low == "body":
            return True
        said = verb.group == "be" and after is not None and after.sort == "noun"
        return said and after is not None and not after.the and after.kind in ("taxon", "whole") and not after.aspect

    def _is_gerund(self, clause: Clause) -> bool:
        """Return whether a form in -ing and "of" stand before the verb: "the naming of groups is complex"."""
        before = self.found[clause.begin : max(clause.verb, clause.begin)]
        return any(
            one.sort == "verb" and not one.finite and not one.passive and after.low == "of"
            for one, after in pairwise(before)
        )

    def _within_taxa(self, one: Opened) -> list[Opened]:
        """Return the statement once for each other taxon that "in" names right behind it."""
        place = self._ends.get(one.end, -1)
        if (
            0 <= place < len(self.found) - 1
            and self.found[place + 1].low in ("when", "if")
            and one.polarity == "present"
        ):
            one = replace(one, polarity="variable")
        if place < 0 or place + 2 >= len(self.found) or self.found[place + 1].low not in ("in", "among"):
            return [one]
        if self.found[place + 2].low in ("some", "others", "many", "most") and one.polarity == "present":
            return [replace(one, polarity="variable")]
        if self.found[place + 2].sort == "noun" and self._is_few(self.found[place + 2]) and one.polarity == "present":
            return [replace(one, polarity="variable")]
        if any(
            word.low in _RULES["ranks"] for word in self.words[self.found[place + 2].begin : self.found[place + 2].end]
        ):
            return [one]  # "diatoms in the order": what it belongs to
        names, at = [], place + 2
        while at < len(self.found) and self.found[at].sort == "noun":
            name = self.page.whom(self.found[at], self.words)
            if not name:
                break
            names.append(name)
            at += 1
            while at < len(self.found) and self.found[at].low in ("and", ",", "in"):
                at += 1
        return [replace(one, subject=name) for name in names] if names and "self" not in names else [one]

    def _shared_presence(self, clause: Clause) -> Iterator[Opened]:
        """Yield "but absent in animals" of the subject of the clause before."""
        begin = self.found[clause.begin]
        if clause.relative or clause.verb < 0 or clause is self.clauses[0] or begin.low in (";", ":"):
            return
        before = [one for one in clause.subjects if one.kind == "part" and one.end <= begin.begin]
        if not before:
            return
        own = any(one.sort == "noun" for one in self.found[clause.begin : clause.verb])
        missing = "" if own else self._missing(clause)
        missing = "variable" if missing and begin.low == "or" else missing
        for one in before if missing else ():
            for name in self._entities(one):
                yield from self._there_in(name, one, clause, missing, either=False)

    def _of_clause(self, clause: Clause) -> Iterator[Opened]:
        subjects = clause.subjects
        if len(subjects) > 1:  # "the epistome, a hollow lobe, is large" speaks of one part
            kept = [one for one in subjects if one is subjects[0] or not self._is_apposition(one)]
            subjects = clause.subjects = kept
        if self.found[clause.begin].low == "whether":
            return
        whom, some, stage = self._scope(clause)
        some |= self.found[clause.begin].low in ("if", "unless") and clause.verb >= 0
        self._some = some or self._ends_in_some(clause) or self._is_rare(clause) or self._brings_members(clause)
        if len(subjects) > 1 and subjects[0].none and all(one.kind == "part" for one in subjects):
            for one in subjects[1:]:
                one.none = True  # "no head, eyes or limbs are seen"
        self._doubts = list(self._doubts_of(clause))
        self._subject, self._stage = whom, stage
        entities = [entity for one in subjects for entity in self._entities(one)] or (
            [] if subjects or self._is_gerund(clause) else [self._whole()]
        )
        grows = clause.verb >= 0 and self.found[clause.verb].lemma == "grow"
        if grows and [one.low for one in subjects] in (["it"], ["they"]):
            entities = [self._whole()]  # no part is said to grow to a length
        if not entities and self._is_a_living_thing(clause):
            entities = [self._whole()]
        if clause is self.clauses[0] and (entities or whom != "self"):
            verb = self.found[clause.verb] if clause.verb >= 0 else None
            self.next = self._antecedent(subjects, entities[0] if entities else "", whom, stage, verb)
        if entities and not clause.relative and not clause.within:
            self._last, self._last_plural = entities, self._is_of_many(clause)
        self._owners = bool(entities) or any(one.kind for one in subjects)
        yield from self._read(clause, entities)
        yield from self._shared_presence(clause)
        yield from self._measured(clause, entities)


def _without_bare(made: list[Opened], text: str) -> list[Opened]:
    """Leave out that a part is there where more is said of it; not in "narrow or absent"."""
    told = {(one.entity, one.subject) for one in made if one.quality != "present" and one.polarity != "absent"}
    bare = [
        one
        for one in made
        if one.quality == "present"
        and one.polarity != "absent"
        and (one.entity, one.subject) in told
        and "absent" not in text[one.start : one.end]
    ]
    return [one for one in made if one not in bare]
