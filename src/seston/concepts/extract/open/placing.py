"""Where parts are: words of place behind verbs, participles and nouns."""

from collections.abc import Iterator

from seston.concepts.extract.open.clause import Clause
from seston.concepts.extract.open.context import State
from seston.concepts.extract.open.phrase import Phrase
from seston.concepts.extract.open.scope import Scoped
from seston.concepts.extract.open.statement import Opened
from seston.concepts.extract.open.vocabulary import base_of, vocabulary

_RULES = vocabulary().rules


class Placing(Scoped):
    """A sentence whose words of place are read."""

    def _place_end(self, place: int, end: int) -> int:
        """Return where the words of place that begin with a preposition end, as a place of phrases; 0 for none."""
        prep = self.found[place]
        if prep.sort != "prep" or prep.low not in _RULES["places"]:
            return 0
        if prep.low == "along" and place + 1 < end and self.found[place + 1].low == "with":
            return 0
        at = place + 1
        while at < end and self.found[at].sort in ("adv", "prep") and self.found[at].low != "of":
            at += 1
        if at >= end or self.found[at].sort != "noun":
            return 0
        what = self.found[at]
        if not (what.kind == "part" or what.low in _RULES["sides"] or self._is_firm(place, what)):
            return 0
        if at + 2 < end and self.found[at + 1].low == "of" and self.found[at + 2].sort == "noun":
            at += 2
        return self._route_end(prep, at + 1, end)

    def _route_end(self, prep: Phrase, at: int, end: int) -> int:
        """Return where "from the ring and ganglion to the arms" ends."""
        to = at
        while to + 1 < end and self.found[to].low == "and" and self.found[to + 1].sort == "noun":
            to += 2
        reaches = (
            prep.low == "from" and to + 1 < end and self.found[to].low == "to" and self.found[to + 1].sort == "noun"
        )
        return to + 2 if reaches else at

    def _goes_on_to_place(self, place: int, clause: Clause) -> bool:
        """Return whether a place or another adjective follows a participle, which then need not be told alone."""
        at, end = place + 1, self.words[self.found[place].end - 1].end
        if any(one.kind == "arranged" and one.start == end + 1 for one in self.sizes):
            return True  # "arranged in rows" is told as a measure
        while at < clause.end and self.found[at].sort == "adv":
            at += 1
        if at >= clause.end:
            return False
        return self.found[at].sort == "quality" or self._place_end(at, clause.end) > 0

    def _is_firm(self, place: int, what: Phrase) -> bool:
        """Return whether a noun that no list has may be a place on a body: "lie in the ephippium"."""
        verb = self.found[place - 1] if place else None
        lies = verb is not None and verb.sort == "verb" and verb.lemma in _RULES["lying"] - {"find", "occur", "appear"}
        outside = self.words[what.head].lemma in _RULES["outside"] | vocabulary().grammar["abstract"]
        return lies and what.kind == "" and (what.the or what.indefinite) and not outside

    def _is_settled(self, phrase: Phrase) -> bool:
        """Return whether an adjective is a participle of placing: "scattered over the body" is one statement."""
        if phrase.sort != "quality":
            return False
        last = self.words[phrase.end - 1].low
        return last.endswith("ed") and base_of(last) in _RULES["placed"]

    def _places(self, place: int, clause: Clause, entities: list[str], state: State) -> Iterator[Opened]:
        """Yield where a part is, from the preposition on, also in a second phrase of place."""
        end = self._place_end(place, clause.end)
        verb = state.last if state.last is not None and state.last.sort == "verb" else None
        passive = verb is not None and verb.passive and verb.lemma in _RULES["forming"]
        if not end or (state.denied and not passive):
            return
        begin = self.found[place].begin
        words = [w.low for w in self.words[begin : self.found[end - 1].end]]
        if state.last is not None and ((passive and verb is not None) or self._is_settled(state.last)):
            begin = state.last.end - 1
            words.insert(0, self.words[begin].low)
        for entity in entities:
            yield self._made(
                entity, " ".join(words), self._polarity(state.denied, False), begin, self.found[end - 1].end
            )
