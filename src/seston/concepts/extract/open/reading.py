"""The phrases of a clause, from left to right."""

from collections.abc import Iterator
from dataclasses import replace

from seston.concepts.extract.open.clause import Clause
from seston.concepts.extract.open.context import State
from seston.concepts.extract.open.parts import Role
from seston.concepts.extract.open.phrase import Phrase
from seston.concepts.extract.open.statement import Opened
from seston.concepts.extract.open.telling import Telling
from seston.concepts.extract.open.tinged import tinged
from seston.concepts.extract.open.vocabulary import vocabulary

_RULES = vocabulary().rules


class Reading(Telling):
    """A sentence whose clauses are read."""

    def _read(self, clause: Clause, entities: list[str]) -> Iterator[Opened]:
        state = State()
        if self.found[clause.begin].low == ":" and clause.verb < 0 and self._brought:
            state.mode = "with"  # "three parts: the head, the thorax"
        listing = self.found[clause.begin].low == ":" and clause.verb < 0 and self._ranging
        if listing:
            state.mode = "pred"  # "vary in shape: coiled, triangular or globular"
        self._ranging = listing
        self._listed = clause.verb < 0 or self.found[clause.verb].lemma == "consist"
        readers = {
            "verb": self._verb,
            "noun": self._at_noun,
            "quality": self._at_quality,
            "prep": self._prep,
            "neg": self._deny,
            "join": self._join,
            "sub": self._sub,
            "other": self._there,
        }
        state.last = None
        passed = clause.begin
        for place in range(clause.begin, clause.end):
            phrase = self.found[place]
            if phrase.sort == "prep" and 0 <= clause.verb < place and passed <= place < self._aside_end(place):
                passed = self._aside_end(place) + 1  # "and, in most species, two hooks"
            if place < passed:
                continue
            if phrase.sort in readers:
                yield from readers[phrase.sort](phrase, clause, entities, state, place)
            if phrase.sort not in ("join", "adv", "mark"):
                state.last = phrase
        self._brought = state.mode in ("have", "with")

    def _deny(self, phrase: Phrase, clause: Clause, entities: list[str], state: State, place: int) -> Iterator[Opened]:
        state.denied = phrase.low in ("not", "never", "nor", "neither", "hardly", "scarcely") or state.denied
        if phrase.low == "without":
            state.mode, state.denied = "without", True
        if phrase.low == "none" and state.mode in ("have", "with") and state.last is self.found[clause.verb]:
            after = self.found[place + 1 : place + 3]
            all_ = [one.low for one in after] in (["of", "these"], ["of", "those"], ["of", "them"])
            for entity in self._brought_last if all_ else self._had:  # "males have none"
                yield self._made(entity, "present", self._polarity(True, False), phrase.begin, phrase.end)

    def _join(self, phrase: Phrase, clause: Clause, entities: list[str], state: State, place: int) -> Iterator[Opened]:
        after = self.found[place + 1] if place + 1 < clause.end else None
        if phrase.low == "," and state.mode == "muted":
            state.mode = state.kept
        elif phrase.low in ("and", ",") and state.placing == place and after is not None and after.sort == "noun":
            placed_next = place + 2 < clause.end and self._place_end(place + 2, clause.end) > 0
            if after.indefinite or after.number is not None or (state.before == "with" and after.the and placed_next):
                state.mode = state.before
        elif self._goes_on_with_list(phrase, state, after):
            state.mode = state.had
        elif phrase.low == "but":
            state.denied = False
        return iter(())

    def _sub(self, phrase: Phrase, clause: Clause, entities: list[str], state: State, place: int) -> Iterator[Opened]:
        if phrase.low == "as" and place > clause.begin:
            state.mode = "muted"
        return iter(())

    def _at_quality(
        self, phrase: Phrase, clause: Clause, entities: list[str], state: State, place: int
    ) -> Iterator[Opened]:
        if place in self._told:
            return
        if hue := tinged(self.found, self.words, place):
            phrase.qualities, self._told = [hue], self._told | {place + 2}
        if told := self._elided_of(state, phrase, place):
            yield told
            return
        if other := self._elided(state, place):
            state.host, state.host_at, state.attached, state.elided = other, place - 1, True, place - 1
        if names := other or self._elided_again(clause, state, place):
            for entity in names:
                one = phrase.qualities[0]
                yield self._made(entity, one.text, self._polarity(False, self._either(phrase)), one.begin, one.end)
            return
        again = state.predicate and state.mode in ("prep", "pred-prep", "with") and self._is_joined(place)
        if state.mode == "pred" or (state.mode == "made" and place == clause.verb + 1) or again:
            state.host, state.attached = entities, True
            yield from self._predicate(phrase, clause, entities, state, place)
        elif state.mode != "muted":
            yield from self._loose(phrase, clause, entities, state, place)

    def _elided_of(self, state: State, phrase: Phrase, place: int) -> Opened | None:
        """Return what "those of _Aus_ black" or "_Aus_ black" says behind "are red" of the other taxon."""
        if not state.predicate or place < 4 or self.found[place - 1].kind not in ("taxon", "name") or not self._last:
            return None
        of = self.found[place - 2].low == "of" and self.found[place - 3].name == "~"
        name = self.page.whom(self.found[place - 1], self.words)
        if not name or self.found[place - 4 if of else place - 2].low not in (",", "and", "but"):
            return None
        one = phrase.qualities[0]
        said = self._made(self._last[-1], one.text, self._polarity(False, self._either(phrase)), one.begin, one.end)
        return replace(said, subject=name)

    def _at_noun(
        self, phrase: Phrase, clause: Clause, entities: list[str], state: State, place: int
    ) -> Iterator[Opened]:
        if state.mode == "muted" or (place > 1 and self.found[place - 1].low == "or" and self._is_second_name(place)):
            return
        if state.mode == "prep" and state.resume and state.last is not None and state.last.sort == "noun":
            state.mode = state.resume  # "bears at its tip a plume"
        told = self._told_of(phrase, clause, entities, state, place)
        if told is not None:
            for quality in phrase.qualities:
                for entity in told:
                    polarity = self._polarity(False, quality.either)
                    yield self._made(entity, quality.text, polarity, quality.begin, phrase.end)
            return
        yield from self._made_of(phrase, entities, state, place)
        if clause is self.clauses[0] and clause.verb < 0 and not state.mode and self._is_what_it_is(phrase, place):
            yield from self._kind_of(phrase, clause, [self._whole()], denied=False)
        yield from self._noun(phrase, clause, entities, state, place)
        self._become_host(phrase, clause, entities, state, place)
        if clause.inverted and phrase in clause.subjects:
            yield from self._fronted_place(clause, self._entities(phrase) or self._open(phrase), state)

    def _become_host(self, phrase: Phrase, clause: Clause, entities: list[str], state: State, place: int) -> None:
        """Let loose adjectives behind a noun find it."""
        if phrase.kind == "part" and not (clause.relative and self._seen_part):
            self._seen_part, self._seen_plural = self._entities(phrase), self._is_plural(phrase)
        if phrase.kind == "pron":
            return
        owned = state.last is not None and state.last.low == "of" and self.found[place - 2] in clause.subjects
        if owned and phrase.kind in ("taxon", "name", "whole"):
            state.host_at = place
            return
        if state.likened or (phrase in clause.subjects and not clause.inverted):
            state.host = entities
        else:
            own = phrase.kind == "part" or (phrase.kind == "whole" and phrase.low in _RULES["wholes"])
            state.host = self._entities(phrase) if own else self._open(phrase)
        state.host_at, state.attached, state.likened = place, False, False

    def _fronted_place(self, clause: Clause, names: list[str], state: State) -> Iterator[Opened]:
        for place in range(clause.begin, clause.verb):
            if self.found[clause.begin].sort == "verb":
                return  # "attached to the rim is a spine": the participle tells it
            if self.found[place].sort == "prep":
                yield from self._places(place, clause, names, state)
                return

    def _noun(self, phrase: Phrase, clause: Clause, entities: list[str], state: State, place: int) -> Iterator[Opened]:
        if phrase.kind == "pron":
            yield from self._pronoun(phrase, clause, state)
            return
        if state.mode == "pred" and self._is_there(clause):
            state.mode = "have"
        if phrase.none and clause.verb < 0 and not state.mode:
            state.mode, self._owners = "without", True
        elif phrase.none and state.mode in ("prep", "pred-prep") and place and self.found[place - 1].sort == "join":
            state.mode = "have"
        if phrase.none and state.mode in ("have", "with", "without"):
            state.denied = True
        elif state.denied and state.mode == "have" and self._starts_anew(phrase, place):
            state.denied = False
        subject = phrase in clause.subjects and place < (clause.verb if clause.verb >= 0 else clause.end)
        told = state.mode == "pred" and not subject and place > clause.verb
        whole = state.mode == "with" and (clause.verb < 0 or not self._of_parts(clause))
        formed = phrase.aspect and (state.mode == "have" or whole)
        if told or formed:
            yield from self._nominal(phrase, clause, entities, state, state.denied or phrase.none)
        elif not (state.mode == "pred-prep" and phrase.aspect):
            yield from self._of_parts_named(phrase, clause, state, subject)

    def _pronoun(self, phrase: Phrase, clause: Clause, state: State) -> Iterator[Opened]:
        """Yield what "a shorter one" and "lacks them" say of the part spoken of before."""
        if phrase.name == "~" and phrase.qualities and state.mode != "pred":
            had = state.brought[-1:] if phrase.low in ("one", "ones") else []
            for entity in had or self._entities(phrase):
                yield from self._of_part(entity, phrase, clause, state, Role(had=True))
        elif phrase.low in ("it", "they") and phrase in clause.subjects[:1] and (missing := self._missing(clause)):
            for entity in self._entities(phrase):
                if entity != self._whole():  # "in blind species it is absent"
                    polarity = "variable" if self._some else missing
                    yield self._made(entity, "present", polarity, phrase.begin, self.found[clause.verb].end)
        elif phrase.low == "them" and state.mode in ("lack", "without") and phrase not in clause.subjects:
            for entity in self._brought_last:
                yield self._made(entity, "present", self._polarity(state.denied, False), phrase.begin, phrase.end)

    def _of_parts_named(self, phrase: Phrase, clause: Clause, state: State, subject: bool) -> Iterator[Opened]:
        """Yield what a noun phrase says of each part that it names."""
        names = self._parts_of(phrase, clause, state, subject)
        ahead = subject and clause.verb >= 0 and state.mode == "with"  # "with one exception, pleopods are found"
        had = state.mode in ("have", "with", "lack", "without") and self._owners and not phrase.sortof and not ahead
        if had and names:
            self._had, state.brought = names, [*state.brought, *names]
            self._brought_last = state.brought
        if had and names and (phrase.indefinite or phrase.number is not None):
            state.had = state.mode
        missing = self._missing(clause) if subject and names else ""
        role = Role(had, state.denied or phrase.none, subject, missing)
        for name in names:
            yield from self._of_part(name, phrase, clause, state, role)

    def _parts_of(self, phrase: Phrase, clause: Clause, state: State, subject: bool) -> list[str]:
        """Return the parts that a noun phrase names where it stands."""
        names = self._entities(phrase)
        if phrase.kind == "part":
            return names
        if phrase.kind == "whole" and phrase.low in _RULES["wholes"]:
            alone = phrase.low in ("body", "bodies", "cell", "cells") and (phrase.the or subject)
            fits = alone or state.mode in ("have", "with")
            return names if fits and not (" " in phrase.name and phrase.low == "bodies") else []
        if phrase.kind:
            return []
        had = state.mode in ("have", "with") and self._is_unlisted_part(phrase)
        denied = state.mode == "have" and phrase.none and state.verb in ("have", "bear", "carry", "possess")
        had |= (denied or (subject and bool(self._missing(clause)))) and self._is_thing(phrase)
        own = subject and phrase.own and bool(names) and self._of_parts(clause)
        return [phrase.name] if had or own else []
