"""What predicates say: adjectives and nouns behind a verb of being."""

from collections.abc import Iterator

from seston.concepts.extract.open.clause import Clause
from seston.concepts.extract.open.context import ABSTRACT, State
from seston.concepts.extract.open.parts import Parts, Role
from seston.concepts.extract.open.phrase import Phrase, Quality
from seston.concepts.extract.open.statement import Opened
from seston.concepts.extract.open.vocabulary import vocabulary
from seston.concepts.extract.open.whom import COLOURED
from seston.concepts.extract.open.word import DET, NOUN, QUALITY

_RULES = vocabulary().rules


class Predicates(Parts):
    """A sentence whose predicates are read."""

    def _nominal(
        self, phrase: Phrase, clause: Clause, entities: list[str], state: State, denied: bool
    ) -> Iterator[Opened]:
        """Yield what "it is a small copepod" says of the subject."""
        lemma_ = self.words[phrase.head].lemma
        same = any(entity.split()[-1] == lemma_ for entity in entities)  # "they are stiff tentacles"
        likened = not same and self._is_likened(phrase, clause)
        if phrase.kind == "part" and not likened and self._is_feature(clause):
            for name in self._entities(phrase):
                yield from self._of_part(name, phrase, clause, state, Role(had=True, denied=denied))
            return
        plain = phrase.kind == "part" and not phrase.qualities and not phrase.the and not denied and self._owners
        if (phrase.kind == "" and not phrase.aspect and not likened) or lemma_ in _RULES["ranks"] - {"species"}:
            return
        if plain and not likened:
            yield from self._figure(phrase, clause, entities)
        elif likened and lemma_ in _RULES["kinds-of-part"]:
            yield from self._kind_of(phrase, clause, entities, denied)
        elif phrase.kind in ("", "part") and likened:
            state.likened = True
            yield from self._kind_of(phrase, clause, entities, denied)
            for entity in entities:
                polarity = self._polarity(denied, self._either(phrase))
                yield self._made(entity, phrase.name, polarity, phrase.begin, phrase.end)
        elif phrase.the and phrase.kind == "part" and clause.subjects and clause.subjects[0].low == "it":
            for name in self._entities(phrase):
                yield from self._of_part(name, phrase, clause, state, Role(denied=denied))
        elif not (phrase.the and phrase.kind in ("taxon", "name")):
            yield from self._kind_of(phrase, clause, entities, denied)

    def _is_feature(self, clause: Clause) -> bool:
        """Return whether what a clause says is a feature: "its main feature is the long tail"."""
        heads = [self.words[one.head].lemma for one in clause.subjects if one.head >= 0]
        return heads in (["feature"], ["characteristic"], ["trait"], ["hallmark"], ["character"])

    def _kind_of(self, phrase: Phrase, clause: Clause, entities: list[str], denied: bool) -> Iterator[Opened]:
        if phrase.low in ("shape", "form", "outline") and phrase.head > phrase.begin:
            front = self.words[phrase.head - 1]  # "a trumpet shape"
            for entity in entities if front.tag == NOUN and not front.kind else ():
                yield self._made(entity, phrase.name, self._polarity(denied, False), phrase.begin, phrase.end)
        for quality in phrase.qualities:
            named = quality.text in COLOURED and self.words[phrase.head].lemma == "alga"
            if named or self._is_vague(quality.text, clause):
                continue
            for entity in entities:
                polarity = self._polarity(denied, quality.either)
                yield self._made(entity, quality.text, polarity, quality.begin, phrase.end)

    def _is_likened(self, phrase: Phrase, clause: Clause) -> bool:
        """Return whether a part is said to be a thing: "the lorica is a tube", "the antennae are strong hooks"."""
        lemma_ = self.words[phrase.head].lemma
        bare = phrase.low != lemma_ and not phrase.the and phrase.number is None
        formed = bool(clause.subjects) and clause.subjects[0].kind == "whole" and lemma_ in _RULES["shapes"]
        if not (phrase.indefinite or bare) or not (formed or self._of_parts(clause)) or phrase.aspect or phrase.none:
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
        settled = self._is_settled(phrase) and self._of_parts(clause) and not state.denied and place + 1 < clause.end
        if not self._is_said(quality, clause, place) or (settled and self._place_end(place + 1, clause.end)):
            return
        strong = quality.text.split()[-1] not in _RULES["weak"] | _RULES["of-parts"]
        if not entities and strong and not clause.relative and not self.page.thing:
            entities = [one.name for one in clause.subjects if self._is_thing(one)]
        either = self._either(phrase)
        before = self.found[place - 1]
        denied = state.denied or before.low in ("not", "never")
        either = either and not denied  # "neither this nor that"
        start = quality.begin
        if clause.subjects and clause.subjects[-1].end <= start <= clause.subjects[-1].begin + 14:
            start = start if clause.relative else clause.subjects[-1].begin
        for entity in entities:
            yield self._made(entity, quality.text, self._polarity(denied, either), start, quality.end)
        if before.low == "not":
            state.denied = False

    def _is_said(self, quality: Quality, clause: Clause, place: int) -> bool:
        """Return whether an adjective is one of form here: not "clear to us", "distinct from", "long gone"."""
        following = self.found[place + 1] if place + 1 < clause.end else None
        after = following.low if following is not None else ""
        last = self.words[quality.end - 1]
        if last.kind == "told" and not all(one.kind == "part" for one in clause.subjects):
            return False
        counted = last.low == "numerous" and self._of_parts(clause)
        if not (counted or last.tag == QUALITY) or self._is_vague(quality.text, clause):
            return False
        if any(one.none for one in clause.subjects) or self._leads_on(quality.text, after):
            return False
        if quality.text in ("distinct", "separate", "visible") and after in ("from", "to"):
            return False
        if quality.text in ("hard", "clear", "fine") and after in ("to", "for"):
            return False
        if (quality.text == "low" and after == "in") or "too" in [
            word.low for word in self.words[max(quality.begin - 1, 0) : quality.end]
        ]:
            return False
        return not (quality.text in ("long", "clear", "open") and following is not None and following.sort == "verb")

    def _elided_again(self, clause: Clause, state: State, place: int) -> list[str]:
        """Return the part of an elided verb for its next adjectives: "the head is long, the tail short and flat"."""
        between = self.found[state.elided + 1 : place]
        if not clause.begin <= state.elided < place or not self._is_joined(place):
            return []
        return state.host if all(one.sort in ("quality", "join", "adv", "mark") for one in between) else []

    def _elided(self, state: State, place: int) -> list[str]:
        """Return the part behind a comma that a verb need not be said of again: "the head is long, the tail short"."""
        if not state.predicate or place < 2 or self.found[place - 1].sort != "noun":
            return []
        at = place - 1
        if place > 3 and self.found[at - 1].sort == "prep" and self.found[at - 2].sort == "noun":
            at -= 2  # "the tail is long, the spines on it short"
        noun = self.found[at]
        behind = self.found[at - 1].low in (",", "and") and (noun.the or noun.name == "~")
        return self._entities(noun) if behind and noun.kind in ("part", "pron") else []
