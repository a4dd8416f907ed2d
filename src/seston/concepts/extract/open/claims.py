"""Clauses to statements."""

from collections.abc import Iterator
from dataclasses import replace

from seston.concepts.extract.open.attached import Attached
from seston.concepts.extract.open.clauses import Clause, clauses
from seston.concepts.extract.open.context import ABSTRACT, Antecedent, State, is_be
from seston.concepts.extract.open.measures import Measure
from seston.concepts.extract.open.phrases import Phrase, Quality, phrases, renamed
from seston.concepts.extract.open.statement import Opened
from seston.concepts.extract.open.tagging import DET, QUALITY
from seston.concepts.extract.open.vocabulary import vocabulary

_RULES = vocabulary().rules
_SHAPING = {
    "taper": "tapering", "branch": "branching", "bulge": "bulging", "widen": "widening", "curve": "curved",
    "flatten": "flattened",
    "bifurcate": "bifurcated", "fork": "forked", "coil": "coiled", "overlap": "overlapping", "narrow": "narrowing",
    "protrude": "protruding",
}  # fmt: skip


class Sentence(Attached):
    """A sentence whose statements are read."""

    def statements(self) -> list[Opened]:
        """Return the statements, in the order of the text, none twice."""
        if not self._may_speak_of_form():
            return []
        self.found = renamed(phrases(self.words))
        self._ends = {self.words[one.end - 1].end: n for n, one in enumerate(self.found)}
        self.clauses = clauses(self.found, self.words)
        made: list[Opened] = []
        self._whom = "self"
        for clause in self.clauses:
            read = list(self._of_clause(clause))
            for name in self._names_of(clause):
                moves = name != self._subject
                made.extend(
                    replace(one, subject=name) if moves and one.subject == self._subject else one for one in read
                )
        made = [told for one in made for told in self._within_taxa(one)]
        made = _without_bare(made)
        unique = {(s.entity, s.quality, s.subject, s.start if s.unit else 0): s for s in made}
        return sorted(unique.values(), key=lambda s: (s.start, s.end))

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
        if self.found[place + 2].sort == "noun" and self._is_few(self.found[place + 2]) and one.polarity == "present":
            return [replace(one, polarity="variable")]
        names, at = [], place + 2
        while at < len(self.found) and self.found[at].sort == "noun":
            names.append(self.page.whom(self.found[at], self.words))
            at += 1
            while at < len(self.found) and self.found[at].low in ("and", ",", "in"):
                at += 1
        names = [name for name in names if name]
        return [replace(one, subject=name) for name in names] if names and "self" not in names else [one]

    def _of_clause(self, clause: Clause) -> Iterator[Opened]:
        _found, _words = self.found, self.words
        subjects = clause.subjects
        if self.found[clause.begin].low == "whether":
            return
        whom, some, stage = self._scope(clause)
        self._some = some or self._ends_in_some(clause)
        self._doubts = list(self._doubts_of(clause))
        self._subject, self._stage = whom, stage
        entities = [entity for one in subjects for entity in self._entities(one)] or (
            [self._whole()] if not subjects else []
        )
        if clause is self.clauses[0] and (entities or whom != "self"):
            self.next = Antecedent(entities[0] if entities else "", whom, stage)
        if entities and not clause.relative and not clause.within:
            self._last = entities
        self._owners = bool(entities) or any(one.kind for one in subjects)
        yield from self._read(clause, entities)
        yield from self._measured(clause, entities)

    def _read(self, clause: Clause, entities: list[str]) -> Iterator[Opened]:
        state = State()
        self._ranging = False
        self._listed = clause.verb >= 0 and self.found[clause.verb].lemma == "consist"
        readers = {
            "verb": self._verb,
            "noun": self._at_noun,
            "quality": self._at_quality,
            "prep": self._prep,
            "neg": self._deny,
            "join": self._join,
            "sub": self._sub,
        }
        state.last = None
        for place in range(clause.begin, clause.end):
            phrase = self.found[place]
            if phrase.sort in readers:
                yield from readers[phrase.sort](phrase, clause, entities, state, place)
            if phrase.sort not in ("join", "adv", "mark"):
                state.last = phrase

    def _deny(self, phrase: Phrase, clause: Clause, entities: list[str], state: State, place: int) -> Iterator[Opened]:
        state.denied = phrase.low in ("not", "never", "nor", "neither") or state.denied
        if phrase.low == "without":
            state.mode, state.denied = "without", True
        return iter(())

    def _join(self, phrase: Phrase, clause: Clause, entities: list[str], state: State, place: int) -> Iterator[Opened]:
        after = self.found[place + 1] if place + 1 < clause.end else None
        if phrase.low == "," and state.mode == "muted":
            state.mode = state.kept
        elif phrase.low in ("and", ",") and state.placing == place and after is not None and after.sort == "noun":
            placed_next = place + 2 < clause.end and self._place_end(place + 2, clause.end) > 0
            if after.indefinite or after.number is not None or (state.before == "with" and after.the and placed_next):
                state.mode = state.before
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
        if other := self._elided(state, place):
            for entity in other:
                one = phrase.qualities[0]
                yield self._made(entity, one.text, self._polarity(False, self._either(phrase)), one.begin, one.end)
            return
        again = state.predicate and state.mode in ("prep", "pred-prep", "with") and self._is_joined(place)
        if state.mode == "pred" or (state.mode == "made" and place == clause.verb + 1) or again:
            state.host, state.attached = entities, True
            yield from self._predicate(phrase, clause, entities, state, place)
        elif state.mode != "muted":
            yield from self._loose(phrase, clause, entities, state, place)

    def _elided(self, state: State, place: int) -> list[str]:
        """Return the part behind a comma that a verb need not be said of again: "the head is long, the tail short"."""
        if not state.predicate or place < 2 or self.found[place - 1].sort != "noun":
            return []
        noun = self.found[place - 1]
        behind = self.found[place - 2].low in (",", "and") and (noun.the or noun.name == "~")
        return self._entities(noun) if behind and noun.kind in ("part", "pron") else []

    def _at_noun(
        self, phrase: Phrase, clause: Clause, entities: list[str], state: State, place: int
    ) -> Iterator[Opened]:
        if state.mode == "muted":
            return
        if state.mode == "prep" and state.resume and state.last is not None and state.last.sort == "noun":
            state.mode = state.resume  # "bears at its tip a plume"
        if phrase is clause.fronted or self._is_rank_of(clause, place):
            for quality in phrase.qualities:
                for entity in entities if not self._is_vague(quality.text, clause) else ():
                    yield self._made(
                        entity, quality.text, self._polarity(False, quality.either), quality.begin, phrase.end
                    )
            return
        if (
            self._is_apposition(phrase)
            and state.host
            and state.host_at >= 0
            and phrase.qualities
            and state.mode != "pred"
        ):
            for quality in phrase.qualities:
                for entity in state.host:
                    yield self._made(
                        entity, quality.text, self._polarity(False, quality.either), quality.begin, phrase.end
                    )
            return
        if (
            state.mode in ("prep", "")
            and phrase.aspect
            and phrase.qualities
            and self._is_of_aspect(phrase, clause, place)
        ):
            for quality in phrase.qualities:
                for entity in entities:
                    yield self._made(
                        entity, quality.text, self._polarity(False, quality.either), quality.begin, phrase.end
                    )
            return
        yield from self._noun(phrase, clause, entities, state, place)
        if phrase.kind == "part":
            self._seen_part = self._entities(phrase)
        if phrase.kind != "pron":
            subject = phrase in clause.subjects and not clause.inverted
            owned = state.last is not None and state.last.low == "of" and self.found[place - 2] in clause.subjects
            if owned and phrase.kind in ("taxon", "name", "whole"):
                state.host_at = place
                return
            state.host = (
                entities if subject else self._entities(phrase) if phrase.kind == "part" else self._open(phrase)
            )
            state.host_at, state.attached = place, False
            if state.likened:
                state.host, state.likened = entities, False
        if clause.inverted and phrase in clause.subjects:
            yield from self._fronted_place(clause, self._entities(phrase) or self._open(phrase), state)

    def _is_rank_of(self, clause: Clause, place: int) -> bool:
        """Return whether "a genus of" stands before, as what the subject is."""
        before = self.found[place - 2] if place > 1 else None
        ranked = before is not None and before is clause.fronted and self.words[before.head].lemma in _RULES["ranks"]
        return ranked and self.found[place - 1].low == "of"

    def _is_of_aspect(self, phrase: Phrase, clause: Clause, place: int) -> bool:
        """Return whether a phrase is "of slender build", before or behind the verb, or goes on from one."""
        at = place - 1
        while at > clause.begin and self.found[at].low in ("and", ","):
            at -= 2
        return (
            at >= clause.begin
            and self.found[at].low == "of"
            and (at == clause.begin or self.found[at - 1].sort in ("verb", "join"))
        )

    def _fronted_place(self, clause: Clause, names: list[str], state: State) -> Iterator[Opened]:
        for place in range(clause.begin, clause.verb):
            if self.found[place].sort == "prep":
                yield from self._places(place, clause, names, state)
                return

    def _verb(self, phrase: Phrase, clause: Clause, entities: list[str], state: State, place: int) -> Iterator[Opened]:
        found, last = self.found, state.last
        before = found[place - 1] if place > clause.begin else None
        infinitive = before is not None and before.low == "to"
        state.denied = phrase.denied or (before is not None and before.low in ("never", "not"))
        if place == clause.verb and clause.subjects and all(one.none and one.kind != "part" for one in clause.subjects):
            state.denied = True
        if phrase.group == "have":
            state.mode = "made" if phrase.passive else "have"
            if infinitive and phrase.lemma in ("form", "produce", "develop", "secrete", "show"):
                state.mode = "other"
            if phrase.lemma in _RULES["producing"] and state.mode == "have":
                state.mode = "have" if phrase.lemma in ("show", "exhibit") and not infinitive else "weak"
        elif phrase.group == "lack":
            state.mode, state.denied = ("lack", not phrase.denied) if not phrase.passive else ("other", False)
            if phrase.passive and place == clause.verb:
                for one in clause.subjects:
                    for name in self._entities(one) if one.kind == "part" else []:
                        yield self._made(name, "present", self._polarity(True, False), one.begin, phrase.end)
        elif clause.inverted and place == clause.verb:
            state.mode = "have"
        elif phrase.group == "be":
            state.predicate = True
            state.mode = "muted" if phrase.lemma == "resemble" else "pred"
        elif phrase.lemma in ("call", "name", "term") and phrase.passive and not phrase.finite:
            self._carried = last.number if last is not None and last.sort == "noun" else None
        elif phrase.lemma in ("vary", "range") and any(one.aspect or one.kind == "part" for one in clause.subjects):
            state.mode, self._ranging, self._some = "pred", True, True
        elif phrase.passive:
            state.mode = "made"
        else:
            state.mode = "other"
        state.verb = phrase.lemma
        if self._is_participle(phrase) and place != clause.verb:
            if not phrase.modal:
                yield from self._participle(phrase, clause, entities, state, place)
        elif place == clause.verb:
            yield from self._facing(phrase, clause, entities, place)
            yield from self._directed(phrase, clause, entities, place)
        plain = phrase.finite and not phrase.passive and not phrase.denied and place == clause.verb
        if phrase.lemma in _SHAPING and plain and not (place + 1 < clause.end and found[place + 1].sort == "noun"):
            for entity in entities:
                yield self._claim(entity, _SHAPING[phrase.lemma], clause.subjects, phrase.begin, phrase.end, state)
        if (
            phrase.passive
            and self.words[phrase.begin].low not in ("can", "must", "could", "should")
            and not any(one.none for one in clause.subjects)
            and not self._goes_on_to_place(place, clause)
            and (
                phrase.lemma in _RULES["parting"]
                or (phrase.lemma in _RULES["forming"] and not self._covers(phrase, place))
            )
            and place == clause.verb
            and entities
            and any(one.kind in ("part", "pron") or one.low in ("body", "bodies") for one in clause.subjects)
        ):
            quality = {"divide": "divided", "fuse": "fused"}.get(phrase.lemma, self._shown(phrase, place))
            for entity in entities:
                end = phrase.end + quality.count(" ")
                yield self._claim(entity, quality, clause.subjects, phrase.begin, end, state)

    def _prep(self, phrase: Phrase, clause: Clause, entities: list[str], state: State, place: int) -> Iterator[Opened]:
        verb = state.last.lemma if state.last is not None and state.last.sort == "verb" else ""
        if state.placing == place:
            verb = state.verb
        leads = self._leads(phrase.low, verb) and self._is_new(place, clause)
        if state.mode != "muted":
            state.kept = state.mode
        if state.mode != "muted" and not leads:
            names = self._placed_here(clause, entities, state, place)
            if names and self._place_end(place, clause.end):
                state.placing, state.before = self._place_end(place, clause.end), state.mode
                state.mode = "prep"
                yield from self._places(place, clause, names, state)
                return
        direct = state.last is not None and state.last.sort == "verb" and state.mode == "have"
        state.resume = "have" if direct else state.resume if state.last and state.last.sort == "adv" else ""
        if leads:
            state.mode, state.denied = "with", False
            return
        self._mode_behind(phrase, state)

    def _placed_here(self, clause: Clause, entities: list[str], state: State, place: int) -> list[str]:
        """Return the parts whose place a preposition tells: the subject's behind its verb, or the one before."""
        at = place - 1
        while at > clause.verb >= 0 and self.found[at].sort == "adv":
            at -= 1
        if clause.verb >= 0 and (at == clause.verb or (at == clause.verb + 1 and self.found[at].sort == "verb")):
            verb = self.found[at]
            fits = verb.lemma == "be" or verb.lemma in _RULES["lying"]
            fits |= verb.passive and verb.lemma in _RULES["placed"]
            return entities if fits and self._of_parts(clause) and not clause.inverted else []
        if self._is_participle(self.found[at]) and self.found[at].lemma in _RULES["placed"] | _RULES["forming"]:
            return self._target(clause, entities, state, at)[1]
        had = state.mode in ("have", "with") and state.host_at == place - 1 and self.found[place - 1].kind == "part"
        return state.host if had and self.found[place - 1] not in clause.subjects else []

    def _is_new(self, place: int, clause: Clause) -> bool:
        """Return whether what a preposition brings has not been spoken of: "to a foot", "into lobes"."""
        after = self.found[place + 1] if place + 1 < clause.end else None
        return after is not None and after.sort == "noun" and not after.the

    def _leads(self, low: str, verb: str) -> bool:
        """Return whether what a preposition brings is had: "told by two spots", "ends in a claw"."""
        return (
            (low == "by" and verb in _RULES["knowing"])
            or (low == "in" and verb == "cover")
            or (low in ("in", "with") and verb in _RULES["ending"])
            or (low == "into" and verb in _RULES["drawing"])
            or (low == "to" and verb in _RULES["narrowing"])
        )

    def _mode_behind(self, phrase: Phrase, state: State) -> None:
        """Settle what a preposition makes of the words behind it."""
        low, last = phrase.low, state.last
        verb = last.lemma if last is not None and last.sort == "verb" else ""
        if state.mode == "muted" and low in ("of", "to", "in", "with"):
            return
        if low in ("like", "unlike"):
            state.mode = "muted"
        elif low == "with" and verb in _RULES["tinging"]:
            state.mode = "pred"
        elif low == "with":
            within = state.denied and state.mode in ("have", "lack", "without", "with")
            state.mode = "prep" if within or verb in ("compare", "start", "begin", "share", "live") else "with"
            state.denied = False
        elif low == "without":
            state.mode, state.denied = "without", True
        elif low == "of" and last is not None and last.sort == "noun" and last.low in ("presence", "possession"):
            state.mode = "with"
        elif low == "of" and last is not None and last.sort == "noun" and last.low in ("absence", "lack", "loss"):
            state.mode, state.denied = "without", True
        elif state.mode == "pred" and self._ranging and low in ("from", "between", "to"):
            pass
        elif (
            (low in ("of", "into") and verb in _RULES["covering"])
            or (
                low == "by"
                and last is not None
                and last.sort == "quality"
                and self.words[last.end - 1].low.endswith("ed")
            )
            or (low == "by" and verb in (_RULES["covering"] | _RULES["forming"]) - _RULES["making"])
            or (low == "of" and verb == "consist")
        ):
            state.mode = "with"
        elif low == "of" and state.mode in ("have", "with", "without", "lack"):
            pass
        elif low == "of" and state.mode == "pred" and last is not None and last.head >= 0:
            state.mode = "pred" if self.words[last.head].lemma in _RULES["ranks"] else "prep"
        elif state.mode == "pred" and low in ("in", "at"):
            state.mode = "pred-prep"
        elif state.mode != "pred-prep":
            state.mode = "prep"

    def _noun(self, phrase: Phrase, clause: Clause, entities: list[str], state: State, place: int) -> Iterator[Opened]:
        subject = phrase in clause.subjects and place < (clause.verb if clause.verb >= 0 else clause.end)
        if phrase.kind == "pron" and phrase.name == "~" and phrase.qualities and state.mode != "pred":
            for entity in self._entities(phrase):
                yield from self._of_part(entity, phrase, clause, state, True, False, False, "")
            return
        if phrase.low == "them" and state.mode in ("lack", "without") and self._had and phrase not in clause.subjects:
            for entity in self._had:
                yield self._made(entity, "present", self._polarity(state.denied, False), phrase.begin, phrase.end)
            return
        if phrase.kind == "pron":
            if phrase.low == "there" and clause.verb >= 0 and is_be(self.found[clause.verb]):
                self._there = True
            return
        if state.mode == "pred" and self._is_there(clause):
            state.mode = "have"
        if phrase.none and state.mode in ("have", "with"):
            state.denied = True
        elif state.denied and state.mode == "have" and self._starts_anew(phrase, place):
            state.denied = False
        denied = state.denied or phrase.none
        if state.mode == "pred" and not subject and place > clause.verb:
            yield from self._nominal(phrase, clause, entities, state, denied)
            return
        if state.mode == "pred-prep" and phrase.aspect:
            return
        if state.mode in ("have", "with") and phrase.aspect and (state.mode == "have" or clause.verb < 0):
            yield from self._nominal(phrase, clause, entities, state, denied)
            return
        names = self._entities(phrase)
        if phrase.kind == "whole" and phrase.low in _RULES["wholes"] and phrase.kind:
            alone = phrase.low in ("body", "bodies", "cell", "cells") and (phrase.the or subject)
            if not (alone or state.mode in ("have", "with")) or (" " in phrase.name and phrase.low == "bodies"):
                return
        elif phrase.kind == "" and (
            (state.mode in ("have", "with") and self._is_unlisted_part(phrase))
            or (subject and phrase.own and names and self._of_parts(clause))
        ):
            names = [phrase.name]
        elif phrase.kind != "part":
            return
        had = state.mode in ("have", "with", "lack", "without") and self._owners and not phrase.sortof
        self._had = names if had else self._had
        missing = self._missing(clause) if subject else ""
        for name in names:
            yield from self._of_part(name, phrase, clause, state, had, denied, subject, missing)

    def _open(self, phrase: Phrase) -> list[str]:
        return [phrase.name] if phrase.kind == "" and phrase.name and self._is_unlisted_part(phrase) else []

    def _is_unlisted_part(self, phrase: Phrase) -> bool:
        """Return whether a noun that no list has is a part by its adjectives: "a coiled haptonema"."""
        told = any(one.text.split()[-1] not in _RULES["weak"] for one in phrase.qualities)
        lemma_ = self.words[phrase.head].lemma
        abstract = lemma_ in vocabulary().grammar["abstract"] or lemma_.endswith(ABSTRACT)
        living = not self.page.thing or self._subject != "self"
        return told and living and not abstract and not phrase.aspect

    def _is_apposition(self, phrase: Phrase) -> bool:
        """Return whether the phrase explains the one before: "a coelom, an internal cavity"."""
        place = self.found.index(phrase)
        if place < 2 or self.found[place - 1].low != "," or self.words[phrase.begin].low not in ("a", "an"):
            return False
        after = self.found[place + 1] if place + 1 < len(self.found) else None
        return after is None or after.sort in ("stop", "verb", "rel")

    def _starts_anew(self, phrase: Phrase, place: int) -> bool:
        """Return whether "and a tail" stands there, which "no" before it does not deny."""
        joined = place > 0 and self.found[place - 1].low in ("and", ",")
        return joined and (self.words[phrase.begin].low in ("a", "an") or phrase.number is not None)

    def _of_part(
        self,
        name: str,
        phrase: Phrase,
        clause: Clause,
        state: State,
        had: bool,
        denied: bool,
        subject: bool,
        missing: str,
    ) -> Iterator[Opened]:
        begin, end = phrase.begin, phrase.end
        either = self._either(phrase)
        self._subject = self._owner(phrase) or self._subject
        if missing:
            yield from self._there_in(name, phrase, clause, missing, either)
            return
        if had and denied and phrase.the and not phrase.none and phrase.qualities == []:
            return
        if (had and denied) or phrase.none:
            full = " ".join([*(q.text for q in phrase.qualities), name])
            if subject and clause.verb >= 0 and (seen := self._seen(clause)):
                yield self._made(
                    full, seen, "variable" if self._some else "absent", begin, self.found[clause.end - 1].end
                )
            else:
                yield self._made(full, "present", "variable" if self._some else "absent", begin, end)
            return
        some = self._some and (had or subject or state.mode in ("pred",))
        lemma_ = self.words[phrase.head].lemma
        if lemma_ in _RULES["generic"] and not subject and state.mode in ("prep", "pred-prep", ""):
            return
        self._plain = phrase.the or (subject and clause.verb >= 0)
        for quality in phrase.qualities:
            shy = any(w.low in _RULES["doubt"] for w in self.words[phrase.begin : quality.begin + 1])
            if quality.text == "visible" or (quality.text in _RULES["amounts"] and not (had or subject)):
                continue
            vary = (some and had) or quality.either or phrase.some or either or shy
            yield self._made(name, quality.text, "variable" if vary else "present", quality.begin, end)
        self._plain = False
        number, self._carried = phrase.number or self._carried, None
        if (
            number is not None
            and " or " in number.text
            and not number.text.endswith(("more", "fewer", "less"))
            and (had or subject)
        ):
            first, second = number.text.split(" or ", 1)
            for text in (" ".join([first, *second.split()[1:]]), second):
                yield self._made(name, text, "variable", number.begin, end)
        elif number is not None and not (subject and number.text == "one") and (had or subject):
            vary = some or phrase.some or either
            yield self._made(name, number.text, "variable" if vary else "present", number.begin, end)
        elif (
            had
            and not phrase.qualities
            and not (phrase.the and state.mode in ("with", "have") and not self._listed)
            and not (lemma_ in _RULES["never-bare"] and name == lemma_)
            and not (lemma_ in _RULES["vague"] and _RULES["vaguely"] & set(name.split()))
            and not self._is_apposition(phrase)
        ):
            vary = some or phrase.some or either
            yield self._made(name, "present", "variable" if vary else "present", begin, end)

    def _there_in(self, name: str, phrase: Phrase, clause: Clause, missing: str, either: bool) -> Iterator[Opened]:
        """Yield that a part is present or absent, for each taxon that has it: "in algae and fungi"."""
        if phrase.number is not None and missing == "present":
            yield self._made(name, phrase.number.text, self._polarity(False, either), phrase.begin, phrase.end)
            return
        missing = "absent" if phrase.none else missing
        full = " ".join([*(q.text for q in phrase.qualities), name])
        stop = min(self.found[clause.verb].end + 2, self.found[clause.end - 1].end)
        places = list(self._where(clause))
        for whom, some in places or [(self._subject, False)]:
            self._subject = whom
            polarity = "variable" if some or (self._some and not places) or either else missing
            yield self._made(full, "present", polarity, phrase.begin, stop)

    def _nominal(
        self, phrase: Phrase, clause: Clause, entities: list[str], state: State, denied: bool
    ) -> Iterator[Opened]:
        """Yield what "it is a small copepod" says of the subject."""
        lemma_ = self.words[phrase.head].lemma
        if (phrase.kind == "" and not phrase.aspect and not self._is_likened(phrase, clause)) or lemma_ in _RULES[
            "ranks"
        ] - {"species"}:
            return
        plain = phrase.kind == "part" and not phrase.qualities and not phrase.the and not denied and self._owners
        if plain and not self._is_likened(phrase, clause):
            yield from self._figure(phrase, clause, entities)
            return
        if phrase.kind in ("", "part") and self._is_likened(phrase, clause):
            words = [word.low for word in self.words[phrase.begin : phrase.end] if word.tag != DET]
            for entity in entities:
                polarity = self._polarity(denied, self._either(phrase))
                yield self._made(entity, " ".join(words), polarity, phrase.begin, phrase.end)
            state.likened = True
            return
        if phrase.the and phrase.kind in ("taxon", "name"):
            return
        if phrase.the and phrase.kind == "part" and clause.subjects and clause.subjects[0].low == "it":
            for name in self._entities(phrase):
                yield from self._of_part(name, phrase, clause, state, False, denied, False, "")
            return
        for quality in phrase.qualities:
            if self._too_vague(quality, clause):
                continue
            for entity in entities:
                polarity = self._polarity(denied, quality.either)
                yield self._made(entity, quality.text, polarity, quality.begin, phrase.end)

    def _is_likened(self, phrase: Phrase, clause: Clause) -> bool:
        """Return whether a part is said to be a thing: "the lorica is a tube", "the antennae are strong hooks"."""
        lemma_ = self.words[phrase.head].lemma
        bare = phrase.low != lemma_ and not phrase.the and phrase.number is None
        if not (phrase.indefinite or bare) or not self._of_parts(clause) or phrase.aspect or phrase.none:
            return False
        abstract = lemma_ in vocabulary().grammar["abstract"] or lemma_ in _RULES["vague"] or lemma_.endswith(ABSTRACT)
        after = self.words[phrase.end].low if phrase.end < len(self.words) else ""
        return not abstract and after != "for" and phrase.kind != "taxon"

    def _figure(self, phrase: Phrase, clause: Clause, entities: list[str]) -> Iterator[Opened]:
        """Yield what "the skeleton is a lattice of bars" says of the skeleton."""
        if (
            any(one.kind in ("part", "pron") for one in clause.subjects)
            and self.words[phrase.head].lemma in _RULES["figures"]
        ):
            words = [word.low for word in self.words[phrase.begin : phrase.end] if word.tag != DET]
            for entity in entities:
                yield self._made(entity, " ".join(words), self._polarity(False, False), phrase.begin, phrase.end)

    def _predicate(
        self, phrase: Phrase, clause: Clause, entities: list[str], state: State, place: int
    ) -> Iterator[Opened]:
        quality = phrase.qualities[0]
        after = self.found[place + 1].low if place + 1 < clause.end else ""
        counted = self.words[quality.end - 1].low == "numerous" and self._of_parts(clause)
        if not (counted or self.words[quality.end - 1].tag == QUALITY) or self._too_vague(quality, clause):
            return
        if any(one.none for one in clause.subjects) or (after in ("with", "by") and quality.text.endswith("ed")):
            return
        if quality.text in ("distinct", "separate", "visible") and after in ("from", "to"):
            return
        if quality.text in ("hard", "clear", "fine") and after in ("to", "for"):
            return
        if (
            quality.text in ("long", "clear", "open")
            and place + 1 < clause.end
            and self.found[place + 1].sort == "verb"
        ):
            return
        strong = quality.text.split()[-1] not in _RULES["weak"] | _RULES["of-parts"]
        if not entities and strong and not clause.relative and not self.page.thing:
            entities = [one.name for one in clause.subjects if self._is_thing(one)]
        either = self._either(phrase)
        before = self.found[place - 1]
        denied = state.denied or before.low in ("not", "never")
        for entity in entities:
            start = (
                clause.subjects[-1].begin
                if clause.subjects and clause.subjects[-1].end <= quality.begin
                else quality.begin
            )
            if quality.begin - start > 14 or clause.relative:
                start = quality.begin
            yield self._made(entity, quality.text, self._polarity(denied, either), start, quality.end)
        if before.low == "not":
            state.denied = False

    def _too_vague(self, quality: Quality, clause: Clause) -> bool:
        """Return whether the adjective says form of a part but not of a whole animal or a name."""
        whole = any(one.kind in ("whole", "taxon", "name") and one.low != "body" for one in clause.subjects)
        return whole and quality.text.split()[-1] in _RULES["of-parts"]

    def _measured(self, clause: Clause, entities: list[str]) -> Iterator[Opened]:
        begin = 0 if clause.begin == 0 else self.words[self.found[clause.begin].begin].start
        last = clause.end == len(self.found)
        end = len(self.text) if last else self.words[self.found[clause.end].begin].start
        for one in self.sizes:
            if not begin <= one.start < end:
                continue
            if one.kind == "elsewhere":
                continue
            owners = self._beside(clause, one) or entities
            if one.kind == "arranged" and not self._is_arranging(clause) and not one.quality.startswith("of "):
                continue
            denied = one.kind == "figure" and self.text[: one.start].endswith("rather than ")
            vary = self._some or self._doubted(one.start, firm=bool(one.unit))
            for entity in owners:
                yield Opened(
                    entity, one.quality, "absent" if denied else "variable" if vary else "present", one.start, one.end,
                    self._subject, self._stage, "", one.low, one.high, one.unit,
                )  # fmt: skip

    def _is_arranging(self, clause: Clause) -> bool:
        if clause.verb < 0:
            return False
        verb = self.found[clause.verb]
        return (
            verb.group == "be"
            or verb.lemma in _RULES["lying"]
            or verb.lemma in _RULES["placed"]
            or verb.lemma in ("appear", "live")
        )

    def _beside(self, clause: Clause, one: Measure) -> list[str]:
        """Return the part that stands right before a measure behind the verb: "with antennae 2 mm long"."""
        for place in range(clause.end - 1, clause.begin - 1, -1):
            phrase = self.found[place]
            if phrase.sort == "noun" and self.words[phrase.end - 1].end <= one.start:
                gap = self.text[self.words[phrase.end - 1].end : one.start].strip()
                near = gap.lower() in (
                    "",
                    "about",
                    "nearly",
                    "almost",
                    "up to",
                    "of about",
                    "of",
                    "of up to",
                    "approximately",
                )
                behind = clause.verb < 0 or place > clause.verb
                return self._entities(phrase) if near and behind and phrase.kind == "part" else []
        return []


def _without_bare(made: list[Opened]) -> list[Opened]:
    """Leave out that a part is there where more is said of it."""
    told = {(one.entity, one.subject) for one in made if one.quality != "present" and one.polarity != "absent"}
    bare = [
        one
        for one in made
        if one.quality == "present" and one.polarity != "absent" and (one.entity, one.subject) in told
    ]
    return [one for one in made if one not in bare]
