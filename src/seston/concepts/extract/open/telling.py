"""What words say that stand outside of the usual clause: stuffs, appositions, lines without a verb, further lists."""

from collections.abc import Iterator

from seston.concepts.extract.open.clause import Clause
from seston.concepts.extract.open.context import State
from seston.concepts.extract.open.phrase import Phrase
from seston.concepts.extract.open.statement import Opened
from seston.concepts.extract.open.verbs import Verbs
from seston.concepts.extract.open.vocabulary import vocabulary

_RULES = vocabulary().rules


class Telling(Verbs):
    """A sentence that knows what stands outside of the usual clause."""

    def _there(self, phrase: Phrase, clause: Clause, entities: list[str], state: State, place: int) -> Iterator[Opened]:
        """Yield what "fins present." and "small and sometimes absent" say."""
        if phrase.low not in ("present", "absent") or place == clause.begin:
            return
        before = self.found[place - 1]
        alone = clause.verb < 0 and before.kind == "part" and place + 1 < len(self.found)
        names = self._entities(before) if alone and self.found[place + 1].sort == "stop" else []
        again = clause.verb >= 0 and state.predicate and place > clause.verb + 1 and self._of_parts(clause)
        again = again and not self._missing(clause)
        joined = before.low in ("and", "or") or (before.sort == "adv" and self.found[place - 2].sort == "join")
        for name in names or (entities if again and joined else []):
            vary = before.low == "or" or before.low in _RULES["doubt"]
            polarity = self._polarity(phrase.low == "absent", either=vary)
            begin = before.begin if name in names else clause.subjects[-1].begin
            yield self._made(name, "present", polarity, begin, phrase.end)

    def _goes_on_with_list(self, phrase: Phrase, state: State, after: Phrase | None) -> bool:
        """Return whether "and an atrial siphon" goes on with what is had: "an oral siphon for drawing in water"."""
        if not state.had or state.denied or state.mode not in ("prep", "other") or after is None:
            return False
        place = self.found.index(phrase)
        aside = phrase.low == "," and [one.low for one in self.found[max(place - 4, 0) : place - 2]] == ["and", ","]
        return (phrase.low == "and" or aside) and after.indefinite and after.kind == "part"

    def _is_what_it_is(self, phrase: Phrase, place: int) -> bool:
        """Return whether a line without a verb says what its taxon is: "Small, slender animals with a tail"."""
        if phrase.kind not in ("taxon", "whole") or phrase.aspect or phrase.the:
            return False
        return not any(one.sort == "noun" for one in self.found[:place]) or self._names_rank(place)

    def _names_rank(self, place: int) -> bool:
        """Return whether "A family of" stands before."""
        rank = self.found[0]
        before = self.found[place - 1].low == "of" and place == 2
        return before and rank.sort == "noun" and self.words[rank.head].lemma in _RULES["ranks"]

    def _made_of(self, phrase: Phrase, entities: list[str], state: State, place: int) -> Iterator[Opened]:
        """Yield that a part is of silica, chitin or another stuff that one sees or feels."""
        verb = self.found[place - 2] if place > 1 and self.found[place - 1].low == "of" else None
        stuff = self.words[phrase.head].lemma in _RULES["stuff"] and not phrase.the and not phrase.indefinite
        if verb is None or verb.sort != "verb" or not stuff or verb.lemma not in _RULES["making"] | {"be", "consist"}:
            return
        whose = state.host if self._is_participle(verb) and state.host_at == place - 3 else entities
        for entity in whose:
            quality = f"of {' '.join(w.low for w in self.words[phrase.begin : phrase.end])}"
            yield self._made(
                entity, quality, self._polarity(state.denied, False), self.found[place - 1].begin, phrase.end
            )

    def _told_of(
        self, phrase: Phrase, clause: Clause, entities: list[str], state: State, place: int
    ) -> list[str] | None:
        """Return what the adjectives of a phrase are said of if not of its noun: "a slender predator, the female"."""
        if phrase is clause.fronted or self._is_rank_of(clause, place):
            vague = any(self._is_vague(one.text, clause) for one in phrase.qualities)
            return entities if not vague else []
        if not phrase.qualities or any(word.low == "of" for word in self.words[phrase.begin : phrase.head]):
            return None
        if state.host and state.host_at >= 0 and state.mode != "pred" and self._is_apposition(phrase):
            return state.host
        if state.mode in ("prep", "") and phrase.aspect and self._is_of_aspect(phrase, clause, place):
            return entities
        return None

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
